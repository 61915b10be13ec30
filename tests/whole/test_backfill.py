"""An outlet's past: read once, page by page, whatever stops it."""

import subprocess
import threading
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from crawler.newsroom import Newsroom, past
from db import backfills, connect
from tests.whole.crawls import JURUS, integrity, stored

SLUG = "kabar-pabrik"
FIRST, LAST = date(2024, 1, 1), date(2024, 3, 31)


@pytest.fixture
def command(newsroom: Newsroom, tmp_path: Path) -> list[str]:
    newsroom.outlets_folder(tmp_path / "outlets")
    return [*JURUS, "--db", str(tmp_path / "jurus.db"), "--outlets", str(tmp_path / "outlets"), "backfill", SLUG]


def period(first: date = FIRST, last: date = LAST) -> list[str]:
    return ["--from", first.isoformat(), "--to", last.isoformat()]


def run(command: list[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, capture_output=True, text=True, timeout=120)


def test_a_backfill_killed_again_and_again_loses_no_day_and_fetches_no_page_twice(
    newsroom: Newsroom, command: list[str], tmp_path: Path
) -> None:
    killed = 0
    for asked in (15, 70, 130, 200):
        victim = subprocess.Popen([*command, *period()], stdout=subprocess.DEVNULL)
        answered = threading.Event()
        while victim.poll() is None and len(newsroom.log) < asked:
            answered.wait(0.005)
        victim.kill()
        assert victim.wait() == -9, "the backfill was over before it could be killed"
        killed += 1
    done = run([*command, *period()])
    assert done.returncode == 0, done.stderr
    truth = newsroom.past_truth(SLUG, FIRST, LAST)
    articles = stored(tmp_path / "jurus.db")
    assert set(articles) == set(truth)
    assert all(articles[url]["title"] == one.title for url, one in truth.items())
    fetched = Counter(request.path for request in newsroom.log if request.path != "/robots.txt")
    assert sum(fetched.values()) - len(fetched) <= killed  # the one in flight
    with connect(tmp_path / "jurus.db") as db:
        assert integrity(db) == "ok"
        assert len(backfills.finished(db, SLUG)) == (LAST - FIRST).days + 1
    before = len(newsroom.log)
    assert run([*command, *period()]).returncode == 0
    assert len(newsroom.log) == before, "what is read is not asked for again"


def test_after_a_kill_only_the_page_in_flight_is_fetched_again(
    newsroom: Newsroom, command: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed while the second article of a list is on its way, the first being stored."""
    day = next(day for day in past.days(FIRST, LAST) if len(newsroom.past_truth(SLUG, day, day)) > 1)
    articles = {url.removeprefix(newsroom.address(SLUG)) for url in newsroom.past_truth(SLUG, day, day)}
    asked: list[str] = []
    held, go_on = threading.Event(), threading.Event()
    desk = newsroom.servers[SLUG]
    answer = desk.answer

    def holding(target: str):
        asked.append(target)
        if len(articles.intersection(asked)) == 2 and not held.is_set():
            held.set()
            go_on.wait(60)
        return answer(target)

    monkeypatch.setattr(desk, "answer", holding)
    victim = subprocess.Popen([*command, *period(day, day)], stdout=subprocess.DEVNULL)
    assert held.wait(60)
    victim.kill()
    assert victim.wait() == -9
    go_on.set()
    in_flight = asked[-1]
    assert run([*command, *period(day, day)]).returncode == 0
    assert set(stored(tmp_path / "jurus.db")) == set(newsroom.past_truth(SLUG, day, day))
    again = {path for path, times in Counter(asked).items() if times > 1}
    assert again - {"/robots.txt"} == {in_flight}


@pytest.fixture
def wall(newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Paths that begin so are refused with 429."""
    refused: list[str] = []
    desk = newsroom.servers[SLUG]
    answer = desk.answer

    def refusing(target: str):
        reply = answer(target)
        if any(target.startswith(path) for path in refused):
            return type(reply)(429, b"", headers={"Retry-After": "7200"})
        return reply

    monkeypatch.setattr(desk, "answer", refusing)
    return refused


@pytest.mark.parametrize("path", ["/arsip/2024-01-15/", "/industri/pabrik-"])
def test_a_refusal_stops_it_and_is_respected(
    path: str, wall: list[str], newsroom: Newsroom, command: list[str], tmp_path: Path
) -> None:
    wall.append(path)
    few = period(date(2024, 1, 10), date(2024, 1, 20))
    done = run([*command, *few])
    assert done.returncode == 1
    assert "refused: 429" in done.stderr
    assert "try again after" in done.stderr
    refusals = [request for request in newsroom.log if request.status == 429]
    assert len(refusals) <= 2, "no more than the one refused and the one that was on its way"
    asked = len(newsroom.log)
    again = run([*command, *few])
    assert again.returncode == 1
    assert "left alone until" in again.stderr
    assert len(newsroom.log) == asked
    with connect(tmp_path / "jurus.db") as db:
        backfills.save_block(db, SLUG, datetime.now(UTC) - timedelta(hours=1), "429")
    wall.clear()
    assert run([*command, *few]).returncode == 0
    assert set(stored(tmp_path / "jurus.db")) == set(newsroom.past_truth(SLUG, date(2024, 1, 10), date(2024, 1, 20)))


def test_it_waits_while_a_crawl_of_the_outlet_goes_on(newsroom: Newsroom, command: list[str], tmp_path: Path) -> None:
    day = period(date(2024, 1, 10), date(2024, 1, 10))
    with connect(tmp_path / "jurus.db") as db:
        from crawler.codes import save_codes
        from crawler.outlets import load_all
        from db import store
        from db.models import Run

        save_codes(db, [load_all(tmp_path / "outlets")[SLUG]])
        live = Run(SLUG, datetime.now(UTC))
        number = store.start_run(db, live)
        waiting = subprocess.Popen([*command, *day], stdout=subprocess.PIPE, text=True)
        with pytest.raises(subprocess.TimeoutExpired):
            waiting.wait(3)
        assert newsroom.log == []
        live.finished_at, live.reason = datetime.now(UTC), "finished"
        store.save_run(db, number, live)
    assert waiting.wait(30) == 0
    assert [request.path for request in newsroom.log if request.path.startswith("/arsip")]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--from", "2024-13-01"], "no day such as"),
        (["--from", "2999-01-01"], "nothing to read"),
        ([], "--from"),
    ],
)
def test_wrong_periods_are_one_line(arguments: list[str], said: str, command: list[str]) -> None:
    done = run([*command, *arguments])
    assert done.returncode == 2
    assert said in done.stderr
    assert len(done.stderr.splitlines()) == 1
