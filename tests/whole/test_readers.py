"""People ask while a crawl writes: nobody waits for the other, nobody sees half an article."""

import subprocess
import threading
from pathlib import Path

from crawler.newsroom import Newsroom
from db import connect, open_existing, queries
from tests.whole.crawls import stored

READERS = 8


def test_a_crawl_while_eight_readers_ask(newsroom: Newsroom, crawl_command: list[str], tmp_path: Path):
    path = tmp_path / "jurus.db"
    with connect(path):
        pass
    over, answers, failures = threading.Event(), [0] * READERS, []

    def read(number: int) -> None:
        try:
            while not over.is_set():
                with open_existing(path) as db:
                    assert all(row["quote"] for row in queries.mentions(db))
                    assert all(row["title"] for row in queries.measures(db))
                answers[number] += 1
        except Exception as error:  # noqa: BLE001 - whatever it is, the test tells it
            failures.append(error)

    readers = [threading.Thread(target=read, args=(number,)) for number in range(READERS)]
    for reader in readers:
        reader.start()
    done = subprocess.run(crawl_command, capture_output=True, text=True, timeout=300)
    over.set()
    for reader in readers:
        reader.join()
    assert failures == []
    assert min(answers) > 0
    assert done.returncode == 0, done.stdout + done.stderr
    assert set(stored(path)) == set(newsroom.truth())
