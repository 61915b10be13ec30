"""`python -m crawler.newsroom [PORT]`: serve the newsroom; Enter goes to the next round."""

from __future__ import annotations

import sys
from argparse import ArgumentParser

from crawler.newsroom.server import Newsroom
from crawler.newsroom.sites import sites


def main() -> None:
    parser = ArgumentParser(prog="python -m crawler.newsroom", description="Serve the sample newsroom on loopback.")
    parser.add_argument("port", nargs="?", type=int, default=0, help="the first of consecutive ports (default: any)")
    port = parser.parse_args().port
    try:
        newsroom = Newsroom(port)
    except (OSError, OverflowError) as error:
        parser.exit(1, f"cannot listen at port {port} and those after it: {error}\n")
    with newsroom:
        serve(newsroom)


def serve(newsroom: Newsroom) -> None:
    for site in sites():
        print(f"{newsroom.address(site.slug)}  {site.name}")
    print("Enter: next round. Ctrl-D: stop.", flush=True)
    for _ in sys.stdin:
        try:
            newsroom.advance()
        except ValueError as error:
            print(error, flush=True)
        else:
            print(f"round {newsroom.round}", flush=True)


if __name__ == "__main__":
    main()
