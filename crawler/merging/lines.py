"""A line: the mentions of one measure, taken one by one in the order of time; what is known of it can be kept."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Self

from crawler.extractors.beneficiaries import beneficiaries
from crawler.extractors.particulars import Facts, amount_name
from crawler.extractors.regions import regions
from crawler.merging.acts import by_unit, ties
from crawler.merging.titles import clarity, title_of
from db.models import Event

STATUSES = ("proposed", "planned", "in_force", "ended")
EVENTS = ("announced", "planned", "in_force", "rate_changed", "ended")
KEPT = (
    "id", "first_at", "article", "instrument", "actor", "title", "status", "by_hand", "effective", "told", "regions",
    "beneficiaries",
)  # fmt: skip
"""What is kept of a line as it is; the rest is sorted first."""


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
    """What all mentions of one measure agree on, and what they have told so far.

    `mentions` and `events` are those taken since the line was begun or read back; `told` counts all mentions. The
    mentions of the article that is being taken wait in `spoken`: the clearest of them speaks for it.
    """

    id: str = ""
    first_at: str = ""
    article: int = 0
    instrument: str = ""
    actor: str = "gov"
    title: str = ""
    status: str = ""
    by_hand: bool = False
    effective: str | None = None
    told: int = 0
    sectors: Counter[str] = field(default_factory=Counter)
    publishers: set[str] = field(default_factory=set)
    regulations: frozenset[str] = frozenset()
    amounts: dict[str, frozenset[str]] = field(default_factory=dict)
    regions: list[str] = field(default_factory=list)
    beneficiaries: list[str] = field(default_factory=list)
    mentions: list[Told] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    spoken: list[Told] = field(default_factory=list)

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
        """Add a mention that stands after all others."""
        if not self.told:
            self.id, self.first_at, self.article, self.instrument = told.key, told.at, told.article, told.instrument
        if self.spoken and self.spoken[0].article != told.article:
            self.settle()
        self.by_hand = self.by_hand or told.forced
        self.agree(told)
        self.actor = told.actor if self.actor == "gov" else self.actor
        self.effective = told.facts.in_force[-1].isoformat() if told.facts.in_force else self.effective
        self.sectors.update(told.sectors)
        self.publishers.add(told.publisher)
        self.regions = joined(self.regions, regions(told.quote))
        self.beneficiaries = joined(self.beneficiaries, beneficiaries(told.quote))
        self.mentions.append(told)
        self.spoken.append(told)
        self.told += 1

    def agree(self, told: Told) -> None:
        """Keep of rules and amounts what the mention says too; a change it tells of replaces an amount."""
        facts = told.facts
        changes = [one for one in facts.changes if one.before.value in self.amounts.get(one.before.unit, ())]
        if changes and self.told:
            detail = "; ".join(f"{amount_name(change.before)} → {amount_name(change.after)}" for change in changes)
            self.events.append(Event("rate_changed", told.at, told.id, detail))
        self.regulations = self.narrowed(self.regulations, frozenset(facts.regulations))
        changed = {change.after.unit: frozenset({change.after.value}) for change in changes}
        for unit, values in by_unit(facts.amounts).items():
            self.amounts[unit] = changed.get(unit) or self.narrowed(self.amounts.get(unit, frozenset()), values)

    def narrowed(self, known: frozenset[str], said: frozenset[str]) -> frozenset[str]:
        """What all mentions say that name such facts at all; where a person has merged them, what any of them says."""
        return known | said if self.by_hand or not known or not said else known & said

    def settle(self) -> None:
        """Let the clearest mention of the article just taken tell what happened.

        The first article gives the title. A measure only goes forward: that a measure in force is once more called
        planned is news from yesterday. One that has ended may come into force again.
        """
        if not self.spoken:
            return
        spoken, self.spoken = self.spoken, []
        told = max(spoken, key=lambda told: (told.confidence, -told.place))
        if not self.status:
            self.title = title(spoken)
            self.status = told.status
            self.events.append(Event("announced", told.at, told.id, told.status))
            return
        forward = STATUSES.index(told.status) > STATUSES.index(self.status)
        if forward or (self.status == "ended" and told.status == "in_force"):
            self.status = told.status
            self.events.append(Event(told.status, told.at, told.id, ""))

    def packed(self) -> str:
        """What is known of a settled line, as JSON."""
        known: dict[str, Any] = {name: getattr(self, name) for name in KEPT}
        known["sectors"] = dict(sorted(self.sectors.items()))
        known["publishers"] = sorted(self.publishers)
        known["regulations"] = sorted(self.regulations)
        known["amounts"] = {unit: sorted(values) for unit, values in sorted(self.amounts.items())}
        return json.dumps(known, ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def unpacked(cls, packed: str) -> Self:
        """The line that was packed, to be taken further."""
        known = json.loads(packed)
        return cls(
            **{name: known[name] for name in KEPT},
            sectors=Counter(known["sectors"]),
            publishers=set(known["publishers"]),
            regulations=frozenset(known["regulations"]),
            amounts={unit: frozenset(values) for unit, values in known["amounts"].items()},
        )


def joined(known: Sequence[str], said: Sequence[str]) -> list[str]:
    """What is known, and after it what is said besides; what differs in case alone is the same."""
    found: dict[str, str] = {}
    for one in (*known, *said):
        found.setdefault(one.lower(), one)
    return list(found.values())


def title(spoken: Sequence[Told]) -> str:
    """The title of a measure, from the mention of its first article that says it most clearly when read alone."""
    told = spoken[0]
    if len(spoken) > 1:
        told = max(spoken, key=lambda told: (told.confidence + clarity(told.quote, told.what), -told.place))
    return title_of(told.quote, told.what)
