"""HTML → its tags and texts in order, each with its place in the source; read by the standard library's parser."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html.parser import HTMLParser
from types import MappingProxyType
from typing import NamedTuple


class ParserEvent(NamedTuple):
    """A tag, or a stretch of text, as the parser reports it: `html[start:end]` is its source."""

    start: int
    end: int
    name: str  # of the element, in small letters; empty for text
    closing: bool = False
    attributes: Mapping[str, str] = MappingProxyType({})  # an attribute without a value has an empty one


class _Tokenizer(HTMLParser):
    """Collects what the parser reports; the parser gives line and column, the events have offsets."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.html = html
        self.events: list[ParserEvent] = []
        self.lines = [0, *(match.end() for match in re.finditer("\n", html))]
        self.feed(html)
        self.close()

    def place(self) -> int:
        line, column = self.getpos()
        return self.lines[line - 1] + column

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        start, source = self.place(), self.get_starttag_text() or ""
        attributes = {name: value or "" for name, value in attrs}
        self.events.append(ParserEvent(start, start + len(source), tag, False, attributes))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag in {"svg", "math"}:  # only foreign elements close themselves; `<span/>` is a start tag
            self.events.append(self.events[-1]._replace(closing=True))

    def handle_endtag(self, tag: str) -> None:
        start = self.place()
        self.events.append(ParserEvent(start, self.html.find(">", start) + 1 or len(self.html), tag, True))

    def handle_data(self, data: str) -> None:
        start = self.place()
        # The data is decoded, so its length says nothing of the source: text lasts until the next tag. Only a `<` that
        # begins no tag is reported by itself and undecoded.
        end = start + len(data) if self.html[start] == "<" else self.html.find("<", start)
        self.events.append(ParserEvent(start, end if end >= 0 else len(self.html), ""))


def events(html: str) -> list[ParserEvent]:
    """The tags and texts of `html`, in order; comments and declarations are left out."""
    return _Tokenizer(html).events
