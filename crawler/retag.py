"""Reads stored texts again when the lexicon or the model has changed."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context

from crawler.extractors.measures import EXTRACTOR_VERSION, tag
from crawler.keeping import keep_retagged
from db import Database, queries
from db.models import Mention
from db.times import from_text

BATCH = 200  # articles a transaction: what an interruption can cost


@dataclass(slots=True)
class Changes:
    """What reading again has changed: articles read, articles with other mentions, and mentions by kind of change."""

    read: int = 0
    changed: int = 0
    added: int = 0
    removed: int = 0
    recoded: int = 0


def retag(db: Database, workers: int) -> Iterator[Changes]:
    """Read every stored text that another extractor read last; yields the changes so far after each batch.

    Each batch is one transaction and marks its articles as read, so that an interrupted run is taken up where it
    stopped. Articles whose text is not kept stay as they are.
    """
    changes = Changes()
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        while rows := queries.stale_articles(db, EXTRACTOR_VERSION, BATCH):
            found = list(pool.map(tag_row, rows, chunksize=max(1, len(rows) // (4 * workers))))
            tagged = {row["id"]: mentions for row, mentions in zip(rows, found, strict=True)}
            keep_retagged(db, tagged, EXTRACTOR_VERSION)
            for row, mentions in zip(rows, found, strict=True):
                count(changes, codes_stored(row), codes_found(mentions))
            yield changes


def tag_row(row: queries.Row) -> list[Mention]:
    return tag(row["title"], row["text"], from_text(row["published_at"]))


Codes = dict[tuple[int, int, int], tuple[str, str, str, tuple[str, ...]]]


def codes_stored(row: queries.Row) -> Codes:
    """Evidence (start, end, which one of it) -> codes, as stored."""
    return keyed((m[0], m[1], (m[2], m[3], m[4], tuple(m[5]))) for m in row["mentions"])


def codes_found(mentions: list[Mention]) -> Codes:
    """The same of new mentions."""
    return keyed((m.start, m.end, (m.actor, m.instrument, m.status, m.sectors)) for m in mentions)


def keyed(mentions: Iterator[tuple[int, int, tuple[str, str, str, tuple[str, ...]]]]) -> Codes:
    found: Codes = {}
    for start, end, codes in mentions:
        number = sum(key[:2] == (start, end) for key in found)
        found[start, end, number] = codes
    return found


def count(changes: Changes, before: Codes, after: Codes) -> None:
    changes.read += 1
    changes.changed += before != after
    changes.added += len(after.keys() - before.keys())
    changes.removed += len(before.keys() - after.keys())
    changes.recoded += sum(before[key] != after[key] for key in before.keys() & after.keys())
