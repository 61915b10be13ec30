"""What discovery yields: links to articles, and further sitemaps."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Link:
    """An article that a feed, sitemap or listing names.

    `url` is canonical. `source` is the address of the page that named it. `stamp` changes when the source says that
    the article changed (its time of modification, else its title), so that a known article is fetched again only then;
    stamps of different sources are not compared. `slash` says that the source writes the address with a slash at its
    end, as WordPress wants to be asked; the canonical address has none. Times are aware and in UTC.
    """

    url: str
    source: str
    stamp: str
    title: str | None = None
    published_at: datetime | None = None
    modified_at: datetime | None = None
    slash: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """What one page of a source yields: links to articles, and addresses of further sitemaps to read."""

    links: tuple[Link, ...] = ()
    sitemaps: tuple[str, ...] = ()


class NotASource(Exception):
    """Bytes that are no feed, sitemap or listing; the message says what they are instead."""
