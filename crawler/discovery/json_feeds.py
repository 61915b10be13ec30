"""JSON Feed, and the listing of posts by WordPress's own interface."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from crawler.discovery.links import Entry, plain
from crawler.discovery.model import NotASource


def read_json(text: str) -> Iterator[Entry]:
    """The entries of a JSON source. Raises NotASource for other JSON."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise NotASource(f"broken JSON: {error}") from error
    if isinstance(data, dict) and isinstance(data.get("items"), list):
        return (_item(item) for item in data["items"] if isinstance(item, dict))
    if isinstance(data, list):
        return (_post(post) for post in data if isinstance(post, dict))
    message = _first(data, "message") if isinstance(data, dict) else ""
    raise NotASource(f"JSON that is no feed: {plain(message) or 'it has no items'}")


def _item(item: dict[str, Any]) -> Entry:
    """An item of a JSON Feed (jsonfeed.org, 1.1)."""
    return Entry(
        hrefs=_texts(item, "url", "external_url", "id"),
        title=_first(item, "title"),
        published=_first(item, "date_published"),
        modified=_first(item, "date_modified"),
    )


def _post(post: dict[str, Any]) -> Entry:
    """A post of WordPress (/wp-json/wp/v2/posts); its times are in UTC and do not say so."""
    title = post.get("title")
    return Entry(
        hrefs=_texts(post, "link"),
        title=_first(title, "rendered") if isinstance(title, dict) else _first(post, "title"),
        published=_first(post, "date_gmt"),
        modified=_first(post, "modified_gmt"),
        zone="UTC",
    )


def _texts(table: dict[str, Any], *keys: str) -> tuple[str, ...]:
    return tuple(value for value in map(table.get, keys) if isinstance(value, str) and value)


def _first(table: dict[str, Any], key: str) -> str:
    return next(iter(_texts(table, key)), "")
