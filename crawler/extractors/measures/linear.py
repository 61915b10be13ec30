"""Linear models over the words of a sentence: weights as plain arrays, evaluated with numpy."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain, repeat
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Integers = npt.NDArray[np.int64]
_STEPS = 127


class Linear:
    """Scores of classes as a weighted sum of term frequencies (1 + log tf, idf, unit length)."""

    def __init__(
        self, terms: Sequence[str], idf: Floats, weights: Floats, bias: Floats, classes: Sequence[str]
    ) -> None:
        """Shapes: idf (terms,), weights (terms, classes), bias (classes,)."""
        self.index = {term: i for i, term in enumerate(terms)}
        self.terms = tuple(terms)
        self.idf = idf.astype(np.float32)
        self.weights = weights.astype(np.float32)
        self.bias = bias.astype(np.float32)
        self.classes = tuple(classes)

    @classmethod
    def loaded(cls, arrays: Mapping[str, npt.NDArray[np.generic]], name: str) -> Linear:
        """The model that `arrays` (an open npz file) holds under the prefix `name`."""
        terms = lines(arrays[f"{name}.terms"])
        idf, small, largest, bias = (arrays[f"{name}.{part}"] for part in ("idf", "weights", "largest", "bias"))
        weights = np.sign(small) * (small.astype(np.float32) / _STEPS) ** 2 * largest
        return cls(terms, idf.astype(np.float32), weights, bias.astype(np.float32), lines(arrays[f"{name}.classes"]))

    def arrays(self, name: str) -> dict[str, npt.NDArray[np.generic]]:
        """The model as plain arrays under the prefix `name`: of weights, the square root in one byte, so that the many
        small ones keep their digits."""
        largest = np.maximum(np.abs(self.weights).max(axis=0), 1e-9)
        small = np.sign(self.weights) * np.round(np.sqrt(np.abs(self.weights) / largest) * _STEPS)
        return {
            f"{name}.terms": as_bytes(self.terms),
            f"{name}.idf": self.idf.astype(np.float16),
            f"{name}.weights": small.astype(np.int8),
            f"{name}.largest": largest,
            f"{name}.bias": self.bias,
            f"{name}.classes": as_bytes(self.classes),
        }

    def scores(self, documents: Sequence[Sequence[str]]) -> Floats:
        """Scores before any squashing, shape (documents, classes)."""
        rows, columns, values, lengths = weigh(documents, self.index, self.idf)
        out = np.zeros((len(documents), len(self.bias)))
        if len(rows):
            first = np.flatnonzero(np.diff(rows, prepend=-1))
            out[rows[first]] = np.add.reduceat(self.weights[columns] * values[:, None], first, axis=0)
        scores: Floats = (out / np.maximum(lengths, 1e-9)[:, None] + self.bias).astype(np.float32)
        return scores


class Weighed(NamedTuple):
    """The known terms of documents, one document after the other: the number of the document, that of the term, and
    what it weighs (1 + log tf, idf); and how long each document is."""

    rows: Integers
    columns: Integers
    values: Floats
    lengths: npt.NDArray[np.float64]


def weigh(documents: Sequence[Sequence[str]], index: Mapping[str, int], idf: Floats) -> Weighed:
    """Count and weigh the terms of documents; `index` numbers the known ones."""
    sizes = [len(seen) for seen in documents]
    known = map(index.get, chain.from_iterable(documents), repeat(-1))
    found = np.fromiter(known, dtype=np.int64, count=sum(sizes))
    keys = found + np.repeat(np.arange(len(documents)) * len(idf), sizes)
    keys, counts = np.unique(keys[found >= 0], return_counts=True)
    rows, columns = np.divmod(keys, max(len(idf), 1))
    values = (1 + np.log(counts.astype(np.float32))) * idf[columns]
    return Weighed(rows, columns, values, np.sqrt(np.bincount(rows, values * values, len(documents))))


def lines(array: npt.NDArray[np.generic]) -> list[str]:
    """Words from an array of UTF-8 bytes, one a line."""
    return array.tobytes().decode("utf-8").split("\n")


def as_bytes(words: Iterable[str]) -> npt.NDArray[np.uint8]:
    """Words as an array of UTF-8 bytes, one a line: numpy loads it without pickle."""
    return np.frombuffer("\n".join(words).encode("utf-8"), dtype=np.uint8)
