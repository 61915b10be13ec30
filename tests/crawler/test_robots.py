from types import SimpleNamespace
from typing import Any

import pytest
from scrapy import Request
from scrapy.http import Response

from crawler.robots import MAX_BYTES, KeptRobots
from db import Database

ASK = {"dont_obey_robotstxt": True}
URL = "https://warta.test/robots.txt"


class Stats:
    def inc_value(self, key: str) -> None:
        self.kept = key


def made(db: Database | None) -> KeptRobots:
    crawler: Any = SimpleNamespace(get_extension=lambda kind: SimpleNamespace(db=db), stats=Stats())
    return KeptRobots(crawler)


def answered(robots: KeptRobots, request: Request, status: int = 200, body: bytes = b"Disallow: /x") -> Response | None:
    """What a second request gets, after a first one was answered so."""
    robots.process_response(request, Response(request.url, status=status, body=body))
    return robots.process_request(Request(URL, meta=ASK))


@pytest.mark.parametrize(
    ("status", "body", "kept"),
    [
        (200, b"Disallow: /x", b"Disallow: /x"),
        (404, b"<html>", b""),
        (403, b"<html>", b""),
        (429, b"", None),
        (503, b"", None),
        (301, b"", None),
        (200, b"#" * (MAX_BYTES + 5), b"#" * MAX_BYTES),
    ],
)
def test_what_came_is_kept_unless_the_server_failed(db: Database, status: int, body: bytes, kept: bytes | None):
    answer = answered(made(db), Request(URL, meta=ASK), status, body)
    assert (answer.body if answer else None) == kept


def test_it_counts_for_the_host_that_was_asked_not_where_it_led(db: Database):
    led = Request("https://lain.test/aturan", meta={**ASK, "redirect_urls": [URL]})
    answer = answered(made(db), led)
    assert answer is not None
    assert answer.body == b"Disallow: /x"


def test_other_pages_are_no_robots_txt(db: Database):
    assert answered(made(db), Request(URL)) is None
    assert answered(made(db), Request("https://warta.test/read/1", meta=ASK)) is None


def test_without_a_database_it_is_asked_for_each_time():
    assert answered(made(None), Request(URL, meta=ASK)) is None


def test_a_database_that_fails_does_not_keep_robots_txt_from_being_read(db: Database):
    db.execute("drop table robots")
    assert answered(made(db), Request(URL, meta=ASK)) is None
