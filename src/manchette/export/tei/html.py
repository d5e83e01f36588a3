"""HTML → TEI, element by element."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from copy import copy
from html import unescape
from types import MappingProxyType

from manchette import marks
from manchette.export.tei import objects
from manchette.export.tei.element import Attributes, Element, Ways, add, dated, give, tag
from manchette.export.tei.tree import Tree, tidied
from manchette.format.edtf import When, WhenError
from manchette.format.scalars import LANGUAGE
from manchette.marks.elements import BLOCKS, CODE, HEADINGS, OBJECTS, UNSEEN, VOID
from manchette.marks.events import ParserEvent, events

MARK = "data-mch-tei"
"""What a span says that is a mark, or the end of one: which."""

# HTML's inline elements, as TEI has them; the others are only their words.
INLINE: Mapping[str, tuple[str, str | None]] = {  # name → element, rend
    "em": ("emph", None),
    "strong": ("emph", "bold"),
    "i": ("hi", "italic"),
    "b": ("hi", "bold"),
    "u": ("hi", "underline"),
    "small": ("hi", "small"),
    "big": ("hi", "large"),
    "tt": ("hi", "typewriter"),
    "var": ("hi", "italic"),
    "mark": ("hi", "highlight"),
    "sup": ("hi", "superscript"),
    "sub": ("hi", "subscript"),
    "s": ("del", "strikethrough"),
    "strike": ("del", "strikethrough"),
    "del": ("del", None),
    "ins": ("add", None),
    "q": ("q", None),
    "cite": ("title", None),
    "dfn": ("term", None),
    "abbr": ("abbr", None),
    "time": ("date", None),
    "ruby": ("ruby", None),
}
BLOCK: Mapping[str, tuple[str, dict[str, str]]] = {
    "p": ("p", {}),
    "ul": ("list", {"rend": "bulleted"}),
    "ol": ("list", {"rend": "numbered"}),
    "menu": ("list", {"rend": "bulleted"}),
    "dir": ("list", {"rend": "bulleted"}),
    "li": ("item", {}),
    "dl": ("list", {"type": "gloss"}),
    "dt": ("label", {}),
    "dd": ("item", {}),
    "blockquote": ("quote", {}),
    "table": ("table", {}),
    "caption": ("head", {}),
    "tr": ("row", {}),
    "th": ("cell", {"role": "label"}),
    "td": ("cell", {}),
    "figure": ("figure", {}),
    "aside": ("note", {"type": "aside"}),
    "details": ("note", {"type": "details"}),
    "summary": ("label", {}),
}


def inline(parent: Element, html: str, ways: Ways) -> Element:
    """Write a line of inline HTML, of a note's prose, into an element; return that."""
    Writer(html, Tree(parent), ways).write()
    return parent


class Writer:
    """One pass over the tags and texts of HTML."""

    def __init__(
        self,
        html: str,
        tree: Tree,
        ways: Ways,
        read: marks.Body | None = None,
        marked: Mapping[str, tuple[str, Attributes]] = MappingProxyType({}),
    ) -> None:
        """`read`: the text of `html`, character by character as it is written; None where any white space is one.

        `marked`: the element and its attributes that each mark in `html` becomes, by what its span says.
        """
        self.html, self.tree, self.ways, self.read, self.marked = html, tree, ways, read, marked
        self.events = events(html)
        self.next = 0  # the place of the event after the element that is written as a whole
        self.first = ""  # the number of the list's first item, where it is said
        self.stretches: dict[str, list[Element]] = defaultdict(list)
        self.numbers = {top.block.start: n for n, top in enumerate(read.tops, 1) if top.block} if read else {}
        ids = (each.attributes.get("id", "") for each in self.events if each.name == "li" and not each.closing)
        self.notes = {key: n for n, key in enumerate((key for key in ids if key.startswith("fn:")), 1)}
        self.calls: dict[int, list[str]] = defaultdict(list)  # a footnote's number → the ids of its calls
        self.footnotes: dict[int, Element] = {}

    def write(self) -> None:
        """Write all of it, once."""
        at = 0
        while at < len(self.events):
            at = self._event(at)
        for number, note in self.footnotes.items():
            give(note, {"target": " ".join(f"#{call}" for call in self.calls[number])})
        tidied(self.tree.root)

    def _event(self, at: int) -> int:
        """Write the event at a place of the list; return the place of the next one."""
        event = self.events[at]
        name = event.name
        if not name:
            self.tree.words(self._shown(event.start, event.end))
        elif event.closing:
            (self.tree.end_block if name in BLOCKS else self.tree.end_inline)(name)
            self.tree.end_notes()
        elif (write := self._whole(event)) is not None:
            if name in BLOCKS:
                self.tree.end_own()
            self.next = at + 1 if name in VOID else self._end(at)
            inside = self.events[at + 1 : self.next]
            if inside and inside[-1].closing and inside[-1].name == name:
                inside.pop()
            write(event, inside)
            return self.next
        elif name in BLOCKS:
            self._block(event)
        else:
            self._inline(event)
        return at + 1

    def _end(self, at: int) -> int:
        """The place after an element's end, as `marks` finds it."""
        depth, name = 0, self.events[at].name
        for place in range(at, len(self.events)):
            if self.events[place].name == name:
                depth += -1 if self.events[place].closing else 1
                if not depth:
                    return place + 1
        return len(self.events)

    def _shown(self, start: int, end: int) -> str:
        """The words of a stretch of source, as the text has them."""
        if self.read is None:
            return re.sub(r"[ \t\n\r\f]+", " ", unescape(self.html[start:end]))
        return "".join(_pieces(self.read, start, end))

    # ---- what is written as a whole, or not at all

    def _whole(self, event: ParserEvent) -> Callable[[ParserEvent, list[ParserEvent]], None] | None:
        """What writes an element with all in it; None for one that is looked into."""
        name, attributes = event.name, event.attributes
        classes = attributes.get("class", "").split()
        if (name == "sup" and attributes.get("id", "").startswith("fnref")) or "footnote-ref" in classes:
            return self._call
        if (
            name in UNSEEN
            or name in {"rp", "wbr", "col", "area", "source", "track", "param"}
            or "hidden" in attributes
            or "footnote-backref" in classes
            or (self.read is None and "headerlink" in classes)
            or (name == "div" and "toc" in classes)
            or (name == "hr" and self.tree.in_notes)
        ):
            return _nothing
        if name in HEADINGS:
            return self._heading
        if name == "pre":
            return self._listing
        if name in CODE or name in OBJECTS or name == "button":
            return self._seen
        return {"hr": self._rule, "br": self._line_break, "rt": self._reading}.get(name)

    def _below(self, element: Element, inside: list[ParserEvent]) -> None:
        """Write what stands in an element whose words are not of the text that positions count in."""
        writer = copy(self)
        writer.tree, writer.events, writer.read = Tree(element), inside, None
        at = 0
        while at < len(inside):
            at = writer._event(at)

    def _heading(self, event: ParserEvent, inside: list[ParserEvent]) -> None:
        self.tree.begin_block(event.name)
        self._below(self.tree.heading(event.name, _lang(event)), inside)

    def _reading(self, event: ParserEvent, inside: list[ParserEvent]) -> None:
        self._below(self.tree.reading(), inside)

    def _call(self, event: ParserEvent, inside: list[ParserEvent]) -> None:
        """The call of a footnote."""
        links = (each.attributes.get("href", "") for each in (event, *inside) if each.name == "a")
        number = self.notes.get(next(links, "").removeprefix("#"))
        if number is None:
            return
        ids = self.calls[number]
        ids.append(f"call-{number}" + (f".{len(ids) + 1}" if ids else ""))
        where = {"type": "noteref", "n": str(number), "xml:id": ids[-1], "target": f"#note-{number}"}
        add(self.tree.place(), "ptr", where)

    def _seen(self, event: ParserEvent, inside: list[ParserEvent]) -> None:
        """A picture, a film, or what else words are not, in the figure that HTML has for it alone or among words."""
        figure = self._figure() if event.name in objects.SHOWN else None
        objects.write(self.tree.place() if figure is None else figure, event, inside, self.html, self.ways)

    def _figure(self) -> Element | None:
        """The figure of which a picture or a film is one of the blocks, with no words beside it."""
        here = self.tree.here
        beside = (each for each in self.events[self.next :] if each.name or self.html[each.start : each.end].strip())
        following = next(beside, None)
        return here if tag(here) == "figure" and (following is None or following.name in BLOCKS) else None

    def _listing(self, event: ParserEvent, inside: list[ParserEvent]) -> None:
        """Lines of code."""
        self.tree.begin_block("pre")
        block = self.tree.block("pre", "p", {})
        assert block is not None  # no other is asked for
        if tag(block) == "p":
            block.tag = block.tag.replace("}p", "}ab")
            block.set("type", "code")
        objects.write(block, event, inside, self.html, self.ways)
        self.tree.end_block("pre")

    def _rule(self, event: ParserEvent, inside: list[ParserEvent]) -> None:
        self.tree.begin_block("hr")
        add(self.tree.line(), "milestone", {"unit": "section", "rend": "rule"})

    def _line_break(self, event: ParserEvent, inside: list[ParserEvent]) -> None:
        add(self.tree.place(), "lb")

    # ---- what is looked into

    def _block(self, event: ParserEvent) -> None:
        name, lang = event.name, _lang(event)
        self.tree.begin_block(name)
        if event.start in self.numbers:
            number = self.numbers[event.start]
            self.tree.pending = {"xml:id": f"p-{number}", "n": str(number)}
        if name == "div" and "footnote" in event.attributes.get("class", "").split() and self.tree.in_section:
            self.tree.begin_notes()
            self.tree.block(name, None, {}, lang)
        elif number := self._footnote(event):
            where = {"xml:id": f"note-{number}", "n": str(number), "place": "bottom"}
            self.tree.block(name, "note", where, lang)
            self.footnotes[number] = self.tree.here
        elif name == "ol" and self.tree.in_notes:
            self.tree.block(name, None, {}, lang)
        elif name in {"dt", "dd"}:
            self._gloss(name, lang)
        else:
            self._plain(event, lang)

    def _plain(self, event: ParserEvent, lang: str | None) -> None:
        made, attributes = BLOCK.get(event.name, (None, {}))
        said: dict[str, str | None] = dict(attributes)
        if made == "cell":
            for name, to in (("colspan", "cols"), ("rowspan", "rows")):
                value = event.attributes.get(name, "")
                said[to] = value if re.fullmatch("[1-9][0-9]{0,3}", value) and value != "1" else None
        if event.name == "tr" and self.tree.within("thead"):
            said["role"] = "label"
        if event.name == "li":
            said["n"], self.first = self.first, ""
        self.tree.block(event.name, made, said, lang)
        if event.name == "ol" and re.fullmatch(r"-?[0-9]{1,6}", event.attributes.get("start", "")):
            self.first = event.attributes["start"]

    def _footnote(self, event: ParserEvent) -> int:
        """Which footnote begins; 0 where none does."""
        number = self.notes.get(event.attributes.get("id", ""), 0) if event.name == "li" else 0
        return number if self.tree.in_notes and number not in self.footnotes else 0

    def _gloss(self, name: str, lang: str | None) -> None:
        """A term or what is said of it: TEI has them in pairs, HTML in groups."""
        here, last = self.tree.here, self.tree.last
        if tag(here) != "list" or here.get("type") != "gloss":
            self.tree.block(name, "item" if tag(here) == "list" else None, {}, lang)
        elif name == "dt" and last == "label":
            self.tree.within_block(name, here[-1])
        elif name == "dd" and last == "item":
            self.tree.within_block(name, here[-1], apart=True)
        else:
            self.tree.block(name, BLOCK[name][0], {}, lang)

    def _inline(self, event: ParserEvent) -> None:
        name, attributes, lang = event.name, event.attributes, _lang(event)
        tree = self.tree
        if (key := attributes.get(MARK, "")) in self.marked:
            if (element := tree.inline(name, *self.marked[key])) is not None:
                self.stretches[key].append(element)
        elif name == "a":
            address = attributes.get("href", "").strip()
            tree.inline(name, "ref" if address else None, {"target": self.ways.lead(address)}, lang)
        elif name == "abbr" and attributes.get("title", "").strip():
            choice = add(tree.place(), "choice")
            tree.within_words(name, add(choice, "abbr", {"xml:lang": lang}))
            add(choice, "expan", text=attributes["title"])
        elif name in INLINE:
            made, rend = INLINE[name]
            said: dict[str, str | None] = {"rend": rend}
            if name == "time":
                said = {"when": _when(attributes.get("datetime", ""))}
            element = tree.inline(name, made, said, lang)
            if made == "ruby" and element is not None:
                tree.open[-1].element = add(element, "rb")
        else:
            tree.inline(name, "foreign" if lang else None, {}, lang)


def _nothing(event: ParserEvent, inside: list[ParserEvent]) -> None:
    """What no reader sees."""


def _pieces(read: marks.Body, start: int, end: int) -> Iterator[str]:
    """The pieces of the text that come from a stretch of source; none of those that join blocks."""
    for at in range(bisect_left(read.starts, start), len(read.starts)):
        if read.starts[at] >= end:
            break
        if read.ends[at] > read.starts[at]:
            following = read.offsets[at + 1] if at + 1 < len(read.offsets) else len(read.text)
            yield read.text[read.offsets[at] : following]


def _lang(event: ParserEvent) -> str | None:
    lang = event.attributes.get("lang", "").strip()
    return lang if LANGUAGE.fullmatch(lang) else None


def _when(text: str) -> str | None:
    try:
        return dated(When.parse(text)).get("when")
    except WhenError:
        return None
