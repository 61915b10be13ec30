"""Where sites of any make keep their feeds and sitemaps."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urljoin

from lxml.html import HtmlElement

from crawler.extractors.page import Unreadable, parse
from crawler.scouting.page import Page, Pages

FEED_TYPES = ("application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml")
# WordPress, Ghost, Hugo and Pelican by default; then what Indonesian outlets use.
FEEDS = (
    *("/feed/", "/rss/", "/index.xml", "/feeds/all.atom.xml", "/feeds/all.rss.xml"),
    *("/rss", "/rss.xml", "/feed", "/feed.xml", "/atom.xml", "/feed.json", "/rss/terkini.xml"),
)
WORDPRESS = "/wp-json/wp/v2/posts?per_page=20&_fields=link,title,date_gmt,modified_gmt"
NEWS_SITEMAPS = ("/sitemap-news.xml", "/sitemap_news.xml", "/news-sitemap.xml", "/news_sitemap.xml")
SITEMAPS = ("/sitemap.xml", "/sitemap_index.xml", "/wp-sitemap.xml", "/sitemap-index.xml")
LISTINGS = ("/siaran-pers", "/indeks", "/terkini", "/latest", "/berita", "/news", "/blog/", "/archives.html")
COMMENTS = re.compile(r"comment|komentar", re.IGNORECASE)


def tree_of(page: Page | None) -> HtmlElement | None:
    """The page as a tree; None where there is none."""
    if page is None or page.error:
        return None
    try:
        return parse(page.body, page.headers)
    except Unreadable:
        return None


def feeds(home: str, pages: Pages) -> list[str]:
    """Addresses that may be feeds: those that the home page names, then the common ones."""
    return _unique([*_named_feeds(home, pages), *(urljoin(home, path) for path in FEEDS)])


def sitemaps(home: str, pages: Pages) -> list[str]:
    """Addresses that may be sitemaps: those that robots.txt names, then the common ones."""
    robots = pages.get(urljoin(home, "/robots.txt"))
    text = robots.body.decode("utf-8", "replace") if robots and not robots.error else ""
    named = re.findall(r"^\s*sitemap:\s*(\S+)", text, re.IGNORECASE | re.MULTILINE)
    common = (urljoin(home, path) for path in (*NEWS_SITEMAPS, *SITEMAPS))
    return _unique([*(urljoin(home, name) for name in named[:20]), *common])


def listings(home: str) -> list[str]:
    """Addresses that may list articles for readers."""
    return [home, *(urljoin(home, path) for path in LISTINGS)]


def _named_feeds(home: str, pages: Pages) -> Iterator[str]:
    page = pages.get(home)
    tree = tree_of(page)
    if tree is None or page is None:
        return
    for link in tree.iter("link"):
        rel, kind, href = (link.get(name) or "" for name in ("rel", "type", "href"))
        if "alternate" in rel.lower() and kind.lower() in FEED_TYPES and href and not COMMENTS.search(href):
            yield urljoin(page.url, href)


def _unique(addresses: list[str]) -> list[str]:
    return list(dict.fromkeys(address.partition("#")[0] for address in addresses))
