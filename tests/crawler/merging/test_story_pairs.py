"""Stories found in real articles, against pairs that a person has read and judged.

The pairs are kept as numbers of the corpus, which lies beside the checkout. They were drawn over the whole range of
overlap, within and across outlets: wire copies, abridged and rewritten releases; and against them follow-ups,
round-ups, daily price lists, and reports of one event that were written apart. Pairs that a reader could not decide
are left out.
"""

import gzip
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from crawler.merging.sketches import sketch
from crawler.merging.stories import join_stories
from db import Database, store
from db.models import Article, Visit

CORPUS = Path(__file__).parents[3] / "../shared/corpus/articles.jsonl.gz"
PAIRS = [line.split("\t") for line in (Path(__file__).parent / "story_pairs.tsv").read_text().splitlines()]
BATCH = 200

pytestmark = pytest.mark.skipif(not CORPUS.exists(), reason="the corpus of real articles is not beside the checkout")


def articles() -> list[tuple[str, Article]]:
    """The articles of the pairs and a quarter of all others, so that each has strangers about it, in order of time."""
    with gzip.open(CORPUS, "rt", encoding="utf-8") as lines:
        rows = {row["id"]: row for row in map(json.loads, lines) if row["date"]}
    paired = {one for pair in PAIRS for one in pair[:2]}
    chosen = [row for name, row in rows.items() if name in paired or int(name[1:]) % 4 == 0]
    return [(row["id"], article(row)) for row in sorted(chosen, key=lambda row: (row["date"], row["id"]))]


def article(row: dict[str, str]) -> Article:
    url = f"https://warta.test/{row['id']}"
    at = datetime.fromisoformat(row["date"]).replace(tzinfo=UTC) + timedelta(seconds=int(row["id"][1:]))
    return Article(url, url, row["outlet"], row["title"], published_at=at, text=row["text"])


def test_stories_agree_with_a_careful_reader(db: Database):
    stored = articles()
    save_outlets(db, {one.outlet for _, one in stored})
    for start in range(0, len(stored), BATCH):
        batch = [one for _, one in stored[start : start + BATCH]]
        visits = [Visit(one.url, one.outlet, "feed", "", "stored", datetime.now(UTC), article=one) for one in batch]
        saved = [one.article_id for one in store.save_visits(db, visits) if one]
        join_stories(db, {at: sketch(one.title, one.text) for at, one in zip(saved, batch, strict=True)})
    story = {url.rpartition("/")[2]: story_id for url, story_id in db.execute("select url, story_id from articles")}
    found = [(story[one] == story[other], judged == "same") for one, other, judged in PAIRS]
    both = sum(program and reader for program, reader in found)
    assert both / sum(program for program, _ in found) >= 0.95
    assert both / sum(reader for _, reader in found) >= 0.85


def save_outlets(db: Database, slugs: set[str]) -> None:
    store.save_codes(
        db, "outlets", [{"slug": slug, "title": slug, "home": "https://warta.test", "keep": "text"} for slug in slugs]
    )


def test_there_are_enough_pairs_of_both_kinds():
    assert len(PAIRS) >= 200
    assert min(sum(pair[2] == kind for pair in PAIRS) for kind in ("same", "different")) >= 100
    assert len({tuple(pair[:2]) for pair in PAIRS}) == len(PAIRS)
