from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.extractors.particulars import Amount, Change, Facts, amount_name, facts, regulation_name


@pytest.mark.parametrize(
    ("sentence", "regulations"),
    [
        ("Aturan itu tertuang dalam Permendag Nomor 8 Tahun 2024.", ["permendag 8/2024"]),
        ("sesuai PMK No. 10/PMK.010/2022 tentang bea masuk", ["pmk 10/2022"]),
        ("Peraturan Menteri Keuangan (PMK) Nomor 26/PMK.010/2022", ["pmk 26/2022"]),
        ("Peraturan Presiden (Perpres) Nomor 46 Tahun 2025", ["perpres 46/2025"]),
        ("Undang – Undang Nomor 3 Tahun 2014 dan PP 28/2021", ["pp 28/2021", "uu 3/2014"]),
        ("Permen ESDM No 7 Tahun 2020 dan Kepmen ESDM Nomor 91K/2023", ["kepmen esdm 91k/2023", "permen esdm 7/2020"]),
        ("Peraturan Menteri Perindustrian RI Nomor 06 Tahun 2023", ["permenperin 6/2023"]),
        ("revisi Permendag 8 menyusul", []),
        ("Pada 8 Maret 2024 ia menyebut peraturan presiden itu", []),
    ],
)
def test_rules_are_told_by_kind_number_and_year(sentence: str, regulations: list[str]):
    assert list(facts(sentence).regulations) == regulations
    assert facts(sentence).amounts == ()


@pytest.mark.parametrize(
    ("sentence", "amounts"),
    [
        ("insentif Rp7 juta per unit", [("idr/unit", "7000000")]),
        ("harga gas US$ 6 per MMBTU", [("usd/mmbtu", "6")]),
        ("bea masuk 10 persen, lalu 7,5%", [("percent", "10"), ("percent", "7.5")]),
        ("anggaran Rp 1,5 triliun", [("idr", "1500000000000")]),
        ("seharga Rp1.905.000 per gram", [("idr/gram", "1905000")]),
        ("subsidi Rp5-7 juta", [("idr", "5000000")]),
        ("kuota 3,2 juta ton gula dan 1.000 ton garam", [("ton", "1000"), ("ton", "3200000")]),
        ("USD 110,2 juta atau 20 dolar AS", [("usd", "110200000"), ("usd", "20")]),
        ("3 pabrik dan 12 orang", []),
    ],
)
def test_amounts_are_told_in_plain_numbers(sentence: str, amounts: list[tuple[str, str]]):
    assert list(facts(sentence).amounts) == [Amount(*amount) for amount in amounts]


@pytest.mark.parametrize(
    "sentence",
    [
        "Tarif naik dari 11 persen menjadi 12 persen.",
        "Tarif naik dari 11 menjadi 12 persen.",
        "Tarif yang semula 11% kini menjadi 12%.",
        "Pemerintah menaikkan tarif dari sebelumnya 11 persen ke 12 persen",
    ],
)
def test_a_change_ties_two_amounts(sentence: str):
    assert facts(sentence).changes == (Change(Amount("percent", "11"), Amount("percent", "12")),)


def test_a_change_may_name_its_unit_once():
    (change,) = facts("Harga turun dari semula Rp 9.000 menjadi Rp 8.000 per liter.").changes
    assert change == Change(Amount("idr/liter", "9000"), Amount("idr/liter", "8000"))


def test_two_amounts_beside_each_other_are_no_change():
    assert facts("Bunga 6 persen untuk usaha kecil dan 9 persen untuk lainnya.").changes == ()


@pytest.mark.parametrize(
    ("sentence", "days"),
    [
        ("berlaku mulai 1 Januari 2026", [date(2026, 1, 1)]),
        ("efektif per 5 Mei 2026", [date(2026, 5, 5)]),
        ("mulai Kamis (5/6/2025)", [date(2025, 6, 5)]),
        ("kata Menteri, Senin (5/6/2025)", []),
        ("berlaku mulai 31/02/2026", []),
    ],
)
def test_days_are_those_from_which_something_holds(sentence: str, days: list[date]):
    assert list(facts(sentence).in_force) == days


def test_names_are_as_people_write_them():
    names = ["permendag 8/2024", "pmk 10/2022", "uu 3/2014", "permen esdm 7/2020", "perpres 46/2025"]
    assert [regulation_name(name) for name in names] == [
        "Permendag 8/2024",
        "PMK 10/2022",
        "UU 3/2014",
        "Permen ESDM 7/2020",
        "Perpres 46/2025",
    ]
    assert amount_name(Amount("idr/unit", "7000000")) == "Rp7.000.000 per unit"
    assert amount_name(Amount("percent", "7.5")) == "7,5 persen"


PARTS = [
    "dari",
    "rp",
    "1.5",
    "7,25",
    "1.234,5,6",
    "juta",
    "-",
    "persen",
    "menjadi",
    "per",
    "kg",
    "uu",
    "no",
    "/",
    "us$",
]


@given(st.text())
def test_any_text_has_facts(text: str):
    assert isinstance(facts(text), Facts)


@given(st.lists(st.sampled_from(PARTS)))
def test_any_mix_of_the_words_that_matter_has_plain_amounts(parts: list[str]):
    for amount in facts(" ".join(parts)).amounts:
        assert Decimal(amount.value) >= 0
        assert amount_name(amount)
