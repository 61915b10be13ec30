from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.stems import lexicon, stem, words

HERE = Path(__file__).parent
FAMILIES = [line.split() for line in (HERE / "families.txt").read_text("utf-8").splitlines()]
STRANGERS = [line.split() for line in (HERE / "strangers.txt").read_text("utf-8").splitlines()]


def test_the_words_of_a_family_share_their_stem():
    """At most one word in a hundred may stand apart."""
    apart = {word: stem(word) for family in FAMILIES for word in family[1:] if stem(word) != stem(family[0])}
    assert len(FAMILIES) >= 150
    assert len(apart) <= sum(map(len, FAMILIES)) / 100, apart


def test_words_that_only_look_alike_do_not_share_it():
    assert len(STRANGERS) >= 150
    assert [pair for pair in STRANGERS if stem(pair[0]) == stem(pair[1])] == []


@pytest.mark.parametrize(
    ("word", "root"),
    [
        ("penyerapan", "serap"),
        ("menerbitkan", "terbit"),
        ("mengubahnya", "ubah"),
        ("mengawal", "kawal"),
        ("mengawali", "awal"),
        ("pembelajaran", "ajar"),
        ("pengesahan", "sah"),
        ("keberlanjutan", "lanjut"),
        ("pemerintah", "pemerintah"),
        ("sritex", "sritex"),
        ("2026", "2026"),
    ],
)
def test_single_words(word: str, root: str):
    assert stem(word) == root


def test_words_are_cut_as_the_index_cuts_them():
    assert words("Bea-masuk KAIN, café; Rp1.500 (PMK 10/2026)_x") == [
        *("bea", "masuk", "kain", "cafe", "rp1", "500", "pmk", "10", "2026", "x"),
    ]


def test_every_root_is_its_own_stem():
    roots, irregular = lexicon()
    assert len(roots) > 1500
    assert [root for root in roots if stem(root) != irregular.get(root, root)] == []


@given(st.text(max_size=40))
def test_any_text_has_words_with_stems(text: str):
    for word in words(text):
        assert stem(stem(word)) == stem(word)
        assert stem(word)
