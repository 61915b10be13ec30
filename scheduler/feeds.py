"""The feeds by which outlets are polled: what their files name, whatever the database remembers of others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from crawler.discovery import sources
from crawler.outlets import Outlet
from db.polls import Row


def feeds_of(outlet: Outlet) -> Sequence[str]:
    """Its feeds, sitemaps and listings; its home where only a spider of its own can read it."""
    return sources(outlet) or (outlet.home,)


def named(rows: Iterable[Row], outlets: Mapping[str, Outlet]) -> list[Row]:
    """The rows of feeds that these outlets' files name. Others belong to outlets that are off or gone, or to feeds that
    a file has given up: they are kept, should they come back, and never asked."""
    return [row for row in rows if row["outlet"] in outlets and row["source"] in feeds_of(outlets[row["outlet"]])]
