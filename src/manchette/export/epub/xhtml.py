"""HTML as browsers forgive it → XHTML as books ask for it: well formed, nothing that runs, nothing from elsewhere."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from html import unescape

from lxml import etree, html
from lxml.html import HtmlElement
from markupsafe import Markup

from manchette.marks.elements import HEADINGS, VOID
from manchette.page.footnotes import ALL, BACK, CALL
from manchette.typeset.render import macro
from manchette.written.elements import ACTIVE, ALLOWED

Address = Callable[[str], str | None]  # what a link or an image names → where that is; None where it is nowhere

MEDIA = frozenset({"audio", "video"})
WIDE = 5  # columns: at twelve signs each, more than a line of a small page
_GONE = ACTIVE | {"noscript", "source", "track"}
# A book's text has one main heading, which is the title; what folds away cannot be unfolded on every reader.
_RENAMED = {"center": "div", "details": "div", "h1": "h2", "main": "div", "strike": "s", "summary": "p", "tt": "code"}
_ATTRIBUTES = {  # element → what it may have besides an id, a class, a language and a direction
    "a": {"aria-label", "epub:type", "href", "hreflang", "rel", "role"},
    "abbr": {"title"},
    "col": {"span"},
    "colgroup": {"span"},
    "data": {"value"},
    "del": {"datetime"},
    "img": {"alt", "height", "src", "width"},
    "ins": {"datetime"},
    "li": {"value"},
    "ol": {"reversed", "start", "type"},
    "td": {"colspan", "rowspan"},
    "th": {"abbr", "colspan", "rowspan", "scope"},
    "time": {"datetime"},
}
_SHAPES = {  # what such a value must be
    "dir": "ltr|rtl|auto",
    "style": "text-align: *(left|right|center|justify);?",  # Python-Markdown's, in tables
    **dict.fromkeys(["colspan", "height", "rowspan", "span", "start", "width"], "[0-9]+"),
}
# What no XML may hold (https://www.w3.org/TR/xml/#charsets), and tags of the page around.
_NOTHING = re.compile(
    "[^\t\n\r\\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|</?(?:html|head|body|frameset)\\b[^>]*>", re.IGNORECASE
)
_REFERENCE = re.compile("&#[0-9a-fx]+;?", re.IGNORECASE)
# The parser has no such void elements: it would put all that follows into one.
_VOID = re.compile(r"<(source|track|wbr)\b([^>]*?)/?>", re.IGNORECASE)


def tree(text: str) -> HtmlElement:
    """A fragment of HTML as an element, a `div`, that holds it."""
    plain = _REFERENCE.sub(lambda found: found[0] if unescape(found[0]) else "", str(text))
    root = html.fragment_fromstring(_VOID.sub(r"<\1\2></\1>", _NOTHING.sub("", plain)), create_parent="div")
    for each in [each for each in root.iter() if not isinstance(each.tag, str)]:  # comments
        each.drop_tree()
    return root


def written(root: HtmlElement) -> Markup:
    """What stands in the element, as XHTML; what is empty has an end tag, for who reads it as HTML all the same."""
    for element in root.iter():
        if lang := element.get("lang"):
            element.set("xml:lang", lang)
        if element.tag not in VOID and element.text is None and not len(element):
            element.text = ""
    found = etree.tostring(root, method="xml", encoding="unicode", with_tail=False)
    return Markup(found.partition(">")[2].rpartition("</")[0])


def words_of(heading: HtmlElement) -> str:
    """A heading's words, without the calls of its notes."""
    bare = deepcopy(heading)
    for call in bare.xpath(".//*[@role='doc-noteref']"):
        call.drop_tree()
    return " ".join(str(bare.text_content()).split())


def body(text: str, address: Address, picture: Address) -> Markup:
    """An article's HTML as a book holds it. `picture`: the path in the book of an image; of others there is a link."""
    root = tree(text)
    for element in list(root.iterdescendants()):
        if element.tag in MEDIA:
            _replace(element, _told(element, address))
    for element in list(root.iterdescendants("img")):
        path = picture(element.get("src", ""))
        if path is None:
            _replace(element, _told(element, address))
        else:
            element.set("src", path)
            element.set("alt", element.get("alt", ""))
    for element in list(root.iterdescendants()):
        if element.tag in _GONE:
            element.drop_tree()
        elif element.tag not in ALLOWED or element.tag == "picture":
            element.drop_tag()
    for element in root.iterdescendants():
        _named(element)
        _attributes(element)
    _ids(root)
    _footnotes(root)
    for table in root.iterdescendants("table"):
        _label(table)
    return written(root)


def _replace(element: HtmlElement, by: Markup) -> None:
    """Put a fragment in the place of an element."""
    new = tree(by)
    element.addprevious(new)
    new.tail = element.tail
    element.tail = None
    element.getparent().remove(element)
    new.drop_tag()


def _told(element: HtmlElement, address: Address) -> Markup:
    """What stands for an image, a sound or a film that the book does not hold: a link to it."""
    found = element.get("src") or next((each.get("src", "") for each in element.iterdescendants("source")), "")
    linked = any(each.tag == "a" for each in element.iterancestors())
    return macro("epub/texte.jinja", "absent", element.tag, element.get("alt"), None if linked else address(found))


def _named(element: HtmlElement) -> None:
    if element.tag in _RENAMED:
        element.classes.add(element.tag)
        element.tag = _RENAMED[element.tag]


def _attributes(element: HtmlElement) -> None:
    """Only attributes that XHTML knows, with values that it allows."""
    align = element.attrib.pop("align", "").lower()
    element.set("style", element.get("style", f"text-align: {align};"))
    allowed = {"class", "dir", "id", "lang", "style", *_ATTRIBUTES.get(element.tag, ())}
    for name, value in element.attrib.items():
        if name not in allowed or not re.fullmatch(_SHAPES.get(name, ".*"), value, re.DOTALL):
            del element.attrib[name]


def _ids(root: HtmlElement) -> None:
    """Every id a name as XML has it, and given once; every heading has one."""
    seen: set[str] = set()
    headings = (element for element in root.iter() if element.tag in HEADINGS)
    for number, heading in enumerate(headings, 1):
        heading.set("id", heading.get("id") or f"titre-{number}")
    for element in root.iterdescendants():
        if href := element.get("href", ""):
            element.set("href", f"#{_name(href[1:])}" if href.startswith("#") else href)
        if "id" in element.attrib:
            name = _name(element.attrib.pop("id"))
            if name not in seen:
                element.set("id", name)
            seen.add(name)


def _name(id_: str) -> str:
    """An id as a name of XML: letters of ASCII, digits and hyphens; the others as their numbers."""
    name = re.sub(r"[^A-Za-z0-9.-]", lambda sign: f"_{ord(sign[0]):x}", id_)
    return name if name[:1].isalpha() else f"id{name}"


def _footnotes(root: HtmlElement) -> None:
    """The article's own footnotes become notes that reading systems open where they are called."""
    for call in root.xpath(f".//a[@class='{CALL}']"):
        call.set("epub:type", "noteref")
        call.set("role", "doc-noteref")
    for section in root.xpath(f".//div[@class='{ALL}'][ol]"):
        notes = [
            macro("epub/texte.jinja", "footnote", note.get("id"), number, list(_backs(note)), written(note))
            for number, note in enumerate(section.find("ol"), 1)
        ]
        _replace(section, macro("epub/texte.jinja", "footnotes", notes))


def _backs(note: HtmlElement) -> Iterator[str]:
    """The ways back from a footnote, which are taken out of it."""
    for link in note.xpath(f".//a[@class='{BACK}']"):
        yield link.get("href")
        before = link.getprevious()
        if before is None:
            link.getparent().text = (link.getparent().text or "").rstrip()
        else:
            before.tail = (before.tail or "").rstrip()
        link.drop_tree()


def _label(table: HtmlElement) -> None:
    """Of a table that no narrow page holds, each cell is told what it is: it may then be shown row under row."""
    heads = table.xpath("./thead/tr/th")
    rows = [row.xpath("./td") for row in table.xpath("./tbody/tr")]
    if len(heads) < WIDE or table.xpath(".//*[@colspan or @rowspan] | ./thead//a") or {*map(len, rows)} != {len(heads)}:
        return
    table.classes.add("wide")
    for cell, head in ((cell, head) for row in rows for cell, head in zip(row, heads, strict=True)):
        cell.set("data-label", " ".join(str(head.text_content()).split()))


def link(chapters: Mapping[str, HtmlElement], address: Address) -> None:
    """Give every link of a book its place: in its chapter, in another, outside; what leads nowhere is no link."""
    holds = {id_: name for name, root in chapters.items() for id_ in root.xpath(".//@id")}
    for name, root in chapters.items():
        for a in list(root.iterdescendants("a")):
            if a.get("epub:type") == "noteref":
                # Only now: French typography passes over what is called so, and names are text.
                a.set("role", "doc-noteref")
            href = a.get("href")
            if href is None:
                continue
            id_ = href[1:] if href.startswith("#") else None
            found = address(href) if id_ not in holds else href if holds[id_] == name else f"{holds[id_]}#{id_}"
            if found is None:
                a.drop_tag()
            else:
                a.set("href", found)
