"""Outlets as data: one TOML file each says where an outlet lists its articles and how to read them."""

from crawler.outlets.hosts import at_home, bare_host, covers
from crawler.outlets.loading import OutletError, load, load_all
from crawler.outlets.model import Keep, Outlet, Selectors
from crawler.outlets.publishers import publisher_of
from crawler.outlets.strangers import generic

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
    "publisher_of",
]
