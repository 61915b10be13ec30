"""TOML files to outlets; a mistake in a file is named with the file, the key and what is wrong."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

from crawler.outlets.checks import CHECKS, Mistake, check_selector, check_slug, check_whole
from crawler.outlets.model import Outlet, Selectors

REQUIRED = ("title", "home", "article")
KINDS: dict[type, tuple[type, ...]] = {str: (str,), int: (int,), float: (int, float), bool: (bool,)}
NAMES = {str: "a string", int: "a whole number", float: "a number", bool: "true or false"}


class OutletError(ValueError):
    """An outlet file that cannot be used; the message names file, key and reason."""


def load(path: Path) -> Outlet:
    """The outlet that a file describes, its slug being the file's name. Raises OutletError."""
    try:
        check_slug(path.stem)
        return _outlet(path.stem, tomllib.loads(path.read_text(encoding="utf-8")))
    except Mistake as mistake:
        raise OutletError(f"{path}: {mistake}") from mistake
    except OSError as error:
        raise OutletError(f"{path}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise OutletError(f"{path}: not UTF-8 text: {error.reason} at byte {error.start}") from error
    except tomllib.TOMLDecodeError as error:
        raise OutletError(f"{path}: not TOML: {error}") from error


def load_all(folder: Path | None = None) -> dict[str, Outlet]:
    """The package's outlets by slug, then those of a user's folder, which win over the package's of the same slug."""
    paths = sorted(Path(__file__).parent.glob("*.toml"))
    if folder is not None:
        if not folder.is_dir():
            raise OutletError(f"{folder}: no such folder of outlet files")
        paths += sorted(folder.glob("*.toml"))
    return {path.stem: load(path) for path in {path.stem: path for path in paths}.values()}


def _outlet(slug: str, table: Mapping[str, Any]) -> Outlet:
    kinds = {field.name: field.default for field in fields(Outlet) if field.name not in ("slug", "selectors")}
    values = dict(table)
    selectors = _selectors(values.pop("selectors", {}))
    _known(values, [*kinds, "selectors"])
    for key in REQUIRED:
        if not values.get(key, ""):
            raise Mistake(key, "is missing")
    checked: dict[str, Any] = {key: _checked(key, value, kinds[key]) for key, value in values.items()}
    outlet = Outlet(slug=slug, selectors=selectors, **checked)
    check_whole(outlet)
    return outlet


def _selectors(table: object) -> Selectors:
    if not isinstance(table, dict):
        raise Mistake("selectors", "must be a table: [selectors]")
    _known(table, [field.name for field in fields(Selectors)], "selectors.")
    lists = {key: _strings(f"selectors.{key}", value) for key, value in table.items()}
    for key, selectors in lists.items():
        for selector in selectors:
            check_selector(f"selectors.{key}", selector)
    return Selectors(**lists)


def _known(table: Mapping[str, Any], keys: list[str], prefix: str = "") -> None:
    for key in table:
        if key not in keys:
            raise Mistake(prefix + key, f"is not a key of an outlet file; known are {', '.join(sorted(keys))}")


def _checked(key: str, value: object, default: object) -> object:
    """The value in the type of its field, after the field's own checks."""
    if isinstance(default, tuple):
        value = _strings(key, value)
    else:
        kind = type(default) if type(default) in KINDS else str
        if type(value) not in KINDS[kind]:
            raise Mistake(key, f"must be {NAMES[kind]}, not {value!r}")
    for check in CHECKS.get(key, ()):
        for item in value if isinstance(value, tuple) else (value,):
            check(key, item)
    return value


def _strings(key: str, value: object) -> tuple[str, ...]:
    items = value if isinstance(value, list) else [value]
    for item in items:
        if not isinstance(item, str) or not item.strip():
            raise Mistake(key, f"must be a string or a list of strings, not {item!r}")
    return tuple(items)
