"""What a reader sees when a page cannot be shown: what is wrong, in one sentence, and the way back."""

from __future__ import annotations

import logging

from datasette.app import Datasette  # type: ignore[import-untyped]
from datasette.utils.asgi import Base400, Request, Response  # type: ignore[import-untyped]
from datasette.views.base import DatasetteError  # type: ignore[import-untyped]

from db import DatabaseUnusable

log = logging.getLogger(__name__)


async def explain(datasette: Datasette, request: Request, exception: Exception) -> Response:
    """The answer to a request that failed: JSON where JSON was asked for, else a page."""
    status, key, detail = told(exception)
    if status == 500:
        log.error("%s failed", request.path, exc_info=exception)
    if request.path.endswith(".json"):
        return Response.json({"ok": False, "error": detail or key, "status": status, "title": None}, status=status)
    context = {"status": status, "key": key, "detail": detail}
    return Response.html(await datasette.render_template("error.html", context, request=request), status=status)


def told(exception: Exception) -> tuple[int, str, str]:
    """Status, the key of our sentence, and the detail that a reader can act on (plain text)."""
    if isinstance(exception, DatasetteError):
        slow = exception.title == "SQL Interrupted"
        return exception.status or 400, "error_slow" if slow else "error_sql", "" if slow else str(exception.message)
    if isinstance(exception, Base400):
        missing = exception.status == 404
        return exception.status, "error_missing" if missing else "error_asked", "" if missing else str(exception)
    if isinstance(exception, DatabaseUnusable):
        return 503, "error_database", ""
    return 500, "error_ours", ""
