"""Outlets as data: one TOML file each says where an outlet lists its articles and how to read them."""

from crawler.outlets.matching import bare_host, covers, generic, outlet_for
from crawler.outlets.model import Keep, Outlet, Selectors

__all__ = ["Keep", "Outlet", "Selectors", "bare_host", "covers", "generic", "outlet_for"]
