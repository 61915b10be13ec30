"""`jurus`: the commands, each in a module of its own that is imported only when it is used."""

from __future__ import annotations

import io
import sys
from dataclasses import replace
from functools import cached_property
from importlib import import_module
from keyword import iskeyword
from pathlib import Path

import click

from crawler import config, outlets
from crawler.config import Config, ConfigError
from crawler.outlets import Outlet, OutletError
from db import DatabaseUnusable
from scheduler.backups import overwrites

COMMANDS = (
    "demo",
    "crawl",
    "backfill",
    "import",
    "extract",
    "tag",
    "measures",
    "mentions",
    "show",
    "measure",
    "merge",
    "search",
    "articles",
    "export",
    "sql",
    "outlets",
    "outlet",
    "check",
    "record",
    "retag",
    "status",
    "run",
    "jobs",
    "backup",
    "health",
    "train",
    "network",
    "evaluate",
    "serve",
    "digest",
)


class Workplace:
    """What the global options settle for all commands: configuration, database and outlets."""

    def __init__(self, config_path: Path | None, database: Path | None, folder: Path | None) -> None:
        self.given = (config_path, database, folder)
        self.config_path = config_path
        given = config.read(config_path)
        self.config: Config = replace(given, database=database or given.database, outlets=folder or given.outlets)
        self.check_backup()

    def check_backup(self) -> None:
        """Raises ConfigError where the nightly backup would take the place of the database."""
        run = self.config.run
        if run.backup and overwrites(self.config.database, run.backup, run.backups):
            why = f"{run.backup} would take the place of the database itself"
            raise ConfigError(f"{self.config.path}: run.backup: {why}")

    def reread(self) -> Workplace:
        """The same as the files say now. Raises ConfigError or OutletError."""
        workplace = Workplace(*self.given)
        _ = workplace.outlets
        return workplace

    def command(self, *arguments: str) -> list[str]:
        """A `jurus` command line for another process at the same workplace."""
        options = zip(("--config", "--db", "--outlets"), self.given, strict=True)
        given = [part for option, value in options if value for part in (option, str(value))]
        return [sys.executable, "-m", "scheduler.cli", *given, *arguments]

    @cached_property
    def outlets(self) -> dict[str, Outlet]:
        return outlets.load_all(self.config.outlets)

    def choose(self, slugs: tuple[str, ...]) -> dict[str, Outlet]:
        """The outlets named, or all that are on. Raises UsageError for one that does not exist."""
        unknown = [slug for slug in slugs if slug not in self.outlets]
        if unknown:
            raise click.UsageError(f"no such outlet: {', '.join(unknown)}; `jurus outlets` lists those there are")
        return {slug: self.outlets[slug] for slug in slugs or self.outlets_on()}

    def on(self) -> dict[str, Outlet]:
        """The outlets that can be crawled."""
        return {slug: self.outlets[slug] for slug in self.outlets_on()}

    def outlets_on(self) -> list[str]:
        """The outlets that can be crawled, in order."""
        return sorted(slug for slug, outlet in self.outlets.items() if outlet.state == "on")

    def scrapy_settings(self) -> dict[str, str]:
        settings = {"JURUS_DATABASE": str(self.config.database)}
        if self.config_path:
            settings["JURUS_CONFIG"] = str(self.config_path)
        if self.config.outlets:
            settings["JURUS_OUTLETS"] = str(self.config.outlets)
        return settings


class Commands(click.Group):
    """Finds a command in `scheduler/commands/` by its name."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module = f"{cmd_name}_" if iskeyword(cmd_name) else cmd_name
        command: click.Command = import_module(f"scheduler.commands.{module}").command
        return command


@click.group(cls=Commands)
@click.option("--config", "config_path", type=click.Path(path_type=Path), help="Configuration  [default: jurus.toml]")
@click.option("--db", "database", type=click.Path(path_type=Path), help="Database  [default: jurus.db]")
@click.option("--outlets", "folder", type=click.Path(path_type=Path), help="Folder with outlet files of your own")
@click.version_option(package_name="jurus")
@click.pass_context
def jurus(ctx: click.Context, config_path: Path | None, database: Path | None, folder: Path | None) -> None:
    """Which measures is the Indonesian government taking, for which sector, and which sentence says so?

    Example: jurus demo
    """
    ctx.obj = Workplace(config_path, database, folder)


def main(arguments: list[str] | None = None) -> None:
    """Run a command. Errors are one line on standard error; exit 2 means wrong usage or configuration, 1 failure."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # what the terminal or file cannot show is escaped
    try:
        status = jurus.main(arguments, prog_name="jurus", standalone_mode=False)
    except click.UsageError as error:
        help_command = f"{error.ctx.command_path} --help" if error.ctx else "jurus --help"
        leave(f"{error.format_message().rstrip('.')} (see `{help_command}`)", 2)
    except (ConfigError, OutletError) as error:
        leave(str(error), 2)
    except click.exceptions.Abort:
        leave("stopped", 1)
    except click.ClickException as error:
        leave(error.format_message(), error.exit_code)
    except DatabaseUnusable as error:
        leave(str(error), 1)
    except OSError as error:  # a full disk, no permission; click itself ends quietly where a pipe's reader has gone
        leave(str(error), 1)
    sys.exit(status if isinstance(status, int) else 0)


def leave(message: str, status: int) -> None:
    click.echo(f"jurus: {message}", err=True)
    sys.exit(status)


if __name__ == "__main__":
    main()
