"""Sitemaps, news sitemaps and sitemap indexes (sitemaps.org, Google News)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from urllib.parse import urljoin, urlsplit

from lxml import etree

from crawler.dates import parse_date
from crawler.discovery.links import Entry
from crawler.discovery.markup import tree
from crawler.outlets import Outlet, covers

LONG_AGO = datetime.min.replace(tzinfo=UTC)


def read_sitemap(markup: str) -> Iterator[Entry]:
    """The entries of a sitemap; `markup` begins at its root."""
    for url in tree(markup):
        values = _values(url)
        news = next((_values(child) for child in url if _name(child) == "news"), {})
        yield Entry(
            hrefs=(values.get("loc", ""),),
            title=news.get("title", ""),
            published=news.get("publication_date", ""),
            modified=values.get("lastmod", ""),
        )


def read_sitemap_index(outlet: Outlet, source: str, markup: str) -> tuple[str, ...]:
    """The sitemaps of an index that lie on the outlet's site or the index's own host, the newest first."""
    times: dict[str, datetime] = {}
    for values in map(_values, tree(markup)):
        url = _on_site(outlet, source, values.get("loc", ""))
        if url:
            times.setdefault(url, parse_date(values.get("lastmod", ""), outlet.timezone) or LONG_AGO)
    return tuple(sorted(times, key=times.__getitem__, reverse=True))


def _on_site(outlet: Outlet, source: str, href: str) -> str | None:
    try:
        url = urljoin(source, href)
        parts, host = urlsplit(url), urlsplit(source).hostname
    except ValueError:
        return None
    if not href or url == source or parts.scheme not in ("http", "https"):
        return None
    return url if covers(outlet, url) or parts.hostname == host else None


def _values(element: etree._Element) -> dict[str, str]:
    """The texts of an element's children by their names, whatever their namespace is called."""
    return {_name(child): (child.text or "").strip() for child in element}


def _name(element: etree._Element) -> str:
    """The element's name without its namespace; empty for what is no element."""
    return element.tag.rpartition("}")[2].rpartition(":")[2] if isinstance(element.tag, str) else ""
