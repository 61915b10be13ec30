"""The trained model: linear models and boosted trees as plain arrays in one file, read without pickle."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from crawler.extractors.measures import grams
from crawler.extractors.measures.facets import Facets, shares
from crawler.extractors.measures.named import NAMINGS, evidence
from crawler.extractors.measures.network import Network
from crawler.extractors.measures.reading import Reading
from crawler.extractors.measures.stack import surroundings
from crawler.extractors.measures.trees import Trees
from crawler.extractors.measures.vocabulary import Vocabulary

WEIGHTS, NETWORK = "weights.npz", "network.npz"
"""Arrays of the model, and of the network in it."""
_RARE = 0.02
"""Added to the shares of the words before names count: a named code wins even where the words hardly know it."""
Arrays = dict[str, npt.NDArray[Any]]
Floats = npt.NDArray[np.float32]
About = Mapping[str, Any]
"""What a model says of itself: `slopes` and `offset` (the calibrated chance of the scores of trees and network),
`threshold` (the chance from which a sentence is a mention), `further` (the share from which a further sector is named),
and the versions it learned from."""
_HOPELESS = -4.0
"""Where the trees give no sentence of an article more than this, the network is not asked."""


class ModelError(ValueError):
    """The weights are no model of this version; the message says why."""


@dataclass(frozen=True, slots=True)
class Detector:
    """Two linear models (a sentence's own words; its neighbours' too) under boosted trees."""

    vocabulary: Vocabulary
    trees: Trees

    def scores(self, reading: Reading, clues: Floats) -> Floats:
        """How much speaks for a measure in each sentence, as the logarithm of odds."""
        linear = map(surroundings, self.vocabulary.scores(reading).T)
        return self.trees.scores(np.concatenate([clues, *linear], axis=1))[:, 0]

    def arrays(self) -> Arrays:
        """The detector as plain arrays."""
        return self.vocabulary.arrays("vocabulary") | self.trees.arrays("detect")


def together(trees: Floats, ask: Callable[[], Floats]) -> Floats:
    """Scores of trees and network side by side, shape (sentences, 2); the network is asked only where the trees leave a
    sentence of the article open."""
    asked = len(trees) and trees.max() > _HOPELESS
    return np.stack([trees, ask() if asked else trees], axis=1)


@dataclass(frozen=True, slots=True)
class Finders:
    """Trees and network that find measures, each in its own way."""

    detector: Detector
    network: Network

    def scores(self, reading: Reading, clues: Floats) -> Floats:
        """How much speaks for a measure in each sentence, as trees and as network see it, shape (sentences, 2)."""
        trees = self.detector.scores(reading, clues)
        return together(trees, lambda: self.network.scores(reading, clues))


@dataclass(frozen=True, slots=True)
class Model:
    """What finds measures, and the facets of what is found; the status has trees of its own above them."""

    finders: Finders
    facets: Facets
    status: Trees
    about: About

    def scores(self, reading: Reading, clues: Floats) -> Floats:
        """The scores of what finds measures."""
        return self.finders.scores(reading, clues)

    def odds(self, scores: Floats) -> Floats:
        """Calibrated logarithms of odds."""
        total: Floats = scores @ np.array(self.about["slopes"], dtype=np.float32) + np.float32(self.about["offset"])
        return total

    def chances(self, scores: Floats) -> Floats:
        """Calibrated chances of scores."""
        odds: Floats = np.exp(np.clip(self.odds(scores), -30, 30))
        return odds / (1 + odds)

    def shares(self, reading: Reading, clues: Floats, chosen: Sequence[int]) -> dict[str, Floats]:
        """For each facet the share of each code in the chosen sentences, shape (chosen, codes)."""
        found = self.facets.shares(list(grams.for_facets(reading, chosen)))
        for facet, naming in NAMINGS.items():
            found[facet] = _with_names(found[facet], self.facets.codes[facet], evidence(reading, naming), chosen)
        found["status"] = shares(self.status.scores(status_columns(clues[list(chosen)], found["status"])))
        return found

    def arrays(self) -> Arrays:
        """The model as the arrays of one file, without its network."""
        arrays = self.finders.detector.arrays() | self.status.arrays("status.trees") | self.facets.arrays()
        about = json.dumps(dict(self.about), sort_keys=True).encode()
        return {**arrays, "about": np.frombuffer(about, dtype=np.uint8)}


def _with_names(
    found: Floats, codes: Sequence[str], names: Sequence[Mapping[str, float]], chosen: Sequence[int]
) -> Floats:
    """Shares of the words, raised for the codes that are named."""
    added = np.array([[names[at].get(code, 0.0) for code in codes] for at in chosen], dtype=np.float32)
    return shares(np.log(found + _RARE) + added)


def status_columns(clues: Floats, found: Floats) -> Floats:
    """What the status trees see: a sentence's clues, and what the linear model thinks."""
    return np.concatenate([clues, np.log(found + 1e-4)], axis=1)


def model_from(arrays: Mapping[str, npt.NDArray[Any]], network: Network) -> Model:
    """The model that arrays and a network make; ModelError where they are of another version."""
    try:
        about = json.loads(arrays["about"].tobytes())
        facets = Facets.loaded(arrays)
        detector = Detector(Vocabulary.loaded(arrays, "vocabulary"), Trees.loaded(arrays, "detect"))
        finders = Finders(detector, network)
        model = Model(finders, facets, Trees.loaded(arrays, "status.trees"), about)
    except (KeyError, ValueError, IndexError, TypeError) as problem:
        raise ModelError(f"the weights cannot be read: {type(problem).__name__}: {problem}") from problem
    return model


@cache
def load_model() -> Model:
    """The model that ships with the package."""
    return model_from(packaged(WEIGHTS), load_network())


@cache
def load_network() -> Network:
    """The network that ships with the package."""
    return Network.loaded(packaged(NETWORK), "network")


def packaged(name: str) -> Arrays:
    """The arrays of a file of the package."""
    with resources.files(__package__).joinpath(name).open("rb") as file, np.load(file, allow_pickle=False) as arrays:
        return dict(arrays)


def write_arrays(path: Path, arrays: Mapping[str, npt.NDArray[Any]]) -> None:
    """Write an npz file in which nothing but the arrays counts: `numpy.savez` puts the time of day into it."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, array in arrays.items():
            entry = zipfile.ZipInfo(f"{name}.npy")
            entry.compress_type = zipfile.ZIP_DEFLATED
            with file.open(entry, "w", force_zip64=True) as out:
                np.lib.format.write_array(out, np.asanyarray(array), allow_pickle=False)
