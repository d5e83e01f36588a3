"""Boxes around an article's tables, in which what is wider than the page scrolls."""

from __future__ import annotations

from collections.abc import Iterator

from manchette.marks.body import Body
from manchette.marks.edits import Edit, Rank
from manchette.marks.events import events


def boxed(body: Body, start: str, end: str, kept: str) -> Iterator[Edit]:
    """The edits that put `start` before each table and `end` after it; a table in a table goes with it.

    `kept` is the class of tables that have none: the theme's script puts those into a box of its own.
    """
    depth = 0
    for event in events(body.html) if "<table" in body.html.lower() else ():
        if event.name != "table":
            continue
        depth += -1 if event.closing else 1
        if depth == 1 and not event.closing:
            yield Edit(event.start, event.start, start, Rank.FRAGMENT)
            if "class" not in event.attributes:
                at = event.start + len("<table")
                yield Edit(at, at, f' class="{kept}"')
        elif depth == 0:
            yield Edit(event.end, event.end, end, Rank.CLOSE)
