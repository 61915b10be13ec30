"""Outlets as data: one TOML file each says where an outlet lists its articles and how to read them."""

from crawler.outlets.loading import OutletError, load, load_all
from crawler.outlets.matching import bare_host, covers, generic, outlet_for
from crawler.outlets.model import Keep, Outlet, Selectors

__all__ = [
    "Keep",
    "Outlet",
    "OutletError",
    "Selectors",
    "bare_host",
    "covers",
    "generic",
    "load",
    "load_all",
    "outlet_for",
]
