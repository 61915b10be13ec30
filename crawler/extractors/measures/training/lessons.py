"""From annotated articles to what the network reads of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np

from crawler.extractors.measures.features import alone
from crawler.extractors.measures.network import seen, terms_of
from crawler.extractors.measures.tag import may_state_measures
from crawler.extractors.measures.training.articles import GoldMention
from crawler.extractors.measures.training.batches import NOT_TOLD, Lesson
from crawler.extractors.measures.training.examples import Example

Codes = tuple[tuple[str, ...], ...]
"""The codes of instrument, status, actor and sector that the network tells apart."""


def readable(examples: Iterable[Example]) -> list[Example]:
    """Those articles that may state measures at all."""
    return [known for known in examples if may_state_measures(known.reading)]


def terms_in(examples: Iterable[Example]) -> list[str]:
    """The names of all terms that stand in articles."""
    sentences = (sentence for known in examples for sentence in (known.reading.title, *known.reading.sentences))
    return sorted({name for sentence in sentences for _, name in terms_of(sentence)})


def codes_in(examples: Iterable[Example]) -> Codes:
    """The codes of each facet in articles."""
    told = [_codes(found[0]) for known in examples for found in known.mentions if found]
    return tuple(tuple(sorted(set(facet))) for facet in zip(*told, strict=True))


def lessons(
    examples: Iterable[Example], words: Mapping[str, int], terms: Mapping[str, int], codes: Codes
) -> Iterator[Lesson]:
    """What is to be learned of each article. Of several mentions in a sentence the first counts."""
    numbers = [{code: number for number, code in enumerate(facet)} for facet in codes]
    for known in examples:
        told = np.full((len(known.mentions), len(codes)), NOT_TOLD, dtype=np.int64)
        for at, found in enumerate(known.mentions):
            if found:
                told[at] = [own.get(code, NOT_TOLD) for own, code in zip(numbers, _codes(found[0]), strict=True)]
        truth = np.array([bool(found) for found in known.mentions], dtype=np.float32)
        yield Lesson(seen(known.reading, words, terms), known.clues[:, : alone()], truth, told)


def _codes(mention: GoldMention) -> Sequence[str]:
    return mention.instrument, mention.status, mention.actor, mention.sectors[0]
