"""What is recorded reads as before, and holds none of the publisher's words."""

from __future__ import annotations

import contextlib
import re
import tomllib
from pathlib import Path
from urllib.request import urlopen

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from crawler.addresses import fetch_url
from crawler.discovery import NotASource
from crawler.extractors.article import Unreadable
from crawler.newsroom import Newsroom
from crawler.outlets import load, load_all
from crawler.recording import record
from crawler.recording.filler import KEPT, WORD, filled_address, filler, kept_words
from crawler.recording.pages import Filling
from crawler.recording.record import quoted
from tests.outlets.fixtures import HEADERS, lists, pages

WORDS = st.text(st.characters(codec="utf-8"), max_size=60)


@given(WORDS)
def test_filler_has_the_shape_of_the_text_and_is_steady(text):
    made = filler(text)
    assert len(made) == len(text)
    assert WORD.sub("", made) == WORD.sub("", text)
    assert filler(text) == made
    changed = zip(WORD.findall(text), WORD.findall(made), strict=True)
    assert all(old.lower() in KEPT or len(old) == 1 or old.lower() != new.lower() for old, new in changed)


def test_filler_leaves_what_rules_look_for():
    text = "Baca juga: Pabrik Gula, Selasa, 24 November 2026 10:15 WIB, Penulis: Ani"
    made = filler(text)
    assert made.startswith("Baca juga: ")
    assert ", Selasa, 24 November 2026 10:15 WIB, Penulis: " in made
    assert "Pabrik" not in made
    assert "Gula" not in made
    assert made.split(",")[0].istitle() == "Baca juga: Pabrik Gula".istitle()


def test_an_address_keeps_its_shape_without_the_words_of_the_title():
    outlet = load_all()["kontan"]
    kept = kept_words(outlet)
    url = filled_address(outlet, "https://industri.kontan.co.id/news/harga-gas-untuk-pabrik-garam?page=2", kept)
    assert re.fullmatch(r"https://industri\.kontan\.co\.id/news/[a-z]{5}-[a-z]{3}-untuk-[a-z]{6}-[a-z]{5}\?page=2", url)
    assert "garam" not in url
    assert filled_address(outlet, "https://wa.me/?text=harga%20gas", kept) == "https://wa.me/"
    assert filled_address(outlet, "mailto:seseorang@contoh.id", kept) == "mailto:#"


@given(WORDS)
def test_quoted_text_is_a_toml_string(text):
    assert tomllib.loads(f"text = {quoted(text)}") == {"text": text}


MARKUP = st.lists(
    st.sampled_from(
        ["<html>", "<h1>", "</h1>", "<p class='a'>", "<article>", "<a href='/news/satu-dua-tiga'>", "<rss>", "<item>",
         "<link>", "<urlset><url><loc>", "<meta property='og:title' content='", "'>", "<!--", "]]>", "<![CDATA[", "\0",
         '<script type="application/ld+json">', "</script>", '{"@type": "NewsArticle", "headline": "\\ud800"}', "{",
         '"items": [', '{"url": "https://industri.kontan.co.id/news/dua-tiga", "title": "Satu"}', "[", "]", "}", ","]
    )
    | WORDS, max_size=30
).map("".join)  # fmt: skip
ADDRESSES = (
    "https://industri.kontan.co.id/news/satu-dua-tiga",
    "https://www.kontan.co.id/search/indeks?kanal=industri",
)


@example("<urlset><url><loc><:", ADDRESSES[1])
@given(MARKUP, st.sampled_from(ADDRESSES))
def test_any_answer_is_recorded_or_refused(markup, url):
    outlet = load_all()["kontan"]
    with contextlib.suppress(Unreadable, NotASource):
        recorded = record(outlet, url, markup.encode("utf-8", "surrogatepass"), {})
        assert tomllib.loads(recorded.expectation)["reviewed"] is False


def test_json_that_is_very_deep_is_cut():
    deep = "[" * 400 + "]" * 400
    page = f'<html><script type="application/ld+json">{deep}</script><p>Satu dua tiga empat lima enam.</p></html>'
    outlet = load_all()["kontan"]
    assert b"ld+json" in Filling(outlet, kept_words(outlet)).page(page.encode(), {})


def phrases(outlet, text: str) -> set[tuple[str, ...]]:
    """Each three words in a row of which two are the writer's choice, not the outlet's name or a word of rules."""
    words = [word.lower() for word in WORD.findall(text)]
    kept = kept_words(outlet)
    return {three for three in zip(words, words[1:], words[2:], strict=False) if sum(w not in kept for w in three) > 1}


def holds_nothing_of(outlet, recorded, text: str) -> bool:
    assert phrases(outlet, text)
    return phrases(outlet, text).isdisjoint(phrases(outlet, recorded.body.decode() + recorded.expectation))


@pytest.fixture(scope="module")
def articles(tmp_path_factory: pytest.TempPathFactory):
    """Each article of the newsroom: its outlet, address, page and truth."""
    folder: Path = tmp_path_factory.mktemp("newsroom")
    with Newsroom() as newsroom:
        newsroom.outlets_folder(folder)
        found = []
        for url, truth in newsroom.truth().items():
            outlet = load(folder / f"{truth.outlet}.toml")
            with urlopen(fetch_url(outlet, url)) as response:
                found.append((outlet, url, response.read(), truth))
    return found


def test_the_newsrooms_articles_read_as_before(articles):
    assert len({outlet.slug for outlet, *_ in articles}) == 7
    for outlet, url, body, truth in articles:
        recorded = record(outlet, url, body, HEADERS)
        expected = tomllib.loads(recorded.expectation)
        assert recorded.lost == (), url
        assert expected["reviewed"] is False
        assert expected["title"] == filler(truth.title, kept_words(outlet))
        assert expected["published_at"] == truth.published_at
        assert holds_nothing_of(outlet, recorded, f"{truth.title} {truth.text}"), url


@pytest.mark.parametrize("page", pages(), ids=lambda page: f"{page.slug}/{page.name}")
def test_the_pages_of_all_outlets_read_as_before(page):
    recorded = record(page.outlet, page.expected["url"], page.body, HEADERS)
    assert recorded.lost == ()
    assert holds_nothing_of(page.outlet, recorded, f"{page.expected['title']} {page.expected['text']}")


@pytest.mark.parametrize("one", lists(), ids=lambda one: f"{one.slug}/{one.name}")
def test_the_lists_of_all_outlets_read_as_before(one):
    recorded = record(one.outlet, one.expected["source"], one.body, HEADERS)
    drafted = tomllib.loads(recorded.expectation)
    times = [[link.get("published_at") for link in each["links"]] for each in (drafted, one.expected)]
    assert times[0] == times[1]
    assert recorded.lost == ()
    assert holds_nothing_of(one.outlet, recorded, " ".join(link["title"] for link in one.expected["links"]))
