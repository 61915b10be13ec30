"""Mentions that descend from one to the measures that they tell of, each with its history."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from crawler.extractors.particulars import Amount, amount_name, regulation_name
from crawler.merging.lines import EVENTS, Line, Told
from db.models import Measure


def histories(mentions: Iterable[Told]) -> list[Measure]:
    """The measures that these mentions tell of, given all that descend from the same ones.

    A mention belongs to its parent's measure unless it contradicts it: then it tells of another measure, and so do
    those that descend from it. Mentions are taken in the order of their places, so that nothing depends on another.
    """
    lines: list[Line] = []
    line_of: dict[int, Line] = {}
    for told in sorted(mentions, key=lambda told: told.place):
        line = line_of.get(told.parent) if told.parent is not None else None
        line_of[told.id] = line = line_for(told, line)
        if not line.told:
            lines.append(line)
        line.take(told)
    return [measure(line) for line in lines]


def line_for(told: Told, line: Line | None) -> Line:
    """The line of a mention whose parent belongs to this line: a new one where it contradicts it."""
    return Line() if line is None or (not told.forced and line.contradicted_by(told)) else line


def carried_on(mentions: Iterable[Told], kept: Mapping[int, tuple[Line, int]]) -> tuple[list[Measure], set[int]]:
    """Measures that go on with new mentions alone, and the mentions for which theirs must be told from the start.

    `kept` gives for each parent stored before its line and the place where that ends. What comes after that place
    comes last whoever tells it, so the line goes on from where it stood; what comes earlier changes what followed.
    """
    lines: list[Line] = []
    line_of: dict[int, Line] = {}
    ends = {line.id: end for line, end in kept.values()}
    late: set[int] = set()
    for told in sorted(mentions, key=lambda told: told.place):
        before = line_of.get(told.parent) or kept.get(told.parent, (None,))[0] if told.parent is not None else None
        if told.parent is not None and (before is None or told.place <= ends.get(before.id, 0)):
            late.add(told.id)
            continue
        line_of[told.id] = line = line_for(told, before)
        if not line.mentions:
            lines.append(line)
        line.take(told)
    return [measure(line) for line in lines], late


def measure(line: Line) -> Measure:
    """One measure, named by its first mention and titled by the clearest words of its earliest article."""
    line.settle()
    order = {told.id: number for number, told in enumerate(line.mentions)}
    events = sorted(line.events, key=lambda event: (order[event.mention_id], EVENTS.index(event.kind)))
    last = line.mentions[-1]
    return Measure(
        id=line.id,
        title=line.title,
        actor=line.actor,
        instrument=line.instrument,
        sectors=common_sectors(line.sectors),
        status=line.status,
        first_seen_at=line.first_at,
        last_seen_at=last.at,
        article_id=line.article,
        mentions=tuple(told.id for told in line.mentions),
        told=line.told,
        publishers=len(line.publishers),
        regulations=tuple(regulation_name(regulation) for regulation in sorted(line.regulations)),
        amounts=tuple(amount_name(Amount(unit, value)) for unit, value in sorted(pairs(line.amounts))),
        regions=tuple(line.regions),
        beneficiaries=tuple(line.beneficiaries),
        in_force_on=line.effective,
        events=tuple(events),
        place=last.place,
        line=line.packed(),
    )


def pairs(amounts: Mapping[str, frozenset[str]]) -> list[tuple[str, str]]:
    return [(unit, value) for unit, values in amounts.items() for value in values]


def common_sectors(counted: Mapping[str, int]) -> tuple[str, ...]:
    """The three sectors that most mentions name."""
    return tuple(sorted(counted, key=lambda sector: (-counted[sector], sector))[:3])
