"""Changes to a source that is otherwise left as it is, byte for byte."""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum
from html import escape
from typing import NamedTuple


class Rank(IntEnum):
    """What comes first at one place of the source."""

    CLOSE = 0
    CALL = 1
    FRAGMENT = 2
    OPEN = 3
    CHANGE = 4


class Edit(NamedTuple):
    """The source from `start` to `end` becomes `text`. At one place the order is `rank`, then the order given."""

    start: int
    end: int
    text: str
    rank: Rank = Rank.CHANGE


def change(start: int, end: int, text: str) -> Edit:
    """An edit that replaces what a reader sees by `text`, outside the marks that end or begin there."""
    return Edit(start, end, escape(text, quote=False))


def write(html: str, edits: Iterable[Edit]) -> str:
    """`html` with the edits made; no two of them may replace the same character."""
    parts: list[str] = []
    at = 0
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.rank)):
        parts += (html[at : edit.start], edit.text)
        at = max(at, edit.end)
    parts.append(html[at:])
    return "".join(parts)
