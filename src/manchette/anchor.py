"""Quote and names to places in a text: exact, in canonical form, or a refusal that says what would decide.

A quote is a W3C TextQuoteSelector (https://www.w3.org/TR/annotation-model/#text-quote-selector): `exact`, and optionally
the `prefix` that ends right before it and the `suffix` that begins right after. `[…]` inside `exact` is any text in between.
Strings only: knows no HTML and no file. All offsets are Unicode code points of the text as written, 0-based, end exclusive.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Mapping
from typing import TypeVar

from manchette.canonical import Canonical, Span, canonical, fold

__all__ = ["GAP", "Canonical", "Span", "blank", "canonical", "find", "fold", "mentions"]

GAP = "[…]"
_GAP = re.compile(r"(?<=\S)\s*\[…\]\s*(?=\S)")  # at an end of the quote there is nothing to stand between: it is text
_TOKEN = re.compile(r"\w+|[^\w\s]")

Key = TypeVar("Key")


def blank(exact: str) -> bool:
    """Tell whether a quote says nothing: white space, invisible characters and gaps only."""
    return not fold(exact.replace(GAP, " "))


def find(text: Canonical, exact: str, prefix: str = "", suffix: str = "") -> list[Span]:
    """Give every place where a quote stands, in order.

    With `[…]`, each place takes the nearest text that fits: where two would end together, the shorter is the place.
    Nothing is found for a blank quote.
    """
    if blank(exact):
        return []
    return [text.span(start, end) for start, end in ranges(text.text, exact, prefix, suffix)]


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


def _occurrences(text: str, part: str) -> list[int]:
    """Give every place of a canonical part, overlapping ones too; a letter whose accent follows apart is another letter."""
    found, at = [], text.find(part)
    while at >= 0:
        if not unicodedata.combining(text[at + len(part) : at + len(part) + 1] or " "):
            found.append(at)
        at = text.find(part, at + 1)
    return found


def _ends_with(text: str, at: int, before: str) -> bool:
    """Tell whether the text ends with `before` at a place; one space between the two is nobody's."""
    return not before or text.endswith(before, 0, at) or (text[at - 1 : at] == " " and text.endswith(before, 0, at - 1))


def _begins_with(text: str, at: int, after: str) -> bool:
    """Tell whether the text goes on with `after`, whose last letter may have lost its accent where the context was cut."""
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
    """Tell whether a stretch begins and ends with a word or at no word at all."""
    cut_before = start > 0 and text[start].isalnum() and _in_word(text[start - 1])
    cut_after = (
        end < len(text)
        and (text[end - 1].isalnum() and _in_word(text[end]))
        or bool(unicodedata.combining(text[end : end + 1] or " "))
    )
    return not (cut_before or cut_after)


def _in_word(letter: str) -> bool:
    return letter == "_" or letter.isalnum() or unicodedata.combining(letter) > 0
