"""An issue as all formats print it: in the reader's language, quotes and titles as their publishers wrote them."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Change:
    """What a thing was and what it is now; `before` is empty where nothing was known."""

    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Item:
    """A measure in an issue. `chip` is what the reader should see first, `tone` the status that colours it."""

    id: str
    title: str
    address: str
    chip: str
    tone: str
    sector: str
    instrument: str
    issuer: str
    status: str
    effective: str
    quote: str
    speaker: str
    source: str
    source_address: str
    source_at: str
    others: tuple[str, ...]
    changes: tuple[Change, ...]
    reasons: tuple[tuple[str, float], ...]

    @property
    def importance(self) -> float:
        return sum(points for _, points in self.reasons)


@dataclass(frozen=True, slots=True)
class Soon:
    """A measure and the day on which it takes effect."""

    day: str
    title: str
    address: str
    sector: str


@dataclass(frozen=True, slots=True)
class Group:
    """The other new measures of a sector: the first few, how many more there are, and where (or empty)."""

    name: str
    address: str
    count: int
    items: tuple[Item, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Bar:
    """New measures of a sector within seven days, and within the seven before."""

    name: str
    count: int
    before: int
    percent: int


@dataclass(frozen=True, slots=True)
class Issue:
    """One digest. `elsewhere` counts the new measures of sectors that are not listed, `more_changes` and
    `more_soon` what did not fit; `notes` are lines on what it covers; `address` is that of its own page, `page` that of
    `jurus serve`; `links` at its end are (words, address)."""

    language: str
    name: str
    title: str
    tagline: str
    dateline: str
    headline: str
    subject: str
    new: int
    changed: int
    soon_count: int
    top: tuple[Item, ...]
    changes: tuple[Item, ...]
    more_changes: int
    soon: tuple[Soon, ...]
    more_soon: int
    groups: tuple[Group, ...]
    elsewhere: int
    bars: tuple[Bar, ...]
    coverage: str
    notes: tuple[str, ...]
    why: str
    links: tuple[tuple[str, str], ...] = field(default=())
    page: str = ""
    address: str = ""
