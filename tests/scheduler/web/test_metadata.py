from pathlib import Path

from db import canned, connect
from scheduler.web import metadata


def test_metadata_name_only_tables_and_columns_that_there_are(tmp_path: Path):
    tables = metadata.load(canned.load(), {})["databases"]["jurus"]["tables"]
    with connect(tmp_path / "jurus.db") as db:
        for name, said in tables.items():
            columns = {row[1] for row in db.execute(f"pragma table_info({name})")}
            assert columns, name
            assert {*said.get("facets", ()), said.get("sort_desc"), said.get("label_column")} - {None} <= columns, name


def test_every_table_is_described_or_hidden(tmp_path: Path):
    tables = metadata.load(canned.load(), {})["databases"]["jurus"]["tables"]
    with connect(tmp_path / "jurus.db") as db:
        virtual = {table.name for table in db.tables if table.name.partition("_fts")[1]}
        assert {*db.table_names(), *db.view_names()} - virtual - {"stories", "links", "measure_sectors"} - {
            "mention_sectors", "sqlite_stat1"
        } <= set(tables)  # fmt: skip
