"""The fixtures of this folder: pages and lists of each outlet, and what must be read from them.

They are recorded in STYLE only: no outlet could be reached while they were written. Each page is built from what is
known of the outlet's layout (element classes, JSON-LD and meta tags, forms of dates, what is put between paragraphs),
filled with sentences of our own, and says nothing about what the outlet sends today. `jurus record` makes one from a
live page; `jurus check` asks the live outlet.

`<slug>/<name>.toml` is the expectation, beside it `<name>.html`, `.xml` or `.json` is the page or list. An expectation
counts once a person has read it and says `reviewed = true`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from crawler.discovery import Link, discover
from crawler.extractors.article import extract
from crawler.extractors.overlap import word_f1
from crawler.outlets import Outlet, generic, load_all
from db.models import Article

FOLDER = Path(__file__).parent
OUTLETS = load_all()
FIELDS = ("canonical_url", "title", "published_at", "authors", "section", "text")
LINK_FIELDS = ("url", "title", "published_at")
BODY_F1 = 0.97  # from which a body counts as right
HEADERS = {"Content-Type": "text/html; charset=utf-8", "Date": "Tue, 24 Nov 2026 12:00:00 GMT"}


@dataclass(frozen=True)
class Fixture:
    """One page or list of an outlet, and what is expected of it."""

    slug: str
    name: str
    expected: dict[str, Any]
    body: bytes

    @property
    def is_list(self) -> bool:
        return "source" in self.expected

    @property
    def outlet(self) -> Outlet:
        return OUTLETS[self.slug]


@cache
def fixtures() -> list[Fixture]:
    return [fixture(path) for path in sorted(FOLDER.glob("*/*.toml"))]


def fixture(path: Path) -> Fixture:
    pages = [beside for beside in path.parent.glob(f"{path.stem}.*") if beside != path]
    if len(pages) != 1:
        raise FileNotFoundError(f"{path} needs one page beside it, not {len(pages)}")
    return Fixture(path.parent.name, path.stem, tomllib.loads(path.read_text(encoding="utf-8")), pages[0].read_bytes())


def pages() -> list[Fixture]:
    return [fixture for fixture in fixtures() if not fixture.is_list]


def lists() -> list[Fixture]:
    return [fixture for fixture in fixtures() if fixture.is_list]


@cache
def read(slug: str, name: str, by_selectors: bool = True) -> Article:
    """The article of a page, by the outlet's file or without one."""
    page = next(fixture for fixture in fixtures() if (fixture.slug, fixture.name) == (slug, name))
    url = page.expected["url"]
    return extract(page.outlet if by_selectors else generic(url), url, page.body, HEADERS)


@cache
def links(slug: str, name: str) -> tuple[Link, ...]:
    found = next(fixture for fixture in fixtures() if (fixture.slug, fixture.name) == (slug, name))
    return discover(found.outlet, found.expected["source"], found.body, {"Date": HEADERS["Date"]}).links


def wrong(page: Fixture, field: str, article: Article) -> str | None:
    """What is wrong with a field of an article; None where it is right."""
    found, expected = getattr(article, field), page.expected.get(field)
    if field == "text":
        agreed = word_f1(found or "", expected)
        return None if agreed >= BODY_F1 else f"word F1 {agreed:.3f}:\n{found}"
    if field == "published_at":
        found, expected = minute(found), minute(expected)
    if field == "authors":
        found = list(found)
    return None if found == expected else f"{found!r}, expected {expected!r}"


def wrong_links(fixture: Fixture, field: str, found: tuple[Link, ...]) -> str | None:
    """What is wrong with a field of the links of a list, in their order; None where all are right."""
    expected = [link.get(field) for link in fixture.expected["links"]]
    values = [getattr(link, field) for link in found]
    if field == "published_at":
        expected, values = [*map(minute, expected)], [*map(minute, values)]
    return None if values == expected else f"{values!r}, expected {expected!r}"


def minute(moment: datetime | None) -> datetime | None:
    return moment and moment.replace(second=0, microsecond=0)


def tried() -> Iterator[tuple[Fixture, str]]:
    """Each page with each field that is expected of it."""
    return ((page, field) for page in pages() for field in FIELDS)
