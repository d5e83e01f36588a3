"""The letters of the pictures: their fonts, which characters these can draw, and how wide lines of them are."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import NamedTuple

FOLDER = files("manchette") / "share/fonts"
FACES = ("headline", "words", "name", "signs")
"""Each a file of the folder; what one lacks is drawn with the next that has it."""


class Room(NamedTuple):
    """A size in px, and how many lines of which width in px may have it."""

    size: int
    lines: int
    width: float


class Set(NamedTuple):
    """Lines of text, and their size in px."""

    size: int
    lines: tuple[str, ...]


def paths() -> list[str]:
    """The fonts, for the program that draws."""
    return [str(FOLDER / f"{face}.ttf") for face in FACES]


def drawable(text: str) -> str | None:
    """The text on one line without the signs that no font of ours has; None where it has letters of which none has."""
    kept = []
    for character in unicodedata.normalize("NFC", text):
        if character in _known() or character.isspace():
            kept.append(character)
        elif unicodedata.category(character) not in _DECORATION:
            return None
    return re.sub("[ \t\n]+|(?<= )\u00a0|\u00a0(?= )", " ", "".join(kept)).strip() or None


_DECORATION = {"So", "Sk", "Cf", "Mn", "Cc"}  # pictograms and what joins them, accents apart, invisible characters


def fitted(text: str, face: str, rooms: tuple[Room, ...], spacing: float = 0) -> Set:
    """The text in the first of these rooms that holds it, cut in the last. `spacing`: between letters, in sizes."""
    for room in rooms:
        width = room.width / room.size
        lines = _broken(text, face, width, spacing)
        if not text:
            return Set(room.size, ())
        if len(lines) <= room.lines:
            return Set(room.size, _balanced(text, face, width, spacing, len(lines)))
    *kept, last = lines[: room.lines]
    words = last.split(" ")
    while len(words) > 1 and measure(f"{' '.join(words)}…", face, spacing) > width:
        words.pop()
    last = " ".join(words)
    while measure(f"{last}…", face, spacing) > width:
        last = last[:-1]
    return Set(room.size, (*kept, f"{last.rstrip(_BEFORE_CUT)}…"))


_BEFORE_CUT = " \u00a0\u202f,;:.«(–—-"  # what no ellipsis stands after


def measure(text: str, face: str, spacing: float = 0) -> float:
    """The width of a line in sizes, without kerning, which takes a little off."""
    advances = _advances()
    own = advances[face]
    return sum((own.get(each) or _known().get(each, 0)) / 1000 + spacing for each in text)


def _broken(text: str, face: str, width: float, spacing: float) -> list[str]:
    """The text in lines of at most `width` sizes."""
    lines: list[str] = []
    for word in _pieces(text, face, width, spacing):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and measure(longer, face, spacing) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _pieces(text: str, face: str, width: float, spacing: float) -> Iterator[str]:
    """Its words, those cut that no line would hold."""
    for word in text.split(" "):
        piece = ""
        for letter in word:
            if piece and measure(piece + letter, face, spacing) > width:
                yield piece
                piece = ""
            piece += letter
        yield piece


def _balanced(text: str, face: str, width: float, spacing: float, count: int) -> tuple[str, ...]:
    """As many lines, as even as they can be: as the style sheet has the headline."""
    low, high = width / count / 2, width
    while high - low > 0.05:
        middle = (low + high) / 2
        low, high = (low, middle) if len(_broken(text, face, middle, spacing)) <= count else (middle, high)
    return tuple(_broken(text, face, high, spacing))


@cache
def _advances() -> dict[str, dict[str, int]]:
    """Face → character → its advance, in thousandths of the size."""
    told = json.loads((FOLDER / "advances.json").read_text(encoding="utf-8"))
    return {
        face: {letter: int(width) for width, letters in found.items() for letter in letters}
        for face, found in told.items()
    }


@cache
def _known() -> dict[str, int]:
    """Every character that can be drawn, and its advance in the first face that has it."""
    return {letter: width for face in reversed(FACES) for letter, width in _advances()[face].items()}
