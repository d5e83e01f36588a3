"""Where the names go: each in the first of its possible places that is free.

*Label*: a name in one such place. *Leader*: the line from a point to a name that stands farther off.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal, NamedTuple

from manchette.map.outline import Box, Point

TextAnchor = Literal["start", "middle", "end"]
"""Which part of a line stands at its point: SVG's `text-anchor`."""

# How wide characters are, in thousandths of the size: Bricolage Grotesque at weight 650, rounded up, since no browser
# is at hand to measure them. Others count as 620.
ADVANCES = {
    character: advance
    for advance, characters in {
        250: "'’,.ilîï \u00a0\u202f", 330: "jIÎ()1-J", 410: "ftr", 470: "«»", 560: "csvxzçTLZ7",
        620: "aegkouyàâéèêëôûùEF2345", 670: "bdhnpqPRSVY0689", 720: "ABCDGHKOQX", 760: "NU", 860: "w", 970: "mMœ",
        1020: "WŒ",
    }.items()
    for character in characters
}  # fmt: skip
LEADING = 1.12  # from line to line, in sizes


class Label(NamedTuple):
    """A name where it stands."""

    place: str
    """The id of the place, empty for context."""
    lines: tuple[str, ...]
    css_class: str
    """`ville`, `etat`, `mer-t` for places, `ctx` for context."""
    x: float
    y: float
    """The baseline of the first line."""
    anchor: TextAnchor
    size: float
    leader: tuple[Point, Point] | None = None
    """A line from the point to a name that stands farther off."""

    @property
    def box(self) -> Box:
        """What it covers."""
        return covered(self.lines, self.css_class, self.x, self.y, self.anchor, self.size)


@lru_cache(maxsize=5000)  # a name is measured for each of its places, the names of countries on each map
def measure(lines: tuple[str, ...], size: float, css_class: str) -> tuple[float, float]:
    """The width and height of a name, in px, set as `map.html.jinja` has its class: see there for faces and spacing."""
    spacing = 0.03 if css_class == "etat" else 0.0
    widest = max(sum(ADVANCES.get(c, 620) for c in line) / 1000 + spacing * len(line) for line in lines)
    narrow = {"ville": 0.97, "etat": 0.95, "ctx": 0.95, "mer-t": 0.85}.get(css_class, 1.0)
    return widest * narrow * size, (1 + LEADING * (len(lines) - 1)) * size * 1.02


def covered(lines: tuple[str, ...], css_class: str, x: float, y: float, anchor: TextAnchor, size: float) -> Box:
    """What a name covers whose first line stands at a point."""
    width, height = measure(lines, size, css_class)
    left = x if anchor == "start" else x - width / 2 if anchor == "middle" else x - width
    top = y - 0.8 * size
    return Box(left, top, left + width, top + height)


@lru_cache(maxsize=5000)  # as above
def on_lines(name: str) -> Sequence[tuple[str, ...]]:
    """The name on one line, then on two if it has several words."""
    breaks = [i for i, character in enumerate(name) if character == " "]
    if not breaks:
        return ((name,),)
    at = min(breaks, key=lambda i: abs(i - len(name) / 2))
    return (name,), (name[:at], name[at + 1 :])


@dataclass
class Lettering:
    """The names that stand in a frame, and what the next ones must keep off."""

    frame: Box
    taken: list[Box] = field(default_factory=list)
    avoided: list[Point] = field(default_factory=list)
    """Points that names had better not cover: where there is no other room, they do."""
    labels: list[Label] = field(default_factory=list)

    def put(self, candidates: Iterable[Label], strict: bool = False) -> bool:
        """Put the name in its first free place that covers nothing avoided; failing that, in its first free place.

        `strict`: not in any that covers something avoided.
        """
        second: Label | None = None
        for label in candidates:
            if not self._is_free(label):
                continue
            if not self._covers_avoided(label.box):
                self._keep(label)
                return True
            second = second or (None if strict else label)
        if second:
            self._keep(second)
        return second is not None

    def has_room(self, box: Box) -> bool:
        """Whether a name that covers this box would stand within the frame and keep off what is taken."""
        frame, (left, top, right, bottom) = self.frame, box
        left, top, right, bottom = left - 2, top - 2, right + 2, bottom + 2
        if left < frame[0] or top < frame[1] or right > frame[2] or bottom > frame[3]:
            return False
        for west, north, east, south in self.taken:  # of all tests the most frequent: a loop is faster
            if west < right and left < east and north < bottom and top < south:
                return False
        return True

    def _is_free(self, label: Label) -> bool:
        if not self.has_room(label.box):
            return False
        if label.leader is None:
            return True
        leader = _along(label.leader)[1:]  # its first step is at the point's own sign
        return not any(step.meets(other) for step in leader for other in self.taken)

    def _covers_avoided(self, box: Box) -> bool:
        return any(box.left < x < box.right and box.top < y < box.bottom for x, y in self.avoided)

    def _keep(self, label: Label) -> None:
        self.labels.append(label)
        self.taken += [label.box, *_along(label.leader)]


def _along(leader: tuple[Point, Point] | None) -> list[Box]:
    """Small boxes that cover a leader, from the point on."""
    if leader is None:
        return []
    (ax, ay), (bx, by) = leader
    steps = [(ax + (bx - ax) * i / 6, ay + (by - ay) * i / 6) for i in range(1, 6)]
    return [Box(x - 1, y - 1, x + 1, y + 1) for x, y in steps]


def beside(place: str, name: str, css_class: str, size: float, point: Point, radius: float) -> Iterator[Label]:
    """The name close to a point, on one line and on two. `radius`: of the point's sign."""
    for lines in on_lines(name):
        yield from _close_to(place, lines, css_class, size, point, radius)


def about(place: str, name: str, css_class: str, size: float, box: Box) -> Iterator[Label]:
    """The name on one line and on two at the right, the left, above and below of what stands in a box."""
    (x, y), gap = box.middle, 0.35 * size
    for lines in on_lines(name):
        height = (len(lines) - 1) * LEADING * size
        level = y + 0.28 * size - height / 2
        yield Label(place, lines, css_class, box.right + gap, level, "start", size)
        yield Label(place, lines, css_class, box.left - gap, level, "end", size)
        yield Label(place, lines, css_class, x, box.top - gap - height, "middle", size)
        yield Label(place, lines, css_class, x, box.bottom + gap + 0.8 * size, "middle", size)


def led(
    place: str, name: str, css_class: str, size: float, point: Point, radius: float, distances: Iterable[float]
) -> Iterator[Label]:
    """The name farther off a point, with a leader, on one line and on two at each of the distances (px)."""
    for distance in distances:
        for lines in on_lines(name):
            for hour in (0, 6, 1, 11, 5, 7, 2, 10, 4, 8, 3, 9):
                yield _led_to(place, lines, css_class, size, point, radius, distance, hour)


def _close_to(
    place: str, lines: tuple[str, ...], css_class: str, size: float, point: Point, radius: float
) -> Iterator[Label]:
    """The name in eight places around a point: right, left, at the four corners, above, below."""
    x, y = point
    gap = radius + 0.3 * size
    near = 0.7 * gap  # at a corner, of the way in each direction
    height = (len(lines) - 1) * LEADING * size
    level = y + 0.28 * size - height / 2
    above, below = y - near - 0.05 * size - height, y + near + 0.62 * size
    yield Label(place, lines, css_class, x + gap, level, "start", size)
    yield Label(place, lines, css_class, x - gap, level, "end", size)
    yield Label(place, lines, css_class, x + near, above, "start", size)
    yield Label(place, lines, css_class, x + near, below, "start", size)
    yield Label(place, lines, css_class, x - near, above, "end", size)
    yield Label(place, lines, css_class, x - near, below, "end", size)
    yield Label(place, lines, css_class, x, y - gap - 0.2 * size - height, "middle", size)
    yield Label(place, lines, css_class, x, y + gap + 0.8 * size, "middle", size)


def _led_to(
    place: str,
    lines: tuple[str, ...],
    css_class: str,
    size: float,
    point: Point,
    radius: float,
    distance: float,
    hour: int,
) -> Label:
    """The name this many px off, with a leader; `hour` from 0 to 11 gives the direction, clockwise from the right."""
    x, y = point
    angle = hour * math.pi / 6
    dx, dy = math.cos(angle), math.sin(angle)
    end = (x + dx * distance, y + dy * distance)
    leader = ((x + dx * (radius + 1), y + dy * (radius + 1)), end)
    more = (len(lines) - 1) * LEADING * size
    if abs(dx) <= 0.1:  # straight above or below
        top = end[1] + (0.28 + 0.55 * dy) * size - (more if dy < 0 else 0)
        return Label(place, lines, css_class, end[0], top, "middle", size, leader)
    anchor: TextAnchor = "start" if dx > 0 else "end"
    left = end[0] + math.copysign(3, dx)
    return Label(place, lines, css_class, left, end[1] + (0.28 + 0.4 * dy) * size - more / 2, anchor, size, leader)


def centred(
    place: str,
    lines: tuple[str, ...],
    css_class: str,
    size: float,
    points: Iterable[Point],
    fits: Callable[[Box], bool],
) -> Iterator[Label]:
    """The name, on these lines, about each of the points where what it covers `fits`."""
    for x, y in points:
        top_line = y + 0.3 * size - (len(lines) - 1) * LEADING * size / 2
        if fits(covered(lines, css_class, x, top_line, "middle", size)):
            yield Label(place, lines, css_class, x, top_line, "middle", size)
