"""Questions with a name, ready to be asked on the data pages: SQL as data, with a title in both languages."""

from __future__ import annotations

import tomllib
from importlib import resources
from typing import Any


def load() -> dict[str, dict[str, Any]]:
    """The canned queries of `canned.toml` by name, as Datasette's metadata takes them."""
    return tomllib.loads(resources.files("db").joinpath("canned.toml").read_text(encoding="utf-8"))
