"""The block part of the permitted grammar: which lines are headings, lists, quotations, tables, code, notes, HTML.

A line that begins none of them is a paragraph's, whatever a renderer may make of it. What would be shown otherwise
than it is written for a reason that only the reader of lines sees, as a number of a list, is found here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from manchette.problems import cite
from manchette.written import elements, inline, tables
from manchette.written.elements import CHANGED
from manchette.written.grammar import COMMENT, Grammar, Line, label, lines_of
from manchette.written.lists import ITEM, dedented, gathered, glued, numbers
from manchette.written.stream import RULE, Stream

HEADING = re.compile(r"(#{2,6})[ \t\u00a0]+(?=\S)")
_RULE = re.compile(r"([-*_])(?:[ ]{0,2}\1){2,}[ ]*")
_FENCE = re.compile(r"(`{3,}|~{3,})[ ]*(?:\{[^\n]*\}|[\w#.+-]*)(?:[ ]+\w+=[^\n]*)?[ ]*")
_NOTE = re.compile(r"\[\^([^\]]*)\]:[ ]*")
_ADDRESS = re.compile(r"\[([^\[\]^][^\[\]]*)\]:[ \t]*(\S+)[ \t]*(\"[^\n]*\"|'[^\n]*'|\([^\n]*\))?[ \t]*")
_DEFINITION = re.compile(r":(?: {3}|\t)[ \t]*(?=\S)")
_COLON = re.compile(r":[ \t]")
_MARKUP = re.compile(
    r"(?<!\w)(\*{1,2}|_{1,2})(?=\S)[^*_\n]+(?<=\S)\1(?!\w)|\[[^\]\n]+\]\([^)\s]+\)|^\s*(?:[-*+]|\d+\.|#{2,6}) (?=\S)",
    re.MULTILINE,
)
_REFERENCE = re.compile(r"&(?:#\d+|#[xX][0-9a-fA-F]+|[A-Za-z][A-Za-z0-9]*);?(?![^<]*>)")  # not in a tag
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)|<[!?].*?(?:>|\Z)", re.DOTALL)
_DEPTH = 30  # of containers in containers; nobody writes that


class Blocks:
    """The reader of an article's lines."""

    def __init__(self, source: str, grammar: Grammar, stream: Stream) -> None:
        """`stream` is what is shown of `source`; `grammar` is told what is wrong."""
        self.source, self.grammar, self.stream, self.body = source, grammar, stream, stream
        self.code: list[tuple[int, int]] = []  # the stretches that are code: nothing in them is markup
        self.told: list[tuple[int, int]] = []  # those whose problem is found: other differences only follow from it
        self.paragraphs: list[Sequence[Line]] = []
        self.comment = 0  # where the last comment ends

    def read(self, lines: Sequence[Line], top: bool = True, depth: int = 0) -> None:
        """Show what a container's lines show; `top`: they are whole lines of the source."""
        number, after = 0, ""
        while number < len(lines):
            line = lines[number]
            if not line.text.strip(" \t"):
                number += 1
                continue
            self.stream.edge()
            for rule in (self._code, self._html, self._note, self._address, self._heading, self._line, self._quote):
                if (done := rule(lines, number, top, depth)) is not None:
                    after = ""
                    break
            else:
                rest = (self._list(lines, number, after, depth), "list")
                rest = rest if rest[0] else (self._table(lines, number), "table")
                rest = rest if rest[0] else (self._definitions(lines, number, after, depth), "definitions")
                end, after = rest if rest[0] else (self._paragraph(lines, number, top), "paragraph")
                done = end or number + 1
            number = done
            self.stream.edge()

    def _code(self, lines: Sequence[Line], number: int, top: bool, _: int) -> int | None:
        fence = _FENCE.fullmatch(lines[number].text)
        if fence is None or (top and lines[number].indent):
            return None
        for end in range(number + 1, len(lines)):
            if lines[end].text.rstrip(" ") == fence[1] and not (top and lines[end].indent):
                self.code.append((lines[number].at, lines[end].at + len(lines[end].text)))
                self.paragraphs.append(lines[number : end + 1])
                self.stream.kind = "pre"
                for line in lines[number + 1 : end]:
                    self.stream.show(f"{line.text}\n", line.at)
                self.stream.edge()
                self.stream.kind = ""
                return end + 1
        self.grammar.find(
            lines[number].at, f"{cite(fence[1])} n’est jamais fermé", f"ajoutez une ligne {cite(fence[1])}"
        )
        return None

    def _html(self, lines: Sequence[Line], number: int, top: bool, depth: int) -> int | None:
        line = lines[number]
        if not top or line.indent > 3 or not line.text.startswith("<"):
            return None
        if line.text.startswith("<!--") and (stop := self.source.find("-->", line.at)) > 0:
            if not self.comment or self.source[self.comment : line.at].strip():  # of several in a row the first is told
                self.grammar.find(line.at, *COMMENT)
            self.comment = stop + 3
            return self._tail(lines, number, stop + 3, depth)
        opening = elements.TAG.match(self.source, line.at)
        if opening is None or (tag := elements.tag(opening)).name not in elements.BLOCKS or not tag.is_known:
            return None
        start, end = elements.end_of(self.source, opening)
        if start < 0:
            if not tag.end:
                self.grammar.find(line.at, f"« <{tag.name}> » n’est pas fermé", f"ajoutez « </{tag.name}> »")
                self.told.append((line.at, len(self.source)))
                return len(lines)
            return None
        for at, code, message, suggestion in elements.refused(self.source, line.at, end):
            self.grammar.find(at, message, suggestion, code)
            if code == CHANGED:
                self.told.append((at, len(self.source)))
        if "markdown" in tag.attributes and tag.attributes["markdown"] != "0":
            self.read(lines_of(self.source, opening.end(), start), True, depth + 1)
        else:
            self._raw(line.at, end, tag.name)
        return self._tail(lines, number, end, depth)

    def _raw(self, start: int, end: int, name: str) -> None:
        """HTML that is left as it is; Markdown in it would be shown with its signs."""
        html = self.source[start:end]
        for comment in _COMMENT.finditer(html):
            self.grammar.find(start + comment.start(), *COMMENT)
        for written in _REFERENCE.finditer(html):
            if (found := inline.reference(written[0])) is not None:
                self.grammar.find(start + written.start(), *found)
        self.stream.html(html, start)
        text = re.sub(r"<(pre|code)\b.*?</\1>|<[^>]*>", lambda tag: " " * len(tag[0]), html, flags=re.DOTALL)
        if markup := _MARKUP.search(text):
            spaces = len(markup[0]) - len(markup[0].lstrip())
            line = text[markup.start() + spaces :].split("\n", 1)[0] if markup[0].endswith(" ") else markup[0]
            message = f"{cite(line)} est montré tel quel : dans « <{name}> », Markdown n’est pas lu"
            self.grammar.find(start + markup.start() + spaces, message, f"écrivez « <{name} markdown> », ou du HTML")
            self.told.append((start, end))

    def _tail(self, lines: Sequence[Line], number: int, end: int, depth: int) -> int:
        """What stands on the line after HTML has ended there."""
        while number < len(lines) and lines[number].at + len(lines[number].text) < end:
            number += 1
        if number < len(lines) and lines[number].at < end:
            rest = lines[number].text[end - lines[number].at :]
            if rest.strip():
                following = number + 1
                while following < len(lines) and lines[following].text.strip():
                    following += 1
                left = rest.lstrip(" \t")
                tail = Line(0, left, end + len(rest) - len(left))
                self.stream.edge()
                self.read([tail, *lines[number + 1 : following]], True, depth + 1)
                return following
        return number + 1

    def _note(self, lines: Sequence[Line], number: int, _: bool, depth: int) -> int | None:
        line = lines[number]
        match = _NOTE.match(line.text)
        if match is None or line.indent > 3 or match[1] not in self.grammar.notes:
            return None
        if self.stream is not self.body:
            message = f"la note « [^{match[1]}] » n’est pas montrée : elle est dans une autre"
            self.grammar.find(line.at, message, "mettez-la en tête de ligne, après une ligne vide")
            return number + 1
        inner = [Line(0, line.text[match.end() :], line.at + match.end())]
        end = number + 1
        while end < len(lines):
            if not lines[end].text.strip():
                following = end
                while following < len(lines) and not lines[following].text.strip():
                    following += 1
                if following == len(lines) or lines[following].indent < 4:
                    break
            elif _NOTE.match(lines[end].text) and lines[end].indent < 4:
                break
            inner.append(dedented(lines[end], 4))
            end += 1
        self.stream = self.body.note(match[1])
        self.read(inner, False, depth + 1)
        self.stream = self.body
        return end

    def _address(self, lines: Sequence[Line], number: int, _: bool, __: int) -> int | None:
        """`[label]: address`; the address may stand on the next line."""
        if lines[number].indent > 3 or not lines[number].text.startswith("["):
            return None
        if match := _ADDRESS.fullmatch(lines[number].text):
            return number + 1 if label(match[1]) in self.grammar.addresses else None
        both = " ".join(line.text.rstrip() for line in lines[number : number + 2])
        cut = lines[number].text.rstrip().endswith("]:") and _ADDRESS.fullmatch(both)
        return number + 2 if cut and label(cut[1]) in self.grammar.addresses else None

    def _heading(self, lines: Sequence[Line], number: int, _: bool, __: int) -> int | None:
        line = lines[number]
        match = HEADING.match(line.text) if not line.indent else None
        if match is None:
            return None
        self.paragraphs.append([line])
        self.stream.kind = f"h{len(match[1])}"
        self._inline([Line(0, line.text[match.end() :], line.at + match.end())])
        self.stream.kind = ""
        return number + 1

    def _line(self, lines: Sequence[Line], number: int, _: bool, __: int) -> int | None:
        """A horizontal line, between blank lines."""
        alone = number + 1 == len(lines) or not lines[number + 1].text.strip()
        alone = alone and (not number or not lines[number - 1].text.strip())
        if not alone or lines[number].indent > 3 or not _RULE.fullmatch(lines[number].text):
            return None
        self.stream.show(RULE, lines[number].at)
        return number + 1

    def _quote(self, lines: Sequence[Line], number: int, _: bool, depth: int) -> int | None:
        if not lines[number].text.startswith(">") or lines[number].indent > 3 or depth > _DEPTH:
            return None
        inner = []
        end = number
        while end < len(lines) and lines[end].text.strip() and not self._ends(lines[end]):
            text = lines[end].text
            if text.startswith(">"):
                rest = text[1:].lstrip(" \t")
                white = text[1 : len(text) - len(rest)].expandtabs(4)
                inner.append(Line(max(0, len(white) - 1), rest, lines[end].at + len(text) - len(rest)))
            else:
                inner.append(lines[end])
            end += 1
        self.stream.quotes += 1
        self.read(inner, False, depth + 1)
        self.stream.quotes -= 1
        return end

    def _ends(self, line: Line) -> bool:
        """Whether a paragraph or a list ends before this line, though no blank line stands there."""
        return not line.indent and bool(HEADING.match(line.text))

    def _list(self, lines: Sequence[Line], number: int, after: str, depth: int) -> int | None:
        if lines[number].indent > 3 or not ITEM.match(lines[number].text) or depth > _DEPTH:
            return None
        found = gathered(lines, number, self._ends)
        whole = (lines[number].at, lines[found.end - 1].at + len(lines[found.end - 1].text))
        if after != "list":
            numbers(found, self.source, self.grammar)
        else:
            message = "deux listes qui se suivent n’en font qu’une dans la page"
            self.grammar.find(lines[number].at, message, "mettez une phrase entre les deux")
            self.told.append(whole)
        if found.glued:
            mark = cite(self.source[found.glued[0] :].split("\n", 1)[0], 30)
            message = f"{mark} suit sans ligne vide un paragraphe indenté, qui l’avalerait"
            self.grammar.find(found.glued[0], message, f"mettez une ligne vide avant {mark}")
            self.told.append(whole)
        self.stream.lists.append(("ol" if found.ordered else "ul", 0))
        for item in found.items:
            self.stream.item()
            self._item(item, whole, depth)
        self.stream.lists.pop()
        return found.end

    def _item(self, item: list[Line], whole: tuple[int, int], depth: int) -> None:
        """An item's first lines, and what stands indented below them."""
        first = 1
        while first < len(item) and item[first].text.strip():
            if item[first].indent >= 2 and ITEM.match(item[first].text):
                break
            first += 1
        rest = item[first:]
        step = next((line.indent for line in rest if line.text.strip()), 4)
        if step < 4:
            line = next(line for line in rest if line.text.strip())
            message = f"{cite(line.text, 30)} est indenté de {step} espaces : la page le met un cran plus haut"
            self.grammar.find(line.at, message, "indentez de quatre espaces par cran")
            self.told.append(whole)
        self.read([item[0], *(Line(0, line.text, line.at) for line in item[1:first])], False, depth + 1)
        self.read([dedented(line, min(step, 4)) for line in rest], False, depth + 1)

    def _table(self, lines: Sequence[Line], number: int) -> int | None:
        end = number
        if not tables.begins(lines[number : number + 2]):
            return None
        while end < len(lines) and lines[end].text.strip() and not self._ends(lines[end]):
            end += 1
        rows = tables.read(lines[number:end], self.grammar)
        for row in rows or ():
            for cell in row:
                self.stream.edge()
                self._inline([cell])
        return end if rows else None

    def _definitions(self, lines: Sequence[Line], number: int, after: str, depth: int) -> int | None:
        """Terms, each on its line, and a definition behind `:` and three spaces."""
        end = number
        colon = -1
        bad: list[int] = []
        while end < len(lines) and lines[end].text.strip() and not self._ends(lines[end]):
            if self._begins_html(lines[end]):
                break
            if lines[end].indent < 4 and _COLON.match(lines[end].text):
                colon = end if colon < 0 else colon
                bad += [] if _DEFINITION.match(lines[end].text) else [end]
            end += 1
        if colon < 0 or colon in bad or depth > _DEPTH or (colon == number and not after):
            return None
        for line in (lines[other] for other in bad):
            self.grammar.find(line.at, "une définition commence par « : » et trois espaces", "écrivez « :   »")
        self.paragraphs.append(lines[number:end])
        for term in lines[number:colon]:
            self.stream.edge()
            self._inline([Line(0, term.text, term.at)])
        match = _DEFINITION.match(lines[colon].text)
        begin = match.end() if match else 0
        inner = [Line(0, lines[colon].text[begin:], lines[colon].at + begin)]
        while end < len(lines):
            following = end
            while following < len(lines) and not lines[following].text.strip():
                following += 1
            if following == len(lines) or lines[following].indent < 4:
                break
            while following < len(lines) and lines[following].text.strip():
                following += 1
            end = following
        inner += [dedented(line, 4) for line in lines[colon + 1 : end]]
        self.stream.edge()
        self.read(inner, False, depth + 1)
        return end

    def _paragraph(self, lines: Sequence[Line], number: int, top: bool) -> int:
        end = number + 1
        while end < len(lines) and lines[end].text.strip() and not self._ends(lines[end]):
            line = lines[end]
            if line.indent < 4 and (self._address(lines, end, top, 0) or _NOTE.match(line.text)):
                break
            if top and (self._begins_html(line) or (not line.indent and self._fenced(lines, end))):
                break
            end += 1
        glued(lines[number:end], self.grammar)
        tables.missing(lines[number:end], self.grammar)
        self.paragraphs.append(lines[number:end])
        self._inline(lines[number:end])
        return end

    def _begins_html(self, line: Line) -> bool:
        if line.indent > 3 or not line.text.startswith("<"):
            return False
        match = elements.TAG.match(line.text)
        return line.text.startswith("<!--") or bool(match and elements.tag(match).name in elements.BLOCKS)

    def _fenced(self, lines: Sequence[Line], number: int) -> bool:
        fence = _FENCE.fullmatch(lines[number].text)
        return bool(fence) and any(line.text.rstrip() == fence[1] for line in lines[number + 1 :])  # type: ignore[index]

    def _inline(self, lines: Sequence[Line]) -> None:
        inline.read(list(lines), self.stream, self.grammar)
