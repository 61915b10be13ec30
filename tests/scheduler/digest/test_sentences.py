"""Titles as readers get them: whole sentences, with the subject that the quote names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.digest.sentences import LONGEST_TITLE, sentence


@pytest.mark.parametrize(
    ("title", "quote", "expected"),
    [
        (
            "menanggung pajak pekerja selama 12",
            "BREBES, Warta Contoh - Ditjen Pajak menanggung pajak pekerja selama 12 bulan.",
            "Ditjen Pajak menanggung pajak pekerja selama 12 bulan",
        ),
        (
            "melatih 40 perajin",
            "Medan (Kantor Contoh) - Dinas Sosial melatih 40 perajin.",
            "Dinas Sosial melatih 40 perajin",
        ),
        (
            "mengusulkan keringanan",
            "Asosiasi pengusaha mengusulkan keringanan.",
            "Asosiasi pengusaha mengusulkan keringanan",
        ),
        (
            "menurunkan bea",
            "Pemerintah Indonesia - Malaysia menurunkan bea.",
            "Pemerintah Indonesia - Malaysia menurunkan bea",
        ),
        ("mengkaji resi gudang", "Selain itu, Kemenperin mengkaji resi gudang.", "Kemenperin mengkaji resi gudang"),
        (
            'akan ditegur," tegas Direktur',
            '"Pabrik yang ingkar akan ditegur," tegas Direktur Rahma.',
            "Pabrik yang ingkar akan ditegur",
        ),
        ("menetapkan tarif", "", "Kementerian Keuangan menetapkan tarif"),
        ("menetapkan tarif", "Kalimat lain.", "Kementerian Keuangan menetapkan tarif"),
        (
            "turun menjadi Rp1.500",
            "Cukainya turun menjadi Rp1.500 per liter, " + "demi pabrik kecil di banyak daerah " * 5,
            "Cukainya turun menjadi Rp1.500 per liter",
        ),
        (
            "mencabut izin",
            "Dalam " + "rapat panjang sekali " * 8 + "itu, Menteri Rahma mencabut izin.",
            "Menteri Rahma mencabut izin",
        ),
        (
            "mencabut izin",
            "Dalam " + "rapat panjang sekali " * 8 + "itu ia mencabut izin.",
            "Kementerian Keuangan mencabut izin",
        ),
    ],
)
def test_a_title_is_the_sentence_that_says_it(title: str, quote: str, expected: str):
    assert sentence(title, "kemenkeu", quote) == expected


@given(st.text(), st.text(), st.text())
def test_any_text_fits_on_a_line(before: str, title: str, after: str):
    found = sentence(title, "gov", before + title + after)
    assert len(found) <= LONGEST_TITLE
    assert "\n" not in found


@given(st.text("Aa b,.“”\"'-()12", max_size=250), st.integers(0, 250), st.integers(1, 120))
def test_a_title_never_puts_words_together_that_do_not_stand_together(quote: str, start: int, length: int):
    title = quote[start : start + length]
    found = sentence(title, "gov", quote).removeprefix("Pemerintah ").rstrip("…")
    assert found[1:] in " ".join(quote.split())
