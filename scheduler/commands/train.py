"""`jurus train`: the tagger's weights from annotated articles."""

from __future__ import annotations

from pathlib import Path

import click

from crawler.extractors import measures
from crawler.extractors.measures.model import NETWORK, WEIGHTS, load_network, packaged, write_arrays
from crawler.extractors.measures.training.held import held_from
from crawler.extractors.measures.training.train import train
from scheduler.annotated import corpus_option, gold_option, read_articles, read_labelled, target_option

OWN = Path(measures.__file__).with_name(WEIGHTS)


@click.command("train")
@gold_option
@corpus_option
@target_option(OWN)
def command(paths: tuple[Path, ...], corpus: Path | None, target: Path) -> None:
    """Train the tagger anew around its network and write its weights; the same articles give the same file.

    The network is that of `jurus network`, trained before with the same annotated articles. It needs `jurus[train]` and
    takes minutes. Count up MODEL in crawler/extractors/measures/version.py with it.

    Example: jurus train --gold dev.jsonl --corpus articles.jsonl.gz
    """
    articles, labelled = read_articles(paths), read_labelled(corpus)
    click.echo(f"learning from {len(articles)} annotated and {len(labelled)} labelled articles")
    try:
        arrays = train(articles, labelled, load_network(), held_from(packaged(NETWORK)))
    except (ImportError, ValueError) as error:
        raise click.ClickException(str(error)) from error
    write_arrays(target, arrays)
    click.echo(f"written to {target}")
