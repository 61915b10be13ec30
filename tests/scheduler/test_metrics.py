import socket
import urllib.request
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

from crawler.outlets import Outlet
from db import Database, polls
from db.health import save_states
from db.models import PollResult
from scheduler.crawls import add_outlets
from scheduler.metrics import HOST, Metrics
from tests.scheduler.conftest import Clock


@pytest.fixture
def metrics(database: Path, warta: Outlet, clock: Clock):
    made = Metrics(database, lambda: {"warta": warta}, clock)
    yield made
    made.close()


def values(metrics: Metrics) -> dict[tuple[str, str], float]:
    """What a scrape over HTTP yields: (name, first label's value) -> number."""
    address = metrics.serve(0, any_port=True)
    with urllib.request.urlopen(address, timeout=10) as answer:
        families = text_string_to_metric_families(answer.read().decode())
        samples = [sample for family in families for sample in family.samples]
    return {(sample.name, next(iter(sample.labels.values()), "")): sample.value for sample in samples}


def put_digest(db: Database, *states: str) -> None:
    """An issue of a digest with a delivery in each of these states."""
    db.execute("insert into subscriptions values ('pagi', 0, 0, '', '', 0)")
    db.execute("insert into issues values (1, 'pagi', 'digest', '', '', '', 0, 0, x'')")
    for number, state in enumerate(states):
        db.execute(
            "insert into deliveries (issue, channel, recipient, state, next_at) values (1, 'mail', ?, ?, '')",
            [f"{number}@contoh.id", state],
        )
    db.conn.commit()


def test_a_scrape_tells_what_is_stored_due_and_fetched(
    store_db: Database, metrics: Metrics, warta: Outlet, clock: Clock
):
    gone = replace(warta, slug="lama")
    add_outlets(store_db, {"warta": warta, "lama": gone}, clock())
    for minutes in (9, 4):
        new = {"https://warta.test/read/1": clock() - timedelta(minutes=minutes)}
        polls.save_results(store_db, "warta", [PollResult(warta.feeds[0], clock(), new=new)], {})
    save_states(store_db, {"warta": ("broken", "503"), "lama": ("broken", "dns")}, clock())
    put_digest(store_db, "waiting", "sending", "sent")
    metrics.count({"reason": "finished", "bytes": 100, "statuses": {"200": 3, "503": 1}})
    metrics.count({"error": "it did not start"})
    found = values(metrics)
    assert found["jurus_stored_articles", ""] == 0
    assert found["jurus_due_outlets", ""] == 1
    assert found["jurus_lag_seconds", ""] == 240
    assert found["jurus_digest_queue", ""] == 2
    assert (found["jurus_outlets", "broken"], found["jurus_outlets", "ok"]) == (1, 0)
    assert (found["jurus_fetches_total", "200"], found["jurus_fetches_total", "503"]) == (3, 1)
    assert (found["jurus_crawls_total", "finished"], found["jurus_crawls_total", "failed"]) == (1, 1)
    assert found["jurus_fetched_bytes_total", ""] == 100


def test_without_a_database_it_says_so(metrics: Metrics):
    assert values(metrics)["jurus_database_up", ""] == 0


def test_it_moves_to_another_port_and_stays_where_that_is_taken(metrics: Metrics):
    first, second = (closing(socket.create_server((HOST, 0))) for _ in range(2))
    with first as one, second as other:
        free, taken = (server.getsockname()[1] for server in (one, other))
        one.close()
        metrics.move(free)
        with pytest.raises(OSError, match="choose another metrics_port"):
            metrics.move(taken)
        assert is_open(free)
    metrics.move(0)
    assert not is_open(free)


def is_open(port: int) -> bool:
    with closing(socket.socket()) as client:
        return client.connect_ex((HOST, port)) == 0


def test_it_listens_on_this_machine_alone_and_only_where_a_port_is_set(metrics: Metrics):
    assert metrics.serve(0) == ""
    assert HOST == "127.0.0.1"
