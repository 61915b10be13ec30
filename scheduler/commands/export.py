"""`jurus export`: what the database knows, as a file for other programs."""

from __future__ import annotations

from pathlib import Path

import click

from db import listing, open_existing
from scheduler import sheets
from scheduler.cli import Workplace
from scheduler.filters import Wanted, filter_options

KINDS = {"measures": (listing.MEASURE, listing.measures), "mentions": (listing.MENTION, listing.mentions)}


@click.command("export")
@click.argument("path", metavar="FILE", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--format", "style", type=click.Choice(list(sheets.WRITERS)), help="[default: as FILE ends]")
@click.option("--what", type=click.Choice(list(KINDS)), default="measures", show_default=True, help="One row for each")
@filter_options
@click.pass_obj
def command(workplace: Workplace, path: Path, style: str | None, what: str, wanted: Wanted) -> None:
    """Write measures, or the single mentions of them, with all that is known to FILE; filters combine.

    A text that a spreadsheet would take for a formula is made plain text. Parquet and Excel need an extra:
    pip install 'jurus[export]'.

    Example: jurus export --sector ikft --since -90d tekstil.xlsx
    """
    style = style or path.suffix.removeprefix(".").lower()
    if style not in sheets.WRITERS:
        raise click.UsageError(f"{path}: say how to write it with --format: {', '.join(sheets.WRITERS)}")
    columns, rows = KINDS[what]
    with open_existing(workplace.config.database) as db:
        try:
            count = sheets.write(path, style, columns, rows(db, **wanted), workplace.config.zone)
        except sheets.SheetError as error:
            raise click.ClickException(str(error)) from error
    click.echo(f"{path}: {count} {what}")
