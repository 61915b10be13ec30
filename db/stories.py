"""Stories: articles that descend from one, the earliest, by which the story is named."""

from __future__ import annotations

import json
from collections.abc import Collection

from sqlite_utils import Database

from db import lineages
from db.lineages import ARTICLES
from db.models import Sketch

Sketched = tuple[str, int, int, bytes, bytes]


def sketched(db: Database, ids: Collection[int]) -> dict[int, Sketched]:
    """Outlet, place, title, shingles and numbers of these articles."""
    rows = db.execute(
        "select sketch.id, outlet, place, sketch.title, shingles, numbers from article_sketches as sketch"
        " join articles on articles.id = sketch.id where sketch.id in (select value from json_each(?))",
        [json.dumps(list(ids))],
    )
    return {row[0]: (row[1], *row[2:]) for row in rows}


def sketch_of(db: Database, article_id: int) -> tuple[int, bytes, bytes] | None:
    """Place, keys and shingles of an article's sketch, if it has one."""
    row: tuple[int, bytes, bytes] | None = db.execute(
        "select place, keys, shingles from article_sketches where id = ?", [article_id]
    ).fetchone()
    return row


def kept_sketches(db: Database, ids: Collection[int]) -> dict[int, Sketch]:
    """The sketches of these articles, of those that have one."""
    rows = db.execute(
        "select id, keys, title, shingles, numbers from article_sketches where id in (select value from json_each(?))",
        [json.dumps(list(ids))],
    )
    return {row[0]: Sketch(tuple(lineages.unpacked(row[1])), *row[2:]) for row in rows}


def texts(db: Database, ids: Collection[int]) -> list[tuple[int, str, str | None]]:
    """Number, title and text of these articles."""
    return db.execute(
        "select id, title, text from articles where id in (select value from json_each(?))", [json.dumps(list(ids))]
    ).fetchall()


def all_articles(db: Database) -> list[int]:
    """All articles in the order of time."""
    return [row[0] for row in db.execute("select id from articles order by coalesce(published_at, first_seen_at)")]


def waiting(db: Database) -> list[int]:
    """The articles that have no sketch, or a mention without a mark."""
    rows = db.execute(
        "select id from articles where id not in (select id from article_sketches)"
        " union select article_id from mentions where id not in (select id from mention_marks)"
    )
    return [row[0] for row in rows]


def times(db: Database, ids: Collection[int]) -> list[tuple[int, str, str]]:
    """Number, address and time of these articles: when they were published, else first seen."""
    return db.execute(
        "select id, url, coalesce(published_at, first_seen_at) from articles"
        " where id in (select value from json_each(?))",
        [json.dumps(list(ids))],
    ).fetchall()


def regroup(db: Database, moved: Collection[int]) -> None:
    """Bring the stories up to date after these articles have found other parents."""
    if not moved:
        return
    roots = lineages.roots(db, ARTICLES, moved)
    before = [row[0] for row in db.execute(STORIES_OF, [json.dumps(list(moved))])]
    touched = json.dumps(sorted({*roots.values(), *before}))
    db.execute("insert or ignore into stories select value, 0, 0 from json_each(?)", [touched])
    db.execute(RELABEL, [json.dumps(list(roots.items()))])
    db.execute(RECOUNT, [touched])
    db.execute("delete from stories where articles = 0 and id in (select value from json_each(?))", [touched])


STORIES_OF = """
select distinct story_id from articles where story_id is not null and id in (select value from json_each(?))
"""
RELABEL = """
with recursive down (id, root) as (
    select value ->> 0, value ->> 1 from json_each(?)
    union select sketch.id, down.root from down join article_sketches as sketch on sketch.parent = down.id)
update articles set story_id = down.root from down where articles.id = down.id and story_id is not down.root
"""
RECOUNT = """
update stories set (articles, publishers) = (
    select count(*), count(distinct iif(publisher = '', slug, publisher))
    from articles join outlets on slug = outlet where story_id = stories.id)
where id in (select value from json_each(?))
"""
