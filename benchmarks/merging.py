"""How far mentions of one article are merged as people group them: articles whose mentions carry the number of an act.

    python -m benchmarks.merging dev.jsonl

All articles go into one database, a day apart, with the mentions that people marked. Of each two mentions of an
article it is asked whether they tell of one act, and whether they came into one measure. Prints precision and recall.
"""

from __future__ import annotations

import argparse
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import combinations
from pathlib import Path

from benchmarks import corpus
from crawler.extractors.measures.training.articles import GoldArticle, GoldMention, read_gold
from crawler.keeping import keep
from db import Database, connect
from db.models import Article, Mention, Visit


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    articles = read_gold(parser.parse_args().gold)
    with tempfile.TemporaryDirectory() as folder, connect(Path(folder) / "merging.db") as db:
        corpus.prepare(db)
        keep(db, [visit(number, article) for number, article in enumerate(articles)])
        counted = Counter(pair for number, article in enumerate(articles) for pair in pairs(db, number, article))
    right, wrong, missed = counted[True, True], counted[False, True], counted[True, False]
    precision, recall = right / (right + wrong), right / (right + missed)
    f1 = 2 * precision * recall / (precision + recall)
    print(f"{sum(counted.values())} pairs of mentions in {len(articles)} articles, {right + missed} of one act")
    print(f"in one measure: precision {precision:.3f}, recall {recall:.3f}, F1 {f1:.3f}")


def visit(number: int, gold: GoldArticle) -> Visit:
    url, outlet, at = address(number), corpus.outlet(number), corpus.NEWEST + timedelta(days=number)
    article = Article(url=url, canonical_url=url, outlet=outlet, title=gold.title, published_at=at, text=gold.text)
    mentions = tuple(mention(gold.text, one) for one in gold.mentions)
    return Visit(url, outlet, url, "", "stored", at, None, article, mentions, "gold")


def address(number: int) -> str:
    return f"https://{corpus.outlet(number)}.test/read/{number}"


def mention(text: str, gold: GoldMention) -> Mention:
    quote = text[gold.start : gold.end]
    return Mention(
        gold.start, gold.end, quote, gold.actor, gold.instrument, gold.sectors, gold.status, what=quote, confidence=1.0
    )


def pairs(db: Database, number: int, gold: GoldArticle) -> Iterator[tuple[bool, bool]]:
    """Of each two mentions of an article: whether they tell of one act, and whether they are of one measure."""
    rows = db.execute(
        "select start_char, end_char, instrument, measure_id from mentions"
        " join articles on articles.id = article_id where url = ?",
        [address(number)],
    )
    measure_of = {tuple(row[:3]): row[3] for row in rows}
    told: Sequence[tuple[int, str]] = [
        (one.act, measure_of[one.start, one.end, one.instrument]) for one in gold.mentions
    ]
    for one, other in combinations(told, 2):
        yield one[0] == other[0], one[1] == other[1]


if __name__ == "__main__":
    main()
