"""Measures: what is compared to find them, and what is kept of them."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import count
from typing import Any

from sqlite_utils import Database

from db.models import Event, Measure

Row = dict[str, Any]
Compared = tuple[int, int, int, int | None, int | None, str, str, bytes, str, str, str]

CREATE_LINES = """
create table measure_lines (
    id text primary key references measures (id) on delete cascade,
    place integer not null,
    line text not null
) strict, without rowid
"""
"""What is known of a measure's mentions, and the place of the last: enough to go on with one that comes after it."""

CREATE_OPENINGS = (
    "alter table mention_marks add column status text not null default ''",
    "alter table mention_marks add column opening text not null default ''",
    "update mention_marks set status = mentions.status from mentions where mentions.id = mention_marks.id",
)

CREATE_REGIONS = (
    "create table regions (code text primary key, name_id text not null, name_en text not null) strict",
    "alter table measures add column regions text not null default '[]'",
    "alter table measures add column beneficiaries text not null default '[]'",
    "delete from measure_lines",
)
"""Without its line, a measure is told anew from all its mentions with the next one that joins it."""

NEWS = ("title", "actor", "instrument", "status", "regulations", "amounts", "in_force_on")
"""The columns whose change is news; that one more article repeats a measure is not."""


def of_articles(db: Database, articles: Collection[int]) -> list[Row]:
    """The mentions of these articles with what they are compared by, in the order of the text."""
    sql = f"""
        select {MENTION} where mentions.article_id in (select value from json_each(?))
        order by mentions.article_id, start_char, key"""  # noqa: S608
    return list(db.query(sql, [json.dumps(list(articles))]))


def told(db: Database, ids: Collection[int]) -> list[Row]:
    """All that a measure is told by of these mentions."""
    rows = db.query(
        f"select place, mark.parent, facts, what, confidence, measure_id,"  # noqa: S608
        f" {FORCED} as forced,"
        f" (select iif(publisher = '', slug, publisher) from outlets where slug = outlet) as publisher, {MENTION}"
        f" join mention_marks as mark on mark.id = mentions.id where mentions.id in (select value from json_each(?))",
        [json.dumps(list(ids))],
    )
    return list(rows)


def compared(db: Database, ids: Collection[int]) -> list[Compared]:
    """What these mentions are compared by."""
    return db.execute(
        "select mark.id, place, mark.article_id, start_char, end_char, issuer, sectors, words, facts,"
        " mark.status, opening"
        " from mention_marks as mark left join mentions on mentions.id = mark.id"
        " where mark.id in (select value from json_each(?))",
        [json.dumps(list(ids))],
    ).fetchall()


def marks_of_articles(db: Database, articles: Collection[int]) -> dict[int, Row]:
    """The marks of the mentions of these articles, also of mentions that are gone."""
    sql = "select * from mention_marks where article_id in (select value from json_each(?))"
    return {row["id"]: row for row in db.query(sql, [json.dumps(list(articles))])}


def companions(db: Database, measures: Collection[str]) -> list[int]:
    """The mentions that belong to these measures until now."""
    sql = "select id from mentions where measure_id in (select value from json_each(?))"
    return [row[0] for row in db.execute(sql, [json.dumps(list(measures))])]


def measures_of(db: Database, mentions: Collection[int]) -> set[str]:
    """The measures that these mentions belong to until now."""
    sql = "select distinct measure_id from mentions where id in (select value from json_each(?))"
    return {row[0] for row in db.execute(sql, [json.dumps(list(mentions))]) if row[0] is not None}


def fresh(db: Database, mentions: Collection[int]) -> list[int]:
    """Those of these mentions that have belonged to no measure yet."""
    sql = "select id from mentions where id in (select value from json_each(?)) and measure_id is null"
    return [row[0] for row in db.execute(sql, [json.dumps(list(mentions))])]


def lines(db: Database, mentions: Collection[int]) -> list[tuple[int, str, int, str]]:
    """By mention: the measure it belongs to, the place where that ends, and what is known of it."""
    return db.execute(
        "select mentions.id, line.id, place, line from mentions join measure_lines as line on line.id = measure_id"
        " where mentions.id in (select value from json_each(?))",
        [json.dumps(list(mentions))],
    ).fetchall()


def all_mentions(db: Database) -> list[int]:
    return [row[0] for row in db.execute("select id from mention_marks order by place")]


def delete_empty(db: Database) -> None:
    """Delete the measures that no mention tells of any more."""
    db.execute("delete from measures where id not in (select measure_id from mentions where measure_id is not null)")


def save_measures(db: Database, measures: Sequence[Measure], before: Iterable[str] = ()) -> None:
    """Write measures over what was there: `before` names those that their mentions belonged to until now."""
    ids = {measure.id for measure in measures}
    rows = db.query("select * from measures where id in (select value from json_each(?))", [json.dumps(list(ids))])
    stored = {row["id"]: row for row in rows}
    revisions = count(last_revision(db) + 1)
    for measure in measures:
        save_measure(db, measure, stored.get(measure.id), revisions)
    db.execute("update counters set value = ? where name = 'revision'", [next(revisions) - 1])
    db.conn.executemany(SAVE_LINE, [(measure.id, measure.place, measure.line) for measure in measures])
    belonging = [(measure.id, mention) for measure in measures for mention in measure.mentions]
    db.conn.executemany("update mentions set measure_id = ?1 where id = ?2 and measure_id is not ?1", belonging)
    db.conn.executemany("delete from measures where id = ?", [(old,) for old in set(before) - ids])


def save_measure(db: Database, measure: Measure, stored: Row | None, revisions: Iterator[int]) -> None:
    """Insert or update one; its revision, and those of its events, rise only with what is news."""
    row = measure_row(measure)
    if stored is None:
        row["revision"] = next(revisions)
        columns, marks = ", ".join(row), ", ".join(f":{name}" for name in row)
        db.execute(f"insert into measures ({columns}) values ({marks})", row)  # noqa: S608
        save_sectors(db, measure)
        save_events(db, measure, {}, revisions)
        return
    events = stored_events(db, measure.id) if measure.told == len(measure.mentions) else {}
    sectors = [one[0] for one in db.execute(SECTORS_OF, [measure.id])]
    news = any(stored[name] != row[name] for name in NEWS) or sectors != list(measure.sectors)
    if save_events(db, measure, events, revisions) or news:
        row["revision"] = next(revisions)
    if any(stored[name] != value for name, value in row.items()):
        columns = ", ".join(f"{name} = :{name}" for name in row)
        db.execute(f"update measures set {columns} where id = :id", row)  # noqa: S608
    if sectors != list(measure.sectors):
        db.execute("delete from measure_sectors where measure_id = ?", [measure.id])
        save_sectors(db, measure)


def measure_row(measure: Measure) -> Row:
    return {
        "id": measure.id,
        "title": measure.title,
        "actor": measure.actor,
        "instrument": measure.instrument,
        "status": measure.status,
        "first_seen_at": measure.first_seen_at,
        "last_seen_at": measure.last_seen_at,
        "article_id": measure.article_id,
        "mentions": measure.told,
        "publishers": measure.publishers,
        "regulations": json.dumps(measure.regulations, ensure_ascii=False),
        "amounts": json.dumps(measure.amounts, ensure_ascii=False),
        "regions": json.dumps(measure.regions),
        "beneficiaries": json.dumps(measure.beneficiaries, ensure_ascii=False),
        "in_force_on": measure.in_force_on,
    }


def save_sectors(db: Database, measure: Measure) -> None:
    rows = [(measure.id, sector, position) for position, sector in enumerate(measure.sectors)]
    db.conn.executemany("insert into measure_sectors (measure_id, sector, position) values (?, ?, ?)", rows)


def stored_events(db: Database, measure_id: str) -> dict[tuple[int, str], Event]:
    rows = db.execute("select kind, at, mention_id, detail from measure_events where measure_id = ?", [measure_id])
    return {(row[2], row[0]): Event(*row) for row in rows}


def save_events(
    db: Database, measure: Measure, stored: Mapping[tuple[int, str], Event], revisions: Iterator[int]
) -> bool:
    """Write what changed in a measure's events; whether anything did."""
    wanted = {(event.mention_id, event.kind): event for event in measure.events}
    gone = [(measure.id, *key) for key in stored.keys() - wanted.keys()]
    new = [event for key, event in wanted.items() if stored.get(key) != event]
    if gone:
        db.conn.executemany("delete from measure_events where measure_id = ? and mention_id = ? and kind = ?", gone)
    rows = [(measure.id, one.kind, one.at, one.mention_id, one.detail, next(revisions)) for one in new]
    db.conn.executemany(SAVE_EVENT, rows)
    return bool(gone or new)


def last_revision(db: Database) -> int:
    """The highest revision there is; those to come are higher."""
    value: int = db.execute("select value from counters where name = 'revision'").fetchone()[0]
    return value


MENTION = """
mentions.id, key, quote, start_char, end_char, actor, instrument, mentions.status, mentions.article_id, url,
    coalesce(published_at, first_seen_at) as at,
    (select json_group_array(sector) from
        (select sector from mention_sectors where mention_id = mentions.id order by position)) as sectors
from mentions join articles on articles.id = mentions.article_id
"""
FORCED = """
exists (select 1 from merge_decisions as decision join mentions as chosen on chosen.key = decision.parent
    where decision.mention = mentions.key and chosen.id = mark.parent)
"""
SAVE_LINE = """
insert into measure_lines (id, place, line) values (?, ?, ?)
on conflict (id) do update set place = excluded.place, line = excluded.line
"""
SECTORS_OF = "select sector from measure_sectors where measure_id = ? order by position"
SAVE_EVENT = """
insert into measure_events (measure_id, kind, at, mention_id, detail, revision) values (?, ?, ?, ?, ?, ?)
on conflict (measure_id, mention_id, kind) do update
    set at = excluded.at, detail = excluded.detail, revision = excluded.revision
"""
