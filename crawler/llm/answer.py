"""A model's answer to mentions: only sentences that stand in the text, only codes of the taxonomy."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable
from typing import Any

from crawler import taxonomy
from crawler.llm.errors import AnswerError
from db.models import Mention

LONGEST_QUOTE = 2000
"""Characters: three long sentences. A model that quotes the whole article has marked nothing."""


class Refused(ValueError):
    """This entry of an answer is no mention; the message says what is wrong with it."""


def parse(content: str) -> list[Any]:
    """The entries of an answer, unchecked. Raises AnswerError."""
    try:
        answer = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise AnswerError("the model's answer is no whole JSON: does it support structured output?") from error
    if not isinstance(answer, dict) or not isinstance(answer.get("measures"), list):
        raise AnswerError('the model\'s answer has no list "measures": does it support structured output?')
    measures: list[Any] = answer["measures"]
    return measures


def mentions(text: str, entries: Iterable[object]) -> tuple[list[Mention], Counter[str]]:
    """The mentions among the entries in the order of the text; and how many entries were dropped, by reason.

    An act that is told twice of one sentence (the same instrument and sectors) counts once.
    """
    found: dict[tuple[int, int, str, tuple[str, ...]], Mention] = {}
    dropped: Counter[str] = Counter()
    for entry in entries:
        try:
            new = mention(text, entry)
        except Refused as fault:
            dropped[str(fault)] += 1
        else:
            found.setdefault((new.start, new.end, new.instrument, new.sectors), new)
    return [found[key] for key in sorted(found)], dropped


def mention(text: str, entry: object) -> Mention:
    """One entry as a mention. Raises Refused."""
    if not isinstance(entry, dict):
        raise Refused("of a wrong shape")
    start, end = place(entry.get("quote"), text)
    quote = text[start:end]
    try:
        first, last = place(entry.get("what"), quote)
    except Refused:
        first, last = 0, len(quote)  # the quote itself says the act
    return Mention(
        start=start,
        end=end,
        quote=quote,
        actor=code(entry.get("actor"), taxonomy.load_actors()),
        instrument=code(entry.get("instrument"), taxonomy.load_instruments()),
        sectors=sectors(entry.get("sectors")),
        status=code(entry.get("status"), taxonomy.STATUSES),
        what=quote[first:last],
        confidence=probability(entry.get("confidence")),
    )


def place(quote: object, text: str) -> tuple[int, int]:
    """Where whole words stand in the text, letter by letter but for white space. Raises Refused."""
    words = quote.split() if isinstance(quote, str) and len(quote) <= LONGEST_QUOTE else []
    if len(words) < 2:
        raise Refused("not in the text")
    match = re.search(r"(?<!\w)" + r"\s+".join(map(re.escape, words)) + r"(?!\w)", text)
    if match is None:
        raise Refused("not in the text")
    return match.span()


def code(value: object, known: Iterable[str]) -> str:
    if not isinstance(value, str) or value not in known:
        raise Refused("with an unknown code")
    return value


def sectors(values: object) -> tuple[str, ...]:
    if not isinstance(values, list) or not 1 <= len(values) <= 3:
        raise Refused("with an unknown code")
    return tuple(dict.fromkeys(code(value, taxonomy.load_sectors()) for value in values))


def probability(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
        raise Refused("of a wrong shape")
    return round(float(value), 4)
