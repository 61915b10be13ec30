"""What the training tools learned is what numpy says."""

from __future__ import annotations

import numpy as np
import pytest

from crawler.extractors.measures import grams
from crawler.extractors.measures.reading import read
from crawler.extractors.measures.training.learn import counted, joined, learn_linear, learn_trees, planted
from crawler.extractors.measures.trees import MOST_LEAVES, Trees
from crawler.extractors.measures.vocabulary import Vocabulary


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


def test_linear_scores_are_those_of_scikit_learn() -> None:
    text = pytest.importorskip("sklearn.feature_extraction.text")
    models = pytest.importorskip("sklearn.linear_model")
    documents = [["a", "b", "b"], ["a", "c"], ["c", "c", "d"], ["b", "d"], ["a", "a", "b"], ["c", "d"]] * 3
    truth = np.array([True, False, False, True, True, False] * 3)
    known = counted(documents)
    matrix = text.TfidfVectorizer(analyzer=list, min_df=1, sublinear_tf=True).fit_transform(documents)
    theirs = models.LogisticRegression(C=5.0, solver="liblinear").fit(matrix, truth).decision_function(matrix)
    assert np.abs(known.scores(learn_linear(known, truth, 5.0, 1)) - theirs).max() < 1e-3


def test_a_vocabulary_says_what_its_two_linear_models_say() -> None:
    pytest.importorskip("sklearn")
    texts = (
        "Menperin membebaskan pajak bus.",
        "Harga bus naik lagi. Pajak bus dibebaskan.",
        "Bus melaju. Bus naik. Bus.",
    )
    readings = [read(title, text) for title in ("Pajak bus", "Harga", "") for text in texts]
    own = [grams.own(sentence) for one in readings for sentence in one.sentences]
    wide = [seen + grams.around(one, at) for one in readings for at, seen in enumerate(map(grams.own, one.sentences))]
    truth = np.array(["pajak" in seen for seen in own])
    models = [learn_linear(counted(documents), truth, 2.0, 3) for documents in (own, wide)]
    vocabulary = joined(*models)
    again = Vocabulary.loaded(vocabulary.arrays("v"), "v")
    unseen = read("Pajak asing", "Bus asing melaju. Truk asing.")
    theirs = [counted(documents).scores(model) for documents, model in zip((own, wide), models, strict=True)]
    for known, near in ((vocabulary, 1e-5), (again, 0.05)):
        ours = np.concatenate([known.scores(one) for one in readings])
        assert np.abs(ours - np.stack(theirs, axis=1)).max() < near
        assert np.isfinite(known.scores(unseen)).all()
    assert vocabulary.scores(read("", "")).shape == (0, 2)


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


def test_rows_that_count_often_outweigh_others() -> None:
    pytest.importorskip("lightgbm")
    rows = np.arange(400, dtype=np.float32)[:, None] % 2
    told = (np.arange(400) % 10 < 4).astype(np.intp)  # fewer are told than not
    often = np.where(told, 3, 1)
    plain, weighed = (learn_trees(rows, told, 1, 20, given).scores(rows)[:, 0] for given in (None, often))
    assert plain.max() < 0 < weighed.min()
