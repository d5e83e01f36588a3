"""A text → the words by which it is found: case, accents, ligatures, apostrophes and the plural do not count.

The theme's search.js takes what a reader types apart in the same way; `tests/search/words.yml` holds both to it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from manchette.format.vocabulary import MONTH_NAMES
from manchette.page.parts import bare

_WORD = re.compile(r"[^\W_]+")
_MONTHS = frozenset(map(bare, MONTH_NAMES))
_DAY = re.compile(r"(\d\d?)(?:er)?")


def words(text: str) -> Iterator[str]:
    """The words of a text in order; a day of a month is one word more, `12juillet`, for « 12 » alone says nothing."""
    before = ""
    for word in map(_bare, _WORD.findall(unicodedata.normalize("NFC", text))):
        day = _DAY.fullmatch(before)
        if day and word in _MONTHS:
            yield day[1] + word
        yield _singular(word)
        before = word


# Bare letters as newspapers write them in English; Ukrainian has its own Г and И.
_CYRILLIC = dict(zip("абвгдезиклмнопрстуфыэі", "abvgdeziklmnoprstufyei", strict=True)) | {
    **{"ж": "zh", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ь": "", "ю": "yu", "я": "ya"},
    **{"є": "ye", "ґ": "g"},
}
_TABLES = {"": str.maketrans(_CYRILLIC), "uk": str.maketrans(_CYRILLIC | {"г": "h", "и": "y"})}


def latin(name: str, lang: str) -> str:
    """A name in Cyrillic letters as it is found elsewhere: « Курск » is kursk. Any other comes back bare."""
    return bare(name).translate(_TABLES.get(lang.partition("-")[0], _TABLES[""]))


_bare = lru_cache(maxsize=1 << 16)(bare)  # a library has few words and says them often


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word[-1] in "sx" else word
