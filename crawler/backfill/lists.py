"""The links that a page of an archive named, as text, until all of its articles are stored."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

from crawler.discovery import Link


def text(links: Sequence[Link]) -> str:
    return json.dumps([asdict(link) for link in links], ensure_ascii=False, default=datetime.isoformat)


def links(text: str) -> list[Link]:
    """The inverse of `text`."""
    return [
        Link(**row | {name: time(row[name]) for name in ("published_at", "modified_at")}) for row in json.loads(text)
    ]


def time(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
