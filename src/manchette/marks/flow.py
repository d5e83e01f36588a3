"""HTML → all of its text that is set in one language, and the place of every character in the source.

It is read of every finished page, so plain HTML is read in one loop that builds nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from html import unescape

from manchette.marks.body import read_all
from manchette.marks.elements import BLOCKS, CODE, OBJECTS, UNSEEN, VOID, Sight, counts, to_typeset
from manchette.marks.events import FOREIGN, Attributes, Token, plain
from manchette.marks.pieces import OBJECT, STRETCH, WHITE, Pieces

_OFTEN_WHOLE = CODE | OBJECTS | UNSEEN


def flow(html: str, lang: str) -> Pieces:
    """All that is set in `lang` (BCP 47), headings and notes too, but for note calls and what is hidden from voices.

    Blocks are joined by a line feed; code, images, controls, and elements in another language, are one `OBJECT` each.
    """
    language = lang.split("-", maxsplit=1)[0].lower()

    def sight(name: str, attributes: Mapping[str, str]) -> Sight:
        return to_typeset(name, attributes, language)

    tokens = plain(html)
    if tokens is None:
        return read_all(html, sight, "\n")
    return _Text(html, sight).read(tokens)


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
        self.whole: tuple[str, int, bool] | None = None  # the element that is passed over: name, place, whether seen
        self.depth = 0  # of elements of its name, while one is passed over

    def read(self, tokens: Iterable[Token]) -> Pieces:
        end = 0
        for source, text, _, name, attributes, alone, closed in tokens:
            start, end = end, end + len(source)
            if self.whole:
                if name or closed:
                    self.pass_over(name.lower(), alone, closed.lower(), end)
            elif text:
                if not text.strip(WHITE):
                    self.space = self.space or (start, end)
                else:
                    self.prose(text, start, end)
            elif name:
                self.open(name.lower(), attributes, alone, start, end)
            elif closed:
                self.tag(closed.lower(), end)
        if self.whole:  # never closed: it lasts to the end
            self.end_whole(end)
        return Pieces(self.html, "".join(self.texts), self.offsets, self.starts, self.ends, self.joints)

    def tag(self, name: str, end: int) -> None:
        """A tag of an element that is looked into."""
        if name in BLOCKS:
            self.at_block_start = True
        elif name == "br":
            self.space = self.space or (end, end)

    def open(self, name: str, attributes: str, alone: str, start: int, end: int) -> None:
        is_plain = name not in _OFTEN_WHOLE and not counts(attributes)
        sight = Sight.CONTENT if is_plain else self.sight(name, Attributes(attributes))
        if sight is Sight.CONTENT:
            self.tag(name, end)
            return
        self.whole, self.depth = (name, start, sight is Sight.OBJECT), 1
        if name in VOID or (alone and name in FOREIGN):
            self.end_whole(end)

    def pass_over(self, name: str, alone: str, closed: str, end: int) -> None:
        """A token in an element that is not looked into."""
        assert self.whole is not None
        if name == self.whole[0] and not (alone and name in FOREIGN):
            self.depth += 1
        elif closed == self.whole[0]:
            self.depth -= 1
            if not self.depth:
                self.end_whole(end)

    def end_whole(self, end: int) -> None:
        """One object in the text, or nothing."""
        assert self.whole is not None
        name, start, seen = self.whole
        self.whole = None
        self.at_block_start |= name in BLOCKS
        if seen:
            self.show(OBJECT, start, end)
        self.at_block_start |= name in BLOCKS

    def prose(self, text: str, start: int, end: int) -> None:
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
