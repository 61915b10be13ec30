"""Which pages make up an archive."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from crawler.backfill import parts
from crawler.discovery import Link
from crawler.outlets import Outlet

FIRST, LAST = date(2020, 2, 28), date(2020, 3, 1)
OUTLET = Outlet(
    slug="kabar",
    title="Kabar",
    home="https://kabar.example",
    article="/berita/",
    archive="https://kabar.example/indeks?d={DD}&b={MM}&t={YYYY}&mulai={offset}",
    archive_step=20,
)


def test_a_day_of_a_dated_index_has_an_address_for_each_page() -> None:
    assert parts.address(OUTLET, "2020-02-03", 1) == "https://kabar.example/indeks?d=03&b=02&t=2020&mulai=0"
    assert parts.address(OUTLET, "2020-02-03", 3).endswith("mulai=40")
    by_page = replace(OUTLET, archive="https://kabar.example/{page}?after={yesterday}&before={tomorrow}")
    assert parts.address(by_page, "2020-02-29", 2) == "https://kabar.example/2?after=2020-02-28&before=2020-03-01"


def test_days_go_back_from_the_last() -> None:
    assert list(parts.days(FIRST, LAST)) == ["2020-03-01", "2020-02-29", "2020-02-28"]
    assert list(parts.days(LAST, LAST)) == ["2020-03-01"]


def test_an_archive_without_a_day_in_it_is_a_sitemap() -> None:
    sitemap = replace(OUTLET, archive="https://kabar.example/sitemap.xml")
    assert parts.has_days(OUTLET)
    assert not parts.has_days(sitemap)
    assert parts.address(sitemap, "https://kabar.example/sitemap-2.xml", 1) == "https://kabar.example/sitemap-2.xml"


@pytest.mark.parametrize(
    ("url", "holds"),
    [
        ("https://kabar.example/sitemap-2020-02.xml", True),
        ("https://kabar.example/sitemap/202003.xml", True),
        ("https://kabar.example/sitemap_2020-03-14.xml", True),
        ("https://kabar.example/sitemap-2019-12.xml", False),
        ("https://kabar.example/2020/04/sitemap.xml", False),
        ("https://kabar.example/post-sitemap7.xml", True),
        ("https://kabar.example/sitemap-20201.xml", True),
        ("https://kabar.example/sitemap-id-1202004111.xml", True),
    ],
)
def test_a_sitemap_that_names_another_month_is_left_out(url: str, holds: bool) -> None:
    assert parts.may_hold(url, FIRST, LAST) is holds


@pytest.mark.parametrize(
    ("part", "closed"),
    [
        ("2020-02-29", True),
        ("2020-03-01", False),
        ("https://kabar.example/sitemap-2019-12.xml", True),
        ("https://kabar.example/sitemap-2020-02.xml", True),
        ("https://kabar.example/sitemap-2020-03.xml", False),
        ("https://kabar.example/sitemap-2019-11.xml", False),  # it begins before the first day
        ("https://kabar.example/post-sitemap7.xml", False),
    ],
)
def test_only_what_is_over_and_wanted_whole_is_closed(part: str, closed: bool) -> None:
    assert parts.is_closed(part, date(2019, 11, 2), date(2020, 3, 1), date(2020, 3, 1)) is closed


def test_a_month_that_ends_after_the_last_day_is_not_closed() -> None:
    february, first, today = "https://kabar.example/sitemap-2020-02.xml", date(2020, 2, 1), date(2020, 5, 1)
    assert not parts.is_closed(february, first, date(2020, 2, 28), today)
    assert parts.is_closed(february, first, date(2020, 2, 29), today)


def test_links_of_other_days_are_left_out_as_far_as_their_times_tell() -> None:
    link = Link("https://kabar.example/berita/1", "", "")
    assert parts.within(link, FIRST, LAST)
    assert parts.within(replace(link, published_at=datetime(2020, 2, 29, tzinfo=UTC)), FIRST, LAST)
    assert not parts.within(replace(link, published_at=datetime(2020, 3, 5, tzinfo=UTC)), FIRST, LAST)
    assert not parts.within(replace(link, modified_at=datetime(2020, 1, 5, tzinfo=UTC)), FIRST, LAST)
    assert parts.within(replace(link, modified_at=datetime(2022, 1, 5, tzinfo=UTC)), FIRST, LAST)
