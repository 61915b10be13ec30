"""The facets' models over blocks of words."""

from __future__ import annotations

import numpy as np
import pytest

from crawler.extractors.measures.facets import FACETS, WORTH, Facets, Weights, Words, shares
from crawler.extractors.measures.grams import BLOCKS, for_facets
from crawler.extractors.measures.reading import read
from crawler.extractors.measures.training.learn import learn_facets

TEXT = (
    "Pemerintah akan memberikan subsidi bagi petani. Subsidi itu berlaku mulai Januari. "
    "Bea masuk baja dinaikkan oleh Kementerian Keuangan."
)


def words() -> Words:
    terms = {block: ["a", "b", "c"] for block in BLOCKS}
    return Words(terms, {block: np.array([1, 2, 3], dtype=np.float32) for block in BLOCKS})


def test_each_block_has_its_own_length() -> None:
    full = (["a", "a", "b"], ["c"], ["unknown"], [], ["a", "b", "c"], [], [], [])
    empty, (columns, values) = words().columns([([],) * len(BLOCKS), full])
    assert empty[0].tolist() == empty[1].tolist() == []
    assert words().columns([]) == []
    assert columns.tolist() == [0, 1, 5, 12, 13, 14]
    lengths = [np.linalg.norm(values[columns // 3 == at]) for at in range(len(BLOCKS))]
    assert lengths == pytest.approx([WORTH["own"], WORTH["near"], 0, 0, WORTH["lead"], 0, 0, 0], abs=1e-6)


def test_scores_are_the_sums_of_the_weights_that_are_kept() -> None:
    chance = np.random.default_rng(3)
    known = words()
    weights = chance.normal(size=(known.count, 5)).astype(np.float16)
    weights[chance.random(weights.shape) < 0.7] = 0
    weights[4] = 0
    bias = np.array([0.1, 0.0, -0.1, 0.2, 0.0], dtype=np.float32)
    facets = Facets(known, Weights.of(weights), bias, {"instrument": "abc", "status": "de"})
    seen = (["a", "a", "b"], ["b"], [], ["c"], ["a"], [], ["c", "a"], ["unknown"])
    columns, values = known.columns([seen])[0]
    scores = (values @ weights[columns] + bias)[None] * 3
    found = facets.shares([seen, ([],) * len(BLOCKS)])
    assert found["instrument"][0] == pytest.approx(shares(scores[:, :3])[0], abs=1e-4)
    assert found["status"][0] == pytest.approx(shares(scores[:, 3:])[0], abs=1e-4)
    assert found["status"][1] == pytest.approx(shares(3 * bias[None, 3:])[0], abs=1e-4)


def test_every_chosen_sentence_is_seen_in_all_blocks() -> None:
    seen = list(for_facets(read("Subsidi bagi petani akan naik", TEXT), [1, 2]))
    assert [len(blocks) for blocks in seen] == [len(BLOCKS)] * 2
    own, near, around, beside_it, lead, title, first, fellows = seen[1]
    assert {"bea", "masuk baja", "h:instrument:bea"} <= set(own)
    assert "act:dinaikkan" in near
    assert {"t:petani", "p:instrument:subsidi"} <= set(around)
    assert "subsidi itu" in beside_it
    assert "bea" not in beside_it
    assert "pemerintah" in lead
    assert {"bagi petani", "st_planned"} <= set(title)
    assert first == fellows == seen[0][0]
    assert "mulai januari" in first


def test_what_was_learned_survives_its_file() -> None:
    pytest.importorskip("sklearn.svm")
    seen = list(for_facets(read("Subsidi petani", TEXT), range(3))) * 8
    codes = ["subsidi", "subsidi", "bea"] * 8
    other = ["planned", "in_force", "in_force"] * 8
    told = dict(zip(FACETS, (codes, other, codes, codes), strict=True))
    facets = learn_facets(seen, told)
    again = Facets.loaded(facets.arrays())
    for facet in FACETS:
        found = again.shares(seen[:3])[facet]
        assert [again.codes[facet][i] for i in found.argmax(axis=1)] == list(told[facet][:3])
        assert found.sum(axis=1) == pytest.approx(1, abs=1e-5)
        assert np.abs(found - facets.shares(seen[:3])[facet]).max() < 0.01
