"""Rows as files for other programs: CSV, JSON lines, Parquet and Excel.

Titles and quotes come from strangers: a text that a spreadsheet would take for a formula is made plain text.
"""

from __future__ import annotations

import csv
import json
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from importlib import import_module
from itertools import islice
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from db.times import from_text

Row = Mapping[str, Any]
Columns = Mapping[str, type]
Write = Callable[[Path, Columns, Iterable[Row], ZoneInfo], None]

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
ROWS_AT_ONCE = 5_000
MOST_EXCEL_ROWS = 1_048_575
LONGEST_EXCEL_TEXT = 32_767


class SheetError(Exception):
    """The file cannot be written; the message is one line that says what to do."""


def is_formula(value: object) -> bool:
    """Whether a spreadsheet would compute this text instead of showing it. Numbers are no texts."""
    return isinstance(value, str) and value.startswith(FORMULA_STARTS)


def neutral(value: object) -> object:
    """A cell of a CSV file: what could be a formula gets an apostrophe before it, a list is joined."""
    if isinstance(value, list | tuple):
        value = "|".join(str(part) for part in value)
    return f"'{value}" if is_formula(value) else value


def write(path: Path, style: str, columns: Columns, rows: Iterable[Row], zone: ZoneInfo) -> int:
    """Write the rows, return how many. The file appears whole or not at all. Raises SheetError.

    `columns` says what is in each: int, float, str, list (of texts) or datetime (stored UTC text). Times stay in UTC
    but in Excel, which knows no zones and shows them in `zone`.
    """
    count = 0

    def counted() -> Iterator[Row]:
        nonlocal count
        for row in rows:
            count += 1
            yield row

    with replacing(path) as draft:
        WRITERS[style](draft, columns, counted(), zone)
    return count


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A file beside `path` to write to, which takes its place when all went well."""
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        os.close(handle)
    except OSError as error:
        raise SheetError(f"{path}: {error.strerror}: name a file in a folder where you may write") from error
    draft = Path(name)
    try:
        yield draft
        umask = os.umask(0)
        os.umask(umask)
        draft.chmod(0o666 & ~umask)
        draft.replace(path)
    except OSError as error:
        raise SheetError(f"{path}: {error.strerror or error}: name another file") from error
    finally:
        draft.unlink(missing_ok=True)


def write_csv(path: Path, columns: Columns, rows: Iterable[Row], zone: ZoneInfo) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:  # Excel takes UTF-8 for Latin-1 without the mark
        writer = csv.writer(file)
        writer.writerow(columns)
        for row in rows:
            writer.writerow([neutral(row[name]) for name in columns])


def write_jsonl(path: Path, columns: Columns, rows: Iterable[Row], zone: ZoneInfo) -> None:
    with path.open("w", encoding="utf-8") as file:
        for row in rows:
            file.write(json.dumps({name: row[name] for name in columns}, ensure_ascii=False) + "\n")


def write_parquet(path: Path, columns: Columns, rows: Iterable[Row], zone: ZoneInfo) -> None:
    pa, parquet = needed("pyarrow"), needed("pyarrow.parquet")
    types = {
        int: pa.int64(),
        float: pa.float64(),
        str: pa.string(),
        list: pa.list_(pa.string()),
        datetime: pa.timestamp("s", tz="UTC"),
    }
    schema = pa.schema([(name, types[kind]) for name, kind in columns.items()])
    rows = iter(rows)
    with parquet.ParquetWriter(path, schema, compression="zstd") as writer:
        while batch := list(islice(rows, ROWS_AT_ONCE)):
            writer.write_table(pa.Table.from_pylist([timed(row, columns) for row in batch], schema=schema))


def timed(row: Row, columns: Columns) -> dict[str, Any]:
    """The row with times for the texts of times."""
    return {name: from_text(row[name]) if kind is datetime else row[name] for name, kind in columns.items()}


def write_xlsx(path: Path, columns: Columns, rows: Iterable[Row], zone: ZoneInfo) -> None:
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with needed("xlsxwriter").Workbook(path, options) as book:
        sheet = book.add_worksheet("Jurus")
        plain, time = book.add_format({"quote_prefix": True}), book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        sheet.write_row(0, 0, columns, book.add_format({"bold": True}))
        sheet.freeze_panes(1, 0)
        for number, row in enumerate(rows, 1):
            if number > MOST_EXCEL_ROWS:
                raise SheetError(f"Excel holds {MOST_EXCEL_ROWS} rows: add filters, or export csv or parquet")
            for at, value in enumerate(timed(row, columns).values()):
                write_cell(sheet, number, at, value, zone, plain, time)


def write_cell(sheet: Any, row: int, column: int, value: object, zone: ZoneInfo, plain: Any, time: Any) -> None:  # noqa: ANN401
    """A number as a number, a time as a time, all else as text that is never computed."""
    if isinstance(value, datetime):
        sheet.write_datetime(row, column, value.astimezone(zone).replace(tzinfo=None), time)
    elif isinstance(value, int | float):
        sheet.write_number(row, column, value)
    elif value is not None:
        text = ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
        sheet.write_string(row, column, text[:LONGEST_EXCEL_TEXT], plain if is_formula(text) else None)


def needed(module: str) -> Any:  # noqa: ANN401
    """A module of the optional extra."""
    try:
        return import_module(module)
    except ModuleNotFoundError as error:
        package = module.partition(".")[0]
        raise SheetError(f"{package} is not installed: pip install 'jurus[export]', or export csv or jsonl") from error


WRITERS: dict[str, Write] = {
    "csv": write_csv,
    "jsonl": write_jsonl,
    "parquet": write_parquet,
    "xlsx": write_xlsx,
}
