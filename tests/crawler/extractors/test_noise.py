"""Which lines of a body are none of its words."""

from __future__ import annotations

import pytest

from crawler.extractors.noise import is_noise


@pytest.mark.parametrize(
    "line",
    [
        "Baca juga: Kuota impor garam dipangkas",
        "Baca Juga Harga Gabah Naik",
        "Lihat juga Video: Panen raya di Subang",
        "Simak breaking news dan berita pilihan kami di WhatsApp Channel Kabar",
        "Ikuti kami di Google News",
        "Cek Berita dan Artikel yang lain di sini",
        "ADVERTISEMENT",
        "SCROLL TO CONTINUE WITH CONTENT",
        "Pewarta: Ani Lestari Editor: Budi Copyright © KABAR 2026",
        "Reporter: Ani | Editor: Budi",
        "Copyright © Kabar 2026",
        "Dilarang keras mengambil konten untuk tujuan apa pun",
        "[Gambas:Video 20detik]",
        "Halaman: 1 2 3 Tampilkan Semua",
        "(Baca juga: Neraca dagang surplus)",
    ],
)
def test_pointers_credits_and_notices_are_noise(line):
    assert is_noise(line)


@pytest.mark.parametrize(
    "line",
    [
        "Baca tulis huruf Braille diajarkan di pabrik itu.",
        "Simak saja data ekspor bulan lalu: nilainya turun.",
        "Iklan rokok dilarang mulai tahun depan, kata menteri.",
        "Penulis buku itu mengkritik kebijakan bea keluar.",
        "Sumber: Kementerian Perindustrian",
        "Halaman parkir pabrik itu diperluas.",
        "Hak atas tanah adat diakui pemerintah.",
        "Editor senior harian itu menolak berkomentar.",
        "Baca juga " + "kalimat yang panjang sekali " * 20,
    ],
)
def test_sentences_are_not(line):
    assert not is_noise(line)
