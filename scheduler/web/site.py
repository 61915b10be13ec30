"""What all pages share: the settings of this site, and the words that templates can say for a request."""

from __future__ import annotations

import re
from typing import Any
from zoneinfo import ZoneInfo

from datasette.app import Datasette  # type: ignore[import-untyped]
from datasette.utils.asgi import Request  # type: ignore[import-untyped]

from crawler import taxonomy
from scheduler.web import language, links
from scheduler.web.language import Language


def settings(datasette: Datasette) -> dict[str, Any]:
    """The plugin's settings: `timezone` and `loopback_only`."""
    found: dict[str, Any] = datasette.plugin_config("jurus") or {}
    return found


def language_of(datasette: Datasette, request: Request) -> Language:
    """The language that a request asks for, in the site's zone."""
    arguments = request.args if request is not None else {}
    asked = arguments.get("lang") or arguments.get("_lang")
    return language.choose(asked, ZoneInfo(settings(datasette)["timezone"]))


def vocabulary(datasette: Datasette, request: Request) -> dict[str, Any]:
    """What every template can say: words, names, times and addresses in the request's language."""
    spoken = language_of(datasette, request)

    def page(path: str, /, **arguments: object) -> str:
        return links.page(path, spoken.code, **arguments)

    return {
        "lang": spoken.code,
        "other_languages": other_languages(request, spoken.code),
        "path": request.path if request is not None else "",
        "say": spoken.say,
        "name": spoken.name,
        "short": spoken.short,
        "day": spoken.day,
        "moment": spoken.moment,
        "span_of_days": spoken.span,
        "number": spoken.number,
        "page": page,
        "safe": links.safe,
        "at_quote": links.at_quote,
        "groups_known": list(taxonomy.load_groups()),
        "sectors_known": taxonomy.load_sectors(),
        "instruments_known": list(taxonomy.load_instruments()),
        "actors_known": list(taxonomy.load_actors()),
        "statuses_known": list(taxonomy.STATUSES),
        "bare": bare,
        "pieces": pieces,
        "words_known": language.load_words(),
    }


def other_languages(request: Request, spoken: str) -> list[tuple[str, str, str]]:
    """The same page in other languages: code, name of the language, address."""
    if request is None:
        return []
    arguments = {key: request.args.get(key) for key in request.args if key not in ("lang", "_lang")}
    return [
        (code, title, links.page(request.path, code, **arguments))
        for code, title in language.LANGUAGES.items()
        if code != spoken
    ]


def pieces(snippet: str) -> list[tuple[str, bool]]:
    """A snippet cut where square brackets show the words found: each piece, and whether it is one of them."""
    return [(text, number % 2 == 1) for number, text in enumerate(FOUND.split(snippet)) if text]


FOUND = re.compile(r"\[([^\[\]]*)\]")
DIRECTIONS = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C])
"""Marks that turn the direction of writing: in a window's title nothing can contain them."""


def bare(text: str) -> str:
    """A stranger's text without marks of direction, for places that hold no markup."""
    return text.translate(DIRECTIONS)
