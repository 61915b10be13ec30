"""What a value of an outlet file must be."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from datetime import date
from typing import Any, get_args
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from crawler.outlets.model import Keep, Outlet, State

ARCHIVE_MARKS = {"YYYY", "MM", "DD", "yesterday", "tomorrow", "page", "offset"}


class Mistake(ValueError):
    """What is wrong with one key."""

    def __init__(self, key: str, reason: str) -> None:
        super().__init__(f"{key}: {reason}")


def check_slug(slug: str) -> None:
    """A slug is the file's name, and stands in commands, addresses and tables."""
    if not re.fullmatch(r"[a-z0-9-]+", slug):
        raise Mistake("slug", f"the file name {slug!r} may hold only a to z, 0 to 9 and -")


def check_selector(key: str, selector: str) -> None:
    """A CSS selector of elements, as lxml understands it: no `::text` or `::attr()`."""
    from cssselect import SelectorError, parse
    from lxml.cssselect import CSSSelector

    try:
        CSSSelector(selector)
        pseudo = any(part.pseudo_element for part in parse(selector))
    except SelectorError as error:
        raise Mistake(key, f"{selector!r} is not a CSS selector: {error}") from error
    if pseudo:
        raise Mistake(key, f"{selector!r} must select an element, not its text or attribute")


def check_whole(outlet: Outlet) -> None:
    """What no key shows alone."""
    if outlet.poll_floor > outlet.poll_ceiling:
        raise Mistake("poll_floor", f"{outlet.poll_floor} is over poll_ceiling = {outlet.poll_ceiling}")
    if "{offset}" in outlet.archive and not outlet.archive_step:
        raise Mistake("archive_step", "is missing: how many articles has a page of the archive?")
    if outlet.state == "off":
        if not outlet.reason:
            raise Mistake("reason", "is missing: say in a sentence why this outlet cannot be crawled")
        return
    if outlet.reason:
        raise Mistake("reason", 'is only for state = "off"')
    if not (outlet.feeds or outlet.sitemaps or outlet.listings or outlet.spider):
        raise Mistake("feeds", "no source at all: give feeds, sitemaps or listings")


def _address(key: str, value: str) -> None:
    try:
        parts = urlsplit(value)
        fine = parts.scheme in ("http", "https") and bool(parts.hostname) and not re.search(r"\s", value)
        _ = parts.port
    except ValueError:
        fine = False
    if not fine:
        raise Mistake(key, f"{value!r} is not an http or https address")


def _archive(key: str, value: str) -> None:
    unknown = set(re.findall(r"\{(.*?)\}", value)) - ARCHIVE_MARKS
    if unknown:
        raise Mistake(key, f"{{{min(unknown)}}} is not known; known are {', '.join(sorted(ARCHIVE_MARKS))}")
    _address(key, re.sub(r"\{\w+\}", "1", value))


def _day(key: str, value: str) -> None:
    try:
        date.fromisoformat(value)
    except ValueError as error:
        raise Mistake(key, f'must be a day such as "2020-01-31", not {value!r}') from error


def _regex(key: str, value: str) -> None:
    try:
        re.compile(value)
    except re.error as error:
        raise Mistake(key, f"{value!r} is not a regular expression: {error}") from error


def _zone(key: str, value: str) -> None:
    try:
        ZoneInfo(value)
    except (KeyError, OSError, ValueError) as error:
        raise Mistake(key, f"{value!r} is not a time zone such as Asia/Jakarta") from error


def _one_of(*choices: str) -> Callable[[str, Any], None]:
    def check(key: str, value: str) -> None:
        if value not in choices:
            raise Mistake(key, f"must be one of {', '.join(choices)}, not {value!r}")

    return check


def _matches(pattern: str, wanted: str) -> Callable[[str, Any], None]:
    def check(key: str, value: str) -> None:
        if not re.fullmatch(pattern, value):
            raise Mistake(key, f"must be {wanted}, not {value!r}")

    return check


def _at_least(least: float) -> Callable[[str, Any], None]:
    def check(key: str, value: float) -> None:
        if not (math.isfinite(value) and value >= least):
            raise Mistake(key, f"must be {least} or more, not {value}")

    return check


CHECKS: dict[str, tuple[Callable[[str, Any], None], ...]] = {
    "home": (_address,),
    "archive": (_archive,),
    "archive_from": (_day,),
    "archive_step": (_at_least(1),),
    "feeds": (_address,),
    "sitemaps": (_address,),
    "listings": (_address,),
    "article": (_regex,),
    "skip_titles": (_regex,),
    "timezone": (_zone,),
    "languages": (_matches(r"[a-z]{2,3}", "language codes such as id"),),
    "keep": (_one_of(*get_args(Keep)),),
    "state": (_one_of(*get_args(State)),),
    "poll_floor": (_at_least(1),),
    "poll_ceiling": (_at_least(1),),
    "min_links": (_at_least(0),),
    "delay": (_at_least(0),),
    "fetch_query": (_matches(r"([^\s?&#=]+=[^\s?&#]*(&(?!$)|$))*", "a query such as page=all"),),
    "spider": (_matches(r"([A-Za-z_][\w.]*:[A-Za-z_]\w*)?", "module:Class"),),
}
