"""How sure a score is: its range over random draws of as many articles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from crawler.extractors.measures.training.articles import GoldArticle
from crawler.extractors.measures.training.scores import Score, Told, score

DRAWS, SEED, TAIL = 1000, 1, 2.5


def intervals(gold: Sequence[GoldArticle], predicted: Mapping[str, Sequence[Told]]) -> dict[str, tuple[float, float]]:
    """By facet the bounds between which F1 lies in 95 of 100 draws of articles, with replacement."""
    single = [score([article], predicted) for article in gold]
    draws = np.random.default_rng(SEED).integers(len(gold), size=(DRAWS, len(gold)))
    bounds = {}
    for facet in single[0]:
        counts = np.array([_counts(scores[facet]) for scores in single])
        hit, said, found, true = counts[draws].sum(axis=1).T
        precision, recall = hit / np.maximum(said, 1), found / np.maximum(true, 1)
        f1 = 2 * precision * recall / np.maximum(precision + recall, 1e-12)
        low, high = np.percentile(f1, [TAIL, 100 - TAIL])
        bounds[facet] = float(low), float(high)
    return bounds


def _counts(of: Score) -> tuple[float, float, float, float]:
    """Right predictions, all predictions, annotated things found, all annotated things."""
    return of.precision * of.predicted, of.predicted, of.recall * of.gold, of.gold
