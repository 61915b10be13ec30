"""Whom a measure is for is told in its sentence's own words; whom it burdens is not."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.extractors.beneficiaries import MOST_WORDS, beneficiaries
from crawler.taxonomy import Beneficiary, load_beneficiaries


@pytest.mark.parametrize("kind", load_beneficiaries().values(), ids=lambda kind: kind.code)
def test_a_kind_is_found_in_its_examples_and_not_in_its_counter_examples(kind: Beneficiary):
    def named(sentence: str) -> bool:
        terms = tuple(term.lower() for term in (*kind.terms, *kind.abbr))
        return any(phrase.lower().replace(",", "").startswith(terms) for phrase in beneficiaries(sentence))

    assert kind.examples
    assert kind.counter_examples
    assert all(map(named, kind.examples))
    assert not any(map(named, kind.counter_examples))


@pytest.mark.parametrize("kind", load_beneficiaries().values(), ids=lambda kind: kind.code)
def test_every_noun_begins_a_group(kind: Beneficiary):
    for term in (*kind.terms, *kind.abbr):
        assert beneficiaries(f"Insentif ini untuk {term}.") == (term,)


@pytest.mark.parametrize(
    ("sentence", "wanted"),
    [
        ("Bantuan bagi para petani, nelayan kecil, dan pelaku UMKM.", ["petani", "nelayan kecil", "pelaku UMKM"]),
        ("Mesin diberikan kepada 1.250 pelaku IKM di Bali.", ["pelaku IKM"]),
        ("Mesin diberikan kepada kelompok tani, juga kepada Kelompok Tani.", ["kelompok tani"]),
        (
            "Rumah disiapkan untuk kelompok masyarakat berpenghasilan rendah.",
            ["kelompok masyarakat berpenghasilan rendah"],
        ),
        ("Diskon untuk pelanggan rumah tangga golongan 450 VA.", ["pelanggan rumah tangga golongan 450 VA"]),
        ("Upah ditanggung bagi pekerja bergaji maksimal Rp10 juta.", ["pekerja"]),
        ("Insentif bagi pekerja bergaji di bawah Rp10 juta per bulan.", ["pekerja"]),
        ("Insentif bagi pelaku usaha beromzet di atas Rp500 juta.", ["pelaku usaha"]),
        ("Insentif bagi pelanggan 900 VA ke bawah.", ["pelanggan 900 VA ke bawah"]),
        ("Insentif untuk industri kain dan keramik diperpanjang.", ["industri kain dan keramik"]),
        ("Insentif untuk industri tekstil dan produk tekstil.", ["industri tekstil dan produk tekstil"]),
        ("Kredit bagi usaha mikro, kecil, dan menengah.", ["usaha mikro, kecil, dan menengah"]),
        ("Perlindungan terhadap konsumen diperkuat.", ["konsumen"]),
        ("Denda dihapus bagi wajib pajak yang melunasi pokoknya.", ["wajib pajak"]),
        ("Penghapusan denda untuk wajib pajak berlaku besok.", ["wajib pajak"]),
        ("Penghapusan  denda\n untuk wajib  pajak berlaku besok.", ["wajib pajak"]),
    ],
)
def test_groups_are_told_in_the_words_of_the_sentence(sentence: str, wanted: list[str]):
    assert list(beneficiaries(sentence)) == wanted


@pytest.mark.parametrize(
    "sentence",
    [
        "Aturan itu untuk meningkatkan ekspor industri.",
        "Usulan diserahkan kepada Kementerian Keuangan.",
        "Bea masuk dikenakan terhadap keramik impor.",
        "Pengawasan terhadap industri diperketat.",
        "Pemerintah menaikkan tarif listrik untuk pelanggan besar.",
        "Pencabutan izin usaha kepada empat perusahaan tambang disetujui.",
        "Untuk konsumen, pembelian dibatasi dua karung.",
        "“Sudah diputuskan,” katanya kepada pengusaha.",
        "Kebijakan terhadap importir dibahas.",
        "Pungutan itu berlaku bagi importir.",
    ],
)
def test_purposes_ministries_burdens_and_listeners_are_no_beneficiaries(sentence: str):
    assert beneficiaries(sentence) == ()


PARTS = [
    "bagi", "untuk", "terhadap", "usaha", "mikro", ",", "kecil", "dan", "tidak", "denda", "450", "VA", "golongan",
    "para", "1.", "di bawah", "UMKM", "industri", "berusia", "İ",
]  # fmt: skip


@given(st.text() | st.lists(st.sampled_from(PARTS)).map(" ".join))
def test_any_text_has_short_beneficiaries(text: str):
    assert all(len(phrase.split()) <= MOST_WORDS for phrase in beneficiaries(text))


@settings(max_examples=20)  # whatever is not linear takes minutes for a megabyte
@given(st.lists(st.sampled_from(PARTS), min_size=1, max_size=4))
def test_a_megabyte_is_read(parts: list[str]):
    unit = " ".join(parts) + " "
    assert all(len(phrase.split()) <= MOST_WORDS for phrase in beneficiaries(unit * (10**6 // len(unit))))
