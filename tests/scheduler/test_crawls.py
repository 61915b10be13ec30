import asyncio
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from crawler.outlets import Outlet
from db import Database, polls, queries, store
from db.models import PollResult, Run
from scheduler import crawls
from scheduler.crawls import BATCH_OUTLETS, add_outlets, batches, decide_pending, park
from tests.scheduler.conftest import Clock

JAKARTA = ZoneInfo("Asia/Jakarta")


def due_row(outlet: Outlet, source: str = "", **changes: object) -> polls.Row:
    row = {"outlet": outlet.slug, "source": source or outlet.feeds[0], "etag": None, "last_modified": None}
    return {**row, "outcome": "read", **changes}


def outlets(count: int) -> dict[str, Outlet]:
    slugs = [f"warta-{number:02}" for number in range(count)]
    return {
        slug: Outlet(slug, slug, f"https://{slug}.test", "/", feeds=(f"https://{slug}.test/rss",)) for slug in slugs
    }


def test_due_feeds_go_by_outlet_many_to_a_batch():
    known = outlets(BATCH_OUTLETS + 2)
    found = batches([due_row(outlet) for outlet in known.values()], known, busy={"warta-00"})
    assert [len(batch) for batch in found] == [BATCH_OUTLETS, 1]
    assert found[0]["warta-01"] == {"https://warta-01.test/rss": {}}


def test_an_outlet_whose_crawl_was_killed_goes_alone():
    known = outlets(3)
    rows = [due_row(outlet, outcome="killed" if slug == "warta-01" else "read") for slug, outlet in known.items()]
    assert [list(batch) for batch in batches(rows, known, set())] == [["warta-00", "warta-02"], ["warta-01"]]


def test_feeds_that_no_file_names_are_not_asked(warta: Outlet):
    rows = [due_row(warta, "https://warta.test/lama"), due_row(warta, etag='"a"', last_modified="Tue"), {
        **due_row(warta), "outlet": "gone"}]  # fmt: skip
    assert batches(rows, {"warta": warta}, set()) == [
        {"warta": {warta.feeds[0]: {"If-None-Match": '"a"', "If-Modified-Since": "Tue"}}}
    ]


def test_an_outlet_that_only_its_own_spider_can_read_is_polled_by_its_home(store_db: Database, clock: Clock):
    own = Outlet("sendiri", "Sendiri", "https://sendiri.test", "/", spider="modul:Kelas")
    add_outlets(store_db, {"sendiri": own}, clock())
    assert batches(polls.due(store_db, clock()), {"sendiri": own}, set()) == [{"sendiri": {own.home: {}}}]


def test_what_was_asked_is_decided_within_the_outlets_bounds(store_db: Database, warta: Outlet, clock: Clock):
    add_outlets(store_db, {"warta": warta}, clock())
    results = [PollResult(source, clock(), links=9) for source in warta.feeds]
    polls.save_results(store_db, "warta", results, {})
    decide_pending(store_db, {"warta": warta}, JAKARTA, clock())
    assert polls.pending(store_db) == []
    for row in polls.all_polls(store_db):
        wait = datetime.fromisoformat(row["next_check_at"]) - clock()
        assert timedelta(minutes=warta.poll_floor) * 0.8 <= wait <= timedelta(minutes=warta.poll_ceiling) * 1.2
        assert row["reason"]


def test_a_feed_whose_crawl_was_killed_is_due_again_at_once_but_only_once(
    store_db: Database, warta: Outlet, clock: Clock
):
    add_outlets(store_db, {"warta": warta}, clock())
    store.start_run(store_db, Run("warta", clock()))
    known = {"warta": warta}
    for is_due in (True, False):
        park(store_db, {"warta": warta.feeds}, set(), clock(), "over 60 seconds")
        decide_pending(store_db, known, JAKARTA, clock())
        assert bool(polls.due(store_db, clock())) is is_due
    assert queries.last_runs(store_db, 1)[0]["reason"] == "killed"
    assert {row["failures"] for row in polls.all_polls(store_db)} == {2}
    assert {row["error"] for row in polls.errors(store_db, "warta", 9)} == {"killed: over 60 seconds"}


def test_what_is_parked_by_a_stop_stays_due_and_counts_as_no_failure(store_db: Database, warta: Outlet, clock: Clock):
    add_outlets(store_db, {"warta": warta}, clock())
    store.start_run(store_db, Run("warta", clock()))
    park(store_db, {"warta": warta.feeds}, set(), clock(), None)
    assert len(polls.due(store_db, clock())) == 2
    assert polls.pending(store_db) == []
    assert queries.last_runs(store_db, 1)[0]["reason"] == "killed"


@pytest.mark.parametrize(("cut", "killed"), [({"warta-00"}, {"warta-00"}), (set(), {"warta-00", "warta-01"})])
def test_outlets_whose_turn_had_not_come_are_not_suspected_unless_nothing_began(
    store_db: Database, clock: Clock, cut: set[str], killed: set[str]
):
    known = outlets(2)
    add_outlets(store_db, known, clock())
    park(store_db, {slug: outlet.feeds for slug, outlet in known.items()}, cut, clock(), "over 60 seconds")
    assert {row["outlet"] for row in polls.pending(store_db)} == killed


def test_a_child_that_prints_nonsense_is_only_logged(store_db: Database, caplog):
    running = crawls.Crawls(asyncio.Event(), lambda: datetime.now(UTC), lambda facts: None)
    lines = ["halo", "[]", "{}", "3", '{"outlet": []}', '{"outlet": "lain", "reason": "finished"}']
    for line in lines:
        running.hear(None, {"warta": {}}, set(), line)
    assert [record.facts["line"] for record in caplog.records] == lines
