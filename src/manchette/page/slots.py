"""Finished HTML that waits outside of a page's Markdown, where a placeholder keeps its place.

What a macro prints needs no Markdown, and Markdown takes longer to read it than the macro took to print it.
"""

from __future__ import annotations

import re
from itertools import count

from markupsafe import Markup

_waiting: dict[str, str] = {}  # number → HTML; taken out by the page that it is for
_numbers = map(str, count(1))
_SLOT = re.compile(r'<div data-mch-slot="(\d+)"></div>')


def keep(html: str) -> Markup:
    """What stands for `html` in Markdown, as a block of its own, until `fill`."""
    number = next(_numbers)
    _waiting[number] = html
    return Markup('<div data-mch-slot="{}"></div>').format(number)


def fill(html: str) -> str:
    """The page, with what was kept in its place."""
    return _SLOT.sub(lambda slot: _waiting.pop(slot[1], slot[0]), html)
