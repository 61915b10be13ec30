"""Our scores are those of the project's scorer; folds keep copies together; calibration means what it says."""

from __future__ import annotations

import importlib.util
import json
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.extractors.measures.training.articles import GoldArticle, GoldMention, read_gold, read_labels
from crawler.extractors.measures.training.calibrate import Judged, calibrate, reliability
from crawler.extractors.measures.training.folds import folds
from crawler.extractors.measures.training.scores import score

SCORER = Path(__file__).parents[5] / "../shared/gold/score.py"
TEXT = "Satu dua. Tiga empat. Lima enam."
UNITS = ((0, 9), (10, 21), (22, 32))


def mention(unit: int, act: int = 1, **codes: Any) -> GoldMention:
    told = {"actor": "gov", "instrument": "pajak", "sectors": ("umum",), "status": "in_force"} | codes
    return GoldMention(*UNITS[unit], act, **told)


def article(mentions: tuple[GoldMention, ...], name: str = "x", text: str = TEXT) -> GoldArticle:
    return GoldArticle(name, "", text, None, UNITS, mentions)


mentions = st.lists(
    st.builds(
        mention,
        st.integers(0, 2),
        st.integers(1, 2),
        actor=st.sampled_from(["gov", "bi"]),
        sectors=st.sampled_from([("umum",), ("agro.sawit",), ("agro", "energi")]),
        status=st.sampled_from(["planned", "ended"]),
    ),
    max_size=5,
).map(tuple)


@pytest.mark.skipif(not SCORER.exists(), reason="the project's scorer is not beside the checkout")
@given(mentions, mentions)
def test_scores_are_those_of_the_scorer(true: tuple[GoldMention, ...], said: tuple[GoldMention, ...]) -> None:
    spec = importlib.util.spec_from_file_location("scorer", SCORER)
    assert spec is not None
    assert spec.loader is not None
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    gold = {"id": "x", "text": TEXT, "units": UNITS, "mentions": [asdict(m) for m in true]}
    theirs = scorer.score([gold], [{"id": "x", "mentions": [asdict(m) for m in said]}])
    ours = score([article(true)], {"x": said})
    assert {name: (round(s.precision, 4), round(s.recall, 4)) for name, s in ours.items()} == {
        name: (row["precision"], row["recall"]) for name, row in theirs.items()
    }


def test_an_article_without_prediction_is_missed() -> None:
    assert score([article((mention(0),))], {})["sentence"].recall == 0


def test_copies_of_a_story_share_a_fold() -> None:
    stories = [" ".join(f"kata{i}x{j}" for j in range(60)) for i in range(8)]
    articles = [article((), f"a{i}", story) for i, story in enumerate(stories)]
    copies = [replace(a, id=f"b{i}", text=a.text + " tambahan") for i, a in enumerate(articles)]
    dealt = folds([*articles, *copies], 4)
    assert dealt[:8] == dealt[8:]
    assert len(set(dealt)) == 4
    assert dealt == folds([*articles, *copies], 4)


def judged(scores: list[list[float]], true: list[int]) -> Judged:
    spans = tuple((i, i + 1) for i in range(len(scores)))
    told = tuple(GoldMention(i, i + 1, 1, "gov", "pajak", ("umum",), "planned") for i, t in enumerate(true) if t)
    return Judged(np.array(scores, dtype=np.float32), spans, article(told))


def test_calibrated_chances_match_what_happens() -> None:
    chance = np.random.default_rng(1)
    scores = chance.normal(0, 3, (4000, 2))
    true = (chance.random(4000) < 1 / (1 + np.exp(-(scores @ [0.5, 0.2] - 1)))).astype(int)
    seen = [judged(scores.tolist(), true.tolist())]
    about = calibrate(seen)
    assert about["slopes"] == pytest.approx([0.5, 0.2], abs=0.05)
    assert about["offset"] == pytest.approx(-1, abs=0.15)
    chances = 1 / (1 + np.exp(-(scores @ [0.5, 0.2] - 1)))

    def f1(threshold: float) -> float:
        said = chances >= threshold
        return 2 * true[said].sum() / (true.sum() + said.sum())

    steps = [f1(step) for step in np.arange(0.02, 0.99, 0.01)]
    assert f1(about["threshold"]) > max(steps) - 0.005 > min(steps) + 0.1
    assert all(abs(said - happened) < 0.1 for said, happened, _ in reliability(seen, about))


def test_a_line_that_is_no_article_is_named(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text('{"id": "x"}\n', encoding="utf-8")
    with pytest.raises(ValueError, match=r"gold.jsonl, line 1: KeyError"):
        read_gold(path)


def test_of_several_sentences_in_a_unit_the_one_with_the_words_of_the_act_states_it(tmp_path: Path) -> None:
    text = "Pemerintah memberi pupuk. Petani menyambutnya. Panen naik."
    mention = {"start": 0, "end": 46, "act": 1, "actor": "gov", "instrument": "bantuan", "sectors": ["pertanian"]}
    mention |= {"status": "in_force", "what": "memberi pupuk"}
    line = {"id": "x", "text": text, "units": [[0, 46], [47, 58]], "mentions": [mention, mention | {"what": ""}]}
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps(line), encoding="utf-8")
    with_words, without_words = read_gold(path)[0].mentions
    assert [with_words.is_stated(*span) for span in ((0, 25), (26, 46), (47, 58))] == [True, False, False]
    assert [without_words.is_stated(*span) for span in ((0, 25), (26, 46), (47, 58))] == [True, True, False]


def test_labels_find_their_articles_and_refuse_changed_ones(tmp_path: Path) -> None:
    labels = tmp_path / "labels.tsv"
    labels.write_text("c1\t9\t0 9 1 gov pajak umum+energi planned\nc2\t4\nc3\t1\n", encoding="utf-8")
    corpus = [{"id": "c1", "title": "T", "text": "Satu dua."}, {"id": "c2", "title": "", "text": "Kata"}]
    first, second = read_labels(labels, corpus)
    assert first.mentions == (GoldMention(0, 9, 1, "gov", "pajak", ("umum", "energi"), "planned"),)
    assert second.mentions == ()
    with pytest.raises(ValueError, match="c1: the corpus has another text"):
        read_labels(labels, [{"id": "c1", "title": "T", "text": "Satu"}])
