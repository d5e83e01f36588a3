"""The letters of the pictures: their fonts, which characters these can draw, and how wide lines of them are."""

from __future__ import annotations

import json
import re
import unicodedata
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
    for room in rooms if text else ():
        width = room.width / room.size
        words = _measured(text, face, width, spacing)
        lines = _broken(words, width)
        if len(lines) <= room.lines:
            return Set(room.size, _balanced(words, width, len(lines)))
    if not text:
        return Set(rooms[0].size, ())
    *kept, last = lines[: room.lines]
    shorter = last.split(" ")
    while len(shorter) > 1 and measure(f"{' '.join(shorter)}…", face, spacing) > width:
        shorter.pop()
    last = " ".join(shorter)
    while measure(f"{last}…", face, spacing) > width:
        last = last[:-1]
    return Set(room.size, (*kept, f"{last.rstrip(_BEFORE_CUT)}…"))


_BEFORE_CUT = " \u00a0\u202f,;:.«(–—-"  # what no ellipsis stands after


def measure(text: str, face: str, spacing: float = 0) -> float:
    """The width of a line in sizes, without kerning, which takes a little off."""
    advances = _advances()
    own = advances[face]
    return sum((own.get(each) or _known().get(each, 0)) / 1000 + spacing for each in text)


class _Words(NamedTuple):
    words: list[tuple[str, float]]  # each with its width
    space: float


def _measured(text: str, face: str, width: float, spacing: float) -> _Words:
    """The words of a text; those that no line would hold are cut."""
    words = []
    for word in text.split(" "):
        whole = measure(word, face, spacing)
        pieces = [word] if whole <= width else _cut(word, face, width, spacing)
        words += [(piece, measure(piece, face, spacing)) for piece in pieces]
    return _Words(words, measure(" ", face, spacing))


def _cut(word: str, face: str, width: float, spacing: float) -> list[str]:
    pieces = [""]
    for letter in word:
        if pieces[-1] and measure(pieces[-1] + letter, face, spacing) > width:
            pieces.append("")
        pieces[-1] += letter
    return pieces


def _broken(text: _Words, width: float) -> list[str]:
    """The text in lines of at most `width` sizes."""
    lines: list[list[str]] = []
    left = 0.0
    for word, own in text.words:
        if lines and text.space + own <= left:
            lines[-1].append(word)
            left -= text.space + own
        else:
            lines.append([word])
            left = width - own
    return [" ".join(line) for line in lines]


def _balanced(text: _Words, width: float, count: int) -> tuple[str, ...]:
    """As many lines, as even as they can be: as the style sheet has the headline."""
    low, high = max(own for _, own in text.words), width
    while high - low > 0.05:
        middle = (low + high) / 2
        low, high = (low, middle) if len(_broken(text, middle)) <= count else (middle, high)
    return tuple(_broken(text, high))


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
