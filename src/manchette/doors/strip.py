"""The timeline's strip: events to scale, the article's above the axis, the context's below.

A long time without an event would squeeze the others together: it is left out of the scale, and the *break* is shown.
What lies between breaks is a *stretch*. A *sign* stands for an event, on one of the *lanes* above or below the axis. No
sign or label covers another: an event whose label finds no room goes without, since the list under the strip says all.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, zip_longest
from math import inf
from statistics import median
from typing import Literal

from babel.dates import get_month_names

from manchette.format.edtf import When
from manchette.typeset import dates

PAD = 9.0  # px on both sides of a stretch, so that its first and last signs stand on it
UNKNOWN = 26.0  # px drawn of an interval towards an end that nobody knows
DOT = 12.0  # px that a sign takes at least
CHARACTER = 6.6  # px, of the labels' 13 px type; generous, so that an estimate never makes labels touch
BAND = 36.0  # px of the axis: a line of months, a line of years
LABEL = 34  # characters of a title
LITTLE = 3  # letters of a word that a shortened title does not end with
LABEL_LANES = 5  # a label farther from the axis than so many lanes makes the strip too high


@dataclass(frozen=True)
class Medium:
    """How a strip is laid out: its width, a break's, a lane's height (px), whether there is room for titles."""

    name: str
    width: float
    gap: float
    lane: float
    labels: bool


MEDIA = (Medium("s", 350, 20, 15, False), Medium("m", 800, 40, 20, True), Medium("l", 1180, 56, 20, True))


@dataclass(frozen=True, kw_only=True)
class Item:
    """An event, as the strip takes it; the fields are those of the timeline's `EventView` and `RowView`."""

    when: When
    shape: str
    said: bool
    doubt: bool
    title: str
    words: str  # the date in words
    href: str  # the event's id in the page
    clock: str | None


@dataclass(frozen=True)
class Stretch:
    """A part of the axis without a break: from day to day (`datetime.date.toordinal`), from px to px."""

    first: float
    last: float
    left: float
    right: float


@dataclass(frozen=True)
class Scale:
    """Days → px."""

    stretches: tuple[Stretch, ...]
    rate: float  # px a day

    def x(self, day: float) -> float:
        """The place of a day; in a break, the end of the stretch before it."""
        found = self.stretches[0].left
        for stretch in self.stretches:
            if day < stretch.first:
                break
            found = stretch.left + min(day - stretch.first, stretch.last - stretch.first) * self.rate
        return found


@dataclass(frozen=True, kw_only=True)
class Sign:
    """A drawn event: from `left` to `right`, centred on `y`; its label stands at `at`."""

    item: Item
    left: float
    right: float
    y: float
    label: str | None = None
    at: float = 0
    anchor: str = "start"


@dataclass(frozen=True)
class Tick:
    """A name on the axis, of a month or a year."""

    x: float
    label: str


@dataclass(frozen=True)
class Break:
    """Time left out of the axis: how long, in words, where there is room for them."""

    x: float
    words: str


@dataclass(frozen=True, kw_only=True)
class StripView:
    """A strip on one width."""

    medium: Medium
    height: float
    axis: float  # the top of the band that carries months and years
    stretches: tuple[Stretch, ...]
    ticks: tuple[float, ...]  # where months or years begin
    names: tuple[Tick, ...]  # of months
    years: tuple[Tick, ...]
    breaks: tuple[Break, ...]
    signs: tuple[Sign, ...]


def strips(items: Sequence[Item]) -> tuple[StripView, ...]:
    """One strip for each width; none where there is no stretch of time to draw."""
    days = sorted({day for item in items for day in (item.when.first, item.when.last) if abs(day) < inf})
    starts = sorted({item.when.first for item in items if item.when.first > -inf})
    usual = median(b - a for a, b in pairwise(starts)) if len(starts) > 1 else 0  # days from event to event
    return tuple(_strip(items, scaled(days, usual, medium), medium) for medium in MEDIA) if len(days) > 1 else ()


def _strip(items: Sequence[Item], scale: Scale, medium: Medium) -> StripView:
    above = _lanes([item for item in items if item.said], scale, medium)
    below = _lanes([item for item in items if not item.said], scale, medium)
    axis = _height(above, medium) + 4
    signs = [replace(sign, y=axis - 4 - (lane + 0.5) * medium.lane) for lane, sign in above]
    signs += [replace(sign, y=axis + BAND + 2 + (lane + 0.5) * medium.lane) for lane, sign in below]
    divisions = [_division(stretch, scale) for stretch in scale.stretches]
    return StripView(
        medium=medium,
        height=axis + BAND + 4 + _height(below, medium),
        axis=axis,
        stretches=scale.stretches,
        ticks=tuple(x for ticks, _ in divisions for x in ticks),
        names=tuple(name for _, names in divisions for name in names),
        years=tuple(_years(scale)),
        breaks=tuple(_break(before, after, medium) for before, after in pairwise(scale.stretches)),
        signs=tuple(signs),
    )


def _height(placed: Sequence[tuple[int, Sign]], medium: Medium) -> float:
    """The height of the lanes that signs stand on."""
    return (max((lane for lane, _ in placed), default=-1) + 1) * medium.lane


def _break(before: Stretch, after: Stretch, medium: Medium) -> Break:
    words = dates.gap(int(after.first - before.last))
    fits = len(words) * 6 <= medium.gap + 2 * PAD
    return Break((before.right + after.left) / 2, words if fits else "")


def scaled(days: Sequence[float], usual: float, medium: Medium) -> Scale:
    """The scale for events that begin and end on `days`, ascending, and begin `usual` days apart."""
    broken = _quiet(days, usual, int(0.45 * medium.width / medium.gap))
    parts: list[list[float]] = [[days[0]]]
    for a, b in pairwise(days):
        if b - a in broken:
            parts.append([b])
        else:
            parts[-1].append(b)
    drawn = sum(part[-1] - part[0] for part in parts)
    rate = (medium.width - 2 * PAD * len(parts) - medium.gap * (len(parts) - 1)) / drawn
    stretches, x = [], PAD
    for part in parts:
        length = (part[-1] - part[0]) * rate
        stretches.append(Stretch(part[0], part[-1], x, x + length))
        x += length + 2 * PAD + medium.gap
    return Scale(tuple(stretches), rate)


def _quiet(days: Sequence[float], usual: float, most: int) -> set[float]:
    """The lengths of the gaps to leave out, at most `most`: over a quarter of what remains, and three times `usual`."""
    rest = sorted(b - a for a, b in pairwise(days))
    broken: set[float] = set()
    while len(rest) > 4 and len(broken) < most and rest[-1] > max(sum(rest) / 4, 3 * usual):
        broken.add(rest.pop())
    return broken


# --- Signs and labels ------------------------------------------------------------------------------------------------


def _extent(item: Item, scale: Scale) -> tuple[float, float]:
    """From where to where an event's sign goes: to the strip's edge where open, a little way where unknown."""
    when, end = item.when, scale.stretches[-1].right + PAD
    left = scale.x(when.first) if when.first > -inf else 0.0
    right = scale.x(when.last) if when.last < inf else end
    if when.first == -inf and not when.open_start:
        left = max(0.0, right - UNKNOWN)
    if when.last == inf and not when.open_end:
        right = min(end, left + UNKNOWN)
    missing = max(0.0, DOT - (right - left)) / 2
    return left - missing, right + missing


def _sign(item: Item, scale: Scale) -> Sign:
    """An event's sign, before it has a lane."""
    left, right = _extent(item, scale)
    return Sign(item=item, left=left, right=right, y=0)


def _lanes(items: Sequence[Item], scale: Scale, medium: Medium) -> list[tuple[int, Sign]]:
    """Each sign on the lane nearest to the axis that has room for it, with its label where both find room.

    Lanes count from 0, the nearest to the axis.
    """
    signs = sorted((_sign(item, scale) for item in items), key=lambda sign: (sign.left, sign.right))
    lanes: list[list[tuple[float, float]]] = []  # of each lane, the stretches that are taken
    found = []
    for sign, following in zip_longest(signs, signs[1:]):
        free_until = following.left if following else inf
        choices = [*_labelled(sign, free_until, medium), (sign, sign.left, sign.right)]
        lane, chosen, taken = _room(lanes, choices)
        lanes[lane].append(taken)
        found.append((lane, chosen))
    return found


def _labelled(sign: Sign, free_until: float, medium: Medium) -> Iterator[tuple[Sign, float, float]]:
    """The sign with its label after it, and before it, where these have room on the strip; and what they take of it.

    The next sign stands at `free_until`; those before the sign are seen to by `_room`.
    """
    if not medium.labels:
        return
    label = _short(sign.item.title)
    width = len(label) * CHARACTER
    if sign.right + 5 + width <= min(medium.width, free_until - 4):
        yield replace(sign, label=label, at=sign.right + 5), sign.left, sign.right + 5 + width
    if sign.left - 5 - width >= 0:
        yield replace(sign, label=label, at=sign.left - 5, anchor="end"), sign.left - 5 - width, sign.right


def _room(
    lanes: list[list[tuple[float, float]]], choices: Sequence[tuple[Sign, float, float]]
) -> tuple[int, Sign, tuple[float, float]]:
    """The first choice that finds room, with its lane and what it takes of it; a lane is added where all are taken."""
    for sign, left, right in choices:
        for lane in range(LABEL_LANES if sign.label else len(lanes) + 1):
            if lane == len(lanes):
                lanes.append([])
            if all(right + 3 < start or end + 3 < left for start, end in lanes[lane]):
                return lane, sign, (left, right)
    raise AssertionError("a new lane is empty")


def _short(title: str) -> str:
    """The title, cut between words where it is too long."""
    if len(title) <= LABEL:
        return title
    words = title[:LABEL].split()[:-1]
    while len(words) > 1 and len(words[-1]) <= LITTLE:
        words.pop()
    return " ".join(words).rstrip(",;:") + "…"


# --- The axis --------------------------------------------------------------------------------------------------------


def _division(stretch: Stretch, scale: Scale) -> tuple[list[float], list[Tick]]:
    """Where a stretch is divided, and the names of its parts: into months, or without names into years."""
    month = 30.4 * scale.rate  # px
    if month < 11 or max(abs(_year(stretch.first)), abs(_year(stretch.last)) + 1) > 9999:  # EDTF: no months there
        return [scale.x(_first(year)) for year in _januaries(stretch, scale.rate)], []
    form: Literal["wide", "abbreviated", "narrow"]
    form = "wide" if month > 64 else "abbreviated" if month > 40 else "narrow"
    names = get_month_names(form, context="stand-alone", locale=dates.LOCALE)
    ticks, labels = [], []
    for year, number in _months(stretch):
        first = _first(year, number)
        last = _first(year + number // 12, number % 12 + 1)
        left, right = (scale.x(max(stretch.first, first)), scale.x(min(stretch.last, last)))
        if first >= stretch.first:
            ticks.append(left)
        if len(names[number]) * 6.2 <= right - left:
            labels.append(Tick((left + right) / 2, names[number]))
    return ticks, labels


def _januaries(stretch: Stretch, rate: float) -> range:
    """The years that begin in a stretch, every so many that their names keep apart."""
    step = next(n * 10**p for p in range(12) for n in (1, 2, 5) if n * 10**p * 365 * rate > 34)
    return range((_year(stretch.first) // step + 1) * step, _year(stretch.last) + 1, step)


def _months(stretch: Stretch) -> Iterator[tuple[int, int]]:
    """The months that a stretch has a part of, as year and month."""
    for year in range(_year(stretch.first), _year(stretch.last) + 1):
        for month in range(1, 13):
            if stretch.first - 31 < _first(year, month) <= stretch.last:
                yield year, month


def _years(scale: Scale) -> Iterator[Tick]:
    """The year that each stretch begins in, and those that begin in it, where their names do not touch."""
    free, last = -inf, None
    for stretch in scale.stretches:
        for year in (_year(stretch.first), *_januaries(stretch, scale.rate)):
            x = scale.x(max(stretch.first, _first(year)))
            if x >= free and year != last:
                words = dates.words(When.parse(_written(year)))
                yield Tick(x, words)
                free, last = x + 8 * len(words), year


def _written(year: int) -> str:
    """A year in EDTF; 0 is the year before 1."""
    if abs(year) > 9999:
        return f"Y{year}"
    return f"-{-year:04}" if year < 0 else f"{year:04}"


def _first(year: int, month: int = 1) -> float:
    """The first day of a month, as `When` counts days."""
    return When.parse(_written(year) if month == 1 else f"{_written(year)}-{month:02}").first


def _year(day: float) -> int:
    """The year of a day, as `When` counts days."""
    year = int(day // 365.2425) + 1
    while _first(year) > day:
        year -= 1
    while _first(year + 1) <= day:
        year += 1
    return year
