"""Bytes of a feed, a sitemap or a listing page to links to articles."""

from crawler.discovery.model import Found, Link, NotASource
from crawler.discovery.reading import discover, sources

__all__ = ["Found", "Link", "NotASource", "discover", "sources"]
