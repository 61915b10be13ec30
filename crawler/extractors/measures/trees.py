"""Boosted trees as plain arrays, evaluated with numpy for all sentences and all trees at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
MOST_LEAVES = 32
"""Leaves of a tree at most: which of them are still open is one number of 32 bits."""
_EXPONENT, _BIAS = 23, 127


@dataclass(frozen=True, slots=True)
class Trees:
    """Splits of all trees, shape (places, trees); a place that a tree has no split for closes nothing.

    A row with more than `threshold` in column `feature` cannot reach the leaves (bits, from the left) in `closed`. The
    first leaf that no split has closed is the row's own (Lucchese et al., QuickScorer, 2015); it adds its `value`,
    shape (trees, leaves). Trees stand in turn for each of `classes`.
    """

    feature: npt.NDArray[np.int32]
    threshold: Floats
    closed: npt.NDArray[np.uint32]
    value: Floats
    classes: int

    def scores(self, matrix: Floats) -> Floats:
        """Sums of the leaves, shape (rows, classes)."""
        above = matrix.T[self.feature] > self.threshold[:, :, None]
        still_open = ~np.bitwise_or.reduce(above * self.closed[:, :, None], axis=0)
        first = (still_open & -still_open).astype(np.float32)  # a power of two: its exponent is the leaf's number
        leaf = (first.view(np.int32) >> _EXPONENT) - _BIAS
        leaves = self.value[np.arange(len(leaf))[:, None], leaf].reshape(-1, self.classes, len(matrix))
        total: Floats = leaves.sum(axis=0, dtype=np.float64).T.astype(np.float32)
        return total

    def arrays(self, name: str) -> dict[str, npt.NDArray[np.generic]]:
        """The trees as plain arrays under the prefix `name`."""
        parts = {part: getattr(self, part) for part in ("feature", "threshold", "closed", "value")}
        classes = np.array([self.classes], dtype=np.int32)
        return {f"{name}.{part}": array for part, array in parts.items()} | {f"{name}.classes": classes}

    @classmethod
    def loaded(cls, arrays: Mapping[str, npt.NDArray[Any]], name: str) -> Trees:
        """The trees that `arrays` holds under the prefix `name`."""
        parts = [arrays[f"{name}.{part}"] for part in ("feature", "threshold", "closed", "value")]
        return cls(parts[0], parts[1], parts[2], parts[3], int(arrays[f"{name}.classes"][0]))
