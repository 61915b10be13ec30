from pathlib import Path

import pytest

from db import canned, connect

QUERIES = canned.load()


@pytest.mark.parametrize("name", QUERIES)
def test_every_canned_query_runs_and_has_a_title_in_both_languages(name, tmp_path: Path):
    query = QUERIES[name]
    assert query["title"]
    assert query["title_en"]
    assert ("description" in query) == ("description_en" in query)
    with connect(tmp_path / "jurus.db") as db:
        db.execute(query["sql"], {"sector": "ikft"}).fetchall()
