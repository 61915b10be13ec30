"""An outlet that lists its articles in every way, and what its server says besides."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

import pytest

from crawler.discovery import Found, discover
from crawler.outlets import Outlet

FEED = "https://www.kabar.example/rss"
SITEMAP = "https://www.kabar.example/sitemap.xml"
LISTING = "https://www.kabar.example/indeks"

KABAR = Outlet(
    slug="kabar",
    title="Kabar",
    home="https://www.kabar.example",
    article=r"^https://[a-z]+\.kabar\.example/berita/\d+",
    feeds=(FEED,),
    sitemaps=(SITEMAP,),
    listings=(LISTING,),
    skip_titles=r"(?i)lowongan",
)

Discover = Callable[..., Found]


@pytest.fixture
def read() -> Discover:
    """Discover in the outlet KABAR, with some of its fields changed."""

    def read(source: str, body: str | bytes, headers: Mapping[str, str] | None = None, **changes: object) -> Found:
        data = body.encode() if isinstance(body, str) else body
        return discover(replace(KABAR, **changes), source, data, headers or {})  # type: ignore[arg-type]

    return read
