"""Linear models under boosted trees: what the words say of a sentence and its neighbours, beside its clues."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
_REACH = 3
_NOTHING = -9.0


def surroundings(scores: Floats) -> Floats:
    """One linear score per sentence, shape (sentences,), as columns: its own, those of three sentences before and
    after, the article's mean chance, best and third best score."""
    count = len(scores)
    padded = np.concatenate([np.full(_REACH, _NOTHING), scores, np.full(_REACH, _NOTHING)])
    steps = [0, *(step for step in range(-_REACH, _REACH + 1) if step)]
    columns = [padded[_REACH + step : _REACH + step + count] for step in steps]
    ranked = np.sort(scores)
    whole = [(1 / (1 + np.exp(-scores))).mean(), ranked[-1], ranked[-min(3, count)]]
    columns += [np.full(count, value) for value in whole]
    return np.stack(columns, axis=1).astype(np.float32)
