"""Terms of documents, counted and weighed; lists of terms as plain arrays."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain, repeat
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Integers = npt.NDArray[np.int64]


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
