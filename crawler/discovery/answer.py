"""What a source answered, unpacked and decoded."""

from __future__ import annotations

import codecs
import gzip
import io
import re
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime

from crawler.discovery.model import NotASource

MAX_BYTES = 50 * 2**20  # the limit that the sitemap protocol sets, unpacked
GZIP = b"\x1f\x8b"
BOMS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
CHARSET = re.compile(rb"""(?:encoding|charset)\s*=\s*["']?([A-Za-z0-9._:-]+)""")
YEARS = range(1990, 2100)
CODECS = re.compile(r"utf|iso8859|ascii|cp125|latin")


@dataclass(frozen=True, slots=True)
class Answer:
    """The text of a source, without white space before it; `at` is when its server says that it answered."""

    source: str
    text: str
    at: datetime | None


def answer(source: str, body: bytes, headers: Mapping[str, str]) -> Answer:
    """The body as text. Raises NotASource where it is empty, cannot be unpacked, or is too large."""
    lower = {name.lower(): value for name, value in headers.items()}
    body = _unpacked(body)
    if len(body) > MAX_BYTES:
        raise NotASource(f"more than {MAX_BYTES // 2**20} MB")
    text = _decoded(body, lower.get("content-type", "")).strip("\ufeff\0 \t\r\n")
    if not text:
        raise NotASource("an empty answer")
    return Answer(source, text, _at(lower.get("date", "")))


def _unpacked(body: bytes) -> bytes:
    """The body of a file that is itself compressed (`sitemap.xml.gz`); what HTTP compresses is unpacked before."""
    if not body.startswith(GZIP):
        return body
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(body)) as file:
            return file.read(MAX_BYTES + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise NotASource(f"broken gzip: {error}") from error


def _decoded(body: bytes, content_type: str) -> str:
    """The body as text, by the first encoding named that fits; Windows-1252 is what is left."""
    for encoding in _encodings(body, content_type):
        try:
            return body.decode(encoding)
        except UnicodeDecodeError:
            continue
    return body.decode("cp1252", "replace")


def _encodings(body: bytes, content_type: str) -> Iterator[str]:
    """UTF-8 first, as no other text passes for it, whatever a page or its server declares."""
    yield from (encoding for mark, encoding in BOMS.items() if body.startswith(mark))
    yield "utf-8"
    for named in (CHARSET.search(body[:2048]), CHARSET.search(content_type.encode("ascii", "replace"))):
        try:
            name = codecs.lookup(named[1].decode("ascii")).name if named else ""
        except LookupError:
            continue
        if CODECS.match(name):
            yield name


def _at(date: str) -> datetime | None:
    try:
        time = parsedate_to_datetime(date)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return time if time.tzinfo and time.year in YEARS else None
