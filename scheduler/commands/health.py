"""`jurus health`: is the scheduler alive? For service managers and containers."""

from __future__ import annotations

import click

from db import open_existing
from scheduler.cli import Workplace


@click.command("health")
@click.pass_obj
def command(workplace: Workplace) -> int:
    """Tell whether a scheduler is at work on the database; the exit status is 1 if none is.

    How the outlets are is another question: `jurus status` answers it.

    Example: jurus health
    """
    from db.jobs import lease
    from scheduler.clock import utc_now
    from scheduler.lease import is_at_work

    with open_existing(workplace.config.database) as db:
        held = lease(db)
    if held is None:
        raise click.ClickException("no scheduler runs on this database; start one with `jurus run`")
    if not is_at_work(held, utc_now()):
        raise click.ClickException(f"the scheduler (process {held.pid} on {held.host}) is not heard of any more")
    click.echo(f"process {held.pid} on {held.host} runs since {held.taken_at:%Y-%m-%d %H:%M} UTC")
    return 0
