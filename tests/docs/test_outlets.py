"""docs/outlets.md and the README say what is so of outlets."""

import re
from dataclasses import fields
from pathlib import Path

from crawler.outlets import Outlet, Selectors, load, load_all

ROOT = Path(__file__).parents[2]
GUIDE = (ROOT / "docs" / "outlets.md").read_text("utf-8")
README = (ROOT / "README.md").read_text("utf-8")


def test_every_key_is_told():
    told = set(re.findall(r"`(\w+)`", GUIDE.partition("## Keys")[2].partition("## Kept")[0]))
    keys = {field.name for field in (*fields(Outlet), *fields(Selectors))} - {"slug", "selectors"}
    assert keys <= told


def test_the_drafted_file_is_one(tmp_path: Path):
    path = tmp_path / "niaga-harian.toml"
    path.write_text(re.findall(r"```toml\n(.*?)```", GUIDE, re.DOTALL)[0], encoding="utf-8")
    outlet = load(path)
    assert re.search(outlet.article, "http://127.0.0.1:18201/otomotif/d-8512301/ppn-mobil-listrik")


def test_the_readme_names_every_outlet():
    section = README.partition("## Outlets\n")[2].partition("\n## ")[0]
    named = set(re.findall(r"`([a-z0-9-]+)`", section))
    outlets = load_all()
    assert set(outlets) <= named
    off = {slug for slug, outlet in outlets.items() if outlet.state == "off"}
    assert set(re.findall(r"`([a-z0-9-]+)`", section.partition("Off")[2].partition(".")[0])) == off
