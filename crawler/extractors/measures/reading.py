"""An article as the tagger reads it: sentences with their words and hits, and who is in the reader's mind at each."""

from __future__ import annotations

import re
import sys
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from crawler.extractors.measures.lexicon import Hit, folded, in_office, load_lexicon
from crawler.extractors.measures.sentences import split

_TITLE = 500
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*|\d[\d.,]*|[%?:\"“”]")
_YEAR = re.compile(r"(?:19|20)\d\d$")
NUMBERS = frozenset({"0", "2000"})
"""What any number, and any year, is read as."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: offsets in the text, its words in lower case (numbers as `0`, years as `2000`) and where each
    starts, its hits."""

    start: int
    end: int
    words: tuple[str, ...]
    starts: tuple[int, ...]
    hits: tuple[Hit, ...]
    quoted: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """An article read: `title` is a sentence of its own whose offsets lie in the title."""

    title: Sentence
    title_folded: str
    sentences: tuple[Sentence, ...]
    folded: str


class Scan(NamedTuple):
    """Title and text, folded, with their hits: what is known before a text is split into sentences."""

    title: str
    title_hits: Sequence[Hit]
    text: str
    hits: Sequence[Hit]


def scan(title: str, text: str, published: datetime | date | None = None) -> Scan:
    """The hits of an article; `published` decides between office holders of one name."""
    short, low = folded(title[:_TITLE]), folded(text)
    hits = load_lexicon().hits
    return Scan(short, hits(short), low, in_office(hits(low), low, published))


def read(title: str, text: str, published: datetime | date | None = None) -> Reading:
    """Sentences, words and hits of an article, as `scan` finds them."""
    return divided(text, scan(title, text, published))


def divided(text: str, scanned: Scan) -> Reading:
    """The sentences of a scanned text with their words and hits."""
    low = scanned.text
    spans = split(text)
    sentences = []
    open_quote = False
    for (start, end), own_hits in zip(spans, _dealt(spans, scanned.hits), strict=True):
        words, starts = _words(low, start, end)
        marks = words.count('"')
        inside = tuple(hit for hit in own_hits if hit.end <= end)
        sentences.append(Sentence(start, end, words, starts, inside, open_quote or marks > 0))
        open_quote = open_quote != bool(marks % 2) and len(words) < 150
    words, starts = _words(scanned.title)
    title = Sentence(0, len(scanned.title), words, starts, tuple(scanned.title_hits), quoted=False)
    return Reading(title, scanned.title, tuple(sentences), low)


def words_of(text: str) -> list[str]:
    """The words of a text as sentences hold them."""
    return list(_words(folded(text))[0])


def _words(low: str, start: int = 0, end: int = sys.maxsize) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """The words of a folded text, or of a part of it, and where each starts."""
    found = list(_WORD.finditer(low, start, end))
    return tuple([_shape(match[0]) for match in found]), tuple([match.start() for match in found])


def _shape(word: str) -> str:
    if word[0].isalpha():
        return word
    if word[0].isdigit():
        return "2000" if _YEAR.match(word) else "0"
    return '"' if word in "“”" else word


def _dealt(spans: list[tuple[int, int]], hits: Sequence[Hit]) -> list[list[Hit]]:
    """Hits dealt out to the spans in which they start."""
    starts = [start for start, _ in spans]
    piles: list[list[Hit]] = [[] for _ in spans]
    for hit in hits:
        at = bisect_right(starts, hit.start) - 1
        if at >= 0 and hit.start < spans[at][1]:
            piles[at].append(hit)
    return piles
