"""The canonical form in which quotes and text are compared, and the way back to the text as it is written.

Every rule looks at a character and its neighbours only, so that the canonical form of any stretch of a text stands in
the canonical form of the text: Unicode's NFC (UAX #15), one apostrophe, one dash, one quotation mark, no invisible
characters, one space for any white space, and none where typographers disagree about it.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

APOSTROPHES = "'’‘ʼ"
DASHES = "-‐‑‒–—―−"
QUOTATION_MARKS = '"«»“”'
INVISIBLE = (
    "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"  # soft hyphen, zero width, direction marks
)
_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "ſt", "ﬆ": "st"}

_NO_SPACE_AFTER = QUOTATION_MARKS + APOSTROPHES + "(["
_NO_SPACE_BEFORE = QUOTATION_MARKS + ",.;:!?)]" + "\u037e"  # U+037E is NFC's name for a semicolon

_ALIKE = str.maketrans(
    dict.fromkeys(APOSTROPHES, "'")
    | dict.fromkeys(DASHES, "-")
    | dict.fromkeys(QUOTATION_MARKS, '"')
    | {letter: " " for letter in map(chr, range(0x3001)) if letter.isspace()}
)
_RUN = rf"[\s{INVISIBLE}]"
_DROPPED = (
    rf"(?P<dropped>(?:(?<=[{re.escape(_NO_SPACE_AFTER)}])|\A){_RUN}+|{_RUN}+(?:(?=[{re.escape(_NO_SPACE_BEFORE)}])|\Z)"
    rf"|[{INVISIBLE}]+)"
)
_COMMON = (
    rf"(?=[\s{INVISIBLE}{''.join(_LIGATURES)}])"  # says no fast: this is tried at every character
    rf"(?:{_DROPPED}|(?P<space>\s{_RUN}+)|[{''.join(_LIGATURES)}])"
)  # one white space that stays one is left to _ALIKE
_EXCEPTIONS = re.compile(_COMMON)
_UNSEEN = re.compile(f"[{INVISIBLE}]+")
_MEETING = re.compile(f"[{INVISIBLE}{''.join(_LIGATURES)}]+")


class Span(NamedTuple):
    """A stretch of a text: Unicode code points, 0-based, end exclusive."""

    start: int
    end: int


class Canonical:
    """A text, its canonical form, and the map between the two.

    source: the text as written.
    text: its canonical form.
    """

    __slots__ = ("_ends", "_starts", "source", "text")

    def __init__(self, source: str) -> None:
        """Fold `source` and keep, for each canonical character, the stretch of `source` it stands for."""
        starts, ends, parts = array("I"), array("I"), []
        done = 0
        for start, end, written in _exceptions(source):
            parts += [source[done:start], written]
            starts.extend(range(done, start))
            ends.extend(range(done + 1, start + 1))
            starts.extend([start] * len(written))
            ends.extend([end] * len(written))
            done = end
        parts.append(source[done:])
        starts.extend(range(done, len(source)))
        ends.extend(range(done + 1, len(source) + 1))
        self.source = source
        self.text = "".join(parts).translate(_ALIKE)
        self._starts, self._ends = starts, ends

    def span(self, start: int, end: int) -> Span:
        """Give the stretch of `source` that the canonical characters start…end stand for; empty ranges stay empty."""
        if start >= end:
            at = self._starts[start] if start < len(self._starts) else len(self.source)
            return Span(at, at)
        return Span(self._starts[start], self._ends[end - 1])

    def range(self, start: int, end: int) -> Span:
        """Give the canonical characters that stand for any part of the stretch start…end of `source`."""
        first = bisect_right(self._ends, start)
        return Span(first, max(first, bisect_left(self._starts, end)))


def canonical(source: str) -> Canonical:
    """Give the canonical form of a text with its map."""
    return Canonical(source)


@lru_cache(maxsize=4096)  # names and quotes are compared with many texts
def fold(source: str) -> str:
    """Give the canonical form of a short text, without a map: `canonical(source).text`."""
    parts, done = [], 0
    for start, end, written in _exceptions(source):
        parts += [source[done:start], written]
        done = end
    parts.append(source[done:])
    return "".join(parts).translate(_ALIKE)


def _exceptions(source: str) -> Iterator[tuple[int, int, str]]:
    """Give the stretches whose length or letters change, as (start, end, what is written instead), in order."""
    for match in _changing(source).finditer(source):
        if match.lastgroup == "dropped":
            written = ""
        elif match.lastgroup == "space":
            written = " "
        else:
            opened = "".join(_LIGATURES.get(letter, letter) for letter in _UNSEEN.sub("", match[0]))
            written = unicodedata.normalize("NFC", opened)
        yield *match.span(), written


def _changing(source: str) -> re.Pattern[str]:
    """Give the pattern of what may change in this text; a text that is not in NFC needs its own letters and marks."""
    meet = any(_joins(source[match.end() : match.end() + 1]) for match in _MEETING.finditer(source))
    if not meet and unicodedata.is_normalized("NFC", source):
        return _EXCEPTIONS
    letters = set(source)
    marks = "".join(re.escape(letter) for letter in letters if _joins(letter))
    single = "".join(re.escape(letter) for letter in letters if unicodedata.normalize("NFC", letter) != letter)
    clusters = rf"[^\s{INVISIBLE}](?:[{INVISIBLE}]*[{marks}])+|" if marks else ""
    return re.compile(clusters + _COMMON + (f"|[{single}]" if single else ""))


def _joins(letter: str) -> bool:
    """Tell whether a character may compose with the one before it: a combining mark, a Hangul vowel or final."""
    return letter > "\u02ff" and (unicodedata.category(letter)[0] == "M" or "\u1160" <= letter <= "\u11ff")
