"""Regions are told where a measure holds, not where a sentence was written or said."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.extractors.regions import regions
from crawler.taxonomy import Province, load_provinces
from crawler.taxonomy.regions import load_regions


@pytest.mark.parametrize("province", load_provinces().values(), ids=lambda province: province.code)
def test_a_province_is_found_in_its_examples_and_not_in_its_counter_examples(province: Province):
    def named(sentence: str) -> bool:
        return province.code in {code.partition(".")[0] for code in regions(sentence)}

    assert province.examples
    assert province.counter_examples
    assert all(map(named, province.examples))
    assert not any(map(named, province.counter_examples))


def test_every_province_and_every_place_is_found_by_each_of_its_names():
    assert sum("." not in code for code in load_regions()) == 38
    for region in load_regions().values():
        for name in (*region.names, *region.weak):
            name = name if name.isupper() else name.title()
            assert regions(f"Tarif air di {name} turun.") == (region.code,), name


@pytest.mark.parametrize(
    ("sentence", "wanted"),
    [
        ("Gubernur Jawa Barat dan Bupati Bandung Barat memangkas pajak.", ["jabar", "jabar.bandung-barat"]),
        ("Pabrik garam dibangun di Kabupaten Gresik, Jawa Timur.", ["jatim.gresik"]),
        ("Pabrik garam dibangun di Gresik dan Jawa Tengah.", ["jatim.gresik", "jateng"]),
        ("Tarif tol Semarang-Solo turun, juga di Solo.", ["jateng.semarang", "jateng.surakarta"]),
        ("Papua Barat Daya dan Papua memperoleh bantuan.", ["papua-barat-daya", "papua"]),
        ("PEMPROV DKI JAKARTA MENAIKKAN TARIF PARKIR", ["jakarta"]),
        ("pemkot batu dan pemprov bali memberi bantuan", ["jatim.batu", "bali"]),
        ("Dalam rapat itu, Gubernur Bali memangkas pajak.", ["bali"]),
        ("Mal di Jakartanya sendiri dibebaskan.", ["jakarta"]),
        ("Gubernur Jawa  Barat dan\n Bupati  Bandung\t Barat memangkas pajak.", ["jabar", "jabar.bandung-barat"]),
        ("Visa kunjungan dibebaskan bagi kapal pesiar yang singgah di Labuan Bajo.", ["ntt.labuan-bajo"]),
        ("Kabupaten Batu Bara dan Pemkab Batubara menata pelabuhan.", ["sumut.batu-bara"]),
    ],
)
def test_regions_are_told_once_in_the_order_of_the_sentence(sentence: str, wanted: list[str]):
    assert list(regions(sentence)) == wanted


@pytest.mark.parametrize(
    "sentence",
    [
        "Surabaya (ANTARA) - Kementerian melarang impor bibit.",
        "WARTA.ID, SURABAYA - Kementerian melarang impor bibit.",
        "Warta.id, Bandung -Menteri melarang impor bibit.",
        "Jakarta, Warta Niaga - Menteri melarang impor bibit.",
        "JAKARTA, Pemerintah melarang impor bibit.",
        "Jakarta Menteri Pertanian melarang impor bibit.",
        "harga turun. jakarta (antara) - menteri melarang impor bibit.",
        "“Impor dilarang,” kata Menteri di Kantor Gubernur, Semarang, Jawa Tengah, Rabu (3/6).",
        "Impor dilarang, ujar Menteri di Surabaya.",
        "Menteri melarang impor usai meninjau pasar di Kota Medan, Sumatera Utara.",
        "Usai meninjau pasar di Gresik, Jawa Timur, Menteri melarang impor.",
        "Dalam rapat di Bogor, impor dilarang.",
        "Harga berlaku di seluruh Jawa (kecuali Banten dan Cirebon).",
        "PT Aneka Baja Cilegon dan Bank Jatim membeli mesin.",
        "Nasib malang, pati ubi, batu gamping dan penerbangan solo tidak diatur.",
        "Malang nian nasib perajin, Batu ginjal pun menyerang.",
    ],
)
def test_places_of_writing_speaking_and_companies_are_no_regions(sentence: str):
    assert regions(sentence) == ()


def test_the_office_of_who_speaks_counts_and_the_place_does_not():
    assert regions("“Pajak kami pangkas,” kata Gubernur Jawa Barat di Bogor.") == ("jabar",)


PARTS = [
    "Jakarta",
    "kota malang",
    '" kata',
    "di",
    "saat",
    ",",
    "(",
    "PT",
    "Bank A",
    "Senin",
    "-",
    "kecuali",
    "İ",
    "Solo-",
]


@given(st.text() | st.lists(st.sampled_from(PARTS)).map(" ".join))
def test_any_text_has_regions_that_are_known(text: str):
    assert set(regions(text)) <= load_regions().keys()


@settings(max_examples=20)  # whatever is not linear takes minutes for a megabyte
@given(st.lists(st.sampled_from(PARTS), min_size=1, max_size=4))
def test_a_megabyte_is_read(parts: list[str]):
    unit = " ".join(parts) + " "
    assert set(regions(unit * (10**6 // len(unit)))) <= load_regions().keys()
