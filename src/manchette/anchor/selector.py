"""A quote: the words that an annotation stands on, as its author wrote them."""

from __future__ import annotations

import re
from typing import NamedTuple

from manchette.anchor.canonical import fold

GAP = "[…]"
_GAP = re.compile(r"(?<=\S)\s*\[…\]\s*(?=\S)")  # at an end of the quote there is nothing to stand between: it is text


class Selector(NamedTuple):
    """A W3C TextQuoteSelector (https://www.w3.org/TR/annotation-model/#text-quote-selector).

    exact: the words; `[…]` between two of them stands for any text. prefix: what ends right before the words. suffix:
    what begins right after them. Either may be empty, which says nothing of what stands there.
    """

    exact: str
    prefix: str = ""
    suffix: str = ""

    @property
    def parts(self) -> list[str]:
        """The words between the gaps; one part where there is no gap."""
        return _GAP.split(self.exact.strip()) if GAP in self.exact else [self.exact]

    @property
    def blank(self) -> bool:
        """Whether the quote says nothing: white space, invisible characters and gaps only."""
        return not fold(self.exact.replace(GAP, " "))

    @property
    def has_context(self) -> bool:
        """Whether a prefix or a suffix is given."""
        return bool(self.prefix or self.suffix)

    @property
    def words_only(self) -> Selector:
        """The same quote without its context."""
        return Selector(self.exact)
