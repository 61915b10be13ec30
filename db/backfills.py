"""How far the past of each outlet has been read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlite_utils import Database

from db.times import to_text
from db.transactions import writing

CREATE = (
    """
    create table backfill_parts (
        outlet text not null references outlets (slug),
        part text not null,
        pages integer not null,
        links integer not null,
        finished_at text,
        primary key (outlet, part)
    ) strict, without rowid
    """,
    """
    create table backfill_blocks (
        outlet text primary key references outlets (slug),
        until text not null,
        reason text not null
    ) strict
    """,
)

CREATE_LISTS = (
    """
    create table backfill_lists (
        outlet text not null references outlets (slug),
        part text not null,
        page integer not null,
        ends integer not null,
        links text not null,
        primary key (outlet, part)
    ) strict, without rowid
    """,
    # Sitemaps: a month's counted as read, though only some of its days had been wanted.
    "delete from backfill_parts where part like '%/%'",
)


@dataclass(frozen=True, slots=True)
class List:
    """A page of a part whose articles are being read: whether it is the last, and the links that it named, as text."""

    page: int
    ends: bool
    links: str


def save_list(db: Database, outlet: str, part: str, kept: List) -> None:
    """Keep what a page named until all of its articles are stored (`save_page`)."""
    row = {"outlet": outlet, "part": part, "page": kept.page, "ends": kept.ends, "links": kept.links}
    with writing(db):
        db.table("backfill_lists").upsert(row, pk=("outlet", "part"))


def lists(db: Database, outlet: str) -> dict[str, List]:
    """Part -> the page whose articles were being read when an earlier run ended."""
    rows = db.execute("select part, page, ends, links from backfill_lists where outlet = ?", [outlet])
    return {part: List(page, bool(ends), links) for part, page, ends, links in rows}


def save_page(db: Database, outlet: str, part: str, page: int, links: int, finished_at: datetime | None) -> None:
    """All articles of a page of a part are stored; `links` counts those of the part so far."""
    row = {"outlet": outlet, "part": part, "pages": page, "links": links, "finished_at": to_text(finished_at)}
    with writing(db):
        db.table("backfill_parts").upsert(row, pk=("outlet", "part"))
        db.execute("delete from backfill_lists where outlet = ? and part = ?", [outlet, part])


def finished(db: Database, outlet: str) -> set[str]:
    """The parts that are read to their end."""
    rows = db.execute("select part from backfill_parts where outlet = ? and finished_at is not null", [outlet])
    return {part for (part,) in rows}


def pages_read(db: Database, outlet: str) -> dict[str, int]:
    """Part -> pages, of the parts that were begun and not finished."""
    rows = db.execute("select part, pages from backfill_parts where outlet = ? and finished_at is null", [outlet])
    return dict(rows)


def save_block(db: Database, outlet: str, until: datetime, reason: str) -> None:
    """The outlet refuses: it is left alone until then."""
    with writing(db):
        db.table("backfill_blocks").upsert({"outlet": outlet, "until": to_text(until), "reason": reason}, pk="outlet")


def block(db: Database, outlet: str, now: datetime) -> dict[str, Any] | None:
    """Why and until when (`until`, `reason`) the outlet is left alone at this time."""
    rows = db.query("select until, reason from backfill_blocks where outlet = ? and until > ?", [outlet, to_text(now)])
    return next(iter(rows), None)


def is_crawled_now(db: Database, outlet: str, now: datetime) -> bool:
    """Whether a crawl of the outlet is under way; one that began over an hour ago is taken for killed."""
    row = db.execute(
        "select 1 from runs where outlet = ? and finished_at is null and started_at > ? limit 1",
        [outlet, to_text(now - timedelta(hours=1))],
    ).fetchone()
    return row is not None


def articles_by_day(db: Database, outlet: str, first: date, last: date, zone: ZoneInfo) -> dict[date, int]:
    """How many articles are stored of each day, in the outlet's zone."""
    begin = datetime(first.year, first.month, first.day, tzinfo=zone)
    end = datetime(last.year, last.month, last.day, tzinfo=zone) + timedelta(days=1)
    rows = db.execute(
        "select published_at from articles where outlet = ? and published_at >= ? and published_at < ?",
        [outlet, to_text(begin), to_text(end)],
    )
    return count_days((datetime.fromisoformat(published) for (published,) in rows), zone)


def count_days(times: Iterable[datetime], zone: ZoneInfo) -> dict[date, int]:
    counts: dict[date, int] = {}
    for time in times:
        day = time.astimezone(zone).date()
        counts[day] = counts.get(day, 0) + 1
    return counts
