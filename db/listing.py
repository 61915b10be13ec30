"""Lists of articles and of mentions for people and their spreadsheets, with the filters that all listings share."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from sqlite_utils import Database

Row = dict[str, Any]

OF_MENTIONS = {
    "sector": "exists (select 1 from mention_sectors join sectors on sectors.code = mention_sectors.sector"
    " where mention_id = mentions.id and (sectors.code = :sector or sector_group = :sector))",
    "instrument": "mentions.instrument = :instrument",
    "actor": "(mentions.actor = :actor or mentions.actor like :actor || '.%')",
    "status": "mentions.status = :status",
}
OF_ARTICLES = {
    "outlet": "articles.outlet = :outlet",
    "since": "coalesce(published_at, first_seen_at) >= :since",
    "until": "coalesce(published_at, first_seen_at) < :until",
}


def article_filters(wanted: Mapping[str, str | None]) -> tuple[str, dict[str, Any]]:
    """The condition on `articles` for these filters, with its values; those of mentions must fit one and the same."""
    given = {key: value for key, value in wanted.items() if value is not None}
    conditions = [OF_ARTICLES[key] for key in given if key in OF_ARTICLES]
    if of_mentions := [OF_MENTIONS[key] for key in given if key in OF_MENTIONS]:
        fitting = " and ".join(of_mentions)
        conditions.append(f"exists (select 1 from mentions where article_id = articles.id and {fitting})")  # noqa: S608
    return " and ".join(conditions) or "true", given


def articles(db: Database, limit: int, **wanted: str | None) -> list[Row]:
    """Articles, newest first. `wanted` takes the keys of OF_MENTIONS and OF_ARTICLES; times are stored times."""
    where, values = article_filters(wanted)
    rows = db.query(
        f"""
        select articles.id, coalesce(published_at, first_seen_at) as published_at, outlet, title, section, authors,
            tags, (select count(*) from mentions where article_id = articles.id) as mentions,
            (select json_group_array(distinct sector) from mentions join mention_sectors on mention_id = mentions.id
                where article_id = articles.id) as sectors,
            modified_at, withdrawn_at, url
        from articles where {where}
        order by coalesce(published_at, first_seen_at) desc, articles.id desc limit :limit
        """,  # noqa: S608
        values | {"limit": limit},
    )
    return [row | {key: json.loads(row[key]) for key in ("authors", "tags", "sectors")} for row in rows]
