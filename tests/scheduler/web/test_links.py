from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.web.links import at_quote, page, safe


def test_a_page_keeps_the_language_and_drops_what_is_empty():
    assert page("/search", "id", q="bea masuk", sector="") == "/search?q=bea+masuk"
    assert page("/search", "en", q=None) == "/search?lang=en"


def test_data_pages_name_the_language_so_that_datasette_does_not_take_it_for_a_column():
    assert page("/jurus/measures", "en") == "/jurus/measures?_lang=en"


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "JavaScript:alert(1)", "data:text/html,x", "vbscript:x", "//host/x", "/x", "http:///x",
     " javascript:alert(1)", "java\nscript:alert(1)", "file:///etc/passwd", "http://[", "", None],
)  # fmt: skip
def test_an_address_that_is_none_of_the_web_is_no_link(url):
    assert safe(url) is None
    assert at_quote(url, "kutipan") is None


def test_a_short_quote_is_named_whole():
    assert at_quote("https://warta.test/1", "Bea masuk naik") == "https://warta.test/1#:~:text=Bea%20masuk%20naik"


def test_a_long_quote_is_named_by_its_ends():
    words = [f"kata{number}" for number in range(30)]
    link = at_quote("https://warta.test/1", " ".join(words))
    start, end = link.partition("#:~:text=")[2].split(",")
    assert unquote(start).split() == words[:6]
    assert unquote(end).split() == words[-6:]


def test_signs_that_a_text_fragment_gives_a_meaning_are_encoded():
    fragment = at_quote("https://warta.test/1", "a-b, c & d").partition("text=")[2]
    assert fragment == "a%2Db%2C%20c%20%26%20d"


def test_an_address_with_a_fragment_keeps_it():
    assert at_quote("https://warta.test/1#isi", "Bea") == "https://warta.test/1#isi:~:text=Bea"


@given(st.text(), st.text())
def test_whatever_is_quoted_stays_in_the_fragment(url, quote):
    link = at_quote(url, quote)
    assert link is None or urlsplit(link).scheme in ("http", "https")
    fragment = (at_quote("https://warta.test/1", quote) or "").partition("#")[2]
    assert not set(fragment) & set("<>\"'& \n")
