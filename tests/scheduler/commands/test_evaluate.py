import gzip
import json
from pathlib import Path

import pytest

from crawler.extractors.measures.training import GoldArticle, read_gold
from db.models import Mention
from scheduler.cli import main
from scheduler.commands.evaluate import table

TEXT = "Pemerintah melarang ekspor bauksit. Pemerintah memberikan subsidi pupuk. Hujan turun di Bogor."
UNITS = [[0, 35], [36, 72], [73, 94]]
CODES = {"act": 1, "actor": "gov", "status": "in_force", "what": ""}
LINE = {
    "id": "satu",
    "title": "Judul",
    "text": TEXT,
    "units": UNITS,
    "mentions": [
        {"start": 0, "end": 35, "instrument": "eksim", "sectors": ["tambang"], **CODES},
        {"start": 36, "end": 72, "instrument": "subsidi", "sectors": ["pertanian"], **CODES},
    ],
}


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps(LINE) + "\n")
    return path


def said(start: int, end: int, instrument: str) -> Mention:
    return Mention(start, end, TEXT[start:end], "gov", instrument, ("tambang",), "in_force", "", 0.9)


def test_the_table_counts_by_facet_and_by_code(gold: Path):
    articles: list[GoldArticle] = read_gold(gold)
    rows = {row["facet"]: row for row in table(articles, {"satu": [said(0, 35, "eksim"), said(73, 94, "harga")]})}
    assert (rows["sentence"]["precision"], rows["sentence"]["recall"]) == (0.5, 0.5)
    assert rows["sentence"]["low"] == rows["sentence"]["high"] == 0.5
    assert rows["instrument eksim"]["f1"] == 1
    assert (rows["instrument subsidi"]["gold"], rows["instrument subsidi"]["said"]) == (1, 0)
    assert (rows["instrument harga"]["gold"], rows["instrument harga"]["said"]) == (0, 1)
    assert rows["sector tambang"]["precision"] == 0.5


def run(*arguments: object) -> int:
    with pytest.raises(SystemExit) as left:
        main([str(argument) for argument in arguments])
    return int(left.value.code or 0)


def test_what_cannot_be_judged_is_told_in_one_line(gold: Path, capsys: pytest.CaptureFixture[str]):
    assert run("evaluate", gold) == 0
    assert "sentence+group" in capsys.readouterr().out
    for text, words in (('{"id": "satu"}\n', "gold.jsonl, line 1"), ("", "no article in it")):
        gold.write_text(text)
        assert run("evaluate", gold) == 1
        assert words in capsys.readouterr().err
    assert run("evaluate", gold, "--folds", 5, "--with", "llm") == 2


def test_too_few_articles_teach_nothing(gold: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    assert run("train", "--gold", gold, "--to", tmp_path / "weights.npz") == 1
    assert "too few to learn from" in capsys.readouterr().err
    assert not (tmp_path / "weights.npz").exists()


def test_articles_that_the_network_was_not_judged_on_cannot_be_folds(gold: Path, capsys: pytest.CaptureFixture[str]):
    assert run("evaluate", gold, "--folds", 2) == 1
    assert "judged on other annotated articles" in capsys.readouterr().err


def test_the_network_needs_a_corpus_with_labelled_articles(
    gold: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    corpus = tmp_path / "corpus.jsonl.gz"
    with gzip.open(corpus, "wt") as lines:
        lines.write(json.dumps({"id": "fremd", "title": "Judul", "text": TEXT, "date": "2026-01-02"}) + "\n")
    assert run("network", "--gold", gold, "--corpus", corpus, "--to", tmp_path / "network.npz") == 1
    assert "no labelled article" in capsys.readouterr().err
    assert run("network", "--gold", gold, "--to", tmp_path / "network.npz") == 2
    assert not (tmp_path / "network.npz").exists()
