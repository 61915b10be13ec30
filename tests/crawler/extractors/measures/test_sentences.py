"""Sentences of Indonesian news, whole and in order."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.extractors.measures.sentences import LONGEST, split


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in split(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tarif naik. Pajak turun.", ["Tarif naik.", "Pajak turun."]),
        ("PT. Maju Jaya Tbk. membangun pabrik. Izin terbit.", ["PT. Maju Jaya Tbk. membangun pabrik.", "Izin terbit."]),
        ("Ir. Budi dan Dr. Sari hadir di Jl. Merdeka.", ["Ir. Budi dan Dr. Sari hadir di Jl. Merdeka."]),
        ('"Kami beri insentif." Ia pergi.', ['"Kami beri insentif."', "Ia pergi."]),
        ("Judul tanpa titik\nIsi berita.", ["Judul tanpa titik", "Isi berita."]),
        ("tarif naik. pajak turun.", ["tarif naik.", "pajak turun."]),
        ("Harga Rp 1.500 per liter.", ["Harga Rp 1.500 per liter."]),
        ("Tarif naik lagi.Pemerintah diam saja.", ["Tarif naik lagi.", "Pemerintah diam saja."]),
        ("Lihat Kompas.com hari ini. Selesai.", ["Lihat Kompas.com hari ini.", "Selesai."]),
        ("  \n\t ", []),
    ],
)
def test_splits_where_a_reader_would(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


def test_what_has_no_full_stop_is_cut_at_a_space() -> None:
    pieces = sentences("kata " * 2000)
    assert all(len(piece) <= LONGEST for piece in pieces)
    assert all(set(piece.split()) == {"kata"} for piece in pieces)


@given(st.text(alphabet=st.sampled_from('aZ .\n!?"”0\u00a0İ'), max_size=300))
def test_spans_are_ordered_and_hold_all_that_is_not_space(text: str) -> None:
    spans = split(text)
    assert all(start < end for start, end in spans)
    assert all(a[1] <= b[0] for a, b in pairwise(spans))
    held = "".join(text[start:end] for start, end in spans)
    assert "".join(held.split()) == "".join(text.split())
