"""What looks like YAML on the page and is not: said by the line, before the parser says it in other words.

A trap is told of lines that the parser would take for structure; what stands in a block or between quotation marks is
the annotator's own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sized

import yaml

from manchette.anchor.letters import slug
from manchette.format.scalars import BLANKS, name_of
from manchette.problems import Place, Problem

_BULLETS = "–—―−‒‐‑•·▪◦‣●○■*→"
BULLETS = re.escape(_BULLETS)
COLONS = "：﹕꞉∶︓ː"

_TAB = re.compile(r" *\t")
_MARKS = {sign * 7 for sign in "<|=>"}
_MARKER = re.compile(r"(?:<{7}|\|{7}|>{7})(?:\s.*)?|={7}\s*")
_INDENTED = re.compile(rf" *[{BLANKS}](?![ {BLANKS}]*[»:;!?…])")
_BLANK = re.compile(
    rf" *(?:- +)*(?:-[{BLANKS}]|[\w-]+[ {BLANKS}]*:[{BLANKS}]|[\w-]+[{BLANKS}]+:(?:\s|$)|[{BLANKS}]+[\w-]+:)"
)
_HEADER = re.compile(r"(?P<indent> *)(?:- +)*(?:.*:[ \t]+|)[|>][-+0-9]*(?:[ \t]+#.*)?[ \t]*")

COLON = "ce deux-points n’est pas celui du clavier"
_KEY = r"[A-Za-z_]{2,}"
# A line that the parser stumbled over → what is wrong, what to write, with the groups of the pattern in it.
_ON_THE_WAY = (
    (
        rf"(?P<i> *)(?:- +)*[{BULLETS}](?P<s>[ {BLANKS}]*)(?P<t>\S.*)",
        "« {b} » n’est pas le tiret d’une liste",
        "écrivez « - {t} »",
    ),
    (r"(?P<i> *)(?:- +)*-(?P<t>[^\s\-].*)", "il manque une espace après le tiret", "écrivez « - {t} »"),
    (
        r"(?P<i> *)(?P<t>[^\s:#'\"\[{][^:#'\"]*[ \t]#\S[^:]*):(?:[ ].*)?",
        "« # » après une espace commence un commentaire, dans une clé aussi",
        "écrivez « {id}: »",
    ),
    (
        rf"(?P<i> *)(?P<d>(?:- +)*)(?P<k>{_KEY})[ {BLANKS}]*[{COLONS}][ {BLANKS}]*(?P<t>.*)",
        COLON,
        "écrivez « {d}{k}: {t} »",
    ),
    (
        rf"(?P<i> *)(?P<d>(?:- +)*)(?P<k>{_KEY}):(?P<t>(?!//)[^\s:].*)",
        "il manque une espace après le deux-points",
        "écrivez « {d}{k}: {t} »",
    ),
)


def conflict(text: str, file: str, first_line: int = 1) -> list[Problem]:
    """A merge that git left to be finished: one problem for all its marks."""
    lines = enumerate(text.split("\n"), first_line) if any(marks in text for marks in _MARKS) else ()
    found = [number for number, line in lines if line[:7] in _MARKS and _MARKER.fullmatch(line)]
    if not found:
        return []
    *some, last = map(str, found)
    where = f"marques lignes {', '.join(some)} et {last}" if some else f"marque ligne {last}"
    return [
        Problem(
            Place(file, found[0]),
            "merge-conflict",
            f"une fusion de git est restée inachevée : {where}",
            "gardez la bonne version de chaque passage, et supprimez ces lignes",
        )
    ]


def tabs(text: str, file: str, first_line: int = 1) -> list[Problem]:
    """Tabs that indent: YAML forbids them, and its parsers say so in many voices."""
    lines = enumerate(text.split("\n"), first_line) if "\t" in text else ()
    found = [(number, line) for number, line in lines if _TAB.match(line)]
    if not found:
        return []
    number, line = found[0]
    message = f"tabulation en début de ligne{_and_others(found)}"
    return [Problem(Place(file, number, line.index("\t") + 1), "tab-indent", message, "indentez avec deux espaces")]


def blanks(text: str, scalars: Iterable[yaml.ScalarEvent], file: str, first_line: int) -> list[Problem]:
    """Spaces that are none to YAML where lines are indented, or beside a dash or a colon."""
    if not re.search(f"[{BLANKS}]", text):
        return []
    found = [
        (number, line)
        for number, line in _structure(text.split("\n"), scalars, _BLANK)
        if _INDENTED.match(line) or _BLANK.match(line)
    ]
    if not found:
        return []
    number, line = found[0]
    letter = re.search(f"[{BLANKS}]", line)
    assert letter is not None  # both patterns have one
    where = "en début de ligne" if _INDENTED.match(line) else "à côté d’un tiret ou d’un deux-points"
    message = f"{name_of(letter[0])} {where}{_and_others(found)}"
    return [
        Problem(
            Place(file, first_line + number, letter.start() + 1),
            "no-break-space",
            message,
            "remplacez par des espaces ordinaires : deux pour chaque rang, une après « - » et « : »",
        )
    ]


def _and_others(found: Sized) -> str:
    more = len(found) - 1
    return f", et sur {more} autres lignes" if more > 1 else ", et sur une autre ligne" if more else ""


def on_the_way(text: str, scalars: Iterable[yaml.ScalarEvent], last: int, file: str, first_line: int) -> list[Problem]:
    """What stands on the lines up to `last`, from 0, where the parser stumbled: dashes and colons that are none."""
    problems = []
    lines = text.split("\n")
    for number, line in _structure(lines, scalars, None):
        if number > last + 1:
            break
        for pattern, message, suggestion in _ON_THE_WAY:
            if found := re.fullmatch(pattern, line):
                groups = {
                    key: (value or "").strip() if key == "t" else value or ""
                    for key, value in found.groupdict().items()
                }
                groups["id"] = slug(groups["t"])
                column = len(groups["i"]) + 1
                said = message.format(b=line.strip()[0], **groups)
                place = Place(file, first_line + number, column)
                problems.append(Problem(place, "yaml-syntax", said, suggestion.format(**groups)))
                break
    return problems


def _structure(
    lines: list[str], scalars: Iterable[yaml.ScalarEvent], opens: re.Pattern[str] | None
) -> Iterator[tuple[int, str]]:
    """Lines, numbered from 0, that may be structure.

    A plain text that goes on over lines is none, but for one that begins as `opens`: it was meant to be structure.
    """
    inside: set[int] = set()
    for event in scalars:
        start, end = event.start_mark, event.end_mark
        if start is None or end is None or start.line >= len(lines):  # what a broken end lacks stands after the last
            continue
        if opens and not event.style and opens.match(lines[start.line]):
            continue
        if event.style not in {"|", ">"}:  # the ends of blocks are told by what follows
            inside.update(range(start.line + 1, end.line + 1))
    block: int | None = None  # the indentation of the line that opened one
    for number, line in enumerate(lines):
        if not line:
            continue
        indent = len(line) - len(line.lstrip(" "))
        if block is not None and (not line.strip() or indent > block):
            continue
        block = None
        if number in inside or line.lstrip().startswith("#"):
            continue
        if found := _HEADER.fullmatch(line):
            block = len(found["indent"])
        yield number, line
