from dataclasses import replace
from datetime import UTC, datetime

import pytest

from crawler.crawl import failure
from crawler.outlets import Outlet
from db.models import Run

OUTLET = Outlet(slug="warta", title="Warta", home="https://warta.test", article="/read/", min_links=5)
GOOD = Run(outlet="warta", started_at=datetime(2026, 11, 24, tzinfo=UTC), reason="finished", links=10, new=3)


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"new": 0, "unchanged": 10},
        {"new": 0, "updated": 1, "failed": {"503": 4}},
        {"failed": {"404": 1}, "unreadable": 2},
        {"feeds_failed": {"https://warta.test/rss": "404"}},
    ],
)
def test_a_run_that_did_its_work(changes: dict):
    assert failure(OUTLET, replace(GOOD, **changes)) is None


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"reason": "shutdown"}, "shutdown"),
        ({"reason": None}, "did not start"),
        ({"links": 0, "feeds_failed": {"https://warta.test/rss": "404"}}, "https://warta.test/rss: 404"),
        ({"links": 4}, "4 links, expected at least 5"),
        ({"new": 0, "failed": {"503": 8}, "unreadable": 2}, "no article could be read (10"),
        ({"failed": {"error: TypeError": 1}}, "error: TypeError"),
    ],
)
def test_a_run_that_failed_says_why(changes: dict, words: str):
    assert words in (failure(OUTLET, replace(GOOD, **changes)) or "")
