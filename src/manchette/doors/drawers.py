"""The drawers that what is dated is put into, and what a leaf is called that goes from one to another."""

from __future__ import annotations

from datetime import date
from math import inf

from manchette.doors.axis import written, year_of
from manchette.format.edtf import When
from manchette.typeset import dates
from manchette.typeset.words import WORDS


def drawers(when: When | None) -> tuple[str, str, str]:
    """The year, month and day of a date, in EDTF; of an interval those of its beginning; nothing for none."""
    if when is None or when.key[0] == inf:
        return "", "", ""
    day, year = int(when.key[0]), written(year_of(when.key[0]))
    if not 1 <= day <= date.max.toordinal():
        return year, year, year
    whole = date.fromordinal(day).isoformat()
    return year, whole[:7], whole


def period(first: str, last: str) -> str:
    """From one drawer to another, the earlier first: « 2024 », « mars–mai 2024 »."""
    dated = [each for each in (first, last) if each]
    if not dated:
        return str(WORDS.leaves.undated)
    words = dates.words(When.parse(dated[0] if len(set(dated)) == 1 else "/".join(dated)))
    return words if len(dated) == 2 else f"{words} {WORDS.leaves.link} {WORDS.leaves.undated}"


def period_back(last: str, first: str) -> str:
    """The same, where the latest stands first."""
    return period(first, last)
