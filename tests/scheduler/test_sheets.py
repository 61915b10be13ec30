import csv
import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler import sheets
from scheduler.sheets import SheetError, is_formula, neutral, write

JAKARTA = ZoneInfo("Asia/Jakarta")
COLUMNS = {"id": int, "share": float, "title": str, "sectors": list, "seen_at": datetime}
ROWS = [
    {"id": -1, "share": -0.5, "title": "=1+1", "sectors": ["ikft", "agro"], "seen_at": "2026-11-24T20:05:00Z"},
    {"id": 2, "share": 1.0, "title": "+62 \"dua\"\n'tiga'", "sectors": [], "seen_at": None},
    {"id": 3, "share": None, "title": "Biasa saja", "sectors": ["@agro"], "seen_at": None},
]


@pytest.fixture
def written(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    path = tmp_path / f"measures.{request.param}"
    assert write(path, request.param, COLUMNS, iter(ROWS), JAKARTA) == len(ROWS)
    return path


@pytest.mark.parametrize("written", ["csv"], indirect=True)
def test_csv_is_safe_in_a_spreadsheet(written: Path):
    with written.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert rows[0] == {
        "id": "-1",
        "share": "-0.5",
        "title": "'=1+1",
        "sectors": "ikft|agro",
        "seen_at": "2026-11-24T20:05:00Z",
    }
    assert rows[1]["title"] == "'+62 \"dua\"\n'tiga'"
    assert rows[2]["sectors"] == "'@agro"


@pytest.mark.parametrize("written", ["jsonl"], indirect=True)
def test_json_lines_are_as_stored(written: Path):
    assert [json.loads(line) for line in written.read_text("utf-8").splitlines()] == ROWS


@pytest.mark.parametrize("written", ["parquet"], indirect=True)
def test_parquet_keeps_types(written: Path):
    parquet = pytest.importorskip("pyarrow.parquet")
    table = parquet.read_table(written)
    assert [str(kind) for kind in table.schema.types] == [
        *("int64", "double", "string", "list<element: string>", "timestamp[ms, tz=UTC]"),
    ]
    rows = table.to_pylist()
    assert rows[0]["seen_at"] == datetime(2026, 11, 24, 20, 5, tzinfo=UTC)
    assert [row["title"] for row in rows] == [row["title"] for row in ROWS]
    assert rows[0]["sectors"] == ["ikft", "agro"]


@pytest.mark.parametrize("written", ["xlsx"], indirect=True)
def test_excel_gets_numbers_local_times_and_no_formulas(written: Path):
    openpyxl = pytest.importorskip("openpyxl")
    sheet = openpyxl.load_workbook(written).active
    cells = list(sheet.iter_rows(min_row=2))
    assert [cell.value for cell in next(sheet.iter_rows())] == list(COLUMNS)
    assert [cell.value for cell in cells[0]] == [-1, -0.5, "=1+1", "ikft, agro", datetime(2026, 11, 25, 3, 5)]  # noqa: DTZ001
    assert [cell.data_type for cell in cells[0]] == ["n", "n", "s", "s", "d"]
    assert cells[0][2].quotePrefix
    assert not cells[2][2].quotePrefix


@pytest.mark.parametrize("style", list(sheets.WRITERS))
def test_no_rows_still_make_a_file(style: str, tmp_path: Path):
    for module in {"parquet": "pyarrow", "xlsx": "xlsxwriter"}.get(style, "csv").split():
        pytest.importorskip(module)
    assert write(tmp_path / "none", style, COLUMNS, [], JAKARTA) == 0
    assert (tmp_path / "none").exists()


def test_a_file_that_was_there_stays_when_writing_fails(tmp_path: Path):
    path = tmp_path / "measures.csv"
    path.write_text("before")

    def rows():
        yield ROWS[0]
        raise RuntimeError("the database went away")

    with pytest.raises(RuntimeError):
        write(path, "csv", COLUMNS, rows(), JAKARTA)
    assert path.read_text() == "before"
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_that_is_not_there(tmp_path: Path):
    with pytest.raises(SheetError, match="where you may write"):
        write(tmp_path / "none" / "measures.csv", "csv", COLUMNS, ROWS, JAKARTA)


@pytest.mark.parametrize(("style", "module"), [("parquet", "pyarrow"), ("xlsx", "xlsxwriter")])
def test_a_missing_extra_is_named(style: str, module: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(SheetError, match=f"{module} is not installed: pip install 'jurus\\[export\\]'"):
        write(tmp_path / "x", style, COLUMNS, ROWS, JAKARTA)
    assert list(tmp_path.iterdir()) == []


def test_more_rows_than_excel_holds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    pytest.importorskip("xlsxwriter")
    monkeypatch.setattr(sheets, "MOST_EXCEL_ROWS", 2)
    with pytest.raises(SheetError, match="Excel holds 2 rows"):
        write(tmp_path / "x.xlsx", "xlsx", COLUMNS, ROWS, JAKARTA)


@given(st.one_of(st.text(), st.integers(), st.floats(allow_nan=False), st.none(), st.lists(st.text())))
def test_no_cell_is_left_a_formula(value: object):
    assert not is_formula(neutral(value))
    if not isinstance(value, str | list):
        assert neutral(value) is value
