"""How well the words of two texts agree."""

from __future__ import annotations

import re
from collections import Counter


def word_f1(found: str, expected: str) -> float:
    """The F1 of the words of a text against those of another, each counted as often as it stands there: 0 to 1."""
    a, b = tally(found), tally(expected)
    both = a.total() + b.total()
    return 2 * (a & b).total() / both if both else 1.0


def tally(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text.lower()))
