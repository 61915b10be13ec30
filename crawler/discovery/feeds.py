"""RSS, Atom and RDF."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import feedparser
from lxml import etree

from crawler.discovery.answer import Answer
from crawler.discovery.links import Entry
from crawler.discovery.markup import tree


def read_feed(reply: Answer, markup: str) -> Iterator[Entry]:
    """The entries of a feed; `markup` begins at its root, and is mended first: some breaks make the parser raise."""
    parsed = feedparser.parse(
        io.BytesIO(etree.tostring(tree(markup))),
        response_headers={"content-type": "application/xml; charset=utf-8", "content-location": reply.source},
        resolve_relative_uris=False,
        sanitize_html=False,
    )
    return (_entry(entry) for entry in parsed.entries)


def _entry(entry: dict[str, Any]) -> Entry:
    """Times as the feed wrote them: the parser takes one without a zone for UTC, which Indonesian feeds never mean."""
    hrefs = (entry.get("feedburner_origlink"), entry.get("link"), entry.get("id"))
    modified = _text(entry, "updated")
    return Entry(
        hrefs=tuple(href for href in hrefs if href),
        title=_text(entry, "title"),
        published=_text(entry, "published") or modified,
        modified=modified,
    )


def _text(entry: dict[str, Any], key: str) -> str:
    """A value of an entry; asked of the dict itself, as the parser gives `published` where `updated` is missing."""
    return str(dict.get(entry, key) or "")
