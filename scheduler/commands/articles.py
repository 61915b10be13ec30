"""`jurus articles`: what was stored, article by article."""

from __future__ import annotations

import click

from db import listing, open_existing
from scheduler.cli import Workplace
from scheduler.filters import Wanted, filter_options
from scheduler.output import SEE_STATUS, format_option, show

COLUMNS = ("published_at", "outlet", "title", "mentions", "sectors", "url")


@click.command("articles")
@filter_options
@click.option("--limit", type=click.IntRange(1), default=50, show_default=True, help="At most so many")
@format_option
@click.pass_obj
def command(workplace: Workplace, wanted: Wanted, limit: int, style: str) -> None:
    """List the articles, newest first; filters combine, those of measures ask for a sentence that fits them all.

    Example: jurus articles --outlet kontan --sector agro --since -7d
    """
    with open_existing(workplace.config.database) as db:
        rows = listing.articles(db, limit, **wanted)
    show(rows, COLUMNS, style, workplace.config.zone, SEE_STATUS)
    if style == "table" and len(rows) == limit:
        click.echo(f"the newest {limit}; --limit shows more", err=True)
