"""HTML → its tags and texts in order, each with its place in the source.

What a Markdown renderer or a template writes is plain, and its tags recur: it is read ten times faster than by the
standard library's parser, which reads whatever is not plain. Both give the same events of plain HTML.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
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

    __slots__ = ("_read", "source")

    def __init__(self, source: str) -> None:
        """`source`: what stands in the tag after the name."""
        self.source = source
        self._read: dict[str, str] | None = None

    def _all(self) -> dict[str, str]:
        if self._read is None:
            self._read = {name.lower(): unescape(value) for name, value in _ATTRIBUTE.findall(self.source)}
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


@dataclass(slots=True, eq=False)
class Tag:
    """A tag of plain HTML: every tag that is written alike is the same object."""

    name: str  # of the element, in small letters; empty for a comment
    closing: bool
    attributes: Attributes
    alone: bool = False  # a start tag that is its element's end, too
    raw: str = ""  # the end tag that comes next, where some take what stands before it for text, whatever it is


# What is raw text to some parser, in some version.
_RAW = {"script", "style", "title", "textarea", "iframe", "noembed", "noframes", "xmp", "plaintext"}
_ATTRIBUTE = re.compile(r"""\s ([a-zA-Z][-\w:]*) (?: ="([^"]*)" )?""", re.VERBOSE | re.ASCII)
_TAG = re.compile(
    r"""
      / (?P<closed> [a-zA-Z][a-zA-Z0-9-]*+ )
    | (?P<name> [a-zA-Z][a-zA-Z0-9-]*+ ) (?P<attributes> (?: \s [a-zA-Z][-\w:]*+ (?: ="[^"]*+" )?+ )*+ ) \s? /?
    | !-- [^>]* --
    """,
    re.VERBOSE | re.ASCII,
)


@lru_cache(maxsize=8192)  # those of a page, and those that pages share
def tag(source: str) -> Tag | None:
    """A plain tag, by what stands in its angles; None for any other."""
    match = _TAG.fullmatch(source)
    if match is None:
        return None
    name = match["name"] or match["closed"] or ""
    raw = f"/{name}" if match["name"] and name.lower() in _RAW else ""
    alone = source.endswith("/") and name.lower() in FOREIGN
    return Tag(name.lower(), bool(match["closed"]), Attributes(match["attributes"] or ""), alone, raw)


def plain(html: str) -> tuple[str, list[tuple[Tag, int, str]]] | None:
    """The text before the first tag of plain HTML, and every tag with its length and the text after it.

    None where something in it is not plain.
    """
    first, *rest = html.split("<")
    found = []
    awaited = ""
    for part in rest:
        source, end, text = part.partition(">")
        read = tag(source)
        if read is None or not end or (awaited and source != awaited):
            return None
        awaited = read.raw
        found.append((read, len(source) + 2, text))
    return None if awaited else (first, found)


def parsed(html: str) -> list[ParserEvent]:
    """The tags and texts of any HTML, by the standard library's parser."""
    return _Tokenizer(html).events


def events(html: str) -> list[ParserEvent]:
    """The tags and texts of `html`, in order; comments and declarations are left out."""
    read = plain(html)
    if read is None:
        return parsed(html)
    text, tags = read
    end = len(text)
    found = [ParserEvent(0, end, "")] if text else []
    for read_tag, length, text in tags:
        start, end = end, end + length
        if read_tag.name:
            found.append(ParserEvent(start, end, read_tag.name, read_tag.closing, read_tag.attributes))
        if read_tag.alone:
            found.append(found[-1]._replace(closing=True))
        if text:
            start, end = end, end + len(text)
            found.append(ParserEvent(start, end, ""))
    return found
