"""A file to articles, whatever its format; told from its name."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO, cast

from crawler.importing.entries import Entry, NotImportable
from crawler.outlets import Outlet

FORMATS = (".jsonl", ".csv", ".warc")  # each also packed: .gz


def read(path: Path, outlets: Mapping[str, Outlet]) -> Iterator[Entry]:
    """What a file holds, in its order: an article with its outlet, or why there is none. Raises NotImportable."""
    from crawler.importing.rows import csv_articles, json_articles
    from crawler.importing.warc import archived_articles

    readers = {".jsonl": json_articles, ".csv": csv_articles, ".warc": archived_articles}
    kind = path.with_suffix("").suffix if path.suffix == ".gz" else path.suffix
    if kind not in readers:
        raise NotImportable(f"{path}: its name must end in {', '.join(FORMATS)}, or in one of these and .gz")
    try:
        with unpacked(path) as file:
            yield from readers[kind](file, outlets)
    except (OSError, EOFError, zlib.error) as error:
        raise NotImportable(f"{path}: {getattr(error, 'strerror', None) or error}") from error
    except NotImportable as error:
        raise NotImportable(f"{path}: {error}") from error


def unpacked(path: Path) -> IO[bytes]:
    """The file's bytes; a web archive unpacks itself, as it is packed record by record."""
    if path.suffix == ".gz" and ".warc" not in path.suffixes:
        return cast(IO[bytes], gzip.open(path, "rb"))
    return path.open("rb")
