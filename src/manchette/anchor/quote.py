"""Quotes and names to places in a text: exact, in canonical form.

Strings only: knows no HTML and no file. Offsets are Unicode code points of the text as written, 0-based, end exclusive,
unless a docstring says canonical.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections.abc import Mapping
from functools import lru_cache
from typing import Final, Generic, TypeVar

from manchette.anchor.canonical import Canonical, Span, fold
from manchette.anchor.letters import TOKEN, in_word, is_mark, starts, tokens
from manchette.anchor.selector import Selector

Key = TypeVar("Key")
REACH: Final = 1
"""How many blocks may begin within a gap: it stays in its block, or ends in the next (format.md, "Quotes")."""


def find(text: Canonical, quote: Selector | str) -> list[Span]:
    """Give every place where a quote, or mere words, stand, in order.

    With `[…]`, each place takes the nearest text that fits: where two would end together, the shorter is the place.
    Nothing is found for a blank quote, nor where other words than those of its context stand beside it.
    """
    quote = Selector(quote) if isinstance(quote, str) else quote
    return [] if quote.blank else [text.span(start, end) for start, end in ranges(text, quote)]


def ranges(whole: Canonical, quote: Selector, reach: float = REACH) -> list[tuple[int, int]]:
    """Give the places where a quote that is not blank stands, and its context beside it; all is canonical.

    reach: how many blocks may begin within one gap.
    """
    text = whole.text
    before, after = fold(quote.prefix.lstrip(_cut_marks(quote.prefix))), fold(quote.suffix)
    parts = [fold(part) for part in quote.parts]
    first, last = parts[0], parts[-1]
    starts = [start for start in _occurrences(text, first) if _ends_with(text, start, before)]
    if len(parts) == 1:
        return [(at, at + len(first)) for at in starts if _begins_with(text, at + len(first), after)]
    stops = [at for at in _occurrences(text, last) if _begins_with(text, at + len(last), after)] if starts else []
    places: list[tuple[int, int]] = []
    for start in starts:
        reached, near = start + len(first), True
        for part in parts[1:-1]:
            at = text.find(part, reached)
            if at < 0:
                return places
            near = near and whole.breaks(reached, at) <= reach
            reached = at + len(part)
        which = bisect_left(stops, reached)
        if which == len(stops):
            return places
        end = stops[which] + len(last)
        if places and places[-1][1] == end:
            places.pop()
        if near and whole.breaks(reached, stops[which]) <= reach:
            places.append((start, end))
    return places


class Forms(Generic[Key]):
    """What is to be found in many texts: forms, each with its key, by the word that they begin with.

    Two forms that are one in canonical form are one form, and its key is that of the last.
    """

    def __init__(self, forms: Mapping[str, Key]) -> None:
        """`forms`: form → key."""
        self.beginning: dict[str, dict[str, Key]] = {}  # word → canonical form → key
        for form, key in forms.items():
            if token := TOKEN.search(folded := fold(form)):
                self.beginning.setdefault(token[0], {})[folded] = key


def mentions(text: Canonical, forms: Forms[Key]) -> list[tuple[Span, Key]]:
    """Give every whole-word occurrence of the forms, in order, each with the key of its form.

    Case counts. A hyphen or an apostrophe ends a word, and no form runs over two blocks. Of forms that overlap the
    longest wins, then the first.
    """
    found = [
        (len(form), at, key)
        for token in tokens(text.text) & forms.beginning.keys()
        for at in starts(text.text, token)
        for form, key in forms.beginning[token].items()
        if text.text.startswith(form, at)
        and _whole(text.text, at, at + len(form))
        and not text.breaks(at, at + len(form))
    ]
    taken = bytearray(len(text.text))
    kept = []
    for length, at, key in sorted(found, key=lambda candidate: (-candidate[0], candidate[1])):
        if not any(taken[at : at + length]):
            taken[at : at + length] = b"\1" * length
            kept.append((at, length, key))
    kept.sort(key=lambda candidate: candidate[0])
    return [(text.span(at, at + length), key) for at, length, key in kept]


@lru_cache(maxsize=8)  # a quote is looked for with its context and without
def _occurrences(text: str, part: str) -> tuple[int, ...]:
    """Give every place of a canonical part, overlapping ones too; a letter with an accent apart is another letter."""
    found, at = [], text.find(part)
    while at >= 0:
        if not is_mark(text[at + len(part) : at + len(part) + 1] or " "):
            found.append(at)
        at = text.find(part, at + 1)
    return tuple(found)


def _ends_with(text: str, at: int, before: str) -> bool:
    """Tell whether the text ends with `before` at a place, or before the space that stands there."""
    return not before or text.endswith(before, 0, at) or (text[at - 1 : at] == " " and text.endswith(before, 0, at - 1))


def _begins_with(text: str, at: int, after: str) -> bool:
    """Tell whether the text goes on with `after` at a place, or after the space that stands there.

    The last letter of `after` may have lost its accent where a word was cut; at the end of one it is another word's.
    """
    if not after:
        return True
    at += text[at : at + 1] == " "
    if text.startswith(after, at):
        return True
    last = at + len(after) - 1
    if not in_word(text[last + 1 : last + 2] or " "):
        return False
    return text.startswith(after[:-1], at) and unicodedata.normalize("NFD", text[last : last + 1]).startswith(
        unicodedata.normalize("NFD", after[-1])
    )


def _cut_marks(prefix: str) -> str:
    """Give the combining marks that a prefix opens with: what is left of a letter that was cut off."""
    count = next((index for index, letter in enumerate(prefix) if not unicodedata.combining(letter)), len(prefix))
    return prefix[:count]


def _whole(text: str, start: int, end: int) -> bool:
    """Tell whether a stretch that begins or ends with a word begins or ends with the whole of it."""
    cut_before = start > 0 and in_word(text[start]) and in_word(text[start - 1])
    cut_after = end < len(text) and (is_mark(text[end]) or (in_word(text[end - 1]) and in_word(text[end])))
    return not (cut_before or cut_after)
