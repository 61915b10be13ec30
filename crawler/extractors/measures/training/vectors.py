"""Vectors of words, learned from the company that they keep in plain texts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from crawler.extractors.measures.reading import words_of
from crawler.extractors.measures.training.learn import tool

Floats = npt.NDArray[np.float32]
WIDTH = 96
_MOST_WORDS = 20_000
_FEWEST_TIMES = 8
_NEAR = 5
_SMOOTH = 0.75
_SPREAD = 0.3


class Vectors(NamedTuple):
    """Words and their vectors, shape (words, `WIDTH`)."""

    words: tuple[str, ...]
    rows: Floats


def learn_vectors(texts: Iterable[str]) -> Vectors:
    """Vectors of the commonest words: the positive mutual information of words that stand near each other, the nearer
    the more, brought down to few dimensions (Levy, Goldberg and Dagan 2015)."""
    read = [words_of(text) for text in texts]
    counts = Counter(word for words in read for word in words)
    known = [word for word, count in counts.most_common(_MOST_WORDS) if count >= _FEWEST_TIMES]
    number = {word: i for i, word in enumerate(known)}
    gap = [-1] * _NEAR
    places = np.array([n for words in read for n in [*(number.get(word, -1) for word in words), *gap]], dtype=np.int32)
    shared = _mutual(places, len(known))
    svd = tool("sklearn.utils.extmath").randomized_svd
    left, strength, _ = svd(shared, min(WIDTH, len(known)), n_iter=4, random_state=0)
    rows = np.zeros((len(known), WIDTH), dtype=np.float32)
    rows[:, : len(strength)] = left * np.sqrt(strength)
    return Vectors(tuple(known), rows * (_SPREAD / max(float(rows.std()), 1e-9)))


def _mutual(places: npt.NDArray[np.int32], count: int) -> object:
    """Positive pointwise mutual information of words and their neighbours, a sparse matrix."""
    sparse = tool("scipy.sparse")
    near = sparse.csr_matrix((count, count), dtype=np.float32)
    for step in range(1, _NEAR + 1):
        one, other = places[:-step], places[step:]
        both = (one >= 0) & (other >= 0)
        weight = np.full(int(both.sum()), 1 / step, dtype=np.float32)
        near = near + sparse.coo_matrix((weight, (one[both], other[both])), shape=(count, count)).tocsr()
    near = (near + near.T).tocoo()
    own = np.asarray(near.sum(axis=1)).ravel()
    common = own**_SMOOTH / (own**_SMOOTH).sum()
    value = np.log(np.maximum(near.data / (own[near.row] * common[near.col]), 1e-9))
    kept = value > 0
    return sparse.csr_matrix((value[kept], (near.row[kept], near.col[kept])), shape=(count, count))
