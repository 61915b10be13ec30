"""What a scout has brought, to what is asked next, and at last to the draft of an outlet."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from urllib.parse import urljoin

from crawler.addresses import fetch_url
from crawler.discovery import Link
from crawler.extractors.article import extract
from crawler.extractors.page import Unreadable, parse
from crawler.outlets import Outlet
from crawler.scouting import candidates
from crawler.scouting.page import Pages
from crawler.scouting.patterns import pattern_of
from crawler.scouting.selectors import Sample, selectors_of
from crawler.scouting.sources import Sources, answers, children_of, links_of, sources_of, stub_of
from db.models import Article

SAMPLES = 3
DAILY = "?after={yesterday}T23:59:59&before={tomorrow}T00:00:00&per_page=100&page={page}&_fields=link,title,date_gmt"


class NoDraft(Exception):
    """Nothing that Jurus could crawl; the message says what is missing."""


@dataclass(frozen=True, slots=True)
class Draft:
    """An outlet as it was found, how many links each of its sources names, and the articles read as samples."""

    outlet: Outlet
    links: dict[str, int] = field(default_factory=dict)
    samples: tuple[Article, ...] = ()


def more(home: str, pages: Pages) -> list[str]:
    """The addresses to ask for next, given what has come so far; none where nothing more is needed."""
    if home not in pages:
        return [home, urljoin(home, "/robots.txt")]
    if pages[home].error:
        return []
    for step in _steps(home, pages):
        if missing := [address for address in step if address not in pages]:
            return missing
    return []


def _steps(home: str, pages: Pages) -> Iterator[list[str]]:
    """Feeds, sitemaps, pages for readers where there are neither, articles: each step known by those before."""
    stub = stub_of(home, pages)
    yield [urljoin(home, candidates.WORDPRESS), *candidates.feeds(home, pages)]
    yield candidates.sitemaps(home, pages)
    yield [child for source in sources_of(stub, home, pages).sitemaps for child in children_of(stub, source, pages)]
    yield [] if sources_of(stub, home, pages).links else candidates.listings(home)
    yield [_address(stub, link) for link in _sampled(home, sources_of(stub, home, pages))]


def draft(home: str, pages: Pages) -> Draft:
    """The outlet that these pages show. Raises NoDraft where its articles are not found or cannot be read."""
    if pages[home].error:
        raise NoDraft(f"{home}: could not be fetched: {pages[home].error}")
    stub = stub_of(home, pages)
    sources = sources_of(stub, home, pages)
    if not sources.links:
        raise NoDraft(f"{home}: no feed, sitemap or page that lists articles was found")
    pattern = pattern_of(stub.home, [link.url for link in sources.links])
    if pattern is None:
        raise NoDraft(f"{home}: the addresses that its lists name have no shape in common")
    outlet = replace(
        stub,
        article=pattern,
        feeds=sources.feeds,
        sitemaps=sources.sitemaps,
        listings=sources.listings,
        archive=_archive(stub, home, pages),
    )
    samples = list(_samples(outlet, home, pages))
    if not samples:
        raise NoDraft(f"{home}: none of the articles that its lists name could be read")
    language = Counter(sample.article.language or "id" for sample in samples).most_common(1)[0][0]
    outlet = replace(outlet, selectors=selectors_of(outlet, samples), languages=(language,))
    articles = tuple(sample.article for sample in _samples(outlet, home, pages))
    links = {source: len(links_of(stub, source, pages)) for source in (*sources.feeds, *sources.sitemaps)}
    return Draft(outlet, links | dict.fromkeys(sources.listings, len(sources.links)), articles)


def _sampled(home: str, sources: Sources) -> list[Link]:
    """The first, the last and the middle one of the links in the shape that most of them have."""
    pattern = pattern_of(home, [link.url for link in sources.links])
    fit = [link for link in sources.links if pattern and re.search(pattern, link.url)]
    places = dict.fromkeys((0, len(fit) - 1, len(fit) // 2)) if fit else {}
    return [fit[place] for place in places][:SAMPLES]


def _address(outlet: Outlet, link: Link) -> str:
    return fetch_url(outlet, link.url, link.slash)


def _samples(outlet: Outlet, home: str, pages: Pages) -> Iterator[Sample]:
    """The sampled articles that can be read."""
    for link in _sampled(home, sources_of(stub_of(home, pages), home, pages)):
        page = pages.get(_address(outlet, link))
        if page is None or page.error:
            continue
        try:
            article = extract(outlet, page.url, page.body, page.headers)
        except Unreadable:
            continue
        yield Sample(article, parse(page.body, page.headers))


def _archive(stub: Outlet, home: str, pages: Pages) -> str:
    """WordPress' own interface day by day, else a sitemap of everything, where there is one."""
    wordpress = urljoin(home, candidates.WORDPRESS)
    if links_of(stub, wordpress, pages):
        return wordpress.partition("?")[0] + DAILY
    whole = [urljoin(home, path) for path in candidates.NEWS_SITEMAPS]
    found = (address for address in candidates.sitemaps(home, pages) if answers(stub, address, pages))
    return next((address for address in found if address not in whole), "")
