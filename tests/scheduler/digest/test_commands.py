"""The commands as people type them."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from db import connect, issues
from scheduler.digest import send_due
from tests.scheduler.digest.conftest import NOW

TOML = """
database = "jurus.db"
[[subscription]]
name = "pagi"
folder = "arsip"
alerts = true
"""


@pytest.fixture
def folder(press, tmp_path: Path) -> Path:
    (tmp_path / "jurus.toml").write_text(TOML)
    return tmp_path


def jurus(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "scheduler.cli", "--config", str(folder / "jurus.toml"), "digest", *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=120)


def state(folder: Path) -> list[str]:
    with connect(folder / "jurus.db") as db:
        return list(db.conn.iterdump())


def test_a_preview_leaves_everything_as_it_was(folder: Path):
    before = state(folder)
    for style in ("text", "html", "markdown", "chat"):
        done = jurus(folder, "preview", "pagi", "--since", "2026-01-01", "--format", style)
        assert done.returncode == 0, done.stderr
        assert "bea masuk kain tenun" in done.stdout
    assert jurus(folder, "send", "pagi", "--dry-run").stdout.startswith("would send to folder")
    assert state(folder) == before


def test_a_pdf(folder: Path):
    pytest.importorskip("weasyprint", reason="WeasyPrint or its libraries are not installed", exc_type=ImportError)
    done = jurus(folder, "preview", "pagi", "--pdf", str(folder / "pagi.pdf"))
    assert done.returncode == 0, done.stderr
    assert (folder / "pagi.pdf").read_bytes().startswith(b"%PDF")


def test_sending_resending_and_history(folder: Path):
    assert jurus(folder, "history").stderr.startswith("nothing found")
    done = jurus(folder, "send", "pagi")
    assert done.returncode == 0, done.stderr
    assert "issue 1 to folder" in done.stdout
    (page,) = (folder / "arsip").glob("2*.html")
    page.unlink()
    assert "sent" in jurus(folder, "resend", "1").stdout
    assert page.exists()
    assert "pagi" in jurus(folder, "history").stdout
    assert "pagi" in jurus(folder, "list").stdout
    assert jurus(folder, "resend", "9").returncode == 2
    assert "no such subscription: sore; there are pagi" in jurus(folder, "send", "sore").stderr


def test_the_scheduler_sends_what_is_due_once_and_alerts_once(folder: Path):
    from datetime import timedelta

    from crawler import config

    given = config.read(folder / "jurus.toml")
    with connect(folder / "jurus.db") as db:
        assert send_due(db, given, NOW - timedelta(hours=1)) == []
        sent = [one for minutes in range(0, 60, 10) for one in send_due(db, given, NOW + timedelta(minutes=minutes))]
        assert [(one.delivery.channel, one.state) for one in sent] == [("folder", "sent")]
        assert issues.history(db, "pagi", 9)[0]["new"] == 5
        assert len(send_due(db, given, NOW + timedelta(days=9))) == 1
        assert [row["new"] for row in issues.history(db, "pagi", 9)] == [0, 5]


def test_alerts_reach_those_who_ask_once(folder: Path):
    from datetime import timedelta

    from crawler import config
    from scheduler.digest import alerts, news, outbox, sending
    from scheduler.digest.settings import read

    settings = read(config.read(folder / "jurus.toml"))
    (one,) = settings.subscriptions.values()
    row = {"at": "2026-03-12T20:00:00Z", "outlet": "warta", "was": "ok", "state": "broken", "why": "no news for 9 h"}
    with connect(folder / "jurus.db") as db:
        db.table("alerts").insert(row | {"why": "long ago"})
        news.sight(db, NOW)
        outbox.enrol(db, one, NOW)
        alerts.send_alerts(db, settings, NOW)
        assert issues.history(db, "pagi", 9) == []
        db.table("alerts").insert(row)
        for hours in range(3):
            alerts.send_alerts(db, settings, NOW + timedelta(hours=hours))
        (issue,) = issues.history(db, "pagi", 9)
        assert issue["kind"] == "alert"
        text = issues.issue(db, issue["id"])["bodies"]["text"]
        assert "warta: ok -> broken: no news for 9 h" in text
        assert "long ago" not in text
        senders = sending.senders(db, settings)
        assert [done.state for done in outbox.deliver(db, senders, NOW + timedelta(hours=3))] == ["sent"]
        assert "warta: ok -&gt; broken" in (folder / "arsip" / "20260312-233000-alert.html").read_text()
        assert "20260312-233000-alert.html" in (folder / "arsip" / "feed.atom").read_text()
        assert text.startswith("13 Mar 03.00 WIB")
        elsewhere = replace(one, zone=ZoneInfo("Asia/Jayapura"), language="en")
        assert alerts.alert_of([row], elsewhere, row["at"]).bodies["text"].startswith("13 Mar 05:00 WIT")
