"""Days of an archive that look too thin beside their neighbours."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

REACH = 14  # days to each side
FEWEST = 4  # articles on a usual day, below which a thin day says nothing
SHARE = 0.4  # of what is usual


@dataclass(frozen=True, slots=True)
class ThinDay:
    """A day with `articles` where its neighbours usually have `usual`."""

    day: date
    articles: int
    usual: float


def thin_days(articles: Mapping[date, int], first: date, last: date) -> list[ThinDay]:
    """The days from `first` to `last` with less than 0.4 of the median of their neighbours, in order.

    `articles` counts by day; a day that is missing has none. Neighbours are the days of the same kind (Monday to
    Friday; Saturday and Sunday) within two weeks to each side, inside the range.
    """
    every = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    found = []
    for at, day in enumerate(every):
        near = every[max(at - REACH, 0) : at + REACH + 1]
        others = [articles.get(other, 0) for other in near if other != day and is_weekend(other) == is_weekend(day)]
        usual = median(others) if others else 0.0
        if usual >= FEWEST and articles.get(day, 0) < SHARE * usual:
            found.append(ThinDay(day, articles.get(day, 0), usual))
    return found


def is_weekend(day: date) -> bool:
    return day.weekday() >= 5
