"""The models learn: linear ones with scikit-learn, trees with LightGBM; both leave as plain arrays."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from importlib import import_module
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from crawler.extractors.measures import grams
from crawler.extractors.measures.facets import WORTH, Facets, Weights, Words
from crawler.extractors.measures.grams import BLOCKS, Blocks
from crawler.extractors.measures.trees import MOST_LEAVES, Trees
from crawler.extractors.measures.vocabulary import PLACES, Vocabulary

Floats = npt.NDArray[np.float32]
Integers = npt.NDArray[np.intp]
_RARE = {"own": 2, "near": 2, "around": 2, "beside": 10, "lead": 5, "title": 2, "first": 4, "fellows": 10}
"""A word that stands in fewer sentences of a block is left out."""
_SLIGHT = 0.03
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


class Linear(NamedTuple):
    """A linear model: terms, how telling each is and what it weighs, and what is added to their sum."""

    terms: Sequence[str]
    idf: npt.NDArray[np.float64]
    weights: npt.NDArray[np.float64]
    bias: float


class Counted(NamedTuple):
    """Documents counted: a sparse matrix (documents, terms) and the terms in order."""

    matrix: Any
    terms: npt.NDArray[np.object_]

    def only(self, rows: npt.NDArray[np.intp]) -> Counted:
        """Some of the documents."""
        return Counted(self.matrix[rows], self.terms)

    def scores(self, model: Linear) -> Floats:
        """What speaks for the truth in each document, as the logarithm of odds."""
        number = {term: i for i, term in enumerate(model.terms)}
        columns = np.array([number.get(term, -1) for term in self.terms])
        kept = np.flatnonzero(columns >= 0)
        weighted = _weighted(self.matrix[:, kept], model.idf[columns[kept]])
        scores: Floats = (weighted @ model.weights[columns[kept]] + model.bias).astype(np.float32)
        return scores


def counted(documents: Iterable[Iterable[str]]) -> Counted:
    """How often each term stands in each document."""
    number: dict[str, int] = {}
    found = [np.array([number.setdefault(term, len(number)) for term in seen], dtype=np.int32) for seen in documents]
    ends = np.cumsum([0, *(len(own) for own in found)])
    columns = np.concatenate(found) if found else np.zeros(0, dtype=np.int32)
    order = np.argsort(terms := np.array(list(number), dtype=object), kind="stable")
    place = np.empty(len(order), dtype=np.int32)
    place[order] = np.arange(len(order), dtype=np.int32)
    parts = (np.ones(len(columns)), place[columns], ends)
    matrix = tool("scipy.sparse").csr_matrix(parts, shape=(len(found), len(number)))
    matrix.sum_duplicates()
    return Counted(matrix, terms[order])


def learn_linear(known: Counted, truth: npt.NDArray[np.bool_], strength: float, least: int) -> Linear:
    """Logistic regression over term frequencies. `strength` is the inverse of the penalty; a term that stands in fewer
    than `least` documents is left out."""
    models = tool("sklearn.linear_model")
    count, stand = known.matrix.shape[0], np.bincount(known.matrix.indices, minlength=known.matrix.shape[1])
    kept = np.flatnonzero(stand >= least)
    matrix, idf = known.matrix[:, kept], np.log((1 + count) / (1 + stand[kept])) + 1
    model = models.LogisticRegression(C=strength, solver="liblinear", random_state=0)
    model.fit(_weighted(matrix, idf), truth)
    return Linear(known.terms[kept].tolist(), idf, model.coef_[0], float(model.intercept_[0]))


def joined(alone: Linear, wide: Linear) -> Vocabulary:
    """One vocabulary of what a sentence's own terms and those of `grams.around` say. The wide model knows all terms of
    the other, and finds them equally telling."""
    placed = [grams.placed(term) for term in wide.terms]
    number = {term: i for i, term in enumerate(sorted({term for _, term in placed}))}
    rows = np.array([number[term] for _, term in placed])
    columns = np.array([PLACES.index(place) for place, _ in placed])
    idf, weights = np.zeros((2, len(number), len(PLACES)))
    idf[rows, columns], weights[rows, columns] = wide.idf, wide.weights
    own = np.zeros(len(number))
    own[[number[term] for term in alone.terms]] = alone.weights
    return Vocabulary(list(number), idf, own, weights, np.array([alone.bias, wide.bias]))


def _weighted(matrix: Any, idf: npt.NDArray[Any]) -> Any:  # noqa: ANN401
    """Term frequencies as `weigh` weighs them, at unit length."""
    matrix.data = (1 + np.log(matrix.data)) * idf[matrix.indices]
    return tool("sklearn.preprocessing").normalize(matrix, copy=False)


def learn_facets(seen: Sequence[Blocks], told: Mapping[str, Sequence[str]]) -> Facets:
    """Linear support vector machines over the words in and around sentences; `told` has the code of each sentence."""
    text, svm, sparse = tool("sklearn.feature_extraction.text"), tool("sklearn.svm"), tool("scipy.sparse")
    terms, idf, parts = {}, {}, []
    for at, block in enumerate(BLOCKS):
        vectorizer = text.TfidfVectorizer(analyzer=list, min_df=_RARE[block], sublinear_tf=True)
        parts.append(vectorizer.fit_transform([blocks[at] for blocks in seen]) * WORTH[block])
        terms[block], idf[block] = vectorizer.get_feature_names_out().tolist(), vectorizer.idf_
    matrix = sparse.hstack(parts).tocsr()
    weights, bias, codes = [], [], {}
    for facet in told:
        model = svm.LinearSVC(C=0.4, max_iter=300, tol=1e-2, random_state=0).fit(matrix, list(told[facet]))
        known, border = model.coef_.T, model.intercept_
        if len(model.classes_) == 2:  # of two codes scikit-learn keeps the second only
            known, border = np.hstack([-known, known]), np.hstack([-border, border])
        weights.append(np.where(np.abs(known) < _SLIGHT, 0, known))
        bias.append(border)
        codes[facet] = [str(code) for code in model.classes_]
    return Facets(Words(terms, idf), Weights.of(np.concatenate(weights, axis=1)), np.concatenate(bias), codes)


def learn_trees(
    matrix: Floats,
    told: Integers,
    classes: int,
    rounds: int,
    often: Integers | None = None,
    **options: Any,  # noqa: ANN401
) -> Trees:
    """Boosted trees over columns; `told` is the number of each row's class (0 or 1 for one class), `often` how many
    times each row counts."""
    lightgbm = tool("lightgbm")
    goal = {"objective": "binary"} if classes == 1 else {"objective": "multiclass", "num_class": classes}
    booster = lightgbm.train(_TREE | goal | options, lightgbm.Dataset(matrix, told, weight=often), rounds)
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
