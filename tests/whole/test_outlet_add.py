"""A site that no file describes becomes an outlet that can be crawled."""

from datetime import UTC
from pathlib import Path

import pytest

from crawler.newsroom import Newsroom
from tests.whole.crawls import Jurus, stored
from tests.whole.stock import POSTS, Build, hugo, pelican, serve

OWN = "outlets/127-0-0-1.toml"


@pytest.mark.parametrize("slug", ["kabar-pabrik", "siaran-industri"])
def test_a_site_of_the_newsroom_is_read_as_its_own_file_reads_it(
    slug: str, jurus: Jurus, newsroom: Newsroom, tmp_path: Path
) -> None:
    done = jurus("outlet", "add", newsroom.address(slug), "--yes")
    assert done.returncode == 0, done.stderr
    assert f"saved {OWN}" in done.stdout
    change(tmp_path / OWN, "[selectors]", "delay = 0.01\n[selectors]")
    jurus("--outlets", "outlets", "crawl", "127-0-0-1")
    truth = newsroom.truth()
    found = stored(tmp_path / "jurus.db")
    right = [url for url in found if url in truth and found[url]["title"] == truth[url].title]
    assert len(right) >= 8
    assert len(right) >= 0.8 * len(found)


@pytest.mark.parametrize("build", [pelican, hugo])
def test_a_stock_site_is_read_without_a_hand_laid_on_its_file(build: Build, jurus: Jurus, tmp_path: Path) -> None:
    with serve(tmp_path / "output") as home:
        build(tmp_path, home)
        done = jurus("outlet", "add", home, "--yes")
        assert done.returncode == 0, done.stderr
        assert '\nbody = "' in (tmp_path / OWN).read_text(encoding="utf-8")
        change(tmp_path / OWN, 'keep = "quotes"', 'delay = 0.01\nkeep = "text"')
        crawled = jurus("--outlets", "outlets", "crawl", "127-0-0-1")
        assert crawled.returncode == 0, crawled.stdout
    articles = stored(tmp_path / "jurus.db")
    assert sorted(found["title"] for found in articles.values()) == sorted(post.title for post in POSTS)
    for post in POSTS:
        found = next(found for url, found in articles.items() if post.path in url)
        assert found["authors"] == (("Sari Dewi",) if build is pelican else ())
        assert found["published_at"] == f"{post.at.astimezone(UTC):%Y-%m-%dT%H:%M:00Z}"
        assert found["text"] == "\n".join(post.paragraphs)


@pytest.mark.parametrize(
    ("url", "status", "said"),
    [
        ("ftp://kabar.example", 2, "no address such as"),
        ("http://127.0.0.1:1/", 1, "could not be fetched: connection"),
    ],
)
def test_what_is_no_site_is_told(jurus: Jurus, url: str, status: int, said: str) -> None:
    done = jurus("outlet", "add", url)
    assert done.returncode == status
    assert said in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_file_is_never_written_over(jurus: Jurus, newsroom: Newsroom, tmp_path: Path) -> None:
    (tmp_path / "outlets").mkdir()
    (tmp_path / OWN).write_text("milik sendiri")
    done = jurus("outlet", "add", newsroom.address("kabar-pabrik"), "--yes")
    assert done.returncode == 1
    assert "exists: move it away first" in done.stderr
    assert (tmp_path / OWN).read_text() == "milik sendiri"


def test_nothing_is_saved_unasked(jurus: Jurus, newsroom: Newsroom, tmp_path: Path) -> None:
    assert jurus("outlet", "add", newsroom.address("kabar-pabrik"), stdin="n\n").returncode == 0
    assert not (tmp_path / OWN).exists()


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
