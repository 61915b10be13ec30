"""The unit and the container file name commands that there are."""

import json
import re
import shlex
from configparser import ConfigParser
from pathlib import Path

import click

from scheduler.cli import jurus

DEPLOY = Path(__file__).parents[2] / "deploy"


def parse(arguments: list[str]) -> str:
    """The command that these arguments name; raises UsageError where they are wrong."""
    context = jurus.make_context("jurus", arguments, resilient_parsing=False)
    name, command, rest = jurus.resolve_command(context, [*context._protected_args, *context.args])
    command.make_context(name, rest, parent=context)
    return str(name)


def test_the_unit_starts_the_scheduler_and_reloads_it(tmp_path: Path):
    unit = ConfigParser(interpolation=None, strict=False)
    unit.optionxform = str
    unit.read(DEPLOY / "jurus.service")
    program, *arguments = shlex.split(unit["Service"]["ExecStart"])
    (tmp_path / "jurus.toml").touch()
    arguments[arguments.index("--config") + 1] = str(tmp_path / "jurus.toml")
    assert Path(program).name == "jurus"
    assert parse(arguments) == "run"
    assert unit["Service"]["ExecReload"].endswith("-HUP $MAINPID")
    assert unit["Service"]["Type"] == "notify"


def test_the_container_runs_it_and_asks_after_its_health():
    text = (DEPLOY / "Containerfile").read_text()
    check, entry, command = (
        json.loads(found) for found in re.findall(r"^(?:HEALTHCHECK.*|ENTRYPOINT|CMD) ?(?:CMD )?(\[.*\])$", text, re.M)
    )
    assert parse(check[1:]) == "health"
    assert entry == ["jurus"]
    assert parse(command) == "run"
    for copied in re.findall(r"^COPY (.*) \S+$", text, re.M):
        assert all((DEPLOY.parent / name).exists() for name in copied.split())
    assert isinstance(jurus, click.Group)
