"""A process that ends with the one that started it: its standard input is the leash."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from threading import Thread

STOP = "stop"


def hold(stop: Callable[[], object]) -> None:
    """Watch standard input in a thread: the line `stop` calls `stop`; its end means that the parent is gone, and ends
    this process at once. Nothing is lost: what was not stored is asked for again."""
    Thread(target=watch, args=(stop,), name="leash", daemon=True).start()


def watch(stop: Callable[[], object]) -> None:
    for line in sys.stdin:
        if line.strip() == STOP:
            stop()
    os._exit(1)
