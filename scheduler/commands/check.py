"""`jurus check`: ask outlets live whether they can still be read."""

from __future__ import annotations

import sys

import click

from scheduler.cli import Workplace
from scheduler.output import format_option, show

COLUMNS = ("outlet", "part", "found", "detail")


@click.command("check")
@click.argument("slugs", metavar="[OUTLET]...", nargs=-1)
@format_option
@click.pass_obj
def command(workplace: Workplace, slugs: tuple[str, ...], style: str) -> None:
    """Ask each outlet for its robots.txt, its feeds, sitemaps and listings, and one article; store nothing.

    The exit status is 1 if anything is missing.

    Example: jurus check kontan bisnis
    """
    chosen = workplace.choose(slugs)
    from crawler.spiders.probe import probe

    findings = probe(list(chosen.values()), workplace.scrapy_settings() | {"USER_AGENT": workplace.config.user_agent})
    findings.sort(key=lambda finding: finding.outlet)
    rows = [
        {"outlet": f.outlet, "part": f.part, "found": "found" if f.ok else "MISSING", "detail": f.detail}
        for f in findings
    ]
    show(rows, COLUMNS, style, workplace.config.zone)
    if not findings or not all(finding.ok for finding in findings):
        sys.exit(1)
