"""Lines and rings in the plane: cut to a box, measured, written as SVG paths. Pixels, y downwards."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from manchette.map.projection import Point


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle with upright sides."""

    left: float
    top: float
    right: float
    bottom: float

    def grown(self, by: float) -> Box:
        """The box with `by` px more on each side."""
        return Box(self.left - by, self.top - by, self.right + by, self.bottom + by)

    def meets(self, other: Box) -> bool:
        """Whether the two share more than an edge."""
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )

    def holds(self, other: Box) -> bool:
        """Whether the other lies within."""
        return (
            self.left <= other.left
            and other.right <= self.right
            and self.top <= other.top
            and other.bottom <= self.bottom
        )


def bounds(points: Sequence[Point]) -> Box:
    """The smallest box around some points."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return Box(min(xs), min(ys), max(xs), max(ys))


def area(ring: Sequence[Point]) -> float:
    """The surface of a ring, in square px; negative where the ring runs counterclockwise on the screen."""
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise([*ring, ring[0]])) / 2


def centre(ring: Sequence[Point]) -> Point:
    """The centre of gravity of a ring that has a surface."""
    whole, x, y = 0.0, 0.0, 0.0
    for a, b in pairwise([*ring, ring[0]]):
        part = a[0] * b[1] - b[0] * a[1]
        whole, x, y = whole + part, x + part * (a[0] + b[0]), y + part * (a[1] + b[1])
    return x / whole / 3, y / whole / 3


def cut_rings(rings: Iterable[Sequence[Point]], box: Box) -> list[list[Point]]:
    """What the box holds of each ring, closed along its edges (Sutherland & Hodgman 1974)."""
    found = []
    for ring in rings:
        around = bounds(ring)
        if not around.meets(box):
            continue
        points = list(ring)
        if not box.holds(around):
            for axis, limit, sign in ((0, box.left, 1), (0, box.right, -1), (1, box.top, 1), (1, box.bottom, -1)):
                points = list(_one_side(points, axis, limit, sign))
        if len(points) > 2:
            found.append(points)
    return found


def _one_side(points: Sequence[Point], axis: int, limit: float, sign: int) -> Iterator[Point]:
    for a, b in pairwise([points[-1], *points] if points else ()):
        before, now = sign * (a[axis] - limit) >= 0, sign * (b[axis] - limit) >= 0
        if before != now:
            t = (limit - a[axis]) / (b[axis] - a[axis])
            yield a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1])
        if now:
            yield b


def cut_lines(lines: Iterable[Sequence[Point]], box: Box) -> list[list[Point]]:
    """The parts of lines that may show in the box: steps from point to point, joined where they follow each other."""
    found: list[list[Point]] = []
    for line in lines:
        last: Point | None = None
        for a, b in pairwise(line):
            if bounds((a, b)).grown(0.01).meets(box):
                if last is a and found:
                    found[-1].append(b)
                else:
                    found.append([a, b])
                last = b
    return found


def path(pieces: Iterable[Sequence[Point]], closed: bool, least: float = 0.0) -> str:
    """The `d` of an SVG path, on whole pixels, without rings that are smaller than `least` px both ways."""
    written = []
    for piece in pieces:
        box = bounds(piece)
        if closed and max(box.right - box.left, box.bottom - box.top) < least:
            continue
        cells = [(round(x), round(y)) for x, y in piece]
        steps = [(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(cells) if a != b]
        if closed and steps and cells[0] == cells[-1]:
            steps.pop()
        if len(steps) > (1 if closed else 0):
            numbers = "".join(f"{' ' * (n >= 0)}{n}" for step in steps for n in step).lstrip()
            written.append(f"M{cells[0][0]} {cells[0][1]}l{numbers}{'z' * closed}".replace(" -", "-"))
    return "".join(written)


def spans(rings: Iterable[Sequence[Point]], y: float) -> list[tuple[float, float]]:
    """The stretches of the horizontal at `y` that lie inside the rings, by the even–odd rule, from the left."""
    crossings = sorted(
        a[0] + (y - a[1]) / (b[1] - a[1]) * (b[0] - a[0])
        for ring in rings
        for a, b in pairwise([ring[-1], *ring])
        if (a[1] > y) != (b[1] > y)
    )
    return list(zip(crossings[::2], crossings[1::2], strict=False))


def rooms(rings: Sequence[Sequence[Point]], width: float, height: float) -> list[Point]:
    """Where a box of this size fits inside the rings: its middles, those nearest to the largest ring's centre first.

    A box fits where its top, middle and bottom lie inside.
    """
    largest = max(rings, key=lambda ring: abs(area(ring)), default=())
    if not largest or not area(largest):
        return []
    middle, around = centre(largest), bounds(largest)
    found: list[tuple[float, Point]] = []
    step = max(6.0, (around.bottom - around.top) / 24)
    y = around.top + height / 2
    while y < around.bottom:
        rows = [spans(rings, y + part * height / 2) for part in (-1, 0, 1)]
        for left, right in _shared(rows):
            free = right - left - width
            for x in {left + width / 2 + free * part for part in (0.25, 0.5, 0.75)} if free > 0 else ():
                found.append((math.dist((x, y), middle), (x, y)))
        y += step
    return [point for _, point in sorted(found)]


def _shared(rows: Sequence[Sequence[tuple[float, float]]]) -> list[tuple[float, float]]:
    """The stretches that lie within one of every row."""
    shared = list(rows[0])
    for row in rows[1:]:
        both = [(max(a, c), min(b, d)) for a, b in shared for c, d in row]
        shared = [(left, right) for left, right in both if left < right]
    return shared
