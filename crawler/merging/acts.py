"""Whether two mentions tell of one act of the government: who acts, with what, for whom, by which rule, how much."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib import resources

from crawler.extractors.particulars import Amount, Facts
from crawler.merging.openings import BACK, OTHER
from crawler.merging.words import words
from crawler.taxonomy import load_actors
from db.stems import stem

ALIKE = 0.5
"""Of the words of two quotes (by their stems, Dice), the share from which both tell of one act."""
SAME_RULE, SAME_AMOUNT, SAME_DAY = 0.35, 0.15, 0.1
"""What the same number of a rule, amount and day of taking effect count for beside the words."""
GOES_ON = 0.25
"""From what sum of these two sentences of one article tell of one act: an act is often told in several."""
SAME_STATUS, POINTS_BACK, TELLS_OF_ANOTHER, AFAR = 0.3, 0.2, -0.3, -0.2 / 1000
"""What the same status, how the later sentence begins, and each character between the two add to the words."""

BEGINS = {BACK: POINTS_BACK, OTHER: TELLS_OF_ANOTHER}
NONE = Facts()


@dataclass(frozen=True, slots=True)
class Mark:
    """What a mention is compared by, with others of its instrument.

    `issuer` is the ministry or body behind its actor, empty where it is not said; `sectors` are joined by spaces,
    `groups` those that they belong to; `opening` says how the sentence takes up the one before it.
    """

    place: int
    article: int
    start: int
    end: int
    issuer: str
    sectors: str
    groups: frozenset[str]
    words: frozenset[int]
    facts: Facts = NONE
    status: str = ""
    opening: str = ""


@cache
def load_empty_words() -> frozenset[str]:
    """Words that say nothing about an act: particles, verbs of saying, offices, days."""
    table = tomllib.loads(resources.files(__package__).joinpath("empty-words.toml").read_text(encoding="utf-8"))
    return frozenset(word for line in table.values() for word in line.split())


def content_words(quote: str) -> list[str]:
    """The stems of the words of a quote that say what is done."""
    empty = load_empty_words()
    return [stem(word) for word in words(quote) if word not in empty and not word.isdigit()]


def issuer_of(actor: str) -> str:
    """The body that a unit belongs to, by which reports of one act agree; none for an unspecified government."""
    if actor == "gov":
        return ""
    known = load_actors().get(actor)
    return known.parent if known is not None and known.parent else actor


def likeness(one: Mark, other: Mark) -> float | None:
    """How closely two mentions tell of one act, or None where they do not. Symmetric."""
    if one.groups.isdisjoint(other.groups) or (one.issuer and other.issuer and one.issuer != other.issuer):
        return None
    sum_of_words = len(one.words) + len(other.words)
    alike = 2 * len(one.words & other.words) / sum_of_words if sum_of_words else 0.0
    if one.facts != NONE and other.facts != NONE:
        if disagree(one.facts, other.facts):
            return None
        alike += SAME_RULE * _shared(one.facts.regulations, other.facts.regulations)
        alike += SAME_AMOUNT * _shared(one.facts.amounts, other.facts.amounts)
        alike += SAME_DAY * _shared(one.facts.in_force, other.facts.in_force)
    goes_on = _going_on(one, other, alike)
    return max(alike, goes_on) if alike >= ALIKE or goes_on >= GOES_ON else None


def disagree(one: Facts, other: Facts) -> bool:
    """Whether two mentions name other rules, or other amounts of a unit and no change from one to the other."""
    if one.regulations and other.regulations and not _shared(one.regulations, other.regulations):
        return True
    mine, theirs = by_unit(one.amounts), by_unit(other.amounts)
    return any(
        not mine[unit] & theirs[unit] and not (ties(one, theirs[unit], unit) or ties(other, mine[unit], unit))
        for unit in mine.keys() & theirs.keys()
    )


def ties(facts: Facts, values: frozenset[str], unit: str) -> bool:
    """Whether the sentence says that one of these values became another."""
    return any(change.before.unit == unit and change.before.value in values for change in facts.changes)


def by_unit(amounts: Iterable[Amount]) -> dict[str, frozenset[str]]:
    """The values of each unit."""
    found: dict[str, set[str]] = {}
    for amount in amounts:
        found.setdefault(amount.unit, set()).add(amount.value)
    return {unit: frozenset(values) for unit, values in found.items()}


def _shared(one: Iterable[object], other: Iterable[object]) -> bool:
    return not set(one).isdisjoint(other)


def _going_on(one: Mark, other: Mark, alike: float) -> float:
    """How far one goes on with the act of the other, which it follows in an article, about the same matter."""
    if one.article != other.article or one.sectors != other.sectors:
        return 0.0
    later = max(one, other, key=lambda mark: (mark.start, mark.place))
    points = alike + SAME_STATUS * (one.status == other.status) + BEGINS.get(later.opening, 0.0)
    gap = max(one.start, other.start) - min(one.end, other.end)
    return points + AFAR * max(gap, 0)
