"""A problem: where it is, what is wrong, what to write instead, and how that is printed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How much a finding matters."""

    ERROR = "error"  # the site must not be published like this
    NOTICE = "notice"  # worth a look; the exit code stays 0


@dataclass(frozen=True, order=True)
class Place:
    """A position in a file of the project."""

    file: str  # path relative to the project's root, with /
    line: int = 1  # from 1
    column: int = 1  # from 1, in Unicode code points

    def __str__(self) -> str:
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

    def __str__(self) -> str:
        """`file:line:column: entry: what is wrong ; what to write`."""
        return f"{self.place}: " + (f"{self.entry}: " if self.entry else "") + " ; ".join(
            part for part in (self.message, self.suggestion) if part
        )
