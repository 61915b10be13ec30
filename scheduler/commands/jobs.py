"""`jurus jobs`: what `jurus run` does beside reading news, and when."""

from __future__ import annotations

import asyncio
import os
from typing import Any

import click

from db import Database, connect, open_existing
from scheduler.cli import Workplace
from scheduler.output import format_option, show

COLUMNS = ("job", "does", "last_run", "well", "result", "next_run")
CRAWL = "asks the feeds that are due, and stores what is new"


@click.group("jobs", invoke_without_command=True)
@format_option
@click.pass_context
def command(ctx: click.Context, style: str) -> None:
    """List the jobs of the scheduler with their last and next run.

    Example: jurus jobs
    """
    if ctx.invoked_subcommand is None:
        workplace: Workplace = ctx.obj
        with open_existing(workplace.config.database) as db:
            show(job_rows(db, workplace), COLUMNS, style, workplace.config.zone)


def job_rows(db: Database, workplace: Workplace) -> list[dict[str, Any]]:
    from db import jobs, polls
    from scheduler.feeds import named
    from scheduler.jobs import JOBS

    known = jobs.jobs(db)
    rows = [job_row(name, does, known.get(name)) for name, does in names(JOBS)]
    feeds = named(polls.all_polls(db), workplace.on())
    rows[0]["next_run"] = min((row["next_check_at"] for row in feeds), default=None)
    return rows


def names(jobs: Any) -> list[tuple[str, str]]:  # noqa: ANN401 - the table of jobs, whose import takes time
    return [("crawl", CRAWL), *((name, job.does) for name, job in jobs.items())]


def job_row(name: str, does: str, row: dict[str, Any] | None) -> dict[str, Any]:
    row = row or dict.fromkeys(("last_started_at", "last_finished_at", "last_ok", "last_result", "next_run_at"))
    running = row["last_started_at"] and not row["last_finished_at"]
    return {
        "job": name,
        "does": does,
        "last_run": row["last_started_at"],
        "well": "running" if running else {1: "yes", 0: "NO", None: ""}[row["last_ok"]],
        "result": row["last_result"],
        "next_run": row["next_run_at"],
    }


@command.command("run")
@click.argument("name")
@click.option("--leash", is_flag=True, hidden=True, help="End with the process that holds standard input")
@click.pass_obj
def run(workplace: Workplace, name: str, leash: bool) -> int:
    """Run one job now, whether it is due or not; exits 1 where a crawl was killed, or the job is being run already.

    Example: jurus jobs run optimize
    """
    from scheduler.hold import JobHeld
    from scheduler.jobs import JOBS
    from scheduler.lease import LeaseHeld
    from scheduler.rota import do

    if name != "crawl" and name not in JOBS:
        raise click.UsageError(f"no such job: {name}; there are {', '.join(('crawl', *JOBS))}")
    if leash:
        be_modest()
    try:
        if name == "crawl":
            return asyncio.run(crawl(workplace))
        click.echo(do(workplace, JOBS[name]))
    except (JobHeld, LeaseHeld) as error:
        raise click.ClickException(str(error)) from error
    return 0


def be_modest() -> None:
    """As the scheduler's child: people's questions and crawls go first, and it ends with the scheduler."""
    from crawler.leash import hold

    os.nice(10)
    hold(lambda: os._exit(1))


async def crawl(workplace: Workplace) -> int:
    """One round of all that is due, in place of the scheduler: each feed once. Returns the exit status."""
    from scheduler import crawls, lease, wellbeing
    from scheduler.clock import utc_now
    from scheduler.logs import set_up

    set_up(False, workplace.config.zone)
    round_ = crawls.Crawls(asyncio.Event(), utc_now, lambda facts: None)
    with connect(workplace.config.database) as db:
        with lease.held(db, utc_now) as since:
            crawls.add_outlets(db, workplace.on(), utc_now())
            round_.start_due(workplace, db, since)
            while round_.tasks:
                ended, _ = await asyncio.wait(round_.tasks, timeout=10, return_when=asyncio.FIRST_COMPLETED)
                lease.renew(db, since, utc_now())
                for task in ended:
                    task.result()  # what it could not write would be asked for again without an end
                round_.start_due(workplace, db, since)
        wellbeing.record(db, workplace.on(), utc_now())
    return int(round_.killed)
