"""`jurus mentions`: the sentences that state measures, one by one."""

from __future__ import annotations

import click

from db import open_existing, queries
from scheduler.cli import Workplace
from scheduler.filters import Wanted, filter_options
from scheduler.output import SEE_STATUS, format_option, show

COLUMNS = ("published_at", "outlet", "mention", "sectors", "instrument", "actor", "status", "quote")


@click.command("mentions")
@filter_options
@format_option
@click.pass_obj
def command(workplace: Workplace, wanted: Wanted, style: str) -> None:
    """Print the sentences that state measures, newest first, as `jurus measures` found them; filters combine.

    Example: jurus mentions --sector agro.sawit --since -7d
    """
    with open_existing(workplace.config.database) as db:
        rows = queries.mentions(db, **wanted)
    show(rows, COLUMNS, style, workplace.config.zone, SEE_STATUS)
