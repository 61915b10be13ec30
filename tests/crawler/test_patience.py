from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scrapy import Request
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response

from crawler.patience import ASKED_TO_WAIT, LONGEST, UNSAID, Patience, asked_wait, retry_after

NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
DOWNLOADER = SimpleNamespace(slots={}, get_slot_key=lambda request: "warta.test")
CRAWLER = SimpleNamespace(engine=SimpleNamespace(downloader=DOWNLOADER))
URL = "https://warta.test:8080/rss"


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120),
        (" 0 ", 0),
        ("99999999", LONGEST.total_seconds()),
        ("Tue, 24 Nov 2026 03:10:00 GMT", 600),
        ("Tue, 24 Nov 2026 02:00:00 GMT", 0),
        ("", None),
        ("soon", None),
        ("-5", None),
    ],
)
def test_retry_after_in_seconds_and_as_a_date(value: str, seconds: float | None):
    said = retry_after(value, NOW)
    assert (said and said.total_seconds()) == seconds or (said == timedelta() and seconds == 0)


@pytest.mark.parametrize(
    ("headers", "body", "seconds"),
    [
        ({}, b"", 0),
        ({"cache-control": "public, max-age=900"}, b"", 900),
        ({"cache-control": "max-age=900", "age": "300"}, b"", 600),
        ({"cache-control": "max-age=900, no-cache"}, b"", 0),
        ({"cache-control": "s-maxage=900"}, b"", 0),
        ({"expires": "Tue, 24 Nov 2026 03:20:00 GMT"}, b"", 1200),
        ({"expires": "Tue, 24 Nov 2026 03:20:00 GMT", "date": "Tue, 24 Nov 2026 03:15:00 GMT"}, b"", 300),
        ({"expires": "0"}, b"", 0),
        ({}, b"<rss><channel><ttl> 30 </ttl>", 1800),
        ({"cache-control": "max-age=60"}, b"<rss><channel><ttl>30</ttl>", 1800),
        ({}, b"<ttl>99999</ttl>", LONGEST.total_seconds()),
    ],
)
def test_how_long_an_answer_is_fresh(headers: dict[str, str], body: bytes, seconds: float):
    assert asked_wait(headers, body, NOW).total_seconds() == seconds


@given(st.dictionaries(st.sampled_from(["cache-control", "age", "expires", "date"]), st.text()), st.binary())
def test_whatever_a_stranger_says_the_wait_is_within_a_day(headers: dict[str, str], body: bytes):
    assert timedelta() <= asked_wait(headers, body, NOW) <= LONGEST
    said = retry_after(headers.get("expires", ""), NOW)
    assert said is None or timedelta() <= said <= LONGEST


@pytest.mark.parametrize(
    ("status", "headers", "waits"),
    [
        (429, {}, UNSAID),
        (429, {"Retry-After": "60"}, timedelta(minutes=1)),
        (503, {"Retry-After": "3600"}, timedelta(hours=1)),
        (503, {}, None),
        (200, {"Retry-After": "60"}, None),
    ],
)
def test_a_host_that_asks_to_wait_is_asked_no_more(status: int, headers: dict[str, str], waits: timedelta | None):
    patience, request = Patience(CRAWLER), Request(URL)
    before = datetime.now(UTC)
    patience.process_response(request, Response(URL, status=status, headers=headers))
    if waits is None:
        assert patience.until == {}
        patience.process_request(Request(URL))
        return
    assert before + waits <= patience.until["warta.test:8080"] <= datetime.now(UTC) + waits
    assert request.meta["dont_retry"]
    with pytest.raises(IgnoreRequest, match=ASKED_TO_WAIT):
        patience.process_request(Request("https://warta.test:8080/other"))
    patience.process_request(Request("https://warta.test/other-port"))


def test_a_host_that_asked_an_earlier_crawl_to_wait_is_left_alone_until_then():
    patience, now = Patience(CRAWLER), datetime.now(UTC)
    patience.told = {"warta.test:8080": now + timedelta(hours=1), "kabar.test": now - timedelta(seconds=1)}
    with pytest.raises(IgnoreRequest, match=ASKED_TO_WAIT):
        patience.process_request(Request(URL))
    patience.process_request(Request("https://kabar.test/read/1"))
    assert patience.until == {}, "what was kept is not kept anew"
