"""What a reader is shown of a text: its characters in order, without white space, and the block that each stands in."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from functools import cached_property
from html import unescape

from manchette.marks.elements import BLOCKS, HEADINGS, UNSEEN, VOID
from manchette.marks.events import ParserEvent, events
from manchette.written.elements import ACTIVE

OBJECT = "\x01"  # an image or a player
RULE = "\x02"  # a horizontal line
CALL = "\x03"  # a footnote's call; its id follows
# No article holds these characters: the reader of files refuses them.

_DASHES = re.compile("-{2,}")
# What typography changes, on the page or before it, is the same text: quotation marks, apostrophes, dashes, dots.
_ALIKE = (*zip("’‘ʼ“”„«»–—", '\'\'\'"""""--', strict=True), ("…", "..."))
_REFERENCE = re.compile(r"(&#?\w+;?)")
_NOTE = re.compile(r"fn:(.*)", re.DOTALL)
_CALL = re.compile(r"fnref\d*:(.*)", re.DOTALL)
_CHROME = frozenset({"headerlink", "footnote-backref", "linenos", "linenodiv", "filename"})
_PLAYERS = frozenset({"audio", "picture", "video"})
_SKIPPED = (UNSEEN | ACTIVE) - VOID - {"link", "meta"}  # refused wherever they stand, but what no one sees


@dataclass
class Block:
    """A stretch of text without a break in it, and what it is: kind, depth of quotation, list and number."""

    context: str
    pieces: list[tuple[str, int]] = field(default_factory=list)  # what is shown, and its place in the source

    @property
    def words(self) -> str:
        """What is shown, whatever the white space in it."""
        return " ".join("".join([piece for piece, _ in self.pieces]).split())

    @cached_property
    def text(self) -> str:
        """Its characters without white space, those that typography exchanges made alike."""
        text = "".join(piece for piece, _ in self.pieces)
        if "--" in text:
            text = _DASHES.sub("-", text)
        text = "".join(text.split())
        for sign, plain in _ALIKE:  # forty times as fast as `str.translate`
            text = text.replace(sign, plain)
        return text

    @cached_property
    def _places(self) -> list[int]:
        """The place in the source of each character of `text`, in code points."""
        places: list[int] = []
        last = ""
        for piece, place in self.pieces:
            for offset, character in enumerate(piece):
                if not character.isspace() and not last == character == "-":
                    places += [place + offset] * (3 if character == "…" else 1)
                last = character
        return places

    def place(self, position: int) -> int:
        """Where its character at `position` stands in the source; beyond the end, where the last one does."""
        return self._places[min(position, len(self._places) - 1)]


class Stream:
    """The blocks of a text, written from left to right by whoever reads it; those of each footnote apart."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.blocks: list[Block] = []
        self.notes: dict[str, Stream] = {}
        self.kind = ""  # h2 … h6, pre, or nothing in particular
        self.quotes = 0
        self.lists: list[tuple[str, int]] = []  # those that are open: ul or ol, and how many items have begun
        self.begun: list[str] = []  # what stands before the next text: bullets and numbers of items
        self.fresh = True

    def edge(self) -> None:
        """A block begins or ends here."""
        self.fresh = True

    def item(self) -> None:
        """An item of the innermost list begins."""
        self.edge()
        if self.lists:
            kind, number = self.lists[-1]
            self.lists[-1] = kind, number + 1
            self.begun.append(f"{number + 1}." if kind == "ol" else "•")

    def show(self, text: str, place: int) -> None:
        """Characters which stand at `place` in the source."""
        if self.fresh:
            if text.isspace():
                return
            lists = " ".join(kind for kind, _ in self.lists)
            self.blocks.append(Block(f"{self.kind}|{self.quotes}|{lists}|{''.join(self.begun)}"))
            self.begun.clear()
            self.fresh = False
        self.blocks[-1].pieces.append((text, place))

    def note(self, key: str) -> Stream:
        """Where the text of a footnote is written."""
        return self.notes.setdefault(key, Stream())

    def html(self, html: str, at: int = 0) -> None:
        """All that HTML shows; `at` is its place in the source."""
        _Html(self, html, at).read()


class _Html:
    """One pass over HTML."""

    def __init__(self, stream: Stream, html: str, at: int) -> None:
        self.stream, self.body, self.at, self.html_ = stream, stream, at, html
        self.hidden = ""  # the element that is being passed over
        self.depth = 0
        self.notes = 0  # how many `div` are open since that of the footnotes

    def read(self) -> None:
        for event in events(self.html_):
            if self.hidden:
                if event.name == self.hidden:
                    self.depth += -1 if event.closing else 1
                    self.hidden = self.hidden if self.depth else ""
            elif not event.name:
                self.text(event)
            elif event.closing:
                self.close(event.name)
            else:
                self.open(event)

    def text(self, event: ParserEvent) -> None:
        place = self.at + event.start
        for part in _REFERENCE.split(self.html_[event.start : event.end]):
            if part:
                self.stream.show(unescape(part) if part[0] == "&" else part, place)
            place += len(part)

    def open(self, event: ParserEvent) -> None:
        name, stream, place = event.name, self.stream, self.at + event.start
        classes = event.attributes.get("class", "").split()
        if name in BLOCKS:
            stream.edge()
        if name == "img":
            stream.show(OBJECT, place)
        elif name == "hr" and not self.notes:
            stream.show(RULE, place)
            stream.edge()
        elif name == "sup" and (call := _CALL.fullmatch(event.attributes.get("id", ""))):
            stream.show(f"{CALL}{''.join(call[1].split())}", place)
            self.hide(name)
        elif name in _PLAYERS:
            stream.show(OBJECT, place)
            self.hide(name)
        elif name in _SKIPPED or _is_chrome(name, classes):
            self.hide(name)
        elif name == "div" and (self.notes or "footnote" in classes):
            self.notes += 1
        elif self.notes and name == "li" and (note := _NOTE.fullmatch(event.attributes.get("id", ""))):
            self.stream = self.body.note(note[1])
        elif name == "blockquote":
            stream.quotes += 1
        elif name in {"ul", "ol"} and (stream is not self.body or not self.notes):
            start = event.attributes.get("start", "1") if name == "ol" else "1"
            stream.lists.append((name, int(start) - 1 if start.isascii() and start.isdigit() else 0))
        elif name == "li":
            stream.item()
        elif name in HEADINGS or name == "pre":
            stream.kind = name

    def close(self, name: str) -> None:
        stream = self.stream
        if name in BLOCKS:
            stream.edge()
        if name == "div" and self.notes:
            self.notes -= 1
            if not self.notes:
                self.stream = self.body
        elif name == "blockquote":
            stream.quotes = max(0, stream.quotes - 1)
        elif name in {"ul", "ol"} and stream.lists:
            stream.lists.pop()
        elif name == "li":
            del stream.begun[len(stream.lists) - 1 :]
        elif name in HEADINGS or name == "pre":
            stream.kind = ""

    def hide(self, name: str) -> None:
        self.hidden, self.depth = name, 1


def _is_chrome(name: str, classes: Collection[str]) -> bool:
    """What the renderer adds: tables of contents, permalinks, ways back from notes, numbers and titles of code."""
    return bool(_CHROME & set(classes)) or (name == "div" and "toc" in classes)
