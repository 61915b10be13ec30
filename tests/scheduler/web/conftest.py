"""The pages as a reader gets them: the real command over a real database, and a real browser where there is one."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.scheduler.web.rows import filled

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("web") / "any-name.db"
    with filled(path):
        pass
    return path


@pytest.fixture(scope="session")
def address(database: Path) -> Iterator[str]:
    """Where `jurus serve` serves the database: http://127.0.0.1:PORT, without a slash at the end."""
    command = [sys.executable, "-u", "-m", "scheduler.cli", "--db", str(database), "serve", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        yield server.stdout.readline().split()[0].rstrip("/")
        server.terminate()


@pytest.fixture(scope="module")  # its event loop must not outlive the tests that use it
def chromium() -> Iterator[object]:
    """The system's Chromium. Without one the tests skip, or fail where JURUS_BROWSER=required."""
    reason = ""
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        reason = "the package playwright is not installed"
    if not program:
        reason = "there is no Chromium on this machine (Debian: apt-get install chromium)"
    if reason and os.environ.get("JURUS_BROWSER") == "required":
        pytest.fail(reason)
    if reason:
        pytest.skip(reason)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield browser
        browser.close()
