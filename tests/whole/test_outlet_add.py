"""A site that no file describes becomes an outlet that can be crawled."""

import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from crawler.newsroom import Newsroom
from tests.whole.crawls import Jurus, stored

GOODS = ("rotan", "batik", "logam", "kulit", "kayu", "kaca")
OWN = "outlets/127-0-0-1.toml"
POST = """Title: {title}
Date: 2026-11-{day:02d} 08:15
Category: Industri
Authors: Sari Dewi

Kementerian Perindustrian memberikan potongan biaya sertifikasi kepada {count} perajin {goods} mulai pekan depan.

Para perajin menyambut bantuan itu karena ongkos pengujian selama ini setara dengan keuntungan sebulan penuh.

Pendaftaran dibuka di balai {goods} setempat, dan hasilnya diumumkan setelah pemeriksaan berkas selesai dilakukan.
"""


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


def test_a_stock_site_of_pelican(jurus: Jurus, tmp_path: Path) -> None:
    with pelican(tmp_path) as home:
        done = jurus("outlet", "add", home, "--yes")
        assert done.returncode == 0, done.stderr
        change(tmp_path / OWN, 'keep = "quotes"', 'delay = 0.01\nkeep = "text"')
        assert 'body = "div.entry-content"' in (tmp_path / OWN).read_text(encoding="utf-8")
        crawled = jurus("--outlets", "outlets", "crawl", "127-0-0-1")
        assert crawled.returncode == 0, crawled.stdout
    articles = stored(tmp_path / "jurus.db")
    assert len(articles) == 6
    for number, goods in enumerate(GOODS, start=1):
        found = articles[f"{home}/potongan-biaya-uji-bagi-perajin-{goods}.html"]
        assert found["title"] == f"Potongan Biaya Uji bagi Perajin {goods.title()}"
        assert found["published_at"] == f"2026-11-{number:02d}T01:15:00Z"
        assert found["authors"] == ("Sari Dewi",)
        assert found["text"].startswith("Kementerian Perindustrian memberikan potongan biaya")
        assert found["text"].endswith("pemeriksaan berkas selesai dilakukan.")


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


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def pelican(folder: Path) -> Iterator[str]:
    """Builds a site with Pelican's own theme and settings, and serves it while the context lasts."""
    content, output = folder / "content", folder / "output"
    content.mkdir()
    output.mkdir()
    for day, goods in enumerate(GOODS, start=1):
        title = f"Potongan Biaya Uji bagi Perajin {goods.title()}"
        post = POST.format(title=title, day=day, goods=goods, count=day * 40)
        (content / f"{goods}.md").write_text(post, encoding="utf-8")
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(output))) as server:
        home = f"http://127.0.0.1:{server.server_address[1]}"
        settings = f"SITENAME = 'Kabar Sentra'\nSITEURL = '{home}'\nTIMEZONE = 'Asia/Jakarta'\nDEFAULT_LANG = 'id'\n"
        (folder / "pelicanconf.py").write_text(settings + "FEED_ALL_ATOM = 'feeds/all.atom.xml'\n")
        command = [sys.executable, "-m", "pelican", "content", "-o", "output", "-s", "pelicanconf.py"]
        subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=60)
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        yield home
        server.shutdown()
