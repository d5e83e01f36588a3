"""Quotes and names to places in a text: exact, in canonical form.

A quote is a W3C TextQuoteSelector (https://www.w3.org/TR/annotation-model/#text-quote-selector): `exact`, and if need
be the `prefix` that ends right before it and the `suffix` that begins right after; `[…]` inside `exact` is any text in
between. Strings only: knows no HTML and no file. Offsets are Unicode code points of the text as written, 0-based, end
exclusive, unless a docstring says canonical.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

from manchette.anchor.align import words
from manchette.anchor.canonical import Canonical, Span, canonical, fold
from manchette.anchor.seek import Sought, weigh

__all__ = ["Canonical", "Span", "blank", "canonical", "find", "fold", "mentions"]

GAP = "[…]"
_GAP = re.compile(r"(?<=\S)\s*\[…\]\s*(?=\S)")  # at an end of the quote there is nothing to stand between: it is text
_CONTEXT = 32  # characters that a context counts as, however short: a short one was chosen to decide
CONFIRMED = (
    0.42  # how far a passage and its context must agree, as `seek.weigh` counts; `repair` says how it was chosen
)
_TOKEN = re.compile(r"\w+|[^\w\s]")
# A text that says one thing over and over would be compared with itself without end; nobody would paste what decides.
_REACH = 200  # characters of context
_OTHERS = 50  # places it is told from

Key = TypeVar("Key")


@dataclass(frozen=True)
class Standing:
    """A place where the quoted words stand, and the shortest context, in words, that decides; both empty: none does."""

    span: Span
    prefix: str
    suffix: str


def blank(exact: str) -> bool:
    """Tell whether a quote says nothing: white space, invisible characters and gaps only."""
    return not fold(exact.replace(GAP, " "))


def find(text: Canonical, exact: str, prefix: str = "", suffix: str = "") -> list[Span]:
    """Give every place where a quote stands, in order.

    With `[…]`, each place takes the nearest text that fits: where two would end together, the shorter is the place.
    Nothing is found for a blank quote. Words that stand only once are found where their context was edited too, as
    long as the whole is beyond doubt.
    """
    if blank(exact):
        return []
    found = ranges(text.text, exact, prefix, suffix)
    if not found and (prefix or suffix):
        found = [place for place in _only(text.text, exact) if _confirmed(text.text, place, prefix, suffix)]
    return [text.span(start, end) for start, end in found]


def _only(text: str, exact: str) -> list[tuple[int, int]]:
    """Give the place of words that stand once in a canonical text."""
    places = ranges(text, exact)
    return places if len(places) == 1 else []


def _confirmed(text: str, place: tuple[int, int], prefix: str, suffix: str) -> bool:
    """Tell whether the context of a place agrees with the one given by and large, for its own length in words."""
    sought = Sought(text[slice(*place)], fold(prefix)[-_CONTEXT:], fold(suffix)[:_CONTEXT])
    found = weigh(words(text), sought, *place)
    given = bool(prefix) + bool(suffix)
    own = len(sought.exact)
    return own + _CONTEXT * (found.before + found.after) >= CONFIRMED * (own + _CONTEXT * given)


def ranges(text: str, exact: str, prefix: str = "", suffix: str = "") -> list[tuple[int, int]]:
    """Do as `find`, in a canonical text and its own offsets, for a quote that is not blank."""
    before, after = fold(prefix.lstrip(_cut_marks(prefix))), fold(suffix)
    parts = [fold(part) for part in split(exact)]
    first, last = parts[0], parts[-1]
    starts = [start for start in _occurrences(text, first) if _ends_with(text, start, before)]
    if len(parts) == 1:
        return [(at, at + len(first)) for at in starts if _begins_with(text, at + len(first), after)]
    stops = [at for at in _occurrences(text, last) if _begins_with(text, at + len(last), after)] if starts else []
    places: list[tuple[int, int]] = []
    for start in starts:
        reached = start + len(first)
        for part in parts[1:-1]:
            at = text.find(part, reached)
            if at < 0:
                return places
            reached = at + len(part)
        which = bisect_left(stops, reached)
        if which == len(stops):
            return places
        end = stops[which] + len(last)
        if places and places[-1][1] == end:
            places.pop()
        places.append((start, end))
    return places


def split(exact: str) -> list[str]:
    """Give the parts of a quote between its gaps; one part where there is no gap."""
    return _GAP.split(exact.strip()) if GAP in exact else [exact]


def mentions(text: Canonical, forms: Mapping[str, Key]) -> list[tuple[Span, Key]]:
    """Give every whole-word occurrence of the forms, in order, each with the key of its form.

    Case counts. A hyphen or an apostrophe ends a word. Of forms that overlap the longest wins, then the first.
    Two forms that are one in canonical form are one form: the key of the last is given.
    """
    by_token: dict[str, dict[str, Key]] = {}
    for form, key in forms.items():
        if token := _TOKEN.search(folded := fold(form)):
            by_token.setdefault(token[0], {})[folded] = key
    found = [
        (len(form), at, key)
        for at, token in ((match.start(), match[0]) for match in _TOKEN.finditer(text.text))
        if token in by_token
        for form, key in by_token[token].items()
        if text.text.startswith(form, at) and _whole(text.text, at, at + len(form))
    ]
    taken = bytearray(len(text.text))
    kept = []
    for length, at, key in sorted(found, key=lambda candidate: (-candidate[0], candidate[1])):
        if not any(taken[at : at + length]):
            taken[at : at + length] = b"\1" * length
            kept.append((at, length, key))
    kept.sort(key=lambda candidate: candidate[0])
    return [(text.span(at, at + length), key) for at, length, key in kept]


def one_line(words: str) -> str:
    """Give words with single spaces between them."""
    return " ".join(words.split())


def standing(text: Canonical, exact: str, place: tuple[int, int]) -> Standing:
    """Find the least context, in whole words, that no other place of the quote shares; `place` is canonical."""
    body = text.text
    others = [other for other in ranges(body, exact) if other != place]
    start, end = _edges(body, *place)
    shared = [_shared(body, (start, end), _edges(body, *other)) for other in others[:_OTHERS]]
    options = []
    for left in sorted({0, *(before + 1 for before, _ in shared)}):
        right = max((after + 1 for before, after in shared if before >= left), default=0)
        if left <= start and end + right <= len(body):
            first, last = _word_start(body, start - left, start), _word_end(body, end, end + right)
            options.append((last - first, text.span(first, start), text.span(end, last)))
    for _, *sides in sorted(options):
        prefix, suffix = (one_line(text.source[side.start : side.end]) for side in sides)
        if ranges(body, exact, prefix, suffix) == [place]:
            return Standing(text.span(*place), prefix, suffix)
    return Standing(text.span(*place), "", "")


def _edges(text: str, start: int, end: int) -> tuple[int, int]:
    """Give where the prefix of a place ends and its suffix begins."""
    return start - (text[start - 1 : start] == " "), end + (text[end : end + 1] == " ")


def _shared(text: str, one: tuple[int, int], other: tuple[int, int]) -> tuple[int, int]:
    """Count the characters that two places have alike before them, and after them."""
    (a, b), (c, d) = one, other
    room = min(a, c, _REACH)
    before = next((n for n in range(room) if text[a - 1 - n] != text[c - 1 - n]), room)
    room = min(len(text) - max(b, d), _REACH)
    after = next((n for n in range(room) if text[b + n] != text[d + n]), room)
    return before, after


def _word_start(text: str, at: int, end: int) -> int:
    """Move a prefix's start back until it opens with a whole word; one mark alone would decide, but not last."""
    while at > 0 and at < end and not (any(map(_in_word, text[at:end])) and not _inside(text, at)):
        at -= 1
    return at


def _word_end(text: str, start: int, at: int) -> int:
    """Do the same with a suffix's end."""
    while start < at < len(text) and not (any(map(_in_word, text[start:at])) and not _inside(text, at)):
        at += 1
    return at


def _inside(text: str, at: int) -> bool:
    return 0 < at < len(text) and _in_word(text[at - 1]) and _in_word(text[at])


@lru_cache(maxsize=8)  # a quote is looked for with its context and without
def _occurrences(text: str, part: str) -> tuple[int, ...]:
    """Give every place of a canonical part, overlapping ones too; a letter with an accent apart is another letter."""
    found, at = [], text.find(part)
    while at >= 0:
        if not unicodedata.combining(text[at + len(part) : at + len(part) + 1] or " "):
            found.append(at)
        at = text.find(part, at + 1)
    return tuple(found)


def _ends_with(text: str, at: int, before: str) -> bool:
    """Tell whether the text ends with `before` at a place; one space between the two is nobody's."""
    return not before or text.endswith(before, 0, at) or (text[at - 1 : at] == " " and text.endswith(before, 0, at - 1))


def _begins_with(text: str, at: int, after: str) -> bool:
    """Tell whether the text goes on with `after`, whose last letter may have lost its accent where it was cut."""
    if not after:
        return True
    at += text[at : at + 1] == " "
    if text.startswith(after, at):
        return True
    last = at + len(after) - 1
    return text.startswith(after[:-1], at) and unicodedata.normalize("NFD", text[last : last + 1]).startswith(
        unicodedata.normalize("NFD", after[-1])
    )


def _cut_marks(prefix: str) -> str:
    """Give the combining marks that a prefix opens with: what is left of a letter that was cut off."""
    count = next((index for index, letter in enumerate(prefix) if not unicodedata.combining(letter)), len(prefix))
    return prefix[:count]


def _whole(text: str, start: int, end: int) -> bool:
    """Tell whether a stretch that begins or ends with a word begins or ends with the whole of it."""
    cut_before = start > 0 and text[start].isalnum() and _in_word(text[start - 1])
    cut_after = end < len(text) and _in_word(text[end]) and (text[end - 1].isalnum() or not text[end].isalnum())
    return not (cut_before or cut_after)


def _in_word(letter: str) -> bool:
    return letter == "_" or letter.isalnum() or unicodedata.combining(letter) > 0
