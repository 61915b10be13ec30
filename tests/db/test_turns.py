"""Where a new subscription begins to look, on a database of any size."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from crawler.codes import save_codes
from crawler.keeping import keep
from crawler.outlets import Outlet
from db import connect, turns
from scheduler.digest.news import sight
from tests.crawler.press import NOON, OTHER, OUTLETS, RELEASE, article, mention, visit

QUOTE = RELEASE.partition(".")[0] + "."


def test_a_turn_leads_to_the_measure_of_its_mention_or_of_its_heir(tmp_path: Path):
    with connect(tmp_path / "jurus.db") as db:
        save_codes(db, [Outlet(slug, slug, home, ".", feeds=(home,)) for slug, home in OUTLETS.items()])
        first, second = article("warta", "a", RELEASE), article("harian", "b", RELEASE, NOON + timedelta(hours=1))
        keep(db, [visit(first, mention(QUOTE))])
        keep(db, [visit(second, mention(QUOTE))])
        sight(db, NOON)
        revision = db.execute("select revision from measures").fetchone()[0]
        assert turns.first_revision(db, 0) == revision
        assert turns.first_revision(db, turns.last(db)) == turns.sighted(db) + 1
        keep(db, [visit(replace(first, text=OTHER), version="2")])
        assert db.execute("select count(*) from turns join mentions on key = mention").fetchone()[0] == 0
        assert turns.first_revision(db, 0) == db.execute("select revision from measures").fetchone()[0]


def test_it_begins_at_the_turns_and_not_at_the_first_of_all_measures(tmp_path: Path):
    with connect(tmp_path / "jurus.db") as db:
        plan = [row[3] for row in db.execute(f"explain query plan {turns.FIRST_REVISION}", [0])]
    assert plan[0].startswith("SEARCH turns USING INTEGER PRIMARY KEY")
    assert not any("SCAN" in step or "measures_revision" in step for step in plan)
