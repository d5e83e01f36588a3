"""Lists: which lines belong to which item, and what of it a page would show otherwise."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from manchette.problems import cite
from manchette.written.grammar import Grammar, Line

ITEM = re.compile(r"(?P<mark>[-*+]|(?P<number>\d+)\.)[ \t]+(?=\S)")
_NOT_BROKEN = re.compile(r"(?:[-*+]|\d+\.)[\u00a0\u2007\u202f]+\S|[\u00a0\u202f]+(?:[-*+]|\d+\.)[ \u00a0\u202f]+\S")


class List(NamedTuple):
    """A list as it is written."""

    ordered: bool
    items: list[list[Line]]  # the first line of each without its mark
    places: list[int]  # of the marks
    glued: list[int]  # of those that stand just below an indented paragraph, whose item would swallow them
    end: int  # the number of the line after it


def dedented(line: Line, columns: int) -> Line:
    """A line with so much less indentation, if it has it."""
    return Line(max(0, line.indent - columns), line.text, line.at)


def gathered(lines: Sequence[Line], number: int, ends: Callable[[Line], bool]) -> List:
    """The list that begins at a line: its items with all that belongs to them, by indentation."""
    base = lines[number].indent
    first = ITEM.match(lines[number].text)
    ordered = bool(first and first["number"])
    items: list[list[Line]] = []
    places: list[int] = []
    glued: list[int] = []
    blank: list[Line] = []
    indented = False  # a paragraph of an item stands just above
    position = number
    while position < len(lines):
        line = lines[position]
        if not line.text.strip():
            blank.append(line)
            position += 1
            continue
        item = ITEM.match(line.text) if line.indent <= base + 1 else None
        if ends(line):
            break
        if item and bool(item["number"]) is ordered:
            items.append([Line(0, line.text[item.end() :], line.at + item.end())])
            places.append(line.at)
            glued += [line.at] if indented and not blank else []
            indented = False
        elif item or (blank and line.indent - base < 2):
            break
        else:
            items[-1] += [*blank, dedented(line, base)]
            indented = indented or bool(blank)
        blank = []
        position += 1
    return List(ordered, items, places, glued, position - len(blank))


def numbers(found: List, source: str, grammar: Grammar) -> None:
    """A list has two items or more, one mark, and numbers from 1 upward: else its marks are text that would change."""
    marks = [match["mark"] for at in found.places if (match := ITEM.match(source, at))]
    at, mark = found.places[0], marks[0]
    wrong = next((n for n, each in enumerate(marks, 1) if each != f"{n}."), 0) if found.ordered else 0
    other = next((n for n, each in enumerate(marks) if not found.ordered and each != mark), 0)
    if len(found.items) == 1:
        lost = f"{cite(mark)} serait montré « 1. »" if wrong else f"{cite(mark)} deviendrait un point de liste"
        escaped = f"{mark[:-1]}\\." if found.ordered else f"\\{mark}"
        grammar.find(at, f"une liste d’un seul point : {lost}", f"écrivez {cite(escaped)}")
    elif wrong:
        given = marks[wrong - 1].removesuffix(".")
        suggestion = f"écrivez « {given}\\. » (et de même plus bas), ou « {wrong}. » dans une liste"
        grammar.find(found.places[wrong - 1], f"« {given}. » serait montré « {wrong}. »", suggestion)
    elif other:
        message = f"« {marks[other]} » serait montré comme « {mark} » : une liste n’a qu’un signe"
        suggestion = f"écrivez « {mark} » dans une liste, « \\{marks[other]} » dans un texte"
        grammar.find(found.places[other], message, suggestion)


def glued(lines: Sequence[Line], grammar: Grammar) -> None:
    """Lines that were meant as a list and are shown one after the other in a paragraph."""
    hard = [line for line in lines if _NOT_BROKEN.match(line.text)]
    if len(hard) > 1 or (len(lines) > 1 and any(line.text[0] in "\u00a0\u202f" for line in hard)):
        message = "une espace insécable n’ouvre pas une liste : la page montre ces lignes d’une traite"
        grammar.find(hard[0].at, message, "mettez une espace ordinaire")
        return
    marks = [(line, match) for line in lines[1:] if (match := ITEM.match(line.text))]
    bullets = [line for line, match in marks if not match["number"]]
    numbered = [line for line, match in marks if match["number"]]
    counted = [int(match["number"]) for _, match in marks if match["number"]]
    meant = bullets if len(bullets) > 1 else numbered if counted[:2] == [1, 2] else []
    if meant:
        message = "cette liste suit un paragraphe sans ligne vide : la page la montre d’une traite"
        grammar.find(meant[0].at, message, f"mettez une ligne vide avant {cite(meant[0].text, 30)}")
