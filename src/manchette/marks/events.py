"""HTML → its tags and texts in order, each with its place in the source.

What a Markdown renderer or a template writes is plain: one expression reads it, several times faster than the standard
library's parser, which reads whatever is not. Both give the same events of plain HTML.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import unescape
from html.parser import HTMLParser
from types import MappingProxyType
from typing import NamedTuple

FOREIGN = {"svg", "math"}  # only these close themselves; `<span/>` is a start tag


class ParserEvent(NamedTuple):
    """A tag, or a stretch of text, as the parser reports it: `html[start:end]` is its source."""

    start: int
    end: int
    name: str  # of the element, in small letters; empty for text
    closing: bool = False
    attributes: Mapping[str, str] = MappingProxyType({})  # an attribute without a value has an empty one


class Attributes(Mapping[str, str]):
    """A plain start tag's attributes, read when one is asked for: of most tags none is."""

    __slots__ = ("_read", "_source")

    def __init__(self, source: str) -> None:
        """`source`: what stands in the tag after the name."""
        self._source = source
        self._read: dict[str, str] | None = None

    def _all(self) -> dict[str, str]:
        if self._read is None:
            self._read = {name.lower(): unescape(value) for name, value in _ATTRIBUTE.findall(self._source)}
        return self._read

    def __getitem__(self, name: str) -> str:
        """An attribute's value."""
        return self._all()[name]

    def __iter__(self) -> Iterator[str]:
        """Their names."""
        return iter(self._all())

    def __len__(self) -> int:
        """How many there are."""
        return len(self._all())


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
        if tag in FOREIGN:
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


_RAW = "script|style|title|textarea|iframe|noembed|noframes|xmp|plaintext"  # to some parsers, in some versions
_ATTRIBUTE = re.compile(r"""\s ([a-zA-Z][-\w:]*) (?: ="([^"]*)" )?""", re.VERBOSE | re.ASCII)
_PLAIN = re.compile(
    rf"""
    (
      ( [^<]+ )
    | < (?! ((?i:{_RAW}))[\s/>] (?! [^<]*</\3> ) )  # raw text is plain where no tag stands in it
        ( [a-zA-Z][a-zA-Z0-9-]* ) ( (?: \s [a-zA-Z][-\w:]* (?: ="[^"]*" )? )* ) \s? (/?) >
    | </ ( [a-zA-Z][a-zA-Z0-9-]* ) >
    | <!-- (?: [^<>-] | -(?!-) )* -->
    )
    """,
    re.VERBOSE | re.ASCII,
)


Token = tuple[str, str, str, str, str, str, str]
"""A token's source, and of that, where it has them: the text, nothing, an element's name as it is written, its
attributes, the `/` that ends the tag, the name of the element that ends."""


def plain(html: str) -> list[Token] | None:
    """The tokens of plain HTML, end to end; None where something in it is not plain."""
    tokens = _PLAIN.findall(html)
    return tokens if sum(len(token[0]) for token in tokens) == len(html) else None


def parsed(html: str) -> list[ParserEvent]:
    """The tags and texts of any HTML, by the standard library's parser."""
    return _Tokenizer(html).events


def events(html: str) -> list[ParserEvent]:
    """The tags and texts of `html`, in order; comments and declarations are left out."""
    tokens = plain(html)
    if tokens is None:
        return parsed(html)
    found: list[ParserEvent] = []
    end = 0
    for source, text, _, name, attributes, alone, closed in tokens:
        start, end = end, end + len(source)
        if text:
            found.append(ParserEvent(start, end, ""))
        elif name:
            found.append(ParserEvent(start, end, name.lower(), False, Attributes(attributes)))
            if alone and name.lower() in FOREIGN:
                found.append(found[-1]._replace(closing=True))
        elif closed:
            found.append(ParserEvent(start, end, closed.lower(), True))
    return found
