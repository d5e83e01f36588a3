"""An axis of time: days to px, the long times left out of it, and the days, months and years named below it.

A long time without an event would squeeze the others together: it is left out of the scale, and the *break* is shown.
What lies between breaks is a *stretch*.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import inf
from typing import Literal

from babel.dates import get_month_names

from manchette.format.edtf import When
from manchette.typeset import dates

PAD = 9.0  # px on both sides of a stretch, so that its first and last signs stand on it
BAND = 36.0  # px below the axis: a line of days or months, a line of months or years
MONTH = 30.4  # days
DAY = 4.0  # px from which days are told apart
EVERY_DAY = 20.0  # px from which each of them is numbered
BOLD = 9.0  # px that a character of the lower line takes at most, on average


@dataclass(frozen=True)
class Stretch:
    """A part of the axis without a break: from day to day (`datetime.date.toordinal`), from px to px."""

    first: float
    last: float
    left: float
    right: float


@dataclass(frozen=True)
class Scale:
    """Days → px, in a drawing that is `width` px wide."""

    stretches: tuple[Stretch, ...]
    rate: float  # px a day
    width: float

    @property
    def first(self) -> float:
        """The first day drawn."""
        return self.stretches[0].first

    @property
    def last(self) -> float:
        """The last day drawn."""
        return self.stretches[-1].last

    def x(self, day: float) -> float:
        """The place of a day; in a break, the end of the stretch before it."""
        found = self.stretches[0].left
        for stretch in self.stretches:
            if day < stretch.first:
                break
            found = stretch.left + min(day - stretch.first, stretch.last - stretch.first) * self.rate
        return found


@dataclass(frozen=True)
class Tick:
    """A name below the axis, of a day, a month or a year."""

    x: float
    label: str


@dataclass(frozen=True)
class Break:
    """Time left out of the axis: how long, in words, where there is room for them."""

    x: float
    words: str


def scaled(days: Sequence[float], usual: float, width: float, gap: float) -> Scale:
    """The scale for events that begin and end on `days`, ascending, and begin `usual` days apart; `gap`: of a break."""
    broken = _quiet(days, usual, int(0.45 * width / gap))
    parts: list[list[float]] = [[days[0]]]
    for a, b in pairwise(days):
        if b - a in broken:
            parts.append([b])
        else:
            parts[-1].append(b)
    drawn = sum(part[-1] - part[0] for part in parts)
    rate = (width - 2 * PAD * len(parts) - gap * (len(parts) - 1)) / drawn
    stretches, x = [], PAD
    for part in parts:
        length = (part[-1] - part[0]) * rate
        stretches.append(Stretch(part[0], part[-1], x, x + length))
        x += length + 2 * PAD + gap
    return Scale(tuple(stretches), rate, width)


def enlarged(first: float, last: float, width: float) -> Scale:
    """The scale that gives all the width to the time from one day to another, which is not the same."""
    rate = (width - 2 * PAD) / (last - first)
    return Scale((Stretch(first, last, PAD, width - PAD),), rate, width)


def _quiet(days: Sequence[float], usual: float, most: int) -> set[float]:
    """The lengths of the gaps to leave out, at most `most`: over a quarter of what remains, and three times `usual`."""
    rest = sorted(b - a for a, b in pairwise(days))
    broken: set[float] = set()
    while len(rest) > 4 and len(broken) < most and rest[-1] > max(sum(rest) / 4, 3 * usual):
        broken.add(rest.pop())
    return broken


def breaks(scale: Scale, gap: float) -> tuple[Break, ...]:
    """What is left out between the stretches."""
    found = []
    for before, after in pairwise(scale.stretches):
        words = dates.gap(int(after.first - before.last))
        fits = len(words) * 6 <= gap + 2 * PAD
        found.append(Break((before.right + after.left) / 2, words if fits else ""))
    return tuple(found)


def divisions(scale: Scale) -> tuple[list[float], list[Tick], list[Tick]]:
    """Where the axis is divided; below it, the upper line of names, of days or months; the lower, of months or years.

    Where neither days nor months can be told apart, the lower line alone names years.
    """
    named = max(abs(year_of(scale.first)), abs(year_of(scale.last)) + 1) <= 9999  # EDTF: no months beyond
    if named and scale.rate >= DAY:
        parts = [_days(stretch, scale) for stretch in scale.stretches]
        lower = [each for stretch in scale.stretches for each in _month_names(stretch, scale)]
    else:
        months = named and MONTH * scale.rate >= 11
        parts = [_months(stretch, scale) if months else _years(stretch, scale) for stretch in scale.stretches]
        lower = [each for stretch in scale.stretches for each in _year_names(stretch, scale)]
    ticks = [x for where, _ in parts for x in where]
    return ticks, [name for _, names in parts for name in names], _apart(lower, scale.width)


def _apart(names: Sequence[Tick], width: float) -> list[Tick]:
    """The names that begin where they are due, or so much before that they end in the drawing, without touching."""
    kept: list[Tick] = []
    free = -inf
    for name in names:
        length = BOLD * len(name.label)
        x = max(0.0, min(name.x, width - length))
        if x >= free and (not kept or kept[-1].label != name.label):
            kept.append(Tick(x, name.label))
            free = x + length + 6
    return kept


def _days(stretch: Stretch, scale: Scale) -> tuple[list[float], list[Tick]]:
    """Each day, all of them numbered or every fifth."""
    ticks, names = [], []
    for year, month in _months_in(stretch):
        begins, ends = _first(year, month), _first(year + month // 12, month % 12 + 1)
        for number in range(1, int(ends - begins) + 1):
            day = begins + number - 1
            if stretch.first <= day <= stretch.last:
                ticks.append(scale.x(day))
                if scale.rate >= EVERY_DAY or number in (1, 5, 10, 15, 20, 25):
                    names.append(Tick(scale.x(day), str(number)))
    return ticks, names


def _month_names(stretch: Stretch, scale: Scale) -> Iterator[Tick]:
    """The month that a stretch begins in, and those that begin in it; the first in a year with room says the year."""
    names = get_month_names("wide", context="stand-alone", locale=dates.LOCALE)
    months = list(_months_in(stretch))
    places = [scale.x(max(stretch.first, _first(*month))) - PAD / 2 for month in months]
    said = None
    for (year, month), x, end in zip(months, places, [*places[1:], scale.width], strict=True):
        words = names[month]
        if year != said and BOLD * len(full := dates.words(When.parse(f"{written(year)}-{month:02}"))) + 6 < end - x:
            words, said = full, year
        yield Tick(x, words)


def _months(stretch: Stretch, scale: Scale) -> tuple[list[float], list[Tick]]:
    """The beginnings of months, and their names in the middle."""
    month = MONTH * scale.rate  # px
    form: Literal["wide", "abbreviated", "narrow"]
    form = "wide" if month > 64 else "abbreviated" if month > 40 else "narrow"
    names = get_month_names(form, context="stand-alone", locale=dates.LOCALE)
    ticks, labels = [], []
    for year, number in _months_in(stretch):
        first = _first(year, number)
        last = _first(year + number // 12, number % 12 + 1)
        left, right = (scale.x(max(stretch.first, first)), scale.x(min(stretch.last, last)))
        if first >= stretch.first:
            ticks.append(left)
        if len(names[number]) * 6.2 <= right - left:
            labels.append(Tick((left + right) / 2, names[number]))
    return ticks, labels


def _years(stretch: Stretch, scale: Scale) -> tuple[list[float], list[Tick]]:
    """The beginnings of years, which the lower line names."""
    return [scale.x(_first(year)) for year in _januaries(stretch, scale.rate)], []


def _year_names(stretch: Stretch, scale: Scale) -> Iterator[Tick]:
    """The year that a stretch begins in, and those that begin in it."""
    for year in (year_of(stretch.first), *_januaries(stretch, scale.rate)):
        yield Tick(scale.x(max(stretch.first, _first(year))), dates.words(When.parse(written(year))))


def _januaries(stretch: Stretch, rate: float) -> range:
    """The years that begin in a stretch, every so many that their names keep apart."""
    step = next(n * 10**p for p in range(12) for n in (1, 2, 5) if n * 10**p * 365 * rate > 42)
    return range((year_of(stretch.first) // step + 1) * step, year_of(stretch.last) + 1, step)


def _months_in(stretch: Stretch) -> Iterator[tuple[int, int]]:
    """The months that a stretch has a part of, as year and month."""
    for year in range(year_of(stretch.first), year_of(stretch.last) + 1):
        for month in range(1, 13):
            if _first(year, month) <= stretch.last and _first(year + month // 12, month % 12 + 1) > stretch.first:
                yield year, month


def written(year: int) -> str:
    """A year in EDTF; 0 is the year before 1."""
    if abs(year) > 9999:
        return f"Y{year}"
    return f"-{-year:04}" if year < 0 else f"{year:04}"


def _first(year: int, month: int = 1) -> float:
    """The first day of a month, as `When` counts days."""
    return When.parse(written(year) if month == 1 else f"{written(year)}-{month:02}").first


def year_of(day: float) -> int:
    """The year of a day, as `When` counts days."""
    year = int(day // 365.2425) + 1
    while _first(year) > day:
        year -= 1
    while _first(year + 1) <= day:
        year += 1
    return year
