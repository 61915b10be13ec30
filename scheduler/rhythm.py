"""The rhythm in which a feed publishes: articles an hour, by hour of day and weekday, learnt from what it published."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

HOUR = timedelta(hours=1)
LEARNT_FROM = timedelta(days=35)
LATELY = 12  # hours that tell whether today is livelier or quieter than usual
PINNED = 20  # of the times before a feed was watched, the oldest are passed over, one in so many: they may be pinned

# What is believed before anything is seen, in articles: the more, the longer it takes to be told otherwise.
BELIEVED_HOURS = 6.0  # an article in six hours
BELIEF_HOUR = 1.0  # every hour of the day is like the others
BELIEF_WEEKDAY = 2.0  # every weekday is like the others
BELIEF_LATELY = 4.0  # today is a day like others


@dataclass(frozen=True, slots=True)
class Rhythm:
    """Articles an hour: `mean` overall, `rates` by weekday (Monday first) and hour in `zone`, today `lately` times as
    many."""

    mean: float
    rates: tuple[tuple[float, ...], ...]
    lately: float
    zone: ZoneInfo

    def rate(self, time: datetime) -> float:
        """Articles an hour that may be expected at a time of the next hours."""
        local = time.astimezone(self.zone)
        return self.rates[local.weekday()][local.hour] * self.lately


def learn(published: Iterable[datetime], since: datetime, now: datetime, zone: ZoneInfo) -> Rhythm:
    """The rhythm of a feed that is watched since then and published at these times, as far as they lie in five weeks.

    Times before `since` count: a feed's first answer tells of days gone by.
    """
    last, watched = (time.timestamp() / 3600 for time in (now, max(since, now - LEARNT_FROM)))  # hours since 1970
    times = sorted(time.timestamp() / 3600 for time in published)
    times = times[bisect_left(times, last - LEARNT_FROM / HOUR) : bisect_right(times, last)]
    times = times[bisect_left(times, min([watched, *times[len(times) // PINNED :][:1]])) :]
    start = min([last, watched, *times[:1]])
    mean = (len(times) + 1) / (last - start + BELIEVED_HOURS)
    found = Counter(map(int, times))
    hours = range(int(start), int(last) + 1)
    places, counts = list(places_of(hours, now, zone)), [found[hour] for hour in hours]
    shares = [min(hour + 1, last) - max(hour, start) for hour in hours]  # the first and the last are not whole
    by_hour = hour_factors(places, counts, [mean * share for share in shares])
    usual = [mean * by_hour[hour] * share for (_, hour), share in zip(places, shares, strict=True)]
    by_weekday = weekday_factors(places, counts, usual)
    rates = tuple(tuple(mean * day * hour for hour in by_hour) for day in by_weekday)
    recent = zip(places[-LATELY:], shares[-LATELY:], strict=True)
    expected = sum(rates[weekday][hour] * share for (weekday, hour), share in recent)
    lately = (sum(counts[-LATELY:]) + BELIEF_LATELY) / (expected + BELIEF_LATELY)
    return Rhythm(mean, rates, lately, zone)


def places_of(hours: Iterable[int], now: datetime, zone: ZoneInfo) -> Iterator[tuple[int, int]]:
    """Weekday and hour of day of each hour since 1970 (a Thursday), by the zone's distance from UTC as it is now."""
    distance = round((now.astimezone(zone).utcoffset() or timedelta()) / HOUR)
    for hour in hours:
        days, hour_of_day = divmod(hour + distance, 24)
        yield (days + 3) % 7, hour_of_day


def hour_factors(places: Sequence[tuple[int, int]], counts: Sequence[int], expected: Sequence[float]) -> list[float]:
    """How many times what was expected each hour of the day publishes; the hours beside it have a say of a quarter."""
    seen, due = [0.0] * 24, [0.0] * 24
    for (_, hour), count, mean in zip(places, counts, expected, strict=True):
        seen[hour] += count
        due[hour] += mean
    return [(smooth(seen, hour) + BELIEF_HOUR) / (smooth(due, hour) + BELIEF_HOUR) for hour in range(24)]


def smooth(hours: Sequence[float], hour: int) -> float:
    return hours[hour] / 2 + (hours[hour - 1] + hours[(hour + 1) % 24]) / 4


def weekday_factors(places: Sequence[tuple[int, int]], counts: Sequence[int], expected: Sequence[float]) -> list[float]:
    """How many times what its hours let expect each weekday publishes."""
    seen, due = [0.0] * 7, [0.0] * 7
    for (weekday, _), count, usual in zip(places, counts, expected, strict=True):
        seen[weekday] += count
        due[weekday] += usual
    return [(s + BELIEF_WEEKDAY) / (d + BELIEF_WEEKDAY) for s, d in zip(seen, due, strict=True)]
