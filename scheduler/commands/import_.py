"""`jurus import`: articles that one has already."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

import click

from crawler.importing import NotImportable, Refused, read
from crawler.outlets import Outlet
from db import Database, connect
from db.models import Article, Visit
from scheduler.cli import Workplace

BATCH = 100
SHOWN = 10  # refused entries named


@click.command("import")
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path, dir_okay=False))
@click.pass_obj
def command(workplace: Workplace, files: tuple[Path, ...]) -> None:
    """Import articles from JSON lines (.jsonl), CSV (.csv) or web archives (.warc), each also packed (.gz).

    They go the way of all articles: tagged, joined to stories and measures, kept as their outlet's rule says. Importing
    a file twice changes nothing. docs/articles.md names the columns. The exit status is 1 if an entry was refused.

    Example: jurus import arsip.jsonl.gz halaman.warc.gz
    """
    well = True
    with connect(workplace.config.database) as db:
        for file in files:
            refused: list[Refused] = []
            try:
                counts = store(db, kept(read(file, workplace.outlets), refused))
            except NotImportable as error:
                raise click.ClickException(str(error)) from error
            tell(file, counts, refused)
            well = well and all(one.expected for one in refused)
    if not well:
        sys.exit(1)


def kept(
    entries: Iterable[tuple[Outlet, Article] | Refused], refused: list[Refused]
) -> Iterator[tuple[Outlet, Article]]:
    """The articles; what is refused goes into the list."""
    for entry in entries:
        if isinstance(entry, Refused):
            refused.append(entry)
        else:
            yield entry


def store(db: Database, articles: Iterable[tuple[Outlet, Article]]) -> Mapping[str, int]:
    """Store articles batch by batch; how many were new, updated and unchanged."""
    from crawler.codes import save_codes
    from crawler.keeping import keep
    from crawler.pipelines import prepared

    counts: Counter[str] = Counter()
    known: set[str] = set()
    for batch in batches(articles):
        strangers = {outlet.slug: outlet for outlet, _ in batch if outlet.slug not in known}
        if strangers:
            save_codes(db, strangers.values())
            known |= strangers.keys()
        visits = [prepared(visit(article), outlet.keep) for outlet, article in batch]
        counts.update(outcome for outcome in keep(db, visits) if outcome)
    return counts


def batches(articles: Iterable[tuple[Outlet, Article]]) -> Iterator[list[tuple[Outlet, Article]]]:
    waiting = iter(articles)
    while batch := list(islice(waiting, BATCH)):
        yield batch


def visit(article: Article) -> Visit:
    return Visit(article.canonical_url, article.outlet, "import", "", "stored", datetime.now(UTC), article=article)


def tell(file: Path, counts: Mapping[str, int], refused: list[Refused]) -> None:
    said = [f"{counts.get(outcome, 0)} {outcome}" for outcome in ("new", "updated", "unchanged")]
    click.echo(f"{file}: {', '.join(said)}, {len(refused)} refused")
    for one in refused[:SHOWN]:
        click.echo(f"{file}: {one.place}: {one.reason}", err=True)
    if len(refused) > SHOWN:
        click.echo(f"{file}: and {len(refused) - SHOWN} more", err=True)
