"""Measures: mentions of one act, across outlets and weeks, joined as they are stored."""

from __future__ import annotations

import json
import zlib
from array import array
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache, partial
from typing import Any

from crawler.extractors.particulars import Amount, Change, Facts, facts
from crawler.merging import lineage
from crawler.merging.acts import NONE, Mark, content_words, issuer_of, likeness
from crawler.merging.histories import carried_on, histories
from crawler.merging.lineage import Kind
from crawler.merging.lines import Line, Told
from crawler.merging.openings import opening
from crawler.merging.places import place_of
from crawler.merging.words import short
from crawler.taxonomy import group_of
from db import Database, decisions, lineages
from db import measures as table
from db.measures import Compared, Row

NEAREST = 6
"""Of the mentions before one that share a key with it, those looked at for the act that it repeats."""
WORD_KEYS = 8
"""Words of a quote that are keys, chosen by their hash: of two quotes half alike one is shared 24 times in 25."""


def join_measures(db: Database, articles: Collection[int], left: Collection[str] = ()) -> None:
    """Let the mentions of articles, new or changed, join their measures; `left` names measures that lost a mention."""
    moved = place_marks(db, articles)
    rebuild_measures(db, moved - carry_on(db, moved), left)


def place_marks(db: Database, articles: Collection[int]) -> set[int]:
    """Bring the marks of the articles' mentions up to date; returns these mentions and all that have another parent."""
    before = table.marks_of_articles(db, articles)
    wanted = marks_of(table.of_articles(db, articles))
    outdated = [one for one, mark in before.items() if one not in wanted or differs(mark, *wanted[one])]
    moved: set[int] = set()
    kind = kind_for_now(db)
    for one in outdated:
        moved |= lineage.remove(db, kind, one)
    kind = kind_for_now(db)
    added = [one for one in wanted if one not in before or one in outdated]
    for one in added:
        moved |= lineage.add(db, kind, *wanted[one])
    moved |= adopt_decided(db, kind, added)
    return (moved - before.keys()) | wanted.keys()


def adopt_decided(db: Database, kind: Kind[Mark], parents: Sequence[int]) -> set[int]:
    """Give the mentions for which people chose one of these parents, perhaps before it was stored, that parent."""
    children = decisions.children(db, parents)
    for child in children:
        lineage.adopt(db, kind, child)
    return set(children)


def carry_on(db: Database, moved: Collection[int]) -> set[int]:
    """Let new mentions that come last in their measures join these as they stand; returns those for which that is done.

    Whatever the measures of the others share with them is told anew afterwards, so that nothing rests on a line that
    has changed meanwhile.
    """
    rows = table.told(db, table.fresh(db, moved))
    lines: dict[str, Line] = {}
    kept = {}
    for mention, measure, place, line in table.lines(db, {row["parent"] for row in rows if row["parent"] is not None}):
        kept[mention] = lines.setdefault(measure, Line.unpacked(line)), place
    measures, late = carried_on(map(as_told, rows), kept)
    table.save_measures(db, measures)
    return {row["id"] for row in rows} - late


def rebuild_measures(db: Database, moved: Collection[int], left: Collection[str] = ()) -> None:
    """Tell anew the measures of these mentions, and those that they belonged to."""
    before = table.measures_of(db, moved) | set(left)
    touched = {*moved, *table.companions(db, before)}
    roots = set(lineages.roots(db, lineages.MENTIONS, touched).values())
    rows = table.told(db, lineages.descendants(db, lineages.MENTIONS, roots))
    before |= {row["measure_id"] for row in rows if row["measure_id"] is not None}
    table.save_measures(db, histories(map(as_told, rows)), before)


def marks_of(rows: Iterable[Row]) -> dict[int, tuple[dict[str, Any], list[int]]]:
    """By mention, its mark as a row, and its keys."""
    found = {}
    number, article = 0, None
    for row in rows:
        number = number + 1 if row["article_id"] == article else 0
        article = row["article_id"]
        sectors = json.loads(row["sectors"])
        found_facts, stems = facts(row["quote"]), content_words(row["quote"])
        keys = keys_of(row["instrument"], stems, [row["url"], *found_facts.regulations])
        mark = {
            "id": row["id"],
            "article_id": article,
            "place": place_of(row["at"], row["url"], number),
            "issuer": issuer_of(row["actor"]),
            "sectors": " ".join(sorted(sectors)),
            "words": short(stems),
            "facts": pack(found_facts),
            "status": row["status"],
            "opening": opening(row["quote"]),
        }
        found[row["id"]] = mark, keys
    return found


def keys_of(instrument: str, stems: Iterable[str], names: Iterable[str]) -> list[int]:
    """What mentions of one act by this instrument are found by: some of its words, its article, the rules it names."""
    words = sorted({zlib.crc32(f"{instrument} {word}".encode()) for word in stems})[:WORD_KEYS]
    return sorted({*words, *(zlib.crc32(f"{instrument} {name}".encode()) for name in names)})


def differs(before: Row, mark: Mapping[str, Any], keys: Sequence[int]) -> bool:
    return before["keys"] != lineages.packed(keys) or any(before[name] != value for name, value in mark.items())


def pack(found: Facts) -> str:
    """Facts as JSON; empty where there are none."""
    if found == NONE:
        return ""
    days = [day.isoformat() for day in found.in_force]
    return json.dumps([found.regulations, found.amounts, found.changes, days])


def unpack(packed: str) -> Facts:
    if not packed:
        return NONE
    regulations, amounts, changes, days = json.loads(packed)
    return Facts(
        tuple(regulations),
        tuple(Amount(*amount) for amount in amounts),
        tuple(Change(Amount(*before), Amount(*after)) for before, after in changes),
        tuple(map(date.fromisoformat, days)),
    )


@lru_cache(maxsize=10_000)
def as_mark(row: Compared) -> Mark:
    """Remembered, since mentions of one act come in crowds that are compared with the same few before them."""
    _, place, article, start, end, issuer, sectors, words, found, status, begins = row
    groups, words_of = groups_of(sectors), frozenset(array("H", words))
    return Mark(place, article, start or 0, end or 0, issuer, sectors, groups, words_of, unpack(found), status, begins)


@lru_cache(maxsize=10_000)
def groups_of(sectors: str) -> frozenset[str]:
    return frozenset(map(group_of, sectors.split()))


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


def kind_for_now(db: Database) -> Kind[Mark]:
    """What mentions are compared by; it remembers the marks that it has read, so it serves until one is changed."""
    decided = decisions.parents if decisions.exist(db) else no_decisions
    return Kind(lineages.MENTIONS, NEAREST, partial(load, {}), likeness, decided)


def no_decisions(_db: Database, _ids: Collection[int]) -> dict[int, int | None]:
    return {}


def load(known: dict[int, Mark], db: Database, ids: Collection[int]) -> dict[int, Mark]:
    missing = [one for one in ids if one not in known]
    if missing:
        known.update((row[0], as_mark(row)) for row in table.compared(db, missing))
    return known
