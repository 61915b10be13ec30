"""`python -m crawler.newsroom [PORT]`: serve the newsroom; each line read from the keyboard goes to the next round."""

from __future__ import annotations

import sys

from crawler.newsroom.server import Newsroom
from crawler.newsroom.sites import sites


def main() -> None:
    with Newsroom(int(sys.argv[1]) if len(sys.argv) > 1 else 8600) as newsroom:
        for site in sites():
            print(f"{newsroom.address(site.slug)}  {site.name}")
        print("Enter: next round. Ctrl-D: stop.")
        for _ in sys.stdin:
            try:
                newsroom.advance()
            except ValueError as error:
                print(error)
            else:
                print(f"round {newsroom.round}")


if __name__ == "__main__":
    main()
