"""An article as the tagger reads it: sentences with their words and hits, and who is in the reader's mind at each."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import TypeVar

from crawler.extractors.measures.lexicon import Hit, folded, load_lexicon
from crawler.extractors.measures.sentences import split

T = TypeVar("T")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*|\d[\d.,]*|[%?:\"“”]")
_YEAR = re.compile(r"(?:19|20)\d\d$")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: offsets in the text, its words in lower case (numbers as `0`, years as `2000`), its hits."""

    start: int
    end: int
    words: tuple[str, ...]
    hits: tuple[Hit, ...]
    quoted: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """An article read: `title` is a sentence of its own whose offsets lie in the title."""

    title: Sentence
    sentences: tuple[Sentence, ...]
    folded: str


def read(title: str, text: str) -> Reading:
    """Sentences, words and hits of an article."""
    low = folded(text)
    spans = split(text)
    words = _dealt(spans, [(m.start(), _shape(m[0])) for m in _WORD.finditer(low)])
    hits = _dealt(spans, [(hit.start, hit) for hit in load_lexicon().hits(low)])
    sentences = []
    open_quote = False
    for (start, end), own_words, own_hits in zip(spans, words, hits, strict=True):
        marks = sum(word == '"' for word in own_words)
        inside = tuple(hit for hit in own_hits if hit.end <= end)
        sentences.append(Sentence(start, end, tuple(own_words), inside, open_quote or marks > 0))
        open_quote = open_quote != bool(marks % 2) and len(own_words) < 150
    return Reading(_title(title), tuple(sentences), low)


def _title(title: str) -> Sentence:
    low = folded(title[:500])
    words = tuple(_shape(m[0]) for m in _WORD.finditer(low))
    return Sentence(0, len(low), words, tuple(load_lexicon().hits(low)), False)


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
