"""`jurus search`: which articles speak of something."""

from __future__ import annotations

import click

from db import open_existing
from db.search import search
from db.search_query import QueryError
from scheduler.cli import Workplace
from scheduler.filters import Wanted, filter_options
from scheduler.output import format_option, show

COLUMNS = ("published_at", "outlet", "title", "snippet", "url")


@click.command("search")
@click.argument("query")
@filter_options
@click.option("--limit", type=click.IntRange(1, 1000), default=20, show_default=True, help="At most so many")
@format_option
@click.pass_obj
def command(workplace: Workplace, query: str, wanted: Wanted, limit: int, style: str) -> None:
    """Find articles by their words, the best first; [brackets] show what was found.

    A word stands for all its forms: penyerapan finds menyerap. Write "bea masuk" for exact words in this order,
    teks* for how words begin, OR for either, NOT or - for what is not wanted, ( ) to group. Filters combine.

    Example: jurus search 'penyerapan garam OR "garam rakyat"' --since -90d
    """
    try:
        with open_existing(workplace.config.database) as db:
            rows = search(db, query, limit, **wanted)
    except QueryError as error:
        raise click.UsageError(str(error)) from error
    show(rows, COLUMNS, style, workplace.config.zone)
    if style == "table" and not rows:
        click.echo("nothing found; fewer words, OR, or the beginning of a word (teks*) find more", err=True)
