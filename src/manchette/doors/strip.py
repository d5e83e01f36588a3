"""The timeline's strip: events to scale, the article's above the axis, those of its context below.

The *overview* holds every event. Where it has no room to name them all, the article's own weeks are drawn again,
larger, in an *inset* under it, where each event has its name; the *rim* shows in the overview what this enlarges.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from math import inf
from statistics import median

from manchette.doors.axis import (
    BAND,
    PAD,
    Break,
    Scale,
    Stretch,
    Tick,
    breaks,
    divisions,
    enlarged,
    scaled,
    written,
    year_of,
)
from manchette.doors.lanes import MANY, Item, Sign, signs
from manchette.format.edtf import When
from manchette.typeset import dates

LABEL_LANES = 12  # a label farther from the axis than so many lanes makes the overview too high
SHARE = 5  # what the inset enlarges is a fifth of the time drawn, at most: it is worth its room
WEEKS = 98.0  # days of an article's own weeks, at most; longer only where an article's events are further apart
LEAST = 3  # events of the article; fewer are no weeks of its own
MOST = 60  # events that an inset can name
JOIN = 30.0  # px between the overview and the inset
TITLE = 24.0  # px of the inset's own title


@dataclass(frozen=True)
class Medium:
    """How a strip is laid out: its width, a break's, a lane's height (px)."""

    name: str
    width: float
    gap: float
    lane: float


MEDIA = (Medium("m", 740, 40, 22), Medium("l", 1180, 56, 22))


@dataclass(frozen=True, kw_only=True)
class AxisView:
    """An axis with what stands on it."""

    top: float
    y: float  # of the axis itself, the top of the band that carries its names
    bottom: float
    stretches: tuple[Stretch, ...]
    ticks: tuple[float, ...]  # where days, months or years begin
    names: tuple[Tick, ...]  # of days or months
    lower: tuple[Tick, ...]  # of months or years
    breaks: tuple[Break, ...]
    signs: tuple[Sign, ...]  # the farthest first: no stem is drawn over a sign


@dataclass(frozen=True)
class InsetView:
    """A part of the axis enlarged: what of the overview it enlarges, from px to px, and its dates in words."""

    axis: AxisView
    left: float
    right: float
    words: str


@dataclass(frozen=True)
class StripView:
    """A strip on one width."""

    medium: Medium
    height: float
    overview: AxisView
    inset: InsetView | None


def strips(items: Sequence[Item], published: Sequence[When] = ()) -> tuple[StripView, ...]:
    """One strip for each width; none where there is no stretch of time to draw."""
    days = sorted({day for item in items for day in (item.when.first, item.when.last) if abs(day) < inf})
    starts = sorted({item.when.first for item in items if item.when.first > -inf})
    usual = median(b - a for a, b in pairwise(starts)) if len(starts) > 1 else 0  # days from event to event
    if len(days) < 2:
        return ()
    return tuple(_strip(items, published, scaled(days, usual, each.width, each.gap), each) for each in MEDIA)


def own_weeks(said: Sequence[When], published: Sequence[When], longest: float) -> tuple[float, float] | None:
    """The article's own weeks, from day to day: where the dates of its own events, `said`, are dense.

    Of all times that go from the beginning or end of an event (or from the publication) to another, that are `longest`
    days at most and in which three events at least begin or end, it is the one with the most events; of several, the
    shortest; of these, the latest. Where such times hold the publication, only they count: an article's weeks are those
    it appears in, whatever else it tells of. A publication's date may be as vague as a year: some day of it must be
    held. None where nothing is so dense, or where there are more events than can be named.
    """
    if len(said) > MANY:
        return None
    ends = sorted({day for when in said for day in (when.first, when.last)} | {when.first for when in published})
    best: tuple[bool, int, float, float] | None = None
    for a in ends:
        for b in ends:
            if -inf < a <= b < inf and b - a <= longest:
                held = sum(a <= when.first <= b or a <= when.last <= b for when in said)
                appears = any(when.first <= b and when.last >= a for when in published)
                if held >= LEAST:
                    best = max(best or (False, 0, -inf, 0), (appears, held, a - b, b))
    return (best[3] + best[2], best[3]) if best else None


def _strip(items: Sequence[Item], published: Sequence[When], scale: Scale, medium: Medium) -> StripView:
    overview = _axis(items, scale, medium, 0, most=LABEL_LANES)
    if all(sign.label for sign in overview.signs):
        return StripView(medium, overview.bottom, overview, None)
    share = sum(stretch.last - stretch.first for stretch in scale.stretches) / SHARE
    said = [item.when for item in items if item.said and item.clock != "known"]
    weeks = own_weeks(said, published, min(WEEKS, share)) or own_weeks(said, published, share)
    if weeks is None:
        return StripView(medium, overview.bottom, overview, None)
    first, last = weeks if weeks[0] < weeks[1] else (weeks[0] - 1, weeks[1] + 1)
    larger = enlarged(first, last, medium.width)
    near = [item for item in items if first <= item.when.first <= last or first <= item.when.last <= last]
    if larger.rate < 2 * scale.rate or len(near) > MOST:
        return StripView(medium, overview.bottom, overview, None)
    rim = (scale.x(first) - PAD, scale.x(last) + PAD)
    overview = _axis(items, scale, medium, 0, most=LABEL_LANES, rim=rim)
    axis = _axis(near, larger, medium, overview.bottom + JOIN + TITLE)
    inset = InsetView(axis, max(0.5, rim[0]), min(medium.width - 0.5, rim[1]), _from_to(*weeks))
    return StripView(medium, axis.bottom, overview, inset)


def _from_to(first: float, last: float) -> str:
    """« du 26 avril au 27 juillet 2025 »."""
    start, end = (_day(first), _day(last))
    return dates.on(When.parse(start if start == end else f"{start}/{end}"))


def _day(day: float) -> str:
    """A day in EDTF; its year, where no calendar has it."""
    return str(date.fromordinal(int(day))) if 1 <= day <= date.max.toordinal() else written(year_of(day))


def _axis(
    items: Sequence[Item],
    scale: Scale,
    medium: Medium,
    top: float,
    most: float = inf,
    rim: tuple[float, float] | None = None,
) -> AxisView:
    """The axis whose upper signs begin at `top`; what is within `rim` has its names elsewhere."""
    above, below = (signs([item for item in items if item.said == said], scale, most, rim) for said in (True, False))
    y = top + _height(above, medium) + 4
    ticks, names, lower = divisions(scale)
    placed = [replace(sign, y=y - 4 - (lane + 0.5) * medium.lane) for lane, sign in above]
    placed += [replace(sign, y=y + BAND + 4 + (lane + 0.5) * medium.lane) for lane, sign in below]
    return AxisView(
        top=top,
        y=y,
        bottom=y + BAND + 8 + _height(below, medium),
        stretches=scale.stretches,
        ticks=tuple(ticks),
        names=tuple(names),
        lower=tuple(lower),
        breaks=breaks(scale, medium.gap),
        signs=tuple(sorted(placed, key=lambda sign: -abs(sign.y - y))),
    )


def _height(placed: Sequence[tuple[int, Sign]], medium: Medium) -> float:
    """The height of the lanes that signs stand on."""
    return (max((lane for lane, _ in placed), default=-1) + 1) * medium.lane
