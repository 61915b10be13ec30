"""Which outlet an address belongs to."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import urlsplit

from crawler.outlets.hosts import at_home, bare_host, covers
from crawler.outlets.model import Outlet


def outlet_for(outlets: Mapping[str, Outlet], url: str) -> Outlet | None:
    """The outlet whose host and `article` pattern the address meets; the one with the longest host, if several do."""
    owners = [outlet for outlet in outlets.values() if covers(outlet, url) and _is_article(outlet, url)]
    return max(owners, key=lambda outlet: len(bare_host(outlet.home)), default=None)


def generic(url: str) -> Outlet:
    """A stand-in for a page whose outlet no file describes: its host is the slug, it has no selectors."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError(f"not an http address: {url}")
    host = bare_host(url)
    slug = re.sub(r"[^a-z0-9]+", "-", host).strip("-") or "page"
    home = f"{parts.scheme}://{parts.netloc.rpartition('@')[2].lower()}"
    return Outlet(slug=slug, title=host, home=home, article=".")


def _is_article(outlet: Outlet, url: str) -> bool:
    try:
        return re.search(outlet.article, at_home(outlet, url).geturl()) is not None
    except ValueError:
        return False
