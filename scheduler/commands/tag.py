"""`jurus tag`: plain text to mentions."""

from __future__ import annotations

import json
import sys
import time
import zlib
from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from dataclasses import asdict
from datetime import datetime
from typing import IO, Any

import click

from db.models import Mention
from scheduler.cli import Workplace
from scheduler.second_opinion import NoAnswer, Tag, second_opinion

KEYS = ("start", "end", "actor", "instrument", "sectors", "status", "what", "confidence")


@click.command("tag")
@click.argument("file", type=click.File("rb"), default="-")
@click.option(
    "--jsonl", is_flag=True, help='Read lines {"id", "text", "title"?, "date"?}, write lines {"id", "mentions"}'
)
@click.option(
    "--with", "opinion", type=click.Choice(["llm"]), help="Ask the language model named in jurus.toml instead"
)
@click.option("--explain", is_flag=True, help="Say in words what decided each mention")
@click.pass_obj
def command(workplace: Workplace, file: IO[bytes], jsonl: bool, opinion: str | None, explain: bool) -> int:
    """Tag a text (a file or standard input): which sentences state which measures.

    The file may be packed with gzip. With --jsonl the rate is told at the end, on standard error; with --with llm, what
    the model was asked and what of its answers was dropped.

    Example: jurus tag artikel.txt
    """
    lines = open_text(file)
    if explain and (jsonl or opinion):
        raise click.UsageError("--explain is for one text and Jurus' own tagger: leave out --jsonl and --with")
    if explain:
        click.echo(explanation("".join(lines)))
        return 0
    with second_opinion(workplace.config) if opinion else nullcontext(own_tagger()) as tag:
        if not jsonl:
            write_mentions(tag("", "".join(lines), None))
            return 0
        started = time.process_time()
        count, failed = write_lines(lines, tag)
    if not opinion:
        seconds = time.process_time() - started
        click.echo(f"{count} articles, {count / max(seconds, 1e-9):.0f} articles/s on one core", err=True)
    return 1 if failed else 0


def own_tagger() -> Tag:
    from crawler.extractors.measures import tag

    return tag


def write_mentions(mentions: list[Mention]) -> None:
    for mention in mentions:
        click.echo(json.dumps(as_row(mention), ensure_ascii=False))


def write_lines(lines: Iterable[str], tag: Tag) -> tuple[int, int]:
    """Tag line by line: how many articles were written, and how many were told and left out for want of an answer."""
    count = failed = 0
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        name, title, text, published = read_line(number, line)
        try:
            mentions = [as_row(mention) for mention in tag(title, text, published)]
        except NoAnswer as error:
            failed += 1
            click.echo(f"jurus: line {number}: {error.message}", err=True)
            continue
        sys.stdout.write(json.dumps({"id": name, "mentions": mentions}, ensure_ascii=False) + "\n")
        count += 1
    return count, failed


def explanation(text: str) -> str:
    """For each mention its sentence, its codes, and the clues that spoke for it (+) or against it (-)."""
    from crawler.extractors.measures.explain import explain

    paragraphs = []
    for mention, clues in explain("", text, None):
        codes = f"{mention.status}  {mention.instrument}  {', '.join(mention.sectors)}  {mention.actor}"
        because = [f"    {clue.weight:+.2f}  {clue.kind}: {' '.join(clue.words.split())}" for clue in clues]
        paragraphs.append("\n".join([mention.quote, f"  {codes}  ({mention.confidence:.2f})", *because]))
    return "\n\n".join(paragraphs) or "no measure found"


def as_row(mention: Mention) -> dict[str, Any]:
    """A mention's codes, and the rules, amounts, days, regions and beneficiaries that its sentence names."""
    from crawler.extractors.beneficiaries import beneficiaries
    from crawler.extractors.particulars import amount_name, facts, regulation_name
    from crawler.extractors.regions import regions

    row, named = asdict(mention), facts(mention.quote)
    return {key: round(row[key], 4) if key == "confidence" else row[key] for key in KEYS} | {
        "regulations": [regulation_name(regulation) for regulation in named.regulations],
        "amounts": [amount_name(amount) for amount in named.amounts],
        "in_force": [day.isoformat() for day in named.in_force],
        "regions": list(regions(mention.quote)),
        "beneficiaries": list(beneficiaries(mention.quote)),
    }


def open_text(file: IO[bytes]) -> Iterator[str]:
    """The lines of a file, gzipped or not; bytes that are no UTF-8 become replacement characters."""
    import gzip
    import io

    stream = io.BufferedReader(file)  # type: ignore[type-var]
    packed = stream.peek(2)[:2] == b"\x1f\x8b"
    raw = gzip.GzipFile(fileobj=stream) if packed else stream
    try:
        yield from io.TextIOWrapper(raw, encoding="utf-8", errors="replace")
    except (OSError, EOFError, zlib.error) as error:
        raise click.ClickException(f"the file cannot be unpacked: {error}") from error


def read_line(number: int, line: str) -> tuple[str, str, str, datetime | None]:
    """Id, title, text and date of one line. Raises ClickException with the line's number."""
    try:
        row = json.loads(line)
        name, title, text = row["id"], row.get("title") or "", row["text"]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
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
