"""Articles as lines of JSON or CSV. The columns are those of `COLUMNS`; docs/articles.md describes them."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import IO, Any
from zoneinfo import ZoneInfo

from crawler.addresses import canonical_url, is_further_page, outlet_for
from crawler.characters import fit
from crawler.dates import parse_date
from crawler.importing.entries import Entry, NotImportable, Refused
from crawler.outlets import Outlet, generic
from db.models import Article

REQUIRED = ("url", "title", "text")
COLUMNS = (*REQUIRED, "published_at", "modified_at", "authors", "section", "tags", "language", "outlet")
LONGEST_LINE = 10 * 2**20  # bytes
csv.field_size_limit(LONGEST_LINE)


class Unfit(ValueError):
    """What is wrong with a row."""


def json_articles(file: IO[bytes], outlets: Mapping[str, Outlet]) -> Iterator[Entry]:
    """One object a line; empty lines do not count."""
    for number, line in enumerate(file, start=1):
        place = f"line {number}"
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError) as error:
            yield Refused(place, f"not JSON: {error}")
            continue
        yield entry(place, row, outlets) if isinstance(row, dict) else Refused(place, "not an object")


def csv_articles(file: IO[bytes], outlets: Mapping[str, Outlet]) -> Iterator[Entry]:
    """A header with the columns' names, then a row an article; several authors or tags are parted by `;`."""
    text = io.TextIOWrapper(file, encoding="utf-8-sig", errors="strict", newline="")
    rows = csv.DictReader(text)
    try:
        missing = [name for name in REQUIRED if name not in (rows.fieldnames or ())]
        if missing:
            raise NotImportable(f"its first line must name the columns; missing: {', '.join(missing)}")
        for row in rows:
            yield entry(f"line {rows.line_num}", row, outlets)
    except UnicodeDecodeError as error:
        raise NotImportable(f"not UTF-8 text: {error.reason} at byte {error.start}") from error
    except csv.Error as error:
        raise NotImportable(f"line {rows.line_num}: {error}") from error


def entry(place: str, row: Mapping[str, Any], outlets: Mapping[str, Outlet]) -> Entry:
    """A row's outlet and article. Columns of other names are left aside."""
    try:
        values = {name: line(row, name) for name in REQUIRED if name != "text"}
        outlet = owner(row, values["url"], outlets)
        url = canonical_url(outlet, values["url"])
        if is_further_page(url):
            raise Unfit(f"{url} is a further page of an article")
        article = Article(
            url=url,
            canonical_url=url,
            outlet=outlet.slug,
            title=values["title"],
            authors=several(row, "authors"),
            published_at=time(row, "published_at", outlet),
            modified_at=time(row, "modified_at", outlet),
            section=line(row, "section", required=False) or None,
            tags=several(row, "tags"),
            language=line(row, "language", required=False) or None,
            text=body(row),
        )
    except ValueError as error:
        return Refused(place, str(error))
    return outlet, article


def owner(row: Mapping[str, Any], url: str, outlets: Mapping[str, Outlet]) -> Outlet:
    """The outlet that the row names, else the one whose articles have such an address, else one for its host."""
    slug = line(row, "outlet", required=False)
    if slug and slug not in outlets:
        raise Unfit(f"there is no outlet {slug!r}; leave it out, or see `jurus outlets`")
    return outlets[slug] if slug else outlet_for(outlets, url) or generic(url)


def line(row: Mapping[str, Any], name: str, required: bool = True) -> str:
    value = row.get(name)
    if value is not None and not isinstance(value, str):
        raise Unfit(f"{name} must be text")
    text = " ".join(fit(value or "").split())
    if required and not text:
        raise Unfit(f"{name} is missing")
    return text


def body(row: Mapping[str, Any]) -> str:
    """The text, one paragraph a line."""
    value = row.get("text")
    if not isinstance(value, str) or not value.strip():
        raise Unfit("text is missing")
    lines = (" ".join(part.split()) for part in fit(value).splitlines())
    return "\n".join(part for part in lines if part)


def several(row: Mapping[str, Any], name: str) -> tuple[str, ...]:
    value = row.get(name) or []
    items = value.split(";") if isinstance(value, str) else value
    if not isinstance(items, list) or not all(isinstance(item, str) for item in items):
        raise Unfit(f"{name} must be a list of texts")
    return tuple(text for item in items if (text := " ".join(fit(item).split())))


def time(row: Mapping[str, Any], name: str, outlet: Outlet) -> datetime | None:
    """A time in ISO 8601 or as Indonesian outlets write it; where it names no zone, the outlet's counts."""
    value = line(row, name, required=False)
    if not value:
        return None
    try:
        exact = datetime.fromisoformat(value)
    except ValueError:
        exact = None
    if exact is not None:
        return (exact if exact.tzinfo else exact.replace(tzinfo=ZoneInfo(outlet.timezone))).astimezone(UTC)
    parsed = parse_date(value, outlet.timezone)
    if parsed is None:
        raise Unfit(f"{name}: {value[:40]!r} is no time such as 2026-11-24T10:05:00+07:00")
    return parsed
