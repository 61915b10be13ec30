"""What the model is told and what it may answer: the guide and the codes, both made from the taxonomy."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from functools import cache
from importlib import resources
from typing import Any

from crawler import taxonomy


@cache
def instructions() -> str:
    """The guide, with the codes as the taxonomy has them today."""
    from jinja2 import StrictUndefined, Template

    source = resources.files(__name__.rpartition(".")[0]).joinpath("guide.jinja").read_text(encoding="utf-8")
    template = Template(source, trim_blocks=True, lstrip_blocks=True, undefined=StrictUndefined)
    guide: str = template.render(
        instruments=taxonomy.load_instruments().values(),
        sectors=taxonomy.load_sectors().values(),
        actors=taxonomy.load_actors().values(),
    )
    return guide


@cache
def schema() -> dict[str, Any]:
    """The JSON schema of an answer, strict: an object whose `measures` are objects of these seven keys."""
    fields: dict[str, dict[str, Any]] = {
        "quote": {"type": "string"},
        "what": {"type": "string"},
        "actor": {"type": "string", "enum": list(taxonomy.load_actors())},
        "instrument": {"type": "string", "enum": list(taxonomy.load_instruments())},
        "sectors": {
            "type": "array",
            "items": {"type": "string", "enum": list(taxonomy.load_sectors())},
            "minItems": 1,
            "maxItems": 3,
        },
        "status": {"type": "string", "enum": list(taxonomy.STATUSES)},
        "confidence": {"type": "number", "minimum": 0, "maximum": 1},
    }
    return closed({"measures": {"type": "array", "items": closed(fields)}})


def closed(fields: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """The schema of an object that has exactly these keys."""
    return {"type": "object", "properties": fields, "required": list(fields), "additionalProperties": False}


@cache
def version() -> str:
    """Changes with every change of the guide or a code, so that older answers are not taken for new ones."""
    return hashlib.sha256((instructions() + json.dumps(schema())).encode()).hexdigest()[:16]


def article(title: str, text: str, published: datetime | None) -> str:
    """The article as the model sees it, between marks that its text cannot contain: they hold a digest of it."""
    day = published.date().isoformat() if published else "unknown"
    body = f"Title: {title}\nPublished: {day}\n\n{text}"
    mark = hashlib.sha256(body.encode()).hexdigest()[:16]
    return f"<article-{mark}>\n{body}\n</article-{mark}>"
