import re

from crawler import taxonomy
from crawler.llm import guide


def test_every_code_stands_in_the_guide_and_in_the_schema():
    listed = set(re.findall(r"^- ([a-z._-]+): ", guide.instructions(), re.MULTILINE))
    kinds = {
        "actor": taxonomy.load_actors(),
        "instrument": taxonomy.load_instruments(),
        "sectors": taxonomy.load_sectors(),
        "status": taxonomy.STATUSES,
    }
    fields = guide.schema()["properties"]["measures"]["items"]["properties"]
    for kind, codes in kinds.items():
        assert set(codes) <= listed
        assert fields[kind].get("enum", fields[kind].get("items", {}).get("enum")) == list(codes)


def test_the_guide_is_whole():
    text = guide.instructions()
    assert "{" not in text
    assert max(map(len, text.splitlines())) < 300
    for field in guide.schema()["properties"]["measures"]["items"]["required"]:
        assert field in text


def test_the_version_follows_the_guide():
    assert re.fullmatch(r"[0-9a-f]{16}", guide.version())
    assert guide.article("a", "b", None) != guide.article("a", "c", None)
    assert "Published: unknown" in guide.article("a", "b", None)
