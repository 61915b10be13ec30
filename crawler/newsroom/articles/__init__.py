"""The newsroom's articles: one TOML file per site, read into pieces as they stand in each round."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import Any

ROUNDS = 3  # 0 is what stands at first; every later round publishes, corrects, moves and withdraws


@dataclass(frozen=True, slots=True)
class Piece:
    """An article as its site holds it in one round.

    `pages` are the paragraphs of each page of the article. `groups` are the sector groups for which it states measures.
    `story` is shared by the pieces that tell of the same measure. `changed` is the round in which this state began.
    `status` is what its address answers; `listed` says whether the site's lists still name it; `former` are the slugs
    """

    site: str
    id: int
    slug: str
    title: str
    authors: tuple[str, ...]
    published: datetime
    section: str
    tags: tuple[str, ...]
    pages: tuple[tuple[str, ...], ...]
    groups: tuple[str, ...] = ()
    story: str | None = None
    editor: str = ""
    round: int = 0
    modified: datetime | None = None
    changed: int = 0
    status: int = 200
    listed: bool = True
    former: tuple[str, ...] = ()

    @property
    def stamp(self) -> datetime:
        """When it last changed, as its site says."""
        return self.modified or self.published

    @property
    def paragraphs(self) -> tuple[str, ...]:
        return tuple(paragraph for page in self.pages for paragraph in page)

    @property
    def channel(self) -> str:
        """The section as it stands in an address."""
        return re.sub(r"[^a-z0-9]+", "-", self.section.lower()).strip("-")


def pages_of(text: str) -> tuple[tuple[str, ...], ...]:
    """One paragraph a line; a line `***` begins a new page."""
    pages = text.strip().split("\n***\n")
    return tuple(tuple(line.strip() for line in page.splitlines() if line.strip()) for page in pages)


def piece_of(site: str, entry: Mapping[str, Any]) -> Piece:
    facts: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in entry.items()}
    facts.pop("event", None)
    text: str = facts.pop("text")
    return Piece(site=site, pages=pages_of(text), changed=facts.get("round", 0), **facts)


def apply(piece: Piece, event: Mapping[str, Any]) -> Piece:
    """The piece after one event: `correct` (title, swaps of words), `move` (slug) or `withdraw` (status, listed)."""
    facts = {key: value for key, value in event.items() if key not in ("kind", "round", "swap")}
    if event["kind"] == "move":
        facts["former"] = (*piece.former, piece.slug)
    if swaps := event.get("swap"):
        facts["pages"] = tuple(tuple(swapped(line, swaps) for line in page) for page in piece.pages)
    if event["kind"] == "withdraw":
        facts.setdefault("listed", False)
    return replace(piece, changed=event["round"], **facts)


def swapped(line: str, swaps: list[list[str]]) -> str:
    for old, new in swaps:
        line = line.replace(old, new)
    return line


@cache
def entries(site: str) -> tuple[dict[str, Any], ...]:
    text = files(__package__).joinpath(f"{site}.toml").read_text(encoding="utf-8")
    return tuple(tomllib.loads(text)["article"])


@cache
def edition(site: str, round: int) -> tuple[Piece, ...]:
    """All pieces that the site has published up to a round, in their state of that round, newest first."""
    pieces = []
    for entry in entries(site):
        piece = piece_of(site, entry)
        for event in entry.get("event", ()):
            if event["round"] <= round:
                piece = apply(piece, event)
        if piece.round <= round:
            pieces.append(piece)
    return tuple(sorted(pieces, key=lambda piece: (piece.published, piece.id), reverse=True))
