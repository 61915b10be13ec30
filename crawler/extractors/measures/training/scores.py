"""How well predicted mentions agree with annotated ones: micro-averages over sets, by facet."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from crawler.extractors.measures.training.articles import GoldArticle
from crawler.taxonomy import group_of


class Told(Protocol):
    """What a predicted and an annotated mention have in common."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def actor(self) -> str: ...
    @property
    def instrument(self) -> str: ...
    @property
    def sectors(self) -> tuple[str, ...]: ...
    @property
    def status(self) -> str: ...


Key = tuple[object, ...]
Facet = Callable[[int, Told], Iterable[Key]]

FACETS: dict[str, Facet] = {
    "sentence": lambda unit, m: [(unit,)],
    "sentence+group": lambda unit, m: [(unit, group_of(s)) for s in m.sectors],
    "sentence+sector": lambda unit, m: [(unit, s) for s in m.sectors],
    "sentence+instrument": lambda unit, m: [(unit, m.instrument)],
    "sentence+status": lambda unit, m: [(unit, m.status)],
    "sentence+actor": lambda unit, m: [(unit, m.actor)],
    "full": lambda unit, m: [(unit, group_of(s), m.instrument, m.status) for s in m.sectors],
    "article+group": lambda unit, m: [(group_of(s),) for s in m.sectors],
    "article+group+instrument": lambda unit, m: [(group_of(s), m.instrument) for s in m.sectors],
}


@dataclass(frozen=True, slots=True)
class Score:
    """Agreement in one facet; `gold` and `predicted` are the numbers of things annotated and said."""

    precision: float
    recall: float
    gold: int
    predicted: int

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return _ratio(2 * self.precision * self.recall, self.precision + self.recall)


def score(gold: Sequence[GoldArticle], predicted: Mapping[str, Sequence[Told]]) -> dict[str, Score]:
    """Scores by facet. A mention belongs to the unit that it overlaps most; an article without predictions has none.

    The rows `act` and `act+group` say what a reader gets: the share of annotated acts of which at least one sentence
    was found, at the precision of the row without `act`.
    """
    table: dict[str, Score] = {}
    for name, facet in FACETS.items():
        hit = said = true = 0
        for article in gold:
            wanted = _keys(article, article.mentions, facet)
            given = _keys(article, predicted.get(article.id, ()), facet)
            hit, said, true = hit + len(wanted & given), said + len(given), true + len(wanted)
        table[name] = Score(_ratio(hit, said), _ratio(hit, true), true, said)
    for name, base in (("act", "sentence"), ("act+group", "sentence+group")):
        found, acts = _acts(gold, predicted, FACETS[base])
        table[name] = Score(table[base].precision, _ratio(found, acts), acts, table[base].predicted)
    return table


def _acts(gold: Sequence[GoldArticle], predicted: Mapping[str, Sequence[Told]], facet: Facet) -> tuple[int, int]:
    found = total = 0
    for article in gold:
        given = _keys(article, predicted.get(article.id, ()), facet)
        acts: dict[int, set[Key]] = {}
        for mention in article.mentions:
            acts.setdefault(mention.act, set()).update(_keys(article, [mention], facet))
        total += len(acts)
        found += sum(bool(wanted & given) for wanted in acts.values())
    return found, total


def _keys(article: GoldArticle, mentions: Iterable[Told], facet: Facet) -> set[Key]:
    found: set[Key] = set()
    for mention in mentions:
        if (unit := unit_of(article.units, mention)) is not None:
            found.update(facet(unit, mention))
    return found


def unit_of(units: Sequence[tuple[int, int]], mention: Told) -> int | None:
    """The unit that a mention overlaps most, None where it overlaps none."""
    overlaps = [min(end, mention.end) - max(start, mention.start) for start, end in units]
    best = max(range(len(units)), key=overlaps.__getitem__, default=None)
    return best if best is not None and overlaps[best] > 0 else None


def _ratio(part: float, whole: float) -> float:
    return part / whole if whole else 0.0
