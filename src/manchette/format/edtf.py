"""Dates as the format writes them: EDTF level 1, complete (ISO 8601-2:2019; https://www.loc.gov/standards/datetime/).

Where the Library of Congress page is silent: a qualifier may follow any date (`2024-21~`, `201X?`, `Y-17000~`), an end
of an interval may be a season, and `/..` (since nobody knows when) is a date, while `/` and `../..` say nothing. As the
page has it, the ends of an interval carry neither a time of day nor an `X`.
"""

from __future__ import annotations

import calendar
import datetime
import re
from dataclasses import dataclass, field
from functools import lru_cache
from math import inf
from typing import Literal, get_args

from manchette.format import misdate

# Why no library reads the dates: on the tables in tests/edtf, `edtf` 5.0.2 takes 35 of 142 wrong values for right ones
# (reversed intervals, level 2), raises TypeError for the bounds of an open interval, makes ten years of an unknown end,
# and needs 4 ms a date and 0.2 s to import; `undate` 0.8.0 takes 23 and knows neither seasons nor times. Here a date is
# read in 10 µs.
Precision = Literal["day", "month", "season", "year", "decade", "century"]

_DATE = re.compile(
    r"""
    (?:
        Y (?P<long> -?[1-9][0-9]{4,} )
    |   (?P<year> -?[0-9]{2} (?: [0-9]{2} | [0-9]X | XX ) )
        (?:
            - (?P<month> [0-9]{2} | XX )  # or a season
            (?:
                - (?P<day> [0-9]{2} | XX )
                (?:
                    (?<! X ) T
                    (?P<time>
                        (?: [01][0-9] | 2[0-3] ) : [0-5][0-9] : [0-5][0-9]
                        (?: Z | [+-] (?: 0[0-9] | 1[0-4] ) (?: :[0-5][0-9] )? )?
                    )
                )?
            )?
        )?
    )
    (?P<mark> [?~%] )?
    """,
    re.VERBOSE,
)
_EXAMPLES = "par exemple 2024-08-06, 2024-08, 2024~ ou 2004-03/.."
_LONGEST = 64  # characters; int() itself refuses some thousands of digits
_CYCLE = 146_097  # days in 400 years, after which the Gregorian calendar repeats itself
# Spring to winter of the northern hemisphere: month and day of the first day, then of the last. The first is where
# meteorologists have it, the last is the latest that astronomers have: the widest of both uses, so that nothing that is
# so in either is told to contradict a date. Winter is that which begins in the year.
_SEASONS = {21: (3, 1, 6, 21), 22: (6, 1, 9, 23), 23: (9, 1, 12, 22), 24: (12, 1, 3, 20)}


class WhenError(ValueError):
    """A date that is not EDTF level 1; the text says in French what is wrong and what to write."""


@dataclass(frozen=True)
class When:
    """A date or an interval, as an annotator knows it. Made by `When.parse`; equal when written alike.

    `first` and `last` are its bounds at their widest: days since 31 December of year 0, proleptic Gregorian
    (`datetime.date.toordinal`), for every year; -inf and inf where an interval is open or its end unknown. `year`,
    `month`, `day` and `season` (21 spring to 24 winter) are those of a single date, None where it does not name them;
    years count as in astronomy (0 is 1 BC). For a decade or a century, `year` is the first of its years.
    """

    text: str
    first: float = field(compare=False, repr=False)
    last: float = field(compare=False, repr=False)
    precision: Precision = field(compare=False, repr=False)
    year: int | None = field(compare=False, repr=False, default=None)
    month: int | None = field(compare=False, repr=False, default=None)
    day: int | None = field(compare=False, repr=False, default=None)
    season: int | None = field(compare=False, repr=False, default=None)
    ends: tuple[When | None, When | None] | None = field(compare=False, repr=False, default=None)

    @classmethod
    def parse(cls, text: str) -> When:
        """Read an EDTF level 1 value, without white space around it.

        Raises:
            WhenError: it is not one.
        """
        return _parse(text)

    @property
    def is_interval(self) -> bool:
        """Whether it is written with a `/`."""
        return self.ends is not None

    @property
    def uncertain(self) -> bool:
        """Whether it, or an end of it, carries `?` or `%`."""
        return "?" in self.text or "%" in self.text

    @property
    def approximate(self) -> bool:
        """Whether it, or an end of it, carries `~` or `%`."""
        return "~" in self.text or "%" in self.text

    @property
    def time(self) -> str:
        """The time of day as written, `14:30:00+02:00`; empty without one. It never moves the day."""
        return self.text.partition("T")[2]

    @property
    def start(self) -> When | None:
        """The date that an interval begins with, None if it is open or unknown; a single date itself."""
        return self.ends[0] if self.ends else self

    @property
    def end(self) -> When | None:
        """The date that an interval ends with, None if it is open or unknown; a single date itself."""
        return self.ends[1] if self.ends else self

    @property
    def open_start(self) -> bool:
        """Whether there is no beginning, `../2020`; without one and not open, it is unknown, `/2020`."""
        return self.text.startswith("../")

    @property
    def open_end(self) -> bool:
        """Whether there is no end, `2004/..`; without one and not open, it is unknown, `2004/`."""
        return self.text.endswith("/..")

    @property
    def earliest(self) -> datetime.date | None:
        """The first day it may mean; None where open, unknown, or not within the years 1 to 9999."""
        return _date(self.first)

    @property
    def latest(self) -> datetime.date | None:
        """The last day it may mean; None where open, unknown, or not within the years 1 to 9999."""
        return _date(self.last)

    @property
    def key(self) -> tuple[float, float, float]:
        """What a timeline is sorted by: the first day, then the time of day, then the last day, the latest first.

        What has no first day stands by its last one, before all that begins on it.
        """
        if self.first > -inf:
            return (self.first, _seconds(self.time), -self.last)
        return (self.end.first if self.end else inf, -2.0, -self.last)

    def contains(self, other: When) -> bool:
        """Whether every day that `other` may mean is one that this may mean; open and unknown ends reach for ever."""
        return self.first <= other.first and other.last <= self.last

    def overlaps(self, other: When) -> bool:
        """Whether both may share a day.

        An unknown end reaches no further than what is known: who held an office `2004/` is not said to have held it in
        2010; who held it `2004/..` is.
        """
        return _known(self)[0] <= _known(other)[1] and _known(other)[0] <= _known(self)[1]


def _date(number: float) -> datetime.date | None:
    return datetime.date.fromordinal(int(number)) if 1 <= number <= datetime.date.max.toordinal() else None


def _seconds(time: str) -> float:
    """The seconds since midnight of a time as written; -1 without one, so that a whole day stands before its hours."""
    return int(time[:2]) * 3600 + int(time[3:5]) * 60 + int(time[6:8]) if time else -1


def _known(when: When) -> tuple[float, float]:
    """The first and last day, an unknown end being put where the other end is; without one, nothing overlaps them."""
    first = when.first if when.start or when.open_start else when.end.first if when.end else inf
    last = when.last if when.end or when.open_end else when.start.last if when.start else -inf
    return first, last


def _ordinal(year: int, month: int, day: int) -> int:
    """`datetime.date.toordinal`, for any year."""
    return datetime.date(2000 + year % 400, month, day).toordinal() + (year - year % 400 - 2000) // 400 * _CYCLE


def _days_in(year: int, month: int) -> int:
    return calendar.monthrange(2000 + year % 400, month)[1]


@lru_cache(maxsize=4096)
def _parse(text: str) -> When:
    try:
        return _read(text)
    except WhenError as wrong:
        shown = text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
        raise WhenError(f"« {shown} » {wrong} ; écrivez {_meant(text[:_LONGEST])}") from None


def _meant(text: str) -> str:
    """What to write instead: a value, and others, each with when it is meant; examples where nothing is understood."""
    for value, others in misdate.candidates(text):
        if _valid(value):
            return value + "".join(f", ou {other} {why}" for other, why in others if _valid(other))
    return _EXAMPLES


def _valid(text: str) -> bool:
    try:
        _read(text)
    except WhenError:
        return False
    return True


def _read(text: str) -> When:
    """As `When.parse`, but the error says only what is wrong."""
    return _interval(text) if text.count("/") == 1 and len(text) <= _LONGEST else _single(text)


def _interval(text: str) -> When:
    written = text.split("/")
    start, end = ends = [None if part in ("", "..") else _end(part) for part in written]
    for part, when in zip(written, ends, strict=True):
        if when and (when.time or "X" in part):
            raise WhenError(f"a {'une heure' if when.time else 'un X'} dans un intervalle")
    if text in ("/", "../.."):
        raise WhenError("est un intervalle sans aucune date")
    if start and end and start.first > end.last:
        raise WhenError("est un intervalle qui finit avant de commencer")
    known = [when for when in ends if when]
    return When(
        text,
        start.first if start else -inf,
        end.last if end else inf,
        max((when.precision for when in known), key=get_args(Precision).index, default="century"),
        ends=(start, end),
    )


def _end(text: str) -> When:
    try:
        return _single(text)
    except WhenError as wrong:
        raise WhenError(f"contient « {text} », qui {wrong}") from None


def _single(text: str) -> When:
    """A date, or an end of an interval."""
    found = _DATE.fullmatch(text) if len(text) <= _LONGEST else None
    if not found or found["year"] == "-0000":
        raise WhenError(misdate.wrong(text))
    if found["mark"] and found["time"]:
        raise WhenError("a un ?, ~ ou % après une heure")
    if found["long"]:
        return _year(text, int(found["long"]))
    if "X" in found["year"]:
        if found["month"]:
            raise WhenError(misdate.wrong(text))
        return _years(text, found["year"])
    year = int(found["year"])
    if found["month"] in (None, "XX"):
        if found["day"] not in (None, "XX"):
            raise WhenError(misdate.wrong(text))
        return _year(text, year)
    month = int(found["month"])
    if month in _SEASONS and not found["day"]:
        return _season(text, year, month)
    if not 1 <= month <= 12:
        raise WhenError(misdate.wrong(text))
    if found["day"] in (None, "XX"):
        return _month(text, year, month)
    return _day(text, year, month, int(found["day"]))


def _years(text: str, masked: str) -> When:
    """The decade `201X` or the century `20XX`."""
    low, high = sorted(int(masked.replace("X", digit)) for digit in "09")  # before Christ, 9 is the earlier
    precision: Precision = "century" if "XX" in masked else "decade"
    return When(text, _ordinal(low, 1, 1), _ordinal(high, 12, 31), precision, year=low)


def _year(text: str, year: int) -> When:
    return When(text, _ordinal(year, 1, 1), _ordinal(year, 12, 31), "year", year=year)


def _season(text: str, year: int, season: int) -> When:
    first_month, first_day, last_month, last_day = _SEASONS[season]
    last = _ordinal(year + (last_month < first_month), last_month, last_day)
    return When(text, _ordinal(year, first_month, first_day), last, "season", year=year, season=season)


def _month(text: str, year: int, month: int) -> When:
    last = _ordinal(year, month, _days_in(year, month))
    return When(text, _ordinal(year, month, 1), last, "month", year=year, month=month)


def _day(text: str, year: int, month: int, day: int) -> When:
    if not 1 <= day <= _days_in(year, month):
        raise WhenError(f"n’existe pas : ce mois a {_days_in(year, month)} jours")
    ordinal = _ordinal(year, month, day)
    return When(text, ordinal, ordinal, "day", year=year, month=month, day=day)
