"""`jurus demo`: the whole way in small, against the bundled newsroom."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from crawler.newsroom import Newsroom
from db import open_existing, queries, turns
from scheduler.cli import Workplace
from scheduler.digest.subscriptions import Subscription
from scheduler.output import show

DATABASE = Path("jurus-demo.db")
SHOWN = 12
READER = Subscription("demo", "Demo", ZoneInfo("Asia/Jakarta"))
AFTER = timedelta(days=2)
"""A subscription begins with its last day; one of the day after tomorrow knows also what came in this very second."""
COLUMNS = ("last_seen_at", "id", "status", "sectors", "instrument", "publishers", "title")


@click.command("demo")
@click.pass_obj
def command(workplace: Workplace) -> None:
    """Crawl a small newsroom on this machine twice, and show what was found.

    Between the crawls the newsroom publishes, corrects, moves and withdraws articles. What was stored stays in
    jurus-demo.db, for you to query; the day's digest in jurus-demo-digest.html and jurus-demo-digest.txt.

    Example: jurus demo
    """
    for suffix in ("", "-wal", "-shm"):
        Path(f"{DATABASE}{suffix}").unlink(missing_ok=True)
    with Newsroom() as newsroom, tempfile.TemporaryDirectory() as folder:
        newsroom.outlets_folder(Path(folder))
        click.echo(f"The newsroom is open: {len(newsroom.truth())} articles to be found.\n\nFirst crawl")
        crawl(Path(folder))
        remember()
        newsroom.advance()
        asked = len(newsroom.log)
        click.echo("\nThe newsroom published, corrected, moved and withdrew some articles.\n\nSecond crawl")
        crawl(Path(folder))
        click.echo(f"\nThe second crawl made {len(newsroom.log) - asked} requests, the first {asked}.")
    tell(workplace)


def remember() -> None:
    """Begin a subscription that knows all that the first crawl has found."""
    from scheduler.digest import news, outbox

    now = datetime.now(UTC)
    with open_existing(DATABASE) as db:
        news.sight(db, now)
        outbox.enrol(db, READER, now + AFTER)


def write_digest(workplace: Workplace) -> None:
    """Write what the second crawl brought as a digest, and print it."""
    from scheduler.digest import choice, news, outbox, sending
    from scheduler.digest.rendering import render
    from scheduler.digest.settings import Settings

    reader = replace(READER, zone=workplace.config.zone)
    settings, now = Settings(), datetime.now(UTC)
    with open_existing(DATABASE) as db:
        news.sight(db, now)
        state = outbox.enrol(db, reader, now)
        found = choice.choose(db, reader, state, turns.sighted(db))
        issue = sending.issue_of(settings, db, reader, found, now - timedelta(days=1), now)
    bodies = render(issue, sending.edition_of(settings, reader).words)
    for kind, path in (("html", "jurus-demo-digest.html"), ("text", "jurus-demo-digest.txt")):
        Path(path).write_text(bodies[kind], encoding="utf-8")
    click.echo("\nThe digest of what the second crawl brought, also in jurus-demo-digest.html and .txt:\n")
    click.echo(bodies["text"])


def crawl(folder: Path) -> None:
    """Run `jurus crawl` as a user would; its lines go to the terminal."""
    slugs = sorted(path.stem for path in folder.glob("*.toml"))
    sys.stdout.flush()
    jurus = [sys.executable, "-m", "scheduler.cli", "--db", str(DATABASE), "--outlets", str(folder)]
    done = subprocess.run([*jurus, "crawl", *slugs], check=False)  # noqa: S603
    if done.returncode:
        raise click.ClickException("the crawl failed; the lines above say where")


def tell(workplace: Workplace) -> None:
    with open_existing(DATABASE) as db:
        totals = queries.totals(db)
        measures = queries.measures(db)
    click.echo(
        f"\n{DATABASE} holds {totals['articles']} articles with {totals['mentions']} mentions of {totals['measures']}"
        " measures. The newest:\n"
    )
    show(measures[:SHOWN], COLUMNS, "table", workplace.config.zone)
    write_digest(workplace)
    click.echo(f"\nAsk it more:\n  jurus --db {DATABASE} measures --sector ikft\n  jurus --db {DATABASE} status")
