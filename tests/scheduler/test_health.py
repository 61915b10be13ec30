"""An outlet against its own history."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.health import SEVERITY, Facts, Feed, Visits, judge

NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
RSS, OTHER = "https://warta.test/rss", "https://warta.test/2.rss"
FILLED = {"title": 1.0, "date": 1.0, "body": 0.95, "section": 0.9}
WELL = Facts(
    min_links=5,
    feeds=(Feed(RSS, read_at=NOW, links=(20,) * 8), Feed(OTHER, read_at=NOW, links=(10, 11, 9, 10, 10, 12, 10))),
    published=[NOW - hours * 6 * HOUR for hours in range(40)],
    visits=Visits(20, 1),
    visits_before=Visits(200, 8),
    filled=FILLED,
    filled_before=FILLED,
)


def with_feeds(**changes: object) -> Facts:
    return replace(WELL, feeds=tuple(replace(feed, **changes) for feed in WELL.feeds))


def with_one_feed(**changes: object) -> Facts:
    return replace(WELL, feeds=(replace(WELL.feeds[0], **changes), WELL.feeds[1]))


def quiet_for(time: timedelta) -> Facts:
    return replace(WELL, published=[at - time for at in WELL.published])


@pytest.mark.parametrize(
    ("facts", "state", "words"),
    [
        (WELL, "ok", ""),
        (with_feeds(read_at=None, links=()), "ok", "not asked yet"),
        (with_feeds(read_at=None, links=(), failures=2, error="404"), "ok", "has not answered yet, last: 404"),
        (with_feeds(failures=2, error="503"), "ok", ""),
        (with_one_feed(failures=3, error="503"), "watch", f"{RSS} failed 3 times in a row, last: 503"),
        (with_feeds(failures=9, error="dns"), "broken", "failed 9 times in a row, last: dns"),
        (with_feeds(failures=3, error=""), "broken", "last: killed"),
        (with_feeds(failures=1, error="forbidden by robots.txt"), "broken", "is forbidden by robots.txt"),
        (quiet_for(8 * HOUR), "ok", ""),
        (quiet_for(20 * HOUR), "watch", "no new article for 20 hours, the longest pause before was 6 hours"),
        (quiet_for(4 * DAY), "broken", "no new article for 4 days"),
        (replace(WELL, published=[NOW - 8 * DAY]), "watch", "no new article for 8 days"),
        (replace(WELL, published=[NOW - 6 * DAY]), "ok", ""),
        (replace(WELL, published=[]), "ok", ""),
        (with_one_feed(links=(20,) * 7 + (1,)), "ok", ""),
        (with_one_feed(links=(20,) * 7 + (6, 5)), "watch", "names 5 links, 20 were usual"),
        (with_one_feed(links=(20,) * 7 + (1, 0)), "broken", "names 0 links, 20 were usual"),
        (with_feeds(links=(2,)), "broken", "4 links in all, expected at least 5"),
        (with_one_feed(links=()), "ok", ""),
        (
            replace(WELL, filled={**FILLED, "date": 0.6}),
            "watch",
            "60% of the last articles have a date, 100% had before",
        ),
        (replace(WELL, filled={**FILLED, "body": 0.1}), "broken", "10% of the last articles have a body"),
        (replace(WELL, filled={**FILLED, "section": 0.0}), "watch", "0% of the last articles have a section"),
        (replace(WELL, filled={**FILLED, "section": 0.8}), "ok", ""),
        (replace(WELL, filled=None), "ok", ""),
        (replace(WELL, visits=Visits(20, 6)), "watch", "30% of the last pages are no articles, 4% were before"),
        (replace(WELL, visits=Visits(20, 12)), "broken", "60% of the last pages are no articles"),
        (replace(WELL, visits=Visits(20, 5, challenges=5)), "watch", "25% of the last pages are challenges"),
        (replace(WELL, visits=Visits(20, 20, challenges=18)), "broken", "90% of the last pages are challenges"),
        (replace(WELL, visits=Visits(5, 5, challenges=5)), "ok", ""),
        (replace(WELL, forbidden=0.3), "watch", "robots.txt forbids 30% of the links, 0% were usual"),
        (replace(WELL, forbidden=1.0, forbidden_before=0.1), "broken", "robots.txt forbids 100% of the links"),
        (replace(WELL, forbidden=0.6, forbidden_before=0.6), "ok", ""),
    ],
)
def test_an_outlet_is_told_with_a_sentence_why(facts: Facts, state: str, words: str):
    found, why = judge(facts)
    assert found == state, why
    assert words in why
    assert bool(why) == bool(words)


def test_silence_is_measured_where_the_feeds_answered_last_not_where_nobody_asked():
    assert judge(replace(with_feeds(read_at=NOW - 5 * DAY), published=WELL.published))[0] == "ok"
    stopped = [time for time in WELL.published if time < NOW - 5 * DAY]
    assert judge(replace(with_feeds(read_at=NOW - 5 * DAY), published=stopped))[0] == "ok"


def test_the_worst_is_told_and_what_is_as_bad_beside_it():
    facts = replace(with_feeds(failures=4, error="404"), filled={**FILLED, "body": 0.0, "section": 0.0})
    state, why = judge(facts)
    assert state == "broken"
    assert "404" in why
    assert "body" in why
    assert "section" not in why


SHARES = st.floats(0, 1)
FEEDS = st.builds(
    Feed,
    source=st.just(RSS),
    failures=st.integers(0, 100),
    error=st.text(max_size=9),
    read_at=st.none() | st.just(NOW),
    links=st.lists(st.integers(0, 99)).map(tuple),
)
TIMES = st.lists(st.integers(-5000, 5000).map(lambda hours: NOW + hours * HOUR))


@given(st.lists(FEEDS, min_size=1).map(tuple), TIMES, st.integers(0, 20), SHARES, SHARES)
def test_whatever_the_history_there_is_a_state_and_a_reason(feeds, published, unreadable, share, before):
    facts = Facts(
        5, feeds, published, Visits(20, unreadable), Visits(), {"date": share}, {"date": before}, share, before
    )
    state, why = judge(facts)
    assert state in SEVERITY
    assert state == "ok" or why
