"""Addresses of articles to the expression that tells them from other pages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from urllib.parse import urlsplit

from crawler.outlets import bare_host

# What stands first in the address of a page that is no article.
OTHERS = (
    "about|archives?|arsip|authors?|category|categories|contact|feeds?|halaman|index|indeks|kategori|kontak|pages?"
    "|penulis|search|tags?|tentang|topik|wp-[a-z]+"
)
DIGITS = (
    (r"(19|20)\d\d", r"\d{4}"),
    (r"0[1-9]|[12]\d|3[01]", r"\d{2}"),
    (r"\d+", r"\d+"),
)  # year, month or day, number
SHARE = 0.6  # of the addresses that the most common shape must have
CHANNELS = 12  # values up to which a segment is one of a few words


def pattern_of(home: str, urls: Sequence[str]) -> str | None:
    """A regular expression for addresses like these; None where they have no shape in common.

    Digits become digits and words words, segment by segment of the most common length.
    """
    parts = [urlsplit(url) for url in urls]
    queries = [part.query for part in parts if part.path == "/" and re.fullmatch(r"p=\d+", part.query)]
    if len(queries) > SHARE * len(urls):  # WordPress without permalinks
        return f"^{_site(home, urls)}/\\?p=\\d+$"
    paths = [path for part in parts if (path := part.path.strip("/"))]
    lengths = Counter(path.count("/") for path in paths)
    if not lengths or lengths.most_common(1)[0][1] < SHARE * len(urls):
        return None
    length = lengths.most_common(1)[0][0]
    columns = list(zip(*(path.split("/") for path in paths if path.count("/") == length), strict=True))
    shapes = [_shape(column, is_last=at == length) for at, column in enumerate(columns)]
    guard = "" if _is_telling(shapes) else f"(?!(?:{OTHERS})(?:[/.]|$))"
    return f"^{_site(home, urls)}/{guard}{'/'.join(shapes)}$"


def _site(home: str, urls: Sequence[str]) -> str:
    hosts = {urlsplit(url).netloc for url in urls}
    parts = urlsplit(home)
    if hosts == {parts.netloc}:
        return re.escape(f"{parts.scheme}://{parts.netloc}")
    return f"{parts.scheme}://(?:[a-z0-9-]+\\.)*{re.escape(bare_host(home))}"


def _shape(column: Sequence[str], is_last: bool) -> str:
    values = set(column)
    if len(values) == 1 and not (is_last or next(iter(values)).isdigit()):
        return re.escape(next(iter(values)))
    for kind, shape in DIGITS:
        if all(re.fullmatch(kind, value) for value in values):
            return shape
    if all(re.fullmatch(r"\d+-.+", value) for value in values):
        return r"\d+-[^/?]+"
    if all(re.fullmatch(r"([a-z]+)-\d+", value) for value in values):
        words = {value.rpartition("-")[0] for value in values}
        if len(words) == 1:
            return rf"{words.pop()}-\d+"
    ending = _ending(values)
    if not is_last and len(values) <= CHANNELS:
        return r"[a-z0-9-]+" if all(re.fullmatch(r"[a-z0-9-]+", value) for value in values) else r"[^/?]+"
    return rf"[^/?]+{re.escape(ending)}" if ending else r"[^/?]+"


def _ending(values: set[str]) -> str:
    endings = {re.search(r"\.[a-z]{2,5}$", value) for value in values}
    found = {match[0] if match else "" for match in endings}
    return found.pop() if len(found) == 1 else ""


def _is_telling(shapes: Sequence[str]) -> bool:
    """Whether the shape has digits or a word of its own, by which articles are told from other pages."""
    return any(r"\d" in shape for shape in shapes) or any(not shape.startswith("[") for shape in shapes)
