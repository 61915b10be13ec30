"""Searching: which articles speak of what was typed."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from db import full_text, search_query
from db.listing import fits, given

Row = dict[str, Any]

NEWEST = 5_000
"""So many of the newest matches are ranked: a word that half of all articles hold must not take seconds."""
MOST_FORMS = 60
SNIPPET_WORDS = 24


@dataclass(frozen=True, slots=True)
class Index:
    """One full-text table: which articles its rows belong to, and what a match in each of its columns weighs."""

    table: str
    joins: str
    article: str
    weights: str


@dataclass(frozen=True, slots=True)
class Hit:
    """An article found: its rank (less is better), and the table and row that it was found by."""

    article: int
    rank: float
    table: str
    row: int


TEXTS = Index("articles_fts", "", "articles_fts.rowid", "8.0, 1.0")
QUOTES = Index(
    "mentions_fts",
    "join mentions as quoted on quoted.id = mentions_fts.rowid"
    " join articles on articles.id = quoted.article_id and articles.text is null",
    "quoted.article_id",
    "1.0",
)


def search(db: Database, query: str, limit: int = 20, **wanted: str | None) -> list[Row]:
    """The articles that match, the best first, with a snippet in which the words found stand in square brackets.

    Words count in all their forms, more in a title than in a text; where an outlet's texts are not kept, its quotes
    are searched. `wanted` as in `listing.articles`. Raises QueryError.
    """
    values = given(wanted) | {"match": expression(db, query)}
    hits = ranked(db, TEXTS, fits(TEXTS.article, wanted), values, limit)
    if db.execute("select 1 from outlets where keep = 'quotes'").fetchone():
        hits += ranked(db, QUOTES, fits(QUOTES.article, wanted), values, limit)
    best: dict[int, Hit] = {}
    for hit in sorted(hits, key=lambda hit: (hit.rank, -hit.article)):
        best.setdefault(hit.article, hit)
    chosen = dict(list(best.items())[:limit])
    snippets: dict[tuple[str, int], str] = {}
    for index in (TEXTS, QUOTES):
        found = [hit.row for hit in chosen.values() if hit.table == index.table]
        snippets |= {(index.table, row): text for row, text in snippets_of(db, index, found, values)}
    rows = {row["id"]: row for row in db.query(HITS, {"ids": json.dumps(list(chosen))})}
    return [
        rows[at] | {"sectors": json.loads(rows[at]["sectors"]), "snippet": snippets[hit.table, hit.row]}
        for at, hit in chosen.items()
    ]


def expression(db: Database, query: str) -> str:
    """A query as typed in the language of FTS5, each word in all its forms. Raises QueryError."""
    return search_query.expression(search_query.parse(query), lambda word: full_text.family(db, word, MOST_FORMS))


def ranked(db: Database, index: Index, where: str, values: Row, limit: int) -> list[Hit]:
    """The best of the newest matches."""
    matching = f"from {index.table} {index.joins} where {index.table} match :match and {where}"
    oldest = db.execute(
        f"select min(id) from (select {index.table}.rowid as id {matching}"  # noqa: S608
        f" order by {index.table}.rowid desc limit {NEWEST})",
        values,
    ).fetchone()[0]
    rows = db.execute(
        f"select {index.article}, bm25({index.table}, {index.weights}), {index.table}.rowid {matching}"
        f" and {index.table}.rowid >= :oldest order by 2 limit :limit",
        values | {"oldest": oldest, "limit": limit},
    )
    return [Hit(article, rank, index.table, row) for article, rank, row in rows]


def snippets_of(db: Database, index: Index, rows: list[int], values: Row) -> list[tuple[int, str]]:
    """The words found in these rows with what stands around them."""
    if not rows:
        return []
    return db.execute(  # the plus: one walk through the matches, not one search for each row
        f"select rowid, snippet({index.table}, -1, '[', ']', '…', {SNIPPET_WORDS}) from {index.table}"  # noqa: S608
        f" where {index.table} match :match and rowid >= :oldest and +rowid in (select value from json_each(:rows))",
        {"match": values["match"], "oldest": min(rows), "rows": json.dumps(rows)},
    ).fetchall()


HITS = """
select articles.id, coalesce(published_at, first_seen_at) as published_at, outlet, title,
    (select json_group_array(distinct sector) from mentions join mention_sectors on mention_id = mentions.id
        where article_id = articles.id) as sectors, url
from json_each(:ids) join articles on articles.id = value
"""
