"""A word's prefix, stem and suffix, roughly: what rare forms of one Indonesian stem share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

PREFIXES = (
    "meng",
    "meny",
    "mem",
    "men",
    "me",
    "peng",
    "peny",
    "pem",
    "pen",
    "per",
    "pe",
    "ber",
    "be",
    "di",
    "ter",
    "se",
    "ke",
)
SUFFIXES = ("kannya", "annya", "nya", "lah", "kan", "an", "i")
_STEM = 3


class Forms(NamedTuple):
    """Numbers of stem, prefix and suffix, shape (words, 3), and how many there are of each; 0 is a stem of its own."""

    numbers: npt.NDArray[np.int64]
    stems: int
    prefixes: int
    suffixes: int


def parts(word: str) -> tuple[str, str, str]:
    """Prefix, stem and suffix; what is left has at least three letters. Nothing is put back ("memakai": "akai")."""
    if not word.isalpha():
        return "", word, ""
    prefix = next((p for p in PREFIXES if word.startswith(p) and len(word) > len(p) + _STEM), "")
    word = word[len(prefix) :]
    suffix = next((s for s in SUFFIXES if word.endswith(s) and len(word) >= len(s) + _STEM), "")
    return prefix, word[: len(word) - len(suffix)], suffix


def forms(words: Sequence[str]) -> Forms:
    """Stems that two words share at least, prefixes and suffixes of words."""
    split = [parts(word) for word in words]
    counts = Counter(stem for _, stem, _ in split)
    shared = {stem: i for i, stem in enumerate(sorted(s for s, count in counts.items() if count > 1), start=1)}
    prefixes, suffixes = ("", *PREFIXES), ("", *SUFFIXES)
    rows = [(shared.get(stem, 0), prefixes.index(prefix), suffixes.index(suffix)) for prefix, stem, suffix in split]
    return Forms(np.array(rows, dtype=np.int64).reshape(-1, 3), len(shared) + 1, len(prefixes), len(suffixes))
