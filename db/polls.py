"""When each feed of each outlet is asked next, how it was asked so far, and which hosts asked to be left alone."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlite_utils import Database

from db import writing
from db.models import PollResult
from db.times import to_text

Row = dict[str, Any]

LONGEST = timedelta(days=1)  # the longest that a server's word is kept, and the least distance of a clock gone wrong
BACK = timedelta(minutes=1)  # by which a clock must have gone back to be noticed


def add_polls(db: Database, feeds: Iterable[tuple[str, str, str]], now: datetime) -> None:
    """Make sure of a row for each feed (outlet, source, host) that the files of outlets name; a new one is due at once.

    All others are marked as not named any more: their outlets are off or gone, or have given them up.
    """
    with writing(db):
        db.execute("update polls set named = 0 where named")
        db.conn.executemany(
            "insert into polls (outlet, source, host, next_check_at) values (?, ?, ?, ?)"
            " on conflict (outlet, source) do update set host = excluded.host, named = 1",
            [(*feed, to_text(now)) for feed in feeds],
        )


def due(db: Database, now: datetime, since: datetime | None = None) -> list[Row]:
    """The feeds to be asked now, the longest overdue first, each with its validators unless it is to be read in full;
    with `since`, those that were not asked after that second.

    A feed last asked in the future is due too: the clock has gone back, and its due time means nothing. The same goes
    for hosts that asked to be left alone for longer than is ever kept.
    """
    rows = db.query(
        """
        select polls.id, outlet, source, next_check_at, iif(full, null, etag) as etag,
            iif(full, null, last_modified) as last_modified,
            (select outcome from poll_results where poll_id = polls.id order by id desc limit 1) as outcome
        from polls left join hosts using (host)
        where not pending and (next_check_at <= :now or asked_at > :soon)
            and (not_before is null or not_before <= :now or not_before > :never)
            and (:since is null or asked_at is null or asked_at <= :since or asked_at > :now)
        order by next_check_at, polls.id
        """,
        {
            "now": to_text(now),
            "soon": to_text(now + BACK),
            "never": to_text(now + LONGEST + BACK),
            "since": to_text(since),
        },
    )
    return list(rows)


def save_results(db: Database, outlet: str, results: Iterable[PollResult], waits: Mapping[str, datetime]) -> None:
    """Write what came of asking an outlet's feeds, and until when which hosts asked to be left alone.

    A result waits for a decision (`pending`). Addresses that are no feed of the outlet any more are passed over.
    """
    with writing(db):
        for result in results:
            save_result(db, outlet, result)
        for host, until in waits.items():
            db.execute(
                "insert into hosts (host, not_before) values (?, ?)"
                " on conflict (host) do update set not_before = excluded.not_before",
                [host, to_text(until)],
            )


def waits(db: Database, now: datetime) -> dict[str, datetime]:
    """The hosts that asked to be left alone for now, and until when; none for longer than is ever kept."""
    rows = db.execute(
        "select host, not_before from hosts where not_before > ? and not_before <= ?",
        [to_text(now), to_text(now + LONGEST + BACK)],
    )
    return {host: datetime.fromisoformat(text) for host, text in rows}


def save_result(db: Database, outlet: str, result: PollResult) -> None:
    row = db.execute(SAVE_POLL, poll_row(outlet, result)).fetchone()
    if row is None:
        return
    published = [to_text(time) for time in result.new.values() if time is not None]
    db.execute(
        "insert into poll_results (poll_id, at, outcome, error, links, new, wait, published)"
        " values (?, ?, ?, ?, ?, ?, ?, ?)",
        [
            row[0],
            to_text(result.at),
            result.outcome,
            result.error,
            result.links,
            len(result.new),
            result.wait,
            json.dumps(published),
        ],
    )


def poll_row(outlet: str, result: PollResult) -> Row:
    """Validators are kept only where each link was dealt with: a 304 must not hide one that failed."""
    kept = not result.missed
    return {
        "outlet": outlet,
        "source": result.source,
        "at": to_text(result.at),
        "outcome": result.outcome,
        "etag": result.etag if kept else None,
        "last_modified": result.last_modified if kept else None,
        "new": len(result.new),
    }


SAVE_POLL = """
update polls set asked_at = :at, pending = 1,
    etag = case :outcome when 'read' then :etag when 'unchanged' then etag else null end,
    last_modified = case :outcome when 'read' then :last_modified when 'unchanged' then last_modified else null end,
    last_new_at = iif(:new, :at, last_new_at)
where outlet = :outlet and source = :source returning id
"""


def pending(db: Database) -> list[Row]:
    """The feeds that were asked and wait for a decision: id, outlet, source."""
    return list(db.query("select id, outlet, source from polls where pending order by id"))


def results(db: Database, poll_id: int, last: int) -> list[Row]:
    """The last results of a feed, the earliest first."""
    rows = db.query(
        "select at, outcome, error, links, new, wait from poll_results where poll_id = ? order by id desc limit ?",
        [poll_id, last],
    )
    return list(rows)[::-1]


def published(db: Database, poll_id: int, since: datetime) -> list[str]:
    """When the items were published (stored times) that polls of a feed since then found new."""
    rows = db.execute(
        "select value from poll_results, json_each(published) where poll_id = ? and at >= ? and new > 0",
        [poll_id, to_text(since)],
    )
    return [value for (value,) in rows]


def save_decision(db: Database, poll_id: int, next_check_at: datetime, interval: timedelta, **facts: object) -> None:
    """Write when a feed is asked next; `facts` are its `reason`, `full` and `failures`."""
    row = {"id": poll_id, "at": to_text(next_check_at), "interval": round(interval.total_seconds()), **facts}
    with writing(db):
        db.execute(
            "update polls set next_check_at = :at, interval = :interval, reason = :reason, full = :full,"
            " failures = :failures, pending = 0 where id = :id",
            row,
        )


def all_polls(db: Database) -> list[Row]:
    """Each feed with its last outcome and error, and until when its host asked to be left alone (or None)."""
    rows = db.query(
        """
        select polls.*, not_before, outcome, error, links, new
        from polls left join hosts using (host)
        left join poll_results on poll_results.id = (select max(id) from poll_results where poll_id = polls.id)
        order by outlet, polls.id
        """
    )
    return list(rows)


def forget_results(db: Database, before: datetime) -> int:
    """Delete what came of polls before that time; returns how many."""
    with writing(db):
        return db.execute("delete from poll_results where at < ?", [to_text(before)]).rowcount


def outlets_of(rows: Sequence[Row]) -> dict[str, list[Row]]:
    """Rows by their outlet, in their order."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row["outlet"], []).append(row)
    return found


def lag(db: Database, since: datetime) -> float | None:
    """The median seconds from an item's publication to the poll that found it, over polls since then; None where there
    were none. What a feed's first poll found is left out: it was older than Jurus' interest in it."""
    row = db.execute(
        """
        with found as (
            select unixepoch(at) - unixepoch(value) as seconds from poll_results, json_each(published)
            where at >= ? and new > 0 and poll_results.id <> (select min(first.id) from poll_results as first
                where first.poll_id = poll_results.poll_id)
        )
        select avg(seconds) from (select seconds from found order by seconds
            limit 2 - (select count(*) from found) % 2 offset ((select count(*) from found) - 1) / 2)
        """,
        [to_text(since)],
    ).fetchone()
    return None if row[0] is None else float(row[0])


def errors(db: Database, outlet: str, count: int) -> list[Row]:
    """The last failures of an outlet's feeds, newest first."""
    rows = db.query(
        "select at, iif(error = '', outcome, error) as error, source from poll_results join polls on polls.id = poll_id"
        " where outlet = ? and outcome in ('failed', 'killed') order by poll_results.id desc limit ?",
        [outlet, count],
    )
    return list(rows)
