from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.polling import DAILY_AFTER, DAY, History, Poll, decide, failed_in_a_row

JAKARTA = ZoneInfo("Asia/Jakarta")
NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)  # Monday, ten o'clock in Jakarta
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
FLOOR, CEILING = 10 * MINUTE, DAY
ERRORS = ["429", "503", "500", "404", "403", "timeout", "dns", "connection", "no feed: HTML", ""]


def history(polls: Sequence[Poll], published: Sequence[datetime] = (), **bounds: timedelta) -> History:
    return History(polls, published, **{"floor": FLOOR, "ceiling": CEILING} | bounds, zone=JAKARTA)


def steady(gap: timedelta, shown: int = 30) -> tuple[list[Poll], list[datetime]]:
    """A feed with an article every so often, asked every hour until now."""
    polls = [Poll(NOW - hour * HOUR, "read", shown, round(HOUR / gap)) for hour in reversed(range(50))]
    return polls, [NOW - number * gap for number in range(int(14 * DAY / gap))]


def failing(count: int, error: str, published: Sequence[datetime] = ()) -> History:
    """A feed that answered once and then failed so many times."""
    failures = [Poll(NOW - number * HOUR, "failed", error=error) for number in reversed(range(count))]
    return history([Poll(NOW - count * HOUR, "read", 20, 20), *failures], published)


@st.composite
def histories(draw: st.DrawFn) -> History:
    minutes = st.integers(1, 3000)
    gaps = draw(st.lists(minutes, max_size=50))
    ago = [sum(gaps[number:]) - gaps[-1] for number in range(len(gaps))]
    polls = [
        Poll(
            NOW - minute * MINUTE,
            draw(st.sampled_from(["read", "unchanged", "failed", "killed"])),
            draw(st.integers(0, 500)),
            draw(st.integers(0, 100)),
            draw(st.sampled_from(ERRORS)),
            timedelta(seconds=draw(st.sampled_from([0, 0, 0, 60, 7200, 86400, 10**9]))),
        )
        for minute in ago
    ]
    published = draw(st.lists(st.integers(-1000, 60 * 24 * 60), max_size=40))
    floor, above = draw(st.integers(1, 2000)), draw(st.integers(0, 20000))
    times = [NOW - minute * MINUTE for minute in published]
    zone = ZoneInfo(draw(st.sampled_from(["Asia/Jakarta", "Asia/Jayapura", "Asia/Kathmandu", "America/New_York"])))
    return History(polls, times, floor * MINUTE, (floor + above) * MINUTE, zone)


@given(histories(), st.floats(0, 1))
def test_the_next_poll_is_never_in_the_past_and_deterministic(any_history: History, chance: float):
    decision = decide(any_history, NOW, chance)
    assert decision.next_check_at >= NOW
    assert decision.next_check_at.tzinfo is not None
    assert decision.reason
    assert decision == decide(any_history, NOW, chance)
    shuffled = replace(any_history, published=any_history.published[::-1])
    assert decision == decide(shuffled, NOW, chance)


@given(histories(), st.floats(0, 1))
def test_interval_and_jitter_stay_within_bounds(any_history: History, chance: float):
    decision = decide(any_history, NOW, chance)
    if not any_history.polls:
        assert decision.next_check_at == NOW
        return
    floor, ceiling = any_history.floor, any_history.ceiling
    stretched = failed_in_a_row(any_history.polls) or any_history.polls[-1].wait
    highest = max(ceiling, DAY) if stretched else ceiling
    for length in (decision.interval, decision.next_check_at - NOW):
        assert floor <= length <= highest


@given(histories(), st.floats(0, 1))
def test_what_the_server_asked_for_is_kept_up_to_a_day(any_history: History, chance: float):
    if any_history.polls:
        asked = min(any_history.polls[-1].wait, DAY)
        assert decide(any_history, NOW, chance).next_check_at >= NOW + asked


@given(
    errors=st.lists(st.sampled_from(ERRORS), min_size=1, max_size=60),
    gap=st.integers(5, 600),
    chance=st.floats(0, 1),
)
def test_each_further_failure_waits_no_shorter(errors: list[str], gap: int, chance: float):
    """As it goes in life: each failure comes when the one before let it, and the last 50 polls are known."""
    polls, published = steady(gap * MINUTE)
    now, last = NOW, timedelta()
    for error in errors:
        polls = [*polls, Poll(now, "failed", error=error)][-50:]
        decision = decide(history(polls, published), now, chance)
        assert last <= decision.interval <= DAY
        now, last = decision.next_check_at, decision.interval


def test_back_off_is_linear_by_the_class_of_error():
    published = steady(30 * MINUTE)[1]
    for error, share in (
        ("503", 0.25),
        ("killed: status 3", 0.25),
        ("timeout", 0.5),
        ("404", 1.0),
        ("forbidden by robots.txt", 1.0),
    ):
        one, two, three = (decide(failing(count, error, published), NOW, 0.5).interval for count in (1, 2, 3))
        assert two - one == pytest.approx(three - two, abs=timedelta(seconds=60))
        assert (two - one) / (one / (1 + share)) == pytest.approx(share, rel=0.05)


def test_a_feed_that_fails_for_days_is_asked_daily_and_at_once_as_usual_when_it_answers():
    polls, published = steady(30 * MINUTE)
    dead = [Poll(NOW - DAILY_AFTER + hour * HOUR, "failed", error="dns") for hour in range(0, 73, 8)]
    decision = decide(history([polls[0], *dead], published), NOW, 0.5)
    assert decision.next_check_at == NOW + DAY
    assert decision.reason == "failed 10 times in a row, last by dns"
    assert decide(failing(1, "dns"), NOW, 0.5).reason == "failed once, by dns"
    back = decide(history([polls[0], *dead, Poll(NOW, "read", 30, 30)], published), NOW, 0.5)
    assert back.interval < HOUR


def test_a_busy_feed_is_asked_more_often_than_a_slow_one():
    gaps = [5 * MINUTE, 30 * MINUTE, 6 * HOUR, 5 * DAY]
    intervals = [decide(history(*steady(gap)), NOW, 0.5).interval for gap in gaps]
    assert intervals == sorted(intervals)
    assert intervals[0] == FLOOR
    assert intervals[-1] > 4 * HOUR


def test_a_feed_is_asked_before_more_drops_out_than_it_shows():
    polls, published = steady(15 * MINUTE, shown=1)
    narrow = decide(history(polls, published), NOW, 0.5, price=20).interval
    wide = decide(history(*steady(15 * MINUTE, shown=100)), NOW, 0.5, price=20).interval
    assert narrow < wide / 2


def test_a_feed_that_tells_no_times_is_learnt_from_its_polls():
    polls, published = steady(30 * MINUTE)
    told, silent = (decide(history(polls, times), NOW, 0.5).interval for times in (published, []))
    assert silent == pytest.approx(told, rel=0.25)


def test_a_dearer_request_is_made_later():
    known = history(*steady(HOUR))
    intervals = [decide(known, NOW, 0.5, price).interval for price in (0.5, 1, 2, 10)]
    assert intervals == sorted(set(intervals))


def test_the_waits_of_an_answer_win_over_the_ceiling():
    polls, published = steady(5 * MINUTE)
    asked = [*polls[:-1], replace(polls[-1], wait=5 * HOUR)]
    decision = decide(history(asked, published, ceiling=HOUR), NOW, 1.0)
    assert decision.next_check_at - NOW == decision.interval == 5 * HOUR
    assert decision.reason == "the server asked to wait so long"


def test_feeds_with_one_history_are_spread_by_chance():
    known = history(*steady(2 * HOUR))
    times = {decide(known, NOW, chance / 10).next_check_at for chance in range(11)}
    assert len(times) == 11
    assert len({decide(known, NOW, chance / 10).interval for chance in range(11)}) == 1


@pytest.mark.parametrize(
    ("silence", "gap", "full"),
    [
        (HOUR, HOUR, False),  # nothing strange
        (DAY, DAY, True),  # a day old
        (8 * HOUR, 30 * MINUTE, True),  # sixteen articles were to be expected, and a 304 each time
        (8 * HOUR, 6 * HOUR, False),
    ],
)
def test_a_full_answer_is_asked_for_where_a_304_is_old_or_hard_to_believe(
    silence: timedelta, gap: timedelta, full: bool
):
    published = [time for time in steady(gap)[1] if time < NOW - silence]
    polls = [Poll(NOW - silence, "read", 30, 30), Poll(NOW, "unchanged")]
    assert decide(history(polls, published), NOW, 0.5).full is full


def test_a_feed_never_asked_is_due_now():
    decision = decide(history([]), NOW, 0.7)
    assert (decision.next_check_at, decision.full) == (NOW, True)
