"""The Datasette plugin: our pages, the words of all pages, and the guard before them."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from typing import Any

from datasette import hookimpl  # type: ignore[import-untyped]
from datasette.app import Datasette  # type: ignore[import-untyped]
from datasette.plugins import pm  # type: ignore[import-untyped]
from datasette.utils.asgi import Request  # type: ignore[import-untyped]
from markupsafe import Markup

from scheduler.web import errors, pages, site
from scheduler.web.guard import App, guarded

NAME = "jurus"
ROUTES = (
    (r"/$", pages.front),
    (r"/sectors$", pages.sectors),
    (r"/sectors/(?P<code>[a-z.]+)$", pages.sector),
    (r"/measures/(?P<id>[A-Za-z0-9_-]{1,64})$", pages.measure),
    (r"/search$", pages.search),
    (r"/-/(?!static/).*$", pages.nothing),  # Datasette's workshop: settings, threads, paths
)


@hookimpl  # type: ignore[untyped-decorator]
def register_routes(datasette: Datasette) -> list[tuple[str, Any]]:
    return list(ROUTES)


@hookimpl  # type: ignore[untyped-decorator]
def extra_template_vars(request: Request, datasette: Datasette) -> dict[str, Any]:
    return site.vocabulary(datasette, request)


@hookimpl  # type: ignore[untyped-decorator]
def render_cell(value: object, column: str) -> Markup | None:
    """In the data tables the number of a measure leads to its page."""
    if column != "measure_id" or not isinstance(value, str):
        return None
    return Markup('<a href="/measures/{0}">{0}</a>').format(value)


@hookimpl  # type: ignore[untyped-decorator]
def asgi_wrapper(datasette: Datasette) -> Callable[[App], App]:
    return partial(guarded, loopback_only=site.settings(datasette)["loopback_only"])


@hookimpl  # type: ignore[untyped-decorator]
def handle_exception(datasette: Datasette, request: Request, exception: Exception) -> Callable[[], Any]:
    return partial(errors.explain, datasette, request, exception)


def register() -> None:
    """Make this module a plugin of Datasette, once in a process, in place of its own error pages."""
    if not pm.has_plugin(NAME):
        pm.register(sys.modules[__name__], name=NAME)
        pm.unregister(name="datasette.handle_exception")
