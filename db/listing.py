"""Lists of articles and of mentions for people and their spreadsheets, with the filters that all listings share."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from db.queries import IN_MEASURE_OF_REGION, LISTS, OF_MEASURE, OF_MENTION

Row = dict[str, Any]

FEW = 20_000

OF_MENTIONS = {
    "sector": "mentions.id in (select mention_id from mention_sectors where sector in"
    " (select code from sectors where code = :sector or sector_group = :sector))",
    "instrument": "mentions.instrument = :instrument",
    "actor": "(mentions.actor = :actor or mentions.actor like :actor || '.%')",
    "status": "mentions.status = :status",
    "region": IN_MEASURE_OF_REGION,
}
LEADS = {
    "sector": "select 1 from mention_sectors where sector in"
    " (select code from sectors where code = :sector or sector_group = :sector)",
    "instrument": "select 1 from mentions where instrument = :instrument",
}
"""The mentions of a filter, where an index leads to them."""
OF_ARTICLES = {
    "outlet": "articles.outlet = :outlet",
    "since": "coalesce(published_at, first_seen_at) >= :since",
    "until": "coalesce(published_at, first_seen_at) < :until",
}

SECTORS = """
(select json_group_array(distinct sector) from
    (select sector from mentions join mention_sectors on mention_id = mentions.id
        where article_id = articles.id order by mention_id, position)) as sectors
"""
"""Of an article, as its mentions name them."""

CREATE_MENTIONS_ARTICLE = (
    "drop index mentions_article",
    "create index mentions_article on mentions (article_id, instrument, actor, status)",
)


def given(wanted: Mapping[str, str | None]) -> dict[str, Any]:
    """The filters that are used: their values."""
    return {key: value for key, value in wanted.items() if value is not None}


def matching(filters: Mapping[str, str], wanted: Mapping[str, str | None]) -> str:
    """The condition for those of the filters that are used; empty where none is."""
    return " and ".join(condition for key, condition in filters.items() if wanted.get(key) is not None)


def with_mention(db: Database, article_id: str, wanted: Mapping[str, str | None]) -> list[str]:
    """The condition that one mention of an article fits all filters that speak of mentions.

    Few such mentions that an index leads to are made a set at once, in which each article is looked up (the plus keeps
    SQLite from walking through the set instead). Otherwise, or where time leaves few articles, each article is asked
    for its own, which the index `mentions_article` tells alone.
    """
    fitting = matching(OF_MENTIONS, wanted)
    if not fitting:
        return []
    if wanted.get("since") is None and are_few(db, wanted):
        return [f"+{article_id} in (select article_id from mentions where {fitting})"]  # noqa: S608
    own = matching({key: OF_MENTION[key] for key in OF_MENTIONS}, wanted)
    return [f"exists (select 1 from mentions where article_id = +{article_id} and {own})"]  # noqa: S608


def are_few(db: Database, wanted: Mapping[str, str | None]) -> bool:
    """Whether an index leads to the mentions for a sector or with an instrument, and these are quickly read."""
    leads = next((sql for key, sql in LEADS.items() if wanted.get(key) is not None), None)
    if leads is None:
        return False
    found = db.execute(f"select count(*) from ({leads} limit {FEW})", given(wanted)).fetchone()[0]  # noqa: S608
    return bool(found < FEW)


def fits(db: Database, article_id: str, wanted: Mapping[str, str | None]) -> str:
    """The condition that an article known by its id only fits all filters."""
    fitting = matching(OF_ARTICLES, wanted)
    of_articles = [f"+{article_id} in (select id from articles where {fitting})"] if fitting else []  # noqa: S608
    return " and ".join(of_articles + with_mention(db, article_id, wanted)) or "true"


def articles(db: Database, limit: int, **wanted: str | None) -> list[Row]:
    """Articles, newest first. `wanted` takes the keys of OF_MENTIONS and OF_ARTICLES; times are stored times."""
    where = " and ".join([matching(OF_ARTICLES, wanted) or "true", *with_mention(db, "articles.id", wanted)])
    rows = db.query(
        f"""
        select articles.id, coalesce(published_at, first_seen_at) as published_at, outlet, title, section, authors,
            tags, (select count(*) from mentions where article_id = articles.id) as mentions,
            {SECTORS}, modified_at, withdrawn_at, url
        from articles where {where}
        order by coalesce(published_at, first_seen_at) desc, articles.id desc limit :limit
        """,  # noqa: S608
        given(wanted) | {"limit": limit},
    )
    return [row | {key: json.loads(row[key]) for key in ("authors", "tags", "sectors")} for row in rows]


def mentions(db: Database, **wanted: str | None) -> Iterator[Row]:
    """All that is known of each mention, newest first, its columns those of MENTION. `wanted` as in `articles`."""
    where = matching(OF_MENTIONS | OF_ARTICLES, wanted) or "true"
    order = "coalesce(published_at, first_seen_at) desc, articles.id, start_char"
    rows = db.query(f"{MENTIONS} where {where} order by {order}", given(wanted))
    return (row | {"sectors": json.loads(row["sectors"])} for row in rows)


def measures(db: Database, **wanted: str | None) -> Iterator[Row]:
    """All that is known of each measure (the columns of MEASURE), the last told of first; `wanted` as in `queries`."""
    where = matching(OF_MEASURE, wanted) or "true"
    rows = db.query(f"{ALL_MEASURES} where {where} order by last_seen_at desc, measures.id", given(wanted))
    return (row | {key: json.loads(row[key]) for key in LISTS} for row in rows)


NAMED: dict[str, type] = {
    "instrument": str,
    "instrument_name_id": str,
    "instrument_name_en": str,
    "actor": str,
    "actor_name_id": str,
    "actor_name_en": str,
}
"""Codes with their names beside them."""

MEASURE: dict[str, type] = {
    "id": str,
    "title": str,
    "status": str,
    "sectors": list,
    **NAMED,
    "regulations": list,
    "amounts": list,
    "regions": list,
    "beneficiaries": list,
    "in_force_on": str,
    "first_seen_at": datetime,
    "last_seen_at": datetime,
    "mentions": int,
    "publishers": int,
    "outlet": str,
    "url": str,
    "revision": int,
}
"""The columns of a measure and what is in them; outlet and address are those of its earliest article."""

ALL_MEASURES = """
select measures.id, measures.title, measures.status,
    (select json_group_array(sector) from
        (select sector from measure_sectors where measure_id = measures.id order by position)) as sectors,
    instrument, instruments.name_id as instrument_name_id, instruments.name_en as instrument_name_en,
    actor, actors.name_id as actor_name_id, actors.name_en as actor_name_en,
    regulations, amounts, regions, beneficiaries, in_force_on, measures.first_seen_at, last_seen_at, mentions,
    publishers,
    articles.outlet, articles.url, revision
from measures
join articles on articles.id = article_id
join instruments on instruments.code = instrument
join actors on actors.code = actor
"""

MENTION: dict[str, type] = {
    "id": int,
    "measure_id": str,
    "published_at": datetime,
    "outlet": str,
    "title": str,
    "quote": str,
    "what": str,
    "sectors": list,
    **NAMED,
    "status": str,
    "confidence": float,
    "start_char": int,
    "end_char": int,
    "extractor_version": str,
    "article_id": int,
    "first_seen_at": datetime,
    "withdrawn_at": datetime,
    "url": str,
}
"""The columns of a mention and what is in them."""

MENTIONS = """
select mentions.id, measure_id, coalesce(published_at, first_seen_at) as published_at, outlet, title, quote, what,
    (select json_group_array(sector) from
        (select sector from mention_sectors where mention_id = mentions.id order by position)) as sectors,
    instrument, instruments.name_id as instrument_name_id, instruments.name_en as instrument_name_en,
    actor, actors.name_id as actor_name_id, actors.name_en as actor_name_en,
    status, confidence, start_char, end_char, mentions.extractor_version, article_id, first_seen_at, withdrawn_at, url
from mentions
join articles on articles.id = article_id
join instruments on instruments.code = instrument
join actors on actors.code = actor
"""
