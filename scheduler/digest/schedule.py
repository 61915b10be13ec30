"""When a digest is due: at its local time, once, also after a pause and across a change to daylight saving time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from scheduler.digest.subscriptions import WEEKDAYS, Subscription

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
PERIODS = {"hourly": HOUR, "daily": DAY, "weekdays": DAY, "weekly": 7 * DAY}


def due(subscription: Subscription, last: datetime, now: datetime) -> datetime | None:
    """The latest time at which the subscription was due after `last` and by `now`; None if there is none.

    Only the latest: after downtime one issue catches up. A time that a change of clocks skips is the same time after
    the change; one that it repeats counts once, the first.
    """
    slot = latest(subscription, now)
    return slot if slot > last else None


def latest(subscription: Subscription, now: datetime) -> datetime:
    """The last time at or before `now` that the subscription's rhythm names."""
    if subscription.frequency == "hourly":
        local = now.astimezone(subscription.zone)
        past = timedelta(minutes=(local.minute - subscription.time.minute) % 60)
        return (now - past).astimezone(UTC).replace(second=0, microsecond=0)
    day = now.astimezone(subscription.zone).date()
    while True:
        slot = datetime.combine(day, subscription.time, subscription.zone).astimezone(UTC)
        if slot <= now and falls_on(subscription, day.weekday()):
            return slot
        day -= DAY


def falls_on(subscription: Subscription, weekday: int) -> bool:
    if subscription.frequency == "weekdays":
        return weekday < 5
    return subscription.frequency != "weekly" or WEEKDAYS[weekday] == subscription.day
