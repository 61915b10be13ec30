"""A draft as the outlet file that a person reads and keeps."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import date

from crawler.extractors.page import words
from crawler.outlets import Selectors
from crawler.scouting.draft import Draft


def as_toml(draft: Draft, today: date) -> str:
    """The outlet file: what was found, and in comments where each line comes from and what is to be read once more."""
    return "\n".join([*_head(draft, today), *_facts(draft), "", *_selectors(draft.outlet.selectors)]) + "\n"


def _head(draft: Draft, today: date) -> Iterator[str]:
    yield f"# {words(draft.outlet.title)}. Drafted by `jurus outlet add` on {today} from {draft.outlet.home}."
    yield "# Read the outlet's terms and robots.txt before you crawl it, and set keep to what they allow."
    yield "# The shape of its articles' addresses was told from the links that its lists name; `jurus check"
    yield f"# {draft.outlet.slug}` shows whether it still holds."


def _facts(draft: Draft) -> Iterator[str]:
    outlet = draft.outlet
    yield f"title = {_text(outlet.title)}"
    yield f"home = {_text(outlet.home)}"
    for key, sources in (("feeds", outlet.feeds), ("sitemaps", outlet.sitemaps), ("listings", outlet.listings)):
        if sources:
            named = ", ".join(f"{draft.links[source]} links" for source in sources)
            yield f"{key} = {_values(sources)}  # named {named}"
    yield f"article = {_pattern(outlet.article)}"
    if outlet.languages != ("id",):
        yield f"languages = {_values(outlet.languages)}"
    yield 'keep = "quotes"  # only the sentences that state measures; "text" keeps all, where the outlet allows it'
    yield 'timezone = "Asia/Jakarta"  # where its pages name no zone'
    if outlet.archive:
        yield f"archive = {_text(outlet.archive)}  # for `jurus backfill`"
    if outlet.allow_private:
        yield "allow_private = true  # it lies in a private network"


def _selectors(selectors: Selectors) -> Iterator[str]:
    yield "[selectors]"
    for key, why in (
        ("title", "the heading, on every article read"),
        ("published", "the visible date; the pages name none in their head"),
        ("body", "held the words of every article read, and little else"),
    ):
        values = getattr(selectors, key)
        if values:
            yield f"{key} = {_values(values)}  # {why}"
        elif key == "body":
            yield '# body = ""  # none holds on all articles read; without one the text is found by itself'
    if selectors.drop:
        yield f"drop = {_values(selectors.drop)}  # stood in the body and held no word of an article"
    else:
        yield '# drop = ".baca-juga"  # what to leave out of the body'


def _values(values: Sequence[str]) -> str:
    return _text(values[0]) if len(values) == 1 else f"[{', '.join(map(_text, values))}]"


def _pattern(value: str) -> str:
    """A literal string, in which backslashes stand for themselves, where it may be one."""
    return _text(value) if "'" in value else f"'{value}'"


def _text(value: str) -> str:
    """A basic string of TOML; JSON's escapes are among those of TOML."""
    return json.dumps(words(value), ensure_ascii=False)
