"""The commands that ask, as people type them, of a database that holds the newsroom's articles."""

import csv
import io
import json
import sqlite3
from pathlib import Path

import pytest

from tests.whole.crawls import Jurus
from tests.whole.filling import fill

LISTINGS = (
    ("measures",),
    ("mentions",),
    ("articles",),
    ("search", "penyerapan"),
    ("search", "bea", "--in", "measures"),
    ("sql", "select * from v_sector_week"),
)
ENDLESS = "with recursive n (i) as (select 1 union all select i + 1 from n) select max(i) from n"


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("filled") / "jurus.db"
    fill(path)
    return path


@pytest.mark.parametrize("command", LISTINGS, ids=" ".join)
def test_every_listing_prints_in_every_format(command: tuple[str, ...], filled: Path, jurus: Jurus):
    printed = {}
    for style in ("table", "json", "csv", "markdown"):
        done = jurus("--db", filled, *command, "--format", style)
        assert done.returncode == 0, done.stderr
        printed[style] = done.stdout
    rows = json.loads(printed["json"])
    assert rows
    assert len(list(csv.DictReader(io.StringIO(printed["csv"])))) == len(rows)
    assert len(printed["table"].splitlines()) == len(rows) + 1
    assert len(printed["markdown"].splitlines()) == len(rows) + 2


def test_filters_narrow_what_is_listed(filled: Path, jurus: Jurus):
    def urls(*arguments: str) -> set[str]:
        return {row["url"] for row in json.loads(jurus("--db", filled, *arguments, "--format", "json").stdout)}

    all_of_them = urls("articles", "--limit", "1000")
    textiles = urls("articles", "--limit", "1000", "--sector", "ikft.tpt")
    assert textiles < all_of_them
    assert urls("search", "kain", "--sector", "ikft.tpt") <= textiles
    assert len(urls("articles", "--limit", "3")) == 3


@pytest.mark.parametrize("what", ["measures", "mentions"])
def test_export_writes_all_rows(what: str, filled: Path, jurus: Jurus, tmp_path: Path):
    with sqlite3.connect(filled) as conn:
        (count,) = conn.execute(f"select count(*) from {what}").fetchone()
    conn.close()
    for style in ("jsonl", "csv"):
        done = jurus("--db", filled, "export", "--what", what, tmp_path / f"all.{style}")
        assert done.stdout == f"{tmp_path}/all.{style}: {count} {what}\n", done.stderr
    assert len((tmp_path / "all.jsonl").read_text("utf-8").splitlines()) == count
    with (tmp_path / "all.csv").open(encoding="utf-8-sig", newline="") as file:
        assert len(list(csv.DictReader(file))) == count


@pytest.mark.parametrize("style", ["parquet", "xlsx"])
@pytest.mark.parametrize("what", ["measures", "mentions"])
def test_export_with_the_extra(what: str, style: str, filled: Path, jurus: Jurus, tmp_path: Path):
    pytest.importorskip({"parquet": "pyarrow", "xlsx": "xlsxwriter"}[style])
    done = jurus("--db", filled, "export", "--what", what, tmp_path / f"all.{style}")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / f"all.{style}").stat().st_size > 1_000


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (("search", "(garam"), 2, "an opening bracket is not closed"),
        (("search", "garam", "--sector", "tekstil"), 2, "no such sector"),
        (("sql", "delete from articles"), 2, "only questions are answered"),
        (("sql", "select nama from articles"), 2, "no such column"),
        (("sql", ENDLESS, "--seconds", "0.1"), 1, "no answer within 0.1 s"),
        (("export", "all.doc"), 2, "say how to write it with --format"),
        (("export", "none/all.csv"), 1, "where you may write"),
        (("articles", "--limit", "0"), 2, "limit"),
    ],
)
def test_what_cannot_be_answered_is_told_in_one_line(
    arguments: tuple[str, ...], status: int, words: str, filled: Path, jurus: Jurus
):
    done = jurus("--db", filled, *arguments)
    assert (done.returncode, done.stdout) == (status, "")
    assert words in done.stderr
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize("command", [("search", "garam"), ("articles",), ("sql", "select 1"), ("export", "all.csv")])
def test_without_a_database(command: tuple[str, ...], jurus: Jurus):
    done = jurus(*command)
    assert done.returncode == 1
    assert "there is no database yet" in done.stderr
