"""Make the site over a database, and serve it."""

from __future__ import annotations

import socket
from contextlib import suppress
from importlib import resources
from pathlib import Path

import uvicorn
from datasette.app import Datasette  # type: ignore[import-untyped]
from datasette.database import Database  # type: ignore[import-untyped]

from db import canned
from scheduler.web import metadata, plugin
from scheduler.web.guard import is_loopback

DATABASE = "jurus"
"""The name of the database in addresses, whatever its file is called."""


class ReadOnly(Database):  # type: ignore[misc]
    """A database file that crawls may go on writing, but this process never."""

    def connect(self, write: bool = False) -> object:
        if write:
            raise PermissionError("the site only reads")
        return super().connect()


def make_site(database: Path, timezone: str, host: str) -> Datasette:
    """The site over a database file. Open SQL is for this machine alone: elsewhere it would let strangers load it."""
    plugin.register()
    folder = Path(str(resources.files(__package__)))
    private = is_loopback(host)
    site = Datasette(
        metadata=metadata.load(canned.load(), {"timezone": timezone, "loopback_only": private}),
        template_dir=str(folder / "templates"),
        static_mounts=[("assets", str(folder / "static"))],
        settings={**metadata.SETTINGS, "default_allow_sql": private},
        memory=False,
    )
    site.add_database(ReadOnly(site, path=str(database.absolute()), is_mutable=True), name=DATABASE)
    if "_memory" in site.databases:
        site.remove_database("_memory")
    return site


def listen(host: str, port: int) -> socket.socket:
    """A listening socket; port 0 takes a free one. Raises OSError."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    return socket.create_server((host, port), family=family)


def serve(site: Datasette, listening: socket.socket) -> None:
    """Answer until the process is told to stop."""
    config = uvicorn.Config(site.app(), log_level="warning", lifespan="on", server_header=False)
    with suppress(KeyboardInterrupt):  # how it is meant to end
        uvicorn.Server(config).run(sockets=[listening])
