"""`jurus measures`: what the database knows."""

from __future__ import annotations

import click

from db import open_existing, queries
from scheduler.cli import Workplace
from scheduler.filters import Wanted, filter_options
from scheduler.output import SEE_STATUS, format_option, show

COLUMNS = ("last_seen_at", "id", "status", "sectors", "instrument", "actor", "publishers", "title")


@click.command("measures")
@filter_options
@format_option
@click.pass_obj
def command(workplace: Workplace, wanted: Wanted, style: str) -> None:
    """Print the measures that the database knows, the last told of first; filters combine.

    A measure is told of by several outlets, and again when it takes effect; `jurus show ID` prints all of that.

    Example: jurus measures --sector ikft --since -30d --format csv
    """
    with open_existing(workplace.config.database) as db:
        rows = queries.measures(db, **wanted)
    show(rows, COLUMNS, style, workplace.config.zone, SEE_STATUS)
