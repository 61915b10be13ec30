"""Who and what an article names: how much speaks for each actor and sector of a sentence beside its words.

The models have seen few sentences of the rarer codes; a name is a name for every code alike.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from crawler.extractors.measures.reading import Reading, Sentence


@dataclass(frozen=True, slots=True)
class Naming:
    """How names of one facet count. `kinds` are the terms that name it, with their worth; `vague` codes count `dulled`
    times as much and never end a frame. The other numbers are what a name adds to the logarithm of a code's share:
    in the sentence (a full name once), in the frame that holds there, in the title, as the share of all the article's
    names, and as the last name before the act. `yields` is what vague codes lose beside a clear one."""

    kinds: Mapping[str, int]
    vague: frozenset[str]
    dulled: float
    sentence: float
    frame: float
    title: float
    article: float
    subject: float
    yields: float


NAMINGS = {
    "sector": Naming({"sector": 3, "weak": 1}, frozenset({"lintas", "umum"}), 0.2, 1, 0.5, 0.5, 2, 0, 2.5),
    "actor": Naming({"actor": 3, "person": 3, "rule": 3}, frozenset({"gov", "bumn-usaha"}), 0.5, 0.5, 1, 0.5, 1, 1, 0),
}
"""The numbers did best on held-out folds; near them the figures hardly move."""
_FULL, _MOST = 3, 6


def evidence(reading: Reading, naming: Naming) -> list[dict[str, float]]:
    """For each sentence what the names in it and around it add to each code."""
    named = [_named(sentence, naming) for sentence in reading.sentences]
    title = _named(reading.title, naming)
    article: Counter[str] = sum(named, Counter(title))
    total = max(1, sum(count for code, count in article.items() if code not in naming.vague))
    frame: set[str] = set()
    found = []
    for sentence, own in zip(reading.sentences, named, strict=True):
        clear = {code for code, worth in own.items() if worth >= _FULL and code not in naming.vague}
        subject = _subject(sentence, naming)
        added = dict.fromkeys(naming.vague, -naming.yields if clear else 0.0)
        for code in article.keys() | frame:
            worth = naming.sentence * min(own[code], _MOST) / _FULL + naming.frame * (code in frame and not clear)
            worth += naming.title * min(title[code], _FULL) / _FULL + naming.article * article[code] / total
            worth += naming.subject * (code == subject)
            added[code] = added.get(code, 0.0) + worth * (naming.dulled if code in naming.vague else 1)
        found.append(added)
        frame = clear or frame
    return found


def _named(sentence: Sentence, naming: Naming) -> Counter[str]:
    found: Counter[str] = Counter()
    for hit in sentence.hits:
        found[hit.code] += naming.kinds.get(hit.kind, 0)
    return +found


def _subject(sentence: Sentence, naming: Naming) -> str:
    """The last code named before the first act."""
    act = next((hit for hit in sentence.hits if hit.kind == "act"), None)
    before = [hit.code for hit in sentence.hits if act and hit.kind in naming.kinds and hit.end <= act.start]
    return before[-1] if before else ""
