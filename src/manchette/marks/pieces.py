"""A text that was taken from HTML, in pieces, and the place of every character in the source."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from manchette.anchor.canonical import Canonical

OBJECT = "\N{OBJECT REPLACEMENT CHARACTER}"
"""What stands in the text for code, an image or a control, so that no quote can pass over it unseen."""

WHITE = " \t\n\r\f"
STRETCH = re.compile(
    r"""
      (?P<words> [^ \t\n\r\f&]+ (?:[ ][^ \t\n\r\f&]+)* )     # with single spaces between them: shown as they are
    | [ \t\n\r\f]+                                           # other white space: shown as one space
    | & (?: \#\d+ | \#[xX][\da-fA-F]+ | [a-zA-Z][a-zA-Z\d]* ) ;?   # a character reference
    | &                                                      # an ampersand that begins none
    """,
    re.VERBOSE,
)


@dataclass(frozen=True, eq=False)
class Pieces:
    """An HTML fragment and a text of it.

    *Piece*: a stretch of the text that comes from one stretch of the HTML. The pieces are in order: the offset of each,
    and the start and end of its source. Where text and source are of the same length they are the same, character by
    character; else the whole piece comes from the whole stretch.
    """

    html: str
    text: str
    offsets: Sequence[int] = field(repr=False)
    starts: Sequence[int] = field(repr=False)
    ends: Sequence[int] = field(repr=False)
    joints: Sequence[int] = field(repr=False)  # where a character of the text parts two blocks, as offsets

    @cached_property
    def canonical(self) -> Canonical:
        """The text's canonical form, which knows where blocks meet."""
        return Canonical(self.text, self.joints)

    def place(self, offset: int) -> tuple[int, int]:
        """Where the character at a text offset stands in the HTML; start = end for the space between two blocks."""
        piece = bisect_right(self.offsets, offset) - 1
        start, end = self.starts[piece], self.ends[piece]
        following = self.offsets[piece + 1] if piece + 1 < len(self.offsets) else len(self.text)
        if following - self.offsets[piece] != end - start:
            return start, end
        start += offset - self.offsets[piece]
        return start, start + 1
