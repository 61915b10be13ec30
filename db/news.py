"""What a digest asks of measures: which of them fit a subscription, and all that it prints of them."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlite_utils import Database

from db.full_text import any_of
from db.issues import State

Row = dict[str, Any]
Chosen = Mapping[str, Sequence[str]]
"""Codes by filter (`sectors`, `instruments`, `actors`, `statuses`); an empty filter lets everything pass."""

MOST_CHANGED = 2_000
"""Of more measures it is asked first, and at once, which of them carry a turn that a subscription was not told."""

FITS = {
    "sectors": "exists (select 1 from measure_sectors join sectors on sectors.code = measure_sectors.sector"
    " where measure_id = measures.id and (sectors.code in (select value from json_each(:sectors))"
    " or sector_group in (select value from json_each(:sectors))))",
    "instruments": "instrument in (select value from json_each(:instruments))",
    "actors": "exists (select 1 from json_each(:actors) where actor = value or actor like value || '.%')",
    "statuses": "status in (select value from json_each(:statuses))",
}


def fitting(chosen: Chosen) -> tuple[str, dict[str, str]]:
    """The condition in SQL that a measure fits the filters that are used, and their values."""
    given = {key: json.dumps(list(codes)) for key, codes in chosen.items() if codes}
    return " and ".join(FITS[key] for key in given) or "true", given


def candidates(
    db: Database, state: State, until: int, chosen: Chosen, keywords: Sequence[str] = (), since: str | None = None
) -> list[str]:
    """The measures that fit and may have news: those that changed since the subscription looked last, up to a revision.

    Where these are too many, as after a rebuild, only those that carry a turn that it has not been told, and of which a
    mention speaks of a keyword. With `since`, a stored time, those that carry a turn first seen from then on.
    """
    where, given = fitting(chosen)
    values = {**given, "after": 0 if since else state.revision, "until": until, "most": MOST_CHANGED + 1}
    sql = f"select id from measures where revision > :after and revision <= :until and {where}"  # noqa: S608
    if since is None:
        found = db.execute(f"{sql} order by revision limit :most", values).fetchall()
        if len(found) <= MOST_CHANGED:
            return [row[0] for row in found]
    values |= {"first": state.first_turn, "subscription": state.name, "since": since, "match": any_of(db, keywords)}
    sql += f" and id in ({CARRYING.format(turns='seen_at >= :since' if since else UNTOLD)})"
    if values["match"]:
        sql += f" and id in ({SPEAKING})"
    return [row[0] for row in db.execute(f"{sql} order by revision", values)]


def details(db: Database, ids: Collection[str]) -> list[Row]:
    """Measures with their sectors, and with the story that told of each first."""
    rows = db.query(DETAILS, [json.dumps(list(ids))])
    return [row | {name: json.loads(row[name]) for name in ("sectors", "regulations", "amounts")} for row in rows]


def sources(db: Database, ids: Collection[str]) -> dict[str, list[Row]]:
    """By measure: the articles that told of it, the earliest first, each with a sentence that does:
    the one that named the measure, else the first."""
    found: dict[str, list[Row]] = {}
    for row in db.query(SOURCES, [json.dumps(list(ids))]):
        found.setdefault(row["measure_id"], []).append(row)
    return found


def told_by(db: Database, keys: Collection[str]) -> dict[str, Row]:
    """By mention (its key): the quote and its source."""
    return {row["key"]: row for row in db.query(TOLD_BY, [json.dumps(list(keys))])}


def in_force_between(db: Database, first: str, last: str, chosen: Chosen) -> list[Row]:
    """Measures that take effect between two stored days, both included, and fit; the next one first."""
    where, given = fitting(chosen)
    rows = db.query(
        f"select measures.id, in_force_on from measures where in_force_on between :first and :last"  # noqa: S608
        f" and status <> 'ended' and {where} order by in_force_on, publishers desc, measures.id",
        {**given, "first": first, "last": last},
    )
    return list(rows)


def runs(db: Database, since: str, until: str) -> list[Row]:
    """Each outlet with its new articles in a span and what its crawls came to: how many, those that missed something,
    the last; whether it rests, as none of its feeds was due by the end of the span; whether it is crawled at all."""
    rows = db.query(RUNS, {"since": since, "until": until})
    return [row | {"failed": json.loads(row["failed"] or "{}")} for row in rows]


def alerts_after(db: Database, number: int) -> list[Row]:
    """The alerts of outlets with higher numbers than this."""
    return list(db.query("select id, at, outlet, was, state, why from alerts where id > ? order by id", [number]))


def last_alert(db: Database) -> int:
    number: int = db.execute("select coalesce(max(id), 0) from alerts").fetchone()[0]
    return number


UNTOLD = """
turns.id > :first and not exists (select 1 from issue_turns where subscription = :subscription and turn = turns.id)
"""
CARRYING = """
select measure_id from turns join mentions on mentions.key = turns.mention where {turns}
union select measure_id from turns join mentions on mentions.key = heir where heir is not null and {turns}
"""
SPEAKING = """
select measure_id from mentions_fts join mentions on mentions.id = mentions_fts.rowid where mentions_fts match :match
"""
SOURCE = """
articles.outlet, outlets.title as outlet_title, iif(publisher = '', slug, publisher) as publisher, articles.title, url,
    coalesce(published_at, articles.first_seen_at) as at
"""
DETAILS = """
select measures.id, measures.title, measures.actor, measures.instrument, measures.status, publishers, regulations,
    amounts, in_force_on, measures.first_seen_at, last_seen_at,
    (select json_group_array(sector) from
        (select sector from measure_sectors where measure_id = measures.id order by position)) as sectors,
    (select story_id from mentions join articles on articles.id = article_id where measure_id = measures.id
        order by coalesce(published_at, articles.first_seen_at), articles.id limit 1) as story
from json_each(?) join measures on measures.id = value
"""
SOURCES = f"""
select measure_id, quote, min(iif(instr(quote, measures.title), 0, 1000000) + start_char) as place, {SOURCE}
from json_each(?) join mentions on measure_id = value join measures on measures.id = value
join articles on articles.id = mentions.article_id
join outlets on slug = articles.outlet group by measure_id, articles.id order by measure_id, at, articles.id
"""  # noqa: S608
TOLD_BY = f"""
select mentions.key, quote, story_id as story, {SOURCE} from json_each(?) join mentions on mentions.key = value
join articles on articles.id = article_id join outlets on slug = articles.outlet
"""  # noqa: S608
RUNS = """
select slug, title, count(runs.id) as crawls,
    (select count(*) from articles
        where articles.outlet = slug and first_seen_at >= :since and first_seen_at < :until) as articles,
    coalesce(sum(reason is not 'finished' or failed <> '{}' or feeds_failed <> '{}'), 0) as troubled,
    max(reason) filter (where reason is not 'finished') as reason,
    max(failed) filter (where failed <> '{}') as failed,
    coalesce(sum(feeds_failed <> '{}'), 0) as feeds_failed,
    coalesce((select min(next_check_at) > :until from polls where polls.outlet = slug and named), 0) as resting,
    count(runs.id) > 0 or coalesce((select max(named) from polls where polls.outlet = slug),
        exists (select 1 from runs as ever where ever.outlet = slug)) as crawled
from outlets left join runs on outlet = slug and started_at >= :since and started_at < :until
group by slug order by title
"""
