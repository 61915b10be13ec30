"""`jurus search`: what speaks of something."""

from __future__ import annotations

import click

from db import open_existing, search
from db.search_query import QueryError
from scheduler.cli import Workplace
from scheduler.filters import Wanted, filter_options
from scheduler.output import format_option, show

PLACES = {
    "articles": (search.articles, ("published_at", "outlet", "title", "snippet", "url")),
    "measures": (search.measures, ("last_seen_at", "id", "status", "sectors", "title", "snippet")),
}


FIND_MORE = "fewer words, OR, or the beginning of a word (teks*) find more"


@click.command("search")
@click.argument("query")
@click.option(
    "--in", "place", type=click.Choice(list(PLACES)), default="articles", show_default=True, help="Find these"
)
@filter_options
@click.option("--limit", type=click.IntRange(1, 1000), default=20, show_default=True, help="At most so many")
@format_option
@click.pass_obj
def command(workplace: Workplace, query: str, place: str, wanted: Wanted, limit: int, style: str) -> None:
    """Find articles or measures by their words, the best first; [brackets] show what was found.

    A word stands for all its forms: penyerapan finds menyerap. Write "bea masuk" for exact words in this order,
    teks* for how words begin, OR for either, NOT or - for what is not wanted, ( ) to group. Filters combine.

    Example: jurus search 'penyerapan garam OR "garam rakyat"' --since -90d
    """
    find, columns = PLACES[place]
    try:
        with open_existing(workplace.config.database) as db:
            rows = find(db, query, limit, **wanted)
    except QueryError as error:
        raise click.UsageError(str(error)) from error
    show(rows, columns, style, workplace.config.zone, FIND_MORE)
