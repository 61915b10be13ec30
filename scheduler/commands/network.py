"""`jurus network`: the tagger's network from labelled articles and plain texts."""

from __future__ import annotations

from pathlib import Path

import click

from crawler.extractors import measures
from crawler.extractors.measures.model import NETWORK, write_arrays
from crawler.extractors.measures.training.examples import examples
from crawler.extractors.measures.training.held import held_arrays, held_out
from crawler.extractors.measures.training.lessons import train_network
from crawler.extractors.measures.training.vectors import learn_vectors
from scheduler.annotated import gold_option, read_articles, read_labelled, read_texts, target_option

OWN = Path(measures.__file__).with_name(NETWORK)


@click.command("network")
@gold_option
@click.option(
    "--corpus",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    required=True,
    help="Corpus (JSON lines, gzipped): its words are learned, and the articles that the package's own labels mark",
)
@target_option(OWN)
def command(paths: tuple[Path, ...], corpus: Path, target: Path) -> None:
    """Train the tagger's network anew; run `jurus train` after it. The same files give the same network.

    Five further networks, each without a fifth of the annotated articles, judge that fifth: `jurus train` weighs the
    network by what they say. It needs `jurus[network]` and takes about a quarter of an hour.

    Example: jurus network --gold dev.jsonl --corpus articles.jsonl.gz
    """
    gold, labelled = read_articles(paths), read_labelled(corpus)
    if not labelled:
        raise click.ClickException("no labelled article: give the corpus that the package's labels belong to")
    click.echo(f"learning from {len(gold)} annotated and {len(labelled)} labelled articles")
    try:
        vectors = learn_vectors(read_texts(corpus))
        held = held_out(gold, labelled, vectors)
        network = train_network(examples([*gold, *labelled]), vectors)
    except (ImportError, ValueError) as error:
        raise click.ClickException(str(error)) from error
    write_arrays(target, network.arrays("network") | held_arrays(held))
    click.echo(f"written to {target}")
