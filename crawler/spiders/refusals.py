"""Told to go away: what a refusal looks like, and when one may ask again."""

from __future__ import annotations

from datetime import datetime

from scrapy.http import Response
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.python.failure import Failure

from crawler.extractors.challenge import wall
from crawler.extractors.page import Unreadable, parse
from crawler.patience import retry_after


def refusal(response: Response, headers: dict[str, str]) -> str | None:
    """Why a page of status 200 is a wall; None where it is none."""
    try:
        return wall(parse(response.body, headers))
    except Unreadable:
        return None


def retry_at(failure: Failure, now: datetime) -> datetime | None:
    """When the outlet wants to be asked again by Retry-After; None where it does not say."""
    error = failure.value
    given = error.response.headers.get("Retry-After") if isinstance(error, HttpError) else None
    wait = retry_after((given or b"").decode("latin-1"), now)
    return None if wait is None else now + wait
