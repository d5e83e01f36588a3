"""` #` begins a comment in YAML: what of a text it cuts off, and how the text is to be written to keep it."""

from __future__ import annotations

import re

import yaml

from manchette.load.lines import begins, continued, requoted, requoted_flow
from manchette.load.record import Cut, Key
from manchette.problems import Place, Problem, Severity, cite

_COMMENT = re.compile(r"[ \t]+(#.*)")
_AFTER_KEY = re.compile(r".*?:[ \t]+(#\S.*)")
_BARE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*|[-+]?[0-9.,]+|[-0-9XT:Z/.?~%+]+")  # ids, numbers, dates


def bare(text: str) -> bool:
    """Whether `text` has the form of a date, a number or an id, after which a comment is one."""
    return _BARE.fullmatch(text) is not None


def cut_of(event: yaml.ScalarEvent, lines: list[str], key: Key | None, flow: bool, place: Place) -> Cut | None:
    """What a comment cuts off the plain text `event`; `key`: that of the value; `place`: where the text begins."""
    start, end = event.start_mark, event.end_mark
    if event.style or start is None or end is None or end.line >= len(lines):
        return None
    above = place.line - key.line if key else 0
    if key and above > 0 and (found := _AFTER_KEY.fullmatch(lines[start.line - above], key.column - 1)):
        line, comment = start.line - above, found[1]
    elif found := _COMMENT.match(lines[end.line], end.column):
        line, comment = end.line, found[1]
    elif event.value and not flow and (found := _below(lines, end.line)):
        line, comment = end.line + 1, found[1]
    else:
        return None
    where = Place(place.file, place.line + line - start.line, found.start(1) + 1)
    if flow:
        return Cut(where, event.value, comment, requoted_flow(lines[line]), breaks=True)
    first = begins(lines, line)
    return Cut(where, event.value, comment, requoted(lines, first), first + len(continued(lines, first)) > line)


def _below(lines: list[str], line: int) -> re.Match[str] | None:
    """A comment that stands where the text that ends on `line` would go on: it is no key and no item set aside."""
    if line + 1 < len(lines) and len(continued(lines, begins(lines, line))) > line - begins(lines, line):
        return re.fullmatch(r" +(#(?!-[ ]|[\w-]+:(?:[ ]|$))[^\s#].*)", lines[line + 1])
    return None


def in_brackets(lines: list[str], first: int, last: int, place: Place) -> Cut | None:
    """The comment that takes the end of brackets which open on line `first` and are not closed on `last`, from 0."""
    for line in range(first, min(last + 1, len(lines))):
        if found := re.search(r"[][{},][ \t]+(#[^\s#].*[]}].*)", lines[line]):
            where = Place(place.file, place.line + line - first, found.start(1) + 1)
            return Cut(where, "", found[1], requoted_flow(lines[line]), breaks=True)
    return None


def problem(cut: Cut, entry: str = "", about: str = "", broken: bool = False) -> Problem:
    """A text that is cut: a problem, or a notice where the comment may be one; `broken`: the file cannot be read."""
    if cut.glued or broken:
        left = f"il ne reste que {cite(cut.kept)}" if cut.kept else "la suite n’est pas lue"
        what = f"{about}« # » après une espace commence un commentaire : {left}"
        return Problem(cut.place, "comment-cut", what, f"mettez le texte entre guillemets : {cut.written}", entry)
    suggestion = f"si ce n’en est pas un, mettez le texte entre guillemets : {cut.written}"
    message = f"{about}{cite(cut.comment)} est un commentaire, que personne ne lira"
    return Problem(cut.place, "comment-cut", message, suggestion, entry, Severity.NOTICE)
