"""The newsroom over HTTP: one loopback port for each site."""

from __future__ import annotations

import gzip
import hashlib
import sys
from datetime import UTC, date, datetime
from email.message import Message
from email.utils import format_datetime, parsedate_to_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Lock, Thread
from types import TracebackType
from typing import NamedTuple
from urllib.parse import unquote

from crawler.newsroom import past
from crawler.newsroom.articles import ROUNDS
from crawler.newsroom.outlets import outlet_file
from crawler.newsroom.pages import Answer, answer
from crawler.newsroom.sites import Site, sites
from crawler.newsroom.truth import Truth, holdings, refetches, truth_of


class Request(NamedTuple):
    """One line of the access log; `path` is unquoted and includes the query."""

    outlet: str
    method: str
    path: str
    status: int


class Newsroom:
    """Serves all sites on loopback ports while the context lasts; `port` is the first of consecutive ones, 0 any."""

    def __init__(self, port: int = 0) -> None:
        self.round = 0
        self.log: list[Request] = []
        self.lock = Lock()
        self.servers: dict[str, Desk] = {}
        try:
            for number, site in enumerate(sites()):
                self.servers[site.slug] = Desk(self, site, port + number if port else 0)
        except (OSError, OverflowError):
            self.close()
            raise

    def __enter__(self) -> Newsroom:
        for server in self.servers.values():
            Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        for server in self.servers.values():
            server.shutdown()
        self.close()

    def close(self) -> None:
        for server in self.servers.values():
            server.server_close()

    def address(self, slug: str) -> str:
        """The address of a site, without a slash at the end."""
        return f"http://127.0.0.1:{self.servers[slug].server_port}"

    def advance(self) -> None:
        """Go to the next round: publish, correct, move and withdraw articles."""
        if self.round + 1 >= ROUNDS:
            raise ValueError(f"the newsroom has {ROUNDS} rounds; make a new one to begin again")
        self.round += 1

    def outlets_folder(self, folder: Path) -> None:
        """Write one outlet file for each site, with the addresses that it has here."""
        folder.mkdir(parents=True, exist_ok=True)
        for site in sites():
            text = outlet_file(site.slug, self.address(site.slug))
            (folder / f"{site.slug}.toml").write_text(text, encoding="utf-8")

    def truth(self) -> dict[str, Truth]:
        """Canonical address -> article, for each article that a crawl of the present round must hold."""
        return {
            self.address(site.slug) + path: truth_of(site, piece)
            for site in sites()
            for path, piece in holdings(site, self.round).items()
        }

    def past_truth(self, slug: str, first: date, last: date) -> dict[str, Truth]:
        """Canonical address -> article, for all that a site published on these days of the past."""
        site = self.servers[slug].site
        pieces = [piece for day in past.days(first, last) for piece in past.published(site, day)]
        return {self.address(slug) + site.path_of(piece): truth_of(site, piece) for piece in pieces}

    def expected_refetch(self) -> set[tuple[str, str]]:
        """(outlet, path) of each new or changed page: what a crawl may fetch beside lists, robots.txt and traps, if the
        round before was crawled completely."""
        return {(site.slug, path) for site in sites() for path in refetches(site, self.round)}

    def trap_paths(self) -> set[tuple[str, str]]:
        """(outlet, path) of each address that lists name though no article can be read there."""
        return {(site.slug, trap.at) for site in sites() for trap in site.traps}


class Desk(ThreadingHTTPServer):
    """The server of one site."""

    daemon_threads = True

    def __init__(self, newsroom: Newsroom, site: Site, port: int) -> None:
        self.newsroom = newsroom
        self.site = site
        super().__init__(("127.0.0.1", port), Handler)

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up is no fault of the newsroom; all else is told."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]

    def answer(self, target: str) -> Answer:
        return answer(self.site, self.newsroom.round, target, self.newsroom.address(self.site.slug))


class Handler(BaseHTTPRequestHandler):
    """HTTP/1.1 with validators and gzip."""

    protocol_version = "HTTP/1.1"
    server_version = "Newsroom"
    sys_version = ""
    timeout = 30
    disable_nagle_algorithm = True
    wbufsize = -1
    server: Desk

    def do_GET(self) -> None:
        target = unquote(self.path)
        reply = self.server.answer(target)
        etag = f'"{hashlib.sha256(reply.body).hexdigest()[:16]}"'
        status = 304 if reply.status == 200 and is_fresh(self.headers, etag, reply.changed_at) else reply.status
        body, coding = encoded(reply.body, self.headers) if status != 304 else (b"", None)
        self.send_response(status)
        for name, value in headers_of(reply, etag, coding).items():
            self.send_header(name, value)
        if status != 304:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)
        newsroom = self.server.newsroom
        with newsroom.lock:
            newsroom.log.append(Request(self.server.site.slug, self.command, target, status))

    do_HEAD = do_GET

    def log_message(self, format: str, *args: object) -> None:
        """Requests go to the newsroom's own log."""


def headers_of(reply: Answer, etag: str, coding: str | None) -> dict[str, str]:
    headers = {"Content-Type": reply.content_type, "Vary": "Accept-Encoding", **reply.headers}
    if reply.status == 200:
        headers["ETag"] = etag
    if reply.changed_at:
        headers["Last-Modified"] = format_datetime(reply.changed_at.astimezone(UTC), usegmt=True)
    if reply.location:
        headers["Location"] = reply.location
    if coding:
        headers["Content-Encoding"] = coding
    return headers


def is_fresh(asked: Message, etag: str, changed_at: datetime | None) -> bool:
    """Whether the client's copy is still good (RFC 9110, 13.1: If-None-Match goes before If-Modified-Since)."""
    if known := asked.get("If-None-Match"):
        return known.strip() == "*" or etag in {tag.strip().removeprefix("W/") for tag in known.split(",")}
    since = asked.get("If-Modified-Since")
    if not since or not changed_at:
        return False
    try:
        return changed_at <= parsedate_to_datetime(since)
    except (ValueError, TypeError):  # not a date, or one without a zone: as if the header was not there
        return False


def encoded(body: bytes, asked: Message) -> tuple[bytes, str | None]:
    if "gzip" in asked.get("Accept-Encoding", "") and len(body) > 200:
        return gzip.compress(body, mtime=0), "gzip"
    return body, None
