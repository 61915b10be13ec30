"""Training the network: torch's scores are numpy's, the same articles give the same bytes, and it does learn."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pytest

from crawler.extractors.measures.network import Network
from crawler.extractors.measures.training import network as training
from crawler.extractors.measures.training.affixes import forms, parts
from crawler.extractors.measures.training.articles import GoldArticle, GoldMention
from crawler.extractors.measures.training.batches import batch
from crawler.extractors.measures.training.examples import examples
from crawler.extractors.measures.training.held import held_arrays, held_from, held_out
from crawler.extractors.measures.training.lessons import lessons, train_network
from crawler.extractors.measures.training.vectors import WIDTH, Vectors, learn_vectors

ACTS = ("menaikkan bea masuk tekstil", "memberikan subsidi pupuk", "mencabut izin usaha tambang")
REST = ("Pasar masih sepi pekan ini.", "Perusahaan itu menjual sepatu.", "Harga saham turun lagi kemarin.")


def articles(count: int) -> list[GoldArticle]:
    made = []
    for number in range(count):
        act = f"Pemerintah {ACTS[number % 3]} mulai tanggal {number + 1}."
        text = f"{REST[number % 3]} {act} {REST[(number + 1) % 3]}"
        start = text.index(act)
        code = ("bea", "subsidi", "sanksi")[number % 3]
        mention = GoldMention(start, start + len(act), 1, "gov", code, ("umum",), "in_force")
        made.append(GoldArticle(f"a{number}", f"Kabar {number}", text, date(2026, 1, 2), (), (mention,)))
    return made


@pytest.fixture(scope="module")
def network() -> Network:
    pytest.importorskip("torch")
    made = articles(90)
    return trained(made)


def trained(made: list[GoldArticle]) -> Network:
    return train_network(examples(made), learn_vectors([article.text for article in made] * 3))


def test_the_same_articles_give_the_same_bytes(network: Network) -> None:
    made = articles(90)
    again = trained(made).arrays("n")
    ours = network.arrays("n")
    assert ours.keys() == again.keys()
    assert all(array.tobytes() == again[name].tobytes() for name, array in ours.items())


def test_it_learns_to_tell_measures_from_other_sentences(network: Network) -> None:
    scores = np.stack([network.scores(known.reading, known.clues) for known in examples(articles(120))[90:]])
    assert scores[:, 1].min() > scores[:, [0, 2]].max()


def test_numpy_scores_as_torch_does(monkeypatch: pytest.MonkeyPatch) -> None:
    torch = pytest.importorskip("torch")
    learners: list[training.Learner] = []
    learn = training.Learner.learn

    def kept(learner: training.Learner, *arguments: Any) -> None:
        learn(learner, *arguments)
        learners.append(learner)

    monkeypatch.setattr(training.Learner, "learn", kept)
    made = articles(12)
    known, network = examples(made), trained(made)
    monkeypatch.setattr(training, "_HIDE", 0.0)
    monkeypatch.setattr(training, "_UNREAD", 0.0)
    codes = (("bea", "sanksi", "subsidi"), ("in_force",), ("gov",), ("umum",))
    read = [
        lesson._replace(clues=np.clip((lesson.clues - network.parts["mean"]) * network.parts["scale"], -4, 4))
        for lesson in lessons(known, network.words, network.terms, codes)
    ]
    with torch.no_grad():
        theirs = learners[0]._scores(batch(read)).numpy()[:, 0]
    ours = np.concatenate([network.scores(example.reading, example.clues) for example in known])
    assert np.abs(ours - theirs).max() < 0.01  # words are kept in one byte


def test_each_annotated_article_is_judged_by_a_network_that_has_not_seen_it() -> None:
    pytest.importorskip("torch")
    made = articles(40)
    held = held_out(made[:20], made[20:], learn_vectors([article.text for article in made] * 3))
    assert held.keys() == {article.id for article in made[:20]}
    assert all(len(scores) == 3 for scores in held.values())
    again = held_from(held_arrays(held))
    assert all(np.array_equal(again[name], scores) for name, scores in held.items())


def test_without_labels_there_is_nothing_to_learn() -> None:
    with pytest.raises(ValueError, match="no article with a measure"):
        train_network([], Vectors((), np.zeros((0, WIDTH), dtype=np.float32)))


def test_words_in_like_company_have_like_vectors() -> None:
    pytest.importorskip("sklearn")
    texts = [f"harga {fuel} naik di kota itu" for fuel in ("solar", "bensin")] * 20
    texts += ["menteri meresmikan pabrik baru kemarin pagi"] * 20
    vectors = learn_vectors(texts)
    row = {word: vectors.rows[i] / np.linalg.norm(vectors.rows[i]) for i, word in enumerate(vectors.words)}
    assert row["solar"] @ row["bensin"] > row["solar"] @ row["pabrik"] + 0.3


@pytest.mark.parametrize(
    ("word", "split"),
    [
        ("diberikan", ("di", "beri", "kan")),
        ("pelarangan", ("pe", "larang", "an")),
        ("pajak", ("", "pajak", "")),
        ("ikan", ("", "ikan", "")),
        ("b20", ("", "b20", "")),
    ],
)
def test_a_word_is_prefix_stem_and_suffix(word: str, split: tuple[str, str, str]) -> None:
    assert parts(word) == split


def test_only_stems_that_words_share_have_a_number() -> None:
    own = forms(("dijual", "penjual", "pajak"))
    assert own.stems == 2
    assert own.numbers[:, 0].tolist() == [1, 1, 0]
