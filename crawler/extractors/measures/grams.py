"""What the linear models see of a sentence, as strings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from crawler.extractors.measures.lexicon import Hit
from crawler.extractors.measures.reading import Reading, Sentence

_CODED = frozenset({"actor", "instrument", "sector", "act", "rule"})
_NAMED = ("actor", "person", "rule", "sector", "weak", "instrument")
_TENSE = frozenset({"negation", "st_planned", "st_done", "st_ongoing", "st_ended", "st_proposed"})
_NEAR = 45


def own(sentence: Sentence) -> list[str]:
    """Words, pairs of words and codes of hits of one sentence."""
    pairs = [f"{a} {b}" for a, b in zip(sentence.words, sentence.words[1:], strict=False)]
    codes = [f"h:{hit.kind}:{hit.code}" for hit in sentence.hits if hit.kind in _CODED]
    return [*sentence.words, *pairs, *codes]


def around(reading: Reading, at: int) -> list[str]:
    """Words of the title and of the sentences before and after."""
    seen = [f"t:{word}" for word in dict.fromkeys(reading.title.words)]
    if at:
        seen += [f"p:{word}" for word in dict.fromkeys(reading.sentences[at - 1].words)]
    if at + 1 < len(reading.sentences):
        seen += [f"n:{word}" for word in dict.fromkeys(reading.sentences[at + 1].words)]
    return seen


def for_facets(reading: Reading) -> Iterator[list[str]]:
    """For each sentence what tells actor, instrument, sectors and status: its words and terms, those near its act,
    those of its neighbours and the title, the article's commonest, and the last ones named."""
    count = Counter(_name(hit) for sentence in reading.sentences for hit in sentence.hits if hit.kind in _NAMED)
    ranked = [name for name, _ in sorted(count.items(), key=lambda pair: (-pair[1], pair[0]))]
    article = [f"a:{name}" for name in ranked[:6]]
    article += [f"A:{name}" for kind in _NAMED for name in [n for n in ranked if n.startswith(f"{kind}:")][:2]]
    title = [f"t:{word}" for word in reading.title.words]
    title += [f"th:{_name(hit)}" for hit in reading.title.hits if hit.kind in _NAMED] * 2
    carried: dict[str, str] = {}
    for at, sentence in enumerate(reading.sentences):
        for hit in reversed(sentence.hits):
            if hit.kind in {"actor", "sector", "instrument"}:
                carried[hit.kind] = f"c:{_name(hit)}"
        seen = own(sentence) + _terms(sentence) + title + article + 2 * list(carried.values())
        for step, mark in ((-1, "p:"), (1, "n:"), (-2, "pp:")):
            if 0 <= at + step < len(reading.sentences):
                near = reading.sentences[at + step].hits
                seen += [mark + _name(hit) for hit in near if hit.kind in _NAMED]
        yield seen


def _terms(sentence: Sentence) -> list[str]:
    """Names of the terms of a sentence, and once more of those near its first act."""
    kept = [hit for hit in sentence.hits if hit.kind in _NAMED or hit.kind in _TENSE or hit.kind == "push"]
    seen = [f"h:{_name(hit)}" for hit in kept if hit.kind not in _CODED]
    act = next((hit for hit in sentence.hits if hit.kind == "act"), None)
    if act is None:
        return seen
    seen += [f"near:{_name(hit)}" for hit in kept if abs(hit.start - act.start) < _NEAR]
    first = next((i for i, start in enumerate(sentence.starts) if start >= act.start), 0)
    return seen + [f"act:{word}" for word in sentence.words[max(0, first - 3) : first + 6]]


def _name(hit: Hit) -> str:
    return hit.kind if hit.kind == hit.code else f"{hit.kind}:{hit.code}"
