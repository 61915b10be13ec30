"""Copies of the database, kept some deep: FILE is the newest, then FILE.1, FILE.2 and so on."""

from __future__ import annotations

from pathlib import Path

from db import Database, upkeep


def back_up(db: Database, path: Path, keep: int) -> None:
    """Copy the database to `path`, moving earlier copies one further and deleting the one that is too many.

    Nothing is moved before the new copy is complete and checked.
    """
    part = path.with_name(f"{path.name}.part")
    if part.is_file():
        part.unlink()  # what an interrupted one left
    upkeep.copy(db, part)
    rotate(path, keep)
    part.replace(path)


def rotate(path: Path, keep: int) -> None:
    names = [path, *(path.with_name(f"{path.name}.{number}") for number in range(1, keep))]
    for older, newer in zip(reversed(names), reversed(names[:-1]), strict=False):
        if newer.exists():
            newer.replace(older)
