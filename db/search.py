"""Searching: which articles, and which mentions, speak of what was typed."""

from __future__ import annotations

import json
from typing import Any

from sqlite_utils import Database

from db import full_text, search_query
from db.listing import article_filters

Row = dict[str, Any]

NEWEST = 5_000
"""So many of the newest matches are ranked: a word that half of all articles hold must not take seconds."""
MOST_FORMS = 60
MARKS = ("[", "]")
SNIPPET_WORDS = 24


def search(db: Database, query: str, limit: int = 20, **wanted: str | None) -> list[Row]:
    """The articles that match, the best first, with a snippet in which the words found stand in square brackets.

    Words count in all their forms, more in a title than in a text; where the outlet's texts are not kept, the quotes
    are searched. `wanted` as in `listing.articles`. Raises QueryError.
    """
    match = expression(db, query)
    where, values = article_filters(wanted)
    values |= {"match": match, "newest": NEWEST, "limit": limit}
    ranked: dict[int, tuple[float, str]] = {}
    for article_id, rank, snippet in db.execute(in_articles(where), values):
        ranked[article_id] = rank, snippet
    if db.execute("select 1 from outlets where keep = 'quotes'").fetchone():
        for article_id, rank, snippet in db.execute(in_quotes(where), values):
            if rank < ranked.get(article_id, (0.0, ""))[0]:
                ranked[article_id] = rank, snippet
    best = sorted(ranked, key=lambda article_id: (ranked[article_id][0], -article_id))[:limit]
    found = {row["id"]: row for row in db.query(HITS, {"ids": json.dumps(best)})}
    return [found[at] | {"sectors": json.loads(found[at]["sectors"]), "snippet": ranked[at][1]} for at in best]


def expression(db: Database, query: str) -> str:
    """A query as typed in the language of FTS5, each word in all its forms. Raises QueryError."""
    return search_query.expression(search_query.parse(query), lambda word: full_text.family(db, word, MOST_FORMS))


def in_articles(where: str) -> str:
    """Rank and snippet of the best of the newest matches among titles and texts."""
    filtered = f"join articles on articles.id = articles_fts.rowid where {where} and" if where != "true" else "where"
    return f"""
        select rowid, bm25(articles_fts, 8.0, 1.0),
            snippet(articles_fts, -1, '{MARKS[0]}', '{MARKS[1]}', '…', {SNIPPET_WORDS})
        from articles_fts
        where articles_fts match :match and rowid in (
            select articles_fts.rowid from articles_fts {filtered} articles_fts match :match
            order by articles_fts.rowid desc limit :newest)
        order by 2 limit :limit
    """  # noqa: S608


def in_quotes(where: str) -> str:
    """The same among the quotes of articles whose text is not kept."""
    return f"""
        select article_id, bm25(mentions_fts) as rank,
            snippet(mentions_fts, 0, '{MARKS[0]}', '{MARKS[1]}', '…', {SNIPPET_WORDS})
        from mentions_fts
        join mentions on mentions.id = mentions_fts.rowid
        join articles on articles.id = article_id
        where mentions_fts match :match and articles.text is null and {where}
        order by 2 limit :limit
    """  # noqa: S608


HITS = """
select articles.id, coalesce(published_at, first_seen_at) as published_at, outlet, title,
    (select json_group_array(distinct sector) from mentions join mention_sectors on mention_id = mentions.id
        where article_id = articles.id) as sectors, url
from json_each(:ids) join articles on articles.id = value
"""
