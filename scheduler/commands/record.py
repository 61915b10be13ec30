"""`jurus record`: a live page or list to a fixture, with filler in place of the publisher's words."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from crawler.outlets import Outlet
from scheduler.cli import Workplace
from scheduler.commands.extract import fetch_page

if TYPE_CHECKING:
    from crawler.recording import Recorded


@click.command("record")
@click.argument("slug", metavar="OUTLET")
@click.argument("url")
@click.option("--name", help="The fixture's name  [default: article, feed, sitemap or listing]")
@click.option("--into", type=click.Path(path_type=Path), default=Path("tests/outlets"), show_default=True)
@click.pass_obj
def command(workplace: Workplace, slug: str, url: str, name: str | None, into: Path) -> None:
    """Fetch an article, or one of the outlet's feeds, sitemaps and listings, and keep it as a test.

    Its words are replaced by made-up ones of the same length, its structure is kept. What the outlet file reads from it
    is drafted as the expectation, on which the test fails until you have read it and set `reviewed = true`.

    Example: jurus record kontan https://industri.kontan.co.id/news/contoh --name premium
    """
    from crawler.discovery import NotASource
    from crawler.extractors.article import Unreadable
    from crawler.recording import names_article, record

    outlet = workplace.choose((slug,))[slug]
    is_article = names_article(outlet, url)
    path = into / slug / (name or ("article" if is_article else kind_of_list(outlet, url)))
    if list(path.parent.glob(f"{path.name}.*")):
        raise click.ClickException(f"{path}.toml: is there already; give another --name, or delete it first")
    body, headers, address = fetch_page(workplace, outlet, url)
    try:
        recorded = record(outlet, address if is_article else url, body, headers)
    except (Unreadable, NotASource) as error:
        raise click.ClickException(f"{url}: {error}") from error
    save(recorded, path)


def save(recorded: Recorded, path: Path) -> None:
    """Write both files and say what is left to do."""
    path.parent.mkdir(parents=True, exist_ok=True)
    page, expectation = (path.with_name(path.name + suffix) for suffix in (recorded.suffix, ".toml"))
    page.write_bytes(recorded.body)
    expectation.write_text(recorded.expectation, encoding="utf-8")
    if recorded.lost:
        click.echo(f"with filler it reads otherwise than with its own words: {', '.join(recorded.lost)}", err=True)
    click.echo(f"{page} and {expectation}: read both, correct the .toml, then set reviewed = true there")


def kind_of_list(outlet: Outlet, url: str) -> str:
    """What kind of list an address is, by the outlet's file."""
    kinds = {"feed": outlet.feeds, "sitemap": outlet.sitemaps}
    return next((kind for kind, addresses in kinds.items() if url in addresses), "listing")
