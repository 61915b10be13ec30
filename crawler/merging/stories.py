"""Stories: a wire text and its copies, abridged or lightly rewritten, each found as it is stored."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from crawler.merging import lineage
from crawler.merging.lineage import Kind
from crawler.merging.places import place_of
from crawler.merging.words import shared
from db import Database, lineages
from db import stories as table
from db.models import Sketch

DAY = 86_400
WINDOW = 7 * DAY
COPIED = 0.45
"""Of the shorter text's shingles, the share that a copy in another outlet takes over at least."""
COPIED_AT_HOME = 0.8
"""The same within one outlet, which reuses its own background paragraphs in every follow-up."""
LIKENESS_AT_HOME = 0.3
"""Of all shingles of two texts of one outlet, the share in both: a round-up of the week is no copy of its parts."""
NUMBERS = 0.6
"""Of the fewer numbers, the share that must agree, and a tenth more for each day between the two."""
TITLE_WINDOW = 2 * DAY
"""Where only titles are known, the same title tells the same story for so long."""


@dataclass(frozen=True, slots=True)
class Sketched:
    """What is kept of an article to compare it by: its outlet, its place in time and its sketch."""

    outlet: str
    place: int
    title: int
    shingles: npt.NDArray[np.uint16]
    numbers: npt.NDArray[np.uint16]


def likeness(one: Sketched, other: Sketched) -> float | None:
    """How much two articles share (0 to 1, by Dice), or None where they are two stories. Symmetric.

    A copy may be abridged: what decides is how much of the shorter article stands in the longer. The limits were set
    on pairs labelled by hand; numbers keep the daily price lists apart, which differ in little else.
    """
    apart = abs(one.place - other.place) // lineages.SECOND
    if apart > WINDOW:
        return None
    shorter = min(one.shingles.size, other.shingles.size)
    if not shorter:
        return _by_title(one, other, apart)
    both = shared(one.shingles, other.shingles)
    copied = both / shorter
    if copied < COPIED or not _numbers_agree(one, other, apart):
        return None
    if one.outlet == other.outlet:
        all_shingles = one.shingles.size + other.shingles.size - both
        if copied < COPIED_AT_HOME or both / all_shingles < LIKENESS_AT_HOME:
            return None
    return 2 * both / (one.shingles.size + other.shingles.size)


def _by_title(one: Sketched, other: Sketched, apart: int) -> float | None:
    same = one.title == other.title != 0 and one.outlet != other.outlet and apart <= TITLE_WINDOW
    return 1.0 if same else None


def _numbers_agree(one: Sketched, other: Sketched, apart: int) -> bool:
    fewer = min(one.numbers.size, other.numbers.size)
    agreeing = shared(one.numbers, other.numbers)
    needed = NUMBERS + 0.1 * (apart / DAY)
    if one.outlet == other.outlet:
        needed = max(needed, 0.9)
    return fewer - agreeing <= 1 or agreeing >= needed * fewer


def join_stories(db: Database, sketches: Mapping[int, Sketch]) -> None:
    """Let articles (by number), new or changed, join their stories, and those that they have left close up."""
    moved: set[int] = set()
    for article_id, url, time in table.times(db, sketches):
        moved |= _place(db, article_id, place_of(time, url), sketches[article_id])
    table.regroup(db, moved)


def _place(db: Database, article_id: int, place: int, sketch: Sketch) -> set[int]:
    moved: set[int] = set()
    before = table.sketch_of(db, article_id)
    if before is not None:
        if before == (place, lineages.packed(sketch.keys), sketch.shingles):
            return moved
        moved |= lineage.remove(db, ARTICLES, article_id)
    row = {
        "id": article_id,
        "place": place,
        "title": sketch.title,
        "shingles": sketch.shingles,
        "numbers": sketch.numbers,
    }
    return moved | lineage.add(db, ARTICLES, row, sketch.keys)


def _load(db: Database, ids: Collection[int]) -> dict[int, Sketched]:
    return {
        article_id: Sketched(
            outlet, place, title, np.frombuffer(shingles, np.uint16), np.frombuffer(numbers, np.uint16)
        )
        for article_id, (outlet, place, title, shingles, numbers) in table.sketched(db, ids).items()
    }


def _undecided(_db: Database, _ids: Iterable[int]) -> dict[int, int | None]:
    """Nobody groups articles by hand."""
    return {}


ARTICLES = Kind(lineages.ARTICLES, most=16, load=_load, fit=likeness, decided=_undecided)
