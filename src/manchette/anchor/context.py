"""The least context that tells one place of a quote from all its others."""

from __future__ import annotations

from dataclasses import dataclass

from manchette.anchor import thresholds
from manchette.anchor.canonical import Canonical, Span, fold
from manchette.anchor.letters import in_word
from manchette.anchor.quote import find, ranges
from manchette.anchor.selector import Selector


@dataclass(frozen=True)
class Standing:
    """A place where quoted words stand, and the quote that finds it alone; without context where none decides."""

    span: Span
    quote: Selector


def standing(text: Canonical, exact: str, place: tuple[int, int]) -> Standing:
    """Find the shortest context, in whole words, that no other place of the words has; `place` is canonical."""
    body, bare = text.text, Selector(exact)
    others = [other for other in ranges(text, bare) if other != place]
    start, end = _edges(body, *place)
    shared = [_shared(body, (start, end), _edges(body, *other)) for other in others[: thresholds.CONTEXT_OTHERS]]
    options = []  # every prefix that tells the place from some of the others, with the suffix that does from the rest
    for left in sorted({0, *(before + 1 for before, _ in shared)}):
        right = max((after + 1 for before, after in shared if before >= left), default=0)
        if left <= start and end + right <= len(body):
            first, last = _word_start(body, start - left, start), _word_end(body, end, end + right)
            options.append((last - first, text.span(first, start), text.span(end, last)))
    for _, *sides in sorted(options):
        quote = Selector(exact, *(one_line(text.source[slice(*side)]) for side in sides))
        if ranges(text, quote) == [place]:
            return Standing(text.span(*place), quote)
    return Standing(text.span(*place), bare)


def beside(text: Canonical, quote: Selector, place: tuple[int, int]) -> Selector:
    """Give the quote with the words that stand beside a canonical place where those of its context do not.

    They are as many letters as the ones given, and what it takes to make their words whole.
    """
    body, (start, end) = text.text, _edges(text.text, *place)
    first = _word_start(body, max(0, start - len(fold(quote.prefix))), start)
    last = _word_end(body, end, min(len(body), end + len(fold(quote.suffix))))
    sides = (("prefix", "suffix", first, start), ("suffix", "prefix", end, last))
    others = {
        side: one_line(text.source[slice(*text.span(low, high))])
        for side, other, low, high in sides
        if getattr(quote, side) and place not in ranges(text, quote._replace(**{other: ""}))
    }
    return quote._replace(**others)


def pinned(text: Canonical, quote: Selector, place: tuple[int, int]) -> Selector | None:
    """Give the quote that finds a canonical place and nothing else: as it is, in another context, or None."""
    span = text.span(*place)
    if find(text, quote) == [span]:
        return quote
    decided = standing(text, quote.exact, place).quote
    return decided if find(text, decided) == [span] else None


def one_line(words: str) -> str:
    """Give words with single spaces between them."""
    return " ".join(words.split())


def _edges(text: str, start: int, end: int) -> tuple[int, int]:
    """Give where the prefix of a place ends and its suffix begins."""
    return start - (text[start - 1 : start] == " "), end + (text[end : end + 1] == " ")


def _shared(text: str, one: tuple[int, int], other: tuple[int, int]) -> tuple[int, int]:
    """Count the characters that two places have alike before them, and after them."""
    (a, b), (c, d) = one, other
    room = min(a, c, thresholds.CONTEXT_REACH)
    before = next((n for n in range(room) if text[a - 1 - n] != text[c - 1 - n]), room)
    room = min(len(text) - max(b, d), thresholds.CONTEXT_REACH)
    after = next((n for n in range(room) if text[b + n] != text[d + n]), room)
    return before, after


def _word_start(text: str, at: int, end: int) -> int:
    """Move a prefix's start back until the prefix holds a word, and opens with a whole one.

    A mark alone would often tell the places apart, but not for long: marks are what editors change first.
    """
    while at > 0 and at < end and not (any(map(in_word, text[at:end])) and not _inside(text, at)):
        at -= 1
    return at


def _word_end(text: str, start: int, at: int) -> int:
    """Do the same with a suffix's end."""
    while start < at < len(text) and not (any(map(in_word, text[start:at])) and not _inside(text, at)):
        at += 1
    return at


def _inside(text: str, at: int) -> bool:
    """Tell whether a place is inside a word."""
    return 0 < at < len(text) and in_word(text[at - 1]) and in_word(text[at])
