"""The plain words that every layer shares: article, mention, run. No behaviour, no SQL."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal


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
    rule forbids to store it. `next_page` is the address of the article's next page, if it runs over several. `partial`
    says why the text is not the whole (a paywall, a page that could not be had); None where nothing hints at that.
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
    partial: str | None = None


@dataclass(frozen=True, slots=True)
class Sketch:
    """What is kept of an article's words, so that its copies are found though its text may not be stored.

    `keys` are 32-bit hashes by which candidates are found; `title` is that of the title (0 for one too short to tell);
    `shingles` and `numbers` are sorted 16-bit hashes, packed.
    """

    keys: tuple[int, ...]
    title: int
    shingles: bytes
    numbers: bytes


@dataclass(slots=True)
class Run:
    """One crawl of one outlet, told honestly: what was found, fetched, stored and missed.

    `links` counts article addresses that the outlet's feeds, sitemaps and listings named; `failed` maps what went
    wrong (an HTTP status such as "503", or a word such as "timeout") to its count; `feeds_failed` maps a feed's
    address to the reason why it could not be read. `bytes` counts response bodies as received. `finished_at` is None
    while the run goes on, or where it was killed. `sources` counts the feeds, sitemaps and listings asked for,
    `sources_unchanged` those of them that said to be as before (304): these name no links.
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
    sources: int = 0
    sources_unchanged: int = 0


@dataclass(slots=True)
class PollResult:
    """What came of asking one of an outlet's sources.

    `outcome` is `read`, `unchanged` (304), `failed` (`error` says why) or `killed` (the crawl did not end). `links`
    counts the articles it named; `new` holds those not known before with the times of their publication. `wait` is how
    many seconds the answer asked to be left alone. `missed` tells that a link could not be had, so that the source must
    be read in full next time; `etag` and `last_modified` are its validators.
    """

    source: str
    at: datetime
    outcome: Literal["read", "unchanged", "failed", "killed"] = "read"
    error: str = ""
    links: int = 0
    new: dict[str, datetime | None] = field(default_factory=dict)
    wait: int = 0
    missed: bool = False
    etag: str | None = None
    last_modified: str | None = None


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
    sketch: Sketch | None = None


@dataclass(frozen=True, slots=True)
class Before:
    """What an article said until it was changed, and the quotes that the change took away and brought."""

    title: str
    text: str | None
    extractor_version: str | None
    mentions_gone: Sequence[str] = ()
    mentions_new: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Saved:
    """What came of storing an article: `before` tells what it said until then, `measures` those it tells no more."""

    article_id: int
    outcome: Literal["new", "updated", "unchanged"]
    before: Before | None = None
    measures: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class KnownLink:
    """What the database remembers of a link: its state, how often it failed, and its stamp by kind of list."""

    state: str
    attempts: int
    stamps: dict[str, str]


@dataclass(frozen=True, slots=True)
class Event:
    """A turn in a measure's life, told by a mention.

    `kind` is `announced` (then `detail` is the status it was announced with), `planned`, `in_force`, `rate_changed`
    (`detail` says from what to what) or `ended`; `at` is a stored time.
    """

    kind: str
    at: str
    mention_id: int
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Measure:
    """One act of the government, with all that was reported of it.

    `id` is the key of its first mention; times are stored times; `article_id` is the earliest article; `mentions` are
    in the order of time; `publishers` counts who reported it; `regulations` and `amounts` are written as people do,
    `beneficiaries` as the mentions do; `regions` are codes.
    `told` counts all mentions: where there are fewer `mentions`, these and the `events` are those that came last.
    `place` is where the last one stands in time, `line` what must be known to go on from there.
    """

    id: str
    title: str
    actor: str
    instrument: str
    sectors: tuple[str, ...]
    status: str
    first_seen_at: str
    last_seen_at: str
    article_id: int
    mentions: tuple[int, ...]
    told: int
    publishers: int
    regulations: tuple[str, ...]
    amounts: tuple[str, ...]
    regions: tuple[str, ...]
    beneficiaries: tuple[str, ...]
    in_force_on: str | None
    events: tuple[Event, ...]
    place: int
    line: str
