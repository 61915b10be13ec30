from zoneinfo import ZoneInfo

import pytest

from crawler import taxonomy
from scheduler.digest.wording import Wording, load_names

KNOWN = {"group": taxonomy.load_groups, "sector": taxonomy.load_sectors, "instrument": taxonomy.load_instruments}


@pytest.mark.parametrize("kind", KNOWN)
def test_each_code_has_a_brief_name_that_names_it_alone(kind: str):
    names = load_names()[kind]
    assert list(names) == list(KNOWN[kind]())
    for language, column in (("id", 0), ("en", 1)):
        words = Wording(language, ZoneInfo("Asia/Jakarta"))
        brief = [words.brief(kind, code) for code in names]
        assert brief == [pair[column] for pair in names.values()]
        assert len(set(brief)) == len(brief)
        assert max(map(len, brief)) <= 26


def test_a_code_that_nobody_knows_stands_for_itself():
    assert Wording("id", ZoneInfo("Asia/Jakarta")).brief("sector", "lama") == "lama"
