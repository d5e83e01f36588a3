"""The inline part of the permitted grammar: emphasis at word edges, code, links, images, calls, HTML, escapes.

What is none of these is text, whatever a renderer may take it for.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html import unescape
from typing import NamedTuple

from manchette.marks.elements import BLOCKS
from manchette.problems import cite
from manchette.written import elements
from manchette.written.stream import CALL, OBJECT, Stream

CHANGED = "text-changed"
"""The code of what is written and would not be shown as it is written."""

COMMENT = "un commentaire HTML n’est pas montré", "ôtez-le"


class Finding(NamedTuple):
    """A problem before it has a file: `at` is its place in the source, in code points."""

    at: int
    code: str
    message: str
    suggestion: str


class Line(NamedTuple):
    """What is left of a line inside of its containers: columns of indentation, the rest, the place of the rest."""

    indent: int
    text: str
    at: int


@dataclass
class Grammar:
    """What an article's inline Markdown may refer to, and what was found while reading."""

    escapes: frozenset[str]  # what the site's Markdown takes a backslash away from
    addresses: Mapping[str, int]  # label of `[label]: address` → its place
    notes: Mapping[str, int]  # id of `[^id]: text` → its place
    findings: list[Finding] = field(default_factory=list)
    named: set[str] = field(default_factory=set)  # labels that a link names
    called: set[str] = field(default_factory=set)  # notes

    def find(self, at: int, message: str, suggestion: str, code: str = CHANGED) -> None:
        """Note what is wrong whatever the page shows."""
        self.findings.append(Finding(at, code, message, suggestion))


def label(text: str) -> str:
    """An address's label as Markdown compares it."""
    return " ".join(text.split()).lower()


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
_REFERENCE = re.compile(r"\s?\[([^\[\]]*)\]")
_AUTOLINK = re.compile(r"<[A-Za-z][A-Za-z0-9+.-]*://[^<>\s]*>|<[^<>!\s@]+@[^@<>\s]+>")
_WORD = re.compile(r"[^\W_]")
_PATH = re.compile(r"[A-Za-z]:|\\|[¯/]|\w+\\\w")
_LINE_START = re.compile(r"(?:^|\n)[ \t*_]*\d*\Z")
_DEPTH = 20  # of links in links; nobody writes that


class _Run:
    """A run of `*` or `_`: what of it is no marker is text."""

    __slots__ = ("closes", "count", "end", "opens", "sign", "start")

    def __init__(self, text: str, start: int, end: int) -> None:
        before, after = text[start - 1 : start], text[end : end + 1]
        self.sign, self.start, self.end, self.count = text[start], start, end, end - start
        self.opens = self.count <= 3 and not _blank(after) and not _WORD.match(before)
        self.closes = self.count <= 3 and not _blank(before) and not _WORD.match(after)


def _blank(character: str) -> bool:
    return not character or character.isspace()


_Piece = tuple[int, int, str | None] | _Run | None
"""Shown text: its place, and what it is if not the source itself; or a run; or None where a block begins or ends."""


class _Reader:
    """One block's text, read once from left to right."""

    def __init__(self, text: str, starts: list[int], lines: list[Line], grammar: Grammar) -> None:
        self.text, self.starts, self.lines, self.grammar = text, starts, lines, grammar
        self.open: list[str] = []  # elements

    def at(self, position: int) -> int:
        line = bisect_right(self.starts, position) - 1
        return self.lines[line].at + position - self.starts[line]

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
        closing = re.compile(rf"(?<!`){self.text[begin:stop]}(?!`)").search(self.text, stop, end)
        if closing is None:
            return [(begin, stop, None)], stop
        return [(stop, closing.start(), None)], closing.end()

    def _entity(self, begin: int, end: int) -> tuple[list[_Piece], int] | None:
        match = _ENTITY.match(self.text, begin, end)
        if match is None or (shown := unescape(match[0])) == match[0]:
            return None
        if shown.isalnum() or (shown.isprintable() and ord(shown[0]) > 127 and not shown.isspace()):
            if not all(unicodedata.category(sign) in {"Cf", "Mn", "Zs"} for sign in shown):
                self.grammar.find(
                    self.at(begin), f"{cite(match[0])} est montré {cite(shown)}", f"écrivez {cite(shown)}"
                )
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
        if tag.name not in elements.VOID:
            if tag.end and tag.name not in self.open:
                return None
            if tag.end:
                while self.open.pop() != tag.name:
                    pass
            elif re.compile(rf"</{tag.name}\s*>", re.IGNORECASE).search(text, match.end()):
                self.open.append(tag.name)
            else:
                return None
        done = match.end()
        for message, suggestion in tag.refusals():
            grammar.find(self.at(begin), message, suggestion, "active-html")
        if tag.name in elements.ACTIVE and not tag.end and tag.name not in elements.VOID:
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
        stop = self._bracket(begin, end)
        if stop is None:
            return None
        if target := _TARGET.match(self.text, stop + 1, end):
            if elements.runs(target["address"].strip("<>")):
                message = "l’adresse du lien lancerait un programme"
                self.grammar.find(self.at(begin), message, "écrivez une adresse http ou relative", "active-html")
            return stop, target.end()
        own = label(self.text[begin + 1 : stop])
        if (other := _REFERENCE.match(self.text, stop + 1, end)) and (label(other[1]) or own) in self.grammar.addresses:
            self.grammar.named.add(label(other[1]) or own)
            return stop, other.end()
        if own in self.grammar.addresses:
            self.grammar.named.add(own)
            return stop, stop + 1
        return None

    def _bracket(self, begin: int, end: int) -> int | None:
        """The `]` that closes the `[` at `begin`."""
        depth = 0
        position = begin
        while position < end:
            sign = self.text[position]
            if sign == "\\":
                position += 1
            elif sign == "`":
                position = self._code(position, end)[1] - 1
            elif sign == "[":
                depth += 1
            elif sign == "]":
                depth -= 1
                if not depth:
                    return position
            position += 1
        return None

    def _escape(self, begin: int) -> None:
        """A backslash is a marker where it takes a sign out of the renderer's hands; elsewhere it would be lost."""
        text = self.text
        sign = text[begin + 1]
        word = re.compile(r"\S*").match(text, begin)[0]  # type: ignore[index]
        before = text[max(text.rfind(space, 0, begin) for space in " \n\u00a0\u202f") + 1 : begin]
        at_start = bool(_LINE_START.search(text, 0, begin))
        match sign:
            case "\\":
                needed = text[begin + 2 : begin + 3] in self.grammar.escapes or text[begin - 2 : begin] == "\\\\"
            case "." | "#" | "+" | "-" | ">" | "=" | ":":
                needed = at_start or text[begin - 1 : begin] == sign or text[begin + 2 : begin + 3] in {"", "\n"}
                needed = needed or (sign in ">-" and "<" in text[:begin]) or (sign == "." and before.isdigit())
            case "!":
                needed = at_start or text[begin + 2 : begin + 3] == "["
            case "(" | ")":
                needed = "]" in text
            case _:
                needed = True
        if sign != "\\" and _PATH.search(before):
            needed = before.endswith("\\") and before.count("\\") % 2 == 0 or bool(re.search(r"\\[*_]", before))
        if not needed:
            written = f"{before}{word}"
            double = re.sub(r"\\+", lambda run: run[0] * 2, written)
            message = f"une barre oblique inverse disparaît de {cite(written)}"
            self.grammar.find(self.at(begin), message, f"écrivez {cite(double)}")


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
                if shown:
                    stream.show(shown, reader.at(start))
            else:
                for word in re.compile(r"\S+").finditer(reader.text, start, end):
                    stream.show(word[0], reader.at(word.start()))
