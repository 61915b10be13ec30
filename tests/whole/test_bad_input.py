"""Whatever a user gets wrong: one clear line, no traceback, and an exit status that tells usage from failure."""

import gzip
import json
import sqlite3
import subprocess
from pathlib import Path

import pytest

from scheduler.cli import COMMANDS
from tests.whole.crawls import JURUS, Jurus, without_privileges

ADDRESS = "https://warta.test/read/1"


def refused(done: subprocess.CompletedProcess[str], status: int, *words: str) -> None:
    assert done.returncode == status, done.stderr
    assert len(done.stderr.splitlines()) == 1, done.stderr
    assert "Traceback" not in done.stderr
    for word in words:
        assert word in done.stderr


def test_no_such_outlet(jurus: Jurus):
    refused(jurus("crawl", "swaa"), 2, "no such outlet: swaa", "jurus outlets")


def test_broken_toml(jurus: Jurus, tmp_path: Path):
    (tmp_path / "jurus.toml").write_text("database = jurus.db")
    refused(jurus("status"), 2, "jurus.toml", "line 1")


def test_a_broken_outlet_file(jurus: Jurus, tmp_path: Path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "warta.toml").write_text('title = "Warta"\nhome = 3\narticle = "read"\n')
    refused(jurus("--outlets", "mine", "outlets"), 2, "warta.toml", "home")


def test_a_backup_in_place_of_the_database(jurus: Jurus, tmp_path: Path):
    (tmp_path / "jurus.toml").write_text('[run]\nbackup = "jurus.db"')
    refused(jurus("run"), 2, "jurus.toml: run.backup", "the database itself")


def test_no_database_yet(jurus: Jurus):
    refused(jurus("measures"), 1, "jurus.db", "jurus crawl")


def test_not_a_database(jurus: Jurus, tmp_path: Path):
    (tmp_path / "jurus.db").write_text("bukan basis data " * 100)
    refused(jurus("measures"), 1, "not a database", "--db")
    refused(jurus("crawl", "swa"), 1, "not a database", "--db")


def test_a_database_of_a_newer_schema(jurus: Jurus, tmp_path: Path):
    path = tmp_path / "jurus.db"
    with sqlite3.connect(path) as db:
        db.execute("create table _sqlite_migrations (id integer primary key, migration_set, name, applied_at)")
        db.execute("insert into _sqlite_migrations (migration_set, name) values ('jurus', 'of_next_year')")
    db.close()
    refused(jurus("measures"), 1, "newer Jurus", "update")


@pytest.mark.skipif(without_privileges() is None, reason="root, and no setpriv to lay its privileges down")
def test_no_permission(jurus: Jurus, tmp_path: Path):
    for name in ("jurus.db", "page.html"):
        (tmp_path / name).write_text("")
        (tmp_path / name).chmod(0)
    before = without_privileges()
    refused(jurus("measures", before=before), 1, "jurus.db", "check that")
    refused(jurus("extract", "page.html", "--url", ADDRESS, before=before), 1, "Permission denied")


@pytest.fixture
def small_disk(tmp_path: Path):
    """A disk of 400 kB."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=400k", "tmpfs", disk], capture_output=True)
    if mounted.returncode:
        pytest.skip("a small disk can be mounted by root only")
    yield disk
    subprocess.run(["umount", disk], check=True)


def test_a_full_disk_stops_the_crawl_and_keeps_what_is_stored(crawl_command: list[str], small_disk: Path):
    database = small_disk / "jurus.db"
    command = [str(database) if word.endswith("jurus.db") else word for word in crawl_command]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert done.returncode == 1
    assert "full: free some space" in done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as db:
        assert db.execute("pragma integrity_check").fetchone() == ("ok",)
    db.close()


@pytest.mark.usefixtures("crawl_command")
def test_a_database_that_another_program_holds(jurus: Jurus, tmp_path: Path):
    crawl = ("--outlets", "outlets", "crawl", "kabar-pabrik", "--limit", "0")
    assert jurus(*crawl).returncode == 0
    with sqlite3.connect(tmp_path / "jurus.db") as other:
        other.execute("begin immediate")
        done = jurus(*crawl)
        other.rollback()
    other.close()
    assert done.returncode == 1
    assert "locked: another program holds it" in done.stdout
    assert jurus("measures").returncode == 0


def test_a_folder_in_place_of_the_database(jurus: Jurus, tmp_path: Path):
    refused(jurus("--db", tmp_path, "status"), 1, "folder", "--db")


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"", "empty"),
        (b"%PDF-1.7\n" + bytes(range(256)) * 20, ""),
        (bytes(range(256)) * 40, ""),
        (b'{"title": "bukan halaman"}', ""),
        (b"<html><body><p>Singkat.</p></body></html>", ""),
    ],
)
def test_what_is_no_article(jurus: Jurus, tmp_path: Path, content: bytes, word: str):
    (tmp_path / "page").write_bytes(content)
    refused(jurus("extract", "page", "--url", ADDRESS), 1, "page:", word)


def test_a_page_without_address_or_file(jurus: Jurus, tmp_path: Path):
    refused(jurus("extract", "none.html", "--url", ADDRESS), 1, "No such file")
    (tmp_path / "page").write_text("<html>")
    refused(jurus("extract", "page"), 2, "--url")
    refused(jurus("extract", "page", "--url", "berkas://x"), 1, "berkas://x")


def test_a_private_address_is_refused(jurus: Jurus):
    refused(jurus("extract", "http://127.0.0.1:9/read/1"), 1, "not a public address")


def test_wrong_words(jurus: Jurus):
    refused(jurus("measures", "--sector", "tekstil"), 2, "no such sector", "ikft.tpt")
    refused(jurus("measures", "--since", "kemarin"), 2, "2026-11-01")
    refused(jurus("crawl", "--limit", "-1"), 2, "--limit")
    refused(jurus("menu"), 2, "jurus --help")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_a_disk_that_is_full_when_printing():
    with Path("/dev/full").open("w") as full:
        done = subprocess.run([*JURUS, "outlets"], stdout=full, stderr=subprocess.PIPE, text=True, timeout=120)
    refused(done, 1, "No space left")


def test_a_terminal_that_cannot_show_a_character_gets_its_escape(jurus: Jurus):
    line = r'{"id": "\ud800 – 1", "text": ""}'
    done = jurus("tag", "--jsonl", stdin=line, before=("env", "PYTHONIOENCODING=latin-1"))
    assert done.returncode == 0
    assert json.loads(done.stdout) == {"id": "\ud800 – 1", "mentions": []}


def test_lines_that_are_no_articles(jurus: Jurus):
    refused(jurus("tag", "--jsonl", stdin='{"id": "a", "text": ""}\n[1]\n'), 1, "line 2")
    refused(jurus("tag", "--jsonl", stdin='{"id": "a", "text": 3}\n'), 1, "line 1", "strings")
    refused(jurus("tag", "--jsonl", stdin="[" * 100_000), 1, "line 1")
    refused(jurus("tag", "none.txt"), 2, "none.txt")


def test_a_damaged_archive(jurus: Jurus, tmp_path: Path):
    packed = gzip.compress(b'{"id": "a", "text": ""}\n' * 100)
    (tmp_path / "cut.gz").write_bytes(packed[:-20])
    (tmp_path / "bad.gz").write_bytes(packed[:12] + b"\xff" * 40)
    for name in ("cut.gz", "bad.gz"):
        refused(jurus("tag", "--jsonl", name), 1, "unpacked")


def test_every_command_has_help_with_an_example(jurus: Jurus):
    for command in COMMANDS:
        done = jurus(command, "--help")
        assert done.returncode == 0
        assert f"Example: jurus {command}" in done.stdout
