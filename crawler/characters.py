"""Characters that strangers' texts may hold and ours must not."""

from __future__ import annotations

import re

# Controls steer a terminal, lone surrogates fit into no database, and overrides of the writing direction make a line
# read as what it is not. U+0085 stays, as it parts words.
UNFIT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")


def fit(text: str) -> str:
    """Text that any terminal, file and database takes."""
    return UNFIT.sub("", text)
