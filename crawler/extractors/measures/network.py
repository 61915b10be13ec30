"""A small neural network that reads a whole article: words and terms of each sentence, then sentence after sentence.

Convolutions over the words, the strongest and the most attended place of each sentence, its clues, and a recurrent
layer over title and sentences in both directions. `training/network.py` learns it; here numpy alone evaluates it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from crawler.extractors.measures.reading import Reading, Sentence
from crawler.extractors.measures.terms import as_bytes, lines

Floats = npt.NDArray[np.float32]
Integers = npt.NDArray[np.int64]
UNKNOWN = 0
"""The row of all words that the network does not know, and of no term (which is zero)."""
TERMS = 3
FARTHEST = 4.0
"""Clues count no further than so many standard deviations from their mean."""
PARTS = (
    *("terms", "conv.w", "conv.b", "attend.w", "mean", "scale", "clues.w", "clues.b", "mix.w", "mix.b"),
    *("turn.in", "turn.in.b", "turn.own", "turn.own.b", "hidden.w", "hidden.b", "out.w", "out.b"),
)
"""Matrices have the shape (inputs, outputs); those of the recurrent layer, `turn`, stand once for each direction."""
_WORDS = 64
_REACH = 6


class Seen(NamedTuple):
    """What the network sees of title and sentences, one after the other: the row of each word, the rows of the terms
    that it is part of (three at most), and the number of words of title and sentences."""

    words: Integers
    terms: Integers
    lengths: Integers


def seen(reading: Reading, words: Mapping[str, int], terms: Mapping[str, int]) -> Seen:
    """Rows of words and terms in an article; a sentence counts with its first 64 words, or as one unknown word."""
    sentences = (reading.title, *reading.sentences)
    rows = [words.get(word, UNKNOWN) for sentence in sentences for word in sentence.words[:_WORDS] or ("",)]
    lengths = [max(1, min(len(sentence.words), _WORDS)) for sentence in sentences]
    filled, taken = [UNKNOWN] * (TERMS * len(rows)), [0] * len(rows)
    first = 0
    for sentence, length in zip(sentences, lengths, strict=True):
        for place, name in terms_of(sentence):
            at = first + place
            if place < length and taken[at] < TERMS and name in terms:
                filled[TERMS * at + taken[at]] = terms[name]
                taken[at] += 1
        first += length
    placed = np.array(filled, dtype=np.int64).reshape(-1, TERMS)
    return Seen(np.array(rows, dtype=np.int64), placed, np.array(lengths, dtype=np.int64))


def terms_of(sentence: Sentence) -> Iterator[tuple[int, str]]:
    """The words, by number, that each term of a sentence covers."""
    for hit in sentence.hits:
        name = hit.kind if hit.kind == hit.code else f"{hit.kind}:{hit.code}"
        first = bisect_left(sentence.starts, hit.start)
        for place in range(first, min(bisect_left(sentence.starts, hit.end), first + _REACH)):
            yield place, name


@dataclass(frozen=True, slots=True)
class Network:
    """Rows of known words and terms, and the arrays of the layers."""

    words: Mapping[str, int]
    terms: Mapping[str, int]
    table: npt.NDArray[np.int8]
    """A word's vector, as a share of its row's largest number."""
    largest: Floats
    parts: Mapping[str, Floats]

    def scores(self, reading: Reading, clues: Floats) -> Floats:
        """How much speaks for a measure in each sentence, as the logarithm of odds."""
        article = seen(reading, self.words, self.terms)
        read = np.concatenate([self._sentences(article), self._clues(clues)], axis=1)
        own = self._layer("mix", read)
        both = np.concatenate([_turned(self.parts, own), own], axis=1)
        best = both[:, : -own.shape[1]].max(axis=0)
        hidden = self._layer("hidden", np.concatenate([both, np.broadcast_to(best, (len(both), len(best)))], axis=1))
        told: Floats = np.concatenate([hidden, both], axis=1)[1:] @ self.parts["out.w"][:, 0] + self.parts["out.b"][0]
        return told

    def _layer(self, name: str, rows: Floats) -> Floats:
        out: Floats = np.maximum(rows @ self.parts[f"{name}.w"] + self.parts[f"{name}.b"], 0)
        return out

    def _clues(self, clues: Floats) -> Floats:
        """What the clues tell; the title, which comes first, has none."""
        mean, scale = self.parts["mean"], self.parts["scale"]
        rows = np.zeros((len(clues) + 1, len(mean)), dtype=np.float32)
        rows[1:] = np.clip((clues[:, : len(mean)] - mean) * scale, -FARTHEST, FARTHEST)
        return self._layer("clues", rows)

    def _sentences(self, article: Seen) -> Floats:
        """For title and sentences the strongest value of each convolution, and the values where attention lies."""
        vectors = self.table[article.words] * self.largest[article.words, None]
        vectors += self.parts["terms"][article.terms].sum(axis=1)
        starts = np.concatenate([[0], np.cumsum(article.lengths)[:-1]])
        before, found, after = np.split(vectors @ self.parts["conv.w"], 3, axis=1)
        before, after = before[:-1], after[1:]
        inner = np.ones(len(vectors), dtype=np.float32)
        inner[starts] = 0
        found[1:] += before * inner[1:, None]
        found[:-1] += after * inner[1:, None]
        found = np.maximum(found + self.parts["conv.b"], 0)
        weights = np.exp(np.clip(found @ self.parts["attend.w"], -30, 30))
        attended = np.add.reduceat(found * weights, starts, axis=0) / np.add.reduceat(weights, starts, axis=0)
        both: Floats = np.concatenate([np.maximum.reduceat(found, starts, axis=0), attended], axis=1)
        return both

    def arrays(self, name: str) -> dict[str, npt.NDArray[Any]]:
        """The network as plain arrays under the prefix `name`."""
        arrays: dict[str, npt.NDArray[Any]] = {
            "words": as_bytes(self.words),
            "names": as_bytes(self.terms),
            "table": self.table,
            "largest": self.largest.astype(np.float16),
        }
        arrays |= {part: array.astype(np.float16) for part, array in self.parts.items()}
        return {f"{name}.{part}": array for part, array in arrays.items()}

    @classmethod
    def loaded(cls, arrays: Mapping[str, npt.NDArray[Any]], name: str) -> Network:
        """The network that `arrays` holds under the prefix `name`."""
        words, terms = (numbered(lines(arrays[f"{name}.{part}"])) for part in ("words", "names"))
        parts = {part: arrays[f"{name}.{part}"].astype(np.float32) for part in PARTS}
        return cls(words, terms, arrays[f"{name}.table"], arrays[f"{name}.largest"].astype(np.float32), parts)


def numbered(names: list[str]) -> dict[str, int]:
    """Rows by name, from the one after the unknown's."""
    return {name: row for row, name in enumerate(names, start=UNKNOWN + 1)}


def _turned(parts: Mapping[str, Floats], rows: Floats) -> Floats:
    """The recurrent layer (gated recurrent units, Cho et al. 2014) over the rows forward and backward, side by side."""
    given = np.stack([rows, rows[::-1]]) @ parts["turn.in"] + parts["turn.in.b"][:, None]
    own, bias = parts["turn.own"], parts["turn.own.b"]
    size = own.shape[1]
    state = np.zeros((2, size), dtype=np.float32)
    out = np.empty((2, len(rows), size), dtype=np.float32)
    for at in range(len(rows)):
        carried = (state[:, None] @ own)[:, 0] + bias
        gates = 1 / (1 + np.exp(-(given[:, at, : 2 * size] + carried[:, : 2 * size])))
        new = np.tanh(given[:, at, 2 * size :] + gates[:, :size] * carried[:, 2 * size :])
        state = new + gates[:, size:] * (state - new)
        out[:, at] = state
    return np.concatenate([out[0], out[1, ::-1]], axis=1)
