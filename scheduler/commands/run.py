"""`jurus run`: keep the database current, day and night."""

from __future__ import annotations

import asyncio

import click

from scheduler.cli import Workplace


@click.command("run")
@click.option("--log-json", is_flag=True, help="Log one JSON object an event")
@click.pass_obj
def command(workplace: Workplace, log_json: bool) -> int:
    """Ask each outlet for news when it is due, and look after the database, until told to stop.

    SIGTERM or Ctrl-C ends it within ten seconds; SIGHUP makes it read jurus.toml and the outlet files again. Only one
    can run on a database. `jurus status` tells how the outlets are, `jurus jobs` what else it does.

    Example: jurus run --log-json
    """
    from scheduler.lease import LeaseHeld
    from scheduler.logs import set_up
    from scheduler.service import Service

    _ = workplace.outlets  # a mistake in an outlet file is told at once
    set_up(log_json, workplace.config.zone)
    try:
        return asyncio.run(Service(workplace).run())
    except LeaseHeld as error:
        raise click.ClickException(str(error)) from error
