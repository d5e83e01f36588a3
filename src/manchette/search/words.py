"""A text → the words by which it is found: case, accents, ligatures, apostrophes and the plural do not count.

The theme's search.js takes what a reader types apart in the same way; `tests/search/words.yml` holds both to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from manchette.format.vocabulary import MONTH_NAMES
from manchette.page.parts import bare

_WORD = re.compile(r"[^\W_]+")
_MONTHS = frozenset(map(bare, MONTH_NAMES))
_DAY = re.compile(r"(\d\d?)(?:er)?")


def words(text: str) -> Iterator[str]:
    """The words of a text in order; a day of a month is one word more, `12juillet`, for « 12 » alone says nothing."""
    before = ""
    for word in _WORD.findall(bare(text)):
        day = _DAY.fullmatch(before)
        if day and word in _MONTHS:
            yield day[1] + word
        yield _singular(word)
        before = word


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word[-1] in "sx" else word
