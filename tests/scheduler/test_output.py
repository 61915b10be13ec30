import json
from zoneinfo import ZoneInfo

import pytest

from scheduler.output import as_csv, as_markdown, as_text, cell, show

JAKARTA = ZoneInfo("Asia/Jakarta")
ROWS = [{"time": "2026-11-24T20:05:00Z", "sectors": ["ikft", "agro"], "quote": "satu | dua\n=1+1"}]


def test_cells_are_for_people():
    assert cell("2026-11-24T20:05:00Z", JAKARTA) == "2026-11-25 03:05"
    assert cell(["ikft", "agro"], JAKARTA) == "ikft, agro"
    assert cell(None, JAKARTA) == ""
    assert cell("satu\n\tdua", JAKARTA) == "satu dua"


def test_programs_get_utc_and_lists(capsys: pytest.CaptureFixture[str]):
    show(ROWS, ["time"], "json", JAKARTA)
    assert json.loads(capsys.readouterr().out) == ROWS
    assert as_csv(ROWS).splitlines()[:2] == ["time,sectors,quote", '2026-11-24T20:05:00Z,ikft|agro,"satu | dua']


@pytest.mark.parametrize("mark", "=+-@")
def test_no_spreadsheet_takes_a_strangers_text_for_a_formula(mark: str):
    rows = [{"title": f"{mark}1+1", "sectors": [mark], "confidence": -0.5, "quote": f"a{mark}b"}]
    assert as_csv(rows).splitlines()[1] == f"'{mark}1+1,'{mark},-0.5,a{mark}b"


def test_markdown_keeps_its_columns():
    assert as_markdown(["a", "b"], [["x | y", "z"]]).splitlines()[2] == "| x \\| y | z |"


def test_text_is_aligned_and_whole():
    assert as_text(["a", "bb"], [["long", "x" * 300]]) == "a     bb\nlong  " + "x" * 300


def test_a_list_in_csv_holds_no_formulas():
    assert as_csv([{"title": "=1+1", "count": -1}]).splitlines()[1] == "'=1+1,-1"
