"""An outlet for a page that no outlet file describes."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from crawler.outlets.hosts import bare_host
from crawler.outlets.model import Outlet


def generic(url: str) -> Outlet:
    """A stand-in for a page whose outlet no file describes: its host is the slug, it has no selectors."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError(f"not an http address: {url}")
    host = bare_host(url)
    slug = re.sub(r"[^a-z0-9]+", "-", host).strip("-") or "page"
    home = f"{parts.scheme}://{parts.netloc.rpartition('@')[2].lower()}"
    return Outlet(slug=slug, title=host, home=home, article=".")
