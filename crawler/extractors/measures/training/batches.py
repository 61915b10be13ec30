"""Annotated articles as the network learns them: a few at a time, sentences of like length together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from crawler.extractors.measures.network import Seen

Floats = npt.NDArray[np.float32]
Integers = npt.NDArray[np.int64]
NOT_TOLD = -1
_SIZES = 5


class Lesson(NamedTuple):
    """An article: what is seen of it, its clues, whether each sentence states a measure, and the number of the code
    in each facet (`NOT_TOLD` where it states none), shape (sentences, facets)."""

    seen: Seen
    clues: Floats
    truth: Floats
    codes: Integers


class Group(NamedTuple):
    """Sentences of like length: words shape (sentences, words), terms (sentences, words, 3), 1 where a word stands."""

    words: Integers
    terms: Integers
    real: Floats


class Batch(NamedTuple):
    """Some articles. `rows` are the numbers of their known words, to which `groups` refer; `back` puts the sentences
    of the groups into the order of the articles; `place` is (article, title or sentence) of each; `grid` holds the
    sentences of each article, `real` is 1 where there is one; `body` tells sentences from titles."""

    rows: Integers
    groups: Sequence[Group]
    back: Integers
    place: Integers
    grid: Integers
    real: Floats
    body: npt.NDArray[np.bool_]
    clues: Floats
    truth: Floats
    codes: Integers


def batch(lessons: Sequence[Lesson]) -> Batch:
    """Articles put together; row 0 of `rows` is always the unknown word."""
    lengths = np.concatenate([lesson.seen.lengths for lesson in lessons])
    rows, words = np.unique(np.concatenate([[0], *(lesson.seen.words for lesson in lessons)]), return_inverse=True)
    terms = np.concatenate([lesson.seen.terms for lesson in lessons])
    order = np.argsort(lengths, kind="stable")
    starts = np.cumsum(lengths) - lengths
    groups = [
        _group(words[1:], terms, starts[part], lengths[part]) for part in np.array_split(order, min(_SIZES, len(order)))
    ]
    sizes = np.array([len(lesson.seen.lengths) for lesson in lessons])
    owner = np.repeat(np.arange(len(lessons)), sizes)
    first = np.cumsum(sizes) - sizes
    at = np.arange(len(lengths)) - first[owner]
    steps = np.arange(sizes.max())
    clues = np.zeros((len(lengths), lessons[0].clues.shape[1]), dtype=np.float32)
    clues[at > 0] = np.concatenate([lesson.clues for lesson in lessons])
    return Batch(
        rows=rows,
        groups=groups,
        back=np.argsort(order, kind="stable"),
        place=np.stack([owner, at]),
        grid=first[:, None] + np.minimum(steps, sizes[:, None] - 1),
        real=(steps < sizes[:, None]).astype(np.float32),
        body=at > 0,
        clues=clues,
        truth=np.concatenate([lesson.truth for lesson in lessons]),
        codes=np.concatenate([lesson.codes for lesson in lessons]),
    )


def _group(words: Integers, terms: Integers, starts: Integers, lengths: Integers) -> Group:
    steps = np.arange(lengths.max())
    real = steps < lengths[:, None]
    at = np.where(real, starts[:, None] + steps, 0)
    return Group(np.where(real, words[at], 0), terms[at] * real[..., None], real.astype(np.float32))
