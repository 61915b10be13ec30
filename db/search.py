"""Searching: which articles, or which measures, speak of what was typed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from db import full_text, queries, search_query
from db.listing import SECTORS, are_few, fits, given, matching

Row = dict[str, Any]

NEWEST = 5_000
"""So many of the newest matches are ranked: a word that half of all articles hold must not take seconds."""
MOST_FORMS = 60
PER_RESULT = 10
"""So many of the best matches are looked at for each result wanted: several quotes may tell of one measure."""
SNIPPET_WORDS = 24


@dataclass(frozen=True, slots=True)
class Index:
    """One way to search: a full-text table, what its rows stand for, and the weight of a match in each column."""

    table: str
    joins: str
    stands_for: str
    weights: str


TEXTS = Index("articles_fts", "", "articles_fts.rowid", "8.0, 1.0")
QUOTES = Index(
    "mentions_fts",
    "join mentions as quoted on quoted.id = mentions_fts.rowid"
    " join articles on articles.id = quoted.article_id and articles.text is null",
    "quoted.article_id",
    "1.0",
)
"""Of articles whose text is not kept."""
MEASURES = Index(
    "mentions_fts",
    "join mentions as quoted on quoted.id = mentions_fts.rowid and quoted.measure_id is not null",
    "quoted.measure_id",
    "1.0",
)
"""By the quotes that tell of them; a measure's title is words of one of these."""


@dataclass(frozen=True, slots=True)
class Hit:
    """What was found (an article's or a measure's id), its rank (less is better), and the row that says so."""

    found: int | str
    rank: float
    index: Index
    row: int


def articles(db: Database, query: str, limit: int = 20, **wanted: str | None) -> list[Row]:
    """The articles that match, the best first, with a snippet in which the words found stand in square brackets.

    Words count in all their forms, more in a title than in a text; where an outlet's texts are not kept, its quotes
    are searched. `wanted` as in `listing.articles`. Raises QueryError.
    """
    values = given(wanted) | {"match": expression(db, query)}
    hits = ranked(db, TEXTS, fits(db, TEXTS.stands_for, wanted), values, limit)
    if db.execute("select 1 from outlets where keep = 'quotes'").fetchone():
        hits += ranked(db, QUOTES, fits(db, QUOTES.stands_for, wanted), values, limit)
    chosen = best(hits, limit)
    rows = {row["id"]: row for row in db.query(ARTICLES, {"ids": json.dumps([hit.found for hit in chosen])})}
    return [
        rows[hit.found] | {"sectors": json.loads(rows[hit.found]["sectors"]), "snippet": text}
        for hit, text in with_snippets(db, chosen, values["match"])
    ]


def measures(db: Database, query: str, limit: int = 20, **wanted: str | None) -> list[Row]:
    """The measures of which a quote matches, the best first, with a snippet of it; `wanted` as in `queries`."""
    match = expression(db, query)
    chosen = best_measures(db, match, limit, wanted)
    ids = json.dumps([hit.found for hit in chosen])
    found = db.query(f"{queries.MEASURES} where measures.id in (select value from json_each(?))", [ids])  # noqa: S608
    rows = {row["id"]: queries.read_measure(row) for row in found}
    return [rows[str(hit.found)] | {"snippet": text} for hit, text in with_snippets(db, chosen, match)]


def measure_ids(db: Database, query: str, limit: int, **wanted: str | None) -> list[str]:
    """The same measures in the same order, their ids only. Raises QueryError."""
    return [str(hit.found) for hit in best_measures(db, expression(db, query), limit, wanted)]


def best_measures(db: Database, match: str, limit: int, wanted: Mapping[str, str | None]) -> list[Hit]:
    values = given(wanted) | {"match": match}
    return best(ranked(db, MEASURES, of_measures(db, wanted), values, limit), limit)


def of_measures(db: Database, wanted: Mapping[str, str | None]) -> str:
    """The condition that the measure of a quote fits all filters.

    Where few quotes tell of a sector, they are made a set first (the plus keeps SQLite from walking through it), so
    that the measures of no others are looked up.
    """
    fitting = matching(queries.OF_MEASURE, wanted)
    if not fitting:
        return "true"
    one_fits = f"exists (select 1 from measures where measures.id = {MEASURES.stands_for} and {fitting})"  # noqa: S608
    if wanted.get("sector") is None or not are_few(db, wanted):
        return one_fits
    return f"+{MEASURES.table}.rowid in ({QUOTES_OF_SECTOR}) and {one_fits}"


def expression(db: Database, query: str) -> str:
    """A query as typed in the language of FTS5, each word in all its forms. Raises QueryError."""
    return search_query.expression(search_query.parse(query), lambda word: full_text.family(db, word, MOST_FORMS))


def ranked(db: Database, index: Index, where: str, values: Row, limit: int) -> list[Hit]:
    """The best of the newest matches, in one walk through these."""
    rowid = f"{index.table}.rowid"
    rows = db.execute(
        f"""
        select found, rank, id from (
            select {index.stands_for} as found, bm25({index.table}, {index.weights}) as rank, {rowid} as id
            from {index.table} {index.joins} where {index.table} match :match and {where}
            order by {rowid} desc limit {NEWEST})
        order by rank, id desc limit {limit * PER_RESULT}
        """,  # noqa: S608
        values,
    )
    return [Hit(found, rank, index, row) for found, rank, row in rows]


def best(hits: Iterable[Hit], limit: int) -> list[Hit]:
    """The best hit for each article or measure, the newer first where two are as good."""
    first: dict[int | str, Hit] = {}
    for hit in sorted(hits, key=lambda hit: (hit.rank, -hit.row)):
        first.setdefault(hit.found, hit)
    return list(first.values())[:limit]


def with_snippets(db: Database, hits: list[Hit], match: str) -> Iterator[tuple[Hit, str]]:
    """Each hit with the words found and what stands around them."""
    snippets: dict[tuple[str, int], str] = {}
    for table in {hit.index.table for hit in hits}:
        rows = [hit.row for hit in hits if hit.index.table == table]
        texts = db.execute(  # the plus: one walk through the matches, not one search for each row
            f"select rowid, snippet({table}, -1, '[', ']', '…', {SNIPPET_WORDS}) from {table}"  # noqa: S608
            f" where {table} match :match and rowid >= :oldest and +rowid in (select value from json_each(:rows))",
            {"match": match, "oldest": min(rows), "rows": json.dumps(rows)},
        )
        snippets |= {(table, row): text for row, text in texts}
    return ((hit, snippets[hit.index.table, hit.row]) for hit in hits)


QUOTES_OF_SECTOR = """
select mentions.id from measure_sectors join mentions on mentions.measure_id = measure_sectors.measure_id
where sector in (select code from sectors where code = :sector or sector_group = :sector)
"""

ARTICLES = f"""
select articles.id, coalesce(published_at, first_seen_at) as published_at, outlet, title,
    {SECTORS}, url
from json_each(:ids) join articles on articles.id = value
"""  # noqa: S608
