"""From held-out scores to chances that mean what they say, and to the threshold that reads best."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from crawler.extractors.measures.training.articles import GoldArticle

Floats = npt.NDArray[np.float64]
FURTHER = 0.3
"""The share from which a further sector is named beside the first; between 0.2 and 0.5 the figures hardly move."""


@dataclass(frozen=True, slots=True)
class Judged:
    """An article with the scores of models that did not see it, shape (sentences, 2); none if nothing was scored."""

    scores: npt.NDArray[np.float32]
    spans: tuple[tuple[int, int], ...]
    article: GoldArticle

    def truth(self) -> npt.NDArray[np.bool_]:
        """Whether each scored sentence states a measure."""
        spans = self.spans[: len(self.scores)]
        told = [any(m.is_stated(*span) for m in self.article.mentions) for span in spans]
        return np.array(told, dtype=bool)


def calibrate(judged: Sequence[Judged]) -> dict[str, Any]:
    """Slopes and offset of the chances, and the threshold with the best sentence F1."""
    scores = np.concatenate([j.scores for j in judged]).astype(np.float64)
    truth = np.concatenate([j.truth() for j in judged])
    *slopes, offset = _logistic(scores, truth.astype(np.float64))
    chances = _squashed(scores @ np.array(slopes) + offset)
    return {
        "slopes": [round(slope, 4) for slope in slopes],
        "offset": round(offset, 4),
        "threshold": _threshold(chances, truth),
        "further": FURTHER,
    }


def _squashed(scores: Floats) -> Floats:
    chances: Floats = 1 / (1 + np.exp(-np.clip(scores, -30, 30)))
    return chances


def _logistic(scores: Floats, truth: Floats) -> list[float]:
    """Slopes and offset of a logistic regression, by Newton's method."""
    seen = np.concatenate([scores, np.ones((len(scores), 1))], axis=1)
    at = np.zeros(seen.shape[1])
    for _ in range(50):
        chances = _squashed(seen @ at)
        curve = (seen * (chances * (1 - chances))[:, None]).T @ seen + 1e-6 * np.eye(len(at))
        step = np.linalg.solve(curve, seen.T @ (chances - truth))
        at -= np.clip(step, -0.5, 0.5)
        if np.abs(step).max() < 1e-9:
            break
    return [float(value) for value in at]


def _threshold(chances: Floats, truth: npt.NDArray[np.bool_]) -> float:
    """Half of the best F1: from there on chances that mean what they say read best (Lipton, Elkan and Naryanaswamy
    2014). A threshold sought where F1 happens to be highest hangs on a few sentences."""
    steps, true = np.arange(0.2, 0.8, 0.01), truth.sum()
    f1 = [2 * (truth & (said := chances >= step)).sum() / max(1, said.sum() + true) for step in steps]
    return round(float(max(f1)) / 2, 3)


def reliability(judged: Sequence[Judged], about: dict[str, Any], bins: int = 10) -> list[tuple[float, float, int]]:
    """For each bin of the confidence its mean, the share that were measures, and the number of sentences."""
    scores = np.concatenate([j.scores for j in judged])
    truth = np.concatenate([j.truth() for j in judged])
    chances = _squashed(scores @ np.array(about["slopes"]) + about["offset"])
    rows = []
    for low in np.arange(bins) / bins:
        inside = (chances >= low) & (chances < low + 1 / bins)
        if inside.any():
            rows.append((float(chances[inside].mean()), float(truth[inside].mean()), int(inside.sum())))
    return rows
