"""`jurus network`: the tagger's network from labelled articles and plain texts."""

from __future__ import annotations

from pathlib import Path

import click

from crawler.extractors import measures
from crawler.extractors.measures.model import NETWORK, write_arrays
from crawler.extractors.measures.training.lessons import train_network
from scheduler.annotated import read_labelled, read_texts

OWN = Path(measures.__file__).with_name(NETWORK)


@click.command("network")
@click.option(
    "--corpus",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    required=True,
    help="Corpus (JSON lines, gzipped): its words are learned, and the articles that the package's own labels mark",
)
@click.option(
    "--to",
    "target",
    type=click.Path(path_type=Path, dir_okay=False),
    default=OWN,
    help="Where to write  [default: the tagger's own file]",
)
def command(corpus: Path, target: Path) -> None:
    """Train the tagger's network anew; run `jurus train` after it. The same corpus gives the same file.

    It learns from the package's own labels and sees no annotated article, so that those can judge it. It needs
    `jurus[network]` and takes about five minutes.

    Example: jurus network --corpus articles.jsonl.gz
    """
    labelled = read_labelled(corpus)
    click.echo(f"learning from {len(labelled)} labelled articles")
    try:
        network = train_network(labelled, read_texts(corpus))
    except (ImportError, ValueError) as error:
        raise click.ClickException(str(error)) from error
    write_arrays(target, network.arrays("network"))
    click.echo(f"written to {target}")
