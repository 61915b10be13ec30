"""`jurus demo`: what it says on the terminal is what lies in its database."""

import re

from db import open_existing

FIRST_TOLD = """
select count(*) from (select min(article_id) as first from mentions group by measure_id) where first > ?
"""


def test_the_digest_tells_only_what_the_second_crawl_brought(jurus, tmp_path):
    done = jurus("demo")
    assert done.returncode == 0, done.stderr
    found = int(re.search(r"(\d+) articles to be found", done.stdout)[1])
    with open_existing(tmp_path / "jurus-demo.db") as db:
        brought = db.execute(FIRST_TOLD, [found]).fetchone()[0]
    assert 5 < brought < 30
    assert f"\n{brought} tindakan baru · " in done.stdout
    assert (tmp_path / "jurus-demo-digest.html").exists()
