"""Figures for Prometheus: what is stored is counted when asked for, what crawls do as they tell it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from prometheus_client import CollectorRegistry, Counter, start_http_server
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from crawler.outlets import Outlet
from db import DatabaseUnusable, issues, open_existing, polls, queries
from db.health import states
from scheduler.feeds import named

HOST = "127.0.0.1"
LAG_OVER = timedelta(days=1)


class Metrics:
    """The registry of one scheduler, and its server on loopback where a port is set."""

    def __init__(self, database: Path, on: Callable[[], Mapping[str, Outlet]], clock: Callable[[], datetime]) -> None:
        self.registry = CollectorRegistry()
        self.registry.register(Stored(database, on, clock))
        self.fetches = Counter("jurus_fetches", "Answers by HTTP status", ["status"], registry=self.registry)
        self.crawls = Counter("jurus_crawls", "Crawls of an outlet by how they ended", ["end"], registry=self.registry)
        self.bytes = Counter("jurus_fetched_bytes", "Bytes received", registry=self.registry)
        self.port = 0
        self.close: Callable[[], None] = lambda: None

    def serve(self, port: int, any_port: bool = False) -> str:
        """Listen at this port, or at a free one; returns the address, empty where neither is wanted. Raises OSError."""
        if not (port or any_port):
            return ""
        try:
            server, thread = start_http_server(port, addr=HOST, registry=self.registry)
        except OSError as error:
            raise OSError(f"{HOST}:{port}: {error.strerror}: choose another metrics_port in [run]") from error

        def close() -> None:
            server.shutdown()
            server.server_close()
            thread.join()

        self.port, self.close = port, close
        return f"http://{HOST}:{server.server_port}/metrics"

    def move(self, port: int) -> None:
        """Listen at another port from now on, or at none. Raises OSError, and stays where it is, if that is taken."""
        if port == self.port:
            return
        leave = self.close
        if not self.serve(port):
            self.port, self.close = 0, lambda: None
        leave()

    def count(self, facts: Mapping[str, Any]) -> None:
        """What a crawl of an outlet told when it was done."""
        for status, count in facts.get("statuses", {}).items():
            self.fetches.labels(status).inc(count)
        self.bytes.inc(facts.get("bytes", 0))
        self.crawls.labels("finished" if facts.get("reason") == "finished" else "failed").inc()


class Stored(Collector):
    """What the database holds, asked at each scrape; of the outlets that are on then."""

    def __init__(self, database: Path, on: Callable[[], Mapping[str, Outlet]], clock: Callable[[], datetime]) -> None:
        self.database = database
        self.on = on
        self.clock = clock

    def describe(self) -> Iterator[Metric]:
        """Nothing is asked when it is registered."""
        return iter(())

    def collect(self) -> Iterator[Metric]:
        try:
            with open_existing(self.database) as db:
                totals, on = queries.totals(db), self.on()
                due = {row["outlet"] for row in named(polls.due(db, self.clock()), on)}
                lag = polls.lag(db, self.clock() - LAG_OVER)
                found = [row["state"] for outlet, row in states(db).items() if outlet in on]
                queue = issues.waiting(db)
        except DatabaseUnusable:
            yield GaugeMetricFamily("jurus_database_up", "Whether the database can be read", value=0)
            return
        yield GaugeMetricFamily("jurus_database_up", "Whether the database can be read", value=1)
        for name in ("articles", "mentions", "measures", "bytes"):
            yield GaugeMetricFamily(f"jurus_stored_{name}", f"Stored {name}", value=totals[name])
        yield GaugeMetricFamily("jurus_due_outlets", "Outlets with feeds that wait to be asked", value=len(due))
        yield GaugeMetricFamily("jurus_digest_queue", "Deliveries of digests that wait to be sent", value=queue)
        if lag is not None:
            yield GaugeMetricFamily("jurus_lag_seconds", "Median from publication to detection, last day", value=lag)
        health = GaugeMetricFamily("jurus_outlets", "Outlets by state", labels=["state"])
        for state in ("ok", "watch", "broken"):
            health.add_metric([state], found.count(state))
        yield health
