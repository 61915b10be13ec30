"""What people decided on measures: which mention repeats which, whatever the program thinks."""

from __future__ import annotations

import json
from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from sqlite_utils import Database

from db.times import to_text


class Member(NamedTuple):
    """A mention of a measure: its number, its key, its place in time, and the number of the mention it repeats."""

    id: int
    key: str
    place: int
    parent: int | None


def members(db: Database, measure_id: str) -> list[Member]:
    """A measure's mentions in the order of time."""
    rows = db.execute(
        "select mentions.id, key, place, mark.parent from mentions join mention_marks as mark on mark.id = mentions.id"
        " where measure_id = ? order by place",
        [measure_id],
    )
    return [Member(*row) for row in rows]


def decide(db: Database, mention: str, parent: str | None, at: datetime) -> None:
    """Remember a person's decision, by keys that outlive the rows: this mention repeats that one, or none."""
    db.execute(
        "insert into merge_decisions (mention, parent, decided_at) values (?, ?, ?) on conflict (mention)"
        " do update set parent = excluded.parent, decided_at = excluded.decided_at",
        [mention, parent, to_text(at)],
    )


def exist(db: Database) -> bool:
    """Whether anybody has decided anything: hardly ever, and quickly asked."""
    return db.execute("select 1 from merge_decisions limit 1").fetchone() is not None


def parents(db: Database, ids: Collection[int]) -> dict[int, int | None]:
    """The parents that people chose for these mentions (None: none), where that parent is stored and stands earlier."""
    rows = db.execute(
        "select mark.id, iif(decision.parent is null, null, parent.id)"
        " from json_each(?) join mention_marks as mark on mark.id = value join mentions on mentions.id = mark.id"
        " join merge_decisions as decision on decision.mention = mentions.key"
        " left join mentions as chosen on chosen.key = decision.parent"
        " left join mention_marks as parent on parent.id = chosen.id and parent.place < mark.place"
        " where decision.parent is null or parent.id is not null",
        [json.dumps(list(ids))],
    )
    return dict(rows)


def children(db: Database, ids: Collection[int]) -> list[int]:
    """The mentions for which people chose one of these as parent."""
    rows = db.execute(
        "select child.id from json_each(?) join mentions on mentions.id = value"
        " join merge_decisions on merge_decisions.parent = mentions.key"
        " join mentions as child on child.key = merge_decisions.mention"
        " join mention_marks on mention_marks.id = child.id",
        [json.dumps(list(ids))],
    )
    return [row[0] for row in rows]
