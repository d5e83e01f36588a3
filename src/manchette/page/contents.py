"""A long article's table of contents: its headings of the first two ranks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NotRequired, TypedDict

from markupsafe import Markup

# Three headings are seen in passing; encyclopedias list them from four on. 6,000 characters are some 110 lines with
# their headings, four windows of a desktop: what is shorter is scrolled through as fast as a list of it is read.
HEADINGS = 4
CHARACTERS = 6000
LOWEST = 3  # the rank below which a heading is a detail: `####`


class Heading(TypedDict):
    """What Python-Markdown's toc knows of a heading."""

    level: int
    id: str
    name: str  # HTML without tags
    children: NotRequired[Sequence[Heading]]


@dataclass(frozen=True)
class EntryView:
    """A heading, and those that stand below it."""

    id: str
    words: Markup
    entries: tuple[EntryView, ...]


def contents(headings: Sequence[Heading], length: int) -> tuple[EntryView, ...]:
    """The headings `##` and `###` of a text of `length` characters; none where it is short or has few."""
    entries = tuple(
        _entry(heading, [_entry(below) for below in heading.get("children", ()) if below["level"] == LOWEST])
        for heading in headings
        if heading["level"] <= LOWEST
    )
    count = sum(1 + len(entry.entries) for entry in entries)
    return entries if count >= HEADINGS and length >= CHARACTERS else ()


def _entry(heading: Heading, entries: Sequence[EntryView] = ()) -> EntryView:
    return EntryView(heading["id"], Markup(heading["name"]), tuple(entries))
