"""What the newsroom's sites answer: pages, lists, robots.txt and traps. The same data give the same bytes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from email.utils import format_datetime
from functools import cache
from http import HTTPStatus
from urllib.parse import parse_qs
from zoneinfo import ZoneInfo

from jinja2 import Environment, PackageLoader, StrictUndefined

from crawler.newsroom import past
from crawler.newsroom.articles import ROUNDS, Piece, edition
from crawler.newsroom.indonesian import ago, written
from crawler.newsroom.sites import Listing, Site, Trap

JAKARTA = ZoneInfo("Asia/Jakarta")
CLOCK = tuple(datetime(2026, 11, day, 18, tzinfo=JAKARTA) for day in (16, 19, 23))  # "now" of each round, in the lists
HTML = "text/html; charset=utf-8"
TYPES = {
    "rss": "application/rss+xml; charset=utf-8",
    "atom": "application/atom+xml; charset=utf-8",
    "rdf": "application/rdf+xml; charset=utf-8",
    "json-feed": "application/feed+json; charset=utf-8",
    "news-sitemap": "application/xml; charset=utf-8",
    "sitemap": "application/xml; charset=utf-8",
    "sitemap-index": "text/xml; charset=utf-8",
}
IMAGE = (
    b"GIF89a\x01\x00\x01\x00\x80\x00\x00\xff\xff\xff\x00\x00\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;"
)
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n%%EOF\n"


@dataclass(frozen=True, slots=True)
class Answer:
    """An HTTP response before its transfer: `changed_at` becomes Last-Modified, `location` is where it moved."""

    status: int
    body: bytes
    content_type: str = HTML
    changed_at: datetime | None = None
    location: str | None = None
    headers: dict[str, str] = field(default_factory=dict)


@cache
def environment() -> Environment:
    env = Environment(
        loader=PackageLoader("crawler.newsroom", "templates"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
        keep_trailing_newline=True,
    )
    env.filters.update(
        written=written,
        ago=ago,
        rfc822=format_datetime,
        iso=datetime.isoformat,
        utc=lambda moment: moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
    )
    return env


def render(template: str, **facts: object) -> bytes:
    return environment().get_template(f"{template}.jinja").render(**facts).encode()


def answer(site: Site, round: int, target: str, base: str) -> Answer:
    """What the site answers to a request's target (path and query, unquoted); `base` is its own address."""
    path, _, query = target.partition("?")
    if path == "/robots.txt":
        return Answer(200, render("robots", site=site, base=base), "text/plain; charset=utf-8", CLOCK[0])
    for listing in site.lists:
        if listing.at == target:
            return list_answer(site, round, listing, base)
    for trap in site.traps:
        if trap.at == path:
            return trap_answer(trap)
    if target == "/":
        return Answer(200, plain(site.name), changed_at=CLOCK[0])
    for piece in edition(site.slug, round):
        if path == site.link_of(piece):
            return piece_answer(site, piece, parse_qs(query).get("page", ["1"])[0], base)
        if path.rstrip("/") in {site.path_of(piece, slug) for slug in (piece.slug, *piece.former)}:
            return Answer(301, plain("301 Moved Permanently"), location=base + site.link_of(piece))
    return past_answer(site, path, base)


def past_answer(site: Site, path: str, base: str) -> Answer:
    """A page of the dated index of the past, or an article of it."""
    if found := past_day(site, path):
        return Answer(200, render("past", site=site, pieces=past.on_page(site, *found), base=base))
    piece = past.at(site, path)
    return piece_answer(site, piece, "1", base) if piece else failure(404)


def past_day(site: Site, path: str) -> tuple[date, int] | None:
    """The day and the page that a path of the index of the past stands for."""
    begin, _, number = path.rpartition("/")
    try:
        day = date.fromisoformat(begin.removeprefix(f"{site.past}/"))
        return (day, int(number)) if site.past and begin.startswith(site.past) else None
    except ValueError:
        return None


def plain(title: str) -> bytes:
    return render("plain", title=title)


def failure(status: int) -> Answer:
    return Answer(status, plain(f"{status} {HTTPStatus(status).phrase}"))


def list_answer(site: Site, round: int, listing: Listing, base: str) -> Answer:
    listed = [piece for piece in edition(site.slug, round) if piece.listed]
    body = render(
        listing.template, site=site, listing=listing, pieces=listing.pieces(listed), base=base, now=CLOCK[round]
    )
    return Answer(200, body, TYPES.get(listing.template, HTML), CLOCK[round])


def trap_answer(trap: Trap) -> Answer:
    if trap.kind == "error":
        return failure(500)
    if trap.kind == "image":
        return Answer(200, IMAGE, "image/gif", CLOCK[0])
    if trap.kind == "pdf":
        return Answer(200, PDF, "application/pdf", CLOCK[0])
    if trap.kind == "challenge":
        return Answer(200, render("challenge", title=trap.title), headers={"Cache-Control": "no-store"})
    return Answer(200, plain(trap.title), changed_at=CLOCK[0])


def piece_answer(site: Site, piece: Piece, page: str, base: str) -> Answer:
    """One page of a piece: by number, or the whole for `all` where the site offers that."""
    if piece.status != 200:
        return failure(piece.status)
    pages = {str(number): (number, paragraphs) for number, paragraphs in enumerate(piece.pages, start=1)}
    if site.paging == "all":
        pages["all"] = (1, piece.paragraphs)
    if page not in pages:
        return failure(404)
    number, paragraphs = pages[page]
    last = len(piece.pages) if page != "all" else 1
    dateline, first = split_dateline(paragraphs[0], site) if number == 1 else ("", paragraphs[0])
    body = render(
        site.style,
        site=site,
        piece=piece,
        base=base,
        url=base + site.link_of(piece),
        dateline=dateline,
        paragraphs=(first, *paragraphs[1:]),
        number=number,
        last=last,
        related=related(site, piece),
    )
    return Answer(200, body, HTML, piece.stamp)


def split_dateline(paragraph: str, site: Site) -> tuple[str, str]:
    """The place that opens a report, which pages set in bold, and the rest: ("Jakarta", " - Kementerian ...")."""
    for dash in (f" ({site.name}) - ", f", {site.name} - ", " - "):
        place, found, rest = paragraph.partition(dash)
        if found and len(place) < 30:
            return place, dash + rest
    return "", paragraph


@cache
def steady(site: str) -> Sequence[Piece]:
    """Pieces that no round changes: what pages may link to without changing themselves."""
    rounds = [edition(site, round) for round in range(ROUNDS)]
    return [piece for piece in rounds[0] if all(piece in later for later in rounds)]


def related(site: Site, piece: Piece) -> list[Piece]:
    """Three other pieces to tease, neighbours of this one; none that robots.txt forbids to read."""
    others = [other for other in steady(site.slug) if other.id != piece.id and not site.forbids(site.path_of(other))]
    start = piece.id % len(others) if others else 0
    return [*others[start:], *others[:start]][:3]
