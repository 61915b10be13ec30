"""Measures: mentions of one act, across outlets and weeks, joined as they are stored."""

from __future__ import annotations

import json
import zlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any

import numpy as np

from crawler.extractors.facts import Amount, Change, Facts, facts
from crawler.merging import lineage
from crawler.merging.acts import Mark, content_words, issuer_of, likeness
from crawler.merging.histories import Told, histories
from crawler.merging.lineage import Kind
from crawler.merging.places import place_of
from crawler.merging.words import short
from crawler.taxonomy import group_of
from db import Database, lineages
from db import measures as table
from db.lineages import SECOND
from db.measures import Row

NEAREST = 100
"""Mentions of like kind before a mention that are looked at for the act that it repeats."""


def join_measures(db: Database, articles: Collection[int], left: Collection[str] = ()) -> None:
    """Let the mentions of articles, new or changed, join their measures; `left` names measures that lost a mention."""
    kind = kind_for_one_batch()
    moved = place_marks(db, kind, articles)
    rebuild_measures(db, moved, left)


def place_marks(db: Database, kind: Kind[Mark], articles: Collection[int]) -> set[int]:
    """Bring the marks of the articles' mentions up to date; returns the mentions that have another parent now."""
    before = table.marks(db, "article_id", articles)
    wanted = marks_of(table.of_articles(db, articles))
    outdated = [one for one, mark in before.items() if one not in wanted or differs(mark, *wanted[one])]
    moved: set[int] = set()
    for one in outdated:
        moved |= lineage.remove(db, kind, one)
    added = [one for one in wanted if one not in before or one in outdated]
    for one in added:
        moved |= lineage.add(db, kind, *wanted[one])
    return (moved | adopt_decided(db, kind, added)) - {one for one in before if one not in wanted}


def adopt_decided(db: Database, kind: Kind[Mark], parents: Sequence[int]) -> set[int]:
    """Give the mentions for which people chose one of these parents, perhaps before it was stored, that parent."""
    children = table.decided_children(db, parents)
    for child in children:
        lineage.adopt(db, kind, child)
    return set(children)


def rebuild_measures(db: Database, moved: Collection[int], left: Collection[str] = ()) -> None:
    """Tell anew the measures of these mentions, and those that they belonged to."""
    before = table.measures_of(db, moved) | set(left)
    touched = {*moved, *table.companions(db, before)}
    roots = set(lineages.roots(db, lineages.MENTIONS, touched).values())
    rows = table.told(db, lineages.descendants(db, lineages.MENTIONS, roots))
    before |= {row["measure_id"] for row in rows if row["measure_id"] is not None}
    table.save_measures(db, histories(map(as_told, rows)), before)


def marks_of(rows: Iterable[Row]) -> dict[int, tuple[dict[str, Any], list[int]]]:
    """By mention, its mark as a row, and its keys: one for each group of sectors, with the instrument."""
    found = {}
    number, article = 0, None
    for row in rows:
        number = number + 1 if row["article_id"] == article else 0
        article = row["article_id"]
        sectors = json.loads(row["sectors"])
        keys = sorted({zlib.crc32(f"{row['instrument']} {group_of(sector)}".encode()) for sector in sectors})
        mark = {
            "id": row["id"],
            "article_id": article,
            "place": place_of(row["at"], row["url"], number),
            "issuer": issuer_of(row["actor"]),
            "sectors": " ".join(sorted(sectors)),
            "words": short(content_words(row["quote"])),
            "facts": pack(facts(row["quote"])),
        }
        found[row["id"]] = mark, keys
    return found


def differs(before: Row, mark: Mapping[str, Any], keys: Sequence[int]) -> bool:
    return before["keys"] != lineages.packed(keys) or any(before[name] != value for name, value in mark.items())


def pack(found: Facts) -> str:
    """Facts as JSON; empty where there are none."""
    if found == Facts():
        return ""
    days = [day.isoformat() for day in found.in_force]
    return json.dumps([found.regulations, found.amounts, found.changes, days])


def unpack(packed: str) -> Facts:
    if not packed:
        return Facts()
    regulations, amounts, changes, days = json.loads(packed)
    return Facts(
        tuple(regulations),
        tuple(Amount(*amount) for amount in amounts),
        tuple(Change(Amount(*before), Amount(*after)) for before, after in changes),
        tuple(map(date.fromisoformat, days)),
    )


def as_mark(row: Row) -> Mark:
    words = frozenset(np.frombuffer(row["words"], np.uint16).tolist())
    at = row["place"] // SECOND
    span = row["start_char"] or 0, row["end_char"] or 0
    return Mark(at, row["article_id"], *span, row["issuer"], row["sectors"], words, unpack(row["facts"]))


def as_told(row: Row) -> Told:
    same = ("id", "key", "place", "parent", "at", "publisher", "actor", "instrument", "status", "what", "quote")
    return Told(
        **{name: row[name] for name in same},
        forced=bool(row["forced"]),
        article=row["article_id"],
        sectors=tuple(json.loads(row["sectors"])),
        confidence=row["confidence"],
        facts=unpack(row["facts"]),
    )


def kind_for_one_batch() -> Kind[Mark]:
    """What mentions are compared by; marks that were read once are remembered, which holds within a transaction."""
    return Kind(lineages.MENTIONS, NEAREST, partial(load, {}), likeness, table.decisions)


def load(known: dict[int, Mark], db: Database, ids: Collection[int]) -> dict[int, Mark]:
    missing = [one for one in ids if one not in known]
    if missing:
        known.update((one, as_mark(row)) for one, row in table.marks(db, "id", missing).items())
    return known
