"""Boosted trees as plain arrays, evaluated with numpy for all sentences and all trees at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Trees:
    """Nodes of all trees in one row: a node sends what is at most `threshold` in column `feature` to `left`, else to
    `right`; a leaf sends everything to itself and adds its `value`. `roots` are the first nodes, tree after tree and
    class after class."""

    feature: npt.NDArray[np.int32]
    threshold: npt.NDArray[np.float64]
    left: npt.NDArray[np.int32]
    right: npt.NDArray[np.int32]
    value: Floats
    roots: npt.NDArray[np.int32]
    depth: int
    classes: int

    def scores(self, matrix: Floats) -> Floats:
        """Sums of the leaves, shape (rows, classes)."""
        rows = np.arange(len(matrix))[:, None]
        at = np.broadcast_to(self.roots, (len(matrix), len(self.roots)))
        for _ in range(self.depth):
            below = matrix[rows, self.feature[at]] <= self.threshold[at]
            at = np.where(below, self.left[at], self.right[at])
        leaves = self.value[at].reshape(len(matrix), -1, self.classes)
        total: Floats = leaves.sum(axis=1, dtype=np.float64).astype(np.float32)
        return total

    def arrays(self, name: str) -> dict[str, npt.NDArray[np.generic]]:
        """The trees as plain arrays under the prefix `name`."""
        parts = {part: getattr(self, part) for part in ("feature", "threshold", "left", "right", "value", "roots")}
        shape = np.array([self.depth, self.classes], dtype=np.int32)
        return {f"{name}.{part}": array for part, array in parts.items()} | {f"{name}.shape": shape}

    @classmethod
    def loaded(cls, arrays: Mapping[str, npt.NDArray[Any]], name: str) -> Trees:
        """The trees that `arrays` holds under the prefix `name`."""
        depth, classes = (int(n) for n in arrays[f"{name}.shape"])
        parts = [arrays[f"{name}.{part}"] for part in ("feature", "threshold", "left", "right", "value", "roots")]
        return cls(parts[0], parts[1], parts[2], parts[3], parts[4], parts[5], depth, classes)
