"""Turns: what is news about measures, each by a number given when it is first seen and never again.

An event's row in `measure_events` comes and goes as measures are merged, split and rebuilt. A turn stays: it hangs on
the key of the mention that told of it first. Where a publisher takes that sentence back, a trigger names the measure's
next mention its heir, or keeps the sentence, so that its corrected form can become the heir.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from sqlite_utils import Database

from db.measures import last_revision

CREATE = (
    """
    create table turns (
        id integer primary key autoincrement,
        kind text not null check (kind in ('announced', 'planned', 'in_force', 'rate_changed', 'ended', 'effective')),
        detail text not null default '',
        mention text not null,
        heir text,
        seen_at text not null,
        article_id integer,
        quote text
    ) strict
    """,
    "create index turns_mention on turns (mention)",
    "create index turns_heir on turns (heir) where heir is not null",
    "create index turns_seen_at on turns (seen_at)",
    "create index turns_lost on turns (article_id) where article_id is not null",
    "insert into counters (name, value) values ('sighted', 0)",
    """
    create trigger turns_inherited before delete on mentions
    when exists (select 1 from turns where mention = old.key)
        or exists (select 1 from turns where heir = old.key) begin
        update turns set article_id = old.article_id, quote = old.quote where mention = old.key or heir = old.key;
        update turns set heir = next.key, article_id = null, quote = null from (
            select mentions.key from mentions join mention_marks as mark on mark.id = mentions.id
            join mention_marks as gone on gone.id = old.id
            where measure_id = old.measure_id and mentions.id <> old.id
            order by mentions.article_id = old.article_id, mark.place < gone.place, abs(mark.place - gone.place)
            limit 1) as next
        where heir = old.key or (mention = old.key
            and (heir is null or not exists (select 1 from mentions where mentions.key = heir)));
    end
    """,
    """
    create trigger turns_left after update of measure_id on mentions
    when old.measure_id is not new.measure_id and (exists (select 1 from turns where mention = old.key)
        or exists (select 1 from turns where heir = old.key)) begin
        update counters set value = value + 1 where name = 'revision';
        update measures set revision = (select value from counters where name = 'revision') where id = old.measure_id;
    end
    """,
    """
    create trigger turns_returned after insert on mentions
    when exists (select 1 from turns where mention = new.key and heir is not null) begin
        update counters set value = value + 1 where name = 'revision';
        update measures set revision = (select value from counters where name = 'revision') where id in (
            select measure_id from turns join mentions on mentions.key = heir where mention = new.key);
    end
    """,
)
"""An heir counts while its turn's own mention is gone. It stands in another article if there is one, and later rather
than earlier: there it says the same. What a carrier leaves is looked at anew."""


class Happened(NamedTuple):
    """An event of a measure as it stands now; `effective` is that a day is named from which the measure holds."""

    measure: str
    kind: str
    detail: str
    mention: str
    place: int
    at: str


class Turn(NamedTuple):
    """A turn that a mention of a measure carries, and where that mention stands."""

    measure: str
    id: int
    kind: str
    detail: str
    place: int
    mention: str


class Lost(NamedTuple):
    """A turn whose mention is gone, and a mention of the same article that may be its corrected form."""

    measure: str
    id: int
    kind: str
    detail: str
    quote: str
    mention: str
    now: str


def sighted(db: Database) -> int:
    """The revision up to which all turns have their numbers."""
    value: int = db.execute("select value from counters where name = 'sighted'").fetchone()[0]
    return value


def mark_sighted(db: Database, revision: int) -> None:
    db.execute("update counters set value = ? where name = 'sighted'", [revision])


def changed(db: Database, after: int, most: int) -> list[tuple[str, int]]:
    """The measures with a higher revision, and theirs, the lowest first."""
    sql = "select id, revision from measures where revision > ? order by revision limit ?"
    return db.execute(sql, [after, most]).fetchall()


def happened(db: Database, measures: Collection[str]) -> list[Happened]:
    """What happened to these measures, in the order of time."""
    rows = db.execute(HAPPENED, [json.dumps(list(measures))])
    return [Happened(*row) for row in rows]


def carried(db: Database, measures: Collection[str]) -> list[Turn]:
    """The turns that mentions of these measures carry."""
    return [Turn(*row) for row in db.execute(CARRIED, [json.dumps(list(measures))])]


def lost(db: Database, measures: Collection[str]) -> list[Lost]:
    """The turns that these measures may take over: those that an article of theirs carried until it was corrected."""
    sql = (
        "select measure_id, turns.id, kind, detail, turns.quote, mentions.key, mentions.quote from mentions"
        " join turns on turns.article_id = mentions.article_id"
        " where measure_id in (select value from json_each(?)) and turns.article_id is not null"
        " and not exists (select 1 from mentions as own where own.key in (turns.mention, heir)) order by turns.id"
    )
    return [Lost(*row) for row in db.execute(sql, [json.dumps(list(measures))])]


def hand_over(db: Database, turn: int, mention: str) -> None:
    """Let another mention (by its key) carry a turn."""
    db.execute("update turns set heir = ?, article_id = null, quote = null where id = ?", [mention, turn])


def add(db: Database, new: Iterable[Happened], at: str) -> None:
    """Give numbers to turns seen for the first time at this stored time."""
    rows = [(one.kind, one.detail, one.mention, at) for one in new]
    db.conn.executemany("insert into turns (kind, detail, mention, seen_at) values (?, ?, ?, ?)", rows)


def add_all(db: Database) -> int:
    """Number all there is, as it came in; returns the revision up to which that is."""
    db.execute(ADD_ALL)
    return last_revision(db)


def last(db: Database, before: str | None = None) -> int:
    """The highest number of a turn, or of one seen before a stored time."""
    where, given = ("where seen_at < ?", [before]) if before else ("", [])
    number: int = db.execute(f"select coalesce(max(id), 0) from turns {where}", given).fetchone()[0]  # noqa: S608
    return number


def first_revision(db: Database, after: int) -> int:
    """The lowest revision of the measures that carry a turn with a higher number than this; above all if none does."""
    lowest: int | None = db.execute(FIRST_REVISION, [after]).fetchone()[0]
    return sighted(db) + 1 if lowest is None else lowest


def seen_since(db: Database, ids: Sequence[int], since: str) -> set[int]:
    """Those of the turns that were first seen at this stored time or later."""
    sql = "select id from turns where id in (select value from json_each(?)) and seen_at >= ?"
    return {row[0] for row in db.execute(sql, [json.dumps(list(ids)), since])}


CARRIED = """
with members as (select mentions.id, mentions.key, measure_id from json_each(?) join mentions on measure_id = value)
select measure_id, turns.id, kind, detail, place, mention from members join turns on turns.mention = members.key
join mention_marks as mark on mark.id = members.id
union all
select measure_id, turns.id, kind, detail, place, heir from members join turns on turns.heir = members.key
join mention_marks as mark on mark.id = members.id
where not exists (select 1 from mentions where mentions.key = turns.mention)
"""
HAPPENED = """
select measure_id, kind, detail, mention, place, at from (
    select measure_events.measure_id, measure_events.kind, detail, mentions.key as mention, place, at
    from json_each(?1) join measure_events on measure_events.measure_id = value
    join mentions on mentions.id = mention_id join mention_marks as mark on mark.id = mention_id
    union all
    select measures.id, 'effective', in_force_on, mentions.key, place, last_seen_at
    from json_each(?1) join measures on measures.id = value
    join mentions on mentions.key = measures.id and mentions.measure_id = measures.id
    join mention_marks as mark on mark.id = mentions.id where in_force_on is not null)
order by measure_id, place, kind <> 'announced', kind
"""
FIRST_REVISION = """
select min(revision) from turns cross join mentions on mentions.key in (turns.mention, heir)
cross join measures on measures.id = measure_id where turns.id > ?
"""
"""`cross join` keeps SQLite from walking all measures, from the lowest revision on, until one carries such a turn."""
ADD_ALL = """
insert into turns (kind, detail, mention, seen_at)
select kind, detail, key, first_seen_at from (
    select kind, detail, mention_id from measure_events
    union all
    select 'effective', in_force_on, (select id from mentions where key = measures.id and measure_id = measures.id)
    from measures where in_force_on is not null)
join mentions on mentions.id = mention_id join articles on articles.id = article_id
order by first_seen_at, mention_id
"""
