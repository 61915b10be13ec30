"""Articles that a user has already: lines of JSON, CSV and web archives, as articles like any other."""

from crawler.importing.files import FORMATS, NotImportable, Refused, read

__all__ = ["FORMATS", "NotImportable", "Refused", "read"]
