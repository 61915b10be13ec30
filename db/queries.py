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


FILTERS = {
    "sector": "exists (select 1 from mention_sectors join sectors on sectors.code = mention_sectors.sector"
    " where mention_id = mentions.id and (sectors.code = :sector or sector_group = :sector))",
    "instrument": "instrument = :instrument",
    "actor": "(actor = :actor or actor like :actor || '.%')",
    "status": "status = :status",
    "outlet": "articles.outlet = :outlet",
    "since": "coalesce(published_at, first_seen_at) >= :since",
    "until": "coalesce(published_at, first_seen_at) < :until",
}


def measures(db: Database, **wanted: str | None) -> list[Row]:
    """Mentions with their articles, newest first.

    `wanted` takes the keys of FILTERS; a sector group includes its sectors, an actor its units; `since` (included)
    and `until` (excluded) are stored times.
    """
    given = {key: value for key, value in wanted.items() if value is not None}
    where = " and ".join(FILTERS[key] for key in given) or "true"
    rows = db.query(
        f"""
        select coalesce(published_at, first_seen_at) as published_at, articles.outlet, actor, instrument,
            (select json_group_array(sector) from
                (select sector from mention_sectors where mention_id = mentions.id order by position)) as sectors,
            status, what, quote, round(confidence, 2) as confidence, title, url
        from mentions join articles on articles.id = article_id
        where {where}
        order by 1 desc, articles.id, start_char
        """,  # noqa: S608
        given,
    )
    return [row | {"sectors": json.loads(row["sectors"])} for row in rows]


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
    """Sizes: articles, mentions, runs, outlets with articles, and bytes of the database."""
    rows = db.query(
        """
        select (select count(*) from articles) as articles,
            (select count(*) from mentions) as mentions,
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
                from mentions where article_id = articles.id) as mentions
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
