"""What people type into a search box, read into a tree and written for the full-text index.

    penyerapan garam        both words, in any of their forms
    "bea masuk"             these words, in this order and as they are
    teks*                   words that begin so
    garam OR gula           either; AND binds closer, NOT (or a leading -) takes away
    (garam OR gula) -impor

Whatever is typed is a tree or a QueryError, never an error of SQLite's.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from db.stems import words

LONGEST = 400
MOST_WORDS = 30
DEEPEST = 10
SHORTEST_PREFIX = 4
TOKEN = re.compile(
    r"""
    (?P<open>\() | (?P<close>\))
    | "(?P<phrase>[^"]*)(?P<end>"?)
    | (?<![^\s(])(?P<minus>-)(?=\S)
    | (?P<word>[^\s()"]+)
    """,
    re.VERBOSE,
)
CLOSERS = str.maketrans("“”„«»", '"""""')


class QueryError(ValueError):
    """The query cannot be read; the message is one line that says where and what to write instead."""


@dataclass(frozen=True, slots=True)
class Term:
    """One word in all its forms, or (`exact`) words as they stand, the last of them perhaps only begun (`prefix`)."""

    words: tuple[str, ...]
    exact: bool = False
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class Both:
    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Either:
    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Without:
    kept: Node
    taken: Node


Node = Term | Both | Either | Without
Token = tuple[str, str]


def parse(text: str) -> Node:
    """The tree of a query. Raises QueryError."""
    if len(text) > LONGEST:
        raise QueryError(f"the query is too long: {len(text)} characters; write at most {LONGEST}")
    tokens = list(tokenize(text.translate(CLOSERS)))
    if sum(kind == "term" for kind, _ in tokens) > MOST_WORDS:
        raise QueryError(f"the query has too many words: write at most {MOST_WORDS}")
    reader = Reader(tokens)
    tree = reader.either()
    if reader.left():
        raise QueryError("a closing bracket has no opening one: add ( before it, or leave it out")
    return tree


def tokenize(text: str) -> Iterable[Token]:
    """Brackets, operators and terms; signs that are no words are passed over."""
    for found in TOKEN.finditer(text):
        kind = found.lastgroup
        if kind in ("open", "close"):
            yield kind, found.group()
        elif kind == "minus":
            yield "NOT", "-"
        elif found["word"] in ("AND", "OR", "NOT"):
            yield found["word"], found["word"]
        elif kind == "end" and not found["end"]:
            raise QueryError(f'the quotation mark at character {found.start() + 1} is not closed: add another "')
        elif words(found.group()):
            yield "term", found.group()


class Reader:
    """Reads tokens from left to right: OR joins what AND (or nothing) joins, NOT takes away from what stands before."""

    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = tokens
        self.at = 0
        self.depth = 0

    def next(self) -> str | None:
        return self.tokens[self.at][0] if self.left() else None

    def left(self) -> bool:
        return self.at < len(self.tokens)

    def either(self) -> Node:
        parts = [self.both()]
        while self.next() == "OR":
            self.at += 1
            parts.append(self.both())
        return parts[0] if len(parts) == 1 else Either(tuple(parts))

    def both(self) -> Node:
        kept: list[Node] = []
        taken: list[Node] = []
        while (kind := self.next()) in ("term", "open", "NOT", "AND"):
            if kind == "AND":
                if not kept or self.tokens[self.at + 1 :][:1] in ([], [("OR", "OR")], [("close", ")")]):
                    raise QueryError("AND needs a word on each side")
                self.at += 1
            elif kind == "NOT":
                self.at += 1
                taken.append(self.atom("NOT needs a word after it"))
            else:
                kept.append(self.atom("write at least one word to look for"))
        if not kept:
            raise QueryError(self.nothing_kept(bool(taken)))
        tree = kept[0] if len(kept) == 1 else Both(tuple(kept))
        for node in taken:
            tree = Without(tree, node)
        return tree

    def nothing_kept(self, taken: bool) -> str:
        if taken:
            return "NOT takes away from other words: write at least one word to look for beside it"
        if "OR" in (self.next(), *(kind for kind, _ in self.tokens[self.at - 1 : self.at])):
            return "OR needs a word on each side"
        return "write at least one word to look for"

    def atom(self, missing: str) -> Node:
        kind, text = self.tokens[self.at] if self.left() else ("end", "")
        self.at += 1
        if kind == "term":
            return term(text)
        if kind != "open":
            raise QueryError(missing)
        self.depth += 1
        if self.depth > DEEPEST:
            raise QueryError(f"brackets stand {self.depth} deep: write at most {DEEPEST}")
        tree = self.either()
        if self.next() != "close":
            raise QueryError("an opening bracket is not closed: add )")
        self.at += 1
        self.depth -= 1
        return tree


def term(text: str) -> Term:
    """`kain`, `kain*`, `"kain impor"`; a word with signs inside (`bea-masuk`) is looked for as it stands."""
    parts = tuple(words(text))
    prefix = text.endswith("*")
    if prefix and len("".join(parts)) < SHORTEST_PREFIX:
        raise QueryError(f"{text} would find too much: write at least {SHORTEST_PREFIX} letters before *")
    return Term(parts, exact=text.startswith('"') or len(parts) > 1 or prefix, prefix=prefix)


def expression(node: Node, family: Callable[[str], list[str]]) -> str:
    """The tree in the language of FTS5, each plain word widened to its `family`.

    The word as typed stands twice, so that it weighs more than its relatives.
    """
    match node:
        case Term(parts, exact=False):
            return "(" + " OR ".join(f'"{form}"' for form in [parts[0], parts[0], *family(parts[0])]) + ")"
        case Term(parts, prefix=prefix):
            return f'"{" ".join(parts)}"' + (" *" if prefix else "")
        case Both(parts):
            return "(" + " AND ".join(expression(part, family) for part in parts) + ")"
        case Either(parts):
            return "(" + " OR ".join(expression(part, family) for part in parts) + ")"
        case Without(kept, taken):
            return f"({expression(kept, family)} NOT {expression(taken, family)})"
