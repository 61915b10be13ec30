"""Linear models of the facets: the share of each code from the words in and around a sentence that states a measure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from crawler.extractors.measures.grams import BLOCKS, Blocks
from crawler.extractors.measures.terms import Integers, as_bytes, lines, weigh

Floats = npt.NDArray[np.float32]
FACETS = ("instrument", "status", "actor", "sector")
WORTH = {
    "own": 1.0,
    "near": 0.7,
    "around": 0.7,
    "beside": 0.5,
    "lead": 0.3,
    "title": 0.4,
    "first": 0.4,
    "fellows": 0.7,
}
"""The length of each block of words; one of a sentence that has none is left out."""
_SHARPNESS = 3.0
"""What a score (a distance from the border between codes) is multiplied with before scores become shares."""


class Words:
    """The words that the facets know, block by block, with their worth: the columns of a sentence."""

    def __init__(self, terms: Mapping[str, Sequence[str]], idf: Mapping[str, Floats]) -> None:
        """For each block its terms, and how telling each is, shape (terms,)."""
        self.terms = {block: tuple(terms[block]) for block in BLOCKS}
        self.idf = {block: idf[block].astype(np.float32) for block in BLOCKS}
        self._index = {block: {term: i for i, term in enumerate(terms[block])} for block in BLOCKS}
        sizes = [len(self.terms[block]) for block in BLOCKS]
        self._first = dict(zip(BLOCKS, np.cumsum([0, *sizes]).tolist(), strict=False))
        self.count = sum(sizes)

    def columns(self, seen: Sequence[Blocks]) -> list[tuple[Integers, Floats]]:
        """For each sentence the columns and values of its known words; each block has the length that `WORTH` says."""
        if not seen:
            return []
        blocks = [self._block(block, [own[at] for own in seen]) for at, block in enumerate(BLOCKS)]
        return [
            (np.concatenate([columns for columns, _ in own]), np.concatenate([values for _, values in own]))
            for own in zip(*blocks, strict=True)
        ]

    def _block(self, block: str, seen: Sequence[Sequence[str]]) -> list[tuple[Integers, Floats]]:
        """For each sentence the columns and values of one block."""
        rows, columns, values, lengths = weigh(seen, self._index[block], self.idf[block])
        values *= (WORTH[block] / np.maximum(lengths, 1e-9)).astype(np.float32)[rows]
        ends = np.searchsorted(rows, np.arange(1, len(seen)))
        return list(zip(np.split(columns + self._first[block], ends), np.split(values, ends), strict=True))


class Weights(NamedTuple):
    """The weights of words that are not nothing, one word after the other: how many each has, shape (words,); of each
    the number of its code and its size, shape (weights,)."""

    counts: npt.NDArray[np.uint8]
    codes: npt.NDArray[np.uint8]
    sizes: npt.NDArray[np.float16]

    @classmethod
    def of(cls, weights: npt.NDArray[Any]) -> Weights:
        """From weights of shape (words, codes)."""
        words, codes = np.nonzero(weights)
        counts = np.bincount(words, minlength=len(weights))
        return cls(counts.astype(np.uint8), codes.astype(np.uint8), weights[words, codes].astype(np.float16))


class Facets:
    """For each facet the weights of its codes, over the words that all of them share."""

    def __init__(self, words: Words, weights: Weights, bias: Floats, codes: Mapping[str, Sequence[str]]) -> None:
        """Weights and bias, shape (codes,), are those of all facets' codes, one facet after the other."""
        self.words = words
        self.codes = {facet: tuple(codes[facet]) for facet in codes}
        self._weights = weights
        self._starts = np.cumsum(weights.counts, dtype=np.intp) - weights.counts
        self._bias = bias.astype(np.float32)
        ends = np.cumsum([0, *map(len, self.codes.values())]).tolist()
        self._parts = {facet: slice(ends[i], ends[i + 1]) for i, facet in enumerate(codes)}

    def shares(self, seen: Sequence[Blocks]) -> dict[str, Floats]:
        """For each facet the share of each code, shape (sentences, codes)."""
        scores = np.empty((len(seen), len(self._bias)), dtype=np.float32)
        for i, (columns, values) in enumerate(self.words.columns(seen)):
            scores[i] = self._scores(columns, values)
        return {facet: shares(scores[:, part] * _SHARPNESS) for facet, part in self._parts.items()}

    def _scores(self, columns: Integers, values: Floats) -> npt.NDArray[np.floating[Any]]:
        """The sum of the weights of a sentence's words, and the bias, shape (codes,)."""
        counts = self._weights.counts[columns].astype(np.intp)
        before = np.cumsum(counts) - counts
        places = np.arange(counts.sum()) + np.repeat(self._starts[columns] - before, counts)
        sizes = np.repeat(values, counts) * self._weights.sizes[places]
        return np.bincount(self._weights.codes[places], sizes, len(self._bias)) + self._bias

    def arrays(self) -> dict[str, npt.NDArray[np.generic]]:
        """The models as plain arrays."""
        found: dict[str, npt.NDArray[np.generic]] = {"facets.bias": self._bias}
        for block in BLOCKS:
            found[f"words.{block}.terms"] = as_bytes(self.words.terms[block])
            found[f"words.{block}.idf"] = self.words.idf[block].astype(np.float16)
        found |= {f"{facet}.codes": as_bytes(codes) for facet, codes in self.codes.items()}
        return found | {f"facets.{part}": array for part, array in self._weights._asdict().items()}

    @classmethod
    def loaded(cls, arrays: Mapping[str, npt.NDArray[Any]]) -> Facets:
        """The models that `arrays` (an open npz file) holds."""
        terms = {block: lines(arrays[f"words.{block}.terms"]) for block in BLOCKS}
        words = Words(terms, {block: arrays[f"words.{block}.idf"].astype(np.float32) for block in BLOCKS})
        weights = Weights(*(arrays[f"facets.{part}"] for part in Weights._fields))
        codes = {facet: lines(arrays[f"{facet}.codes"]) for facet in FACETS}
        return cls(words, weights, arrays["facets.bias"], codes)


def shares(scores: Floats) -> Floats:
    """Scores as shares that sum to one in each row."""
    exponents = np.exp(scores - scores.max(axis=1, keepdims=True))
    total: Floats = exponents / exponents.sum(axis=1, keepdims=True)
    return total
