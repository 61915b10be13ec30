from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.rhythm import HOUR, learn

JAKARTA, JAYAPURA = ZoneInfo("Asia/Jakarta"), ZoneInfo("Asia/Jayapura")
NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)  # Monday, ten o'clock in Jakarta
WEEKS = timedelta(days=28)
MOMENTS = st.integers(-(10**9), 4 * 10**9).map(lambda second: datetime.fromtimestamp(second, UTC))


def office_hours() -> list[datetime]:
    """Two articles an hour from nine to five on working days, in Jakarta, for four weeks."""
    halves = (NOW - half * HOUR / 2 for half in range(2 * 24 * 28))
    local = [(time, time.astimezone(JAKARTA)) for time in halves]
    return [time for time, here in local if here.weekday() < 5 and 9 <= here.hour < 17]


def test_the_hour_of_day_is_learnt():
    rhythm = learn(office_hours(), NOW - WEEKS, NOW, JAKARTA)
    noon, night = NOW + 2 * HOUR, NOW + 14 * HOUR
    assert rhythm.rate(noon) == pytest.approx(2, rel=0.3)
    assert rhythm.rate(night) < 0.1


def test_the_weekday_is_learnt():
    rhythm = learn(office_hours(), NOW - WEEKS, NOW, JAKARTA)
    monday, sunday = NOW, NOW + timedelta(days=6)
    assert rhythm.rate(sunday) < rhythm.rate(monday) / 5


def test_the_hours_are_those_of_the_zone():
    there = learn(office_hours(), NOW - WEEKS, NOW, JAYAPURA)
    here = learn(office_hours(), NOW - WEEKS, NOW, JAKARTA)
    for ahead in range(24):
        assert there.rate(NOW + ahead * HOUR) == pytest.approx(here.rate(NOW + ahead * HOUR), rel=0.35)


def test_a_busy_day_is_noticed():
    calm = office_hours()
    storm = [*calm, *(NOW - timedelta(minutes=minute) for minute in range(60))]
    assert learn(storm, NOW - WEEKS, NOW, JAKARTA).lately > 2 > learn(calm, NOW - WEEKS, NOW, JAKARTA).lately


def test_a_pinned_article_does_not_make_a_feed_slow():
    busy = [NOW - timedelta(minutes=10 * number) for number in range(40)]
    pinned = [*busy, NOW - timedelta(days=30)]
    learnt, without = (learn(times, NOW, NOW, JAKARTA).mean for times in (pinned, busy))
    assert learnt == pytest.approx(without, rel=0.1)


def test_a_feed_that_never_publishes_is_believed_slower_with_time():
    means = [learn([], NOW - days * timedelta(days=1), NOW, JAKARTA).mean for days in (0, 1, 10, 30)]
    assert means == sorted(means, reverse=True)
    assert means[0] > 50 * means[-1]


@given(
    published=st.lists(MOMENTS, max_size=60),
    since=MOMENTS,
    zone=st.sampled_from(["Asia/Jakarta", "Asia/Kathmandu", "America/St_Johns", "UTC"]),
)
def test_whatever_a_feed_claims_rates_are_positive_and_finite(published: list[datetime], since: datetime, zone: str):
    rhythm = learn(published, since, NOW, ZoneInfo(zone))
    assert 0 < rhythm.mean < 100
    assert all(0 < rhythm.rate(NOW + hour * HOUR) < 10_000 for hour in range(168))
