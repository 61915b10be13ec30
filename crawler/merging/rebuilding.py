"""Stories and measures found anew from what is stored: after an update of Jurus, or to undo decisions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from crawler.merging import measures, stories
from crawler.merging.sketches import sketch
from db import Database, lineages, writing
from db import measures as measure_table
from db import stories as story_table
from db.mentions import fill_keys

BATCH = 500


def catch_up(db: Database) -> int:
    """Join what was stored before there were stories and measures; returns how many articles that were."""
    with writing(db):
        fill_keys(db)
        waiting = story_table.waiting(db)
        for batch in _batches(waiting):
            _join(db, batch)
    return len(waiting)


def rebuild(db: Database) -> int:
    """Find all stories and measures anew, in one transaction; decisions by hand are kept. Returns how many articles.

    Revisions rise only where something came out otherwise than before.
    """
    with writing(db):
        fill_keys(db)
        articles = story_table.all_articles(db)
        lineages.forget(db, lineages.ARTICLES)
        lineages.clear(db, lineages.MENTIONS)
        for batch in _batches(articles):
            _join(db, batch)
        story_table.regroup(db, articles)
        for batch in _batches(measure_table.all_mentions(db)):
            measures.rebuild_measures(db, batch)
        measure_table.delete_empty(db)
    return len(articles)


def _join(db: Database, articles: Sequence[int]) -> None:
    texts = story_table.texts(db, articles)
    kept = story_table.kept_sketches(db, articles)
    sketches = {one: kept[one] if text is None and one in kept else sketch(title, text) for one, title, text in texts}
    lineages.drop(db, lineages.ARTICLES, list(kept))
    stories.join_stories(db, sketches)
    measures.join_measures(db, articles)


def _batches(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    return (ids[start : start + BATCH] for start in range(0, len(ids), BATCH))
