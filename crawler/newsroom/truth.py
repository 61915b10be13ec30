"""What a right crawl must hold: the measure of the crawler, taken from the newsroom's own articles."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from crawler.newsroom.articles import Piece, edition
from crawler.newsroom.sites import Site


@dataclass(frozen=True, slots=True)
class Truth:
    """One article as its page states it, times in UTC.

    `keep` is the outlet's rule: of a `metadata` outlet no page is fetched, so that only title and times are known.
    `modified_at` is None where neither page nor list names such a time; where nothing was corrected it is the time of
    publication. `story` is shared by the articles that tell of the same measure.
    """

    outlet: str
    title: str
    authors: tuple[str, ...]
    published_at: datetime
    modified_at: datetime | None
    section: str | None
    tags: tuple[str, ...]
    text: str | None
    keep: str
    measures: bool
    groups: tuple[str, ...]
    story: str | None


def truth_of(site: Site, piece: Piece) -> Truth:
    metadata = site.keep == "metadata"
    plain = metadata or site.style == "ministry"
    return Truth(
        outlet=site.slug,
        title=piece.title,
        authors=() if plain else piece.authors,
        published_at=piece.published.astimezone(UTC),
        modified_at=None if site.style == "ministry" else piece.stamp.astimezone(UTC),
        section=None if plain else piece.section,
        tags=() if plain else piece.tags,
        text=None if metadata else "\n".join(piece.paragraphs),
        keep=site.keep,
        measures=bool(piece.groups),
        groups=piece.groups,
        story=piece.story,
    )


def holdings(site: Site, round: int) -> dict[str, Piece]:
    """Path -> piece: what a crawl of this round alone must hold."""
    found = {site.path_of(piece): piece for piece in edition(site.slug, round) if piece.listed and piece.status == 200}
    return {path: piece for path, piece in found.items() if not site.forbids(path)}


def page_paths(site: Site, piece: Piece) -> tuple[str, ...]:
    """The paths to fetch for the whole of a piece."""
    path = site.link_of(piece)
    if site.paging == "all":
        return (f"{path}?page=all",)
    return (path, *(f"{path}?page={number}" for number in range(2, len(piece.pages) + 1)))


def refetches(site: Site, round: int) -> set[str]:
    """Paths that a crawl of this round may fetch if one of the round before is complete: what is new or changed."""
    if site.keep == "metadata":
        return set()
    changed = [piece for piece in edition(site.slug, round) if piece.changed == round and piece.listed]
    paths = {path for piece in changed for path in page_paths(site, piece)}
    return {path for path in paths if not site.forbids(path)}
