"""The newsroom's sites: who they are, how their addresses look, where they list their articles."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from crawler.newsroom.articles import Piece


@dataclass(frozen=True, slots=True)
class Listing:
    """One feed, sitemap or list of a site: its pieces from `first` on, `count` at most (0: all)."""

    at: str
    template: str
    first: int = 0
    count: int = 0

    def pieces(self, listed: Sequence[Piece]) -> Sequence[Piece]:
        return listed[self.first : self.first + self.count] if self.count else listed[self.first :]


@dataclass(frozen=True, slots=True)
class Trap:
    """What a careless crawler stumbles over; its lists name it. `kind` says what the address answers: a `challenge`
    with status 200, an `image` or `pdf` under an article's address, an `error` (500), a `page` that is no article.
    """

    at: str
    kind: str
    title: str


@dataclass(frozen=True, slots=True)
class Site:
    """A fictional outlet.

    `path` is the pattern of its articles' addresses. `disallow` and `crawl_delay` make its robots.txt. `paging` says
    how to read an article of several pages: `all` by `?page=all`, `next` by following the link. `past` is where the
    index of a day in the past begins, if the site has one: `/2020-01-31/2` follows for the second page of a day.
    """

    slug: str
    name: str
    style: str
    keep: str
    path: str
    lists: tuple[Listing, ...]
    disallow: tuple[str, ...] = ()
    crawl_delay: float | None = None
    paging: str = ""
    traps: tuple[Trap, ...] = ()
    past: str = ""

    def path_of(self, piece: Piece, slug: str | None = None) -> str:
        """The path of a piece's canonical address; under one of its former slugs, if given."""
        return self.path.format(channel=piece.channel, id=piece.id, slug=slug or piece.slug, date=piece.published)

    def link_of(self, piece: Piece) -> str:
        """The path as the site's own pages link it: WordPress ends it with a slash."""
        return self.path_of(piece) + ("/" if self.style == "wordpress" else "")

    def forbids(self, path: str) -> bool:
        return any(path.startswith(prefix) for prefix in self.disallow)


@cache
def sites() -> tuple[Site, ...]:
    """All sites, in the order of their ports."""
    text = files(__package__).joinpath("sites.toml").read_text(encoding="utf-8")
    return tuple(
        Site(
            **{
                **entry,
                "lists": tuple(Listing(**listing) for listing in entry["lists"]),
                "disallow": tuple(entry.get("disallow", ())),
                "traps": tuple(Trap(**trap) for trap in entry.get("traps", ())),
            }
        )
        for entry in tomllib.loads(text)["site"]
    )
