"""Who speaks in a quote: the name behind a verb of saying, where it stands there."""

from __future__ import annotations

import re

SAYING = re.compile(
    r"\b(?:kata|ujar|ucap|tutur|tegas|jelas|ungkap|imbuh|menurut|Menurut)(?:nya)?\s+"
    r"([A-Z][\w.'’-]*(?:\s+(?:[A-Z][\w.'’-]*|\([A-Z]\w+\)|dan(?=\s+[A-Z])))*)"
)
LONGEST = 90


def speaker_of(quote: str) -> str:
    """`Menteri Perindustrian Agus`, or nothing."""
    found = SAYING.search(quote)
    name = found[1].rstrip(".,") if found else ""
    return name if len(name.split()) > 1 and len(name) <= LONGEST else ""
