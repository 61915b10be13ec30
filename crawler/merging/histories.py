"""Mentions that descend from one to the measures that they tell of, each with its history."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from crawler.extractors.particulars import Amount, Facts, amount_name, regulation_name
from crawler.merging.acts import by_unit, ties
from db.models import Event, Measure

STATUSES = ("proposed", "planned", "in_force", "ended")
EVENTS = ("announced", "planned", "in_force", "rate_changed", "ended")


@dataclass(frozen=True, slots=True)
class Told:
    """A mention as a measure is told by it. `forced` says that a person has chosen the parent."""

    id: int
    key: str
    place: int
    parent: int | None
    forced: bool
    at: str
    article: int
    publisher: str
    actor: str
    instrument: str
    sectors: tuple[str, ...]
    status: str
    what: str
    quote: str
    confidence: float
    facts: Facts


@dataclass(slots=True)
class Line:
    """The mentions of one measure, and what all of them agree on."""

    mentions: list[Told] = field(default_factory=list)
    changes: list[Event] = field(default_factory=list)
    by_hand: bool = False
    regulations: frozenset[str] = frozenset()
    amounts: dict[str, frozenset[str]] = field(default_factory=dict)

    def contradicted_by(self, told: Told) -> bool:
        """Whether the mention names another rule or amount, and does not say that this amount became that."""
        facts = told.facts
        if self.regulations and facts.regulations and not self.regulations & set(facts.regulations):
            return True
        new = by_unit(facts.amounts)
        return any(
            not values & new[unit] and not ties(facts, values, unit)
            for unit, values in self.amounts.items()
            if unit in new
        )

    def take(self, told: Told) -> None:
        """Add a mention, and keep of rules and amounts what it says too; a change it tells of replaces an amount."""
        facts = told.facts
        changes = [one for one in facts.changes if one.before.value in self.amounts.get(one.before.unit, ())]
        if changes and self.mentions:
            detail = "; ".join(f"{amount_name(change.before)} → {amount_name(change.after)}" for change in changes)
            self.changes.append(Event("rate_changed", told.at, told.id, detail))
        self.by_hand = self.by_hand or told.forced
        self.regulations = self.narrowed(self.regulations, frozenset(facts.regulations))
        changed = {change.after.unit: frozenset({change.after.value}) for change in changes}
        for unit, values in by_unit(facts.amounts).items():
            self.amounts[unit] = changed.get(unit) or self.narrowed(self.amounts.get(unit, frozenset()), values)
        self.mentions.append(told)

    def narrowed(self, known: frozenset[str], said: frozenset[str]) -> frozenset[str]:
        """What all mentions say that name such facts at all; where a person has merged them, what any of them says."""
        return known | said if self.by_hand or not known or not said else known & said


def histories(mentions: Iterable[Told]) -> list[Measure]:
    """The measures that these mentions tell of, given all that descend from the same ones.

    A mention belongs to its parent's measure unless it contradicts it: then it tells of another measure, and so do
    those that descend from it. Mentions are taken in the order of their places, so that nothing depends on another.
    """
    lines: list[Line] = []
    line_of: dict[int, Line] = {}
    for told in sorted(mentions, key=lambda told: told.place):
        line = line_of.get(told.parent) if told.parent is not None else None
        if line is None or (not told.forced and line.contradicted_by(told)):
            line = Line()
            lines.append(line)
        line.take(told)
        line_of[told.id] = line
    return [measure(line) for line in lines]


def measure(line: Line) -> Measure:
    """One measure, named by its first mention and titled by the clearest words of its earliest article."""
    first = line.mentions[0]
    spoken = clearest_of_each_article(line.mentions)
    title = spoken[0].what if len(spoken[0].what.split()) >= 3 else spoken[0].quote
    steps, status = history(spoken)
    order = {told.id: number for number, told in enumerate(line.mentions)}
    events = sorted([*steps, *line.changes], key=lambda event: (order[event.mention_id], EVENTS.index(event.kind)))
    effective = [day for told in line.mentions for day in told.facts.in_force]
    return Measure(
        id=first.key,
        title=" ".join(title.split()),
        actor=next((told.actor for told in line.mentions if told.actor != "gov"), "gov"),
        instrument=first.instrument,
        sectors=common_sectors(line.mentions),
        status=status,
        first_seen_at=first.at,
        last_seen_at=line.mentions[-1].at,
        article_id=first.article,
        mentions=tuple(told.id for told in line.mentions),
        publishers=len({told.publisher for told in line.mentions}),
        regulations=tuple(regulation_name(regulation) for regulation in sorted(line.regulations)),
        amounts=tuple(amount_name(Amount(unit, value)) for unit, value in sorted(pairs(line.amounts))),
        in_force_on=effective[-1].isoformat() if effective else None,
        events=tuple(events),
    )


def pairs(amounts: Mapping[str, frozenset[str]]) -> list[tuple[str, str]]:
    return [(unit, value) for unit, values in amounts.items() for value in values]


def clearest_of_each_article(mentions: Sequence[Told]) -> list[Told]:
    """The mention of each article that most surely tells of the act, in the order of the articles."""
    articles: dict[int, list[Told]] = {}
    for told in mentions:
        articles.setdefault(told.article, []).append(told)
    return [max(group, key=lambda told: (told.confidence, -told.place)) for group in articles.values()]


def common_sectors(mentions: Sequence[Told]) -> tuple[str, ...]:
    """The three sectors that most mentions name."""
    counted = Counter(sector for told in mentions for sector in told.sectors)
    return tuple(sorted(counted, key=lambda sector: (-counted[sector], sector))[:3])


def history(spoken: Sequence[Told]) -> tuple[list[Event], str]:
    """What happened to a measure, as its articles told it, and its status after that.

    A measure only goes forward: that a measure in force is once more called planned is news from yesterday. One that
    has ended may come into force again.
    """
    first = spoken[0]
    status = first.status
    events = [Event("announced", first.at, first.id, status)]
    for told in spoken[1:]:
        forward = STATUSES.index(told.status) > STATUSES.index(status)
        if forward or (status == "ended" and told.status == "in_force"):
            status = told.status
            events.append(Event(status, told.at, told.id, ""))
    return events, status
