"""Articles in web archives (WARC 1.0 and 1.1, ISO 28500): each page is read as if it were fetched now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import IO

from crawler.addresses import is_further_page, outlet_for
from crawler.extractors.article import Unreadable, extract, join
from crawler.importing.entries import Entry, NotImportable, Refused
from crawler.outlets import Outlet, generic

LARGEST = 10 * 2**20  # bytes of a page, as in a crawl
LACKS_PAGES = "its further pages are not joined from archives"


def archived_articles(file: IO[bytes], outlets: Mapping[str, Outlet]) -> Iterator[Entry]:
    """The pages that were answered with 200 and HTML; other records do not count."""
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    try:
        for record in ArchiveIterator(file):
            headers = record.http_headers
            if record.rec_type != "response" or headers is None or headers.get_statuscode() != "200":
                continue
            if "html" not in (headers.get_header("Content-Type") or "html").lower():
                continue
            url = record.rec_headers.get_header("WARC-Target-URI") or ""
            body = record.content_stream().read(LARGEST + 1)
            yield page(url.strip("<>"), body, dict(headers.headers), outlets)
    except ArchiveLoadFailed as error:
        raise NotImportable(f"no web archive, or a broken one: {error}") from error


def page(url: str, body: bytes, headers: Mapping[str, str], outlets: Mapping[str, Outlet]) -> Entry:
    """The article on a page; of one that runs over several pages the first, marked as a part."""
    if len(body) > LARGEST:
        return Refused(url, "too large", expected=True)
    if is_further_page(url):
        return Refused(url, "a further page of an article", expected=True)
    try:
        outlet = outlet_for(outlets, url) or generic(url)
        article = extract(outlet, url, body, headers)
        return outlet, join([article], LACKS_PAGES if article.next_page else None)
    except Unreadable as error:
        return Refused(url, str(error), expected=True)
    except ValueError as error:  # an address that is none
        return Refused(url, str(error))
