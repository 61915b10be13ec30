"""What a page says of its article in JSON-LD, whatever shape that has."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from lxml.html import HtmlElement

from crawler.extractors.page import words

MAX_NODES = 5_000
ARTICLES = re.compile(r"(Article|BlogPosting|Report|LiveBlogPosting)$")


class Structured:
    """The JSON-LD nodes of a page; `article` is the one that describes its article, empty where there is none."""

    def __init__(self, tree: HtmlElement) -> None:
        self.nodes = list(nodes(tree))
        self.article = next((node for node in self.nodes if ARTICLES.search(kind(node))), {})

    def of_kind(self, name: str) -> Iterator[dict[str, Any]]:
        return (node for node in self.nodes if kind(node) == name)

    def text(self, key: str) -> str:
        """The article's value of a key as words: the first of several, the name of a thing."""
        return next(iter(texts(self.article.get(key))), "")

    def texts(self, key: str) -> list[str]:
        return texts(self.article.get(key))

    def crumbs(self) -> list[str]:
        """The names of the breadcrumb, from the home page down."""
        for node in self.of_kind("BreadcrumbList"):
            items = node.get("itemListElement")
            named = [item for item in items if isinstance(item, dict)] if isinstance(items, list) else []
            return [name for item in named for name in texts(item.get("name") or item.get("item"))[:1]]
        return []


def nodes(tree: HtmlElement) -> Iterator[dict[str, Any]]:
    """Every object that stands at the top of a JSON-LD script, in a list there, in its @graph or as a main entity."""
    left = MAX_NODES
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        queue = [loads(script.text or "")]
        while queue and left:
            value, left = queue.pop(0), left - 1
            if isinstance(value, list):
                queue[:0] = value[:MAX_NODES]
            elif isinstance(value, dict):
                yield value
                queue.extend(value[key] for key in ("@graph", "mainEntity") if isinstance(value.get(key), list | dict))


def loads(text: str) -> Any:  # noqa: ANN401 - any JSON
    """JSON as outlets write it: with raw line ends, CDATA marks, a semicolon, trailing commas; None if it is none."""
    text = re.sub(r"^\s*(//)?\s*<!\[CDATA\[|(//)?\s*\]\]>\s*$", "", text).strip().rstrip(";")
    for attempt in (text, re.sub(r",\s*([}\]])", r"\1", text)):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def kind(node: dict[str, Any]) -> str:
    """The type of a node, without schema.org's address; that of an article, if it has several."""
    types = node.get("@type")
    listed = types if isinstance(types, list) else [types]
    names = [name.rsplit("/", 1)[-1] for name in listed if isinstance(name, str)]
    return next((name for name in names if ARTICLES.search(name)), names[0] if names else "")


def texts(value: Any) -> list[str]:  # noqa: ANN401 - any JSON
    """The strings of a JSON-LD value: a string, a thing with a name, or a list of these."""
    values = value[:100] if isinstance(value, list) else [value]
    named = (item.get("name") if isinstance(item, dict) else item for item in values)
    return [plain for item in named if isinstance(item, str) and (plain := clean(item))]


def clean(text: str) -> str:
    """Words of a JSON string; some outlets write HTML entities in them."""
    from html import unescape

    return words(re.sub(r"</?[a-zA-Z][^<>]{0,200}>", "", unescape(text)))
