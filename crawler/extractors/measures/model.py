"""The trained weights: plain arrays in one npz file, read without pickle."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np

from crawler.extractors.measures.linear import Linear

WEIGHTS = "weights.npz"


@dataclass(frozen=True, slots=True)
class Model:
    """Detection, instrument and status, and the chance from which a sentence counts as a mention."""

    detect: Linear
    instrument: Linear
    status: Linear
    threshold: float


@cache
def load_model() -> Model:
    """The model that ships with the package."""
    with resources.files(__package__).joinpath(WEIGHTS).open("rb") as file:
        arrays = dict(np.load(file, allow_pickle=False))
    parts = [Linear.loaded(arrays, name) for name in ("detect", "instrument", "status")]
    return Model(parts[0], parts[1], parts[2], float(arrays["threshold"]))
