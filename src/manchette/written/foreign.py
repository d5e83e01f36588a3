"""Marks of other systems alone on a line, and what git leaves of a conflict."""

from __future__ import annotations

import re
from collections.abc import Iterator

from manchette.problems import cite
from manchette.written.grammar import Finding, at_lines

_OUT = "ôtez-la, ou mettez-la dans une phrase"
_BOX = "ôtez-la ; pour un encadré, écrivez une citation (« > »)"
# A line as a whole, and what to do instead. What closes such a mark is part of it.
_MARKS: tuple[tuple[str, str], ...] = (
    (r"\{\{.*\}\}", _OUT),
    (r"\{%.*%\}", _OUT),
    (r"!!!\+?(?:[ \t].*)?", _BOX),
    (r"\?\?\?\+?[ \t]+[\w\"].*", _BOX),
    (r"===[!+]?[ \t]*\".*", _BOX),
    (r":{3,}.*", _BOX),
    (r"/{3,}(?:[ \t].*)?", _BOX),
    (r">[ \t]*\[!\w+\].*", "ôtez-la ; « > » suffit à une citation"),
    (r";?-+8<-+.*", _OUT),
    (r"\[TOC\]|\[toc\]|\[\[_?TOC_?\]\]", "ôtez-la : la page a sa table des matières"),
    (r"\{[:.#][^{}]*\}", _OUT),
    (r"\*\[[^\]]+\]:.*", 'écrivez « <abbr title="…">…</abbr> » dans le texte'),
    (r"\+{3,}|\${2}", _OUT),
    (r"\\(?:begin|end|newpage|pagebreak|section|subsection)\b.*", _OUT),
    (r"\.\.[ \t]+[\w-]+::.*", _OUT),
    (r"\[/?(?:audio|caption|embed|gallery|playlist|video|youtube)\b(?:[^\]]*=[^\]]*\].*|\].*\[/\w+\]|\])", _OUT),
)
_CLOSES = re.compile(r"\{\{[<%]?\s*/.*|\{%-?\s*end\w*.*|:{3,}|/{3,}|\[/.*")
_LINE = re.compile(
    rf"(?P<white>[ \t]*)(?:{'|'.join(f'(?P<m{n}>{mark})' for n, (mark, _) in enumerate(_MARKS))})[ \t]*$", re.MULTILINE
)
_INDENTED = re.compile(r"(?:\n(?:[ \t]*|(?: {4}|\t).*))+(?=\n|\Z)")  # what belongs to a mark above
_TURNED = re.compile("[\u202d\u202e]")  # overrides: all that follows is shown in one direction, whatever it is
_CONFLICT = re.compile(r"(?:<{7}|>{7}|\|{7})(?: .*)?$", re.MULTILINE)
_CONFLICT_END = re.compile(r"^>{7}(?: .*)?$", re.MULTILINE)


def foreign(source: str) -> tuple[list[Finding], list[tuple[int, int]]]:
    """What is found, and the stretches of the source in which nothing else need be told."""
    findings: list[Finding] = []
    covered = list(_conflicts(source))
    for start, _ in covered:
        message = "marques d’un conflit de fusion : les deux versions du texte seraient publiées"
        suggestion = "gardez l’une des deux, et ôtez les lignes « <<<<<<< », « ======= » et « >>>>>>> »"
        findings.append(Finding(start, "merge-conflict", message, suggestion))
    for match in _TURNED.finditer(source):
        message = f"caractère invisible U+{ord(match[0]):04X}, qui retourne l’ordre des lettres"
        findings.append(Finding(match.start(), "text-changed", message, "ôtez-le"))
    open_: set[str] = set()  # marks of which the next closes the last
    for match in at_lines(_LINE, source):
        at = match.end("white")
        if any(start <= at <= end for start, end in covered):
            continue
        number = int((match.lastgroup or "m0")[1:])
        mark = match[0].strip()
        below = _INDENTED.match(source, match.end()) if _MARKS[number][1] is _BOX else None
        covered.append((at, below.end() if below else match.end()))
        pair = mark in {"$$", "+++"}
        open_ ^= {mark} if pair else set()
        if not _CLOSES.fullmatch(mark) and not (pair and mark not in open_):
            message = f"{cite(mark, 40)} est une marque d’un autre système"
            findings.append(Finding(at, "foreign-mark", message, _MARKS[number][1]))
    return findings, covered


def _conflicts(source: str) -> Iterator[tuple[int, int]]:
    done = 0
    for match in at_lines(_CONFLICT, source):
        if match.start() >= done:
            end = _CONFLICT_END.search(source, match.start())
            done = end.end() if end else match.end()
            yield match.start(), done
