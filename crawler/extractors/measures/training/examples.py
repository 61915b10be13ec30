"""Annotated articles, read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from crawler.extractors.measures.features import matrix
from crawler.extractors.measures.reading import Reading, read
from crawler.extractors.measures.training.articles import GoldArticle, GoldMention
from crawler.extractors.measures.training.folds import folds

Floats = npt.NDArray[np.float32]
PARTS = 5


@dataclass(frozen=True, slots=True)
class Example:
    """An article read, with its clues and what is told of each sentence."""

    article: GoldArticle
    reading: Reading
    clues: Floats
    mentions: tuple[tuple[GoldMention, ...], ...]
    part: int
    """Which of `PARTS` it belongs to where models learn from what others, that have not seen it, say of it."""


def examples(articles: Iterable[GoldArticle]) -> list[Example]:
    """Articles read; copies of one story are in one part."""
    whole = list(articles)
    return [_example(article, part) for article, part in zip(whole, folds(whole, PARTS), strict=True)]


def _example(article: GoldArticle, part: int) -> Example:
    reading = read(article.title, article.text, article.published)
    told_of = tuple(
        tuple(m for m in article.mentions if m.is_stated(sentence.start, sentence.end))
        for sentence in reading.sentences
    )
    return Example(article, reading, matrix(reading), told_of, part)


def without(examples: Sequence[Example], fold_of: Sequence[int], fold: int) -> list[Example]:
    """The articles of all other folds."""
    return [known for known, own in zip(examples, fold_of, strict=True) if own != fold]
