"""`jurus serve`: the database as web pages."""

from __future__ import annotations

import click

from db import open_existing
from scheduler.cli import Workplace


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on")
@click.option("--port", default=8001, show_default=True, type=click.IntRange(0, 65535), help="Port; 0 takes a free one")
@click.pass_obj
def command(workplace: Workplace, host: str, port: int) -> None:
    """Serve the database as web pages, to read only, until Ctrl-C.

    Example: jurus serve --port 8080
    """
    from scheduler.web import guard, server

    with open_existing(workplace.config.database):
        pass  # brought up to date, before it is opened to read only
    site = server.make_site(workplace.config.database, workplace.config.timezone, host)
    try:
        listening = server.listen(host, port)
    except OSError as error:
        raise click.ClickException(f"{host}:{port}: {error.strerror or error}: choose another with --port") from error
    with listening:
        if not guard.is_loopback(host):
            click.echo("Anybody who can reach this address can read all that is stored, also the articles' texts.")
        name = f"[{host}]" if ":" in host else host
        click.echo(f"http://{name}:{listening.getsockname()[1]}/ shows {workplace.config.database}; Ctrl-C stops it")
        server.serve(site, listening)
