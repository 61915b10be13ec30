"""Whatever a server sends, extract gives an article or Unreadable."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crawler.extractors.article import Unreadable, extract
from tests.crawler.extractors.pages import LINES, OUTLET, PLAIN, TITLE, URL, article, json_ld, page, paragraphs
from tests.crawler.extractors.test_article import SELECTED

KEYS = (
    "@type", "@graph", "author", "name", "headline", "datePublished", "dateModified", "itemListElement", "item",
    "keywords", "articleSection", "mainEntity", "creator", "x",
)  # fmt: skip
SOUP = (
    "<div>", "</div>", "<p>", "</p>", "<a href='x'>", "</a>", "<table><tr><td>", "<br>", "<li>", "<h1>", "</h1>",
    "<time datetime='x'>", "<meta property='og:title' content='a - b'>", "<figure>", "<span class='author'>", *LINES,
    "6 November 2026 09:30 WIB", "Penulis: Ani", "Oleh", "&nbsp;", "\x00", "<!--", "<title>Kabar | x",
)  # fmt: skip
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | st.just("2026-11-06T09:30+07:00"),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=6),
    max_leaves=20,
)
FEW = settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])


def attempt(outlet, body, headers=None):
    """The article, or None where the page is Unreadable; any other exception fails the test."""
    reason = ""
    try:
        found = extract(outlet, URL, body, headers or {})
    except Unreadable as error:
        reason = str(error)
    if reason:
        assert "\n" not in reason
        return None
    assert found.title
    assert found.text
    for moment in (found.published_at, found.modified_at):
        assert moment is None or moment.utcoffset() == timedelta()
    return found


@FEW
@given(st.binary(max_size=2000), st.dictionaries(st.sampled_from(["Date", "Content-Type", "x"]), st.text(max_size=40)))
def test_any_bytes(body, headers):
    attempt(PLAIN, body, headers)


@FEW
@given(st.lists(st.tuples(st.integers(0, len(SELECTED) - 1), st.integers(0, 60), st.binary(max_size=12)), max_size=8))
def test_mutated_pages(changes):
    body = SELECTED
    for place, length, new in changes:
        body = body[:place] + new + body[place + length :]
    attempt(OUTLET, body)
    attempt(PLAIN, body)


@FEW
@given(st.integers(0, len(SELECTED)))
def test_truncated_pages(length):
    attempt(OUTLET, SELECTED[:length])


@FEW
@given(ANYTHING)
def test_json_ld_of_any_shape(value):
    assert attempt(PLAIN, article(json_ld(value))) is not None


@FEW
@given(ANYTHING, st.sampled_from(KEYS))
def test_an_article_node_with_any_value(value, key):
    assert attempt(PLAIN, article(json_ld({"@type": "NewsArticle", key: value}))) is not None


@pytest.mark.parametrize(
    "text", ["[" * 100_000, '{"@graph":' * 50_000, "{", '{"a": 1,}', "<![CDATA[ {} ]]>", "\x00", "1e999999"]
)
def test_broken_json_ld(text):
    assert attempt(PLAIN, article(f'<script type="application/ld+json">{text}</script>')) is not None


def test_json_ld_with_a_trailing_comma_and_raw_line_ends_is_read():
    text = json.dumps({"@type": "NewsArticle", "description": "a\nb", "datePublished": "2026-11-06T09:30:00+07:00"})
    text = text.replace("\\n", "\n").replace("}", ",}")
    found = attempt(PLAIN, article(f'<script type="application/ld+json">{text};</script>'))
    assert found is not None
    assert found.published_at is not None


@FEW
@given(st.lists(st.sampled_from(SOUP), max_size=40))
def test_tag_soup(pieces):
    attempt(PLAIN, "".join(pieces).encode())


@pytest.mark.parametrize(
    "body",
    [
        f"<h1>{TITLE}</h1>" + "<div>" * 50_000 + paragraphs(),
        f"<h1>{TITLE}</h1>" + "<b>" * 50_000 + paragraphs(),
        f"<h1>{TITLE}</h1>" + paragraphs() + "<table><tr><td>" * 20_000,
        f"<h1>{TITLE}</h1>" + paragraphs() + "<" * 1_000_000,
        f"<title>{'a | ' * 200_000}</title><h1>{TITLE}</h1>" + paragraphs(),
        f"<h1>{TITLE}</h1>" + paragraphs() + "<span>1 Mei 2020</span>" * 30_000,
        f"<h1>{TITLE}</h1>" + paragraphs() + "<b>Penulis" + " " * 1_000_000 + "</b>",
        f"<h1>{TITLE}</h1><div>" + paragraphs() * 10_000,
    ],
    ids=["nested", "inline", "tables", "brackets", "title", "dates", "spaces", "five megabytes"],
)
def test_hostile_pages_end(body):
    attempt(PLAIN, body.encode())


def test_control_characters_are_dropped():
    body = page(f"<h1>{TITLE}</h1><div>{paragraphs()}</div>").replace(b"bea masuk", b"bea\x00 masuk\x0b")
    found = attempt(PLAIN, body)
    assert found is not None
    assert found.text == "\n".join(LINES)
