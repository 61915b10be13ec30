"""Children that work, hang, crash, eat memory, and do not want to go."""

import asyncio
import os
import sys
from collections.abc import Sequence

import pytest

from scheduler.children import Ending, Limits, work
from tests.whole.press import is_alive, wait_for

LIMITS = Limits(seconds=60, grace=0.1, bytes=2**31)


def run(script: str, limits: Limits = LIMITS, order: str = "") -> tuple[Ending, Sequence[str], Sequence[str]]:
    said: list[str] = []
    complained: list[str] = []

    async def go() -> Ending:
        return await work(
            [sys.executable, "-c", script], order, limits, said.append, complained.append, asyncio.Event()
        )

    return asyncio.run(go()), said, complained


def test_it_gets_its_order_and_is_heard():
    ending, said, complained = run("import sys; print(input()); print('!', file=sys.stderr)", order='{"a": 1}')
    assert (ending, said, complained) == (Ending(0), ['{"a": 1}'], ["!"])


@pytest.mark.parametrize(("script", "status"), [("raise SystemExit(3)", 3), ("import os; os.abort()", -6)])
def test_a_crash_is_told_by_its_status(script: str, status: int):
    assert run(script)[0] == Ending(status)


def test_one_that_hangs_is_stopped_and_goes_in_good_order():
    ending, said, _ = run("print(input())", Limits(0.05, 60, 2**31))
    assert (ending, said) == (Ending(0, "over 0.05 seconds"), ["stop"])


def test_one_that_does_not_listen_is_killed():
    ending, _, _ = run("import time; time.sleep(600)", Limits(0.05, 0.05, 2**31))
    assert (ending.killed, ending.why) == (True, "over 0.05 seconds")


def test_one_that_eats_memory_is_killed():
    ending, _, _ = run("x = bytearray(200 * 2**20); input()", Limits(60, 0.1, 100 * 2**20))
    assert (ending.killed, ending.why) == (True, "over 100 MB of memory")


def test_nothing_that_it_started_outlives_it():
    script = "import subprocess, sys; print(subprocess.Popen([sys.executable, '-c', 'input()'], stdin=-1).pid)"
    _, said, _ = run(script)
    wait_for(lambda: not is_alive(int(said[0])), "its end: the kernel may take a moment", 5)


def test_a_line_that_is_too_long_is_passed_over():
    ending, said, _ = run("print('x' * 2**21); print('done')")
    assert (ending, said[-1]) == (Ending(0), "done")


def test_it_dies_with_the_task_that_waits_for_it():
    said: list[str] = []

    async def go() -> None:
        script = "import os; print(os.getpid(), flush=True); input()"
        task = asyncio.create_task(
            work([sys.executable, "-c", script], "", LIMITS, said.append, said.append, asyncio.Event())
        )
        while not said:
            await asyncio.sleep(0.01)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(go())
    wait_for(lambda: not is_alive(int(said[0])), "its end: the kernel may take a moment", 5)


def test_the_leash_ends_a_child_whose_parent_is_gone():
    read_end, write_end = os.pipe()

    async def go() -> int:
        script = (
            "from crawler import leash; leash.hold(lambda: print('stopped', flush=True)); import time; time.sleep(600)"
        )
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-c", script, stdin=read_end, stdout=asyncio.subprocess.PIPE
        )
        os.write(write_end, b"stop\n")
        assert process.stdout is not None
        assert await process.stdout.readline() == b"stopped\n"
        os.close(write_end)
        return await process.wait()

    assert asyncio.run(go()) == 1
    os.close(read_end)
