"""HTML → the text that a reader sees, its paragraphs, and the place of every character in the source."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from html import unescape
from typing import NamedTuple

from manchette.anchor.canonical import Span
from manchette.marks.elements import BLOCKS, CLOSED_BY, GROUPS, VOID, Sight, to_annotate, to_typeset
from manchette.marks.events import Event, events

OBJECT = "\N{OBJECT REPLACEMENT CHARACTER}"
"""What stands in the text for code, an image or a control, so that no quote can pass over it unseen."""

_WHITE = " \t\n\r\f"
_STRETCH = re.compile(  # words with single spaces between them; other white space; a character reference
    r"([^ \t\n\r\f&]+(?: [^ \t\n\r\f&]+)*)|([ \t\n\r\f]+)|&(?:#\d+|#[xX][\da-fA-F]+|[a-zA-Z][a-zA-Z\d]*);?|&"
)


class Kind(Enum):
    """What a token is to marks."""

    TEXT = auto()
    OPEN = auto()  # the start tag of an inline element
    CLOSE = auto()
    VOID = auto()  # an inline element that is taken as a whole: seen or unseen, nothing goes into it
    BREAK = auto()  # where a block begins or ends


class Token(NamedTuple):
    """A stretch of the source, as marks see it."""

    kind: Kind
    start: int
    end: int
    name: str = ""
    link: bool = False  # it is, holds, or stands in a link
    seen: bool = True


@dataclass(slots=True)
class Block:
    """A block element, by its start tag."""

    name: str
    start: int  # of the start tag
    end: int
    group: bool  # it only groups: what stands in it is counted, not itself
    attributes: Mapping[str, str]


@dataclass(slots=True)
class Paragraph:
    """A top-level block that has words."""

    start: int  # text offset
    block: Block | None  # None for text that stands in no block
    host: int = -1  # the place where the innermost block around its first word begins; -1 as long as it has no word


@dataclass(frozen=True, eq=False)
class Body:
    """An HTML fragment and its visible text.

    `paragraphs`: the top-level blocks that have words, as text offsets, in order.
    """

    html: str
    text: str
    paragraphs: tuple[Span, ...]
    tokens: tuple[Token, ...] = field(repr=False)
    tops: tuple[Paragraph, ...] = field(repr=False)
    # Pieces of the text: its offset, and its source. A piece as long as its source corresponds to it one to one.
    offsets: Sequence[int] = field(repr=False)
    starts: Sequence[int] = field(repr=False)
    ends: Sequence[int] = field(repr=False)

    def paragraph(self, offset: int) -> int:
        """The number, from 1, of the paragraph at a text offset."""
        return max(1, bisect_right(self.paragraphs, offset, key=lambda span: span.start))

    def place(self, offset: int) -> tuple[int, int]:
        """Where the character at a text offset stands in the HTML; start = end for the space between two blocks."""
        piece = bisect_right(self.offsets, offset) - 1
        start, end = self.starts[piece], self.ends[piece]
        following = self.offsets[piece + 1] if piece + 1 < len(self.offsets) else len(self.text)
        if following - self.offsets[piece] != end - start:
            return start, end
        start += offset - self.offsets[piece]
        return start, start + 1


class _Reader:
    """One pass over the events: the text, its pieces, its paragraphs, and the tokens that `wrap` needs."""

    def __init__(self, html: str, sight: Callable[[str, Mapping[str, str]], Sight], joint: str) -> None:
        self.html = html
        self.sight = sight
        self.joint = joint
        self.tokens: list[Token] = []
        self.parts: list[str] = []
        self.length = 0
        self.offsets: list[int] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.gap: tuple[int, int] | None = None  # white space to write before the next character; (-1, -1): a new block
        self.blocks: list[Block] = []
        self.paragraphs: list[Paragraph] = []
        self.settled = False  # the last paragraph is the one at hand
        self.link = False

    def read(self) -> Body:
        whole: Event | None = None  # an element taken as a whole, while in it
        depth, links = 0, False
        for event in events(self.html):
            if whole:
                depth += 0 if event.name != whole.name else -1 if event.closing else 1
                if event.name == "a":
                    links = True
                    self.link = not event.closing
                if not depth:
                    self.take(whole, event.end, links)
                    whole = None
            elif not event.name:
                self.prose(event)
            elif not event.closing and self.sight(event.name, event.attributes) is not Sight.CONTENT:
                if event.name in VOID:
                    self.take(event, event.end, False)
                else:
                    whole, depth, links = event, 1, event.name == "a"
            elif event.name in BLOCKS:
                self.block(event)
            else:
                self.inline(event)
        if whole:  # never closed: it lasts to the end
            self.take(whole, len(self.html), links)
        tops = tuple(paragraph for paragraph in self.paragraphs if paragraph.host >= 0)
        ends = [top.start - 1 for top in tops[1:]] + [self.length]
        return Body(
            self.html,
            "".join(self.parts),
            tuple(Span(top.start, end) for top, end in zip(tops, ends, strict=False)),
            tuple(self.tokens),
            tops,
            self.offsets,
            self.starts,
            self.ends,
        )

    def take(self, event: Event, end: int, links: bool) -> None:
        """An element that is not looked into."""
        block = event.name in BLOCKS
        seen = self.sight(event.name, event.attributes) is Sight.OBJECT
        if block:
            self.end_line(event.start, event.start)
        if seen:
            self.put(OBJECT, event.start, end)
        if block:
            self.end_line(event.start, end)
        else:
            self.tokens.append(Token(Kind.VOID, event.start, end, event.name, links or self.link, seen))

    def end_line(self, start: int, end: int) -> None:
        self.tokens.append(Token(Kind.BREAK, start, end))
        self.gap = (-1, -1)
        self.settled = False

    def inline(self, event: Event) -> None:
        kind = Kind.CLOSE if event.closing else Kind.OPEN
        if event.name in VOID:
            kind = Kind.VOID
            if event.name == "br" and not self.gap:
                self.gap = (event.end, event.end)
        elif event.name == "a":
            if self.link and not event.closing:
                kind = Kind.BREAK  # browsers close the open link here, and whatever stands around it
            self.link = not event.closing
        self.tokens.append(Token(kind, event.start, event.end, event.name, event.name == "a", False))

    def block(self, event: Event) -> None:
        self.end_line(event.start, event.end)
        names = [block.name for block in self.blocks]
        if event.closing:
            if event.name in names:
                del self.blocks[len(names) - 1 - names[::-1].index(event.name) :]
            return
        closed = ("p", *CLOSED_BY.get(event.name, ()))
        while self.blocks and self.blocks[-1].name in closed:
            self.blocks.pop()
        if event.name not in VOID:
            group = event.name in GROUPS and "admonition" not in event.attributes.get("class", "").split()
            self.blocks.append(Block(event.name, event.start, event.end, group, event.attributes))

    def prose(self, event: Event) -> None:
        self.tokens.append(Token(Kind.TEXT, event.start, event.end, "", self.link))
        for match in _STRETCH.finditer(self.html, event.start, event.end):
            start, end = match.span()
            if match[1]:
                self.put(match[1], start, end)
                continue
            decoded = unescape(match[0])
            if decoded.strip(_WHITE):
                self.put(decoded, start, end)
            elif decoded and not self.gap:
                self.gap = (start, end)

    def put(self, text: str, start: int, end: int) -> None:
        if self.gap:
            new = self.gap[0] < 0
            if self.length:
                self.piece(self.joint if new else " ", *((start, start) if new else self.gap))
            self.gap = None
        if not self.settled:
            top = next((block for block in self.blocks if not block.group), None)
            if not top or not self.paragraphs or self.paragraphs[-1].block is not top:
                self.paragraphs.append(Paragraph(self.length, top))
            self.settled = True
        if self.paragraphs[-1].host < 0 and text != OBJECT:
            loose = self.paragraphs[-1].block is None
            self.paragraphs[-1].host = start if loose else self.blocks[-1].end
        self.piece(text, start, end)

    def piece(self, text: str, start: int, end: int) -> None:
        self.parts.append(text)
        self.offsets.append(self.length)
        self.starts.append(start)
        self.ends.append(end)
        self.length += len(text)


def read(html: str) -> Body:
    """What a reader sees of an article's body, and can be annotated.

    Blocks are joined by one space and runs of white space are one space. Headings, footnotes and their calls, and
    tables of contents are left out; code, images and controls are one `OBJECT` each, so that no quote passes over them
    unseen. Character references are decoded.
    """
    return _Reader(html, to_annotate, " ").read()


def flow(html: str, lang: str) -> Body:
    """All that is set in `lang` (BCP 47), headings and notes too, but for note calls and what is hidden from voices.

    Blocks are joined by a line feed; code, images, controls, and elements in another language, are one `OBJECT` each.
    """
    language = lang.split("-", maxsplit=1)[0].lower()
    return _Reader(html, lambda name, attributes: to_typeset(name, attributes, language), "\n").read()
