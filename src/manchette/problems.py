"""A problem: where it is, what is wrong, what to write instead, and how that is printed."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from rapidfuzz import fuzz, process


class Severity(StrEnum):
    """How much a finding matters."""

    ERROR = "error"  # the site must not be published like this
    NOTICE = "notice"  # worth a look; the exit code stays 0


class Place(NamedTuple):
    """A position in a file of the project; a tuple, because every value that is read has one."""

    file: str  # path relative to the project's root, with /
    line: int = 1  # from 1
    column: int = 1  # from 1, in Unicode code points

    def __str__(self) -> str:
        """`file:line:column`."""
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, order=True)
class Problem:
    """One finding. `message` and `suggestion` are French sentences without a final full stop."""

    place: Place
    code: str  # stable, kebab-case: "unknown-key"
    message: str  # what is wrong
    suggestion: str = ""  # what to write instead
    entry: str = ""  # the id of the entry, where there is one
    severity: Severity = Severity.ERROR
    written: str = field(default="", compare=False)  # what stands where an id belongs

    def __str__(self) -> str:
        """`file:line:column: entry: what is wrong ; what to write`; a notice says that it is one."""
        entry = f"{' '.join(self.entry.split())[:80]}: " if self.entry else ""  # a refused id may be long
        return f"{self.place}: {entry}{self.sentence}"

    @property
    def sentence(self) -> str:
        """What is wrong, and what to write."""
        notice = "(avis) " if self.severity is Severity.NOTICE else ""
        return notice + " ; ".join(part for part in (self.message, self.suggestion) if part)


def cite(text: str, length: int = 60) -> str:
    """`text` between French quotation marks, on one line, cut in the middle beyond `length` code points."""
    flat = " ".join(text.split())
    if not flat:
        return "« »"
    if len(flat) > length:
        flat = f"{flat[: length * 2 // 3].rstrip()} … {flat[-length // 3 :].lstrip()}"
    return f"« {flat} »"


_STRING = r'"(?:[^"\\]|\\.)*"'
_PASTED = re.compile(
    rf"""
      (?: -[ ]\{{ )? [\w-]+:[ ] (?: {_STRING} | \{{ (?: [^{{}}"] | {_STRING} )* \}} ) (?: ,[ ]entity:[ ][a-z0-9-]+\}} )?
    | -[ ]{_STRING}
    | «[ \u00a0] (?P<words> .+? ) [ \u00a0]»
    """,
    re.VERBOSE,
)


def pasted(suggestion: str) -> Iterator[tuple[str, bool]]:
    """A suggestion in pieces, each with whether it is to be pasted: YAML, and what stands between quotation marks."""
    end = 0
    for match in _PASTED.finditer(suggestion):
        yield suggestion[end : match.start()], False
        yield match["words"] or match[0], True
        end = match.end()
    yield suggestion[end:], False


def nearest(written: str, allowed: Iterable[str], at_least: float = 70) -> str | None:
    """The word of `allowed` most like `written`, if it is like enough.

    `at_least` is a ratio of matching characters, 0–100: at 70 a typo or two is forgiven in a short word.
    """
    found = process.extractOne(written.lower(), sorted(allowed), scorer=fuzz.ratio, score_cutoff=at_least)
    return found[0] if found else None


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """Each problem once, in the order of files and lines."""
    return sorted(
        dict.fromkeys(problems), key=lambda p: (p.place, p.code, p.message, p.suggestion, p.entry, p.severity)
    )


def as_text(problems: Iterable[Problem]) -> str:
    """One line a problem, for a terminal."""
    return "".join(f"{_no_break(str(problem))}\n" for problem in in_order(problems))


def as_github(problems: Iterable[Problem]) -> str:
    """Workflow commands, which GitHub shows beside the lines of a pull request.

    https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands
    """
    return "".join(
        f"::{problem.severity} file={_property(problem.place.file)},line={problem.place.line},"
        f"col={problem.place.column},title={_property(problem.entry or problem.code)}"
        f"::{_data(_no_break(problem.sentence))}\n"
        for problem in in_order(problems)
    )


def as_json(problems: Iterable[Problem]) -> str:
    """A JSON list of `{severity, code, file, line, column, entry, message, suggestion}`."""
    rows = [
        {
            "severity": problem.severity,
            "code": problem.code,
            "file": problem.place.file,
            "line": problem.place.line,
            "column": problem.place.column,
            "entry": problem.entry,
            "message": problem.message,
            "suggestion": problem.suggestion,
        }
        for problem in in_order(problems)
    ]
    return json.dumps(rows, ensure_ascii=False, indent=2) + "\n"


FORMATS: dict[str, Callable[[Iterable[Problem]], str]] = {"text": as_text, "github": as_github, "json": as_json}


_BREAKING = re.compile(r" (?:(?<=« )|(?=[»;:?!](?:[\s,.)]|$)))")  # begins with the space: three times as fast


def _no_break(text: str) -> str:
    """French spacing: no line ends after « nor before » ; : ? !"""
    return _BREAKING.sub("\u00a0", text)


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
