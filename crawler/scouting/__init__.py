"""A site that no outlet file describes: where it lists its articles, how their addresses look, how to read them."""

from crawler.scouting.draft import Draft, NoDraft, draft, more
from crawler.scouting.file import as_toml
from crawler.scouting.page import Page, Pages
from crawler.scouting.sources import is_private

__all__ = ["Draft", "NoDraft", "Page", "Pages", "as_toml", "draft", "is_private", "more"]
