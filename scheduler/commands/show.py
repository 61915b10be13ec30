"""`jurus show`: one measure with its history, quotes and sources."""

from __future__ import annotations

import json
from typing import Any
from zoneinfo import ZoneInfo

import click

from crawler import taxonomy
from crawler.taxonomy.regions import load_regions
from db import open_existing, queries
from scheduler.cli import Workplace
from scheduler.output import cell

FACTS = (
    "status", "actor", "instrument", "sectors", "regulations", "amounts", "regions", "beneficiaries", "in_force_on",
    "publishers", "mentions",
)  # fmt: skip


@click.command("show")
@click.argument("measure_id")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON")
@click.pass_obj
def command(workplace: Workplace, measure_id: str, as_json: bool) -> None:
    """Print a measure: what it is, what happened to it, and who reported it in which words.

    MEASURE_ID is that of `jurus measures`, or the key of one of its mentions.

    Example: jurus show k3f9a2c1exq7
    """
    with open_existing(workplace.config.database) as db:
        found = queries.find_measure(db, measure_id)
        if found is None:
            raise click.UsageError(f"no such measure: {measure_id}; `jurus measures` lists those there are")
        row = queries.measure(db, found)
    if as_json:
        click.echo(json.dumps(row, ensure_ascii=False, indent=2))
        return
    click.echo("\n".join(lines(row, workplace.config.zone)))


def lines(row: dict[str, Any], zone: ZoneInfo) -> list[str]:
    """The measure for a terminal."""
    facts = [f"  {name:13} {named(name, row[name], zone)}" for name in FACTS if row[name] not in (None, [])]
    history = [
        f"  {cell(event['at'], zone)}  {event['kind']:12} {event['outlet']:16} {cell(event['detail'], zone)}".rstrip()
        for event in row["history"]
    ]
    quotes = [
        f"  {cell(quote['published_at'], zone)}  {quote['outlet']}  [{quote['mention']}]\n"
        f"    “{cell(quote['quote'], zone)}”\n    {cell(quote['title'], zone)}\n    {quote['url']}"
        for quote in row["quotes"]
    ]
    return [f"{row['id']}  {cell(row['title'], zone)}", *facts, "", "History", *history, "", "Sources", *quotes]


def named(name: str, value: object, zone: ZoneInfo) -> str:
    """A fact as text, codes with their English names."""
    known: dict[str, Any] = {"actor": taxonomy.load_actors(), "instrument": taxonomy.load_instruments()}
    if name in known:
        return f"{value} ({known[name][value].name_en})" if value in known[name] else str(value)
    if name == "regions" and isinstance(value, list):
        regions = load_regions()
        value = [regions[code].name_en if code in regions else code for code in value]
    return cell(value, zone)
