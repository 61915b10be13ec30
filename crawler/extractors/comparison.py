"""An outlet's selectors held against a page: what they no longer find, and what the generic reader makes of it.

Both are the first signs of a changed layout: where a selector finds nothing, the page is read without it, unseen.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace

from crawler.extractors.article import Unreadable, extract
from crawler.extractors.overlap import word_f1
from crawler.extractors.page import hits, parse, value_of
from crawler.outlets import Outlet, Selectors

OPTIONAL = {"drop", "next_page", "tags"}  # what most pages have not


def missed(outlet: Outlet, body: bytes, headers: Mapping[str, str]) -> tuple[str, ...]:
    """The fields whose selectors find nothing on a page, or nothing that says anything."""
    tree = parse(body, headers)
    asked = {field.name: getattr(outlet.selectors, field.name) for field in fields(Selectors)}
    return tuple(
        name
        for name, selectors in asked.items()
        if selectors and name not in OPTIONAL and not any(map(value_of, hits(tree, selectors)))
    )


def agreement(outlet: Outlet, url: str, body: bytes, headers: Mapping[str, str]) -> float:
    """The word F1 of a page's body as the outlet's selectors find it, and as it is found without them.

    0 where one of both finds none.
    """
    try:
        selected, generic = (
            extract(reader, url, body, headers).text or ""
            for reader in (outlet, replace(outlet, selectors=Selectors()))
        )
    except Unreadable:
        return 0.0
    return word_f1(selected, generic)
