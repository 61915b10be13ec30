"""The mentions of an article, kept by what they quote: what stays the same keeps its row."""

from __future__ import annotations

import hashlib
from base64 import b32encode
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple, TypeVar

from sqlite_utils import Database

from db.measures import measures_of
from db.models import Mention

Value = TypeVar("Value")
Place = tuple[str, int]
"""A quote, and how often it stood in the article before."""


class Changes(NamedTuple):
    """The quotes that an article lost and gained, and the measures that its lost mentions belonged to."""

    gone: list[str]
    new: list[str]
    measures: set[str]


def save_mentions(
    db: Database, article_id: int, url: str, mentions: Sequence[Mention], extractor_version: str
) -> Changes:
    """Bring an article's mentions up to date; a mention that stays keeps its number and its key."""
    rows = db.execute("select quote, id from mentions where article_id = ? order by start_char, key", [article_id])
    stored = by_place(rows.fetchall())
    wanted = by_place([(mention.quote, mention) for mention in sorted(mentions, key=lambda one: one.start)])
    gone = [place for place in stored if place not in wanted]
    left = measures_of(db, [stored[place] for place in gone])
    db.conn.executemany("delete from mentions where id = ?", [(stored[place],) for place in gone])
    for place, mention in wanted.items():
        row = mention_row(mention) | {"article_id": article_id, "extractor_version": extractor_version}
        if place in stored:
            update(db, stored[place], row, mention.sectors)
        else:
            insert(db, row | {"key": mention_key(url, *place)}, mention.sectors)
    return Changes([quote for quote, _ in gone], [place[0] for place in wanted if place not in stored], left)


def by_place(pairs: Iterable[tuple[str, Value]]) -> dict[Place, Value]:
    """What belongs to each quote, by the quote and how often it stood before."""
    seen: Counter[str] = Counter()
    found = {}
    for quote, value in pairs:
        found[quote, seen[quote]] = value
        seen[quote] += 1
    return found


def mention_key(url: str, quote: str, before: int) -> str:
    """A name for a mention that outlives its row: twelve letters and digits, from the address and the quote."""
    digest = hashlib.blake2b(f"{url}\n{quote}\n{before}".encode(), digest_size=8).digest()
    return b32encode(digest).decode().lower()[:12]


def mention_row(mention: Mention) -> dict[str, Any]:
    return {
        "start_char": mention.start,
        "end_char": mention.end,
        "quote": mention.quote,
        "actor": mention.actor,
        "instrument": mention.instrument,
        "status": mention.status,
        "what": mention.what,
        "confidence": mention.confidence,
    }


def insert(db: Database, row: dict[str, Any], codes: Sequence[str]) -> None:
    columns, marks = ", ".join(row), ", ".join(f":{name}" for name in row)
    mention_id = db.execute(f"insert into mentions ({columns}) values ({marks})", row).lastrowid  # noqa: S608
    assert mention_id is not None  # noqa: S101 - an insert has a row
    insert_sectors(db, mention_id, codes)


def update(db: Database, mention_id: int, row: dict[str, Any], codes: Sequence[str]) -> None:
    marks = ", ".join(f"{name} = :{name}" for name in row)
    db.execute(f"update mentions set {marks} where id = :id", row | {"id": mention_id})  # noqa: S608
    db.execute("delete from mention_sectors where mention_id = ?", [mention_id])
    insert_sectors(db, mention_id, codes)


def insert_sectors(db: Database, mention_id: int, codes: Sequence[str]) -> None:
    db.conn.executemany(
        "insert into mention_sectors (mention_id, sector, position) values (?, ?, ?)",
        [(mention_id, code, position) for position, code in enumerate(codes)],
    )


def fill_keys(db: Database) -> None:
    """Give a key to the mentions that were stored before there were keys."""
    rows = db.execute(
        "select mentions.id, url, quote, (select count(*) from mentions as earlier where earlier.article_id ="
        " mentions.article_id and earlier.quote = mentions.quote and earlier.start_char < mentions.start_char)"
        " from mentions join articles on articles.id = article_id where key is null"
    ).fetchall()
    keys = [(mention_key(url, quote, before), mention_id) for mention_id, url, quote, before in rows]
    db.conn.executemany("update mentions set key = ? where id = ?", keys)
