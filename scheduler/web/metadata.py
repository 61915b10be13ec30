"""What Datasette is told: titles, labels, facets and limits of the data pages."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from importlib import resources
from typing import Any

SETTINGS = {
    "default_page_size": 50,
    "max_returned_rows": 1000,
    "sql_time_limit_ms": 2000,
    "facet_time_limit_ms": 200,
    "suggest_facets": False,
    "allow_download": False,
    "allow_csv_stream": True,
    "truncate_cells_html": 160,
    "num_sql_threads": 4,
}


def load(queries: Mapping[str, Any], plugin: Mapping[str, object]) -> dict[str, Any]:
    """Datasette's metadata: those of the file beside this module, with canned queries and the plugin's settings."""
    file = resources.files(__package__).joinpath("metadata.toml")
    metadata: dict[str, Any] = tomllib.loads(file.read_text(encoding="utf-8"))
    metadata["databases"]["jurus"]["queries"] = dict(queries)
    metadata["plugins"] = {"jurus": dict(plugin)}
    return metadata
