"""The canonical form in which quotes and text are compared, and the way back to the text as it is written.

Every rule looks at a character and its neighbours only, so that the canonical form of any stretch of a text stands in
the canonical form of the text: Unicode's NFC (UAX #15), one apostrophe, one dash, one quotation mark, no invisible
characters, one space for any white space, and none where typographers disagree about it.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

APOSTROPHES = "'’‘ʼ"
DASHES = "-‐‑‒–—―−"
QUOTATION_MARKS = '"«»“”'
INVISIBLE = (  # what Unicode (UAX #44) calls default ignorable, but for fillers and the tags that flags are made of
    "\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff"  # soft hyphen, zero width, direction marks
    "\u034f\u180b-\u180d\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef"  # belong to the letter before: how it is shown
)
_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "ſt", "ﬆ": "st"}

_NO_SPACE_AFTER = QUOTATION_MARKS + APOSTROPHES + "(["
_NO_SPACE_BEFORE = QUOTATION_MARKS + ",.;:!?)]" + "\u037e"  # U+037E is NFC's name for a semicolon

_WHITE = "".join(letter for letter in map(chr, range(0x3001)) if letter.isspace() and letter != " ")
_ALIKE = tuple(  # replacing each of these few letters in turn is faster than str.translate, in long texts and short
    (letter, letters[0]) for letters in (APOSTROPHES, DASHES, QUOTATION_MARKS, " " + _WHITE) for letter in letters[1:]
)

# What becomes longer or shorter; letters that only become others are left to _ALIKE. All patterns here are verbose.
# One that begins with a set is looked for far faster than one that begins with anything else.
_SPACE = rf"[\s{INVISIBLE}]"
_AFTER, _BEFORE = re.escape(_NO_SPACE_AFTER), re.escape(_NO_SPACE_BEFORE)
_CHANGING = rf"""
    [\s{INVISIBLE}{"".join(_LIGATURES)}]
    (?! (?<= [^{_AFTER}] [ ] ) [^\s{INVISIBLE}{_BEFORE}] )  # a space like nearly all of them
    (?:
        (?P<dropped>
            (?: (?<= [{_AFTER}] {_SPACE} ) | (?<= \A {_SPACE} ) ) {_SPACE}*
          | (?<= {_SPACE} ) {_SPACE}* (?: (?= [{_BEFORE}] ) | \Z )
          | (?<= [{INVISIBLE}] ) [{INVISIBLE}]*
        )
      | (?P<space> (?<= \s ) {_SPACE}+ )
      | (?<= [{"".join(_LIGATURES)}] )
    )
"""
_CHANGING_IN_NFC = re.compile(_CHANGING, re.VERBOSE)
_UNSEEN = re.compile(f"[{INVISIBLE}]+")
_UNSEEN_OR_LIGATURE = re.compile("[{0}][{0}]*".format(INVISIBLE + "".join(_LIGATURES)))  # begins with a set, too


class Span(NamedTuple):
    """A stretch of a text: Unicode code points, 0-based, end exclusive."""

    start: int
    end: int


class Canonical:
    """A text, its canonical form, and the map between the two.

    source: the text as written.
    text: its canonical form.
    """

    __slots__ = ("_breaks", "_ends", "_places", "_starts", "_stops", "source", "text")

    def __init__(self, source: str, joints: Iterable[int] = ()) -> None:
        """Fold `source`, and keep where each stretch that changes stands in either text: all others only shift.

        joints: where a space of `source` parts two blocks, in order.
        """
        found = _changing(source)
        self.source = source
        self.text = _written(source, found)
        self._starts = [start for start, _, _ in found]  # in source
        self._ends = [end for _, end, _ in found]
        self._places: list[int] = []  # in text
        self._stops: list[int] = []
        shift = 0
        for start, end, written in found:
            self._places.append(start + shift)
            shift += len(written) - end + start
            self._stops.append(end + shift)
        self._breaks = [self.range(joint, joint + 1).start for joint in joints]

    def breaks(self, start: int, end: int) -> int:
        """Count the places between the canonical characters start…end at which one block ends and another begins."""
        return bisect_left(self._breaks, end) - bisect_right(self._breaks, start)

    def span(self, start: int, end: int) -> Span:
        """Give the stretch of `source` that the canonical characters start…end stand for; empty ranges stay empty."""
        first = self._letter(start).start
        return Span(first, self._letter(end - 1).end if start < end else first)

    def _letter(self, at: int) -> Span:
        """Give the stretch of `source` that one canonical character stands for."""
        which = bisect_right(self._places, at) - 1
        if which < 0:
            return Span(at, at + 1)
        beyond = at - self._stops[which]
        if beyond < 0:
            return Span(self._starts[which], self._ends[which])
        return Span(self._ends[which] + beyond, self._ends[which] + beyond + 1)

    def range(self, start: int, end: int) -> Span:
        """Give the canonical characters that stand for any part of the stretch start…end of `source`."""
        which = bisect_right(self._starts, start) - 1
        first = start
        if which >= 0:
            inside = start < self._ends[which]
            first = self._places[which] if inside else self._stops[which] + start - self._ends[which]
        which = bisect_left(self._starts, end) - 1
        last = self._stops[which] + max(0, end - self._ends[which]) if which >= 0 else end
        return Span(first, max(first, last))


def canonical(source: str) -> Canonical:
    """Give the canonical form of a text with its map."""
    return Canonical(source)


@lru_cache(maxsize=4096)  # names and quotes are compared with many texts
def fold(source: str) -> str:
    """Give the canonical form of a short text, without a map: `canonical(source).text`."""
    return _written(source, _changing(source))


def _changing(source: str) -> list[tuple[int, int, str]]:
    """Give the stretches that become longer, shorter or composed: (start, end, what is written instead), in order."""
    found = []
    for match in _pattern(source).finditer(source):
        kind = match.lastgroup
        written = "" if kind == "dropped" else " " if kind == "space" else _composed(match[0])
        found.append((*match.span(), written))
    return found


def _composed(letters: str) -> str:
    """Open ligatures and compose letters with their accents."""
    return unicodedata.normalize("NFC", "".join(_LIGATURES.get(letter, letter) for letter in _UNSEEN.sub("", letters)))


def _written(source: str, found: list[tuple[int, int, str]]) -> str:
    parts, done = [], 0
    for start, end, written in found:
        parts += [source[done:start], written]
        done = end
    parts.append(source[done:])
    text = "".join(parts)
    for letter, common in _ALIKE:
        text = text.replace(letter, common)
    return text


def _pattern(source: str) -> re.Pattern[str]:
    """Give the pattern of what changes in this text: nearly always the same; a text not in NFC needs more."""
    if source.isascii():
        return _CHANGING_IN_NFC
    # Letters may compose once what stands between them is dropped, or a ligature opened; what is dropped may belong
    # to one.
    runs = (source[match.start() : match.end() + 1] for match in _UNSEEN_OR_LIGATURE.finditer(source))
    meet = any(_joins(letter) for run in runs for letter in run)
    if not meet and unicodedata.is_normalized("NFC", source):
        return _CHANGING_IN_NFC
    letters = set(source)
    marks = "".join(re.escape(letter) for letter in letters if _joins(letter))
    single = "".join(re.escape(letter) for letter in letters if unicodedata.normalize("NFC", letter) != letter)
    with_marks = rf"[^\s{INVISIBLE}] (?: [{INVISIBLE}]* [{marks}] )+ |" if marks else ""
    return re.compile(with_marks + _CHANGING + (f"| [{single}]" if single else ""), re.VERBOSE)


def _joins(letter: str) -> bool:
    """Tell whether a character may compose with the one before it: a combining mark, a Hangul vowel or final."""
    return letter > "\u02ff" and (unicodedata.category(letter)[0] == "M" or "\u1160" <= letter <= "\u11ff")
