from datetime import timedelta

import pytest

from crawler.outlets import Outlet
from db import Database, health, polls, store
from db.models import Article, PollResult, Run, Visit
from scheduler.crawls import add_outlets
from scheduler.wellbeing import ARTICLES, facts_of, judge_all, record
from tests.scheduler.conftest import Clock

DAY = timedelta(days=1)


def publish(db: Database, clock: Clock, count: int, section: str | None = "Industri") -> None:
    """So many articles, one an hour, each seen as it is published."""
    visits = []
    for _ in range(count):
        clock.go(hours=1)
        url = f"https://warta.test/read/{clock().timestamp():.0f}"
        article = Article(url, url, "warta", "Judul", published_at=clock(), section=section, text="Isi berita.")
        visits.append(Visit(url, "warta", "feed title", "", "stored", clock(), article=article))
    store.save_visits(db, visits)


def answer(db: Database, clock: Clock, outlet: Outlet, **changes: object) -> None:
    results = [PollResult(source, clock(), links=20, **changes) for source in outlet.feeds]
    polls.save_results(db, outlet.slug, results, {})


@pytest.fixture(autouse=True)
def well(store_db: Database, warta: Outlet, clock: Clock) -> None:
    add_outlets(store_db, {"warta": warta}, clock())
    publish(store_db, clock, 60)
    answer(store_db, clock, warta)


def test_an_outlet_that_is_well_is_no_alert(store_db: Database, warta: Outlet, clock: Clock):
    assert judge_all(store_db, {"warta": warta}, clock()) == {"warta": ("ok", "")}
    assert record(store_db, {"warta": warta}, clock()) == []


def test_silence_is_told_once_and_so_is_its_end(store_db: Database, warta: Outlet, clock: Clock):
    told = []
    for _ in range(5):
        clock.now += DAY
        answer(store_db, clock, warta)
        told += record(store_db, {"warta": warta}, clock())
    publish(store_db, clock, 1)
    answer(store_db, clock, warta)
    told += record(store_db, {"warta": warta}, clock())
    assert [(row["was"], row["state"]) for row in told] == [("ok", "watch"), ("watch", "broken"), ("broken", "ok")]


def test_what_was_written_while_the_clock_was_ahead_is_not_held_against_an_outlet(
    store_db: Database, warta: Outlet, clock: Clock
):
    was = clock()
    clock.now += 700 * DAY
    publish(store_db, clock, ARTICLES, section=None)
    wall = "a challenge page instead of the article"
    visits = [
        Visit(f"https://warta.test/read/{number}", "warta", "feed title", "", "unreadable", clock(), reason=wall)
        for number in range(20)
    ]
    store.save_visits(store_db, visits)
    answer(store_db, clock, warta)
    clock.now = was
    publish(store_db, clock, 2)
    answer(store_db, clock, warta)
    assert judge_all(store_db, {"warta": warta}, clock()) == {"warta": ("ok", "")}


def test_fields_that_are_missing_of_late_are_told(store_db: Database, warta: Outlet, clock: Clock):
    publish(store_db, clock, ARTICLES, section=None)
    answer(store_db, clock, warta)
    assert judge_all(store_db, {"warta": warta}, clock())["warta"] == (
        "watch",
        "0% of the last articles have a section, 100% had before",
    )


def test_challenges_and_pages_against_robots_are_counted(store_db: Database, warta: Outlet, clock: Clock):
    clock.go(minutes=1)
    walls = [
        Visit(f"https://warta.test/read/{number}", "warta", "feed title", "", "unreadable", clock(),
              reason="a challenge page instead of the article")
        for number in range(20)
    ]  # fmt: skip
    store.save_visits(store_db, walls)
    run = Run("warta", clock(), clock(), "finished", links=10, forbidden=9)
    store.save_run(store_db, store.start_run(store_db, run), run)
    facts = facts_of(store_db, warta, polls.all_polls(store_db), clock())
    assert (facts.visits.count, facts.visits.challenges, facts.forbidden) == (20, 20, 0.9)
    state, why = judge_all(store_db, {"warta": warta}, clock())["warta"]
    assert state == "broken"
    assert "challenges" in why
    assert "robots.txt forbids 90%" in why


def test_an_outlet_that_is_only_crawled_by_hand_is_judged_by_its_runs(store_db: Database, warta: Outlet, clock: Clock):
    store_db.execute("delete from polls")
    clock.now += 10 * DAY
    run = Run("warta", clock(), clock(), "finished", links=10)
    store.save_run(store_db, store.start_run(store_db, run), run)
    assert judge_all(store_db, {"warta": warta}, clock())["warta"][0] == "broken"


def test_what_was_judged_is_kept(store_db: Database, warta: Outlet, clock: Clock):
    record(store_db, {"warta": warta}, clock())
    assert health.states(store_db)["warta"]["state"] == "ok"
