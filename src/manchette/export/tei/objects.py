"""What words are not, in TEI: pictures, films, code; of what TEI has no element for, that it is there."""

from __future__ import annotations

import mimetypes
import re
from collections.abc import Sequence
from html import unescape

from manchette.export.tei.element import Element, Ways, add, tag
from manchette.marks.elements import CODE
from manchette.marks.events import ParserEvent

SHOWN = frozenset({"img", "picture", "audio", "video"})
"""What may be all of a figure."""


def write(place: Element, event: ParserEvent, inside: Sequence[ParserEvent], html: str, ways: Ways) -> None:
    """Add an element of HTML with all that stands `inside` it; `html`: what the events are of."""
    if event.name in CODE:
        _code(place, event, inside, html)
    elif event.name in SHOWN and (source := _source(event, inside)):
        (_picture if event.name in {"img", "picture"} else _played)(place, event, source, ways)
    else:
        add(place, "gap", {"reason": event.name})


def _source(event: ParserEvent, inside: Sequence[ParserEvent]) -> ParserEvent | None:
    """Which element has the address: the picture that every browser shows, or the first file."""
    named = {"img"} if event.name in {"img", "picture"} else {event.name, "source"}
    found = (each for each in (event, *inside) if each.name in named and each.attributes.get("src", "").strip())
    return next(found, None)


def _picture(place: Element, event: ParserEvent, source: ParserEvent, ways: Ways) -> None:
    figure = place if tag(place) == "figure" else add(place, "figure", {"place": "inline"})
    add(figure, "graphic", {"url": ways.lead(source.attributes["src"])})
    if alternative := source.attributes.get("alt", "").strip():
        add(figure, "figDesc", text=alternative)


def _played(place: Element, event: ParserEvent, source: ParserEvent, ways: Ways) -> None:
    address, type_ = source.attributes["src"], source.attributes.get("type", "").partition(";")[0].strip()
    type_ = type_ or mimetypes.guess_type(address)[0] or ""
    known = re.fullmatch(r"[\w.+-]+/[\w.+-]+", type_)
    add(place, "media", {"mimeType": type_ if known else event.name, "url": ways.lead(address)})


def _code(place: Element, event: ParserEvent, inside: Sequence[ParserEvent], html: str) -> None:
    """Code, to the letter."""
    said = "".join(unescape(html[each.start : each.end]) for each in inside if not each.name)
    if event.name != "pre":
        add(place, "code", {"rend": event.name if event.name != "code" else None}, said)
        return
    classes = " ".join(each.attributes.get("class", "") for each in (event, *inside)).split()
    lang = next((name.removeprefix("language-") for name in classes if name.startswith("language-")), None)
    add(place, "code", {"lang": lang, "xml:space": "preserve"}, said.removesuffix("\n"))
