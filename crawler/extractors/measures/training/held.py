"""What networks say of annotated articles that they did not learn from.

It is kept beside the network, so that `jurus train` can weigh network and trees by what neither has seen.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import accumulate
from typing import Any

import numpy as np
import numpy.typing as npt

from crawler.extractors.measures.terms import as_bytes, lines
from crawler.extractors.measures.training.articles import GoldArticle
from crawler.extractors.measures.training.examples import examples, without
from crawler.extractors.measures.training.folds import folds
from crawler.extractors.measures.training.lessons import train_network
from crawler.extractors.measures.training.parallel import spread
from crawler.extractors.measures.training.vectors import Vectors

Held = Mapping[str, npt.NDArray[np.float32]]
"""By the id of an annotated article the network's score of each of its sentences."""


def held_out(gold: Sequence[GoldArticle], labelled: Sequence[GoldArticle], vectors: Vectors) -> Held:
    """The scores of each gold article by a network that has seen neither it nor a copy of it."""
    read = examples([*gold, *labelled])
    mine, others = read[: len(gold)], read[len(gold) :]
    fold_of = folds(gold)

    def scored(fold: int) -> Held:
        network = train_network([*without(mine, fold_of, fold), *others], vectors)
        judged = [one for one, own in zip(mine, fold_of, strict=True) if own == fold]
        return {one.article.id: network.scores(one.reading, one.clues) for one in judged}

    return {name: scores for found in spread(scored, sorted(set(fold_of))).values() for name, scores in found.items()}


def held_arrays(held: Held) -> dict[str, npt.NDArray[Any]]:
    """The scores as plain arrays."""
    scores = [held[name] for name in sorted(held)]
    lengths = np.array([len(one) for one in scores], dtype=np.int32)
    return {"held.articles": as_bytes(sorted(held)), "held.lengths": lengths, "held.scores": np.concatenate(scores)}


def held_from(arrays: Mapping[str, npt.NDArray[Any]]) -> Held:
    """The scores that `held_arrays` made arrays of."""
    ends = list(accumulate(arrays["held.lengths"].tolist()))
    parts = np.split(arrays["held.scores"], ends[:-1])
    return dict(zip(lines(arrays["held.articles"]), parts, strict=True))
