"""How a sentence takes up what stands before it: it points back to that act, or tells of another."""

from __future__ import annotations

import re

from crawler.merging.titles import points_back

BACK, OTHER = "back", "other"

_ANOTHER = re.compile(
    r"\W*(?:selain|di ?samping|(?:tak|tidak|bukan) hanya|di sisi lain|terakhir)\b"
    r"|.*?\b(?:tetap|masih)\s(?:akan\s)?(?:di|ber|men|mem|ter)\w",
    re.IGNORECASE | re.DOTALL,
)
"""`Selain itu ...` adds an act; what `tetap dikenai` a duty is not what was freed of it."""


def opening(quote: str) -> str:
    """`back`, `other`, or nothing where the sentence does not say."""
    if _ANOTHER.match(quote):
        return OTHER
    return BACK if points_back(quote) else ""
