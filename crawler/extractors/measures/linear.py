"""Linear models over the words of a sentence: weights as plain arrays, evaluated with numpy."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]


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
        parts = [arrays[f"{name}.{part}"].astype(np.float32) for part in ("idf", "weights", "bias")]
        return cls(terms, parts[0], parts[1], parts[2], lines(arrays[f"{name}.classes"]))

    def arrays(self, name: str) -> dict[str, npt.NDArray[np.generic]]:
        """The model as plain arrays under the prefix `name`."""
        return {
            f"{name}.terms": as_bytes(self.terms),
            f"{name}.idf": self.idf.astype(np.float16),
            f"{name}.weights": self.weights.astype(np.float16),
            f"{name}.bias": self.bias,
            f"{name}.classes": as_bytes(self.classes),
        }

    def vector(self, seen: Iterable[str]) -> tuple[npt.NDArray[np.intp], Floats]:
        """Columns and values of the terms that the model knows."""
        counts = Counter(i for term in seen if (i := self.index.get(term)) is not None)
        columns = np.fromiter(counts.keys(), dtype=np.intp, count=len(counts))
        values = (1 + np.log(np.fromiter(counts.values(), dtype=np.float32, count=len(counts)))) * self.idf[columns]
        return columns, values / max(float(np.sqrt(values @ values)), 1e-9)

    def scores(self, documents: Sequence[Iterable[str]]) -> Floats:
        """Scores before any squashing, shape (documents, classes)."""
        out = np.empty((len(documents), len(self.bias)), dtype=np.float32)
        for i, seen in enumerate(documents):
            columns, values = self.vector(seen)
            out[i] = values @ self.weights[columns] + self.bias
        return out


def lines(array: npt.NDArray[np.generic]) -> list[str]:
    """Words from an array of UTF-8 bytes, one a line."""
    return array.tobytes().decode("utf-8").split("\n")


def as_bytes(words: Iterable[str]) -> npt.NDArray[np.uint8]:
    """Words as an array of UTF-8 bytes, one a line: numpy loads it without pickle."""
    return np.frombuffer("\n".join(words).encode("utf-8"), dtype=np.uint8)
