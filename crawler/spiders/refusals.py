"""Told to go away: what a refusal looks like, and when one may ask again."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from scrapy.http import Response
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.python.failure import Failure

from crawler.extractors.challenge import wall
from crawler.extractors.page import Unreadable, parse


def refusal(response: Response, headers: dict[str, str]) -> str | None:
    """Why a page of status 200 is a wall; None where it is none."""
    try:
        return wall(parse(response.body, headers))
    except Unreadable:
        return None


def retry_at(failure: Failure, now: datetime) -> datetime | None:
    """When the outlet wants to be asked again (Retry-After, RFC 9110, 10.2.3: seconds or a date), if it says so."""
    error = failure.value
    given = (error.response.headers.get("Retry-After") or b"").decode("latin-1") if isinstance(error, HttpError) else ""
    if re.fullmatch(r"\d{1,7}", given):
        return now + timedelta(seconds=int(given))
    try:
        return parsedate_to_datetime(given).astimezone(UTC)
    except (ValueError, TypeError, OverflowError):
        return None
