"""Why a sentence counts as a measure: what its score loses when a word, a term or a neighbour is hidden."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from crawler.extractors.measures.features import matrix
from crawler.extractors.measures.lexicon import Hit
from crawler.extractors.measures.model import Model, load_model
from crawler.extractors.measures.reading import Reading, Sentence, read
from crawler.extractors.measures.tag import mentions
from db.models import Mention

CLUES = 6
"""Clues told for a mention, the weightiest first."""
_LEAST = 0.05


@dataclass(frozen=True, slots=True)
class Clue:
    """Words that spoke for (or, below zero, against) a measure. `kind` is what they are: `word`, the kind of a term
    (`act`, `actor`, `instrument`, a cue), or `title`, `before`, `after` for what stands around the sentence. `weight`
    is what the sentence's score (the logarithm of its odds) loses without them."""

    words: str
    kind: str
    weight: float


def explain(title: str, text: str, published: datetime | date | None = None) -> list[tuple[Mention, tuple[Clue, ...]]]:
    """Each mention of an article with the clues that decided it."""
    model = load_model()
    reading = read(title, text, published)
    numbers = {sentence.start: at for at, sentence in enumerate(reading.sentences)}
    told = []
    for mention in mentions(model, title, text, published):
        at = numbers[mention.start]
        full = _score(model, reading, at)
        clues = [
            Clue(words, kind, round(full - _score(model, without, at), 2))
            for words, kind, without in _hidden(reading, at, title, text)
        ]
        clues.sort(key=lambda clue: (-abs(clue.weight), clue.words))
        told.append((mention, tuple(clue for clue in clues[:CLUES] if abs(clue.weight) >= _LEAST)))
    return told


def _score(model: Model, reading: Reading, at: int) -> float:
    return float(model.odds(model.scores(reading, matrix(reading)))[at])


def _hidden(reading: Reading, at: int, title: str, text: str) -> Iterator[tuple[str, str, Reading]]:
    """Words of the sentence and what stands around it, each with the article in which it cannot be read."""
    sentence = reading.sentences[at]
    free = [True] * len(sentence.words)
    for hit in sorted(sentence.hits, key=lambda hit: (hit.start - hit.end, hit)):
        covered = [i for i, start in enumerate(sentence.starts) if hit.start <= start < hit.end]
        if covered and all(free[i] for i in covered):
            free[covered[0] : covered[-1] + 1] = [False] * len(covered)
            yield text[hit.start : hit.end], hit.kind, _put(reading, at, _without(sentence, hit.start, hit.end))
    for i, start in enumerate(sentence.starts):
        end = start + len(sentence.words[i])
        if free[i] and sentence.words[i].isalpha():
            yield text[start:end], "word", _put(reading, at, _without(sentence, start, end))
    for kind, other in (("before", at - 1), ("after", at + 1)):
        if 0 <= other < len(reading.sentences):
            near = reading.sentences[other]
            yield text[near.start : near.end], kind, _put(reading, other, replace(near, words=(), starts=(), hits=()))
    yield title, "title", replace(reading, title=replace(reading.title, words=(), starts=(), hits=()))


def _put(reading: Reading, at: int, sentence: Sentence) -> Reading:
    return replace(reading, sentences=(*reading.sentences[:at], sentence, *reading.sentences[at + 1 :]))


def _without(sentence: Sentence, start: int, end: int) -> Sentence:
    """The sentence without the words and terms that lie between two offsets."""
    kept = [i for i, place in enumerate(sentence.starts) if not start <= place < end]
    hits: list[Hit] = [hit for hit in sentence.hits if hit.end <= start or hit.start >= end]
    words = tuple(sentence.words[i] for i in kept)
    return replace(sentence, words=words, starts=tuple(sentence.starts[i] for i in kept), hits=tuple(hits))
