"""An outlet that means harm, or behaves as if: what it answers is counted by its true name, and spoils nothing else."""

import gzip
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.crawler.extractors.pages import article, json_ld
from tests.whole.crawls import Jurus, stored

PAGES = {
    "baik": article(),
    "besar": article() + b" " * 11_000_000,
    "bom": gzip.compress(article() + b" " * 11_000_000),
    "putus": article("<link rel=next href='/read/putus/2'>"),
    "putar": article("<link rel=next href='/read/putar/3'>"),
    "3": article("<link rel=next href='/read/putar'>"),
    "ganjil": article(json_ld({"@type": "NewsArticle", "articleSection": "\ud800\x1b[31mBaja"})),
}
MOVES = {"lingkar": "/read/lingkar", "beranda": "/", "tetangga": "http://127.0.0.2:{port}/read/baik"}


class Answers(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        name = self.path.rpartition("/")[2]
        port = self.server.server_address[1]
        if self.path == "/feed":
            items = [{"url": f"/read/{name}", "title": f"Judul {name}"} for name in [*MOVES, *PAGES] if name != "3"]
            self.answer(200, json.dumps({"items": items}).encode())
        elif name in MOVES:
            self.answer(302, b"", Location=MOVES[name].format(port=port))
        elif name in ("robots.txt", "2"):
            self.answer(404, b"")
        else:
            coding = {"Content-Encoding": "gzip"} if name == "bom" else {}
            self.answer(200, PAGES.get(name, article()), **coding)

    def answer(self, status: int, body: bytes, **headers: str) -> None:
        self.send_response(status)
        for key, value in headers.items():
            self.send_header(key, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        try:
            self.wfile.write(body)
        except OSError:
            self.close_connection = True  # the crawl would not have all of it

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def outlet(tmp_path: Path) -> Iterator[str]:
    """The address of the outlet `jahat`, whose file lies in the folder `outlets`. Another site has the same port."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Answers) as server:
        home = f"http://127.0.0.1:{server.server_address[1]}"
        with ThreadingHTTPServer(("127.0.0.2", server.server_address[1]), Answers) as other:
            for one in (server, other):
                threading.Thread(target=one.serve_forever, daemon=True).start()
            (tmp_path / "outlets").mkdir()
            (tmp_path / "outlets" / "jahat.toml").write_text(
                f'title = "Jahat"\nhome = "{home}"\nfeeds = ["{home}/feed"]\narticle = "^{home}/read/"\n'
                "delay = 0.01\nallow_private = true\n"
            )
            yield home
            other.shutdown()
        server.shutdown()


def test_what_a_hostile_outlet_does_is_called_by_its_name(jurus: Jurus, outlet: str, tmp_path: Path):
    done = jurus("--outlets", "outlets", "crawl", "jahat")
    assert done.returncode == 0, done.stdout + done.stderr
    articles = stored(tmp_path / "jurus.db")
    assert set(articles) == {f"{outlet}/read/{name}" for name in ("baik", "ganjil", "putus", "putar")}
    partial = {url.rpartition("/")[2]: row["partial"] for url, row in articles.items() if row["partial"]}
    assert partial == {"putus": "page 2: 404", "putar": "its next page leads back"}
    assert articles[f"{outlet}/read/ganjil"]["section"] == "[31mBaja"
    assert "2 unreadable, 4 failed (404: 1, too large: 2, too many redirects: 1)" in done.stdout
    assert "forbidden" not in done.stdout


def test_a_page_that_leads_to_itself_is_told(jurus: Jurus, outlet: str):
    assert "too many redirects" in jurus("--outlets", "outlets", "extract", f"{outlet}/read/lingkar").stderr
    done = jurus("--outlets", "outlets", "check", "jahat", "--format", "json")
    found = {row["part"]: row["detail"] for row in json.loads(done.stdout)}
    assert found[f"{outlet}/read/lingkar"] == "too many redirects"
    assert done.returncode == 1
