"""Days that look too thin."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from crawler.backfill.gaps import ThinDay, is_weekend, thin_days

FIRST = date(2024, 1, 1)
EVERY = [FIRST + timedelta(days=n) for n in range(60)]
LAST = EVERY[-1]


def test_a_day_far_below_its_neighbours_is_thin() -> None:
    articles = {day: 4 if is_weekend(day) else 20 for day in EVERY}
    assert thin_days(articles, FIRST, LAST) == []
    articles[EVERY[30]] = 3
    del articles[EVERY[42]]
    assert thin_days(articles, FIRST, LAST) == [ThinDay(EVERY[30], 3, 20), ThinDay(EVERY[42], 0, 20)]


def test_where_little_is_published_no_day_is_thin() -> None:
    assert thin_days(dict.fromkeys(EVERY[::2], 2), FIRST, LAST) == []
    assert thin_days({}, FIRST, FIRST) == []


@given(st.dictionaries(st.sampled_from(EVERY), st.integers(0, 50)))
def test_a_thin_day_has_less_than_is_usual(articles: dict[date, int]) -> None:
    found = thin_days(articles, FIRST, LAST)
    assert [thin.day for thin in found] == sorted({thin.day for thin in found})
    assert all(thin.articles == articles.get(thin.day, 0) < 0.4 * thin.usual for thin in found)
