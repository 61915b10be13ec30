"""kill -9 at any moment: the database stays whole, and the next crawl completes it."""

import subprocess
import threading
from pathlib import Path

import pytest

from crawler.newsroom import Newsroom
from db import open_existing
from tests.whole.crawls import integrity, stored


@pytest.mark.parametrize("requests", [1, 6, 10, 15, 22, 30, 38, 46, 54, 62])
def test_a_crawl_killed_after_so_many_requests_is_completed_by_the_next(
    requests: int, newsroom: Newsroom, crawl_command: list[str], tmp_path: Path
):
    victim = subprocess.Popen(crawl_command, stdout=subprocess.DEVNULL)
    answered = threading.Event()
    while victim.poll() is None and len(newsroom.log) < requests:
        answered.wait(0.005)
    victim.kill()
    assert victim.wait() == -9, "the crawl was over before it could be killed"
    with open_existing(tmp_path / "jurus.db") as db:
        assert integrity(db) == "ok"
        halves = db.execute("select count(*) from links where state = 'stored' and article_id is null").fetchone()
        assert halves == (0,)
    assert subprocess.run(crawl_command, capture_output=True, timeout=120).returncode == 0
    articles = stored(tmp_path / "jurus.db")
    assert set(articles) == set(newsroom.truth())
    assert all(articles[url]["title"] == truth.title for url, truth in newsroom.truth().items())
    with open_existing(tmp_path / "jurus.db") as db:
        assert integrity(db) == "ok"
        assert [row["reason"] for row in db.query("select distinct reason from runs where id > 0 order by 1")][:1] == [
            "finished"
        ]
        assert not list(db.query("select id from runs where finished_at is null"))
