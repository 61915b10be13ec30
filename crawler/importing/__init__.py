"""Articles that a user has already: lines of JSON, CSV and web archives, as articles like any other."""

from crawler.importing.entries import NotImportable, Refused
from crawler.importing.files import read

__all__ = ["NotImportable", "Refused", "read"]
