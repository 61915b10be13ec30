"""An article to a sketch of about a kilobyte, from which its copies can be found when its text is not kept."""

from __future__ import annotations

import hashlib

import numpy as np

from crawler.merging.words import numbers, shingles, short, words
from db.models import Sketch

SHINGLE = 3  # words
LONGEST = 1000  # words: a copy that is cut is cut at its end
MOST_NUMBERS = 64
ONE_KEY_IN = 16
FEWEST_KEYS = 8
TITLE_WORDS = 5
"""Titles of fewer words ("Kurs Rupiah Hari Ini") say too little to tell a story by."""


def sketch(title: str, text: str | None) -> Sketch:
    """The sketch of an article; without a text, what its title tells.

    All shingles of three words, as 16-bit hashes, tell how much of one text stands in another. One in sixteen of them,
    chosen by its hash, is a key: whoever shares eight sentences shares a key, however much stands around them, which
    is why a sample of this kind finds abridged copies that MinHash signatures, made for texts of like length, miss.
    """
    title_words = words(title)
    title_key = _key(" ".join(title_words)) if len(title_words) >= TITLE_WORDS else 0
    text_words = words(text or "")[:LONGEST]
    hashes = shingles(text_words, SHINGLE)
    sampled = int(np.searchsorted(hashes, np.uint64(2**64 // ONE_KEY_IN)))
    keys = {int(value) & 0xFFFFFFFF for value in hashes[: max(sampled, FEWEST_KEYS)] >> np.uint64(20)}
    found = sorted(numbers(text or ""), key=lambda number: (-len(number), number))[:MOST_NUMBERS]
    return Sketch(
        keys=tuple(sorted(keys | ({title_key} if title_key else set()))),
        title=title_key,
        shingles=np.unique(hashes.astype(np.uint16)).tobytes(),
        numbers=short(found),
    )


def _key(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=4).digest())
