"""The order in which things were said, the same wherever and whenever it is worked out."""

from __future__ import annotations

import hashlib
from datetime import datetime

_BITS = 30
_WITHIN = 12


def place_of(time: str, url: str, number: int | None = None) -> int:
    """The place of an article (stored time, address), or of the mention of that number in it: an integer to order by.

    Seconds first; within one second a hash of the address decides, so that no two articles share a place; within one
    article the numbers follow each other.
    """
    seconds = int(datetime.fromisoformat(time).timestamp())
    hashed = int.from_bytes(hashlib.blake2b(url.encode(), digest_size=8).digest())
    if number is None:
        return seconds << _BITS | hashed % (1 << _BITS)
    within = hashed % (1 << (_BITS - _WITHIN)) << _WITHIN
    return seconds << _BITS | within | min(number, (1 << _WITHIN) - 1)
