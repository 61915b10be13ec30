"""Each item finds the earlier one that it repeats most closely; who descends from one item belongs together.

The parent of an item depends on no more than the items before it that share a key, and of those on the nearest
`most` for each key. Hence the lines are the same in whatever order the items came, and an item that comes late
disturbs only the few after it: what it costs does not grow with the database.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from db import Database, lineages
from db.lineages import Neighbours, Tables


class Placed(Protocol):
    """What stands at a place in time."""

    @property
    def place(self) -> int: ...


Item = TypeVar("Item", bound=Placed)
Parent = tuple[int | None, float | None]


@dataclass(frozen=True, slots=True)
class Kind(Generic[Item]):
    """What is compared: where it is kept, how many neighbours are looked at, and how well two items fit.

    `load` reads items by their ids, the ids of no items left out; `fit` says how closely an item repeats an earlier
    one, or None where it does not; `decided` gives the parents that people have set (None: it has none).
    """

    tables: Tables
    most: int
    load: Callable[[Database, Collection[int]], dict[int, Item]]
    fit: Callable[[Item, Item], float | None]
    decided: Callable[[Database, Collection[int]], Mapping[int, int | None]]


def add(db: Database, kind: Kind[Item], row: Mapping[str, Any], keys: Sequence[int]) -> set[int]:
    """Put an item in its place; returns the items whose parent is another now, itself among them."""
    lineages.add(db, kind.tables, row, keys)
    near = lineages.neighbours(db, kind.tables, row["place"], keys, kind.most)
    adopt(db, kind, row["id"], near)
    return {row["id"]} | settle(db, kind, followers(kind.most, near, entering=row["id"]))


def remove(db: Database, kind: Kind[Item], item_id: int) -> set[int]:
    """Take an item away; returns the items whose parent is another now."""
    place, keys = lineages.spot(db, kind.tables, item_id)
    lineages.remove(db, kind.tables, item_id)
    near = lineages.neighbours(db, kind.tables, place, keys, kind.most)
    orphans = lineages.children(db, kind.tables, item_id)
    for orphan in orphans:
        adopt(db, kind, orphan)
    return set(orphans) | settle(db, kind, followers(kind.most, near, leaving=item_id))


def adopt(db: Database, kind: Kind[Item], item_id: int, near: Neighbours | None = None) -> None:
    """Find the item's parent among all that stand before it."""
    fresh = near is not None
    if near is None:
        place, keys = lineages.spot(db, kind.tables, item_id)
        near = lineages.neighbours(db, kind.tables, place, keys, kind.most)
    decided = kind.decided(db, [item_id])
    candidates = {candidate for before, _ in near.values() for candidate in before}
    parent: Parent = (None, None)
    if item_id in decided:
        parent = (decided[item_id], None)
    elif candidates:
        items = kind.load(db, candidates | {item_id})
        fits = ((kind.fit(items[item_id], items[candidate]), candidate) for candidate in candidates)
        best = max(((fit, items[one].place, one) for fit, one in fits if fit is not None), default=None)
        parent = (best[2], best[0]) if best else parent
    if not fresh or parent != (None, None):
        lineages.set_parent(db, kind.tables, item_id, *parent)


def followers(
    most: int, near: Neighbours, entering: int | None = None, leaving: int | None = None
) -> Iterator[tuple[int, int | None, int | None]]:
    """The items after a place, each with the neighbour it gains and the one it loses as an item enters or leaves."""
    for before, after in near.values():
        for steps, follower in enumerate(after, 1):
            edge = before[most - steps] if len(before) > most - steps else None
            yield follower, *((entering, edge) if leaving is None else (edge, leaving))


def settle(db: Database, kind: Kind[Item], changes: Iterator[tuple[int, int | None, int | None]]) -> set[int]:
    """Let each follower take the neighbour it gained where that fits better, and look anew where it lost its parent."""
    gains: dict[int, set[int]] = {}
    losses: dict[int, set[int]] = {}
    for follower, gain, loss in changes:
        gains.setdefault(follower, set()).update({gain} - {None})  # type: ignore[arg-type]
        losses.setdefault(follower, set()).update({loss} - {None})  # type: ignore[arg-type]
    if not gains:
        return set()
    known = lineages.parents(db, kind.tables, gains)
    decided = kind.decided(db, gains)
    searching = {one for one, (parent, _) in known.items() if parent in losses[one] and one not in decided}
    for one in searching:
        adopt(db, kind, one)
    comparing = {one: gains[one] for one in known if gains[one] and one not in searching and one not in decided}
    return searching | take_better(db, kind, comparing, known)


def take_better(db: Database, kind: Kind[Item], gains: Mapping[int, set[int]], known: Mapping[int, Parent]) -> set[int]:
    """Give each item the best of its new neighbours as parent, where that fits better than the parent it has."""
    candidates = set().union(*gains.values())
    present = {parent for one in gains if (parent := known[one][0]) is not None}
    items = kind.load(db, candidates | present | set(gains))
    changed = set()
    for one, new in gains.items():
        parent, score = known[one]
        best = (score, items[parent].place, parent) if parent is not None and score is not None else None
        for candidate in new:
            if items[candidate].place < lineages.horizon(kind.tables, items[one].place):
                continue
            fit = kind.fit(items[one], items[candidate])
            if fit is not None and (best is None or (fit, items[candidate].place) > best[:2]):
                best = (fit, items[candidate].place, candidate)
        if best is not None and best[2] != parent:
            lineages.set_parent(db, kind.tables, one, best[2], best[0])
            changed.add(one)
    return changed
