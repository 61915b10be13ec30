"""The network in numpy: what it sees of an article, and that its file holds all of it."""

from __future__ import annotations

import numpy as np

from crawler.extractors.measures.features import matrix
from crawler.extractors.measures.model import load_network
from crawler.extractors.measures.network import TERMS, UNKNOWN, Network, seen
from crawler.extractors.measures.reading import Reading, read

TEXT = "Pemerintah menaikkan bea masuk tekstil. Pasar sepi.\nKementerian Perdagangan akan mencabut izin impor itu. "


def article(text: str = TEXT) -> Reading:
    return read("Bea masuk naik", text)


def test_words_and_the_terms_that_cover_them_are_rows() -> None:
    words, terms = {"pemerintah": 1, "bea": 2, "masuk": 3}, {"actor:gov": 1, "instrument:bea": 2}
    rows = seen(article(), words, terms)
    assert rows.lengths.tolist() == [3, 5, 2, 7]
    assert rows.words[3:8].tolist() == [1, UNKNOWN, 2, 3, UNKNOWN]
    assert rows.terms[3].tolist() == [1, UNKNOWN, UNKNOWN]
    assert [set(row) for row in rows.terms[5:7]] == [{2, UNKNOWN}, {2, UNKNOWN}]


def test_a_sentence_without_words_is_one_unknown_word_and_a_long_one_is_cut() -> None:
    rows = seen(read("", "... " + "kata " * 200), {"kata": 1}, {})
    assert rows.lengths[0] == 1
    assert rows.lengths.max() == 64
    assert rows.terms.shape == (rows.lengths.sum(), TERMS)


def test_every_sentence_has_a_score_which_depends_on_its_neighbours() -> None:
    network, reading = load_network(), article()
    scores = network.scores(reading, matrix(reading))
    assert scores.shape == (3,)
    other = article(TEXT.replace("Pasar sepi", "Pemerintah juga memberi subsidi"))
    assert not np.allclose(scores[0], network.scores(other, matrix(other))[0], atol=1e-6)


def test_what_is_written_is_what_is_read() -> None:
    network = load_network()
    again = Network.loaded(network.arrays("network"), "network")
    reading = article()
    assert again.scores(reading, matrix(reading)).tolist() == network.scores(reading, matrix(reading)).tolist()
