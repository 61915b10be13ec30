"""Rows that may repeat an earlier one: the keys by which they find each other, and the parent that each has found.

A `place` is the order of time: seconds since 1970 in its upper bits, below them a hash of what the row is, so that two
rows never share one and no place depends on which row came first.
"""

from __future__ import annotations

import json
from array import array
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

SECOND = 1 << 30
"""The places within one second."""


@dataclass(frozen=True, slots=True)
class Tables:
    """`items` has id, place, keys, parent and score; `keys` (bucket, place, id), a bucket being a key in one epoch.

    A row looks back over `reach` seconds. An epoch is four times as long: what is new lies together on the disk, and
    most rows have all their neighbours in their own epoch.
    """

    items: str
    keys: str
    reach: int


ARTICLES = Tables("article_sketches", "article_keys", 7 * 86_400)
MENTIONS = Tables("mention_marks", "mention_keys", 90 * 86_400)

Neighbours = dict[int, tuple[list[int], list[int]]]


def add(db: Database, tables: Tables, item: Mapping[str, Any], keys: Sequence[int]) -> None:
    """Insert a row (without a parent) and its keys."""
    row = {**item, "keys": packed(keys)}
    columns, marks = ", ".join(row), ", ".join(f":{name}" for name in row)
    db.execute(f"insert into {tables.items} ({columns}) values ({marks})", row)  # noqa: S608
    epoch = _epoch(tables, row["place"])
    rows = [(epoch << 32 | key, row["place"], row["id"]) for key in keys]
    db.conn.executemany(f"insert into {tables.keys} (bucket, place, id) values (?, ?, ?)", rows)  # noqa: S608


def remove(db: Database, tables: Tables, item_id: int) -> None:
    """Delete a row and its keys; its children keep its number until they have found another parent."""
    place, keys = spot(db, tables, item_id)
    epoch = _epoch(tables, place)
    rows = [(epoch << 32 | key, place, item_id) for key in keys]
    db.conn.executemany(f"delete from {tables.keys} where bucket = ? and place = ? and id = ?", rows)  # noqa: S608
    db.execute(f"delete from {tables.items} where id = ?", [item_id])  # noqa: S608


def forget(db: Database, tables: Tables) -> None:
    """Take all rows apart: what is known of each stays, but no key finds it and it has no parent."""
    db.execute(f"delete from {tables.keys}")  # noqa: S608
    db.execute(f"update {tables.items} set parent = null, score = null where parent is not null")  # noqa: S608


def drop(db: Database, tables: Tables, ids: Sequence[int]) -> None:
    """Delete rows that no key finds."""
    db.conn.executemany(f"delete from {tables.items} where id = ?", [(one,) for one in ids])  # noqa: S608


def clear(db: Database, tables: Tables) -> None:
    """Delete all rows and keys, to find all parents anew."""
    for table in (tables.items, tables.keys):
        db.execute(f"delete from {table}")  # noqa: S608


def spot(db: Database, tables: Tables, item_id: int) -> tuple[int, list[int]]:
    """A row's place and keys."""
    place, keys = db.execute(f"select place, keys from {tables.items} where id = ?", [item_id]).fetchone()  # noqa: S608
    return place, unpacked(keys)


def neighbours(db: Database, tables: Tables, place: int, keys: Sequence[int], most: int) -> Neighbours:
    """For each key, the nearest rows within reach that have it: before the place and after it, the nearest first."""
    newest: int | None = db.execute(f"select max(place) from {tables.items}").fetchone()[0]  # noqa: S608
    is_last = newest is None or newest <= place
    before, after = BEFORE.format(keys=tables.keys), AFTER.format(keys=tables.keys)
    return {
        key: (
            _nearest(db, before, tables, key, place, -1, most),
            [] if is_last else _nearest(db, after, tables, key, place, 1, most),
        )
        for key in keys
    }


def _nearest(db: Database, sql: str, tables: Tables, key: int, place: int, direction: int, most: int) -> list[int]:
    """The rows of a key on one side of a place; another epoch is asked only where its own has too few."""
    last = horizon(tables, place, direction)
    found: list[int] = []
    for epoch in dict.fromkeys((_epoch(tables, place), _epoch(tables, last))):
        rows = db.conn.execute(sql, (epoch << 32 | key, place, last, most - len(found)))
        found += [item_id for (item_id,) in rows]
        if len(found) == most:
            break
    return found


def parents(db: Database, tables: Tables, ids: Iterable[int]) -> dict[int, tuple[int | None, float | None]]:
    """Each row's parent and how well it fits."""
    sql = f"select id, parent, score from {tables.items} where id in (select value from json_each(?))"  # noqa: S608
    return {row[0]: (row[1], row[2]) for row in db.execute(sql, [json.dumps(list(ids))])}


def horizon(tables: Tables, place: int, direction: int = -1) -> int:
    """How far a row at this place looks back (or ahead)."""
    return place + direction * tables.reach * SECOND


def children(db: Database, tables: Tables, item_id: int) -> list[int]:
    return [row[0] for row in db.execute(f"select id from {tables.items} where parent = ?", [item_id])]  # noqa: S608


def set_parent(db: Database, tables: Tables, item_id: int, parent: int | None, score: float | None) -> None:
    db.execute(f"update {tables.items} set parent = ?, score = ? where id = ?", [parent, score, item_id])  # noqa: S608


def roots(db: Database, tables: Tables, ids: Collection[int]) -> dict[int, int]:
    """For each row the first of its line: the one without a parent from which it descends."""
    rows = db.execute(ROOTS.format(items=tables.items), [json.dumps(list(ids))])
    return dict(rows)


def descendants(db: Database, tables: Tables, ids: Collection[int]) -> list[int]:
    """The rows themselves and all that descend from them."""
    return [row[0] for row in db.execute(DESCENDANTS.format(items=tables.items), [json.dumps(list(ids))])]


def packed(keys: Sequence[int]) -> bytes:
    """Keys of 32 bits as they are stored."""
    return array("I", keys).tobytes()


def unpacked(keys: bytes) -> list[int]:
    """The inverse of `packed`."""
    return array("I", keys).tolist()


def _epoch(tables: Tables, place: int) -> int:
    return place // SECOND // (4 * tables.reach)


BEFORE = "select id from {keys} where bucket = ? and place < ? and place >= ? order by place desc limit ?"
AFTER = "select id from {keys} where bucket = ? and place > ? and place <= ? order by place limit ?"
ROOTS = """
with recursive up (id, ancestor, parent) as (
    select items.id, items.id, items.parent from json_each(?) join {items} as items on items.id = value
    union all select up.id, items.id, items.parent from up join {items} as items on items.id = up.parent)
select id, ancestor from up where parent is null
"""
DESCENDANTS = """
with recursive down (id) as (
    select value from json_each(?) union select items.id from down join {items} as items on items.parent = down.id)
select id from down
"""
