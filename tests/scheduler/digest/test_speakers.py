"""Who is quoted."""

import pytest

from scheduler.digest.speakers import speaker_of


@pytest.mark.parametrize(
    ("quote", "speaker"),
    [
        ("“Kuota turun,” kata Menteri Perindustrian Rahmat Sanjaya, Selasa.", "Menteri Perindustrian Rahmat Sanjaya"),
        ("Menurut Dirjen Bea dan Cukai, tarif naik.", "Dirjen Bea dan Cukai"),
        ("Kata orang, tarif naik.", ""),
        ("Menteri Koperasi Surya Batu mengatakan pemerintah menyusun aturan.", "Menteri Koperasi Surya Batu"),
        ("JAKARTA, Warta - Gubernur Lampung juga menegaskan izin dipangkas.", "Gubernur Lampung"),
        ("Damar menuturkan pemerintah menghapus syarat.", ""),
        ("Aturan itu menyatakan tarif turun.", ""),
        ("Pemerintah menaikkan tarif.", ""),
    ],
)
def test_who_speaks(quote: str, speaker: str):
    assert speaker_of(quote) == speaker
