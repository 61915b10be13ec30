"""Who acts and for whom: the actor and the sectors of a sentence, from its own words, its frame and its article."""

from __future__ import annotations

from collections import Counter

from crawler.extractors.measures.reading import Reading, Sentence
from crawler.taxonomy import group_of

_FALLBACKS = ("lintas", "umum")


def sectors(reading: Reading) -> list[tuple[str, ...]]:
    """Sectors of each sentence if it states a measure: named in it, in the frame before it, in the title or article."""
    named = [_named(sentence) for sentence in reading.sentences]
    title = _named(reading.title)
    article = sum(named, Counter(title))
    chosen: list[tuple[str, ...]] = []
    frame: Counter[str] = Counter()
    for own in named:
        strong = {code for code, count in own.items() if count >= 3 and code not in _FALLBACKS}
        scores: dict[str, float] = {}
        for code in set(own) | set(frame) | set(title) | {code for code, _ in article.most_common(3)}:
            weight = 0.2 if code in _FALLBACKS else 1.0
            scores[code] = weight * (
                2 * own[code] + frame[code] * (0 if strong else 1) + min(title[code], 3) + min(article[code], 12) // 3
            )
        chosen.append(_best(scores))
        if strong:
            frame = Counter(dict.fromkeys(strong, 3))
    return chosen


def _named(sentence: Sentence) -> Counter[str]:
    found: Counter[str] = Counter()
    for hit in sentence.hits:
        if hit.kind in {"sector", "weak"}:
            found[hit.code] += 3 if hit.kind == "sector" else 1
    for code in list(found):
        if "." in code and group_of(code) in found:
            found[code] += 1
    return found


def _best(scores: dict[str, float]) -> tuple[str, ...]:
    ranked = sorted(((code, score) for code, score in scores.items() if score > 0), key=lambda r: -r[1])[:2]
    if not ranked:
        return ("umum",)
    if len(ranked) == 2 and ranked[1][1] >= 0.95 * ranked[0][1] and group_of(ranked[0][0]) != group_of(ranked[1][0]):
        return (ranked[0][0], ranked[1][0])
    return (ranked[0][0],)


def actors(reading: Reading) -> list[str]:
    """The public body behind each sentence: named in it, else the last one named."""
    last = next((hit.code for hit in reading.title.hits if hit.kind == "actor"), "gov")
    found = []
    for sentence in reading.sentences:
        codes = [hit.code for hit in sentence.hits if hit.kind in {"actor", "rule"}]
        specific = [code for code in codes if code not in {"gov", "bumn-usaha"}]
        if specific:
            last = max(specific, key=lambda code: ("." in code, -specific.index(code)))
        elif codes:
            found.append(codes[0])
            continue
        found.append(last)
    return found
