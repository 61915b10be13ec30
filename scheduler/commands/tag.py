"""`jurus tag`: plain text to mentions."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime
from typing import IO, Any

import click

from db.models import Mention

KEYS = ("start", "end", "actor", "instrument", "sectors", "status", "what", "confidence")


@click.command("tag")
@click.argument("file", type=click.File("rb"), default="-")
@click.option(
    "--jsonl", is_flag=True, help='Read lines {"id", "text", "title"?, "date"?}, write lines {"id", "mentions"}'
)
def command(file: IO[bytes], jsonl: bool) -> None:
    """Tag a text (a file or standard input): which sentences state which measures.

    The file may be packed with gzip. With --jsonl the rate is told at the end, on standard error.

    Example: jurus tag artikel.txt
    """
    from crawler.extractors.measures import tag

    lines = open_text(file)
    if not jsonl:
        for mention in tag("", "".join(lines), None):
            click.echo(json.dumps(as_row(mention), ensure_ascii=False))
        return
    count, started = 0, time.process_time()
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        name, title, text, published = read_line(number, line)
        mentions = [as_row(mention) for mention in tag(title, text, published)]
        sys.stdout.write(json.dumps({"id": name, "mentions": mentions}, ensure_ascii=False) + "\n")
        count += 1
    seconds = time.process_time() - started
    click.echo(f"{count} articles, {count / max(seconds, 1e-9):.0f} articles/s on one core", err=True)


def as_row(mention: Mention) -> dict[str, Any]:
    row = asdict(mention)
    return {key: round(row[key], 4) if key == "confidence" else row[key] for key in KEYS}


def open_text(file: IO[bytes]) -> Iterator[str]:
    """The lines of a file, gzipped or not; bytes that are no UTF-8 become replacement characters."""
    import gzip
    import io

    stream = io.BufferedReader(file)  # type: ignore[type-var]
    packed = stream.peek(2)[:2] == b"\x1f\x8b"
    raw = gzip.GzipFile(fileobj=stream) if packed else stream
    try:
        yield from io.TextIOWrapper(raw, encoding="utf-8", errors="replace")
    except (OSError, EOFError) as error:
        raise click.ClickException(f"the file cannot be unpacked: {error}") from error


def read_line(number: int, line: str) -> tuple[str, str, str, datetime | None]:
    """Id, title, text and date of one line. Raises ClickException with the line's number."""
    try:
        row = json.loads(line)
        name, title, text = row["id"], row.get("title") or "", row["text"]
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise click.ClickException(f'line {number}: not an object with "id" and "text": {error!r}') from error
    if not isinstance(text, str) or not isinstance(title, str):
        raise click.ClickException(f'line {number}: "text" and "title" must be strings')
    return str(name), title, text, read_date(row.get("date"))


def read_date(value: object) -> datetime | None:
    """An ISO date, or None: corpora carry dates of many forms, and the tagger can do without."""
    try:
        return datetime.fromisoformat(str(value))
    except ValueError:
        return None
