"""A process that works for the scheduler: watched, limited in time and memory, stopped in good order or killed."""

from __future__ import annotations

import asyncio
import os
import signal
from asyncio.subprocess import PIPE, Process
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from crawler.leash import STOP

WATCH_SECONDS = 0.5
LINE_BYTES = 2**20
PAGE_BYTES = os.sysconf("SC_PAGE_SIZE")


@dataclass(frozen=True, slots=True)
class Limits:
    """What a child may take: seconds until it is told to stop, seconds from there until it is killed, and bytes of
    resident memory (watched where the system tells, as Linux does)."""

    seconds: float
    grace: float
    bytes: int


@dataclass(frozen=True, slots=True)
class Ending:
    """How a child ended: its exit status (negative: the signal), and why it was stopped, if it was."""

    status: int
    why: str = ""

    @property
    def killed(self) -> bool:
        return self.status < 0


async def work(
    command: Sequence[str],
    order: str,
    limits: Limits,
    hear: Callable[[str], None],
    complain: Callable[[str], None],
    stop: asyncio.Event,
) -> Ending:
    """Run a child to its end. It gets `order` on its standard input, which stays open as its leash.

    `hear` gets each line that it prints, `complain` each line of its standard error. Setting `stop` asks it to stop.
    Whatever happens here, the child and all that it started are gone afterwards.
    """
    process = await asyncio.create_subprocess_exec(
        *command, stdin=PIPE, stdout=PIPE, stderr=PIPE, start_new_session=True, limit=LINE_BYTES
    )
    try:
        say(process, order)
        reading = asyncio.gather(read(process.stdout, hear), read(process.stderr, complain))
        why = await watch(process, limits, stop)
        kill(process)  # what it has started and left behind
        await reading
        return Ending(await process.wait(), why)
    finally:
        kill(process)
        await process.wait()


def say(process: Process, line: str) -> None:
    if process.stdin and line:
        with suppress(ConnectionError):  # it has just ended, which its status tells
            process.stdin.write(f"{line}\n".encode())


async def read(stream: asyncio.StreamReader | None, hear: Callable[[str], None]) -> None:
    while stream is not None:
        try:
            line = await stream.readline()
        except ValueError:  # a line that is too long is none of ours
            continue
        if not line:
            return
        hear(line.decode("utf-8", "replace").rstrip("\n"))


async def watch(process: Process, limits: Limits, stop: asyncio.Event) -> str:
    """Wait until the child has ended by itself or by force; returns why it was stopped."""
    loop = asyncio.get_running_loop()
    ends, killed_at, why = loop.time() + limits.seconds, float("inf"), ""
    while not await ended(process, WATCH_SECONDS):
        if not why and (stop.is_set() or loop.time() > ends):
            why = "told to stop" if stop.is_set() else f"over {limits.seconds:g} seconds"
            killed_at = loop.time() + limits.grace
            say(process, STOP)
        if loop.time() > killed_at:
            kill(process)
        elif resident(process.pid) > limits.bytes:
            why = f"over {limits.bytes // 2**20} MB of memory"
            kill(process)
    return why


async def ended(process: Process, seconds: float) -> bool:
    with suppress(TimeoutError):
        await asyncio.wait_for(process.wait(), seconds)
    return process.returncode is not None


def kill(process: Process) -> None:
    """End a child and all that it started, at once."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


def resident(pid: int) -> int:
    """Bytes of memory that a process holds now; 0 where the system does not tell."""
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * PAGE_BYTES
    except (OSError, IndexError):
        return 0
