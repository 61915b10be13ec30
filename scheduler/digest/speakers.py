"""Who speaks in a quote: the name behind or before a verb of saying, where it stands there."""

from __future__ import annotations

import re

NAME = r"([A-Z][\w.'’-]*(?:\s+(?:[A-Z][\w.'’-]*|\([A-Z]\w+\)|dan(?=\s+[A-Z])))*)"
SAYING = (
    re.compile(rf"\b(?:kata|ujar|ucap|tutur|tegas|jelas|ungkap|imbuh|papar|terang|menurut|Menurut)(?:nya)?\s+{NAME}"),
    re.compile(
        rf"(?:^|[-–—.”\"]\s+){NAME}\s+(?:juga\s+)?"
        r"(?:mengatakan|menuturkan|menyatakan|menambahkan|menjelaskan|mengungkapkan|menegaskan|menyebutkan|memaparkan)\b"
    ),
)
LONGEST = 90


def speaker_of(quote: str) -> str:
    """`Menteri Perindustrian Agus`, or nothing."""
    found = next(filter(None, (pattern.search(quote) for pattern in SAYING)), None)
    name = found[1].rstrip(".,") if found else ""
    return name if len(name.split()) > 1 and len(name) <= LONGEST else ""
