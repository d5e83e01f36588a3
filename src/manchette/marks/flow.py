"""HTML → all of its text that is set in one language, and the place of every character in the source.

It is read of every finished page, so plain HTML is read in one loop that builds nothing else. Most pages of a site have
most of their words from others: `bare` parts a page into what can be read, and kept, by itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import Enum, auto
from functools import lru_cache
from html import unescape

from manchette.marks.body import read_all
from manchette.marks.elements import BLOCKS, CODE, OBJECTS, UNSEEN, VOID, Sight, counts, to_typeset
from manchette.marks.events import Tag, plain
from manchette.marks.events import tag as read_tag
from manchette.marks.pieces import OBJECT, STRETCH, WHITE, Pieces

_OFTEN_WHOLE = CODE | OBJECTS | UNSEEN
_WHOLE_BLOCKS = BLOCKS - UNSEEN


def flow(html: str, lang: str) -> Pieces:
    """All that is set in `lang` (BCP 47), headings and notes too, but for note calls and what is hidden from voices.

    Blocks are joined by a line feed; code, images, controls, and elements in another language, are one `OBJECT` each.
    """
    sight = _sight(lang)
    read = plain(html)
    return _Text(html, sight).read(*read) if read else read_all(html, sight, "\n")


class NotPlainError(ValueError):
    """What is to be read alone has something that only the parser can tell."""


def bare(html: str) -> tuple[list[str], list[str]]:
    """A page in runs, each to the end of a block and without the attributes that do not count for its `flow`; its tags.

    The `flow` of a page is that of its runs, joined by line feeds, where nothing that is passed over goes on beyond
    the end of one: see `run`. Much of a site is the same but for ids and addresses.

    Raises NotPlainError.
    """
    if _END in html:
        raise NotPlainError(html)
    parts = _TAGS.split(html)
    tags = parts[1::2]
    parts[1::2] = map(_bare, tags)
    return "".join(parts).split(_END), tags


def texts(html: str) -> list[str]:
    """What stands before, between and after the tags of plain HTML."""
    return _TAGS.split(html)[::2]


def dress(texts: Sequence[str], tags: Sequence[str]) -> str:
    """HTML of texts and the tags between them."""
    parts = [""] * (len(texts) + len(tags))
    parts[::2], parts[1::2] = texts, tags
    return "".join(parts)


_TAGS = re.compile("(<[^>]*>)")
# A tag as nearly all are written, where no attribute can stand in another's value.
_COMMON = re.compile(r'</?[a-z][a-z0-9]*(?: [a-z][a-z:-]*(?:="[^"<]*")?)* ?/?>', re.IGNORECASE)
# Of it, an attribute that `to_typeset` does not ask for; but a footnote's call is known by its id.
_IDLE = re.compile(r' (?!(?:role|aria-hidden|class|lang)=|id="[^"]*(?:fnref|&))[a-z][a-z-]*="[^"]*"', re.IGNORECASE)
_END = "\0"  # of a run; HTML has no such character


@lru_cache(maxsize=8192)  # as many as there are tags
def _bare(source: str) -> str:
    return _alike(_IDLE.sub("", source) if _COMMON.fullmatch(source) else source)


@lru_cache(maxsize=1024)
def _alike(source: str) -> str:
    read = read_tag(source[1:-1])
    if read is None:
        raise NotPlainError(source)
    if not read.name or read.alone or _effect(read) is _Effect.MAYBE:
        return source
    if read.closing:
        return f"</{read.name}>{_END * (read.name in _WHOLE_BLOCKS)}"
    return f"<{read.name}>"


def run(html: str, lang: str) -> Pieces | None:
    """The `flow` of some runs, or None where an element that is passed over may go on beyond them.

    Raises NotPlainError.
    """
    read = plain(html)
    if read is None:
        raise NotPlainError(html)
    text = _Text(html, _sight(lang))
    found = text.read(*read)
    return None if text.unclosed else found


def _sight(lang: str) -> Callable[[str, Mapping[str, str]], Sight]:
    language = lang.split("-", maxsplit=1)[0].lower()
    return lambda name, attributes: to_typeset(name, attributes, language)


class _Effect(Enum):
    """What a tag does to the text."""

    NOTHING = auto()
    APART = auto()  # what stands before it and after it is parted
    MAYBE = auto()  # whatever `sight` says of its element


_NOTHING = _Effect.NOTHING


@lru_cache(maxsize=8192)  # as many as there are tags
def _effect(tag: Tag) -> _Effect:
    if not tag.closing and (tag.name in _OFTEN_WHOLE or counts(tag.attributes.source)):
        return _Effect.MAYBE
    return _Effect.APART if tag.name in BLOCKS or tag.name == "br" else _Effect.NOTHING


class _Text:
    """The text of plain HTML, in pieces."""

    def __init__(self, html: str, sight: Callable[[str, Mapping[str, str]], Sight]) -> None:
        self.html, self.sight = html, sight
        self.texts: list[str] = []
        self.offsets: list[int] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.joints: list[int] = []
        self.length = 0
        self.at_block_start = True  # nothing was shown since a block began or ended
        self.space: tuple[int, int] | None = None  # the source of white space since the last character, if any
        self.passed: tuple[str, int, bool] | None = None  # an element that is passed over: name, place, whether seen
        self.depth = 0  # of elements of its name
        self.unclosed = False

    def read(self, first: str, tags: Iterable[tuple[Tag, int, str]]) -> Pieces:
        self.prose(first, 0)
        end = len(first)
        for tag, length, text in tags:
            start, end = end, end + length
            if self.passed:
                self.pass_over(tag, end)
            elif (effect := _effect(tag)) is not _NOTHING:
                self.tag(tag, effect, start, end)
            if text:
                if not self.passed:
                    self.prose(text, end)
                end += len(text)
        if self.passed:  # it lasts to the end
            self.unclosed = True
            self.end_whole(end)
        return Pieces(self.html, "".join(self.texts), self.offsets, self.starts, self.ends, self.joints)

    def tag(self, tag: Tag, effect: _Effect, start: int, end: int) -> None:
        if effect is _Effect.MAYBE:
            sight = self.sight(tag.name, tag.attributes)
            if sight is not Sight.CONTENT:
                self.passed, self.depth = (tag.name, start, sight is Sight.OBJECT), 1
                if tag.name in VOID or tag.alone:
                    self.end_whole(end)
                return
        if tag.name in BLOCKS:
            self.at_block_start = True
        elif tag.name == "br":
            self.space = self.space or (end, end)

    def pass_over(self, tag: Tag, end: int) -> None:
        """A tag in an element that is not looked into."""
        if self.passed and tag.name == self.passed[0] and not tag.alone:
            self.depth += -1 if tag.closing else 1
            if not self.depth:
                self.end_whole(end)

    def end_whole(self, end: int) -> None:
        """One object in the text, or nothing."""
        assert self.passed is not None
        name, start, seen = self.passed
        self.passed = None
        self.at_block_start |= name in BLOCKS
        if seen:
            self.show(OBJECT, start, end)
        self.at_block_start |= name in BLOCKS

    def prose(self, text: str, start: int) -> None:
        if not text.strip(WHITE):
            if text:
                self.space = self.space or (start, start + len(text))
            return
        for match in STRETCH.finditer(text):
            words, at = match["words"] or unescape(match[0]), (start + match.start(), start + match.end())
            if words.strip(WHITE):
                self.show(words, *at)
            elif words:
                self.space = self.space or at

    def show(self, text: str, start: int, end: int) -> None:
        """Visible characters, and first what parts them from those before."""
        if self.at_block_start:
            if self.length:
                self.joints.append(self.length)
                self.piece("\n", start, start)
        elif self.space:
            self.piece(" ", *self.space)
        self.at_block_start, self.space = False, None
        self.piece(text, start, end)

    def piece(self, text: str, start: int, end: int) -> None:
        self.texts.append(text)
        self.offsets.append(self.length)
        self.starts.append(start)
        self.ends.append(end)
        self.length += len(text)
