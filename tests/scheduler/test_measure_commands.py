import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from crawler.codes import save_codes
from crawler.outlets import Outlet
from db import connect, queries, writing
from scheduler.cli import jurus
from tests.crawler.press import OUTLETS, article, mention, publish, visit

QUOTE = "Kementerian Perdagangan mengenakan bea masuk pengaman kain tenun impor sebesar 10 persen."


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A database in which two outlets tell of one measure."""
    path = tmp_path / "jurus.db"
    with connect(path) as db:
        save_codes(db, [Outlet(slug, slug, home, ".", feeds=(home,)) for slug, home in OUTLETS.items()])
        publish(db, *(visit(article(outlet, "a", None), mention(QUOTE)) for outlet in ("warta", "harian")))
    return path


def run(path: Path, *arguments: str) -> Result:
    return CliRunner().invoke(jurus, ["--db", str(path), *arguments])


def keys(path: Path) -> list[str]:
    """The measure's mentions, the first of which names it."""
    with connect(path) as db:
        (measure,) = queries.measures(db)
        return [quote["mention"] for quote in queries.measure(db, measure["id"])["quotes"]]


def test_measures_are_listed_once_and_mentions_each(path: Path):
    (measure,) = json.loads(run(path, "measures", "--sector", "ikft", "--format", "json").output)
    assert (measure["mentions"], measure["publishers"], measure["amounts"]) == (2, 2, ["10 persen"])
    mentions = json.loads(run(path, "mentions", "--outlet", "warta", "--format", "json").output)
    assert [mention["measure"] for mention in mentions] == [measure["id"]]
    assert json.loads(run(path, "measures", "--sector", "agro", "--format", "json").output) == []
    assert measure["id"] in run(path, "measures").output


def test_a_measure_is_shown_with_its_history_and_sources(path: Path):
    first, second = sorted(keys(path))
    shown = run(path, "show", first).output
    assert shown == run(path, "show", second).output, "the key of any mention finds it"
    for words in ("10 persen", "announced", QUOTE, "https://warta.test/a", "https://harian.test/a", f"[{second}]"):
        assert words in shown
    told = json.loads(run(path, "show", first, "--json").output)
    assert {quote["outlet"] for quote in told["quotes"]} == {"warta", "harian"}


def test_a_measure_is_asked_for_and_shown_by_its_region(path: Path):
    with connect(path) as db:
        publish(db, visit(article("warta", "b", None), mention("Pemprov Bali membebaskan pajak bagi perajin kain.")))
    (measure,) = json.loads(run(path, "measures", "--region", "Bali", "--format", "json").output)
    assert (measure["regions"], measure["beneficiaries"]) == (["bali"], ["perajin kain"])
    shown = run(path, "show", measure["id"]).output
    assert "regions       Bali" in shown
    assert "beneficiaries perajin kain" in shown
    found = run(path, "search", "kain", "--in", "measures", "--region", "bali", "--format", "json").output
    assert [row["id"] for row in json.loads(found)] == [measure["id"]]
    assert "no such region: Atlantis" in run(path, "measures", "--region", "Atlantis").output


@pytest.mark.parametrize("command", [("merge", "--rebuild"), ("retag",), ("measure", "split")])
def test_what_tells_measures_anew_knows_codes_that_the_database_does_not_know_yet(path: Path, command: tuple[str, ...]):
    (measure,) = json.loads(run(path, "measures", "--format", "json").output)
    with connect(path) as db, writing(db):
        db.execute("delete from regions")
    split = (measure["id"], keys(path)[1]) if "split" in command else ()
    assert run(path, *command, *split).exit_code == 0
    with connect(path) as db:
        assert db.execute("select name_en from regions where code = 'jabar'").fetchall() == [("West Java",)]


def test_a_measure_is_split_merged_and_rebuilt(path: Path):
    (measure,) = json.loads(run(path, "measures", "--format", "json").output)
    other = next(key for key in keys(path) if key != measure["id"])
    assert run(path, "measure", "split", measure["id"], other).output.count("mentions: 1") == 2
    assert "2 measures" in run(path, "merge", "--rebuild").output
    assert "mentions: 2, publishers: 2" in run(path, "measure", "merge", measure["id"], other).output
    assert "2 articles joined; in all 2 stories and 1 measures" in run(path, "merge", "--rebuild").output
    assert "0 articles joined" in run(path, "merge").output


@pytest.mark.parametrize(
    "arguments",
    [("show", "x"), ("measure", "split", "x", "y"), ("measure", "merge", "x", "y")],
)
def test_a_measure_that_is_not_there_is_wrong_usage(path: Path, arguments: tuple[str, ...]):
    result = run(path, *arguments)
    assert result.exit_code == 2
    assert "no such measure: x" in result.output


def test_a_decision_that_makes_no_sense_is_wrong_usage(path: Path):
    (measure,) = json.loads(run(path, "measures", "--format", "json").output)
    result = run(path, "measure", "merge", measure["id"], measure["id"])
    assert result.exit_code == 2
    assert "one measure already" in result.output
