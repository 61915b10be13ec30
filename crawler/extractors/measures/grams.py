"""What the linear models see of a sentence, as strings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence, Set
from itertools import pairwise

from crawler.extractors.measures.lexicon import Hit
from crawler.extractors.measures.reading import Reading, Sentence

_CODED = frozenset({"actor", "instrument", "sector", "act", "rule"})
_NAMED = ("actor", "person", "rule", "sector", "weak", "instrument")
_TENSE = frozenset({"negation", "st_planned", "st_done", "st_ongoing", "st_ended", "st_proposed"})
_KEPT = frozenset({*_NAMED, *_TENSE, "push"})
_NEAR = 45
MARKS = {"title": "t:", "before": "p:", "after": "n:"}
"""The marks of words that stand around a sentence, by place. No word and no pair of words begins with one."""
_BESIDE = ((-2, "pp:"), (-1, MARKS["before"]), (1, MARKS["after"]), (2, ""))
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
    """Words of the title and of the sentences before and after, each with the mark of its place."""
    sentences = reading.sentences
    near = {
        "title": reading.title.words,
        "before": sentences[at - 1].words if at else (),
        "after": sentences[at + 1].words if at + 1 < len(sentences) else (),
    }
    return [MARKS[place] + word for place, words in near.items() for word in dict.fromkeys(words)]


def placed(term: str) -> tuple[str, str]:
    """The place of a term of `own` or `around`, and the term without its mark."""
    place = next((place for place, mark in MARKS.items() if term.startswith(mark)), "own")
    return place, term.removeprefix(MARKS.get(place, ""))


def for_facets(reading: Reading, chosen: Sequence[int]) -> Iterator[Blocks]:
    """For each chosen sentence (those that state measures, in order) what tells actor, instrument, sectors and status,
    in the order of `BLOCKS`: its words and terms; those near its act; the terms of its neighbours, the title and the
    article, and the last ones named; the words of its neighbours; those of the first sentence; of the title; of the
    first chosen one; of all other chosen ones."""
    seen = dict(zip(chosen, _blocks(reading, frozenset(chosen)), strict=True))
    title = _title(reading)
    for at in chosen:
        fellows = [word for other in chosen if other != at for word in seen[other][0]]
        yield *seen[at], title, seen[chosen[0]][0], fellows


def _title(reading: Reading) -> list[str]:
    words = reading.title.words
    tense = [hit.kind for hit in reading.title.hits if hit.kind in _TENSE]
    return [*words, *3 * tense, *_pairs(words)]


def _blocks(reading: Reading, wanted: Set[int]) -> Iterator[Blocks]:
    """The blocks of each wanted sentence that do not depend on the other wanted ones."""
    count = Counter(_name(hit) for sentence in reading.sentences for hit in sentence.hits if hit.kind in _NAMED)
    ranked = [name for name, _ in sorted(count.items(), key=lambda pair: (-pair[1], pair[0]))]
    article = [f"a:{name}" for name in ranked[:6]]
    article += [f"A:{name}" for kind in _NAMED for name in [n for n in ranked if n.startswith(f"{kind}:")][:2]]
    title = [MARKS["title"] + word for word in reading.title.words]
    title += [f"th:{_name(hit)}" for hit in reading.title.hits if hit.kind in _NAMED] * 2
    carried: dict[str, str] = {}
    lead = [*reading.sentences[0].words, *_coded(reading.sentences[0])] if reading.sentences else []
    for at, sentence in enumerate(reading.sentences):
        for hit in reversed(sentence.hits):
            if hit.kind in {"actor", "sector", "instrument"}:
                carried[hit.kind] = f"c:{_name(hit)}"
        if at not in wanted:
            continue
        around = title + article + 2 * list(carried.values())
        beside: list[str] = []
        for step, mark in _BESIDE:
            if 0 <= at + step < len(reading.sentences):
                near = reading.sentences[at + step]
                around += [mark + _name(hit) for hit in near.hits if mark and hit.kind in _NAMED]
                beside += [*near.words, *_pairs(near.words)]
        yield own(sentence) + _terms(sentence), _near(sentence), around, beside, lead


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
