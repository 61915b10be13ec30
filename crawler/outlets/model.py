"""The shape of an outlet: what its file may say, and what the rest of the program reads."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Keep = Literal["text", "quotes", "metadata"]
State = Literal["on", "off"]


@dataclass(frozen=True, slots=True)
class Selectors:
    """CSS selectors of an article page, each tried in order until one yields; `drop` removes all its hits."""

    title: tuple[str, ...] = ()
    byline: tuple[str, ...] = ()
    published: tuple[str, ...] = ()
    section: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    body: tuple[str, ...] = ()
    drop: tuple[str, ...] = ()
    next_page: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Outlet:
    """One place that publishes: where it lists its articles, which addresses are articles, how to read and poll it.

    `article` is a regular expression that an article's canonical address must match (re.search). `skip_titles`, where
    set, is one for link titles that are no news (tenders, vacancies). `fetch_query` is added to an address when it is
    fetched, so that an article of several pages comes whole (`page=all`); it is no part of the canonical address.
    `keep` says what is stored: all text, only the sentences that state measures, or metadata without fetching the page.
    `publisher` names whoever publishes several outlets, which then count once; by default that is the domain of `home`.
    `poll_floor` and `poll_ceiling` are minutes between polls, `delay` seconds between requests, `min_links` the number
    of article links below which a crawl counts as failed. `spider` names a spider class of its own (`module:Class`).
    `archive` is where its past lies: a dated index (`{YYYY}`, `{MM}`, `{DD}`, or `{yesterday}` and `{tomorrow}`, stand
    for the day; `{page}` counts from 1, `{offset}` from 0 in steps of `archive_step`), or a sitemap of everything;
    `archive_from` is the first day that it is known to hold.
    `state` is `off` where it is known that the outlet cannot be crawled; `reason` then says why.
    """

    slug: str
    title: str
    home: str
    article: str
    feeds: tuple[str, ...] = ()
    sitemaps: tuple[str, ...] = ()
    listings: tuple[str, ...] = ()
    selectors: Selectors = field(default_factory=Selectors)
    timezone: str = "Asia/Jakarta"
    languages: tuple[str, ...] = ("id",)
    poll_floor: int = 10
    poll_ceiling: int = 1440
    keep: Keep = "text"
    min_links: int = 1
    delay: float = 1.0
    fetch_query: str = ""
    skip_titles: str = ""
    spider: str = ""
    publisher: str = ""
    archive: str = ""
    archive_from: str = ""
    archive_step: int = 0
    state: State = "on"
    reason: str = ""
    allow_private: bool = False
