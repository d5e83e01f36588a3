"""Places in a page for HTML that comes later, because it is finished already, or because it is another at every save.

What a macro prints needs no Markdown, and Markdown takes longer to read it than the macro took to print it. A note of
an article is set by itself, so that a server sets again the one that was changed, and not its page. In the line of an
entry is all that is above it: it is written last.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import count

from markupsafe import Markup, escape

from manchette.load import Record
from manchette.site.site import Site
from manchette.typeset import typography

_waiting: dict[str, str] = {}  # name → HTML; taken out by the page that it is for
_SLOT = re.compile(r'<div data-mch-slot="([^"]+)"></div>')
# U+FFFE and U+FFFF are characters of no text, and a file of ours that has one is refused.
_PLACE = re.compile("<!--\ufffe([^\uffff]+)\uffff-->")
_LINE = re.compile("\ufffe([a-z0-9-]+)\uffff")


def keep(name: str, html: str) -> Markup:
    """What stands for `html` in Markdown, as a block of its own, until `fill`; `name`: whose it is, at every save."""
    own = next(each for each in (str(escape(f"{name} {number}")) for number in count(1)) if each not in _waiting)
    _waiting[own] = html
    return Markup('<div data-mch-slot="{}"></div>').format(Markup(own))


def fill(html: str) -> str:
    """The page, with what was kept in its place."""
    return _SLOT.sub(lambda slot: _waiting.pop(slot[1], slot[0]), html)


def place(name: str) -> Markup:
    """What stands for a block of HTML in a template's, until `around` or `put`."""
    return Markup("<!--\ufffe{}\uffff-->").format(name)


def put(html: str, pieces: Mapping[str, str]) -> str:
    """`html`, with each piece in its place."""
    return _PLACE.sub(lambda found: pieces.get(found[1], found[0]), html)


def around(html: str, pieces: Mapping[str, str]) -> str:
    """`html` with French typography around the pieces, which have theirs, each in its place."""
    return put(typography.apply(html), pieces)


def line(entry: str) -> str:
    """What stands for the line of a register's entry, in an address, until `lines`."""
    return f"\ufffe{entry}\uffff"


def lines(site: Site, html: str) -> str:
    """`html`, with the lines of entries in their places."""

    def written(found: re.Match[str]) -> str:
        entry: tuple[object, Record[object]] | None = site.entities.get(found[1])  # type: ignore[assignment]
        return str(entry[1].where.place.line) if entry else found[0]

    return _LINE.sub(written, html)
