"""An HTML page with filler in place of all its words, its structure kept."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any, cast

from lxml import etree, html
from lxml.html import HtmlElement

from crawler.characters import fit
from crawler.extractors.page import parse
from crawler.extractors.structured import loads
from crawler.outlets import Outlet
from crawler.recording.filler import filled_address, filler, is_address

DROPPED = ("script", "style", "svg", "iframe", "object", "embed", "noscript")
STRUCTURE = {
    "charset", "class", "colspan", "datetime", "dir", "height", "http-equiv", "id", "itemprop", "itemscope", "itemtype",
    "lang", "media", "method", "name", "property", "rel", "role", "rowspan", "style", "target", "type", "width",
}  # fmt: skip
MACHINES = re.compile(r"type|locale|viewport|robots|time|date|charset", re.IGNORECASE)  # keys of meta tags, of JSON-LD
MAX_DEPTH = 50  # of JSON
JSON_KEPT = {"@type", "@context", "inLanguage"}


class Filling:
    """The words of one outlet's page or list, replaced."""

    def __init__(self, outlet: Outlet, kept: frozenset[str]) -> None:
        self.outlet = outlet
        self.kept = kept

    def text(self, text: str) -> str:
        """Filler for words, an address for an address."""
        return filled_address(self.outlet, text, self.kept) if is_address(text) else filler(text, self.kept)

    def page(self, body: bytes, headers: Mapping[str, str]) -> bytes:
        """The page with filler. Raises Unreadable for what is no page."""
        tree = parse(body, headers)
        for script in list(tree.iter("script")):
            self.script(script)
        kept = tree.xpath("//script[@type='application/ld+json']")
        for element in cast(list[HtmlElement], tree.xpath("|".join(f"//{tag}" for tag in DROPPED))):
            if element not in cast(list[Any], kept):
                element.drop_tree()
        for element in tree.iter():
            self.element(element)
        return cast(bytes, html.tostring(tree, encoding="utf-8", doctype="<!DOCTYPE html>"))

    def element(self, element: HtmlElement) -> None:
        if element.tag != "script" and element.text:
            element.text = filler(element.text, self.kept)
        if element.tail:
            element.tail = filler(element.tail, self.kept)
        key = " ".join(filter(None, map(element.get, ("name", "property", "itemprop"))))
        for name, value in list(element.attrib.items()):
            if name.startswith("on"):
                del element.attrib[name]
            elif name not in STRUCTURE and not (name == "content" and MACHINES.search(key)):
                element.set(name, self.text(value))

    def script(self, script: HtmlElement) -> None:
        """JSON-LD with filler in its values; what cannot be read as JSON is emptied."""
        if "ld+json" not in (script.get("type") or "").lower():
            return
        script.set("type", "application/ld+json")
        value = self.json(loads(script.text or ""))
        script.text = fit(json.dumps(value, ensure_ascii=False)).replace("</", "<\\/") if value is not None else ""

    def json_list(self, text: str) -> bytes:
        """A JSON Feed, or posts of WordPress, with filler."""
        return fit(json.dumps(self.json(json.loads(text)), ensure_ascii=False, indent=1)).encode("utf-8", "replace")

    def json(self, value: Any, key: str = "", depth: int = 0) -> Any:  # noqa: ANN401 - any JSON
        """JSON with filler in its strings, without what lies too deep to be of use."""
        if depth > MAX_DEPTH:
            return None
        if isinstance(value, dict):
            return {name: self.json(inner, name, depth + 1) for name, inner in value.items()}
        if isinstance(value, list):
            return [self.json(inner, key, depth + 1) for inner in value]
        if not isinstance(value, str) or key in JSON_KEPT or MACHINES.search(key):
            return value
        return self.text(value)

    def feed(self, root: etree._Element) -> bytes:
        """A feed or sitemap with filler; what an entry says beside its title is emptied."""
        for element in root.iter(etree.Element):
            if str(element.tag).rpartition("}")[2] in ("description", "encoded", "summary", "content"):
                element.text = None
                del element[:]
            elif element.text:
                element.text = self.text(element.text)
            for name, value in element.attrib.items():
                element.set(name, self.text(str(value)) if is_address(str(value)) else value)
        return etree.tostring(root, encoding="utf-8", xml_declaration=True)
