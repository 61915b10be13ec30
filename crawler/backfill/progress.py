"""How a backfill goes."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime

from db.models import Run


@dataclass(slots=True)
class Progress:
    """Parts to do and done, what their articles came to, parts that could not be read with the reason, and the block
    that stopped it (until when, and why)."""

    total: int = 0
    done: int = 0
    run: Run = field(default_factory=lambda: Run("", datetime.now(UTC)))
    failed: dict[str, str] = field(default_factory=dict)
    block: tuple[datetime, str] | None = None
