"""The plain words that every layer shares: article, mention, run. No behaviour, no SQL."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Mention:
    """One sentence of an article that states one government measure.

    `start` and `end` are character offsets of the evidence in the article's text (end exclusive); `quote` is that
    evidence. The codes are those of `crawler/taxonomy`: one `actor`, one `instrument`, one to three `sectors`, and a
    `status` of `proposed`, `planned`, `in_force` or `ended`. `what` holds the act's own words, verbatim from the
    quote; `confidence` is the probability (0 to 1) that a careful reader would mark this sentence.
    """

    start: int
    end: int
    quote: str
    actor: str
    instrument: str
    sectors: tuple[str, ...]
    status: str
    what: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Article:
    """What one outlet published under one address.

    `url` is the address asked for, `canonical_url` the one that identifies the article. Times are aware and in UTC;
    `published_at` is None only where the page and the feed name no time. `text` is None where the outlet's `keep`
    rule forbids to store it. `next_page` is the address of the article's next page, if it runs over several.
    """

    url: str
    canonical_url: str
    outlet: str
    title: str
    authors: tuple[str, ...] = ()
    published_at: datetime | None = None
    modified_at: datetime | None = None
    section: str | None = None
    tags: tuple[str, ...] = ()
    language: str | None = None
    text: str | None = None
    next_page: str | None = None


@dataclass(slots=True)
class Run:
    """One crawl of one outlet, told honestly: what was found, fetched, stored and missed.

    `links` counts article addresses that the outlet's feeds, sitemaps and listings named; `failed` maps what went
    wrong (an HTTP status such as "503", or a word such as "timeout") to its count; `feeds_failed` maps a feed's
    address to the reason why it could not be read. `bytes` counts response bodies as received. `finished_at` is None
    while the run goes on, or where it was killed.
    """

    outlet: str
    started_at: datetime
    finished_at: datetime | None = None
    reason: str | None = None
    links: int = 0
    new: int = 0
    updated: int = 0
    unchanged: int = 0
    unreadable: int = 0
    forbidden: int = 0
    bytes: int = 0
    failed: dict[str, int] = field(default_factory=dict)
    feeds_failed: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Visit:
    """What came of asking for one link: an article with its mentions, or the reason why not.

    `source` is the kind of list that named the link and `stamp` what that list said of its version: both together tell
    a later crawl whether the article has changed. `state` is `stored`, `unreadable`, `failed` (to be tried again) or
    `gone` (404, 410). `aliases` are canonical addresses that led here by a redirect.
    """

    url: str
    outlet: str
    source: str
    stamp: str
    state: str
    at: datetime
    reason: str | None = None
    article: Article | None = None
    mentions: tuple[Mention, ...] = ()
    extractor_version: str = ""
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class KnownLink:
    """What the database remembers of a link: its state, how often it failed, and its stamp by kind of list."""

    state: str
    attempts: int
    stamps: dict[str, str]
