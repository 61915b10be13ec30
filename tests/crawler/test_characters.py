import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.characters import fit
from crawler.discovery.links import plain
from crawler.extractors.article import extract
from crawler.extractors.page import words
from tests.crawler.extractors.pages import PLAIN, TITLE, URL, article, json_ld

UNFIT = "\x00\x1b[31m\x9b1m\u202e\ud800"
LEFT = "[31m1m"


@given(st.text() | st.text("\x00\x1b\x7f\x9b\u202e\u2066\ud800\udfff\x85 a"))
def test_what_is_fit_is_printable_or_white_space_and_can_be_stored(text: str):
    kept = fit(text)
    kept.encode()
    assert not {"\x00", "\x1b", "\x9b", "\u202e"} & set(kept)
    assert kept.split() == [word for word in kept.split() if word]
    assert fit(kept) == kept


@pytest.mark.parametrize("text", ["Harga café naik “dua kali” – kata Menkeu…", "a\tb\nc\x85d", "نص عربي", "👩‍🔧"])
def test_what_is_fit_stays(text: str):
    assert fit(text) == text


@pytest.mark.parametrize("read", [words, plain])
def test_titles_hold_what_is_fit(read):
    assert read(f"Bea {UNFIT} naik") == f"Bea {LEFT} naik"


def test_an_article_holds_what_is_fit():
    data = {"@type": "NewsArticle", "articleSection": UNFIT, "keywords": [UNFIT], "author": f"Rini {UNFIT} Sari"}
    body = article(json_ld(data)).decode().replace("Bea", "Bea&#27;[2J&#x9b;")
    found = extract(PLAIN, URL, body.encode(), {})
    for text in (found.title, found.section, *found.tags, *found.authors, found.text):
        assert text
        assert fit(text) == text
    assert found.title == TITLE.replace("Bea", "Bea[2J›")
