"""Why a page could not be had, in one word for the run's row."""

from __future__ import annotations

from scrapy.exceptions import IgnoreRequest
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.python.failure import Failure

from crawler.network import PrivateAddress

FORBIDDEN = "forbidden by robots.txt"
CAUSES = {  # in words of Scrapy's: of its messages where it gave a request up, else of the names of its errors
    "Forbidden by robots.txt": FORBIDDEN,
    "max redirections reached": "too many redirects",
    "DOWNLOAD_MAXSIZE": "too large",  # unpacked
    "DownloadCancelled": "too large",
    "DataLoss": "cut short",
    "DownloadFailed": "connection",
    "Timeout": "timeout",
    "DNSLookup": "dns",
    "CannotResolve": "dns",
    "Connection": "connection",
}


def cause(failure: Failure) -> str:
    """Why a page could not be had, in a word or a status: "503", "timeout", "dns", ..."""
    error = failure.value
    if isinstance(error, HttpError):
        return str(error.response.status)
    if isinstance(error, PrivateAddress):
        return str(error)
    name = str(error) if isinstance(error, IgnoreRequest) else type(error).__name__
    return next((word for part, word in CAUSES.items() if part in name), name)
