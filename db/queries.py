"""The only reader: one function per question asked. Rows are plain dicts, times UTC text, lists real lists."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from sqlite_utils import Database

from db.models import KnownLink

Row = dict[str, Any]


def known_links(db: Database, urls: Sequence[str]) -> dict[str, KnownLink]:
    """Which of these canonical addresses were visited before, and how that ended."""
    rows = db.query(
        "select url, state, attempts, stamps from links where url in (select value from json_each(?))",
        [json.dumps(list(urls))],
    )
    return {row["url"]: KnownLink(row["state"], row["attempts"], json.loads(row["stamps"])) for row in rows}


WHO = "(actor = :actor or actor like :actor || '.%')"
IN_REGION = "exists (select 1 from json_each(measures.regions) where value = :region or value like :region || '.%')"
IN_MEASURE_OF_REGION = f"measure_id in (select measures.id from measures where {IN_REGION})"  # noqa: S608
OF_MENTION = {
    "sector": "exists (select 1 from mention_sectors join sectors on sectors.code = mention_sectors.sector"
    " where mention_id = mentions.id and (sectors.code = :sector or sector_group = :sector))",
    "instrument": "instrument = :instrument",
    "actor": WHO,
    "status": "status = :status",
    "region": IN_MEASURE_OF_REGION,
    "outlet": "articles.outlet = :outlet",
    "since": "coalesce(published_at, first_seen_at) >= :since",
    "until": "coalesce(published_at, first_seen_at) < :until",
}
OF_MEASURE = {
    "sector": "exists (select 1 from measure_sectors join sectors on sectors.code = measure_sectors.sector"
    " where measure_id = measures.id and (sectors.code = :sector or sector_group = :sector))",
    "instrument": "instrument = :instrument",
    "actor": WHO,
    "status": "status = :status",
    "region": IN_REGION,
    "outlet": "measures.id in (select measure_id from articles join mentions on mentions.article_id = articles.id"
    " where outlet = :outlet)",
    "since": "last_seen_at >= :since",
    "until": "measures.first_seen_at < :until",
}


def matching(filters: dict[str, str], wanted: dict[str, str | None]) -> tuple[str, dict[str, str]]:
    """A condition in SQL for the filters that are given, and their values."""
    given = {key: value for key, value in wanted.items() if value is not None}
    return " and ".join(filters[key] for key in given) or "true", given


def measures(db: Database, **wanted: str | None) -> list[Row]:
    """Measures, the last told of first.

    `wanted` takes the keys of OF_MEASURE; a sector group includes its sectors, an actor its units; `since` (included)
    and `until` (excluded) are stored times: a measure fits if it was told of within them.
    """
    where, given = matching(OF_MEASURE, wanted)
    rows = db.query(f"{MEASURES} where {where} order by last_seen_at desc, measures.id", given)
    return [read_measure(row) for row in rows]


def find_measure(db: Database, name: str) -> str | None:
    """The measure of this id, or of the mention of this key, which stays when an earlier mention names the measure."""
    row = db.execute(
        "select id from measures where id = :name union all select measure_id from mentions where key = :name limit 1",
        {"name": name},
    ).fetchone()
    return row[0] if row else None


def measure(db: Database, measure_id: str) -> Row:
    """One measure with its `history` (the earliest event first) and its `quotes` with their sources, as they came."""
    row = next(iter(db.query(f"{MEASURES} where measures.id = ?", [measure_id])))
    history = db.query(
        "select at, kind, detail, key as mention, quote, articles.outlet, url from measure_events"
        " join mentions on mentions.id = mention_id join mention_marks on mention_marks.id = mention_id"
        " join articles on articles.id = mentions.article_id"
        " where measure_events.measure_id = ? order by place, kind",
        [measure_id],
    )
    quotes = db.query(
        "select coalesce(published_at, first_seen_at) as published_at, articles.outlet,"
        " iif(publisher = '', slug, publisher) as publisher, key as mention, status, quote, articles.title, url,"
        " story_id"
        " from mentions join articles on articles.id = mentions.article_id join outlets on slug = articles.outlet"
        " where measure_id = ? order by 1, url, start_char",
        [measure_id],
    )
    return read_measure(row) | {"history": list(history), "quotes": list(quotes)}


LISTS = ("sectors", "regulations", "amounts", "regions", "beneficiaries")
"""The columns of a measure that hold lists."""


def read_measure(row: Row) -> Row:
    return row | {name: json.loads(row[name]) for name in LISTS}


def mentions(db: Database, **wanted: str | None) -> list[Row]:
    """Mentions with their articles, newest first; `wanted` takes the keys of OF_MENTION, as for measures."""
    where, given = matching(OF_MENTION, wanted)
    rows = db.query(
        f"""
        select coalesce(published_at, first_seen_at) as published_at, articles.outlet, actor, instrument,
            (select json_group_array(sector) from
                (select sector from mention_sectors where mention_id = mentions.id order by position)) as sectors,
            status, what, quote, round(confidence, 2) as confidence, key as mention, measure_id as measure, title, url
        from mentions join articles on articles.id = article_id
        where {where}
        order by 1 desc, articles.id, start_char
        """,  # noqa: S608
        given,
    )
    return [row | {"sectors": json.loads(row["sectors"])} for row in rows]


MEASURES = """
select measures.id, measures.title, status, actor, instrument,
    (select json_group_array(sector) from
        (select sector from measure_sectors where measure_id = measures.id order by position)) as sectors,
    measures.first_seen_at, last_seen_at, in_force_on, regulations, amounts, regions, beneficiaries,
    mentions, publishers,
    articles.outlet, articles.url
from measures join articles on articles.id = article_id
"""


def outlet_rows(db: Database) -> dict[str, Row]:
    """By slug: how many articles and mentions each outlet has, its newest article, and its last run (or None)."""
    runs = {
        run["outlet"]: read_run(run)
        for run in db.query("select * from runs where id in (select max(id) from runs group by outlet)")
    }
    rows = db.query(
        """
        select slug,
            (select count(*) from articles where outlet = slug) as articles,
            (select count(*) from mentions join articles on articles.id = article_id where outlet = slug) as mentions,
            (select max(coalesce(published_at, first_seen_at)) from articles where outlet = slug) as newest
        from outlets order by slug
        """
    )
    return {row["slug"]: row | {"run": runs.get(row["slug"])} for row in rows}


def last_runs(db: Database, count: int) -> list[Row]:
    """The newest runs, newest first."""
    return [read_run(run) for run in db.query("select * from runs order by id desc limit ?", [count])]


def read_run(row: Row) -> Row:
    return row | {"failed": json.loads(row["failed"]), "feeds_failed": json.loads(row["feeds_failed"])}


def totals(db: Database) -> Row:
    """Sizes: articles, stories, mentions, measures, runs, outlets with articles, and bytes of the database."""
    rows = db.query(
        """
        select (select count(*) from articles) as articles,
            (select count(*) from stories) as stories,
            (select count(*) from mentions) as mentions,
            (select count(*) from measures) as measures,
            (select count(*) from runs) as runs,
            (select count(distinct outlet) from articles) as outlets,
            (select page_count * page_size from pragma_page_count, pragma_page_size) as bytes
        """
    )
    return next(iter(rows))


def stale_articles(db: Database, extractor_version: str, limit: int) -> list[Row]:
    """Articles whose text is kept and was last read by another extractor, with their mentions as stored now.

    A mention is [start, end, actor, instrument, status, sectors].
    """
    rows = db.query(
        """
        select id, title, text, published_at,
            (select json_group_array(json_array(start_char, end_char, actor, instrument, status,
                (select json_group_array(sector) from
                    (select sector from mention_sectors where mention_id = mentions.id order by position))))
                from (select * from mentions where article_id = articles.id order by id) as mentions) as mentions
        from articles where text is not null and extractor_version <> ? order by id limit ?
        """,
        [extractor_version, limit],
    )
    return [row | {"mentions": json.loads(row["mentions"])} for row in rows]


def count_stale(db: Database, extractor_version: str) -> tuple[int, int]:
    """How many articles wait to be read again, and how many cannot be because their text is not kept."""
    row = db.execute(
        """
        select count(*) filter (where text is not null), count(*) filter (where text is null)
        from articles where extractor_version <> ?
        """,
        [extractor_version],
    ).fetchone()
    return row[0], row[1]
