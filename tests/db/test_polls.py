from datetime import UTC, datetime, timedelta

import pytest
from sqlite_utils import Database

from db import polls, store
from db.models import PollResult

NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
FEED, HOST = "https://warta.test/rss", "warta.test"
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


@pytest.fixture(autouse=True)
def feed(db: Database) -> None:
    outlet = {"slug": "warta", "title": "Warta", "home": "https://warta.test", "keep": "text", "publisher": ""}
    store.save_codes(db, "outlets", [outlet])
    polls.add_polls(db, [("warta", FEED, HOST)], NOW)


def asked(db: Database, result: PollResult, next_check_at: datetime, full: bool = False) -> None:
    polls.save_results(db, "warta", [result], {})
    (row,) = polls.pending(db)
    polls.save_decision(db, row["id"], next_check_at, HOUR, reason="each hour", full=full, failures=0)


def test_a_new_feed_is_due_at_once_and_stays_as_it_is_when_named_again(db: Database):
    assert [row["source"] for row in polls.due(db, NOW)] == [FEED]
    asked(db, PollResult(FEED, NOW), NOW + HOUR)
    polls.add_polls(db, [("warta", FEED, HOST)], NOW)
    assert polls.due(db, NOW + HOUR - MINUTE) == []
    assert len(polls.due(db, NOW + HOUR)) == 1


def test_what_was_asked_is_not_due_before_it_is_decided_when(db: Database):
    polls.save_results(db, "warta", [PollResult(FEED, NOW)], {})
    assert polls.due(db, NOW + HOUR) == []


@pytest.mark.parametrize(
    ("changes", "full", "etag"),
    [
        ({}, False, '"a"'),
        ({}, True, None),
        ({"missed": True}, False, None),
        ({"outcome": "failed"}, False, None),
        ({"outcome": "killed"}, False, None),
    ],
)
def test_validators_are_sent_only_where_nothing_was_missed(db: Database, changes: dict, full: bool, etag: str | None):
    asked(db, PollResult(FEED, NOW, etag='"a"', **changes), NOW, full)
    assert polls.due(db, NOW)[0]["etag"] == etag


def test_a_304_keeps_the_validators(db: Database):
    asked(db, PollResult(FEED, NOW, etag='"a"', last_modified="Tue"), NOW)
    asked(db, PollResult(FEED, NOW, outcome="unchanged"), NOW)
    assert polls.due(db, NOW)[0]["last_modified"] == "Tue"


def test_a_304_after_a_missed_link_has_none_to_keep(db: Database):
    asked(db, PollResult(FEED, NOW, etag='"a"', missed=True), NOW)
    asked(db, PollResult(FEED, NOW, outcome="unchanged", etag='"a"'), NOW)
    assert polls.due(db, NOW)[0]["etag"] is None


def test_a_host_that_asked_to_be_left_alone_is(db: Database):
    polls.save_results(db, "warta", [], {HOST: NOW + HOUR})
    assert polls.due(db, NOW) == []
    assert len(polls.due(db, NOW + HOUR)) == 1


def test_the_hosts_that_wait_are_told_and_none_for_years(db: Database):
    waits = {HOST: NOW + HOUR, "kabar.test": NOW - HOUR, "lama.test": NOW + timedelta(days=365)}
    polls.save_results(db, "warta", [], waits)
    assert polls.waits(db, NOW) == {HOST: NOW + HOUR}


def test_a_clock_that_went_back_leaves_no_feed_waiting_for_years(db: Database):
    asked(db, PollResult(FEED, NOW + timedelta(days=365)), NOW + timedelta(days=366))
    assert len(polls.due(db, NOW)) == 1
    polls.save_results(db, "warta", [], {HOST: NOW + timedelta(days=365)})
    assert len(polls.due(db, NOW)) == 1


def test_results_of_a_feed_that_is_gone_are_passed_over(db: Database):
    polls.save_results(db, "warta", [PollResult("https://warta.test/lama", NOW)], {})
    assert polls.pending(db) == []


def test_the_last_results_come_in_order_with_the_times_of_what_was_new(db: Database):
    (poll_id,) = (row["id"] for row in polls.due(db, NOW))
    for hours in range(5):
        new = {"https://warta.test/1": NOW, "https://warta.test/2": None} if hours == 4 else {}
        polls.save_results(db, "warta", [PollResult(FEED, NOW + hours * HOUR, links=hours, new=new)], {})
    assert [row["links"] for row in polls.results(db, poll_id, 3)] == [2, 3, 4]
    assert polls.results(db, poll_id, 1)[0]["new"] == 2
    assert polls.published(db, poll_id, NOW) == ["2026-11-24T03:00:00Z"]
    assert polls.forget_results(db, NOW + 3 * HOUR) == 3


def test_the_lag_is_a_median_without_what_the_first_poll_found(db: Database):
    assert polls.lag(db, NOW) is None
    for minutes in (600, 4, 10, 70):
        new = {"https://warta.test/1": NOW - minutes * MINUTE}
        polls.save_results(db, "warta", [PollResult(FEED, NOW, new=new)], {})
    assert polls.lag(db, NOW) == 600


def test_errors_are_told_newest_first(db: Database):
    for at, outcome, error in ((NOW, "failed", "503"), (NOW + HOUR, "killed", ""), (NOW + HOUR, "read", "")):
        polls.save_results(db, "warta", [PollResult(FEED, at, outcome=outcome, error=error)], {})
    assert [row["error"] for row in polls.errors(db, "warta", 5)] == ["killed", "503"]


def test_what_was_asked_in_the_second_in_which_a_round_began_is_due_in_it(db: Database):
    asked(db, PollResult(FEED, NOW), NOW)
    assert [row["source"] for row in polls.due(db, NOW + MINUTE, NOW)] == [FEED]
    assert polls.due(db, NOW + MINUTE, NOW - timedelta(seconds=1)) == []
