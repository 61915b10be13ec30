"""What the linear models see of a sentence, as strings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from crawler.extractors.measures.lexicon import Hit
from crawler.extractors.measures.reading import Reading, Sentence

_CODED = frozenset({"actor", "instrument", "sector", "act", "rule"})
_NAMED = ("actor", "person", "rule", "sector", "weak", "instrument")
_TENSE = frozenset({"negation", "st_planned", "st_done", "st_ongoing", "st_ended", "st_proposed"})
_KEPT = frozenset({*_NAMED, *_TENSE, "push"})
_NEAR = 45
_BESIDE = ((-2, "pp:"), (-1, "p:"), (1, "n:"), (2, ""))
BLOCKS = ("own", "near", "around", "beside", "lead", "title", "first", "fellows")
Blocks = tuple[list[str], ...]
"""What is seen of one sentence, a list for each of `BLOCKS`."""


def own(sentence: Sentence) -> list[str]:
    """Words, pairs of words and codes of hits of one sentence."""
    return [*sentence.words, *_pairs(sentence.words), *_coded(sentence)]


def _pairs(words: Sequence[str]) -> list[str]:
    return [f"{a} {b}" for a, b in pairwise(words)]


def _coded(sentence: Sentence) -> list[str]:
    return [f"h:{hit.kind}:{hit.code}" for hit in sentence.hits if hit.kind in _CODED]


def around(reading: Reading, at: int) -> list[str]:
    """Words of the title and of the sentences before and after."""
    seen = [f"t:{word}" for word in dict.fromkeys(reading.title.words)]
    if at:
        seen += [f"p:{word}" for word in dict.fromkeys(reading.sentences[at - 1].words)]
    if at + 1 < len(reading.sentences):
        seen += [f"n:{word}" for word in dict.fromkeys(reading.sentences[at + 1].words)]
    return seen


def for_facets(reading: Reading, chosen: Sequence[int]) -> Iterator[Blocks]:
    """For each chosen sentence (those that state measures) what tells actor, instrument, sectors and status, in the
    order of `BLOCKS`: its words and terms; those near its act; the terms of its neighbours, the title and the article,
    and the last ones named; the words of its neighbours; those of the first sentence; of the title; of the first chosen
    one; of all other chosen ones."""
    seen = list(_blocks(reading))
    title = _title(reading)
    for at in chosen:
        fellows = [word for other in chosen if other != at for word in seen[other][0]]
        yield *seen[at], title, seen[chosen[0]][0], fellows


def _title(reading: Reading) -> list[str]:
    words = reading.title.words
    tense = [hit.kind for hit in reading.title.hits if hit.kind in _TENSE]
    return [*words, *3 * tense, *_pairs(words)]


def _blocks(reading: Reading) -> Iterator[Blocks]:
    """The blocks of each sentence that do not depend on which are chosen."""
    count = Counter(_name(hit) for sentence in reading.sentences for hit in sentence.hits if hit.kind in _NAMED)
    ranked = [name for name, _ in sorted(count.items(), key=lambda pair: (-pair[1], pair[0]))]
    article = [f"a:{name}" for name in ranked[:6]]
    article += [f"A:{name}" for kind in _NAMED for name in [n for n in ranked if n.startswith(f"{kind}:")][:2]]
    title = [f"t:{word}" for word in reading.title.words]
    title += [f"th:{_name(hit)}" for hit in reading.title.hits if hit.kind in _NAMED] * 2
    carried: dict[str, str] = {}
    owns = [own(sentence) for sentence in reading.sentences]
    pairs = [[word for word in seen if not word.startswith("h:")] for seen in owns]
    lead = [*reading.sentences[0].words, *_coded(reading.sentences[0])] if reading.sentences else []
    for at, sentence in enumerate(reading.sentences):
        for hit in reversed(sentence.hits):
            if hit.kind in {"actor", "sector", "instrument"}:
                carried[hit.kind] = f"c:{_name(hit)}"
        around = title + article + 2 * list(carried.values())
        beside: list[str] = []
        for step, mark in _BESIDE:
            if 0 <= at + step < len(reading.sentences):
                near = reading.sentences[at + step].hits
                around += [mark + _name(hit) for hit in near if mark and hit.kind in _NAMED]
                beside += pairs[at + step]
        yield owns[at] + _terms(sentence), _near(sentence), around, beside, lead


def _terms(sentence: Sentence) -> list[str]:
    """Names of the terms of a sentence that its codes do not hold already."""
    return [f"h:{_name(hit)}" for hit in sentence.hits if hit.kind in _KEPT and hit.kind not in _CODED]


def _near(sentence: Sentence) -> list[str]:
    """The terms and words around the first act of a sentence."""
    act = next((hit for hit in sentence.hits if hit.kind == "act"), None)
    if act is None:
        return []
    seen = [f"near:{_name(h)}" for h in sentence.hits if h.kind in _KEPT and abs(h.start - act.start) < _NEAR]
    first = next((i for i, start in enumerate(sentence.starts) if start >= act.start), 0)
    return seen + [f"act:{word}" for word in sentence.words[max(0, first - 3) : first + 6]]


def _name(hit: Hit) -> str:
    return hit.kind if hit.kind == hit.code else f"{hit.kind}:{hit.code}"
