"""The inline part of the permitted grammar: emphasis at word edges, code, links, images, calls, HTML, escapes.

What is none of these is text, whatever a renderer may take it for.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property
from html import unescape

from manchette.marks.elements import BLOCKS, VOID
from manchette.problems import cite
from manchette.written import elements
from manchette.written.elements import ACTIVE_CODE
from manchette.written.grammar import COMMENT, Grammar, Line, label
from manchette.written.stream import CALL, OBJECT, Stream

_SPECIAL = re.compile(r"[\\`*_\[!<&]")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]*);")
_NOTE = re.compile(r"\[\^([^\]\s]+)\]")
_TARGET = re.compile(
    r"""
    \( \s* (?P<address> <[^<>\s]+> | (?: [^\s()<>] | \( [^\s()]* \) )+ )
    (?: \s+ (?: "[^"]*" | '[^']*' ) )? \s* \)
    """,
    re.VERBOSE,
)
_BRACKET = re.compile(r"\\.|[\[\]]|`+", re.DOTALL)
_REFERENCE = re.compile(r"\[([^\[\]]*)\]")  # after a space Python-Markdown takes it too, and words would be lost
_AUTOLINK = re.compile(r"<[A-Za-z][A-Za-z0-9+.-]*://[^<>\s]*>|<[^<>!\s@]+@[^@<>\s]+>")
_INSIDE = re.compile(r"(?![¹²³⁰-₟ᵃ-ᵿ])[^\W_]|[\\¯=+^~@$%#]")  # with this on its other side a sign stands within a word
_ENDS_WORD = frozenset("'’-")
_OPENING = frozenset("([{«“‘")
_CLOSING = frozenset(")]}»”.,;:!?…")
_WORD = re.compile(r"[^\W_]")
_PATH = re.compile(r"^\W*[A-Za-z]:|\\{2}|\\(?=\w)|¯")  # with this before it a backslash is no marker
_LINE_START = re.compile(r"[ \t*_]*\d*")
_FAR = 200  # characters before a backslash that are looked at, in a line without spaces
_DEPTH = 20  # of links in links; nobody writes that


def reference(written: str) -> tuple[str, str] | None:
    """What is wrong with a character reference: nothing, where the character itself would be markup or not be seen."""
    shown = unescape(written)
    markup = len(shown) == 1 and shown.isascii() and not shown.isalnum()
    if shown == written or (written.endswith(";") and (markup or all(map(_unseen, shown)))):
        return None
    return f"{cite(written)} est montré {cite(shown)}", f"écrivez {cite(shown)}"


def _unseen(sign: str) -> bool:
    return sign.isspace() or sign == "\u2011" or unicodedata.category(sign) in {"Cf", "Mn", "Zs"}


class _Run:
    """A run of `*` or `_`: what of it is no marker is text."""

    __slots__ = ("closes", "count", "end", "length", "opens", "sign", "start")

    def __init__(self, text: str, start: int, end: int) -> None:
        before, after = text[start - 1 : start], text[end : end + 1]
        self.sign, self.start, self.end = text[start], start, end
        self.count = self.length = end - start
        marks = self.count <= (3 if self.sign == "*" else 1)
        self.opens = marks and not _blank(after) and after not in _CLOSING and not _INSIDE.match(before)
        ends = before in _ENDS_WORD or not _INSIDE.match(after)
        self.closes = marks and not _blank(before) and before not in _OPENING and ends


def _blank(character: str) -> bool:
    return not character or character.isspace()


_Piece = tuple[int, int, str | None] | _Run | None
"""Shown text: its place, and what it is if not the source itself; or a run; or None where a block begins or ends."""


class _Reader:
    """One block's text, read once from left to right."""

    def __init__(self, text: str, starts: list[int], lines: list[Line], grammar: Grammar) -> None:
        self.text, self.starts, self.lines, self.grammar = text, starts, lines, grammar
        self.open: list[str] = []  # elements
        self.alone: set[tuple[int, int]] = set()  # lengths of runs of backticks that no other closes, up to a place
        self.told = -1  # the place of the last word that loses a backslash
        self.unclosed: set[str] = set()  # those whose end tag does not follow any more

    def at(self, position: int) -> int:
        line = bisect_right(self.starts, position) - 1
        return self.lines[line].at + position - self.starts[line]

    def show(self, start: int, end: int, stream: Stream) -> None:
        """What stands there, line by line."""
        while start < end:
            number = bisect_right(self.starts, start)
            stop = min(end, self.starts[number]) if number < len(self.starts) else end
            stream.show(self.text[start:stop], self.at(start))
            start = stop

    def read(self, start: int, end: int, depth: int = 0) -> Iterator[_Piece]:
        text, done = self.text, start
        while match := _SPECIAL.search(text, done, end):
            begin = match.start()
            if begin > done:
                yield done, begin, None
            done = begin + 1
            sign = match[0]
            if sign in "*_":
                while done < end and text[done] == sign:
                    done += 1
                yield _Run(text, begin, done)
            elif found := self._markup(sign, begin, end, depth):
                pieces, done = found
                yield from pieces
            else:
                yield begin, done, None
        if done < end:
            yield done, end, None

    def _markup(self, sign: str, begin: int, end: int, depth: int) -> tuple[list[_Piece], int] | None:
        """What a sign begins, and where that ends; None where it is text."""
        text = self.text
        match sign:
            case "\\":
                if text[begin + 1 : begin + 2] in self.grammar.escapes and begin + 1 < end:
                    self._escape(begin)
                    return [(begin + 1, begin + 2, None)], begin + 2
            case "`":
                return self._code(begin, end)
            case "&":
                return self._entity(begin, end)
            case "<":
                return self._angle(begin, end)
            case "!":
                if text[begin + 1 : begin + 2] == "[" and (link := self._link(begin + 1, end)):
                    return [(begin, begin + 1, OBJECT)], link[1]
            case "[":
                if note := _NOTE.match(text, begin, end):
                    return self._call(note)
                if depth < _DEPTH and (link := self._link(begin, end)):
                    return list(emphasis(list(self.read(begin + 1, link[0], depth + 1)))), link[1]
        return None

    def _code(self, begin: int, end: int) -> tuple[list[_Piece], int]:
        stop = begin
        while stop < end and self.text[stop] == "`":
            stop += 1
        closing = None
        if (stop - begin, end) not in self.alone:
            closing = re.compile(rf"(?<!`){self.text[begin:stop]}(?!`)").search(self.text, stop, end)
        if closing is None:
            self.alone.add((stop - begin, end))  # and so are those of this length that follow
            return [(begin, stop, None)], stop
        return [(stop, closing.start(), None)], closing.end()

    def _entity(self, begin: int, end: int) -> tuple[list[_Piece], int] | None:
        match = _ENTITY.match(self.text, begin, end)
        if match is None or (shown := unescape(match[0])) == match[0]:
            return None
        if (found := reference(match[0])) is not None:
            self.grammar.find(self.at(begin), *found)
        return [(begin, match.end(), "".join(shown.split()))], match.end()

    def _angle(self, begin: int, end: int) -> tuple[list[_Piece], int] | None:
        text, grammar = self.text, self.grammar
        if match := _AUTOLINK.match(text, begin, end):
            return [(begin + 1, match.end() - 1, None)], match.end()
        if text.startswith("<!--", begin) and (stop := text.find("-->", begin, end)) > 0:
            grammar.find(self.at(begin), *COMMENT)
            return [], stop + 3
        match = elements.TAG.match(text, begin, end)
        if match is None or not (tag := elements.tag(match)).is_known:
            return None
        if tag.name not in VOID:
            if tag.end and tag.name not in self.open:
                return None
            if tag.end:
                while self.open.pop() != tag.name:
                    pass
            elif tag.name not in self.unclosed and re.compile(rf"</{tag.name}\s*>", re.I).search(text, match.end()):
                self.open.append(tag.name)
            else:
                self.unclosed.add(tag.name)
                return None
        done = match.end()
        for message, suggestion in tag.refusals():
            grammar.find(self.at(begin), message, suggestion, ACTIVE_CODE)
        if tag.name in elements.ACTIVE and not tag.end and tag.name not in VOID:
            done = max(done, elements.end_of(text, match)[1])  # its content is no text
            self.open.pop()
        pieces: list[_Piece] = [None] if tag.name in BLOCKS else []
        if tag.name == "img":
            pieces.append((begin, begin + 1, OBJECT))
        elif tag.name in {"audio", "video", "picture"} and not tag.end:
            pieces.append((begin, begin + 1, OBJECT))
            done = max(done, elements.end_of(text, match)[1])
        return pieces, done

    def _call(self, note: re.Match[str]) -> tuple[list[_Piece], int] | None:
        if note[1] not in self.grammar.notes:
            if _WORD.match(note[1]):
                message = f"aucune note « [^{note[1]}]: … » n’est dans l’article"
                suggestion = f"ajoutez-la, ou écrivez « \\[^{note[1]}] »"
                self.grammar.find(self.at(note.start()), message, suggestion, "unknown-footnote")
            return None
        self.grammar.called.add(note[1])
        return [(note.start(), note.start() + 1, f"{CALL}{note[1]}")], note.end()

    def _link(self, begin: int, end: int) -> tuple[int, int] | None:
        """Where the text of the link at `[` ends, and where the link does."""
        stop = self.brackets.get(begin, end)
        if stop >= end:
            return None
        if target := _TARGET.match(self.text, stop + 1, end):
            if elements.runs(target["address"].strip("<>")):
                message = "l’adresse du lien lancerait un programme"
                self.grammar.find(self.at(begin), message, "écrivez une adresse http ou relative", ACTIVE_CODE)
            return stop, target.end()
        own = label(self.text[begin + 1 : stop])
        if (other := _REFERENCE.match(self.text, stop + 1, end)) and (label(other[1]) or own) in self.grammar.addresses:
            self.grammar.named.add(label(other[1]) or own)
            return stop, other.end()
        if own in self.grammar.addresses:
            self.grammar.named.add(own)
            return stop, stop + 1
        return None

    @cached_property
    def brackets(self) -> dict[int, int]:
        """The place of each `[` that is closed → that of its `]`; those in code and behind a backslash are text."""
        found: dict[int, int] = {}
        waiting: list[int] = []
        done = 0
        while match := _BRACKET.search(self.text, done):
            done = match.end()
            if match[0] == "[":
                waiting.append(match.start())
            elif match[0] == "]" and waiting:
                found[waiting.pop()] = match.start()
            elif match[0][0] == "`":
                done = self._code(match.start(), len(self.text))[1]
        return found

    def _escape(self, begin: int) -> None:
        """A backslash is a marker where it takes a sign out of the renderer's hands; elsewhere it would be lost."""
        text = self.text
        sign = text[begin + 1]
        word = re.compile(r"\S*").match(text, begin)[0]  # type: ignore[index]
        line = text[max(text.rfind("\n", 0, begin) + 1, begin - _FAR) : begin]
        before = line[max(line.rfind(space) for space in " \u00a0\u202f") + 1 :]
        at_start = bool(_LINE_START.fullmatch(line))
        match sign:
            case "\\":
                needed = text[begin + 2 : begin + 3] in self.grammar.escapes or text[begin - 2 : begin] == "\\\\"
            case "." | "#" | "+" | "-" | ">" | "=" | ":":
                needed = at_start or text[begin - 1 : begin] == sign
                needed = needed or (sign == "#" and text[begin + 2 : begin + 3] in {"", "\n"})
                needed = needed or (sign in ">-" and "<" in line) or (sign == "." and before.isdigit())
            case "!":
                needed = at_start or text[begin + 2 : begin + 3] == "["
            case "(" | ")":
                needed = "]" in text
            case _:
                needed = True
        if sign != "\\" and _PATH.search(before):
            needed = (before.endswith("\\") and before.count("\\") % 2 == 0) or bool(re.search(r"\\[*_]", before))
        if needed or self.told == begin - len(before):
            return
        self.told = begin - len(before)  # a word is told once
        word = re.sub(r"(?<!\\)[.,;:!?…»]+$", "", word)
        written = f"{before}{word}"
        if sign == "\\":
            message = f"des deux barres obliques inverses de {cite(written)}, une seule est montrée"
            one, two = (f"{before}{bars}{word.lstrip(chr(92))}" for bars in ("\\", "\\" * 4))
            self.grammar.find(self.at(begin), message, f"écrivez {cite(two)}, ou {cite(one)} pour une seule")
        else:
            double = re.sub(r"(?<!\\)\\(?=[^\w\s\\])", r"\\\\", written)
            double = re.sub(r"(?<![\w\\])_|(?<=\\)_", r"\\_", double) if "_" in double else double
            message = f"une barre oblique inverse disparaît de {cite(written)}"
            bare = re.sub(r"\\(?=[^\w\s\\])", "", written)
            plain = "" if sign in "*_`[]{}|" else f", ou {cite(bare)} sans elle"
            self.grammar.find(self.at(begin), message, f"écrivez {cite(double)}{plain}")


def emphasis(pieces: list[_Piece]) -> Iterator[_Piece]:
    """The pieces, their runs made text but for the markers in them."""
    waiting: list[_Run] = []
    for run in pieces:
        if not isinstance(run, _Run):
            continue
        while run.closes and run.count:
            found = next((n for n in reversed(range(len(waiting))) if waiting[n].sign == run.sign), None)
            if found is None:
                break
            opening = waiting[found]
            if opening.count != run.count and 3 not in {opening.length, run.length}:
                break  # two and one: renderers do not agree on what that is
            both = min(opening.count, run.count)
            opening.count -= both
            opening.end -= both
            run.count -= both
            run.start += both
            del waiting[found + bool(opening.count) :]
        if run.opens and run.count:
            waiting.append(run)
    for piece in pieces:
        if not isinstance(piece, _Run):
            yield piece
        elif piece.count:
            yield piece.start, piece.end, None


def read(lines: list[Line], stream: Stream, grammar: Grammar) -> None:
    """Write what a block's lines show."""
    starts, length = [], 0
    for line in lines:
        starts.append(length)
        length += len(line.text) + 1
    reader = _Reader("\n".join(line.text for line in lines), starts, lines, grammar)
    for piece in emphasis(list(reader.read(0, length - 1))):
        if piece is None:
            stream.edge()
        elif not isinstance(piece, _Run):
            start, end, shown = piece
            if shown is not None:
                stream.show(shown or " ", reader.at(start))
            else:
                reader.show(start, end, stream)
