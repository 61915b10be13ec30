"""What an answer says beside its body: its headers, the address that was asked for, how long it stays fresh."""

from __future__ import annotations

from datetime import UTC, datetime

from scrapy.http import Response

from crawler.patience import asked_wait
from db.models import PollResult


def note_answer(result: PollResult, response: Response) -> None:
    """What an answer says of the source beside its links: how long it stays fresh, and its validators."""
    headers = {name.lower(): value for name, value in response_headers(response).items()}
    result.wait = max(result.wait, round(asked_wait(headers, response.body, datetime.now(UTC)).total_seconds()))
    if response.status == 304:
        result.outcome = "unchanged"
    else:
        result.etag, result.last_modified = headers.get("etag"), headers.get("last-modified")


def response_headers(response: Response) -> dict[str, str]:
    return {name.decode("latin-1"): (response.headers.get(name) or b"").decode("latin-1") for name in response.headers}


def asked_url(response: Response) -> str:
    """The address that was asked for, before redirects: it is the one that the outlet's file or sitemap names."""
    urls = response.meta.get("redirect_urls")
    return str(urls[0]) if urls else response.url
