"""Which outlet an address belongs to."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import urlsplit

from crawler.outlets.model import Outlet


def bare_host(url: str) -> str:
    """The host of an address in lower case, without `www.` and port; empty where it has none."""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return ""
    return host.rstrip(".").removeprefix("www.")


def covers(outlet: Outlet, url: str) -> bool:
    """Whether the address lies on the host of the outlet's home, with or without `www.`, or on a host below it."""
    host, home = bare_host(url), bare_host(outlet.home)
    return bool(host) and (host == home or host.endswith(f".{home}"))


def outlet_for(outlets: Mapping[str, Outlet], url: str) -> Outlet | None:
    """The outlet whose host and `article` pattern the address meets; the one with the longest host, if several do."""
    owners = [outlet for outlet in outlets.values() if covers(outlet, url) and re.search(outlet.article, url)]
    return max(owners, key=lambda outlet: len(bare_host(outlet.home)), default=None)


def generic(url: str) -> Outlet:
    """A stand-in for a page whose outlet no file describes: its host is the slug, it has no selectors."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError(f"not an http address: {url}")
    slug = re.sub(r"[^a-z0-9]+", "-", bare_host(url)).strip("-") or "page"
    return Outlet(slug=slug, title=bare_host(url), home=f"{parts.scheme}://{parts.netloc.lower()}", article=".")
