"""Articles to measure with: real ones from the corpus beside the checkout, repeated with other words to any number.

A copy swaps every other word of the vocabulary for one about as frequent, another for each copy, in text and quotes
alike: the words keep their distribution, no two copies tell the same story, and about as many mentions tell of one act
as in the corpus itself (2.9), where the tax on gold is told of every day.
"""

from __future__ import annotations

import gzip
import json
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count, islice
from multiprocessing import Pool
from pathlib import Path

from crawler import taxonomy
from crawler.extractors.measures import EXTRACTOR_VERSION, tag
from db import Database, store
from db.models import Article, Mention, Visit

CORPUS = Path(__file__).parents[1] / "../shared/corpus/articles.jsonl.gz"
NEWEST = datetime(2026, 11, 24, 5, tzinfo=UTC)
YEAR = timedelta(days=365)
OUTLETS = 40
LENGTHS = range(2_000, 4_500)
"""Texts of about 3 KB."""
WORD = re.compile(r"\w+")

Tagged = tuple[str, str, tuple[Mention, ...]]


def prepare(db: Database) -> None:
    """Store the codes and the outlets to which the articles belong."""
    sectors = taxonomy.load_sectors().values()
    names = [{"code": s.code, "sector_group": s.group, "name_id": s.name_id, "name_en": s.name_en} for s in sectors]
    store.save_codes(db, "sectors", names)
    for table, codes in (("instruments", taxonomy.load_instruments()), ("actors", taxonomy.load_actors())):
        rows = [{"code": c.code, "name_id": c.name_id, "name_en": c.name_en} for c in codes.values()]
        store.save_codes(db, table, rows)
    outlets = [outlet(number) for number in range(OUTLETS)]
    rows = [{"slug": slug, "title": slug, "home": f"https://{slug}.test/", "keep": "text"} for slug in outlets]
    store.save_codes(db, "outlets", rows)


def outlet(number: int) -> str:
    return f"warta{number % OUTLETS}"


def visits(total: int) -> Iterator[Visit]:
    """So many visits, the oldest first, spread over a year; the articles of the corpus are tagged and repeated."""
    with Pool() as pool:
        originals = pool.map(tagged, islice(rows(), total), chunksize=50)
    vocabulary = by_frequency(originals)
    copies = (
        swapped(original, swap) for copy in count() for swap in [swapper(vocabulary, copy)] for original in originals
    )
    for number, (title, text, mentions) in enumerate(islice(copies, total)):
        at = NEWEST - YEAR * (1 - number / total)
        url = f"https://{outlet(number)}.test/read/{number}"
        article = Article(
            url=url,
            canonical_url=url,
            outlet=outlet(number),
            title=title,
            authors=("Redaksi",),
            published_at=at,
            section="ekonomi",
            tags=("industri", "kebijakan"),
            language="id",
            text=text,
        )
        feed = f"https://{outlet(number)}.test/feed"
        yield Visit(url, outlet(number), feed, "", "stored", at, None, article, mentions, EXTRACTOR_VERSION)


def rows() -> Iterator[dict[str, str]]:
    """The articles of a usual length."""
    return (row for row in all_rows() if len(row["text"]) in LENGTHS)


def all_rows() -> Iterator[dict[str, str]]:
    if not CORPUS.exists():
        sys.exit(f"no corpus at {CORPUS.resolve()}: put articles.jsonl.gz there to measure on real text")
    with gzip.open(CORPUS, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def tagged(row: dict[str, str]) -> Tagged:
    return row["title"], row["text"], tuple(tag(row["title"], row["text"]))


def by_frequency(originals: list[Tagged]) -> list[str]:
    counts = Counter(word for _, text, _ in originals for word in WORD.findall(text.lower()))
    return [word for word, _ in counts.most_common()]


def swapper(vocabulary: list[str], copy: int) -> Callable[[str], str]:
    """A function that swaps the words of a text; that of copy 0 leaves it as it is."""
    if copy == 0:
        return str
    chosen = range(copy % 2, len(vocabulary), 2)
    swaps = {vocabulary[rank]: vocabulary[(rank + 2 * copy) % len(vocabulary)] for rank in chosen}
    return lambda text: WORD.sub(lambda found: swaps.get(found.group().lower(), found.group()), text)


def swapped(original: Tagged, swap: Callable[[str], str]) -> Tagged:
    """Offsets move with the words before them."""
    title, text, mentions = original
    moved = []
    for mention in mentions:
        quote = swap(mention.quote)
        start = len(swap(text[: mention.start]))
        moved.append(replace(mention, start=start, end=start + len(quote), quote=quote, what=swap(mention.what)))
    return swap(title), swap(text), tuple(moved)
