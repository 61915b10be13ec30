"""Copies of the database, kept some deep: FILE is the newest, then FILE.1, FILE.2 and so on."""

from __future__ import annotations

from pathlib import Path

from db import Database, upkeep

BESIDE = ("", "-wal", "-shm")  # what a database's files are named after its own


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


def overwrites(database: Path, path: Path, keep: int) -> bool:
    """Whether a copy, or an earlier one moved further, would take the place of a file of the database itself."""
    files = {database.with_name(f"{database.name}{end}").resolve() for end in BESIDE}
    return any(name.resolve() in files for name in (path.with_name(f"{path.name}.part"), *names_of(path, keep)))


def names_of(path: Path, keep: int) -> list[Path]:
    return [path, *(path.with_name(f"{path.name}.{number}") for number in range(1, keep))]


def rotate(path: Path, keep: int) -> None:
    names = names_of(path, keep)
    for older, newer in zip(reversed(names), reversed(names[:-1]), strict=False):
        if newer.exists():
            newer.replace(older)
