"""HTML → the text that a reader sees, its paragraphs, and the place of every character in the source.

*Token*: a stretch of the HTML as `wrap` needs to know it: text, a tag, or an element that is taken as a whole.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from functools import cached_property
from html import unescape
from typing import NamedTuple

from manchette.anchor.canonical import Span
from manchette.marks.elements import BLOCKS, CAPTIONS, CLOSED_BY, GROUPS, STRUCK, VOID, Sight, to_annotate
from manchette.marks.events import ParserEvent, events
from manchette.marks.part import Part
from manchette.marks.pieces import OBJECT, STRETCH, WHITE, Pieces


class TokenType(Enum):
    """What a token is to `wrap`."""

    TEXT = auto()
    OPEN = auto()  # the start tag of an inline element
    CLOSE = auto()  # the end tag of an inline element
    WHOLE = auto()  # an inline element that is taken as a whole: a mark goes around it, never into it
    BREAK = auto()  # where a block begins or ends: no mark goes on beyond


class Token(NamedTuple):
    """A stretch of the source: text without a tag in it, or a tag, or an element taken as a whole."""

    type: TokenType
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
    footnote: int = 0  # which one it is, from 1; 0 where it is none


@dataclass(slots=True)
class Paragraph:
    """A top-level block that shows something."""

    start: int  # text offset
    block: Block | None  # None for text that stands in no block
    host: int = -1  # the place where the innermost block around its first word begins; -1 as long as it has no word

    @property
    def footnote(self) -> int:
        """Which footnote it is, from 1; 0 where it is none."""
        return self.block.footnote if self.block else 0


@dataclass(frozen=True, eq=False)
class Body(Pieces):
    """An HTML fragment and its visible text.

    `parts`: the top-level blocks that have words, and the footnotes, in the order of the text. A caption says what
    something is and is no paragraph: its words count with the one before. All of a text is in one of them.
    """

    parts: tuple[Part, ...]
    tokens: tuple[Token, ...] = field(repr=False)
    tops: tuple[Paragraph, ...] = field(repr=False)  # one for each paragraph, but where captions are all the text

    @cached_property
    def struck(self) -> tuple[Span, ...]:
        """What is shown with a line through it, as text offsets."""
        found, open_ = [], []
        for token in self.tokens:
            if token.name in STRUCK:
                piece = bisect_left(self.starts, token.start)
                at = self.offsets[piece] if piece < len(self.offsets) else len(self.text)
                if token.type is TokenType.OPEN:
                    open_.append(at)
                elif open_:
                    found.append(Span(open_.pop(), at))
        return tuple(found)

    @cached_property
    def paragraphs(self) -> tuple[Span, ...]:
        """The paragraphs, as text offsets; footnotes are none."""
        return tuple(part.span for part in self.parts if not part.is_footnote)

    def part(self, offset: int) -> Part:
        """The paragraph or footnote at a text offset."""
        at = bisect_right(self.parts, offset, key=lambda part: part.span.start)
        return self.parts[max(0, at - 1)] if self.parts else Part(False, 1, Span(0, len(self.text)))

    def blocks(self, span: Span) -> Span:
        """The innermost blocks that a stretch of the text stands in, whole."""
        before, after = bisect_right(self.joints, span.start) - 1, bisect_left(self.joints, span.end)
        start = self.joints[before] + 1 if before >= 0 else 0
        return Span(start, self.joints[after] if after < len(self.joints) else len(self.text))


class _Reader:
    """One pass over the parser's events: the text in pieces, its paragraphs, and the tokens."""

    def __init__(self, html: str, sight: Callable[[str, Mapping[str, str]], Sight], joint: str) -> None:
        """`sight`: what the reader sees of an element, by its name and attributes; `joint`: stands between blocks."""
        self.html = html
        self.sight = sight
        self.joint = joint
        self.tokens: list[Token] = []
        self.paragraphs: list[Paragraph] = []
        self.joints: list[int] = []
        # The pieces, see `Body`, and the length of the text so far.
        self.texts: list[str] = []
        self.offsets: list[int] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.length = 0
        # Where the pass has come to.
        self.blocks: list[Block] = []  # that are open, the innermost last
        self.in_link = False
        self.footnotes = 0  # that have begun
        self.at_block_start = True  # nothing was shown since a block began or ended
        self.space: tuple[int, int] | None = None  # the source of white space since the last character, if any

    def read(self) -> Body:
        todo = iter(events(self.html))
        for event in todo:
            if not event.name:
                self.prose(event)
            elif not event.closing and self.sight(event.name, event.attributes) is not Sight.CONTENT:
                self.whole(event, todo)
            elif event.name in BLOCKS:
                self.block(event)
            else:
                self.inline(event)
        tops = [paragraph for paragraph in self.paragraphs if paragraph.host >= 0]
        numbered = [top for top in tops if not top.footnote]
        return Body(
            self.html,
            "".join(self.texts),
            self.offsets,
            self.starts,
            self.ends,
            self.joints,
            tuple(self.parts(tops)),
            tuple(self.tokens),
            tuple(numbered),
        )

    def parts(self, tops: Sequence[Paragraph]) -> Iterator[Part]:
        """The blocks that have words, each with its number; captions before them all count with the first."""
        if not tops and self.length:
            yield Part(False, 1, Span(0, self.length))
        number = start = 0
        for top, end in zip(tops, [top.start - 1 for top in tops[1:]] + [self.length], strict=False):
            number += not top.footnote
            yield Part(bool(top.footnote), top.footnote or number, Span(start, end))
            start = end + 1

    def whole(self, event: ParserEvent, todo: Iterator[ParserEvent]) -> None:
        """An element that is not looked into: one object in the text, or nothing."""
        end, link = (event.end, False) if event.name in VOID else self.skip(event, todo)
        seen = self.sight(event.name, event.attributes) is Sight.OBJECT
        is_block = event.name in BLOCKS
        if is_block:
            self.end_line(event.start, event.start)
        if seen:
            self.show(OBJECT, event.start, end)
        if is_block:
            self.end_line(event.start, end)
        else:
            self.tokens.append(Token(TokenType.WHOLE, event.start, end, event.name, link or self.in_link, seen))

    def skip(self, element: ParserEvent, todo: Iterator[ParserEvent]) -> tuple[int, bool]:
        """Pass over the rest of an element: where it ends, and whether it is or holds a link."""
        depth, link = 1, element.name == "a"
        for event in todo:
            if event.name == "a":
                link = True
                self.in_link = not event.closing
            if event.name == element.name:
                depth += -1 if event.closing else 1
                if not depth:
                    return event.end, link
        return len(self.html), link  # never closed: it lasts to the end

    def end_line(self, start: int, end: int) -> None:
        self.tokens.append(Token(TokenType.BREAK, start, end))
        self.at_block_start = True

    def inline(self, event: ParserEvent) -> None:
        """The tag of an inline element whose content is read."""
        type_ = TokenType.CLOSE if event.closing else TokenType.OPEN
        if event.name in VOID:
            type_ = TokenType.WHOLE
            if event.name == "br":
                self.white(event.end, event.end)
        elif event.name == "a":
            if self.in_link and not event.closing:
                type_ = TokenType.BREAK  # browsers close the open link here, and whatever stands around it
            self.in_link = not event.closing
        self.tokens.append(Token(type_, event.start, event.end, event.name, event.name == "a", False))

    def block(self, event: ParserEvent) -> None:
        """The tag of a block whose content is read."""
        self.end_line(event.start, event.end)
        if event.closing:
            self.close_block(event.name)
            return
        closed = ("p", *CLOSED_BY.get(event.name, ()))
        while self.blocks and self.blocks[-1].name in closed:
            self.blocks.pop()
        if event.name not in VOID:
            self.blocks.append(self.opened(event))

    def opened(self, event: ParserEvent) -> Block:
        """The block that a start tag opens. The list of the footnotes only groups them: each is counted by itself."""
        name, attributes = event.name, event.attributes
        group = name in GROUPS and "admonition" not in attributes.get("class", "").split()
        block = Block(name, event.start, event.end, group, attributes)
        around = self.blocks[-1] if self.blocks else None
        if name == "ol" and around and "footnote" in around.attributes.get("class", "").split():
            block.group, self.footnotes = True, 0
        elif name == "li" and around and around.group and around.name == "ol":
            self.footnotes += 1
            block.footnote = self.footnotes
        return block

    def close_block(self, name: str) -> None:
        """Close the innermost block of this name, with all in it; without one, the tag means nothing."""
        for position in reversed(range(len(self.blocks))):
            if self.blocks[position].name == name:
                del self.blocks[position:]
                return

    def prose(self, event: ParserEvent) -> None:
        self.tokens.append(Token(TokenType.TEXT, event.start, event.end, "", self.in_link))
        for match in STRETCH.finditer(self.html, event.start, event.end):
            start, end = match.span()
            text = match["words"] or unescape(match[0])
            if text.strip(WHITE):
                self.show(text, start, end)
            elif text:  # a reference to a character that HTML does not know, `&#1;`, is decoded to nothing
                self.white(start, end)

    def white(self, start: int, end: int) -> None:
        """White space, shown as one space once a character follows in the same block."""
        self.space = self.space or (start, end)

    def show(self, text: str, start: int, end: int) -> None:
        """Visible characters, and first what parts them from those before."""
        if self.at_block_start:
            if self.length:
                self.joints.append(self.length)
                self.piece(self.joint, start, start)
        elif self.space:
            self.piece(" ", *self.space)
        if not any(block.name in CAPTIONS for block in self.blocks):
            self.show_in_paragraph(text, start)
        self.at_block_start = False
        self.space = None
        self.piece(text, start, end)

    def show_in_paragraph(self, text: str, start: int) -> None:
        if self.at_block_start:
            self.enter_paragraph()
        paragraph = self.paragraphs[-1]
        if paragraph.host < 0 and text != OBJECT:
            paragraph.host = self.blocks[-1].end if paragraph.block else start

    def enter_paragraph(self) -> None:
        """Begin a paragraph, unless the outermost block at hand has begun one already."""
        top = next((block for block in self.blocks if not block.group), None)
        if not top or not self.paragraphs or self.paragraphs[-1].block is not top:
            self.paragraphs.append(Paragraph(self.length, top))

    def piece(self, text: str, start: int, end: int) -> None:
        self.texts.append(text)
        self.offsets.append(self.length)
        self.starts.append(start)
        self.ends.append(end)
        self.length += len(text)


def read(html: str) -> Body:
    """What a reader sees of an article's body, and can be annotated.

    Blocks are joined by one space and runs of white space are one space. Headings, tables of contents, readings, and
    what leads to a footnote and back are left out; code, images and controls are one `OBJECT` each, so that no quote
    passes over them unseen. Character references are decoded.
    """
    return _Reader(html, to_annotate, " ").read()


def read_all(html: str, sight: Callable[[str, Mapping[str, str]], Sight], joint: str) -> Body:
    """What `sight` lets be seen, by an element's name and attributes; `joint` stands between two blocks."""
    return _Reader(html, sight, joint).read()
