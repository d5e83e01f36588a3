"""Tables: a header, a rule line, and rows of as many cells."""

from __future__ import annotations

import re
from collections.abc import Sequence

from manchette.problems import cite
from manchette.written.grammar import Grammar, Line

_RULE = re.compile(r"\|?[ ]*:?-+:?[ ]*(?:\|[ ]*:?-+:?[ ]*)*\|?[ ]*")
_PART = re.compile(r"(?P<bar>\|)|(?P<code>`+)|\\.|[^|`\\]+|\\", re.DOTALL)


def begins(lines: Sequence[Line]) -> bool:
    """Whether two lines look like a header and its rule line."""
    if len(lines) < 2 or lines[0].indent > 3 or "-" not in lines[1].text:
        return False
    return bool(_RULE.fullmatch(lines[1].text))


def read(lines: Sequence[Line], grammar: Grammar) -> list[list[Line]] | None:
    """The cells of each row; None where the lines are no table. A row with other cells than the header is found."""
    if not begins(lines[:2]):
        return None
    border = lines[0].text.startswith("|") or _ends_with_bar(lines[0].text)
    header, rule = _cells(lines[0], border), _cells(lines[1], border)
    if len(header) != len(rule) or (len(header) == 1 and not border):
        return None
    rows = [header]
    for line in lines[2:]:
        cells = _cells(line, border)
        if len(cells) != len(header):
            more = len(cells) > len(header)
            message = f"cette ligne du tableau a {_counted(len(cells))}, et son en-tête {_counted(len(header))}"
            suggestion = "écrivez « \\| » pour une barre du texte" if more else "ajoutez les « | » qui manquent"
            grammar.find(line.at, message, suggestion)
        rows.append(cells[: len(header)])
    return rows


def missing(lines: Sequence[Line], grammar: Grammar) -> None:
    """Find in a paragraph the rows of a table that is none."""
    rows = [line for line in lines if line.text.startswith("|") and line.text.count("|") > 1]
    if len(rows) > 1:
        if any(_RULE.fullmatch(line.text) for line in rows):
            message = "ce tableau n’est pas montré en tableau : sa ligne « --- » n’a pas les cellules de son en-tête"
            suggestion = "mettez une ligne vide avant lui, et autant de « --- » que de colonnes"
        else:
            message = "ce tableau n’est pas montré en tableau : il n’a pas de ligne « --- » sous son en-tête"
            count = len(_cells(rows[0], True))
            suggestion = f"ajoutez {cite('|' + '---|' * count)} sous {cite(rows[0].text, 30)}"
        grammar.find(rows[0].at, message, suggestion)


def _counted(cells: int) -> str:
    return "une cellule" if cells == 1 else f"{cells} cellules"


def _ends_with_bar(text: str) -> bool:
    text = text.rstrip()
    return text.endswith("|") and not (len(text) - len(text[:-1].rstrip("\\")) - 1) % 2


def _cells(line: Line, border: bool) -> list[Line]:
    """The cells of a row; a bar in code or behind a backslash is text."""
    text = line.text.rstrip()
    start = 1 if border and text.startswith("|") else 0
    end = len(text) - 1 if border and len(text) > start and _ends_with_bar(text) else len(text)
    cuts = [start - 1]
    position = start
    while match := _PART.match(text, position, end):
        position = match.end()
        if match["bar"]:
            cuts.append(match.start())
        elif match["code"] and (close := re.compile(rf"(?<!`){match[0]}(?!`)").search(text, position, end)):
            position = close.end()
    cells = []
    for before, after in zip(cuts, [*cuts[1:], end], strict=True):
        cell = text[before + 1 : after]
        left = cell.lstrip()
        cells.append(Line(0, left.rstrip(), line.at + before + 1 + len(cell) - len(left)))
    return cells
