"""How long servers ask to be left alone: a host by Retry-After, a feed by Cache-Control, Expires and `<ttl>`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Self
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response

LONGEST = timedelta(days=1)  # what a server can ask for at most
UNSAID = timedelta(minutes=10)  # after a 429 that names no time
ASKED_TO_WAIT = "the host asked to wait"
MAX_AGE = re.compile(r"(?:^|[\s,])max-age\s*=\s*\"?(\d{1,10})", re.IGNORECASE)
TTL = re.compile(rb"<ttl>\s*(\d{1,6})\s*</ttl>", re.IGNORECASE)  # minutes
HEAD = 8192  # bytes of a feed in which its channel says so, before the items


class Patience:
    """Leaves a host alone for the rest of the crawl once it answers 429, or 503 with Retry-After.

    `until` says of each such host when it may be asked again; the archive keeps it for the crawls to come. `told` is
    what earlier crawls kept, also of hosts that have articles and no feed.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.until: dict[str, datetime] = {}
        self.told: Mapping[str, datetime] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        host = host_of(request.url)
        if host in self.until or (host in self.told and datetime.now(UTC) < self.told[host]):
            raise IgnoreRequest(ASKED_TO_WAIT)

    def process_response(self, request: Request, response: Response) -> Response:
        now = datetime.now(UTC)
        said = retry_after((response.headers.get("Retry-After") or b"").decode("latin-1"), now)
        if response.status == 429 or (response.status == 503 and said is not None):
            self.until[host_of(request.url)] = now + (UNSAID if said is None else said)
            request.meta["dont_retry"] = True
            self.give_up_waiting(request)
        return response

    def give_up_waiting(self, request: Request) -> None:
        """Requests to this host that wait for their turn already have passed `process_request`."""
        downloader = self.crawler.engine.downloader
        slot = downloader.slots.get(downloader.get_slot_key(request))
        while slot and slot.queue:
            _, waiting = slot.queue.popleft()
            waiting.errback(IgnoreRequest(ASKED_TO_WAIT))


def host_of(url: str) -> str:
    """The host that is asked, with its port."""
    return urlsplit(url).netloc.rpartition("@")[2].lower()


def retry_after(value: str, now: datetime) -> timedelta | None:
    """What Retry-After says, in seconds or as a date (RFC 9110, 10.2.3): a day at most; None where it says nothing."""
    value = value.strip()
    if re.fullmatch(r"[0-9]{1,10}", value):
        return min(timedelta(seconds=int(value)), LONGEST)
    time = http_date(value)
    return None if time is None else min(max(time - now, timedelta()), LONGEST)


def asked_wait(headers: Mapping[str, str], body: bytes, now: datetime) -> timedelta:
    """How long a feed's answer may be taken as fresh: the longest that its headers and its `<ttl>` name, at most a day.

    Zero where they name nothing. `headers` have names in lower case.
    """
    ttl = TTL.search(body[:HEAD])
    said = timedelta(minutes=int(ttl[1])) if ttl else timedelta()
    return min(max(said, freshness(headers, now)), LONGEST)


def freshness(headers: Mapping[str, str], now: datetime) -> timedelta:
    """What Cache-Control says, else Expires (RFC 9111, 4.2.1), less the age that the answer has already."""
    control = headers.get("cache-control", "")
    if re.search(r"no-cache|no-store", control, re.IGNORECASE):
        return timedelta()
    if age := MAX_AGE.search(control):
        spent = headers.get("age", "").strip()
        fresh = timedelta(seconds=int(age[1]))
        return max(fresh - timedelta(seconds=int(spent)), timedelta()) if re.fullmatch("[0-9]{1,10}", spent) else fresh
    expires = http_date(headers.get("expires", ""))
    return max(expires - (http_date(headers.get("date", "")) or now), timedelta()) if expires else timedelta()


def http_date(value: str) -> datetime | None:
    try:
        time = parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return time if time.tzinfo else time.replace(tzinfo=UTC)
