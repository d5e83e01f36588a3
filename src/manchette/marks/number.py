"""Gives each paragraph a fragment of HTML and attributes: its number, its address."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape

from manchette.marks.body import Block, Body
from manchette.marks.edits import Edit, Rank


def number(
    body: Body, fragment: Callable[[int], str], attributes: Callable[[int], dict[str, str]] | None = None
) -> list[Edit]:
    """The edits that give each paragraph a fragment of HTML and attributes, both by its number, from 1.

    The fragment stands at the start of the innermost block that holds the paragraph's first word (the first item of a
    list, the first cell of a table). Attributes go to the paragraph's own element: classes are added, others are
    written only where the source has none. Text in no block has no element, and so no attributes.
    """
    edits = []
    for n, paragraph in enumerate(body.tops, 1):
        edits.append(Edit(paragraph.host, paragraph.host, fragment(n), Rank.FRAGMENT))
        if attributes and paragraph.block:
            edits.append(_start_tag(body.html, paragraph.block, attributes(n)))
    return edits


_CLASS = re.compile(
    r"""
    (?<=\s) class \s*=\s*
    (?: "[^"]*" | '[^']*' | [^\s>]+ )  # the three ways to write a value
    """,
    re.VERBOSE | re.IGNORECASE,
)


def _start_tag(html: str, block: Block, added: dict[str, str]) -> Edit:
    """The block's start tag with the attributes in it; the rest of the tag stays as it is written."""
    tag = html[block.start : block.end]
    new = ""
    for name, value in added.items():
        if name not in block.attributes:
            new += f' {name}="{escape(value)}"'
        elif name == "class":
            classes = escape(f"{block.attributes[name]} {value}".strip())
            tag = _CLASS.sub(lambda _, classes=classes: f'class="{classes}"', tag, count=1)  # type: ignore[misc]
    after_name = 1 + len(block.name)
    return Edit(block.start, block.end, tag[:after_name] + new + tag[after_name:])
