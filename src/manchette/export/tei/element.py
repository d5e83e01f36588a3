"""What all parts of a TEI file are made of: elements, dates, addresses."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote, unquote, urlsplit

from lxml import etree

from manchette.engine import Home
from manchette.format.edtf import When

TEI = "http://www.tei-c.org/ns/1.0"
EDTF = "edtf"  # the id of what says how @when-custom is written
_XML = "{http://www.w3.org/XML/1998/namespace}"
_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, « Char »
_AUTHORITY = re.compile(r"(?:[a-z][a-z0-9+.-]*:)?//[^\s/?#<>\"{}|\\^`]*", re.IGNORECASE)
_NO_ADDRESS = re.compile(r"""[\x00-\x20<>"{}|\\^`\[\]#]|%(?![0-9A-Fa-f]{2})""")  # RFC 3986, beyond the authority

# White space in these is in nobody's text.
_TEXTLESS = frozenset(
    {
        "TEI", "teiHeader", "fileDesc", "titleStmt", "publicationStmt", "sourceDesc", "encodingDesc", "editorialDecl",
        "classDecl", "taxonomy", "category", "profileDesc", "langUsage", "revisionDesc", "standOff", "listPerson",
        "person", "listOrg", "org", "listPlace", "place", "listEvent", "event", "listBibl", "spanGrp",
        "listAnnotation", "annotation", "respStmt", "text", "body", "div", "list", "table",
    }
)  # fmt: skip

Element = etree._Element
Attributes = Mapping[str, str | None]


def root(tag: str) -> Element:
    """An element that stands in none."""
    return etree.Element(f"{{{TEI}}}{tag}", nsmap={None: TEI})  # type: ignore[dict-item]  # None: the default one


def add(parent: Element, tag: str, attributes: Attributes | None = None, text: str | None = "") -> Element:
    """A new last child; attributes without a value are left out, and `xml:id` is written so."""
    element = etree.SubElement(parent, f"{{{TEI}}}{tag}")
    give(element, attributes or {})
    element.text = legal(text) if text else None
    return element


def give(element: Element, attributes: Attributes) -> None:
    """Set the attributes that have a value."""
    for name, value in attributes.items():
        if value:
            element.set(name.replace("xml:", _XML), legal(value))


def tag(element: Element) -> str:
    """An element's name without its namespace."""
    return str(etree.QName(element).localname)


def say(element: Element, text: str) -> None:
    """Add words after all that an element holds."""
    if not text:
        return
    if len(element):
        element[-1].tail = (element[-1].tail or "") + legal(text)
    else:
        element.text = (element.text or "") + legal(text)


def parted(element: Element, between: str) -> None:
    """Put words between the children of what holds nothing else, for whoever reads it without its tags."""
    for child in list(element)[:-1]:
        child.tail = between


def spread(made: Element) -> None:
    """Put each child of what holds no text on a line of its own, for whoever reads or compares files by lines."""
    for element in made.iter():
        if isinstance(element.tag, str) and tag(element) in _TEXTLESS and len(element):
            element.text = "\n"
            for child in element:
                child.tail = "\n"


def legal(text: str) -> str:
    """Text without the characters that XML cannot hold, by the one that stands for what cannot be shown."""
    return _ILLEGAL.sub("\N{REPLACEMENT CHARACTER}", text)


def dated(when: When | None) -> dict[str, str]:
    """A date as TEI's attributes have it, and as it is written: EDTF says more than they can.

    A doubt is `cert`: `low` where the date is uncertain, `medium` where it is approximate.
    """
    if when is None:
        return {}
    said = {"when-custom": when.text, "datingMethod": f"#{EDTF}"}
    if when.uncertain or when.approximate:
        said["cert"] = "low" if when.uncertain else "medium"
    if when.is_interval:
        start, end = when.start, when.end
        bounds = {"from": start and (_plain(start) or _day(start, 0)), "to": end and (_plain(end) or _day(end, 1))}
    elif plain := _plain(when):
        bounds = {"when": plain}
    else:
        bounds = {"notBefore": _day(when, 0), "notAfter": _day(when, 1)}
    return {name: value for name, value in bounds.items() if value} | said


def _plain(when: When) -> str | None:
    """A day, month or year as XML Schema has it, whose years 0 and before are others than EDTF's."""
    if when.precision not in {"day", "month", "year"} or when.year is None or not 1 <= when.year <= 9999:
        return None
    parts = [f"{when.year:04}", *(f"{part:02}" for part in (when.month, when.day) if part)]
    time = re.sub(r"([+-]\d\d)$", r"\1:00", when.time)
    return "-".join(parts) + (f"T{time}" if time else "")


def _day(when: When, bound: int) -> str | None:
    day = (when.earliest, when.latest)[bound]
    return day.isoformat() if day else None


def pointer(address: str) -> str:
    """An address with what no URI may hold in per cents."""
    said = address.strip()
    authority = found[0] if (found := _AUTHORITY.match(said)) else ""
    path, mark, fragment = said[len(authority) :].partition("#")
    return authority + mark.join(
        _NO_ADDRESS.sub(lambda bad: quote(bad[0]), part) for part in (path, fragment)[: 1 + bool(mark)]
    )


@dataclass(frozen=True)
class Ways:
    """From the file to what it names elsewhere: absolute, or relative to it where the site's address is not known."""

    home: Home
    file: str  # the path of the TEI file, from the root
    page: str  # what the addresses in texts are relative to

    def to(self, page: str, fragment: str = "") -> str:
        """The address of a page."""
        return self._up() + self.home.to(page, fragment)

    def lead(self, address: str) -> str:
        """Where a link or a picture of a text leads, as an address that is valid from here."""
        try:
            parts = urlsplit(address.strip())
        except ValueError:
            return pointer(address)
        if parts.scheme or parts.netloc or not (parts.path or parts.fragment):
            return pointer(address)
        if not parts.path:
            return pointer(self.to(self.page, parts.fragment))
        path = posixpath.normpath(posixpath.join(posixpath.dirname(self.page), unquote(parts.path))).lstrip("/")
        if path.endswith(".md"):
            return pointer(self.to(path, parts.fragment))
        return pointer(self._up() + self.home.file(path) + (f"#{parts.fragment}" if parts.fragment else ""))

    def _up(self) -> str:
        return "" if self.home.url else "../" * self.file.count("/")
