"""Changes to a source that is otherwise left as it is, byte for byte."""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum
from html import escape
from typing import NamedTuple


class Rank(IntEnum):
    """The order of edits at one place of the source: what belongs to the words before it, then what to those after."""

    CLOSE = 0  # a mark ends
    CALL = 1  # what follows a mark: a note's call
    FRAGMENT = 2  # what precedes all words: a paragraph's number
    OPEN = 3  # a mark begins
    CHANGE = 4  # source becomes other source, within the marks that begin there


class Edit(NamedTuple):
    """The source from `start` to `end` becomes `text`. At one place the order is `rank`, then the order given."""

    start: int
    end: int
    text: str
    rank: Rank = Rank.CHANGE


def change(start: int, end: int, text: str) -> Edit:
    """An edit that replaces what a reader sees by `text`, as plain text."""
    return Edit(start, end, escape(text, quote=False))


def write(html: str, edits: Iterable[Edit]) -> str:
    """`html` with the edits made; no two of them may replace the same character."""
    parts: list[str] = []
    at = 0
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.rank)):
        parts += (html[at : edit.start], edit.text)
        at = max(at, edit.end)  # an edit inside of a replaced stretch does not bring the rest of it back
    parts.append(html[at:])
    return "".join(parts)
