"""`jurus measures`: what the database knows."""

from __future__ import annotations

import click

from db import open_existing, queries
from scheduler.cli import Workplace
from scheduler.filters import Wanted, filter_options
from scheduler.output import format_option, show

COLUMNS = ("published_at", "outlet", "sectors", "instrument", "actor", "status", "quote")


@click.command("measures")
@filter_options
@format_option
@click.pass_obj
def command(workplace: Workplace, wanted: Wanted, style: str) -> None:
    """Print the measures that the database knows, newest first; filters combine.

    Example: jurus measures --sector ikft --since -30d --format csv
    """
    with open_existing(workplace.config.database) as db:
        rows = queries.measures(db, **wanted)
    show(rows, COLUMNS, style, workplace.config.zone)
    if not rows and style == "table":
        click.echo("nothing found; `jurus status` shows what the database holds", err=True)
