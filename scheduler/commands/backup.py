"""`jurus backup`: a copy of the database while it is in use."""

from __future__ import annotations

from pathlib import Path

import click

from db import open_existing
from scheduler.cli import Workplace


@click.command("backup")
@click.argument("path", metavar="FILE", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--keep", default=1, show_default=True, type=click.IntRange(1, 1000), help="So many: FILE, FILE.1, ...")
@click.pass_obj
def command(workplace: Workplace, path: Path, keep: int) -> None:
    """Copy the database to FILE, whole, while crawls and readers go on.

    With --keep, earlier copies move to FILE.1, FILE.2 and so on. To restore one, stop `jurus run` and copy it over the
    database.

    Example: jurus backup /backups/jurus.db --keep 7
    """
    from scheduler.backups import back_up, overwrites

    if overwrites(workplace.config.database, path, keep):
        raise click.UsageError("FILE or an earlier copy would take the place of the database itself")
    with open_existing(workplace.config.database) as db:
        back_up(db, path, keep)
    click.echo(f"{path}: {path.stat().st_size / 1e6:.1f} MB")
