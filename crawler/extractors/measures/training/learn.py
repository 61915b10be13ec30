"""The models learn: linear ones with scikit-learn, trees with LightGBM; both leave as plain arrays."""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import Any

import numpy as np
import numpy.typing as npt

from crawler.extractors.measures.facets import WORTH, Facets, Words
from crawler.extractors.measures.grams import BLOCKS, Blocks
from crawler.extractors.measures.linear import Linear
from crawler.extractors.measures.trees import Trees

Floats = npt.NDArray[np.float32]
Integers = npt.NDArray[np.intp]
_RARE = {"own": 2, "near": 2, "around": 2, "beside": 10, "lead": 5}
"""A word that stands in fewer sentences of a block is left out."""
_SLIGHT = 0.02
"""A weight that is smaller in size is left out: held-out sentences do not miss it, and the file is half as large."""
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


def learn_facets(seen: Sequence[Blocks], told: Mapping[str, Sequence[str]]) -> Facets:
    """Linear support vector machines over the words in and around sentences; `told` has the code of each sentence."""
    text, svm, sparse = tool("sklearn.feature_extraction.text"), tool("sklearn.svm"), tool("scipy.sparse")
    terms, idf, parts = {}, {}, []
    for at, block in enumerate(BLOCKS):
        vectorizer = text.TfidfVectorizer(analyzer=list, min_df=_RARE[block], sublinear_tf=True)
        parts.append(vectorizer.fit_transform([blocks[at] for blocks in seen]) * WORTH[block])
        terms[block], idf[block] = vectorizer.get_feature_names_out().tolist(), vectorizer.idf_
    matrix = sparse.hstack(parts).tocsr()
    weights, bias, codes = {}, {}, {}
    for facet in told:
        model = svm.LinearSVC(C=0.4, max_iter=300, tol=1e-2, random_state=0).fit(matrix, list(told[facet]))
        known, border = model.coef_.T, model.intercept_
        if len(model.classes_) == 2:  # of two codes scikit-learn keeps the second only
            known, border = np.hstack([-known, known]), np.hstack([-border, border])
        weights[facet] = np.where(np.abs(known) < _SLIGHT, 0, known).astype(np.float32)
        bias[facet], codes[facet] = border.astype(np.float32), [str(code) for code in model.classes_]
    return Facets(Words(terms, idf), weights, bias, codes)


def learn_trees(matrix: Floats, told: Integers, classes: int, rounds: int, **options: Any) -> Trees:  # noqa: ANN401
    """Boosted trees over columns; `told` is the number of each row's class (0 or 1 for one class)."""
    lightgbm = tool("lightgbm")
    goal = {"objective": "binary"} if classes == 1 else {"objective": "multiclass", "num_class": classes}
    booster = lightgbm.train(_TREE | goal | options, lightgbm.Dataset(matrix, told), rounds)
    return planted(booster.dump_model()["tree_info"], classes)


def planted(trees: Sequence[dict[str, Any]], classes: int) -> Trees:
    """LightGBM's dump of trees as one row of nodes."""
    nodes: list[tuple[int, float, int, int, float]] = []
    depths = [0]

    def plant(node: dict[str, Any], depth: int) -> int:
        at = len(nodes)
        depths[0] = max(depths[0], depth)
        nodes.append((0, 0.0, at, at, float(node.get("leaf_value", 0.0))))
        if "split_feature" in node:
            left, right = plant(node["left_child"], depth + 1), plant(node["right_child"], depth + 1)
            nodes[at] = (node["split_feature"], node["threshold"], left, right, 0.0)
        return at

    roots = [plant(tree["tree_structure"], 0) for tree in trees]
    feature, threshold, left, right, value = zip(*nodes, strict=True)
    whole = [np.array(column, dtype=np.int32) for column in (feature, left, right, roots)]
    cuts, leaves = np.array(threshold, dtype=np.float64), np.array(value, dtype=np.float32)
    return Trees(whole[0], cuts, whole[1], whole[2], leaves, whole[3], depths[0], classes)
