"""Texts to hashes of their words: small, the same on every machine, quick to compare."""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Hashes = npt.NDArray[np.uint64]

_WORD = re.compile(r"\w+")
_NUMBER = re.compile(r"\d[\d.,]*")
_SHIFT, _FIRST, _SECOND = np.uint64(31), np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)


def words(text: str) -> list[str]:
    """The words of a text in lower case, without punctuation."""
    return _WORD.findall(text.lower())


def numbers(text: str) -> set[str]:
    """The numbers of a text as their digits: `Rp1.905.000` -> `1905000`."""
    return {"".join(filter(str.isdigit, number)) for number in _NUMBER.findall(text)}


def shingles(words: Sequence[str], size: int) -> Hashes:
    """A hash of 64 well mixed bits for every run of `size` words, sorted, each once."""
    if len(words) < size:
        return np.zeros(0, np.uint64)
    each = np.array([zlib.crc32(word.encode()) for word in words], np.uint64)
    runs = len(words) - size + 1
    mixed = each[:runs]
    for offset in range(1, size):
        mixed = _mix(mixed) + each[offset : offset + runs]
    return np.unique(_mix(_mix(mixed)))


def _mix(hashes: Hashes) -> Hashes:
    """A round of splitmix64, which lets every bit of a hash depend on every other."""
    hashes = (hashes ^ (hashes >> _SHIFT)) * _FIRST
    return (hashes ^ (hashes >> _SHIFT)) * _SECOND


def short(values: Sequence[str]) -> bytes:
    """A set of strings as sorted 16-bit hashes."""
    return np.unique(np.array([zlib.crc32(value.encode()) & 0xFFFF for value in values], np.uint16)).tobytes()


def shared(left: npt.NDArray[np.uint16], right: npt.NDArray[np.uint16]) -> int:
    """How many hashes two sorted sets share."""
    both = np.concatenate((left, right))
    both.sort()
    return int(np.count_nonzero(both[1:] == both[:-1]))
