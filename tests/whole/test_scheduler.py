"""`jurus run` on the newsroom: what it stores, who may run it, how it stops, and what killing it costs."""

import asyncio
import json
import random
import signal
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

import pytest

from benchmarks import steady
from benchmarks.crashes import crash
from crawler.newsroom import Newsroom
from tests.whole.crawls import Jurus, stored
from tests.whole.press import Scheduler, all_asked, furnish, is_alive, make_due, query, wait_for

FEED = '<rss version="2.0"><channel><title>Warta</title>{head}{items}</channel></rss>'
ITEM = "<item><title>Berita {number}</title><link>{home}/read/{number}</link></item>"
PAGE = "<html><head><title>Berita</title></head><body><h1>Berita</h1><div class=isi>{text}</div></body></html>"
TEXT = "<p>Pemerintah daerah meresmikan jembatan baru di atas sungai itu setelah dua tahun pembangunan.</p>" * 9
FILE = """
title = "Warta"
home = "{home}"
feeds = ["{home}/rss", "{home}/lain"]
article = '/read/'
delay = 0.05
allow_private = true
[selectors]
body = ".isi"
"""


@pytest.fixture
def scheduler(newsroom: Newsroom, tmp_path: Path) -> Iterator[Scheduler]:
    """At work on the newsroom, its first crawl done."""
    furnish(newsroom, tmp_path)
    running = Scheduler(tmp_path)
    try:
        wait_for(lambda: all_asked(running.database), "the first crawl")
        yield running
    finally:
        running.process.kill()
        running.log.close()


def events(scheduler: Scheduler) -> list[dict]:
    return [json.loads(line) for line in (scheduler.folder / "log.jsonl").read_text().splitlines()]


def test_it_keeps_the_database_current_and_stops_when_told(scheduler: Scheduler, newsroom: Newsroom, jurus: Jurus):
    options = ("--db", scheduler.database, "--outlets", scheduler.folder / "outlets")
    assert set(stored(scheduler.database)) == set(newsroom.truth())
    second = jurus(*options, "run")
    assert second.returncode == 1
    assert f"process {scheduler.process.pid}" in second.stderr
    by_hand = jurus(*options, "jobs", "run", "crawl")
    assert (by_hand.returncode, len(by_hand.stderr.splitlines())) == (1, 1)
    assert jurus(*options, "health").returncode == 0

    newsroom.advance()
    asked = len(newsroom.log)
    make_due(scheduler.database)
    wait_for(lambda: all_asked(scheduler.database), "the second crawl")
    assert set(newsroom.truth()) <= set(stored(scheduler.database))
    assert len(newsroom.log) - asked < 50

    with (scheduler.folder / "outlets" / "swa.toml").open("a") as file:
        file.write("\nnonsense = 1\n")
    scheduler.signal(signal.SIGHUP)
    wait_for(lambda: "configuration not changed" in {line["event"] for line in events(scheduler)}, "a refusal")
    (scheduler.folder / "outlets" / "swa.toml").unlink()
    (scheduler.folder / "outlets" / "pantau-pasar.toml").unlink()
    scheduler.signal(signal.SIGHUP)
    wait_for(lambda: "configuration read" in {line["event"] for line in events(scheduler)}, "the configuration")

    assert scheduler.end() == 0
    assert "scheduler stops" in {line["event"] for line in events(scheduler)}
    assert jurus(*options, "health").returncode == 1
    states = json.loads(jurus(*options, "status", "--json").stdout)
    assert states["scheduler"] is None
    assert {row["outlet"] for row in states["outlets"]} == {slug for slug in newsroom.servers if slug != "pantau-pasar"}
    query(scheduler.database, "update polls set next_check_at = '' where outlet = 'pantau-pasar'")
    listed = json.loads(jurus(*options, "jobs", "--format", "json").stdout)
    assert listed[0]["next_run"], "of an outlet that is on"
    told = jurus(*options, "status", "kabar-pabrik")
    assert "/feed/" in told.stdout
    broken = {row["outlet"] for row in states["outlets"] if row["state"] == "broken"}
    assert told.returncode == ("kabar-pabrik" in broken)
    listed = jurus(*options, "jobs")
    assert [line.split()[0] for line in listed.stdout.splitlines()][:3] == ["job", "crawl", "retag"]


def test_a_crawl_is_parked_within_ten_seconds_and_goes_on_later(newsroom: Newsroom, tmp_path: Path):
    furnish(newsroom, tmp_path)
    running = Scheduler(tmp_path)
    wait_for(lambda: len(newsroom.log) > 5, "the crawl")
    children = running.children()
    assert children
    assert running.end(seconds=10) == 0
    assert not any(map(is_alive, children))
    assert query(running.database, "select count(*) from runs where finished_at is null") == [(0,)]
    assert len(stored(running.database)) < len(newsroom.truth())
    again = Scheduler(tmp_path)
    wait_for(lambda: all_asked(again.database), "the rest")
    assert again.end() == 0
    assert set(stored(again.database)) == set(newsroom.truth())


@pytest.mark.parametrize("victim", ["parent", "child", "both"])
def test_what_is_killed_costs_nothing(victim: str, tmp_path: Path):
    crash(tmp_path, victim, random.Random(victim))


def test_crawls_in_a_row_leave_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("scheduler.service.TICK_SECONDS", steady.TICK_SECONDS)
    with steady.press(tmp_path):
        samples = asyncio.run(steady.crawl_in_a_row(tmp_path, 11))
    first, last = samples[0], samples[-5:-1]
    assert last[-1].crawls >= first.crawls + 4
    for kind in ("files", "tasks", "children"):  # what leaks never comes down again; a sample may fall into a tick
        assert min(getattr(sample, kind) for sample in last) <= getattr(first, kind), kind


class Moody(BaseHTTPRequestHandler):
    """An outlet that answers 304 where it can, and asks to be left alone when `moods` says so."""

    moods: ClassVar[set[str]] = set()
    log: ClassVar[list[tuple[str, int, bool]]] = []
    numbers = range(1, 7)
    articles = "127.0.0.1"  # their host

    def do_GET(self) -> None:
        home = f"http://{self.headers['Host']}"
        status, headers, body = self.answer(home)
        self.log.append((self.path, status, "If-None-Match" in self.headers))
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body.encode())

    def answer(self, home: str) -> tuple[int, dict[str, str], str]:
        if self.path in self.moods:
            return 503, {"Retry-After": "3600"}, ""
        if self.path.startswith("/read/"):
            return 200, {"Content-Type": "text/html"}, PAGE.format(text=TEXT)
        if self.path != "/rss":
            return 404, {}, ""
        if self.headers.get("If-None-Match") == '"a"':
            return 304, {"ETag": '"a"'}, ""
        articles = home.replace("127.0.0.1", self.articles)
        items = "".join(ITEM.format(number=number, home=articles) for number in self.numbers)
        return (
            200,
            {"ETag": '"a"', "Content-Type": "application/rss+xml"},
            FEED.format(head="<ttl>90</ttl>", items=items),
        )

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def moody(tmp_path: Path) -> Iterator[type[Moody]]:
    """The outlet `warta`, served; its outlet file is in the test's folder."""
    handler = type("OwnMoody", (Moody,), {"moods": set(), "log": []})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        with Newsroom() as newsroom:
            furnish(newsroom, tmp_path)
        for path in (tmp_path / "outlets").glob("*.toml"):
            if not path.read_text().startswith("state"):
                path.unlink()
        (tmp_path / "outlets" / "warta.toml").write_text(FILE.format(home=f"http://127.0.0.1:{server.server_port}"))
        yield handler
        server.shutdown()


def round_of_crawls(jurus: Jurus, folder: Path) -> None:
    done = jurus("--db", folder / "jurus.db", "--outlets", folder / "outlets", "jobs", "run", "crawl")
    assert done.returncode == 0, done.stderr


def test_what_a_server_asks_for_is_heeded(moody: type[Moody], jurus: Jurus, tmp_path: Path):
    database = tmp_path / "jurus.db"
    moody.moods.add("/read/4")
    round_of_crawls(jurus, tmp_path)
    feeds = "select source, outcome, error, etag, interval, failures from polls join poll_results on poll_id = polls.id"
    (rss, other) = query(database, f"{feeds} order by polls.id")
    assert (*rss[1:4], rss[5]) == ("read", "", None, 0), "a missed article forbids a 304"
    assert rss[4] >= 90 * 60, "a <ttl> is kept to"
    assert other[1:3] == ("failed", "404")
    asked = [path for path, _, _ in moody.log]
    assert asked.count("/read/4") == 1, "no retry where the server asked to wait"
    assert len([path for path in asked if path.startswith("/read/")]) <= 4, "one may be under way already"

    moody.log.clear()
    make_due(database)
    round_of_crawls(jurus, tmp_path)
    assert moody.log == [], "its host asked to be left alone"

    query(database, "delete from hosts")
    moody.moods.clear()
    round_of_crawls(jurus, tmp_path)
    assert len(stored(database)) == 6
    moody.log.clear()
    make_due(database)
    round_of_crawls(jurus, tmp_path)
    assert ("/rss", 304, True) in moody.log
    assert "/robots.txt" not in {path for path, _, _ in moody.log}, "it was asked for today"
    assert query(database, "select reason, sources, sources_unchanged from runs order by id desc limit 1") == [
        ("finished", 2, 1)
    ]


def test_a_host_without_feeds_that_asked_to_wait_is_left_alone_by_later_crawls_too(
    moody: type[Moody], jurus: Jurus, tmp_path: Path
):
    file, database = tmp_path / "outlets" / "warta.toml", tmp_path / "jurus.db"
    file.write_text(file.read_text().replace("127.0.0.1", "localhost", 1))  # its home, where the articles are
    moody.articles = "localhost"
    moody.moods.update(f"/read/{number}" for number in moody.numbers)
    round_of_crawls(jurus, tmp_path)
    assert [host.split(":")[0] for (host,) in query(database, "select host from hosts")] == ["localhost"]
    moody.log.clear()
    make_due(database)
    round_of_crawls(jurus, tmp_path)
    assert {path for path, _, _ in moody.log} == {"/rss", "/lain"}
    news = query(database, "select new from poll_results join polls on polls.id = poll_id where source like '%/rss'")
    assert news[1] == (0,), "what could not be asked for is new once it can"

    query(database, "delete from hosts")
    moody.moods.clear()
    make_due(database)
    round_of_crawls(jurus, tmp_path)
    assert len(stored(database)) == 6
