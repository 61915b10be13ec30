"""The newsroom's articles in a database without a crawl: what its outlets published, the newest of it an hour ago."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from crawler.codes import save_codes
from crawler.extractors.measures import EXTRACTOR_VERSION, tag
from crawler.keeping import keep
from crawler.merging.sketches import sketch
from crawler.newsroom.articles import ROUNDS, Piece, edition
from crawler.newsroom.sites import Site, sites
from crawler.newsroom.truth import holdings, truth_of
from crawler.outlets import Outlet
from db import connect
from db.models import Article, Mention, Visit

GONE = (404, 410)
DUTY = ((12, "planned", "akan mengenakan"), (2, "in_force", "resmi mengenakan"))
"""One act told of twice, as days ago, status and verb: a change that does not depend on what the tagger finds."""


def fill(path: Path) -> None:
    """Make a database and store in it what each round of the newsroom brings."""
    shift = datetime.now(UTC) - timedelta(hours=1) - newest()
    with connect(path) as db:
        save_codes(db, [outlet_of(site) for site in sites()])
        for number in range(ROUNDS):
            pieces = [(site, at, piece) for site in sites() for at, piece in holdings(site, number).items()]
            visits = (visit(site, at, piece, shift, number) for site, at, piece in pieces)
            keep(db, sorted(visits, key=lambda one: one.at))
            withdrawn = [(site, one) for site in sites() for one in edition(site.slug, number) if one.status in GONE]
            keep(db, [gone(site, piece) for site, piece in withdrawn])
        keep(db, [told(days, status, verb) for days, status, verb in DUTY])


def told(days: int, status: str, verb: str) -> Visit:
    text = f"Kementerian Perdagangan {verb} bea masuk pengaman 15 persen atas kain tenun impor."
    url, published = f"https://kabar-pabrik.test/kain/{days}", datetime.now(UTC) - timedelta(days=days)
    mention = Mention(0, len(text), text, "kemendag", "bea", ("ikft.tpt",), status, text[24:-1], 0.9)
    article = Article(url, url, "kabar-pabrik", f"Bea masuk kain tenun {days}", published_at=published, text=text)
    facts = {"article": article, "mentions": (mention,), "extractor_version": EXTRACTOR_VERSION}
    return Visit(
        url, "kabar-pabrik", "feed title", "", "stored", published, **facts, sketch=sketch(article.title, text)
    )


def gone(site: Site, piece: Piece) -> Visit:
    url = f"https://{site.slug}.test{site.path_of(piece)}"
    return Visit(url, site.slug, f"https://{site.slug}.test/feed", "", "gone", datetime.now(UTC), str(piece.status))


def newest() -> datetime:
    return max(piece.published for site in sites() for piece in edition(site.slug, ROUNDS - 1))


def outlet_of(site: Site) -> Outlet:
    return Outlet(slug=site.slug, title=site.name, home=f"https://{site.slug}.test", article=".", keep=site.keep)


def visit(site: Site, at: str, piece: Piece, shift: timedelta, number: int) -> Visit:
    truth, url = truth_of(site, piece), f"https://{site.slug}.test{at}"
    published = truth.published_at + shift
    article = Article(
        url=url,
        canonical_url=url,
        outlet=site.slug,
        title=truth.title,
        authors=truth.authors,
        published_at=published,
        section=truth.section,
        tags=truth.tags,
        language="id",
        text=truth.text,
    )
    mentions = tuple(tag(truth.title, truth.text, published)) if truth.text else ()
    shown = article if site.keep == "text" else replace(article, text=None)
    return Visit(
        url=url,
        outlet=site.slug,
        source=f"https://{site.slug}.test/feed",
        stamp=str(number),
        state="stored",
        at=min(published + timedelta(minutes=20 + number), datetime.now(UTC)),
        article=shown,
        mentions=mentions,
        extractor_version=EXTRACTOR_VERSION,
        sketch=sketch(truth.title, truth.text),
    )
