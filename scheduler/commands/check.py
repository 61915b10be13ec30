"""`jurus check`: ask outlets live whether they can still be read."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from crawler.outlets import Outlet
from scheduler.cli import Workplace
from scheduler.output import format_option, show

if TYPE_CHECKING:
    from crawler.spiders.probe import Finding

COLUMNS = ("outlet", "part", "found", "detail")
FIELDS = ("title", "authors", "published_at", "section", "text")
TABLE = ("outlet", "robots.txt", "lists", *FIELDS, "selectors", "body overlap", "remark")


@click.command("check")
@click.argument("slugs", metavar="[OUTLET]...", nargs=-1)
@format_option
@click.pass_obj
def command(workplace: Workplace, slugs: tuple[str, ...], style: str) -> None:
    """Ask each outlet for its robots.txt, its feeds, sitemaps and listings, and one article; store nothing.

    Says of each field whether it was found, whether the outlet's selectors still find something, and how far the body
    that they find agrees with the generic reader's. As markdown, one line for each outlet, those that are off included.
    The exit status is 1 if anything is missing.

    Example: jurus check kontan bisnis
    """
    chosen = workplace.choose(slugs)
    from crawler.spiders.probe import probe

    findings = probe(list(chosen.values()), workplace.scrapy_settings() | {"USER_AGENT": workplace.config.user_agent})
    findings.sort(key=lambda finding: finding.outlet)
    if style == "markdown":
        listed = chosen if slugs else workplace.outlets
        rows = [line(outlet, [f for f in findings if f.outlet == slug]) for slug, outlet in sorted(listed.items())]
    else:
        rows = [
            {"outlet": f.outlet, "part": f.part, "found": "found" if f.ok else "MISSING", "detail": f.detail}
            for f in findings
        ]
    show(rows, TABLE if style == "markdown" else COLUMNS, style, workplace.config.zone)
    if not findings or not all(finding.ok for finding in findings):
        sys.exit(1)


def line(outlet: Outlet, findings: Sequence[Finding]) -> dict[str, str]:
    """One outlet as a row: of each part whether it was found, empty where it could not be asked, and what is wrong."""
    from crawler.discovery import sources

    told = {finding.part: finding for finding in findings}
    lists = [told[source].ok for source in sources(outlet) if source in told]
    row = {
        "outlet": outlet.slug,
        "lists": f"{sum(lists)}/{len(sources(outlet))}" if findings else "",
        "remark": f"off: {outlet.reason}" if outlet.state == "off" and not findings else remark(findings),
    }
    for column in TABLE:
        finding = told.get(column) or told.get(f"article {column}")
        row.setdefault(column, "" if finding is None else "yes" if finding.ok else "NO")
    if "body overlap" in told:
        row["body overlap"] = told["body overlap"].detail.partition(" ")[0]
    return row


def remark(findings: Sequence[Finding]) -> str:
    """What is wrong, source by source; fields that are missing are told by their columns."""
    return "; ".join(f"{f.part}: {f.detail}" for f in findings if not f.ok and not f.part.startswith("article "))
