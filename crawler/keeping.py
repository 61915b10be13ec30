"""Visits into the database: articles join their stories and mentions their measures as they are stored."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from crawler.merging.measures import join_measures
from crawler.merging.sketches import sketch
from crawler.merging.stories import join_stories
from crawler.revisions import difference, is_revision
from db import Database, store, writing
from db.models import Article, Mention, Saved, Visit


def keep(db: Database, visits: Sequence[Visit]) -> list[str | None]:
    """Store a batch of visits in one transaction; for each, whether its article is new, updated or unchanged.

    None stands for a visit without an article. What changed in an article is kept as its revision.
    """
    with writing(db):
        saved = store.save_visits(db, visits)
        changed = [
            (visit, visit.article, one)
            for visit, one in zip(visits, saved, strict=True)
            if one is not None and visit.article is not None and one.outcome != "unchanged"
        ]
        sketches = {one.article_id: visit.sketch or sketch(said.title, said.text) for visit, said, one in changed}
        join_stories(db, sketches)
        join_measures(db, sketches, {measure for _, _, one in changed for measure in one.measures})
        for visit, article, one in changed:
            keep_revision(db, visit, article, one)
    return [one.outcome if one else None for one in saved]


def keep_retagged(db: Database, tagged: Mapping[int, Sequence[Mention]], extractor_version: str) -> None:
    """Give stored articles (by number) the mentions that another extractor found, and these their measures."""
    with writing(db):
        left = store.save_retagged(db, tagged, extractor_version)
        join_measures(db, tagged, left)


def keep_revision(db: Database, visit: Visit, article: Article, saved: Saved) -> None:
    before = saved.before
    if before is not None and is_revision(before, article, visit.extractor_version):
        store.save_revision(db, saved.article_id, visit.at, before, difference(before, article))
