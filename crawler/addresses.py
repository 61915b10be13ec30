"""The address that identifies an article, whatever way it was linked."""

from __future__ import annotations

import re
from urllib.parse import SplitResult, quote, urlsplit, urlunsplit

from crawler.outlets import Outlet, bare_host, covers

PORTS = {"http": 80, "https": 443}
HOST = re.compile(r"[a-z0-9_]([a-z0-9_.-]*[a-z0-9_])?")

# Query parameters that name the way a reader came, never the article: those of advertisers, of newsletters, and of
# Indonesian outlets (`tag_from` is detik's, `jxconn` and `jxrecoid` belong to a recommender that several embed).
TRACKERS = {
    "_ga", "_gl", "campaign", "dclid", "fbclid", "gbraid", "gclid", "gclsrc", "igsh", "igshid", "jxconn",
    "jxrecoid", "kanal", "mc_cid", "mc_eid", "medium", "msclkid", "outputtype", "ref", "ref_src", "ref_url",
    "referrer", "single", "source", "tag_from", "ttclid", "twclid", "wbraid", "yclid",
}  # fmt: skip
TRACKER_PREFIXES = ("utm_", "mtm_")
AMP = "amp"

# What may stand unescaped in a path and in a query (RFC 3986): Kemenperin's paths hold commas and colons.
UNRESERVED = "-._~"
PATH_SAFE = UNRESERVED + "/!$&'()*+,;=:@"
QUERY_SAFE = UNRESERVED + "/!$&'()*+,;=:@?"


def canonical_url(outlet: Outlet, url: str) -> str:
    """The one form of an article's address: no tracking, no AMP, no fragment, the outlet's own scheme and host form.

    Pure and idempotent. The scheme and `www.` follow `outlet.home` on its host, the scheme also on hosts below it.
    What is left of the query is sorted by name. Raises ValueError for what is no http(s) address.
    """
    parts = urlsplit(url.strip())
    if parts.scheme not in PORTS or not parts.hostname:
        raise ValueError(f"not an http address: {url!r}")
    scheme, netloc = _place(outlet, parts)
    return urlunsplit((scheme, netloc, _path(parts.path), _query(parts.query, outlet.fetch_query), ""))


def fetch_url(outlet: Outlet, canonical: str) -> str:
    """The address to ask for: the canonical one with the outlet's `fetch_query` (several pages as one)."""
    if not outlet.fetch_query:
        return canonical
    return f"{canonical}{'&' if '?' in canonical else '?'}{outlet.fetch_query}"


def _place(outlet: Outlet, parts: SplitResult) -> tuple[str, str]:
    """Scheme and host, folded to the form of the outlet's home where they are the outlet's."""
    scheme, host, port = parts.scheme, _host(parts), _port(parts)
    home = urlsplit(outlet.home)
    if not covers(outlet, f"//{host}") or port != _port(home):
        return scheme, _netloc(host, port)
    while host.startswith(f"{AMP}.") and covers(outlet, f"//{host.removeprefix(f'{AMP}.')}"):
        host = host.removeprefix(f"{AMP}.")
    if bare_host(f"//{host}") == bare_host(outlet.home):
        host = _host(home)
    return home.scheme, _netloc(host, port)


def _host(parts: SplitResult) -> str:
    """The host in lower case and ASCII; raises ValueError where it is no host name."""
    host = (parts.hostname or "").rstrip(".")
    if ":" in host:
        return f"[{host}]"
    host = host.encode("idna").decode("ascii").lower()
    if not HOST.fullmatch(host):
        raise ValueError(f"not a host name: {host!r}")
    return host


def _port(parts: SplitResult) -> int | None:
    return None if parts.port == PORTS[parts.scheme] else parts.port


def _netloc(host: str, port: int | None) -> str:
    return host if port is None else f"{host}:{port}"


def _path(path: str) -> str:
    """The path without dot segments, empty segments and AMP marks, escaped in one way only."""
    segments: list[str] = []
    for segment in _escaped(path, PATH_SAFE).split("/"):
        if segment == "..":
            del segments[-1:]
        elif segment not in ("", "."):
            segments.append(segment)
    while len(segments) > 1 and segments[0].lower() == AMP:
        del segments[0]
    while len(segments) > 1 and segments[-1].lower() == AMP:
        del segments[-1]
    return "/" + "/".join(segments)


def _query(query: str, fetch_query: str) -> str:
    """The query less what is no part of the article's identity."""
    dropped = {"page=all", *_pairs(fetch_query)}
    kept = [pair for pair in _pairs(query) if pair not in dropped and not _is_tracker(pair)]
    return "&".join(sorted(kept, key=lambda pair: pair.partition("=")[0]))


def _pairs(query: str) -> list[str]:
    """The parameters of a query as they stand, escaped in one way; a doubly escaped `&amp;` counts as `&`."""
    pairs = (re.sub(r"^(amp;)+", "", pair) for pair in _escaped(query, QUERY_SAFE, reserved="&=+;#%").split("&"))
    return [pair for pair in pairs if pair]


def _is_tracker(pair: str) -> bool:
    name = pair.partition("=")[0].lower()
    return name == AMP or name in TRACKERS or name.startswith(TRACKER_PREFIXES)


def _escaped(text: str, safe: str, reserved: str = "/%") -> str:
    """Text with needless percent escapes undone and needed ones made; escapes of `reserved` characters are left."""

    def undo(match: re.Match[str]) -> str:
        char = chr(int(match[1], 16))
        plain = char.isascii() and (char.isalnum() or char in safe) and char not in reserved
        return char if plain else match[0].upper()

    undone = re.sub(r"%([0-9A-Fa-f]{2})", undo, text)
    stray = re.sub(r"%(?![0-9A-F]{2})", "%25", undone)
    return quote(stray, safe=safe + "%")
