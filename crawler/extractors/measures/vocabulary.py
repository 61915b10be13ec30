"""What the words in and around a sentence say of it: two linear models over one list of terms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from crawler.extractors.measures import grams
from crawler.extractors.measures.reading import Reading
from crawler.extractors.measures.terms import as_bytes, lines, weigh

Floats = npt.NDArray[np.float32]
Numbers = npt.NDArray[np.floating[Any]]
PLACES = ("own", *grams.MARKS)
"""Where a term stands: in the sentence itself, in the article's title, in the sentence before, in the one after."""
_OWN, _TITLE, _BEFORE, _AFTER = range(len(PLACES))
_STEPS = 127


class Vocabulary:
    """Terms, how telling each is, and what it weighs. One model sees a sentence's own terms alone, the other sees the
    words of the title and of the neighbours too.

    Scores are weighted sums of term frequencies (1 + log tf, idf, unit length over all that a model sees).
    """

    def __init__(self, terms: Sequence[str], idf: Numbers, alone: Numbers, weights: Numbers, bias: Numbers) -> None:
        """Shapes: idf and weights (terms, places), nothing where a term is not known in a place; alone (terms,); bias
        (2,), of the model that sees the sentence alone and of the other."""
        self.terms = tuple(terms)
        self._index = {term: i for i, term in enumerate(terms)}
        self._idf, self._alone = idf.astype(np.float32), alone.astype(np.float32)
        self._weights, self._bias = weights.astype(np.float32), bias.astype(np.float32)
        self._told, self._square = self._idf * self._weights, self._idf * self._idf

    def scores(self, reading: Reading) -> Floats:
        """What both models say of each sentence, shape (sentences, 2)."""
        count = len(reading.sentences)
        seen = weigh([grams.own(sentence) for sentence in reading.sentences], self._index, self._idf[:, _OWN])

        def summed(values: Floats) -> npt.NDArray[np.float64]:
            return np.bincount(seen.rows, values, count).astype(np.float64)

        size = seen.lengths**2
        alone = summed(seen.values * self._alone[seen.columns]) / np.sqrt(np.maximum(size, 1e-9))
        wide = summed(seen.values * self._weights[seen.columns, _OWN])
        title = [self._index[word] for word in dict.fromkeys(reading.title.words) if word in self._index]
        wide += self._told[title, _TITLE].sum()
        size += self._square[title, _TITLE].sum()
        if count > 1:
            for place, near, own in ((_BEFORE, slice(-1), slice(1, None)), (_AFTER, slice(1, None), slice(-1))):
                wide[own] += summed(self._told[seen.columns, place])[near]
                size[own] += summed(self._square[seen.columns, place])[near]
        both = np.stack([alone, wide / np.sqrt(np.maximum(size, 1e-9))], axis=1) + self._bias
        scores: Floats = both.astype(np.float32)
        return scores

    def arrays(self, name: str) -> dict[str, npt.NDArray[np.generic]]:
        """The vocabulary as plain arrays under the prefix `name`: of weights, the square root in one byte, so that the
        many small ones keep their digits."""
        weights = np.concatenate([self._alone[:, None], self._weights], axis=1)
        largest = np.maximum(np.abs(weights).max(axis=0), 1e-9)
        small = np.sign(weights) * np.round(np.sqrt(np.abs(weights) / largest) * _STEPS)
        return {
            f"{name}.terms": as_bytes(self.terms),
            f"{name}.idf": self._idf.T.astype(np.float16),
            f"{name}.weights": small.T.astype(np.int8),
            f"{name}.largest": largest,
            f"{name}.bias": self._bias,
        }

    @classmethod
    def loaded(cls, arrays: Mapping[str, npt.NDArray[Any]], name: str) -> Vocabulary:
        """The vocabulary that `arrays` (an open npz file) holds under the prefix `name`."""
        idf, small, largest, bias = (arrays[f"{name}.{part}"] for part in ("idf", "weights", "largest", "bias"))
        shares = small.T.astype(np.float32) / _STEPS
        weights = np.sign(shares) * shares**2 * largest
        return cls(lines(arrays[f"{name}.terms"]), idf.T.astype(np.float32), weights[:, 0], weights[:, 1:], bias)
