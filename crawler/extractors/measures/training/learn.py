"""The models learn: linear ones with scikit-learn, trees with LightGBM; both leave as plain arrays."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from importlib import import_module
from typing import Any

import numpy as np
import numpy.typing as npt

from crawler.extractors.measures.linear import Linear
from crawler.extractors.measures.trees import MOST_LEAVES, Trees

Floats = npt.NDArray[np.float32]
Integers = npt.NDArray[np.intp]
_TREE = {
    "feature_fraction": 0.25,
    "bagging_fraction": 0.8,
    "bagging_freq": 1,
    "lambda_l2": 5,
    "verbose": -1,
    "num_threads": 1,
    "deterministic": True,
    "force_row_wise": True,
    "seed": 1,
}


def tool(name: str) -> Any:  # noqa: ANN401
    """A module that only training needs; ImportError says what to install."""
    try:
        return import_module(name)
    except ImportError as problem:
        raise ImportError(f"training needs {name.partition('.')[0]}: install jurus[train]") from problem


def learn_linear(documents: Sequence[Sequence[str]], told: Sequence[str], strength: float, least: int) -> Linear:
    """Logistic regression over term frequencies. `strength` is the inverse of the penalty; a term that stands in fewer
    than `least` documents is left out. With two codes the scores are those of the second in order."""
    text, models = tool("sklearn.feature_extraction.text"), tool("sklearn.linear_model")
    vectorizer = text.TfidfVectorizer(analyzer=list, min_df=least, sublinear_tf=True)
    matrix = vectorizer.fit_transform(documents)
    two = len(set(told)) == 2
    solver = {"solver": "liblinear", "random_state": 0} if two else {"max_iter": 60, "tol": 1e-3}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", tool("sklearn.exceptions").ConvergenceWarning)
        model = models.LogisticRegression(C=strength, **solver).fit(matrix, list(told))
    classes = [str(c) for c in (model.classes_[1:] if two else model.classes_)]
    return Linear(vectorizer.get_feature_names_out(), vectorizer.idf_, model.coef_.T, model.intercept_, classes)


def learn_trees(matrix: Floats, told: Integers, classes: int, rounds: int, **options: Any) -> Trees:  # noqa: ANN401
    """Boosted trees over columns; `told` is the number of each row's class (0 or 1 for one class)."""
    lightgbm = tool("lightgbm")
    goal = {"objective": "binary"} if classes == 1 else {"objective": "multiclass", "num_class": classes}
    booster = lightgbm.train(_TREE | goal | options, lightgbm.Dataset(matrix, told), rounds)
    return planted(booster.dump_model()["tree_info"], classes)


def planted(trees: Sequence[dict[str, Any]], classes: int) -> Trees:
    """LightGBM's dump of trees as the splits of all trees and the leaves that each closes."""
    grown = [_grown(tree["tree_structure"]) for tree in trees]
    places, leaves = max(1, *(len(splits) for splits, _ in grown)), max(len(values) for _, values in grown)
    feature = np.zeros((places, len(grown)), dtype=np.int32)
    threshold = np.full((places, len(grown)), np.inf, dtype=np.float32)
    closed = np.zeros((places, len(grown)), dtype=np.uint32)
    value = np.zeros((len(grown), leaves), dtype=np.float32)
    for tree, (splits, values) in enumerate(grown):
        value[tree, : len(values)] = values
        for place, (column, cut, bits) in enumerate(splits):
            feature[place, tree], threshold[place, tree], closed[place, tree] = column, _rounded_down(cut), bits
    return Trees(feature, threshold, closed, value, classes)


def _grown(root: dict[str, Any]) -> tuple[list[tuple[int, float, int]], list[float]]:
    """Splits of a tree (column, threshold, bits of the leaves left of it) and its leaves from the left."""
    splits: list[tuple[int, float, int]] = []
    leaves: list[float] = []

    def grow(node: dict[str, Any]) -> None:
        if "split_feature" not in node:
            leaves.append(float(node["leaf_value"]))
            return
        before = len(leaves)
        grow(node["left_child"])
        bits = (1 << len(leaves)) - (1 << before)
        splits.append((node["split_feature"], node["threshold"], bits))
        grow(node["right_child"])

    grow(root)
    if len(leaves) > MOST_LEAVES:
        raise ValueError(f"a tree has {len(leaves)} leaves, {MOST_LEAVES} are the most")
    return splits, leaves


def _rounded_down(cut: float) -> np.float32:
    """The largest single-precision number that is no larger: columns are single, LightGBM's thresholds double."""
    near = np.float32(cut)
    return near if float(near) <= cut else np.nextafter(near, np.float32(-np.inf))
