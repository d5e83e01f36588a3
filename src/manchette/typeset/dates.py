"""Dates, durations and numbers in French words; `tests/wording/dates.txt` shows each choice, and why.

Names of months and eras, plurals and digits are CLDR's, through Babel. Its interval patterns are not used: they shorten
the months, know no « 1er », and stop at the years 1 and 9999.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from babel.dates import get_era_names, get_month_names
from babel.numbers import format_decimal
from babel.units import format_unit

from manchette.format.edtf import When
from manchette.format.vocabulary import SEASON_NAMES

NBSP = "\u00a0"
DASH = f"{NBSP}– "
LOCALE = "fr"

_MONTHS = get_month_names("wide", locale=LOCALE)
_BC, _AD = (get_era_names("abbreviated", LOCALE)[era].replace(" ", NBSP) for era in (0, 1))


class _Articles(NamedTuple):
    """What stands before a date, shown by 3 May."""

    the: str  # « (depuis) le 3 mai »
    of: str  # « (à partir) du 3 mai »
    to: str  # « (du 2) au 3 mai »
    at: str  # « (arrivé) le 3 mai »
    until: str  # « jusqu’au 3 mai »


_DAY = _Articles(the="le ", of="du ", to="au ", at="le ", until="jusqu’au ")
_MONTH = _YEAR = _Articles(the="", of="de ", to="à ", at="en ", until="jusqu’en ")
_VOWEL_MONTH = _MONTH._replace(of="d’")  # avril, août, octobre
_SPRING = _CENTURY = _Articles(the="le ", of="du ", to="au ", at="au ", until="jusqu’au ")
_VOWEL_SEASON = _Articles(the="l’", of="de l’", to="à l’", at="à l’", until="jusqu’à l’")  # l’été, l’automne, l’hiver
_EARLY_YEAR = _VOWEL_SEASON._replace(at="en l’")  # l’an 800
_DECADE = _Articles(the="les ", of="des ", to="aux ", at="dans les ", until="jusqu’aux ")

_DOUBTS = {  # uncertain and approximate, in agreement with the noun
    "début": ("incertain", "approximatif"),
    "fin": ("incertaine", "approximative"),
    "dates": ("incertaines", "approximatives"),
}


def words(when: When) -> str:
    """The date as a label: « 19 juin 2024 », « 11–13 juillet 2025 », « vers 2024 », « depuis mars 2004 »."""
    if not when.is_interval:
        return on(when) if when.uncertain or when.approximate else _named(when)
    start, end = when.start, when.end
    if start and end and start.text == end.text:
        return words(start)
    if start and end:
        left, right, shared = _parts(start, end)
        bare = len(left) == len(right) == 1 and " " not in left[0] + right[0]  # « 11–13 », but « 11 mai – 13 juin »
        between = left[-1] + ("–" if bare else DASH) + _joined(right)
        return _joined([*left[:-1], between, *shared]) + _doubts(start, end)
    if start and not end and not when.open_end:
        return f"{words(start)}{DASH}fin inconnue"
    return on(when)


def on(when: When) -> str:
    """The date as a sentence has it: « le 19 juin 2024 », « en août 2024 », « du 11 au 13 juillet 2025 »."""
    start, end = when.start, when.end
    if start and end and start.text == end.text:
        if start.approximate:
            return f"{_perhaps(start)}vers {_articles(start).the}{_named(start)}"
        return f"{_perhaps(start)}{_articles(start).at}{_named(start)}"
    if start and end:
        left, right, shared = _parts(start, end)
        of, to = _articles(start, bare=True).of, _articles(end, bare=True).to
        return f"{of}{_joined(left)} {to}{_joined([*right, *shared])}{_doubts(start, end)}"
    if start and when.open_end:
        return f"{_perhaps(when)}depuis {_articles(start).the}{_named(start)}{_around(when)}"
    if start:
        return f"{_perhaps(when)}à partir {_articles(start).of}{_named(start)}{_around(when)} (fin inconnue)"
    if end and when.open_start:
        return f"{_perhaps(when)}{_articles(end).until}{_named(end)}{_around(when)}"
    if end:
        return f"{_perhaps(when)}avant {_articles(end).the}{_named(end)}{_around(when)}"
    return "depuis une date inconnue" if when.open_end else "jusqu’à une date inconnue"


def since(when: When) -> str:
    """How long a role was held: « depuis mars 2004 », « de 2012 à mai 2024 », « jusqu’en 2020 »."""
    if when.end and not when.start:  # who held a role until 2020 did not hold it at some time before 2020
        return f"{_perhaps(when)}{_articles(when.end).until}{_named(when.end)}{_around(when)}"
    return on(when)


def day(when: When) -> str | None:
    """The `datetime` of HTML's `time`: a plain day, month or year from 0001 to 9999; None for anything else."""
    plain = re.fullmatch(r"(?!0000)[0-9]{4}(-[0-9]{2}){0,2}", when.text)
    return when.text if plain and not when.season else None


def gap(days: int) -> str:
    """A stretch of time as one would say it: « 6 semaines », « 5 mois », « 2 ans et demi »; weeks up to two months."""
    days = abs(days)
    months = round(days / 30.44)  # the mean month
    if days < 14:
        return _counted(days, "day")
    if days <= 60:
        return _counted(round(days / 7), "week")
    if months < 24 and months != 12:
        return _counted(months, "month")
    halves = round(days / 365.25 * 2)
    if halves % 2 and halves < 20:
        return f"{_counted(halves // 2, 'year')} et demi"
    return _counted(round(days / 365.25), "year")


def number(n: int) -> str:
    """Digits in groups of three, parted by U+202F."""
    return str(format_decimal(n, locale=LOCALE))


@lru_cache(maxsize=256)  # years, months, weeks and days are few
def _counted(n: int, unit: str) -> str:
    return format_unit(n, unit, locale=LOCALE).replace(" ", NBSP)


def _perhaps(when: When) -> str:
    return "peut-être " if when.uncertain else ""


def _around(when: When) -> str:
    return " environ" if when.approximate else ""


def _doubts(start: When, end: When) -> str:
    """What is not firm in an interval with both ends: « (début incertain, fin approximative) », after it."""
    if (start.uncertain, start.approximate) == (end.uncertain, end.approximate):
        found = [_doubt("dates", start)]
    else:
        found = [_doubt("début", start), _doubt("fin", end)]
    said = ", ".join(filter(None, found))
    return f" ({said})" if said else ""


def _doubt(noun: str, when: When) -> str:
    """What is not firm in a date, said of a noun; empty where it is firm."""
    uncertain, approximate = _DOUBTS[noun]
    adjectives = [uncertain] * when.uncertain + [approximate] * when.approximate
    return f"{noun} {' et '.join(adjectives)}" if adjectives else ""


def _articles(when: When, bare: bool = False) -> _Articles:
    """What stands before a date as `_named` gives it; `bare`: as its `_pieces` alone do, « 800 » without « an »."""
    if when.precision == "season":
        return _SPRING if when.season == 21 else _VOWEL_SEASON
    if when.precision == "month":
        return _VOWEL_MONTH if when.month in (4, 8, 10) else _MONTH
    if when.precision == "year":
        return _EARLY_YEAR if not bare and _named(when).startswith("an ") else _YEAR
    return {"day": _DAY, "decade": _DECADE, "century": _CENTURY}[when.precision]


def _named(when: When) -> str:
    """A single date without an article, with its time, and with what it leaves unknown in brackets."""
    said = _joined(_pieces(when))
    if when.precision == "year" and said[0].isdigit() and len(said) != 4 and not said.endswith(_BC):
        said = f"an {said}"  # « 800 » alone is no date
    if when.text.rstrip("?~%").endswith("-XX"):
        unknown = "jour et mois inconnus" if "-XX-XX" in when.text else "jour inconnu" if when.month else "mois inconnu"
        said = f"{said} ({unknown})"
    return f"{said} à {_clock(when.time)}" if when.time else said


def _clock(time: str) -> str:
    """« 14 h 30 », « 9 h 05 UTC », « 23 h (UTC+2) »; seconds are left out."""
    hour, minute, zone = int(time[:2]), time[3:5], time[8:]
    said = f"{hour}{NBSP}h" + ("" if minute == "00" else f"{NBSP}{minute}")
    if zone in ("", "Z"):
        return said + (f"{NBSP}UTC" if zone else "")
    offset = re.sub(r"(?<=^[+-])0(?=[0-9])|:00$", "", zone).replace("-", "−")  # « +02:00 » is said « +2 »
    return f"{said} (UTC{offset})"


def _parts(start: When, end: When) -> tuple[list[str], list[str], list[str]]:
    """An interval's pieces: those of the start alone, of the end alone, and those that both share; each has its own."""
    left, right = _pieces(start), _pieces(end, start.last < 1)
    shared: list[str] = []
    while len(left) > 1 and len(right) > 1 and left[-1] == right[-1]:
        shared.insert(0, left.pop())
        right.pop()
    return left, right, shared


def _pieces(when: When, era: bool = False) -> list[str]:
    """The words of a single date, from the day to the era, so that what two dates share is the tail of both lists.

    `era` has years after Christ say so, where they follow one before.
    """
    year = when.year or 0
    if when.precision == "century":
        rank = abs(year) // 100 + 1
        return [_roman(rank) + ("er" if rank == 1 else "e"), "siècle", *([_BC] if year < 0 else [])]
    if when.precision == "decade":
        if year < 0:
            return ["années", f"{1 - year}–{-8 - year}", _BC]
        return ["années", str(year), *([_AD] if year < 100 else [])]  # « années 20 » are those of the last century
    shown = _digits(year if year > 0 else 1 - year)
    if when.season == 24 and year > 0:
        shown = f"{shown}–{_digits(year + 1)}"
    pieces = [shown, *([_BC] if year < 1 else [_AD] if era else [])]
    if when.season:
        pieces.insert(0, SEASON_NAMES[when.season][1])
    if when.month:
        pieces.insert(0, _MONTHS[when.month])
    if when.day:
        pieces.insert(0, "1er" if when.day == 1 else str(when.day))
    return pieces


def _digits(year: int) -> str:
    return str(year) if year < 10_000 else number(year)


def _joined(pieces: list[str]) -> str:
    """The pieces in one line, which may break before a year only."""
    return pieces[0] + "".join(f"{' ' if piece[0].isdigit() else NBSP}{piece}" for piece in pieces[1:])


def _roman(n: int) -> str:
    """`n` from 1 to 100 in Roman numerals."""
    ones = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")
    tens = ("", "X", "XX", "XXX", "XL", "L", "LX", "LXX", "LXXX", "XC", "C")
    return tens[n // 10] + ones[n % 10]
