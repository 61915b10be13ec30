"""What the training tools learned is what numpy says."""

from __future__ import annotations

import numpy as np
import pytest

from crawler.extractors.measures.linear import Linear
from crawler.extractors.measures.training.learn import learn_linear, learn_trees, planted
from crawler.extractors.measures.trees import MOST_LEAVES, Trees


def test_trees_of_a_dump_are_followed_to_their_leaves() -> None:
    leaf = [{"leaf_value": value} for value in (1.0, 2.0, 4.0)]
    root = {"split_feature": 0, "threshold": 0.5, "left_child": leaf[0], "right_child": {}}
    root["right_child"] = {"split_feature": 1, "threshold": 3.0, "left_child": leaf[1], "right_child": leaf[2]}
    trees = planted([{"tree_structure": root}, {"tree_structure": {"leaf_value": 10.0}}], 1)
    rows = np.array([[0.5, 9], [0.6, 3], [0.6, 3.5]], dtype=np.float32)
    assert trees.scores(rows)[:, 0].tolist() == [11, 12, 14]
    again = Trees.loaded(trees.arrays("t"), "t")
    assert again.scores(rows)[:, 0].tolist() == [11, 12, 14]


def test_a_column_that_is_hardly_above_a_threshold_goes_right() -> None:
    cut = 0.1  # in single precision 0.1 is a little more than in double: it is above
    root = {"split_feature": 0, "threshold": cut, "left_child": {"leaf_value": 1.0}, "right_child": {"leaf_value": 2.0}}
    rows = np.array([[0.1], [np.nextafter(np.float32(0.1), np.float32(0))]], dtype=np.float32)
    assert planted([{"tree_structure": root}], 1).scores(rows)[:, 0].tolist() == [2, 1]


def test_more_leaves_than_bits_are_refused() -> None:
    root = {"leaf_value": 0.0}
    for _ in range(MOST_LEAVES):
        root = {"split_feature": 0, "threshold": 0.5, "left_child": root, "right_child": {"leaf_value": 1.0}}
    with pytest.raises(ValueError, match="33 leaves"):
        planted([{"tree_structure": root}], 1)


def test_a_document_without_known_words_scores_the_bias() -> None:
    linear = Linear(["a"], np.ones(1), np.ones((1, 2)), np.array([0.5, -1.0]), ["x", "y"])
    assert linear.scores([["z"], [], ["a", "z"]]).tolist() == [[0.5, -1], [0.5, -1], [1.5, 0]]
    assert linear.scores([]).shape == (0, 2)


def test_linear_scores_are_those_of_scikit_learn() -> None:
    text = pytest.importorskip("sklearn.feature_extraction.text")
    models = pytest.importorskip("sklearn.linear_model")
    documents = [["a", "b", "b"], ["a", "c"], ["c", "c", "d"], ["b", "d"], ["a", "a", "b"], ["c", "d"]] * 3
    told = ["x", "y", "y", "x", "z", "z"] * 3
    linear = learn_linear(documents, told, 5.0, 1)
    again = Linear.loaded(linear.arrays("m"), "m")
    vectorizer = text.TfidfVectorizer(analyzer=list, min_df=1, sublinear_tf=True)
    matrix = vectorizer.fit_transform(documents)
    theirs = models.LogisticRegression(C=5.0, max_iter=60, tol=1e-3).fit(matrix, told).decision_function(matrix)
    assert again.classes == ("x", "y", "z")
    assert np.abs(again.scores(documents) - theirs).max() < 0.02


def test_trees_score_as_lightgbm_does() -> None:
    lightgbm = pytest.importorskip("lightgbm")
    chance = np.random.default_rng(3)
    rows = chance.normal(size=(400, 5)).astype(np.float32)
    told = (rows[:, 0] + rows[:, 1] > 0).astype(np.intp) + (rows[:, 2] > 1)
    assert (learn_trees(rows, told, 3, 60, num_leaves=8).scores(rows).argmax(axis=1) == told).mean() > 0.9
    for goal, classes in (({"objective": "binary"}, 1), ({"objective": "multiclass", "num_class": 3}, 3)):
        goals = told > 0 if classes == 1 else told
        booster = lightgbm.train(goal | {"verbose": -1}, lightgbm.Dataset(rows, goals), 7)
        ours = planted(booster.dump_model()["tree_info"], classes).scores(rows)
        assert np.abs(ours - booster.predict(rows, raw_score=True).reshape(ours.shape)).max() < 1e-4
