"""Outlets as data: one TOML file each says where an outlet lists its articles and how to read them."""

from crawler.outlets.hosts import at_home, bare_host, covers
from crawler.outlets.loading import OutletError, load, load_all
from crawler.outlets.matching import generic, outlet_for
from crawler.outlets.model import Keep, Outlet, Selectors
from crawler.outlets.publishers import publisher_of

__all__ = [
    "Keep",
    "Outlet",
    "OutletError",
    "Selectors",
    "at_home",
    "bare_host",
    "covers",
    "generic",
    "load",
    "load_all",
    "outlet_for",
    "publisher_of",
]
