"""Hosts: which outlet's site an address lies on, and the one form in which the outlet writes it."""

from __future__ import annotations

import re
from urllib.parse import SplitResult, urlsplit

from crawler.outlets.model import Outlet

PORTS = {"http": 80, "https": 443}
HOST = re.compile(r"[a-z0-9_]([a-z0-9_.-]*[a-z0-9_])?")
AMP = "amp."


def bare_host(url: str) -> str:
    """The host of an address in lower case, without `www.` and port; empty where it has none."""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return ""
    return host.rstrip(".").removeprefix("www.")


def covers(outlet: Outlet, url: str) -> bool:
    """Whether the address lies on the host of the outlet's home, with or without `www.`, or on a host below it."""
    host, home = bare_host(url), bare_host(outlet.home)
    return bool(host) and (host == home or host.endswith(f".{home}"))


def at_home(outlet: Outlet, url: str) -> SplitResult:
    """The address, its scheme and host as the outlet's home has them where they are the outlet's, without AMP's host.

    Raises ValueError for what is no http(s) address.
    """
    parts = urlsplit(url.strip())
    if parts.scheme not in PORTS or not parts.hostname:
        raise ValueError(f"not an http address: {url!r}")
    scheme, host, port = parts.scheme, _host(parts), _port(parts)
    home = urlsplit(outlet.home)
    if covers(outlet, f"//{host}") and port == _port(home):
        while host.startswith(AMP) and covers(outlet, f"//{host.removeprefix(AMP)}"):
            host = host.removeprefix(AMP)
        scheme = home.scheme
        if bare_host(f"//{host}") == bare_host(outlet.home):
            host = _host(home)
    return parts._replace(scheme=scheme, netloc=host if port is None else f"{host}:{port}")


def _host(parts: SplitResult) -> str:
    """The host in lower case and ASCII; raises ValueError where it is no host name."""
    host = (parts.hostname or "").rstrip(".")
    if ":" in host:
        return f"[{host}]"
    host = host.encode("idna").decode("ascii").lower()
    if not HOST.fullmatch(host):
        raise ValueError(f"not a host name: {host!r}")
    return host


def _port(parts: SplitResult) -> int | None:
    return None if parts.port == PORTS[parts.scheme] else parts.port
