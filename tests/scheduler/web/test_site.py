"""What the server answers, asked without a browser."""

import asyncio
import json
import re
import signal
import sqlite3
import subprocess
import sys
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

import pytest

from tests.scheduler.web.rows import HISTORY, HOSTILE, HOSTILE_TEXTS, filled

PAGES = [
    "/", "/sectors", "/sectors/ikft", "/sectors/ikft.tpt", f"/measures/{HISTORY}", f"/measures/{HOSTILE}", "/search",
    "/search?q=kain", "/jurus", "/jurus/measures", "/jurus/articles", "/jurus/mentions", "/jurus/measure_events",
    f"/jurus/measures/{HISTORY}", "/jurus?sql=select+title+from+measures",
]  # fmt: skip


def get(url: str, method: str = "GET", **headers: str) -> tuple[int, str]:
    """Status and body."""
    try:
        with urllib.request.urlopen(urllib.request.Request(url, method=method, headers=headers)) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


@pytest.mark.parametrize("language", ["", "en"])
@pytest.mark.parametrize("page", PAGES)
def test_every_page_is_answered_and_holds_no_script(address, page, language):
    key = "_lang" if page.startswith("/jurus") else "lang"
    status, body = get(f"{address}{page}{'&' if '?' in page else '?'}{key}={language}")
    assert status == 200
    assert f'<html lang="{language or "id"}">' in body
    tags = re.findall(r"<[^>]*>", re.sub(r"<textarea.*?</textarea>", "", body, flags=re.DOTALL))
    assert not [tag for tag in tags if re.match(r"<(script|style|iframe|img|object|embed|base)\b", tag, re.IGNORECASE)]
    assert not [tag for tag in tags if re.search(r"\s(on\w+|style)\s*=\s*[\"']?", re.sub(r'"[^"]*"', '""', tag))]


@pytest.mark.parametrize("page", PAGES)
def test_no_page_links_to_an_address_that_runs(address, page):
    links = re.findall(r'(?:href|src|action)="([^"]*)"', get(address + page)[1])
    assert links
    assert all(re.match(r"(https?://|/|#|\?)", link) for link in links)


@pytest.mark.parametrize(
    ("language", "where"), [("id", "Bandung (Jawa Barat), Bali"), ("en", "Bandung (West Java), Bali")]
)
def test_a_measure_says_where_it_holds_and_for_whom(address, language, where):
    body = get(f"{address}/measures/{HISTORY}?lang={language}")[1]
    assert f"<dd>{where}</dd>" in body
    assert "pabrik tekstil" in body
    assert "&lt;b&gt;penenun" in body


def test_the_texts_of_strangers_are_shown_as_they_are(address):
    body = get(f"{address}/measures/{HOSTILE}")[1]
    assert "&lt;script&gt;document.title" in body
    assert "{{ 7 * 7 }}" in body
    assert HOSTILE_TEXTS["title"] not in body


def test_a_title_of_a_window_holds_no_mark_of_direction(address):
    body = get(f"{address}/search?q=%E2%80%AEkain")[1]
    title = re.search(r"<title>(.*?)</title>", body, re.DOTALL)
    assert title
    assert "\u202e" not in title[1]


def test_data_pages_download_as_json(address):
    rows = json.loads(get(f"{address}/jurus/measures/{HISTORY}.json?_shape=objects")[1])["rows"]
    assert rows[0]["id"] == HISTORY


@pytest.mark.parametrize(
    "sql",
    ["delete from articles", "update articles set title = 'x'", "drop table articles", "attach 'x.db' as x",
     "pragma user_version = 7", "create table x (y)", "vacuum into 'x.db'",
     "with x as (select 1) delete from articles"],
)  # fmt: skip
def test_nothing_can_be_written(address, database, sql):
    before = counts(database)
    status, _ = get(f"{address}/jurus?sql={urllib.parse.quote(sql)}")
    assert status in (200, 400)
    assert counts(database) == before


def counts(database: Path) -> tuple[int, int, int]:
    with sqlite3.connect(database) as connection:
        articles = connection.execute("select count(*), sum(title = 'x') from articles").fetchone()
        return (*articles, connection.execute("pragma user_version").fetchone()[0])


def test_a_post_is_refused(address):
    assert get(f"{address}/jurus", method="POST")[0] == 405


def test_a_foreign_name_is_refused(address):
    assert get(address, Host="evil.test")[0] == 421


@pytest.mark.parametrize("page", ["/-/databases.json", "/-/settings", "/-/threads", "/-/metadata.json", "/jurus.db"])
def test_the_workshop_is_shut(address, page):
    assert get(address + page)[0] in (403, 404)


@pytest.mark.parametrize(
    ("page", "status"),
    [("/nothing", 404), ("/measures/nothing", 404), ("/sectors/nothing", 404), ("/jurus/nothing", 404),
     ("/jurus?sql=selec", 400), ("/jurus?sql=select+nothing+from+articles", 400), ("/search?q=%22kain", 200),
     ("/search?sector=nothing&page=x", 200), ("/search?since=31-11-2026", 200)],
)  # fmt: skip
def test_what_cannot_be_shown_is_said_on_a_page(address, page, status):
    answered, body = get(address + page)
    assert answered == status
    assert '<main id="main"' in body
    assert "Traceback" not in body


def test_a_question_that_takes_too_long_is_ended(address):
    sql = "with recursive n(x) as (select 1 union all select x + 1 from n) select count(*) from n"
    status, body = get(f"{address}/jurus?sql={urllib.parse.quote(sql)}")
    assert status == 400
    assert "terlalu lama" in body


def test_the_site_sees_what_a_crawl_stores_while_it_is_open(tmp_path):
    path = tmp_path / "jurus.db"
    with filled(path):
        pass
    command = [sys.executable, "-u", "-m", "scheduler.cli", "--db", str(path), "serve", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        address = server.stdout.readline().split()[0]
        with sqlite3.connect(path) as writer:
            assert "Judul baru" not in get(f"{address}measures/{HISTORY}")[1]
            writer.execute("update measures set title = 'Judul baru' where id = ?", [HISTORY])
        assert "Judul baru" in get(f"{address}measures/{HISTORY}")[1]
        server.terminate()


def test_a_port_that_is_taken_is_one_line(address, database):
    port = address.rpartition(":")[2]
    command = [sys.executable, "-m", "scheduler.cli", "--db", str(database), "serve", "--port", port]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    assert "--port" in done.stderr


def test_ctrl_c_ends_the_server(tmp_path):
    path = tmp_path / "jurus.db"
    with filled(path):
        pass
    command = [sys.executable, "-u", "-m", "scheduler.cli", "--db", str(path), "serve", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        assert get(server.stdout.readline().split()[0])[0] == 200
        server.send_signal(signal.SIGINT)
        _, errors = server.communicate(timeout=30)
    assert server.returncode == 0
    assert errors == ""


def test_a_database_that_is_not_there_is_one_line(tmp_path):
    command = [sys.executable, "-m", "scheduler.cli", "--db", str(tmp_path / "none.db"), "serve", "--port", "0"]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1


def test_on_an_open_address_there_is_no_open_sql(database):
    from scheduler.web import server

    site = server.make_site(database, "Asia/Jakarta", "0.0.0.0")
    answers = [asyncio.run(site.client.get(path)) for path in ("/jurus?sql=select+1", "/jurus", "/")]
    assert [answer.status_code for answer in answers] == [403, 200, 200]
    assert "<textarea" not in answers[1].text
