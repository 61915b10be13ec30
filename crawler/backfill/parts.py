"""The parts of an outlet's archive: a day of a dated index, or one of its sitemaps.

`archive` in an outlet's file is an address. Where it holds a day (`{DD}`, `{yesterday}` or `{tomorrow}`) it is a dated
index, asked day by day and, where it holds `{page}` or `{offset}`, page by page; else it is a sitemap of all articles,
or an index of such sitemaps.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from crawler.discovery import Link
from crawler.outlets import Outlet

MONTH = re.compile(r"(?<!\d)((?:19|20)\d\d)[-_/.]?(0[1-9]|1[0-2])(?!\d{5})")


def has_days(outlet: Outlet) -> bool:
    """Whether the archive is a dated index."""
    return any(mark in outlet.archive for mark in ("{DD}", "{yesterday}", "{tomorrow}"))


def has_pages(outlet: Outlet) -> bool:
    """Whether a day of the archive may run over several pages."""
    return "{page}" in outlet.archive or "{offset}" in outlet.archive


def days(first: date, last: date) -> Iterator[str]:
    """The days from `last` back to `first`, as parts (`2020-01-31`)."""
    for back in range((last - first).days + 1):
        yield (last - timedelta(days=back)).isoformat()


def address(outlet: Outlet, part: str, page: int) -> str:
    """Where a page of a part lies; pages count from 1."""
    if not has_days(outlet):
        return part
    day = date.fromisoformat(part)
    values = {
        "YYYY": f"{day:%Y}",
        "MM": f"{day:%m}",
        "DD": f"{day:%d}",
        "yesterday": f"{day - timedelta(days=1)}",
        "tomorrow": f"{day + timedelta(days=1)}",
        "page": str(page),
        "offset": str((page - 1) * outlet.archive_step),
    }
    return re.sub(r"\{(\w+)\}", lambda mark: values[mark[1]], outlet.archive)


def months_of(url: str) -> tuple[int, int] | None:
    """Year and month in a sitemap's address; None where it names none."""
    found = MONTH.search(url)
    return (int(found[1]), int(found[2])) if found else None


def may_hold(sitemap: str, first: date, last: date) -> bool:
    """Whether a sitemap may name articles of these days, as far as its address tells."""
    month = months_of(sitemap)
    return month is None or (first.year, first.month) <= month <= (last.year, last.month)


def is_closed(part: str, first: date, last: date, today: date) -> bool:
    """Whether reading a part from `first` to `last` leaves nothing for later: it is over, and lies in these days."""
    if is_day(part):
        return part < today.isoformat()
    month = months_of(part)
    if month is None:
        return False
    begin, next_one = date(*month, 1), date(month[0] + month[1] // 12, month[1] % 12 + 1, 1)
    return next_one <= today and first <= begin and next_one <= last + timedelta(days=1)


def is_day(part: str) -> bool:
    return re.fullmatch(r"\d{4}-\d\d-\d\d", part) is not None


def within(link: Link, first: date, last: date) -> bool:
    """Whether a link of a sitemap may be of these days: what was published later or changed before is not."""
    published, modified = link.published_at, link.modified_at
    if published is not None:
        return first - timedelta(days=1) <= published.date() <= last + timedelta(days=1)  # its zone is not ours
    return modified is None or modified.date() >= first - timedelta(days=1)
