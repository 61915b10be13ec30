"""Issues as files in a folder: a page each, an index, and feeds in Atom and JSON, to be served as they are."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from lxml import etree
from markupsafe import Markup

from db.issues import Row
from scheduler.digest.frame import page_of
from scheduler.digest.outbox import Deferred
from scheduler.digest.rendering import environment
from scheduler.sheets import SheetError, replacing

SHOWN = 50
ATOM = "http://www.w3.org/2005/Atom"


def write(folder: Path, row: Row, newest: Sequence[Row], address: str) -> None:
    """Write an issue and, with the newest ones of its subscription, the index and the feeds. Raises Deferred.

    `address` is where the folder is served, or empty. Pages that the index names and that are gone are written anew.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for one in (*newest, row):
            path = folder / page_of(one["until"], one["kind"])
            if one is row or not path.exists():
                put(path, html_of(one))
                put(path.with_suffix(".txt"), one["bodies"]["text"])
        put(folder / "index.html", environment().get_template("archive.html").render(issues=newest, page_of=page_of))
        put(folder / "feed.atom", as_atom(newest, address))
        put(folder / "feed.json", as_json_feed(newest, address))
    except (OSError, SheetError) as error:
        raise Deferred(f"{folder}: {getattr(error, 'strerror', None) or error}") from error


def put(path: Path, text: str) -> None:
    with replacing(path) as draft:
        draft.write_text(text, encoding="utf-8")


def name_of(row: Row) -> str:
    """An address that names the issue for ever, wherever its file lies."""
    return f"tag:jurus,{row['until'][:10]}:{row['subscription']}/{row['id']}"


def html_of(row: Row) -> str:
    """The page of an issue; an alert has only a text."""
    page: str | None = row["bodies"].get("html")
    return page or str(Markup('<!DOCTYPE html>\n<meta charset="utf-8"><pre>{}</pre>\n').format(row["bodies"]["text"]))


def as_atom(issues: Sequence[Row], address: str) -> str:
    """The newest issues as an Atom feed (RFC 4287)."""
    feed = etree.Element(f"{{{ATOM}}}feed", nsmap={None: ATOM})  # type: ignore[dict-item]
    newest = issues[0]
    add(feed, "title", f"Jurus: {newest['subscription']}")
    add(feed, "id", f"tag:jurus,2026:{newest['subscription']}")
    add(feed, "updated", newest["until"])
    if address:
        etree.SubElement(feed, f"{{{ATOM}}}link", rel="self", href=f"{address}/feed.atom")
    for row in issues:
        entry = etree.SubElement(feed, f"{{{ATOM}}}entry")
        add(entry, "title", row["subject"])
        add(entry, "id", name_of(row))
        add(entry, "updated", row["until"])
        author = etree.SubElement(entry, f"{{{ATOM}}}author")
        add(author, "name", "Jurus")
        page = page_of(row["until"], row["kind"])
        etree.SubElement(entry, f"{{{ATOM}}}link", href=f"{address}/{page}" if address else page)
        add(entry, "summary", row["bodies"]["chat"])
        add(entry, "content", html_of(row), type="html")
    text: bytes = etree.tostring(feed, encoding="utf-8", xml_declaration=True)
    return text.decode()


def add(parent: etree._Element, name: str, text: str, **attributes: str) -> None:
    element = etree.SubElement(parent, f"{{{ATOM}}}{name}", attrib=attributes)
    element.text = "".join(c for c in text if c in "\t\n\r" or (c >= " " and not "\ud800" <= c <= "\udfff")).replace(
        "\ufffe", ""
    )


def as_json_feed(issues: Sequence[Row], address: str) -> str:
    """The newest issues as a JSON Feed 1.1."""
    items = [
        {
            "id": name_of(row),
            "title": row["subject"],
            "date_published": row["until"],
            "summary": row["bodies"]["chat"],
            "content_html": html_of(row),
            **({"url": f"{address}/{page_of(row['until'], row['kind'])}"} if address else {}),
        }
        for row in issues
    ]
    title = f"Jurus: {issues[0]['subscription']}"
    known = {"home_page_url": f"{address}/index.html", "feed_url": f"{address}/feed.json"} if address else {}
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": title, **known, "items": items}
    return json.dumps(feed, ensure_ascii=False, indent=1)
