"""The address that identifies an article, whatever way it was linked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import quote

from crawler.outlets import Outlet, at_home, bare_host, covers

# Query parameters that name the way a reader came, never the article: those of advertisers, of newsletters, and of
# Indonesian outlets (`tag_from` is detik's, `jxconn` and `jxrecoid` belong to a recommender that several embed).
TRACKERS = {
    "_ga", "_gl", "campaign", "dclid", "fbclid", "gbraid", "gclid", "gclsrc", "igsh", "igshid", "jxconn",
    "jxrecoid", "kanal", "mc_cid", "mc_eid", "medium", "msclkid", "outputtype", "ref", "ref_src", "ref_url",
    "referrer", "single", "source", "tag_from", "ttclid", "twclid", "wbraid", "yclid",
}  # fmt: skip
TRACKER_PREFIXES = ("utm_", "mtm_")
AMP = "amp"
FURTHER_PAGE = re.compile(r"[?&](page|halaman)=([2-9]|[1-9]\d)(&|$)|/page/([2-9]|[1-9]\d)/?$")

# What may stand unescaped in a path and in a query (RFC 3986): Kemenperin's paths hold commas and colons.
UNRESERVED = "-._~"
PATH_SAFE = UNRESERVED + "/!$&'()*+,;=:@"
QUERY_SAFE = UNRESERVED + "/!$&'()*+,;=:@?"


def canonical_url(outlet: Outlet, url: str) -> str:
    """The one form of an article's address: no tracking, no AMP, no fragment, the outlet's own scheme and host form.

    Pure and idempotent. The scheme and `www.` follow `outlet.home` on its host, the scheme also on hosts below it.
    What is left of the query is sorted by name. Raises ValueError for what is no http(s) address.
    """
    parts = at_home(outlet, url)
    query = _query(parts.query, outlet.fetch_query)
    return parts._replace(path=_path(parts.path), query=query, fragment="").geturl()


def fetch_url(outlet: Outlet, canonical: str, slash: bool = False) -> str:
    """The address to ask for: the canonical one with the outlet's `fetch_query` (several pages as one).

    With `slash` its path ends in one, which spares sites that write it so a redirect for each article.
    """
    if slash:
        path, mark, query = canonical.partition("?")
        canonical = f"{path.rstrip('/')}/{mark}{query}"
    if not outlet.fetch_query:
        return canonical
    return f"{canonical}{'&' if '?' in canonical else '?'}{outlet.fetch_query}"


def is_further_page(url: str) -> bool:
    """Whether an address is that of a page after an article's first, which never stands for the article."""
    return FURTHER_PAGE.search(url) is not None


def outlet_for(outlets: Mapping[str, Outlet], url: str) -> Outlet | None:
    """The outlet whose host and `article` pattern the address meets; the one with the longest host, if several do."""
    owners = [outlet for outlet in outlets.values() if covers(outlet, url) and _is_article(outlet, url)]
    return max(owners, key=lambda outlet: len(bare_host(outlet.home)), default=None)


def _is_article(outlet: Outlet, url: str) -> bool:
    try:
        return re.search(outlet.article, canonical_url(outlet, url)) is not None
    except ValueError:
        return False


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
