"""The newsroom is crawled twice; every field of every article is held against what the newsroom printed."""

import subprocess
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import pytest

from crawler.newsroom import Newsroom, Truth
from crawler.outlets import load_all
from db import open_existing, queries
from db.times import to_text
from tests.whole.crawls import JURUS, stored


@dataclass
class Round:
    """One crawl: what it printed, what the newsroom held, what was stored after it, and what was asked for."""

    output: str
    status: int
    truth: dict[str, Truth]
    articles: dict[str, dict]
    mentions: list[dict]
    runs: dict[str, dict]
    asked: list[tuple[str, str, int]] = field(default_factory=list)


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory):
    """Two rounds, with what the newsroom calls new or changed between them."""
    folder = tmp_path_factory.mktemp("newsroom")
    with Newsroom() as newsroom:
        newsroom.outlets_folder(folder / "outlets")
        first = crawl(newsroom, folder)
        newsroom.advance()
        second = crawl(newsroom, folder)
        yield first, second, newsroom.expected_refetch(), newsroom.trap_paths(), load_all(folder / "outlets")


def crawl(newsroom: Newsroom, folder: Path) -> Round:
    slugs = sorted(path.stem for path in (folder / "outlets").glob("*.toml"))
    before = len(newsroom.log)
    command = [*JURUS, "--db", folder / "jurus.db", "--outlets", folder / "outlets", "crawl", *slugs]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    with open_existing(folder / "jurus.db") as db:
        runs = {slug: row["run"] for slug, row in queries.outlet_rows(db).items()}
        mentions = queries.mentions(db)
    asked = [(line.outlet, line.path, line.status) for line in newsroom.log[before:]]
    output = done.stdout + done.stderr
    return Round(output, done.returncode, newsroom.truth(), stored(folder / "jurus.db"), mentions, runs, asked)


def minute(time: datetime | None) -> str | None:
    """Times are held to the minute: it is all that most pages show."""
    text = to_text(time)
    return text[:16] if text else None


def shown(article: dict) -> dict:
    times = {key: article[key] and article[key][:16] for key in ("published_at", "modified_at")}
    return article | times


def expected(truth: Truth) -> dict:
    return {
        "outlet": truth.outlet,
        "title": truth.title,
        "authors": truth.authors,
        "published_at": minute(truth.published_at),
        "modified_at": minute(truth.modified_at),
        "section": truth.section,
        "tags": truth.tags,
        "text": truth.text if truth.keep == "text" else None,
    }


def test_the_newsroom_is_as_large_as_promised(story):
    truth = story[0].truth
    assert len(truth) >= 40
    assert len({article.outlet for article in truth.values()}) >= 4


def test_the_first_crawl_holds_every_article_with_all_fields(story):
    first = story[0]
    assert first.status == 0, first.output
    assert set(first.articles) == set(first.truth)
    for url, truth in first.truth.items():
        wanted = expected(truth)
        assert {key: shown(first.articles[url])[key] for key in wanted} == wanted, url


def test_the_second_crawl_holds_what_is_new_changed_and_moved(story):
    first, second, _, _, _ = story
    assert second.status == 0, second.output
    for url, truth in second.truth.items():
        wanted = expected(truth)
        assert {key: shown(second.articles[url])[key] for key in wanted} == wanted, url
    left = set(second.articles) - set(second.truth)
    assert left < set(first.truth), "only what was withdrawn stays beside what is there now"
    assert len({(row["outlet"], row["title"], row["published_at"]) for row in second.articles.values()}) == len(
        second.articles
    ), "a moved article is kept once"


def test_an_article_that_answers_410_is_kept_and_marked(story):
    second = story[1]
    gone = {path for _, path, status in second.asked if status == 410}
    marked = [row["url"] for row in second.articles.values() if row["withdrawn_at"]]
    assert gone
    assert {"/" + url.split("/", 3)[3] for url in marked} == {path.rstrip("/") for path in gone}


def test_the_second_crawl_asked_only_for_lists_and_for_what_is_new_or_changed(story):
    _, second, refetch, traps, outlets = story
    pages = {(outlet, path) for outlet, path, _ in second.asked if not is_list(outlets[outlet], path)}
    may_retry = {(outlet, path) for outlet, path in traps if any(p == path and s == 500 for _, p, s in second.asked)}
    gone = {(outlet, path) for outlet, path, status in second.asked if status in {301, 404, 410}}
    assert pages - may_retry - gone <= refetch
    assert refetch <= pages


def is_list(outlet, path: str) -> bool:
    sources = {url.removeprefix(outlet.home) for url in (*outlet.feeds, *outlet.sitemaps, *outlet.listings)}
    return path == "/robots.txt" or path in sources or "sitemap" in path


def test_no_page_was_asked_for_twice_or_against_robots(story):
    for crawl in story[:2]:
        answered = [(outlet, path) for outlet, path, status in crawl.asked if status < 500]
        assert len(answered) == len(set(answered))
        forbidden = ("/premium/", "/adv/", "/cetak/", "/slideshow/", "/akun/")
        assert not [path for _, path in answered if path.startswith(forbidden)]


def test_runs_tell_what_happened(story):
    first, second, *_ = story
    for crawl in (first, second):
        assert all(run["reason"] == "finished" and run["finished_at"] for run in crawl.runs.values())
    assert sum(run["new"] for run in first.runs.values()) == len(first.truth)
    assert sum(run["forbidden"] for run in first.runs.values()) > 0
    assert first.runs["kantor-berita-nusa"]["failed"] == {"500": 1}
    assert sum(run["unreadable"] for run in first.runs.values()) > 0
    new = set(second.truth) - set(first.truth)
    assert 0 < sum(run["new"] for run in second.runs.values()) <= len(new)
    assert sum(run["unchanged"] for run in second.runs.values()) > len(new)


def test_quotes_are_kept_where_the_text_may_not_be(story):
    second = story[1]
    quotes = [
        row for row in second.mentions if second.truth.get(row["url"]) and second.truth[row["url"]].keep == "quotes"
    ]
    assert quotes
    for row in quotes:
        assert row["quote"].split() == [word for word in row["quote"].split() if word in second.truth[row["url"]].text]


def test_articles_with_measures_have_mentions(story):
    """The newsroom says which of its articles tell of measures; the tagger is a step of its own, so most is enough."""
    second = story[1]
    tagged = {row["url"] for row in second.mentions}
    readable = {url: truth for url, truth in second.truth.items() if truth.keep != "metadata"}
    found = [url in tagged for url, truth in readable.items() if truth.measures]
    false = [url in tagged for url, truth in readable.items() if not truth.measures]
    assert sum(found) / len(found) >= 0.8
    assert sum(false) / len(false) <= 0.5
