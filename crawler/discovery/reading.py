"""Tells what kind of source some bytes are, and has them read as that."""

from __future__ import annotations

import re
from collections.abc import Mapping

from crawler.discovery.answer import Answer, answer
from crawler.discovery.feeds import read_feed
from crawler.discovery.json_feeds import read_json
from crawler.discovery.links import links
from crawler.discovery.listings import page_title, read_listing
from crawler.discovery.model import Found, NotASource
from crawler.discovery.sitemaps import read_sitemap, read_sitemap_index
from crawler.outlets import Outlet

FEEDS = {"rss", "rdf", "feed", "channel"}
PROLOG = re.compile(r"(\s|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^\[>]*(\[.*?\]\s*)?>)*", re.DOTALL | re.IGNORECASE)
ROOT = re.compile(r"<([A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)")


def sources(outlet: Outlet) -> tuple[str, ...]:
    """The addresses where an outlet lists its articles: feeds, sitemaps, listings."""
    return (*outlet.feeds, *outlet.sitemaps, *outlet.listings)


def discover(outlet: Outlet, source: str, body: bytes, headers: Mapping[str, str]) -> Found:
    """The links that one answer of a source names, in its order, each once. Pure.

    `source` is the address of the feed, sitemap or listing; its kind is told from the content. Raises NotASource where
    the bytes are none of these: empty, broken, too large, an error page or a challenge instead of a feed.
    """
    reply = answer(source, body, headers)
    if reply.text[0] in "{[":
        return Found(links(outlet, reply, read_json(reply.text)))
    kind, markup = read_root(reply.text)
    if kind in FEEDS:
        return Found(links(outlet, reply, read_feed(reply, markup)))
    if kind == "urlset":
        return Found(links(outlet, reply, read_sitemap(markup)))
    if kind == "sitemapindex":
        return Found(sitemaps=read_sitemap_index(outlet, source, markup))
    return _listing(outlet, reply)


def read_root(text: str) -> tuple[str, str]:
    """The name of the first element, and the text from there: no document type and no entity of it is ever read."""
    prolog = PROLOG.match(text)
    root = ROOT.search(text, prolog.end() if prolog else 0)
    return (root[2].lower(), text[root.start() :]) if root else ("", "")


def _listing(outlet: Outlet, reply: Answer) -> Found:
    """A page for readers that links to articles: what listings are, and what feeds that broke often became."""
    if "<" not in reply.text:
        raise NotASource("neither XML nor JSON nor HTML")
    if reply.source in (*outlet.feeds, *outlet.sitemaps):
        raise NotASource(f"a page for readers, no feed or sitemap{page_title(reply.text)}")
    found = links(outlet, reply, read_listing(outlet, reply))
    if not found:
        raise NotASource(f"a page without links to articles{page_title(reply.text)}")
    return Found(found)
