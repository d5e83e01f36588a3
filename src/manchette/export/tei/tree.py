"""A tree of TEI that grows with the tags of HTML: what is open, and what may stand where.

HTML lets nearly everything stand everywhere. TEI does not: what is to stand where it may not gets an element around it
(`ab`, `item`, `cell`), or becomes a `seg` of the type `block`. So any HTML, however it nests, gives a valid tree.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from manchette.export.tei.element import TEI, Attributes, Element, add, say, tag
from manchette.marks.elements import CLOSED_BY

# What holds no text itself, and the element that does so in it.
HOLDERS = {"body": "ab", "div": "ab", "figure": "ab", "list": "item", "table": "row", "row": "cell"}
MIXED = frozenset({"item", "cell", "quote", "note"})  # hold text as well as paragraphs
# Hold no list, table, quotation or paragraph at any depth, but in a note or a figure.
NARROW = frozenset({"label", "foreign", "persName", "placeName", "orgName", "term", "date", "abbr", "rb", "rt"})
_PARENTS = {
    "item": {"list"},
    "label": {"list", "note"},
    "row": {"table"},
    "cell": {"row"},
    "head": {"table"},
}
BLOCK = "block"  # the type of a `seg` that is a block of its own
HEAD = "head"  # the type of what is a heading and can be no `head`
CAPTION = "caption"
NOTES = "notes"  # the type of the division of footnotes
READING = "reading"  # the type of a note that says how words are read, where no `rt` can


@dataclass(slots=True)
class Open:
    """An element of HTML whose end has not come; `name` is empty where it has none there."""

    name: str
    element: Element | None  # None where it is no element of TEI: what stands in it stands in what is around it
    block: bool
    apart: bool = False  # text in it is a block of its own, beside what else its element holds
    lang: str | None = None


@dataclass
class Tree:
    """What grows below an element."""

    root: Element
    open: list[Open] = field(default_factory=list)
    divisions: list[tuple[int, Element]] = field(default_factory=list)  # the rank of its heading, and the division
    pending: Mapping[str, str] = field(default_factory=dict)  # attributes for the next block
    noted: bool = False  # the footnotes have begun

    # ---- where things stand

    @property
    def here(self) -> Element:
        """The innermost element that is open."""
        found = next((each.element for each in reversed(self.open) if each.element is not None), None)
        return self._division() if found is None else found

    @property
    def in_section(self) -> bool:
        """Whether what comes next stands in no element but divisions."""
        return all(each.element is None for each in self.open)

    @property
    def is_narrow(self) -> bool:
        """Whether only words, and what marks words, can stand here."""
        elements = [self.root, *(each.element for each in self.open if each.element is not None)]
        around = next((at for at in reversed(range(len(elements))) if tag(elements[at]) in {"note", "figure"}), -1)
        return any(tag(element) in NARROW for element in elements[around + 1 :])

    @property
    def last(self) -> str:
        """The name of the last element in the innermost one; empty where there is none."""
        return tag(self.here[-1]) if len(self.here) else ""

    def within(self, name: str) -> bool:
        """Whether an element of HTML is open."""
        return any(each.name == name for each in self.open)

    def _division(self) -> Element:
        """The innermost division; after the footnotes a new one, for nothing else may follow a division."""
        if self.noted and not self.divisions:
            self.divisions = [(0, add(self.root, "div"))]
        return self.divisions[-1][1] if self.divisions else self.root

    @property
    def in_notes(self) -> bool:
        """Whether what comes next stands among the footnotes, and in none of them."""
        return self.in_section and bool(self.divisions) and self.divisions[-1][1].get("type") == NOTES

    def begin_notes(self) -> None:
        """The division of the footnotes begins."""
        self.divisions, self.noted = [(0, add(self.root, "div", {"type": NOTES}))], True

    def end_notes(self) -> None:
        """It ends, if it was open."""
        if self.in_notes and not self.open:
            self.divisions = []

    # ---- growing

    def words(self, text: str) -> None:
        """Text comes."""
        if text:
            say(self.place(), text)

    def place(self) -> Element:
        """Where text may stand, or what stands among it."""
        holder = next((each for each in reversed(self.open) if each.block), None)
        while wanted := HOLDERS.get(tag(self.here)):
            is_caption = holder is not None and holder.name in {"figcaption", "legend"}
            self._open_own(wanted, {"type": CAPTION if is_caption and wanted == "ab" else None})
        if holder and holder.apart and tag(self.here) in MIXED:
            self._open_own("ab", {})
        if tag(self.here) == "rb":
            self._next_base(self.here)
        return self.here

    def _next_base(self, base: Element) -> None:
        """What comes after a reading is read by itself: TEI's `ruby` has one base."""
        ruby = base.getparent()
        if ruby is None or len(ruby) == 1 or (around := ruby.getparent()) is None:
            return
        again = add(add(around, "ruby"), "rb")
        for each in self.open:
            each.element = again if each.element is base else each.element

    def _open_own(self, name: str, attributes: Attributes) -> None:
        self.open.append(Open("", self._made(name, {**attributes, **self.pending}), block=True))
        self.pending = {}

    def _made(self, name: str, attributes: Attributes) -> Element:
        """A new element here, in the language of the elements of HTML that are none of TEI."""
        if name == "item" and self.here.get("type") == "gloss" and self.last != "label":
            add(self.here, "label")  # TEI has these in pairs
        lang = None
        for each in reversed(self.open):
            lang = lang or each.lang
            if each.element is not None:
                break
        return add(self.here, name, {"xml:lang": lang, **{key: each for key, each in attributes.items() if each}})

    def inline(self, name: str, made: str | None, attributes: Attributes, lang: str | None = None) -> Element | None:
        """An element among words begins; None for `made` where TEI has none."""
        if made is None:
            self.open.append(Open(name, None, block=False))
            return None
        self.place()
        element = self._made(made, {**attributes, "xml:lang": lang})
        self.open.append(Open(name, element, block=False))
        return element

    def block(self, name: str, made: str | None, attributes: Attributes, lang: str | None = None) -> Element | None:
        """A block begins, as the element `made` where that may stand here; None where it only holds others."""
        here = tag(self.here)
        while made in {"p", "list", "table", "quote", "note", "figure"} and here in {"list", "table", "row"}:
            self._open_own(HOLDERS[here], {})
            here = tag(self.here)
        if made == "cell" and here == "table":
            self._open_own("row", {})
        made = self._fitting(made)
        if made == BLOCK:
            made, attributes = "seg", {"type": BLOCK}
        if made is None:
            self.open.append(Open(name, None, block=True, apart=True, lang=lang))
            return None
        element = self._made(made, {**attributes, "xml:lang": lang, **self.pending})
        self.pending = {}
        self.open.append(Open(name, element, block=True))
        return element

    def _fitting(self, made: str | None) -> str | None:
        """What a block may be here: itself, none of its own, or a block among words."""
        here = tag(self.here)
        holds = here in HOLDERS or here in MIXED
        if made in _PARENTS:
            fits = here in _PARENTS[made] and not (made == "head" and len(self.here))
            fits &= made != "label" or here == "note" or self.here.get("type") == "gloss"
            return made if fits else None if holds else BLOCK
        if made in {None, "p"}:
            return made if holds else BLOCK
        return BLOCK if made in {"list", "table", "quote"} and self.is_narrow else made

    def heading(self, name: str, lang: str | None) -> Element:
        """A heading: of a division of its own where it stands among divisions, else a line."""
        if self.in_section and tag(self.root) == "body":
            rank = int(name[1])
            while self.divisions and self.divisions[-1][0] >= rank:
                self.divisions.pop()
            parent = self.divisions[-1][1] if self.divisions else self.root
            self.divisions.append((rank, add(parent, "div")))
            return add(self.divisions[-1][1], "head", {"xml:lang": lang})
        while (here := tag(self.here)) in {"list", "table", "row"}:
            self._open_own(HOLDERS[here], {})
        made = "ab" if here in HOLDERS or here in MIXED else "seg"
        return self._made(made, {"type": HEAD, "xml:lang": lang})

    def within_block(self, name: str, element: Element, apart: bool = False) -> None:
        """A block begins that is a part of an element that is there."""
        self.open.append(Open(name, element, block=True, apart=apart))
        if not apart:
            self._open_own("seg", {"type": BLOCK})

    def within_words(self, name: str, element: Element) -> None:
        """An element among words begins that is there already."""
        self.open.append(Open(name, element, block=False))

    def reading(self) -> Element:
        """How words are read; where no ruby can have it, a note."""
        ruby = self.here.getparent() if tag(self.here) == "rb" else None
        return add(self.place(), "note", {"type": READING}) if ruby is None else add(ruby, "rt")

    def line(self) -> Element:
        """Where what stands between blocks may stand: the rule between two parts."""
        return self.place() if tag(self.here) == "row" else self.here

    # ---- closing

    def end_own(self) -> None:
        """What was opened for words ends with the next block."""
        while self.open and not self.open[-1].name:
            self.open.pop()

    def begin_block(self, name: str) -> None:
        """What the start of a block ends (the optional end tags of HTML)."""
        self.end_own()
        closed = ("p", *CLOSED_BY.get(name, ()))
        while (at := self._innermost()) >= 0 and self.open[at].name in closed:
            del self.open[at:]
            self.end_own()

    def _innermost(self) -> int:
        return next((at for at in reversed(range(len(self.open))) if self.open[at].block and self.open[at].name), -1)

    def end_block(self, name: str) -> None:
        """A block's end tag; one that ends nothing means nothing."""
        self.end_own()
        for at in reversed(range(len(self.open))):
            if self.open[at].name == name and self.open[at].block:
                del self.open[at:]
                return
        if tag(self.here) not in HOLDERS:
            add(self.here, "lb")  # a line of the text ends all the same

    def end_inline(self, name: str) -> None:
        """An inline element's end tag; it ends none that began before a block did."""
        for at in reversed(range(len(self.open))):
            if self.open[at].block and self.open[at].name:
                break
            if self.open[at].name == name:
                del self.open[at : at + 1 if self.open[at].element is None else None]
                break


def tidied(root: Element) -> None:
    """What only the end of a tree tells: terms without a meaning, words without a reading, empty tables, captions."""
    for element in root.iter():
        match tag(element):
            case "list" if element.get("type") == "gloss":
                if len(element) and tag(element[-1]) == "label":
                    add(element, "item")
            case "ruby" if len(element) == 1:
                element.tag = element[0].tag = element.tag.replace("ruby", "seg")
            case "head" | "ab" | "seg" if tag(element) == "head" or element.get("type") == HEAD:
                _trim(element)
    for name in ("table", "row", "list"):
        for element in root.iter(f"{{{TEI}}}{name}"):
            if not any(tag(child) in {"cell", "row", "item"} for child in element):
                if element.get("type") == "gloss":
                    add(element, "label")
                add(element, HOLDERS[name])
    for element in root.iter(f"{{{TEI}}}figure"):
        captions = [child for child in element if child.get("type") == CAPTION]
        if len(captions) == 1:
            captions[0].tag = captions[0].tag.replace("}ab", "}head")
            del captions[0].attrib["type"]


def _trim(head: Element) -> None:
    head.text = (head.text or "").lstrip(" ") or None
    if len(head):
        head[-1].tail = (head[-1].tail or "").rstrip(" ") or None
    else:
        head.text = (head.text or "").rstrip(" ") or None
