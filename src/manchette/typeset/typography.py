"""French typography for what is printed, never for the text that quotes are compared with.

Each rule looks at the text as a reader sees it, tags left out, and says which characters become what; so
`« <em>mot</em> »` and a semicolon after a link are set like any others. Applying them twice is applying them once.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from manchette.marks import NotPlainError, Pieces, bare, change, dress, flow, run, texts, write
from manchette.typeset.rules import RULES, TELLING


def apply(html: str) -> str:
    """`html` as it is printed: all but code, addresses, calls, and what a `lang` says to be in another language."""
    html = str(html)  # of markup every part would be markup, at a cost
    printed, held = [""], ""
    try:
        runs, tags = bare(html)
        for part in runs:
            held += part
            if (found := _run(held)) is not None:
                printed.pop()  # what follows the last tag of a run is the beginning of the next
                printed += found
                held = ""
    except NotPlainError:
        held = html
    return _edited(html, flow(html, "fr")) if held else dress(printed, tags)


# A page of an article has some 400 runs. Most of them come again: in its claims or its register, or in the notes of the
# same names beside other articles; the words of a register of hundreds are kept in a few megabytes.
@lru_cache(maxsize=8192)
def _run(html: str) -> Sequence[str] | None:
    """The texts of some of a page's bare runs as they are printed; None where they cannot be read without the next.

    No rule looks beyond a paragraph. Raises NotPlainError.
    """
    read = run(html, "fr")
    return None if read is None else texts(_edited(html, read))


def _edited(html: str, read: Pieces) -> str:
    edits = []
    for offset, new in _changes(read.text).items():
        start, end = read.place(offset)
        if start < end:
            edits.append(change(start, end, new))
    return write(html, edits) if edits else html


def typeset(text: str) -> str:
    """Plain text as it is printed; a line feed ends a paragraph."""
    parts: list[str] = []
    end = 0
    for offset, new in sorted(_changes(text).items()):
        parts += text[end:offset], new
        end = offset + 1
    return "".join([*parts, text[end:]])


def _changes(text: str) -> dict[int, str]:
    """What the rules change, by offset; of two rules about one character the first counts."""
    if not TELLING.search(text):
        return {}
    has_address = any(sign in text for sign in ("://", "mailto:", "tel:", "www.", "@"))
    kept = {offset for match in _KEPT.finditer(text) for offset in range(*match.span())} if has_address else ()
    changes: dict[int, str] = {}
    for rule in RULES:
        for offset, new in rule(text):
            if offset not in kept:
                changes.setdefault(offset, new)
    return {offset: new for offset, new in changes.items() if text[offset] != new}


_KEPT = re.compile(
    r"""
      (?: https?:// | ftp:// | mailto: | tel: | www\. )  # an address of the web,
      [^\s«»"“”]*
      [^\s«»"“”.,;:!?)\]'’…]                            # without the punctuation after it
    | (?<! [^\s«»"“”(] ) [^\s«»"“”(]+ @ [\w-]+ (?: \.[\w-]+ )+  # an address of mail
    """,
    re.VERBOSE,
)
