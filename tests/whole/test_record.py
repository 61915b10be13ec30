"""`jurus record` on the newsroom: a fixture that reads like the page, has none of its words, and asks to be read."""

from pathlib import Path

import pytest

from crawler.newsroom import Newsroom
from crawler.outlets import load
from crawler.recording.filler import filler, kept_words
from tests.outlets.fixtures import fixture
from tests.outlets.test_outlets import test_a_person_has_read_the_expectation as asks_for_a_reader
from tests.whole.crawls import Jurus


@pytest.fixture
def outlets(newsroom: Newsroom, tmp_path: Path) -> Path:
    newsroom.outlets_folder(tmp_path / "outlets")
    return tmp_path / "outlets"


def test_an_article_is_recorded_once_and_waits_for_a_reader(newsroom, outlets, jurus: Jurus, tmp_path):
    url, truth = next((url, truth) for url, truth in newsroom.truth().items() if truth.outlet == "kabar-pabrik")
    done = jurus("--outlets", outlets, "record", "kabar-pabrik", url)
    assert done.returncode == 0, done.stderr
    assert "reviewed = true" in done.stdout
    assert done.stderr == ""
    recorded = fixture(tmp_path / "tests/outlets/kabar-pabrik/article.toml")
    kept = kept_words(load(outlets / "kabar-pabrik.toml"))
    assert recorded.expected["title"] == filler(truth.title, kept)
    assert recorded.expected["text"] == filler(truth.text, kept)
    with pytest.raises(AssertionError, match="read it against its page"):
        asks_for_a_reader(recorded)
    again = jurus("--outlets", outlets, "record", "kabar-pabrik", url)
    assert again.returncode == 1
    assert "is there already" in again.stderr


def test_a_feed_is_recorded_under_its_kind(outlets, jurus: Jurus, tmp_path):
    outlet = load(outlets / "niaga-harian.toml")
    kind = "feed" if outlet.feeds else "sitemap" if outlet.sitemaps else "listing"
    source = (*outlet.feeds, *outlet.sitemaps, *outlet.listings)[0]
    done = jurus("--outlets", outlets, "record", "niaga-harian", source)
    assert done.returncode == 0, done.stderr
    recorded = fixture(tmp_path / f"tests/outlets/niaga-harian/{kind}.toml")
    assert recorded.expected["source"] == source
    assert len(recorded.expected["links"]) > 5


def test_what_is_no_article_is_refused_in_one_line(newsroom, outlets, jurus: Jurus, tmp_path):
    done = jurus("--outlets", outlets, "record", "kabar-pabrik", f"{newsroom.address('kabar-pabrik')}/robots.txt")
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    assert not (tmp_path / "tests").exists()
