"""Spans of days as the pages count them: whole days in the reader's zone, asked for in stored times."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from db.times import from_text, to_text

WEEK = timedelta(days=7)
SOON = timedelta(days=30)
WEEKS_DRAWN = 12


@dataclass(frozen=True, slots=True)
class Period:
    """From the first day to the last, both included."""

    first: date
    last: date
    zone: ZoneInfo

    @property
    def since(self) -> str:
        """The stored time at which the period begins."""
        return start(self.first, self.zone)

    @property
    def until(self) -> str:
        """The stored time before which it ends."""
        return start(self.last + timedelta(days=1), self.zone)


def start(day: date, zone: ZoneInfo) -> str:
    return to_text(datetime.combine(day, time(), zone)) or ""


def shown_day(newest: str | None, now: datetime, zone: ZoneInfo) -> date:
    """The day that the pages call today: today, or the newest article's where nothing came for a week."""
    today = now.astimezone(zone).date()
    time_of_newest = from_text(newest)
    if time_of_newest is None:
        return today
    last = time_of_newest.astimezone(zone).date()
    return last if last <= today - WEEK else today


def week_until(day: date, zone: ZoneInfo) -> Period:
    """The seven days that end with this one."""
    return Period(day - WEEK + timedelta(days=1), day, zone)


def weeks_until(day: date, zone: ZoneInfo) -> list[Period]:
    """The spans of seven days that end with this one, oldest first."""
    return [week_until(day - WEEK * back, zone) for back in reversed(range(WEEKS_DRAWN))]


def soon_after(day: date) -> tuple[str, str]:
    """The stored days from the day after this one until thirty days on, both included."""
    return (day + timedelta(days=1)).isoformat(), (day + SOON).isoformat()
