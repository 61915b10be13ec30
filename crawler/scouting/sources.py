"""Which of the candidates are sources, and what their links say."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from urllib.parse import urljoin, urlsplit

from crawler.discovery import Found, Link, NotASource, discover
from crawler.extractors.page import metas, words
from crawler.outlets import Outlet, generic, publisher_of
from crawler.scouting import candidates
from crawler.scouting.candidates import tree_of
from crawler.scouting.page import Pages

LISTED = 5  # links to articles that a page for readers must have
CHILDREN = 2  # sitemaps of an index that are looked at
PRINT = re.compile(r"/(cetak|print)(/|$)", re.IGNORECASE)
TITLE_LIKE = re.compile(r"[^/]*[a-z0-9]+(-[a-z0-9]+){3,}[^/]*/?$", re.IGNORECASE)  # a path that ends in a title's words


@dataclass(frozen=True, slots=True)
class Sources:
    """The addresses that list a site's articles, of each kind the best, and all links that they name."""

    feeds: tuple[str, ...] = ()
    sitemaps: tuple[str, ...] = ()
    listings: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()


def stub_of(home: str, pages: Pages) -> Outlet:
    """The outlet of which only address and name are known; a private address, asked for, stays within reach."""
    outlet = generic(pages[home].url)
    private = is_private(outlet.home)
    slug = re.sub(r"[^a-z0-9]+", "-", publisher_of(outlet).partition(".")[0]) if not private else outlet.slug
    return replace(outlet, slug=slug, title=_name(home, pages) or outlet.title, allow_private=private)


def is_private(url: str) -> bool:
    """Whether an address is typed as one of a private network: in numbers that are not public, or as this machine."""
    host = urlsplit(url).hostname or ""
    try:
        return not ipaddress.ip_address(host).is_global
    except ValueError:
        return host == "localhost"


def _name(home: str, pages: Pages) -> str:
    tree = tree_of(pages[home])
    if tree is None:
        return ""
    claims = [*metas(tree).get("og:site_name", ()), words(tree.findtext(".//title"))]
    return next((re.split(r"\s[|–—-]\s", claim)[0] for claim in claims if claim), "")


def sources_of(stub: Outlet, home: str, pages: Pages) -> Sources:
    """WordPress' own interface, else the feed that names most; sitemaps and pages for readers where there is neither.

    A news sitemap counts beside a feed: it often names more.
    """
    wordpress = urljoin(home, candidates.WORDPRESS)
    feeds = [address for address in candidates.feeds(home, pages) if links_of(stub, address, pages)]
    best = [wordpress] if links_of(stub, wordpress, pages) else _longest(stub, feeds, pages)
    news = [urljoin(home, path) for path in candidates.NEWS_SITEMAPS]
    named = [address for address in candidates.sitemaps(home, pages) if answers(stub, address, pages)]
    sitemaps = [address for address in named if address in news][:1] or ([] if best else named[:1])
    chosen = (*best, *sitemaps)
    links = tuple(link for source in chosen for link in _all_links(stub, source, pages))
    if links:
        return Sources(tuple(best), tuple(sitemaps), (), links)
    for listing in candidates.listings(home):
        found = tuple(link for link in links_of(stub, listing, pages, listing=True) if is_title_like(link.url))
        if len(found) >= LISTED:
            return Sources((), (), (listing,), found)
    return Sources()


def is_title_like(url: str) -> bool:
    """Whether an address ends in the words of a title, and is not that of a version for printers."""
    return bool(TITLE_LIKE.search(url)) and not PRINT.search(url)


def _longest(stub: Outlet, feeds: Sequence[str], pages: Pages) -> list[str]:
    return sorted(feeds, key=lambda feed: -len(links_of(stub, feed, pages)))[:1]


def _all_links(stub: Outlet, source: str, pages: Pages) -> tuple[Link, ...]:
    """The links of a source and, where it is an index, of its first sitemaps."""
    children = children_of(stub, source, pages)
    return links_of(stub, source, pages) + tuple(link for child in children for link in links_of(stub, child, pages))


def children_of(stub: Outlet, source: str, pages: Pages) -> tuple[str, ...]:
    """The first sitemaps that an index names; those of posts before others."""
    found = found_in(stub, source, pages)
    named = found.sitemaps if found else ()
    return tuple(sorted(named, key=lambda url: not re.search("post|news|artikel|berita", url)))[:CHILDREN]


def answers(stub: Outlet, source: str, pages: Pages) -> bool:
    found = found_in(stub, source, pages)
    return found is not None and bool(found.sitemaps or links_of(stub, source, pages))


def links_of(stub: Outlet, source: str, pages: Pages, listing: bool = False) -> tuple[Link, ...]:
    """The links below the home page that an address names as a feed or sitemap, or as a page for readers."""
    found = found_in(stub, source, pages, listing)
    return tuple(link for link in found.links if _is_below(link)) if found else ()


def found_in(stub: Outlet, source: str, pages: Pages, listing: bool = False) -> Found | None:
    page = pages.get(source)
    if page is None or page.error:
        return None
    outlet = stub if listing else replace(stub, feeds=(source,))  # a feed that is a page for readers is none
    try:
        return discover(outlet, source, page.body, page.headers)
    except NotASource:
        return None


def _is_below(link: Link) -> bool:
    parts = urlsplit(link.url)
    return parts.path not in ("", "/") or bool(re.fullmatch(r"p=\d+", parts.query))
