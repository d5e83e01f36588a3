"""What the reading of a text shares: its lines, what may be referred to, what was found."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from manchette.written.elements import CHANGED

COMMENT = "un commentaire HTML n’est pas montré", "ôtez-le"


class Finding(NamedTuple):
    """A problem before it has a file: `at` is its place in the source, in code points."""

    at: int
    code: str
    message: str
    suggestion: str


class Line(NamedTuple):
    """What is left of a line inside of its containers: columns of indentation, the rest, the place of the rest."""

    indent: int
    text: str
    at: int


def lines_of(source: str, start: int = 0, end: int | None = None) -> list[Line]:
    """The lines of a stretch of the source."""
    found = []
    for match in re.compile(r"[^\n]*\n?").finditer(source, start, len(source) if end is None else end):
        text = match[0].rstrip("\n")
        rest = text.lstrip(" \t")
        if match[0]:
            found.append(Line(_columns(text[: len(text) - len(rest)]), rest, match.start() + len(text) - len(rest)))
    return found


def at_lines(pattern: re.Pattern[str], source: str) -> Iterator[re.Match[str]]:
    """Yield what begins with a line, from left to right; of matches that overlap the first.

    A pattern with `^` would be tried at every character, six times as long.
    """
    at = 0
    while True:
        found = pattern.match(source, at)
        if found:
            yield found
        at = source.find("\n", found.end() if found else at) + 1
        if not at:
            return


def _columns(white: str) -> int:
    return len(white.expandtabs(4))


@dataclass
class Grammar:
    """What an article's inline Markdown may refer to, and what was found while reading."""

    escapes: frozenset[str]  # what the site's Markdown takes a backslash away from
    addresses: Mapping[str, int]  # label of `[label]: address` → its place
    notes: Mapping[str, int]  # id of `[^id]: text` → its place
    findings: list[Finding] = field(default_factory=list)
    named: set[str] = field(default_factory=set)  # labels that a link names
    called: set[str] = field(default_factory=set)  # notes

    def find(self, at: int, message: str, suggestion: str, code: str = CHANGED) -> None:
        """Note what is wrong whatever the page shows."""
        self.findings.append(Finding(at, code, message, suggestion))


def label(text: str) -> str:
    """An address's label as Markdown compares it."""
    return " ".join(text.split()).lower()
