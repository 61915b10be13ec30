"""How long `jurus run` takes to end after SIGTERM: idle, in the midst of a crawl, and while an outlet does not answer.

python -m benchmarks.stopping
"""

from __future__ import annotations

import socket
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from crawler.newsroom import Newsroom
from tests.whole.press import Scheduler, all_asked, furnish, wait_for

HANGING = """
title = "Bisu"
home = "http://127.0.0.1:{port}"
feeds = "http://127.0.0.1:{port}/rss"
article = '/read/'
allow_private = true
"""


def stop(name: str, folder: Path, ready: Callable[[Scheduler], object]) -> None:
    scheduler = Scheduler(folder)
    wait_for(lambda: ready(scheduler), name)
    began = time.monotonic()
    status = scheduler.end(seconds=30)
    print(f"{name}: {time.monotonic() - began:.1f} s, exit status {status}", flush=True)


def main() -> None:
    with Newsroom() as newsroom, tempfile.TemporaryDirectory() as name:
        furnish(newsroom, Path(name))
        stop("in the midst of a crawl", Path(name), lambda scheduler: len(newsroom.log) > 30)
        stop("idle", Path(name), lambda scheduler: all_asked(scheduler.database))
        with closing(socket.create_server(("127.0.0.1", 0))) as silent:
            silent.settimeout(60)
            text = HANGING.format(port=silent.getsockname()[1])
            (Path(name) / "outlets" / "bisu.toml").write_text(text)
            stop("while an outlet does not answer", Path(name), lambda scheduler: silent.accept())


if __name__ == "__main__":
    main()
