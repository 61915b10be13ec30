"""The commands on a database that a crawl of the newsroom has filled."""

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from crawler.newsroom import Newsroom
from tests.whole.crawls import JURUS


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory):
    """A folder with outlet files and a crawled database, while the newsroom is open."""
    folder = tmp_path_factory.mktemp("place")
    with Newsroom() as newsroom:
        newsroom.outlets_folder(folder / "outlets")
        (folder / "jurus.toml").write_text('outlets = "outlets"\ncontact = "uji@contoh.id"\n')
        done = run(folder, "crawl", "kabar-pabrik", "siaran-industri")
        assert done.returncode == 0, done.stdout + done.stderr
        yield folder, newsroom, done


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*JURUS, *arguments], cwd=folder, capture_output=True, text=True, timeout=120)


def test_a_crawl_says_one_line_per_outlet(place):
    _, _, done = place
    assert [line.split(":")[0] for line in done.stdout.splitlines()] == ["kabar-pabrik", "siaran-industri"]
    assert "new" in done.stdout


def test_measures_in_every_format(place):
    folder, *_ = place
    rows = json.loads(run(folder, "measures", "--format", "json").stdout)
    assert rows
    assert rows == sorted(rows, key=lambda row: row["last_seen_at"], reverse=True)
    assert len(list(csv.DictReader(io.StringIO(run(folder, "measures", "--format", "csv").stdout)))) == len(rows)
    assert len(run(folder, "measures", "--format", "markdown").stdout.splitlines()) == len(rows) + 2
    assert len(run(folder, "measures").stdout.splitlines()) == len(rows) + 1


def test_a_group_includes_its_sectors(place):
    folder, *_ = place
    rows = json.loads(run(folder, "measures", "--sector", "agro", "--format", "json").stdout)
    assert rows
    assert all(any(sector.split(".")[0] == "agro" for sector in row["sectors"]) for row in rows)


def test_nothing_found_is_said(place):
    folder, *_ = place
    done = run(folder, "measures", "--since", "2030-01-01")
    assert done.returncode == 0
    assert "nothing found" in done.stderr


def test_status_and_outlets(place):
    folder, *_ = place
    status = json.loads(run(folder, "status", "--json").stdout)
    assert status["articles"] > 10
    assert {run["outlet"] for run in status["runs"]} == {"kabar-pabrik", "siaran-industri"}
    assert "Last runs" in run(folder, "status").stdout
    rows = {row["outlet"]: row for row in json.loads(run(folder, "outlets", "--format", "json").stdout)}
    assert rows["kabar-pabrik"]["next_step"] == ""
    assert rows["timur-niaga"]["next_step"] == "jurus crawl timur-niaga"
    assert rows["swa"]["articles"] == 0


def test_check_finds_what_an_outlet_offers(place):
    folder, *_ = place
    done = run(folder, "check", "kabar-pabrik", "--format", "json")
    rows = json.loads(done.stdout)
    assert {"robots.txt", "article title", "article text", "article published_at"} <= {row["part"] for row in rows}
    assert [row for row in rows if row["found"] == "MISSING"] == []
    assert done.returncode == 0


def test_check_compares_the_selectors_with_the_generic_reader(place):
    folder, *_ = place
    rows = json.loads(run(folder, "check", "kabar-pabrik", "--format", "json").stdout)
    parts = {row["part"]: row for row in rows}
    assert parts["selectors"]["detail"] == "all found"
    assert float(parts["body overlap"]["detail"].split()[0]) >= 0.8
    table = run(folder, "check", "kabar-pabrik", "--format", "markdown").stdout
    assert "| kabar-pabrik | yes | 2/2 | yes |" in table


def missing(folder: Path, old: str, new: str) -> list[tuple[str, str]]:
    """What a check finds missing where an outlet file says `new` in place of `old`."""
    text = (folder / "outlets" / "kabar-pabrik.toml").read_text()
    (folder / "changed").mkdir(exist_ok=True)
    (folder / "changed" / "berubah.toml").write_text(text.replace(old, new))
    done = run(folder, "--outlets", "changed", "check", "berubah", "--format", "json")
    assert done.returncode == 1
    return [(row["part"], row["detail"]) for row in json.loads(done.stdout) if row["found"] == "MISSING"]


def test_check_names_selectors_that_find_nothing(place):
    assert missing(place[0], "entry-content", "isi-baru") == [("selectors", "body: nothing found")]


def test_check_names_what_is_missing(place):
    assert [detail for _, detail in missing(place[0], "/feed/", "/tidak-ada")] == ["404"]


def test_a_page_is_read_from_the_web_and_from_a_file(place):
    folder, newsroom, _ = place
    url, truth = next((u, t) for u, t in newsroom.truth().items() if t.outlet == "kabar-pabrik" and t.measures)
    row = json.loads(run(folder, "extract", url, "--json").stdout)
    assert (row["title"], row["text"]) == (truth.title, truth.text)
    assert row["mentions"]
    keys = "url canonical_url outlet title authors published_at modified_at section tags language text partial mentions"
    assert list(row) == keys.split()
    assert truth.title in run(folder, "extract", url).stdout


def test_each_outlet_is_a_scrapy_spider(place):
    folder, *_ = place
    root = Path(__file__).parents[2]
    scrapy = [sys.executable, "-m", "scrapy"]
    listed = subprocess.run([*scrapy, "list"], cwd=root, capture_output=True, text=True, timeout=60)
    assert {
        "swa",
        "kontan",
        "bisnis",
        "antaranews",
        "detik-finance",
        "cnbcindonesia",
        "kemenperin",
        "infobanknews",
    } <= set(listed.stdout.split())
    settings = ["-s", f"JURUS_OUTLETS={folder / 'outlets'}", "-s", f"JURUS_DATABASE={folder / 'scrapy.db'}"]
    crawl = [*scrapy, "crawl", "timur-niaga", "-a", "limit=2", *settings]
    done = subprocess.run(crawl, cwd=root, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    status = json.loads(run(folder, "--db", "scrapy.db", "status", "--json").stdout)
    assert status["articles"] == 2
