"""Issues of digests: what each subscription was told, and what of it is on its way to whom."""

from __future__ import annotations

import json
import zlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

Row = dict[str, Any]

CREATE = (
    """
    create table subscriptions (
        name text primary key,
        first_turn integer not null,
        revision integer not null,
        told_until text not null,
        slot text not null,
        alert integer not null default 0
    ) strict
    """,
    """
    create table issues (
        id integer primary key autoincrement,
        subscription text not null references subscriptions (name),
        kind text not null check (kind in ('digest', 'alert')),
        since text not null,
        until text not null,
        subject text not null,
        new integer not null,
        changed integer not null,
        bodies blob not null
    ) strict
    """,
    "create index issues_subscription on issues (subscription, id)",
    """
    create table issue_turns (
        subscription text not null references subscriptions (name),
        turn integer not null references turns (id),
        issue integer not null references issues (id),
        primary key (subscription, turn)
    ) strict, without rowid
    """,
    """
    create table deliveries (
        id integer primary key,
        issue integer not null references issues (id),
        channel text not null check (channel in ('mail', 'chat', 'folder')),
        recipient text not null,
        state text not null check (state in ('waiting', 'sending', 'sent', 'failed')),
        attempts integer not null default 0,
        next_at text not null,
        error text not null default '',
        sent_at text,
        unique (issue, channel, recipient)
    ) strict
    """,
    "create index deliveries_open on deliveries (next_at) where state in ('waiting', 'sending')",
)


@dataclass(frozen=True, slots=True)
class State:
    """How far a subscription has come: turns up to `first_turn` are older than it; measures of a revision above
    `revision` are still to be looked at; its last issue told all until `told_until`; `slot` is the last time at which
    it was due; `alert` is the last alert that it was sent."""

    name: str
    first_turn: int
    revision: int
    told_until: str
    slot: str
    alert: int = 0


@dataclass(frozen=True, slots=True)
class Draft:
    """An issue that is ready to be stored: its window, what it says in each format, and the turns that it tells."""

    kind: str
    since: str
    until: str
    subject: str
    new: int
    changed: int
    bodies: Mapping[str, str]
    turns: Collection[int]


@dataclass(frozen=True, slots=True)
class Delivery:
    """One issue for one recipient over one channel."""

    id: int
    issue: int
    channel: str
    recipient: str
    attempts: int


def state(db: Database, name: str) -> State | None:
    row = db.execute("select * from subscriptions where name = ?", [name]).fetchone()
    return State(*row) if row else None


def states(db: Database) -> dict[str, State]:
    return {row[0]: State(*row) for row in db.execute("select * from subscriptions")}


def save_state(db: Database, state: State) -> None:
    db.execute(
        "insert into subscriptions (name, first_turn, revision, told_until, slot, alert) values (?, ?, ?, ?, ?, ?)"
        " on conflict (name) do update set revision = excluded.revision, told_until = excluded.told_until,"
        " slot = excluded.slot, alert = excluded.alert",
        [state.name, state.first_turn, state.revision, state.told_until, state.slot, state.alert],
    )


def told(db: Database, name: str, turns: Collection[int]) -> set[int]:
    """Those of the turns that the subscription was told."""
    sql = "select turn from issue_turns where subscription = ? and turn in (select value from json_each(?))"
    return {row[0] for row in db.execute(sql, [name, json.dumps(list(turns))])}


def add(db: Database, name: str, draft: Draft, recipients: Iterable[tuple[str, str]], at: str) -> int:
    """Store an issue, what it told, and a delivery for each (channel, recipient); returns its number."""
    number = db.execute(
        "insert into issues (subscription, kind, since, until, subject, new, changed, bodies)"
        " values (?, ?, ?, ?, ?, ?, ?, ?)",
        [name, draft.kind, draft.since, draft.until, draft.subject, draft.new, draft.changed, packed(draft.bodies)],
    ).lastrowid
    assert number is not None  # noqa: S101 - an insert has a row
    rows = [(name, turn, number) for turn in draft.turns]
    db.conn.executemany("insert into issue_turns (subscription, turn, issue) values (?, ?, ?)", rows)
    address(db, number, recipients, at)
    return number


def address(db: Database, issue: int, recipients: Iterable[tuple[str, str]], at: str) -> None:
    """Let an issue go to these (channel, recipient), once more where it went there before."""
    db.conn.executemany(
        "insert into deliveries (issue, channel, recipient, state, next_at) values (?, ?, ?, 'waiting', ?)"
        " on conflict (issue, channel, recipient) do update set state = 'waiting', attempts = 0,"
        " next_at = excluded.next_at, error = ''",
        [(issue, channel, recipient, at) for channel, recipient in recipients],
    )


def claim(db: Database, now: str, stale: str, issue: int | None = None) -> Delivery | None:
    """Take the next delivery that waits and is due, or one that was taken before `stale` and never came to an end."""
    row = db.execute(
        "select id, issue, channel, recipient, attempts + 1 from deliveries"
        " where ((state = 'waiting' and next_at <= ?) or (state = 'sending' and next_at <= ?))"
        " and (?3 is null or issue = ?3) order by issue, id limit 1",
        [now, stale, issue],
    ).fetchone()
    if row is None:
        return None
    db.execute("update deliveries set state = 'sending', attempts = ?, next_at = ? where id = ?", [row[4], now, row[0]])
    return Delivery(*row)


def waiting(db: Database) -> int:
    """How many deliveries are still to be sent."""
    row = db.execute("select count(*) from deliveries where state in ('waiting', 'sending')").fetchone()
    return int(row[0])


def settle(db: Database, delivery: int, state: str, at: str, error: str = "") -> None:
    """Note how a delivery went; one that waits again is due at that time."""
    sent = at if state == "sent" else None
    db.execute(
        "update deliveries set state = ?, next_at = ?, error = ?, sent_at = coalesce(?, sent_at) where id = ?",
        [state, at, error, sent, delivery],
    )


def issue(db: Database, number: int) -> Row | None:
    """An issue with its bodies by format."""
    row = next(iter(db.query("select * from issues where id = ?", [number])), None)
    return row and row | {"bodies": unpacked(row["bodies"])}


def newest(db: Database, name: str, count: int) -> list[Row]:
    """The newest digests and alerts of a subscription with their bodies, the newest first."""
    rows = db.query("select * from issues where subscription = ? order by id desc limit ?", [name, count])
    return [row | {"bodies": unpacked(row["bodies"])} for row in rows]


def history(db: Database, name: str | None, count: int) -> list[Row]:
    """The newest issues with how their deliveries stand, the newest first."""
    return list(
        db.query(
            "select issues.id, subscription, kind, until, subject, new, changed,"
            " sum(state = 'sent') as sent, sum(state in ('waiting', 'sending')) as waiting,"
            " sum(state = 'failed') as failed, coalesce(max(error), '') as error"
            " from issues left join deliveries on issue = issues.id where ?1 is null or subscription = ?1"
            " group by issues.id order by issues.id desc limit ?2",
            [name, count],
        )
    )


def packed(bodies: Mapping[str, str]) -> bytes:
    return zlib.compress(json.dumps(dict(bodies), ensure_ascii=False).encode())


def unpacked(blob: bytes) -> dict[str, str]:
    bodies: dict[str, str] = json.loads(zlib.decompress(blob))
    return bodies


def recipients(db: Database, number: int) -> Sequence[tuple[str, str]]:
    """To whom an issue went."""
    return db.execute("select channel, recipient from deliveries where issue = ? order by id", [number]).fetchall()
