"""How each outlet is, told against its own history, and each change of that.

What lies after `now` was written while the clock was ahead, and tells nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from db import writing
from db.times import to_text

Row = dict[str, Any]


def states(db: Database) -> dict[str, Row]:
    """The state of each outlet as last written."""
    return {row["outlet"]: row for row in db.query("select * from health")}


def save_states(db: Database, verdicts: Mapping[str, tuple[str, str]], now: datetime) -> list[Row]:
    """Write state and reason of outlets; returns the alerts: one for each outlet whose state is another than before.

    An outlet that is well when first looked at is no alert.
    """
    with writing(db):
        before = states(db)
        changed = []
        for outlet, (state, why) in verdicts.items():
            known = before.get(outlet, {"state": "ok", "since": to_text(now)})
            same = known["state"] == state
            row = [outlet, state, why, known["since"] if same else to_text(now)]
            db.execute("insert or replace into health values (?, ?, ?, ?)", row)
            if not same:
                changed.append(
                    {"at": to_text(now), "outlet": outlet, "was": known["state"], "state": state, "why": why}
                )
        db.table("alerts").insert_all(changed)
    return changed


def alerts(db: Database, count: int, outlet: str | None = None) -> list[Row]:
    """The last alerts, newest first; of one outlet, if named."""
    rows = db.query(
        "select at, outlet, was, state, why from alerts where outlet = coalesce(?, outlet) order by id desc limit ?",
        [outlet, count],
    )
    return list(rows)


def published(db: Database, outlet: str, since: datetime) -> list[str]:
    """When the outlet's articles that were published and first seen since then were published (stored times)."""
    rows = db.execute(
        "select coalesce(published_at, first_seen_at) as at from articles"
        " where outlet = :outlet and first_seen_at >= :since and at >= :since",
        {"outlet": outlet, "since": to_text(since)},
    )
    return [text for (text,) in rows]


def filled(db: Database, outlet: str, now: datetime, first: int, count: int) -> Row:
    """Of `count` articles, after the `first` newest: how many there are, and how many have each field."""
    rows = db.query(
        """
        select count(*) as articles, count(nullif(title, '')) as title, count(published_at) as date,
            count(nullif(text, '')) as body, count(nullif(section, '')) as section
        from (select title, published_at, text, section from articles where outlet = ? and first_seen_at <= ?
            order by first_seen_at desc, id desc limit ? offset ?)
        """,
        [outlet, to_text(now), count, first],
    )
    return next(iter(rows))


def visits(db: Database, outlet: str, now: datetime, first: int, count: int) -> list[tuple[str, str]]:
    """State and reason of `count` visits, after the `first` latest."""
    rows = db.execute(
        "select state, coalesce(reason, '') from links where outlet = ? and tried_at <= ?"
        " order by tried_at desc limit ? offset ?",
        [outlet, to_text(now), count, first],
    )
    return rows.fetchall()


def forbidden(db: Database, outlet: str, first: int, count: int) -> float:
    """Of the links that `count` runs named, after the `first` latest of those that named any: the share that robots.txt
    forbids. Zero where there were no such runs."""
    row = db.execute(
        "select coalesce(1.0 * sum(forbidden) / sum(links), 0.0) from"
        " (select forbidden, links from runs where outlet = ? and links > 0 order by id desc limit ? offset ?)",
        [outlet, count, first],
    ).fetchone()
    return float(row[0])


def feed_reads(db: Database, poll_id: int, count: int) -> list[int]:
    """How many links the last full answers of a feed named, the latest last."""
    rows = db.execute(
        "select links from poll_results where poll_id = ? and outcome = 'read' order by id desc limit ?",
        [poll_id, count],
    )
    return [links for (links,) in rows][::-1]


def answered_at(db: Database, poll_id: int, now: datetime) -> str | None:
    """When a feed last answered (stored time)."""
    row = db.execute(
        "select max(at) from poll_results where poll_id = ? and at <= ? and outcome in ('read', 'unchanged')",
        [poll_id, to_text(now)],
    ).fetchone()
    return row[0] if row else None


def finished_at(db: Database, outlet: str, now: datetime) -> str | None:
    """When a crawl of the outlet last came to its end (stored time): all that is known where no feed is polled."""
    row = db.execute(
        "select max(finished_at) from runs where outlet = ? and finished_at <= ? and reason = 'finished'",
        [outlet, to_text(now)],
    ).fetchone()
    return row[0] if row else None
