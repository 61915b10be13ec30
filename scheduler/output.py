"""Rows as a table, JSON, CSV or Markdown: the one way in which commands show lists."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import click

from scheduler.sheets import neutral

Row = Mapping[str, Any]
SEE_STATUS = "`jurus status` shows what the database holds"
FORMATS = ("table", "json", "csv", "markdown")

format_option = click.option(
    "--format", "style", type=click.Choice(FORMATS), default="table", show_default=True, help="How to print"
)


def show(rows: Sequence[Row], columns: Sequence[str], style: str, zone: ZoneInfo, if_none: str = "") -> None:
    """Print the rows: `columns` of them in a table, all they have in JSON and CSV.

    Times (stored UTC text) are shown in `zone` where people read them, and left as they are for programs. `if_none`
    tells people, on standard error, what to do where there is nothing to show.
    """
    if if_none and not rows and style == "table":
        click.echo(f"nothing found; {if_none}", err=True)
    if style == "json":
        click.echo(json.dumps(list(rows), ensure_ascii=False, indent=2))
    elif style == "csv":
        click.echo(as_csv(rows), nl=False)
    else:
        cells = [[cell(row[column], zone) for column in columns] for row in rows]
        if style == "markdown":
            click.echo(as_markdown(columns, cells))
        elif sys.stdout.isatty():
            print_table(columns, cells)
        else:
            click.echo(as_text(columns, cells))


def cell(value: object, zone: ZoneInfo) -> str:
    if value is None:
        return ""
    if isinstance(value, list | tuple):
        return ", ".join(str(part) for part in value)
    text = str(value)
    if len(text) == len("2026-11-24T03:05:00Z") and text.endswith("Z") and text[10] == "T":
        return local_time(text, zone)
    return " ".join(text.split())


def local_time(text: str, zone: ZoneInfo) -> str:
    """`2026-11-24T03:05:00Z` as `2026-11-24 10:05` in Jakarta."""
    return datetime.fromisoformat(text).astimezone(zone).strftime("%Y-%m-%d %H:%M")


def as_csv(rows: Sequence[Row]) -> str:
    if not rows:
        return ""
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    for row in rows:
        writer.writerow({key: neutral(value) for key, value in row.items()})
    return out.getvalue()


def as_markdown(columns: Sequence[str], cells: Sequence[Sequence[str]]) -> str:
    lines = [columns, ["---"] * len(columns), *([text.replace("|", "\\|") for text in line] for line in cells)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def as_text(columns: Sequence[str], cells: Sequence[Sequence[str]]) -> str:
    """Plain columns for a pipe: aligned, nothing cut."""
    widths = [max(map(len, column)) for column in zip(columns, *cells, strict=True)]
    lines = [columns, *cells]
    return "\n".join(
        "  ".join(text.ljust(width) for text, width in zip(line, widths, strict=True)).rstrip() for line in lines
    )


def print_table(columns: Sequence[str], cells: Sequence[Sequence[str]]) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(*columns, box=None, header_style="bold", pad_edge=False)
    for line in cells:
        table.add_row(*(Text(text) for text in line))  # Text: a title is never read as markup
    Console().print(table)
