from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.digest.schedule import due
from scheduler.digest.subscriptions import FREQUENCIES, Subscription


def subscribed(frequency: str = "daily", zone: str = "Asia/Jakarta", at: str = "06:30", **more) -> Subscription:
    return Subscription("s", "S", ZoneInfo(zone), frequency=frequency, time=time.fromisoformat(at), **more)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def test_it_is_due_at_its_local_time_once():
    daily = subscribed()
    assert due(daily, utc("2026-11-23T23:30"), utc("2026-11-24T23:29")) is None
    assert due(daily, utc("2026-11-23T23:30"), utc("2026-11-24T23:30")) == utc("2026-11-24T23:30")
    assert due(daily, utc("2026-11-24T23:30"), utc("2026-11-25T05:00")) is None


def test_after_downtime_one_issue_catches_up():
    assert due(subscribed(), utc("2026-11-01T23:30"), utc("2026-11-24T12:00")) == utc("2026-11-23T23:30")


def test_weekdays_leave_the_weekend_out_and_weeks_keep_their_day():
    assert due(subscribed("weekdays"), utc("2026-11-19T23:30"), utc("2026-11-22T12:00")) is None  # Friday to Sunday
    weekly = subscribed("weekly", day="thursday")
    assert due(weekly, utc("2026-11-18T23:30"), utc("2026-11-25T23:29")) is None
    assert due(weekly, utc("2026-11-18T23:30"), utc("2026-11-25T23:31")) == utc("2026-11-25T23:30")


@pytest.mark.parametrize(
    ("at", "day", "expected"),
    [
        ("02:30", "2026-03-29", "2026-03-29T01:30"),  # that night 02:30 does not exist in Berlin: it is 03:30 then
        ("02:30", "2026-10-25", "2026-10-25T00:30"),  # and here it comes twice: the first counts
        ("06:30", "2026-03-29", "2026-03-29T04:30"),
    ],
)
def test_changes_of_clocks(at: str, day: str, expected: str):
    berlin = subscribed(zone="Europe/Berlin", at=at)
    before, after = utc(f"{day}T00:00") - timedelta(hours=6), utc(f"{day}T12:00")
    assert due(berlin, before, after) == utc(expected)
    assert due(berlin, utc(expected), after) is None


@given(
    st.sampled_from(FREQUENCIES),
    st.sampled_from(["Asia/Jakarta", "Europe/Berlin", "America/New_York", "Asia/Kathmandu"]),
    st.times(),
    st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31)),  # noqa: DTZ001 - hypothesis wants them so
)
def test_asked_each_hour_it_is_due_once_a_period(frequency: str, zone: str, at: time, start: datetime):
    subscription = subscribed(frequency, zone, f"{at:%H:%M}")
    now = last = start.replace(tzinfo=UTC)
    slots = []
    for _ in range(24 * 28):
        now += timedelta(hours=1)
        slot = due(subscription, last, now)
        if slot is not None:
            assert last < slot <= now
            slots.append(slot)
            last = slot
    expected = {"hourly": 24 * 28, "daily": 28, "weekdays": 20, "weekly": 4}[frequency]
    assert abs(len(slots) - expected) <= 1
