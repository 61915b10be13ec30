"""The outlet files of the newsroom's sites, as templates that lack only the address."""

from __future__ import annotations

import re
from importlib.resources import files


def outlet_file(slug: str, home: str) -> str:
    """The outlet file of a site that stands at `home`; `{home}` is its address, `{pattern}` that as an expression."""
    text = files(__package__).joinpath(f"{slug}.toml").read_text(encoding="utf-8")
    return text.replace("{pattern}", re.escape(home)).replace("{home}", home)
