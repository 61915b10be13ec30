"""Real pages of Indonesian outlets, kept beside the checkout as their words belong to their publishers."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest

from crawler.extractors.article import Unreadable, extract
from crawler.extractors.comparison import agreement, missed
from crawler.extractors.overlap import tally, word_f1
from crawler.outlets import generic, load_all
from db.models import Article

PAGES = Path(__file__).parents[3] / "../shared/pages"
OUTLETS = {
    "antara": "antaranews",
    "detik": "detik-finance",
    "kompas": "kompas-money",
    "liputan6": "liputan6-bisnis",
    "mediaindonesia": "mediaindonesia-ekonomi",
    "okezone": "okezone-economy",
    "republika": "republika-ekonomi",
}
pytestmark = pytest.mark.skipif(
    not PAGES.is_dir(), reason="no folder ../shared/pages with real pages beside the checkout"
)


@dataclass
class Compared:
    """One page: what was read, what was expected, and how well their words agree."""

    name: str
    article: Article
    expected: dict
    f1: float

    @property
    def title_agrees(self) -> bool:
        return self.article.title == self.expected["title"]

    @property
    def time_agrees(self) -> bool:
        expected = datetime.fromisoformat(self.expected["published_at"])
        found = self.article.published_at
        return found is not None and found.replace(second=0) == expected.replace(second=0)

    def disagreements(self) -> list[str]:
        found = []
        if not self.title_agrees:
            found.append(f"{self.name}: title {self.article.title!r}, expected {self.expected['title']!r}")
        if not self.time_agrees:
            found.append(f"{self.name}: time {self.article.published_at}, expected {self.expected['published_at']}")
        if self.f1 < 1:
            more, less = (tally(a) - tally(b) for a, b in (self.texts, self.texts[::-1]))
            found.append(f"{self.name}: body F1 {self.f1:.3f}, more: {list(more)[:12]}, less: {list(less)[:12]}")
        return found

    @property
    def texts(self) -> tuple[str, str]:
        return self.article.text or "", self.expected["text"]


@pytest.fixture(scope="module")
def compared() -> list[Compared]:
    expected = json.loads((PAGES / "expected.json").read_text(encoding="utf-8"))
    found = []
    for name, facts in expected.items():
        article = extract(generic(facts["url"]), facts["url"], (PAGES / name).read_bytes(), {})
        found.append(Compared(name, article, facts, word_f1(article.text or "", facts["text"])))
    for page in found:
        print(*page.disagreements(), sep="\n")
    return found


def test_titles_and_times(compared):
    assert len(compared) >= 14
    assert sum(page.title_agrees for page in compared) >= 0.9 * len(compared)
    assert sum(page.time_agrees for page in compared) >= 0.9 * len(compared)


def test_bodies(compared):
    assert sum(page.f1 for page in compared) / len(compared) >= 0.98
    assert min(page.f1 for page in compared) >= 0.9


def test_authors(compared):
    named = [page for page in compared if "authors" in page.expected]
    assert named
    for page in named:
        assert list(page.article.authors) == page.expected["authors"], page.name


def test_the_files_of_their_outlets_read_them_too():
    """Most pages are of layouts that are gone; then the page must be read as if the file had no selectors."""
    expected = json.loads((PAGES / "expected.json").read_text(encoding="utf-8"))
    known = {name: OUTLETS[site] for name in expected if (site := name.partition("-")[0]) in OUTLETS}
    assert len(known) >= 12
    for name, slug in known.items():
        facts, body = expected[name], (PAGES / name).read_bytes()
        found = extract(load_all()[slug], facts["url"], body, {})
        page = Compared(name, found, facts, word_f1(found.text or "", facts["text"]))
        assert page.title_agrees, name
        assert page.time_agrees, name
        assert page.f1 >= 0.98, name


def test_the_page_of_2026_is_as_its_outlet_file_says():
    outlet = load_all()["mediaindonesia-ekonomi"]
    body = (PAGES / "mediaindonesia-2026.html").read_bytes()
    assert missed(outlet, body, {}) == ()
    url = json.loads((PAGES / "expected.json").read_text(encoding="utf-8"))["mediaindonesia-2026.html"]["url"]
    assert re.search(outlet.article, url)
    assert agreement(outlet, url, body, {}) > 0.97


@pytest.mark.parametrize("path", sorted(PAGES.glob("*-listing.html")), ids=lambda path: path.name)
def test_listings_are_unreadable(path):
    url = f"http://www.{path.name.partition('-')[0]}.com/indeks/berita"
    with pytest.raises(Unreadable):
        extract(generic(url), url, path.read_bytes(), {})
