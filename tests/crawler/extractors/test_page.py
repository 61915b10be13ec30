"""Bytes to text: the encoding that the bytes show, never mojibake."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.extractors.page import decode

WORDS = "Harga café naik “dua kali” – kata Menkeu…"


@pytest.mark.parametrize(
    ("encoding", "meta", "header"),
    [
        ("utf-8", "", ""),
        ("utf-8", "iso-8859-1", ""),
        ("utf-8", "", "text/html; charset=windows-1252"),
        ("utf-8-sig", "", ""),
        ("cp1252", "windows-1252", ""),
        ("cp1252", "iso-8859-1", ""),
        ("cp1252", "", ""),
        ("cp1252", "utf-8", ""),
        ("cp1252", "", "text/html; charset=ISO-8859-1"),
        ("cp1252", "no-such-code", ""),
        ("utf-16", "", ""),
        ("utf-16-le", "", "text/html; charset=utf-16le"),
    ],
)
def test_the_words_come_out_as_written(encoding, meta, header):
    page = f"<html><head><meta charset='{meta}'></head><body>{WORDS}</body></html>" if meta else f"<html>{WORDS}</html>"
    assert WORDS in decode(page.encode(encoding), header)


def test_a_declared_other_encoding_is_used():
    assert "Прибыль" in decode("<html><meta charset=koi8-r>Прибыль".encode("koi8-r"), "")


def test_a_page_of_utf8_that_is_cut_stays_utf8():
    assert decode(f"<meta charset=utf-8>{WORDS * 5}".encode()[:-1], "").startswith(f"<meta charset=utf-8>{WORDS}")


@given(
    st.binary(max_size=300),
    st.sampled_from(["", "text/html; charset=utf-16", "text/html; charset=rot13", "charset=\x00"]),
)
def test_any_bytes_decode(body, content_type):
    assert isinstance(decode(body, content_type), str)
