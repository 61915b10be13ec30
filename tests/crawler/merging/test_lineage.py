"""Parents are those that the definition names, in whatever order items come and go."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.merging import lineage
from crawler.merging.lineage import Kind
from db import Database, connect, lineages
from db.lineages import SECOND, Tables

MOST = 2
DAY = 86_400
TABLES = Tables("things", "thing_keys", reach=7 * DAY)


@dataclass(frozen=True)
class Thing:
    id: int
    day: int
    keys: tuple[int, ...]
    like: int

    @property
    def place(self) -> int:
        return self.day * DAY * SECOND + self.id


THINGS = st.lists(
    st.tuples(st.integers(100, 125), st.sets(st.integers(1, 3), min_size=1), st.integers(0, 4)), max_size=12
).map(lambda rows: [Thing(n, day, tuple(sorted(keys)), like) for n, (day, keys, like) in enumerate(rows, 1)])


def fit(one: Thing, other: Thing) -> float | None:
    """Things of like numbers repeat each other, within a week."""
    if abs(one.day - other.day) > 7 or abs(one.like - other.like) > 1:
        return None
    return 1.0 - abs(one.like - other.like) / 4


def defined(things: list[Thing], decided: dict[int, int | None]) -> dict[int, int | None]:
    """The definition: of the nearest before it for each key, the one that fits best; of equals the nearest."""
    found = {}
    for one in things:
        before = sorted((other for other in things if other.place < one.place), key=lambda other: -other.place)
        near = {other for key in one.keys for other in [b for b in before if key in b.keys and fits_in(one, b)][:MOST]}
        fits = [(f, other.place, other.id) for other in near if (f := fit(one, other)) is not None]
        found[one.id] = decided[one.id] if one.id in decided else (max(fits)[2] if fits else None)
    return found


def fits_in(one: Thing, other: Thing) -> bool:
    return other.place >= one.place - TABLES.reach * SECOND


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    with connect(tmp_path_factory.mktemp("lineage") / "jurus.db") as database:
        database.execute(
            "create table things (id integer primary key, place integer, keys blob, parent integer, score real)"
        )
        database.execute("create table thing_keys (bucket integer, place integer, id integer)")
        yield database


def kind(things: list[Thing], decided: dict[int, int | None]) -> Kind[Thing]:
    known = {thing.id: thing for thing in things}
    return Kind(
        TABLES,
        MOST,
        load=lambda _db, ids: {one: known[one] for one in ids},
        fit=fit,
        decided=lambda _db, ids: {one: decided[one] for one in ids if one in decided},
    )


def add(db: Database, kind: Kind[Thing], thing: Thing) -> set[int]:
    return lineage.add(db, kind, {"id": thing.id, "place": thing.place}, thing.keys)


def parents(db: Database) -> dict[int, int | None]:
    return dict(db.execute("select id, parent from things"))


@given(st.data(), THINGS)
def test_parents_are_as_defined_whatever_comes_and_goes(db: Database, data: st.DataObject, things: list[Thing]):
    lineages.clear(db, TABLES)
    by_hand = {thing.id: None for thing in things if data.draw(st.integers(0, 9)) == 0}
    compare = kind(things, by_hand)
    for thing in data.draw(st.permutations(things)):
        before = parents(db)
        moved = add(db, compare, thing)
        assert {one for one, parent in parents(db).items() if before.get(one, "none") != parent} <= moved
    assert parents(db) == defined(things, by_hand)
    gone = [thing for thing in things if data.draw(st.booleans())]
    for thing in gone:
        before = parents(db)
        moved = lineage.remove(db, compare, thing.id)
        assert {one for one, parent in parents(db).items() if before[one] != parent} <= moved
    left = [thing for thing in things if thing not in gone]
    assert parents(db) == defined(left, by_hand)
    for thing in gone:
        add(db, compare, thing)
    assert parents(db) == defined(things, by_hand)


def test_lines_are_followed_to_their_root_and_their_ends(db: Database):
    lineages.clear(db, TABLES)
    things = [Thing(n, 100 + n, (1,), 0) for n in range(1, 5)]
    for thing in things:
        add(db, kind(things, {}), thing)
    assert parents(db) == {1: None, 2: 1, 3: 2, 4: 3}
    assert lineages.roots(db, TABLES, [2, 4]) == {2: 1, 4: 1}
    assert sorted(lineages.descendants(db, TABLES, [2])) == [2, 3, 4]
