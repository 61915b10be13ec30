"""Addresses: of our own pages, and of a source at the sentence that is quoted."""

from __future__ import annotations

from urllib.parse import quote as percent
from urllib.parse import urlencode, urlsplit

from scheduler.web.language import DEFAULT

ENDS = 6
"""Words at each end of a long quote that a text fragment names."""


def page(path: str, language: str, /, **arguments: object) -> str:
    """The address of one of our own pages: empty arguments are left out, the default language too."""
    given = {key: str(value) for key, value in arguments.items() if value not in (None, "")}
    if language != DEFAULT:
        given["_lang" if path.startswith("/jurus") else "lang"] = language  # Datasette reads `lang` as a column
    return f"{path}?{urlencode(given)}" if given else path


def safe(url: str | None) -> str | None:
    """The address if it is one of the web (http or https with a host), else None: never `javascript:` or `data:`."""
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.hostname else None


def at_quote(url: str | None, quote: str | None) -> str | None:
    """The address that opens a source at the quoted words (a text fragment), or None where it is not safe.

    A long quote is named by its first and last words: outlets set links and notes into their sentences.
    """
    address = safe(url)
    words = (quote or "").split()
    if address is None or not words:
        return address
    ends = [words] if len(words) <= 2 * ENDS else [words[:ENDS], words[-ENDS:]]
    fragment = ",".join(encoded(" ".join(part)) for part in ends)
    return f"{address}{'' if '#' in address else '#'}:~:text={fragment}"


def encoded(text: str) -> str:
    """Percent-encoded for a text fragment, in which dash, comma and ampersand have a meaning."""
    return percent(text, safe="").replace("-", "%2D")
