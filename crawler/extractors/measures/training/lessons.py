"""The network from articles whose measures are known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np

from crawler.extractors.measures.features import alone
from crawler.extractors.measures.network import Network, numbered, seen, terms_of
from crawler.extractors.measures.tag import may_state_measures
from crawler.extractors.measures.training.articles import GoldMention
from crawler.extractors.measures.training.batches import NOT_TOLD, Lesson
from crawler.extractors.measures.training.examples import Example
from crawler.extractors.measures.training.network import learn_network
from crawler.extractors.measures.training.vectors import Vectors

Codes = tuple[tuple[str, ...], ...]
"""The codes of instrument, status, actor and sector that the network learns to tell apart."""


def train_network(examples: Iterable[Example], vectors: Vectors) -> Network:
    """The network that articles teach whose measures are known, with words known from plain texts."""
    known = [read for read in examples if may_state_measures(read.reading)]
    told = [_codes(found[0]) for read in known for found in read.mentions if found]
    if not told:
        raise ValueError("no article with a measure to learn from")
    codes = tuple(tuple(sorted(set(facet))) for facet in zip(*told, strict=True))
    terms = numbered(_terms(known))
    read_of_them = list(lessons(known, numbered(list(vectors.words)), terms, codes))
    return learn_network(read_of_them, vectors, terms, [len(facet) for facet in codes])


def _terms(known: Iterable[Example]) -> list[str]:
    """The names of all terms that stand in articles."""
    sentences = (sentence for read in known for sentence in (read.reading.title, *read.reading.sentences))
    return sorted({name for sentence in sentences for _, name in terms_of(sentence)})


def lessons(
    known: Iterable[Example], words: Mapping[str, int], terms: Mapping[str, int], codes: Codes
) -> Iterator[Lesson]:
    """What is to be learned of each article. Of several mentions in a sentence the first counts."""
    numbers = [{code: number for number, code in enumerate(facet)} for facet in codes]
    for read in known:
        told = np.full((len(read.mentions), len(codes)), NOT_TOLD, dtype=np.int64)
        for at, found in enumerate(read.mentions):
            if found:
                told[at] = [own.get(code, NOT_TOLD) for own, code in zip(numbers, _codes(found[0]), strict=True)]
        truth = np.array([bool(found) for found in read.mentions], dtype=np.float32)
        yield Lesson(seen(read.reading, words, terms), read.clues[:, : alone()], truth, told)


def _codes(mention: GoldMention) -> Sequence[str]:
    return mention.instrument, mention.status, mention.actor, mention.sectors[0]
