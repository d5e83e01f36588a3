"""Lines and rings in the plane: cut to a box, thinned, measured, written as SVG paths. Pixels, y downwards."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

Point = tuple[float, float]


class Box(NamedTuple):
    """A rectangle with upright sides."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def middle(self) -> Point:
        """Its middle."""
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    @property
    def width(self) -> float:
        """From its left to its right."""
        return self.right - self.left

    def grown(self, by: float) -> Box:
        """The box with `by` px more on each side."""
        return Box(self.left - by, self.top - by, self.right + by, self.bottom + by)

    def meets(self, other: Box) -> bool:
        """Whether the two share more than an edge."""
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )

    def has(self, point: Point) -> bool:
        """Whether a point lies within."""
        return self.left < point[0] < self.right and self.top < point[1] < self.bottom

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
    xs, ys = zip(*points, strict=True)
    return Box(min(xs), min(ys), max(xs), max(ys))


def surface(ring: Sequence[Point]) -> float:
    """The surface of a ring, in square px; negative where the ring runs counterclockwise on the screen."""
    twice = 0.0
    x, y = ring[-1]
    for next_x, next_y in ring:
        twice += x * next_y - next_x * y
        x, y = next_x, next_y
    return twice / 2


def centre(ring: Sequence[Point]) -> Point:
    """The centre of gravity of a ring that has a surface."""
    whole, x, y = 0.0, 0.0, 0.0
    for a, b in pairwise([*ring, ring[0]]):
        part = a[0] * b[1] - b[0] * a[1]
        whole, x, y = whole + part, x + part * (a[0] + b[0]), y + part * (a[1] + b[1])
    return x / whole / 3, y / whole / 3


def thin(points: Sequence[Point], tolerance: float) -> list[int]:
    """The numbers of the points to keep, first and last among them, so that none left out is farther than `tolerance`
    from the line (Douglas & Peucker 1973)."""
    end, square = len(points) - 1, tolerance * tolerance
    keep, spans = [0, end] if end else [0], [(0, end)] if end > 1 else []
    while spans:
        first, last = spans.pop()
        (ax, ay), (bx, by) = points[first], points[last]
        dx, dy = bx - ax, by - ay
        length = dx * dx + dy * dy
        far, at, i = square, 0, first
        surely = far * length * 0.999999  # what is nearer than that is so whichever way it is rounded
        for x, y in points[first + 1 : last]:
            i += 1
            x -= ax  # noqa: PLW2901
            y -= ay  # noqa: PLW2901
            along = x * dx + y * dy
            if along > 0:
                if along < length:
                    across = x * dy - y * dx
                    if across * across < surely:
                        continue
                    t = along / length
                    x -= t * dx  # noqa: PLW2901
                    y -= t * dy  # noqa: PLW2901
                else:
                    x -= dx  # noqa: PLW2901
                    y -= dy  # noqa: PLW2901
            distance = x * x + y * y
            if distance > far:
                far, at = distance, i
                surely = far * length * 0.999999
        if at:
            keep.append(at)
            if at - first > 1:
                spans.append((first, at))
            if last - at > 1:
                spans.append((at, last))
    keep.sort()
    return keep


def cut_rings(rings: Iterable[Sequence[Point]], box: Box) -> list[list[Point]]:
    """What the box holds of each ring, closed along its edges (Sutherland & Hodgman 1974)."""
    found = []
    for ring in rings:
        xs, ys = zip(*ring, strict=True)
        left, right, top, bottom = min(xs), max(xs), min(ys), max(ys)
        if left >= box.right or right <= box.left or top >= box.bottom or bottom <= box.top:
            continue
        points = list(ring)
        if left < box.left:
            points = _one_side(points, 0, box.left, True)
        if right > box.right:
            points = _one_side(points, 0, box.right, False)
        if top < box.top:
            points = _one_side(points, 1, box.top, True)
        if bottom > box.bottom:
            points = _one_side(points, 1, box.bottom, False)
        if len(points) > 2:
            found.append(points)
    return found


def _one_side(points: Sequence[Point], axis: int, limit: float, least: bool) -> list[Point]:
    """What lies on one side of a line: where the coordinate is `limit` at least, or at most."""
    found: list[Point] = []
    if not points:
        return found
    a = points[-1]
    before = a[axis] >= limit if least else a[axis] <= limit
    for b in points:
        now = b[axis] >= limit if least else b[axis] <= limit
        if before != now:
            t = (limit - a[axis]) / (b[axis] - a[axis])
            found.append((a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1])))
        if now:
            found.append(b)
        a, before = b, now
    return found


def cut_lines(lines: Iterable[Sequence[Point]], box: Box) -> list[list[Point]]:
    """The parts of lines that may show in the box: steps from point to point, joined where they follow each other."""
    found: list[list[Point]] = []
    left, top, right, bottom = box.grown(0.01)  # a step along the edge shows
    for line in lines:
        joined = False
        for (ax, ay), (bx, by) in pairwise(line):
            if (
                (ax < right or bx < right)
                and (ax > left or bx > left)
                and (ay < bottom or by < bottom)
                and (ay > top or by > top)
            ):
                if joined:
                    found[-1].append((bx, by))
                else:
                    found.append([(ax, ay), (bx, by)])
                joined = True
            else:
                joined = False
    return found


def path(pieces: Iterable[Sequence[Point]], closed: bool, least: float = 0.0) -> str:
    """The `d` of an SVG path, on whole pixels, without rings that are smaller than `least` px both ways."""
    written = []
    for piece in pieces:
        across, down = zip(*piece, strict=True)
        if closed and least and max(across) - min(across) < least and max(down) - min(down) < least:
            continue
        xs, ys = [*map(round, across)], [*map(round, down)]
        corners = zip(xs, ys, xs[1:], ys[1:], strict=False)
        steps = [f"{x - ax} {y - ay}" for ax, ay, x, y in corners if x != ax or y != ay]
        if closed and steps and xs[0] == xs[-1] and ys[0] == ys[-1]:
            steps.pop()
        if len(steps) > (1 if closed else 0):
            written.append(f"M{xs[0]} {ys[0]}l{' '.join(steps)}{'z' * closed}".replace(" -", "-"))
    return "".join(written)
