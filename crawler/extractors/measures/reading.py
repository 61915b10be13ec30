"""An article as the tagger reads it: sentences with their words and hits, and who is in the reader's mind at each."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from crawler.extractors.measures.lexicon import Hit, folded, in_office, load_lexicon
from crawler.extractors.measures.sentences import split

T = TypeVar("T")
_TITLE = 500
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*|\d[\d.,]*|[%?:\"“”]")
_YEAR = re.compile(r"(?:19|20)\d\d$")


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


def read(title: str, text: str, published: datetime | date | None = None) -> Reading:
    """Sentences, words and hits of an article; `published` decides between office holders of one name."""
    low = folded(text)
    spans = split(text)
    words = _dealt(spans, [(m.start(), (m.start(), _shape(m[0]))) for m in _WORD.finditer(low)])
    hits = _dealt(spans, [(hit.start, hit) for hit in in_office(load_lexicon().hits(low), low, published)])
    sentences = []
    open_quote = False
    for (start, end), own_words, own_hits in zip(spans, words, hits, strict=True):
        starts, shapes = (tuple(column) for column in zip(*own_words, strict=True)) if own_words else ((), ())
        marks = shapes.count('"')
        inside = tuple(hit for hit in own_hits if hit.end <= end)
        sentences.append(Sentence(start, end, shapes, starts, inside, open_quote or marks > 0))
        open_quote = open_quote != bool(marks % 2) and len(own_words) < 150
    return Reading(_title(title), folded(title[:_TITLE]), tuple(sentences), low)


def words_of(text: str) -> list[str]:
    """The words of a text as sentences hold them."""
    return [_shape(m[0]) for m in _WORD.finditer(folded(text))]


def _title(title: str) -> Sentence:
    low = folded(title[:_TITLE])
    found = list(_WORD.finditer(low))
    words, starts = tuple(_shape(m[0]) for m in found), tuple(m.start() for m in found)
    return Sentence(0, len(low), words, starts, tuple(load_lexicon().hits(low)), quoted=False)


def _shape(word: str) -> str:
    if word[0].isdigit():
        return "2000" if _YEAR.match(word) else "0"
    return '"' if word in "“”" else word


def _dealt(spans: list[tuple[int, int]], placed: list[tuple[int, T]]) -> list[list[T]]:
    """Things with an offset dealt out to the spans that hold it."""
    starts = [start for start, _ in spans]
    piles: list[list[T]] = [[] for _ in spans]
    for offset, thing in placed:
        at = bisect_right(starts, offset) - 1
        if at >= 0 and offset < spans[at][1]:
            piles[at].append(thing)
    return piles
