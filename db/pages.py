"""What the web pages ask: one function per page, so that each page is one look at one state of the database."""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from sqlite_utils import Database

from db import plain_errors, search, tallies
from db.queries import OF_MEASURE, matching, read_run

Row = dict[str, Any]
Span = tuple[str, str]
"""Two stored times (the first included, the second not), or two stored days."""
Wanted = Mapping[str, str]
Answer = TypeVar("Answer")
PATIENCE = 3.0
"""Seconds that a page may ask."""
ARTICLES_SHOWN = 10
NEW_SHOWN = 4
CHANGED_SHOWN = 8
SOON_SHOWN = 30
RARE = 1_000
"""Fewer measures than this are looked up one by one; with further filters, three times as many."""
STEPS = 10_000
"""SQLite's steps between two looks at the clock."""

ITEM = """
    measures.id, measures.title, measures.actor, measures.instrument, measures.status, measures.publishers,
    measures.first_seen_at, measures.last_seen_at, measures.in_force_on, measures.article_id,
    (select json_group_array(sector) from
        (select sector from measure_sectors where measure_id = measures.id order by position)) as sectors
"""


def answer(question: Callable[[Database], Answer], connection: sqlite3.Connection) -> Answer:
    """Put a question on a connection. Raises DatabaseUnusable, also where the answer takes too long."""
    deadline = time.monotonic() + PATIENCE
    connection.set_progress_handler(lambda: int(time.monotonic() > deadline), STEPS)
    try:
        with plain_errors("the database"):
            return question(Database(connection))
    finally:
        connection.set_progress_handler(None, 0)


def newest_article(db: Database) -> str | None:
    """When the newest article was published."""
    newest: str | None = db.execute("select max(published_at) from articles").fetchone()[0]
    return newest


def read_item(row: Row) -> Row:
    return row | {"sectors": json.loads(row["sectors"])}


def front(db: Database, week: Span, weeks: Sequence[Span], soon: Span) -> Row:
    """The front page: what is new and what changed in the `week` (a span of stored times), per group over the `weeks`,
    what takes effect from the first day of `soon` to its last, and the outlets."""
    return {
        "new": new_measures(db, week),
        "changed_count": changed_count(db, week),
        "changed": changed(db, week),
        "soon": in_force_soon(db, soon),
        "weeks": tallies.by_group(db, weeks),
        "outlets": coverage(db, week),
    }


def new_measures(db: Database, span: Span) -> list[Row]:
    """Measures first seen in the span: of each group of first sectors the few most widely reported ones, each with its
    `sector_group` and with the number of all of that group, `of_group`."""
    rows = db.query(
        f"""
        with fresh as (
            select measures.id, sector_group, count(*) over (partition by sector_group) as of_group, row_number() over (
                partition by sector_group order by publishers desc, measures.first_seen_at desc, measures.id) as place
            from measures join measure_sectors on measure_id = measures.id and position = 0
            join sectors on code = sector
            where measures.first_seen_at >= ? and measures.first_seen_at < ?)
        select {ITEM}, sector_group, of_group from fresh join measures on measures.id = fresh.id
        where place <= ? order by sector_group, place
        """,  # noqa: S608
        [*span, NEW_SHOWN],
    )
    return [with_lead(db, row) for row in rows]


CHANGED = """
measure_events join measures on measures.id = measure_events.measure_id
where at >= ? and at < ? and at > measures.first_seen_at
"""
"""Events in a span of measures that were known before."""


def changed_count(db: Database, span: Span) -> int:
    """How many measures changed in the span that were known before."""
    sql = f"select count(distinct measure_id) from {CHANGED}"  # noqa: S608
    count: int = db.execute(sql, list(span)).fetchone()[0]
    return count


def changed(db: Database, span: Span) -> list[Row]:
    """The newest changes in the span of measures that were known before, one a measure."""
    rows = db.query(
        f"""
        with latest as (
            select measure_events.id as event, max(at) as at from {CHANGED} group by measure_id
            order by 2 desc limit ?)
        select {ITEM}, kind, detail, latest.at, quote, url, outlets.title as outlet
        from latest join measure_events on measure_events.id = event
        join measures on measures.id = measure_events.measure_id join mentions on mentions.id = mention_id
        join articles on articles.id = mentions.article_id join outlets on slug = outlet
        order by latest.at desc, measures.id
        """,  # noqa: S608
        [*span, CHANGED_SHOWN],
    )
    return [read_item(row) for row in rows]


def in_force_soon(db: Database, days: Span) -> list[Row]:
    """Measures that take effect between two stored days, the next one first."""
    rows = db.query(
        f"select {ITEM} from measures where in_force_on between ? and ? and status <> 'ended'"  # noqa: S608
        " order by in_force_on, publishers desc, id limit ?",
        [*days, SOON_SHOWN],
    )
    return [read_item(row) for row in rows]


def coverage(db: Database, week: Span) -> list[Row]:
    """Each outlet: its articles, those of the week, the newest, and its last run (or None)."""
    runs = {run["outlet"]: read_run(run) for run in db.query(LAST_RUNS)}
    rows = db.query(
        """
        select slug, title, home,
            (select count(*) from articles where outlet = slug) as articles,
            (select count(*) from articles where outlet = slug and published_at >= ? and published_at < ?) as of_week,
            (select max(published_at) from articles where outlet = slug) as newest
        from outlets order by of_week desc, title
        """,
        list(week),
    )
    return [row | {"run": runs.get(row["slug"])} for row in rows]


LAST_RUNS = "select * from runs where id in (select (select max(id) from runs where outlet = slug) from outlets)"


def listed(db: Database, wanted: Wanted, limit: int, offset: int = 0) -> list[Row]:
    """Measures that pass all filters, the newest first, each with the quote that told of it first."""
    where, given = matching(OF_MEASURE, dict(wanted))
    order = "last_seen_at"
    few = RARE if len(given) == 1 else 3 * RARE
    for name in given.keys() & NARROW.keys():
        if count(db, NARROW[name], given, few) < few:  # then from there to the measures, not through all of them
            where, order = f"{where} and measures.id in ({NARROW[name]})", "+last_seen_at"
    rows = db.query(
        f"select {ITEM} from measures where {where} order by {order} desc, measures.id"  # noqa: S608
        " limit :limit offset :offset",
        {**given, "limit": limit, "offset": offset},
    )
    return [with_lead(db, row) for row in rows]


NARROW = {
    "sector": "select measure_id from measure_sectors where sector in"
    " (select code from sectors where code = :sector or sector_group = :sector)",
    "outlet": "select measure_id from articles cross join mentions on mentions.article_id = articles.id"
    " where outlet = :outlet",
}
"""Filters that may leave few measures: the ids of those."""


def count(db: Database, sql: str, values: dict[str, str], most: int) -> int:
    """How many rows a question has, counted no further than `most`."""
    found: int = db.execute(f"select count(*) from ({sql} limit {most})", values).fetchone()[0]  # noqa: S608
    return found


def with_lead(db: Database, row: Row) -> Row:
    return read_item(row) | {"lead": lead(db, row["id"], row["article_id"])}


def lead(db: Database, measure_id: str, article_id: int) -> Row | None:
    """The sentence of its first article that tells of a measure, and where it stands."""
    rows = db.query(
        "select quote, url, outlets.title as outlet, coalesce(published_at, articles.first_seen_at) as at"
        " from mentions join articles on articles.id = article_id join outlets on slug = outlet"
        " where measure_id = ? and article_id = ? order by start_char limit 1",
        [measure_id, article_id],
    )
    return next(iter(rows), None)


def measure(db: Database, measure_id: str) -> Row | None:
    """One measure with its history, its articles (each with the first sentence that tells of it) and their silent
    corrections; or None."""
    columns = f"{ITEM}, regulations, amounts, regions, beneficiaries"
    rows = db.query(f"select {columns} from measures where id = ?", [measure_id])  # noqa: S608
    row = next(iter(rows), None)
    if row is None:
        return None
    articles = list(db.query(ARTICLES_OF_MEASURE, [measure_id]))
    return read_item(row) | {
        **{name: json.loads(row[name]) for name in ("regulations", "amounts", "regions", "beneficiaries")},
        "events": list(db.query(EVENTS, [measure_id])),
        "articles": articles,
        "revisions": list(db.query(REVISIONS, [json.dumps([article["id"] for article in articles])])),
    }


EVENTS = """
select kind, detail, at, quote, what, mentions.status, url, articles.title, outlets.title as outlet
from measure_events join mentions on mentions.id = mention_id
join articles on articles.id = article_id join outlets on slug = articles.outlet
where measure_events.measure_id = ? order by at, measure_events.id limit 200
"""
ARTICLES_OF_MEASURE = """
select articles.id, articles.title, url, outlets.title as outlet, coalesce(published_at, articles.first_seen_at) as at,
    withdrawn_at, quote, min(start_char) as start_char, count(*) as mentions
from mentions join articles on articles.id = article_id join outlets on slug = articles.outlet
where measure_id = ? group by articles.id order by at, articles.id limit 200
"""
REVISIONS = """
select seen_at, diff, url, articles.title, outlets.title as outlet
from revisions join articles on articles.id = article_id join outlets on slug = outlet
where article_id in (select value from json_each(?)) order by seen_at, revisions.id limit 20
"""


def outlet_titles(db: Database) -> dict[str, str]:
    """Slug to title."""
    return {row["slug"]: row["title"] for row in db.query("select slug, title from outlets order by title")}


def searched(db: Database, words: str, wanted: Wanted, limit: int, offset: int) -> Row:
    """Measures, the best match first (without words the newest), and on the first page the articles that match.

    Raises QueryError for words that cannot be read.
    """
    if not words:
        return {"measures": listed(db, wanted, limit, offset), "articles": []}
    ids = search.measure_ids(db, words, offset + limit, **wanted)[offset:]
    articles = [] if offset else search.articles(db, words, ARTICLES_SHOWN, **wanted)
    return {"measures": in_order(db, ids), "articles": articles}


def in_order(db: Database, ids: Sequence[str]) -> list[Row]:
    """The measures of these ids, in their order, each with the quote that told of it first."""
    rows = db.query(
        f"select {ITEM} from json_each(?) as wanted join measures on measures.id = wanted.value order by wanted.key",  # noqa: S608
        [json.dumps(ids)],
    )
    return [with_lead(db, row) for row in rows]
