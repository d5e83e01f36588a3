"""Lines and rings in the plane: cut to a box, thinned, measured, written as SVG paths. Pixels, y downwards."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import pairwise, product, tee
from typing import NamedTuple

Point = tuple[float, float]
Side = tuple[Point, Point]


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
        if closed and least:
            xs, ys = zip(*piece, strict=True)
            if max(xs) - min(xs) < least and max(ys) - min(ys) < least:
                continue
        cells = [(round(x), round(y)) for x, y in piece]
        steps = [(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(cells) if a != b]
        if closed and steps and cells[0] == cells[-1]:
            steps.pop()
        if len(steps) > (1 if closed else 0):
            numbers = " ".join([f"{x} {y}" for x, y in steps])
            written.append(f"M{cells[0][0]} {cells[0][1]}l{numbers}{'z' * closed}".replace(" -", "-"))
    return "".join(written)


# px: sides are kept by the bands that they cross, so that a row meets few of them, and by squares, so that a box does.
BAND, SQUARE = 4, 16
FEW = 400  # sides that are not worth keeping by squares
ROWS = 5000  # kept of an area that many maps ask: some 3 MB for the land of the world


class Area:
    """Rings to be asked, over and over, what of them lies where; filled by the even–odd rule."""

    def __init__(self, rings: Sequence[Sequence[Point]]) -> None:
        """The rings may be open or closed."""
        self.rings = rings
        self._rows: dict[float, list[tuple[float, float]]] = {}
        self._rooms: dict[tuple[float, float], Iterator[Point]] = {}

    @cached_property
    def _is_small(self) -> bool:
        return sum(map(len, self.rings)) < FEW

    @cached_property
    def _bands(self) -> Mapping[int, list[Side]]:
        found: defaultdict[int, list[Side]] = defaultdict(list)
        for ring in self.rings:
            a = ring[-1]
            first = int(a[1] // BAND)
            for b in ring:
                last = int(b[1] // BAND)
                if first == last:
                    found[first].append((a, b))
                else:
                    for band in range(first, last + 1) if first < last else range(last, first + 1):
                        found[band].append((a, b))
                a, first = b, last
        return found

    @cached_property
    def _squares(self) -> Mapping[tuple[int, int], list[Side]]:
        found: defaultdict[tuple[int, int], list[Side]] = defaultdict(list)
        for ring in self.rings:
            a = ring[-1]
            column, row = int(a[0] // SQUARE), int(a[1] // SQUARE)
            for b in ring:
                to_column, to_row = int(b[0] // SQUARE), int(b[1] // SQUARE)
                if column == to_column and row == to_row:
                    found[column, row].append((a, b))
                else:
                    columns = range(column, to_column + 1) if column < to_column else range(to_column, column + 1)
                    rows = range(row, to_row + 1) if row < to_row else range(to_row, row + 1)
                    for square in product(columns, rows):
                        found[square].append((a, b))
                a, column, row = b, to_column, to_row
        return found

    def spans(self, y: float) -> list[tuple[float, float]]:
        """The stretches of the horizontal at `y` that lie inside, from the left."""
        found = self._rows.get(y)
        if found is None:
            crossings = [
                a[0] + (y - a[1]) / (b[1] - a[1]) * (b[0] - a[0])
                for a, b in self._bands.get(int(y // BAND), ())
                if (a[1] > y) != (b[1] > y)
            ]
            crossings.sort()
            if len(self._rows) == ROWS:
                self._rows.clear()
            found = self._rows[y] = list(zip(crossings[::2], crossings[1::2], strict=False))
        return found

    def has(self, point: Point) -> bool:
        """Whether a point lies inside."""
        x, y = point
        for left, right in self.spans(y):  # noqa: SIM110  # a generator is three times as slow
            if left < x < right:
                return True
        return False

    def holds(self, box: Box) -> bool:
        """Whether all of a box lies inside."""
        return self.has(box.middle) and not self._crosses(box)

    def meets(self, box: Box) -> bool:
        """Whether some of a box lies inside."""
        return self.has(box.middle) or self._crosses(box)

    def _crosses(self, box: Box) -> bool:
        """Whether a side lies in a box, or a part of it."""
        left, top, right, bottom = box
        if self._is_small:  # the bands, which its rooms are found by, hold few sides
            bands = self._bands
            for band in range(int(top // BAND), int(bottom // BAND) + 1):
                for a, b in bands.get(band, ()):
                    if enters(a, b, box):
                        return True
            return False
        columns = range(int(left // SQUARE), int(right // SQUARE) + 1)
        squares = self._squares
        for row in range(int(top // SQUARE), int(bottom // SQUARE) + 1):
            for column in columns:
                for a, b in squares.get((column, row), ()):
                    if enters(a, b, box):
                        return True
        return False

    def rooms(self, width: float, height: float) -> Iterator[Point]:
        """Where a box of this size fits inside: its middles, those nearest to the largest ring's centre first."""
        # What was found is kept by the iterator that none has moved on: the world's countries are asked by each map.
        kept = self._rooms.get((width, height))
        self._rooms[width, height], found = tee(self._found(width, height) if kept is None else kept)
        return found

    @cached_property
    def _whole(self) -> Box | None:
        """The box of all rings, where there are some."""
        return bounds([point for ring in self.rings for point in ring]) if self.rings else None

    @cached_property
    def _largest(self) -> tuple[Point, Box] | None:
        """The centre and the box of the largest ring; nothing where none has a surface."""
        largest = max(self.rings, key=lambda ring: abs(surface(ring)), default=())
        if not largest or not surface(largest):
            return None
        return centre(largest), bounds(largest)

    def _found(self, width: float, height: float) -> Iterator[Point]:
        whole = self._whole
        if not whole or whole.width <= width or whole.bottom - whole.top <= height or not self._largest:
            return
        middle, around = self._largest
        found: list[tuple[float, Point]] = []
        step = max(3.0, (around.bottom - around.top) / 40)
        y = around.top + height / 2
        while y < around.bottom:
            rows = [self.spans(y + part * height / 2) for part in (-1, 0, 1)]
            for left, right in _shared(rows) if all(rows) else ():
                free = right - left - width
                for part in (0.0, 0.25, 0.5, 0.75, 1.0) if free > 0 else ():
                    x = left + width / 2 + free * part
                    found.append((math.dist((x, y), middle), (x, y)))
            y += step
        for _, (x, y) in sorted(found):
            if not self._crosses(Box(x - width / 2, y - height / 2, x + width / 2, y + height / 2)):
                yield x, y


def enters(a: Point, b: Point, box: Box) -> bool:
    """Whether a line from point to point has a part in a box: where the box is not all on one side of it."""
    (ax, ay), (bx, by) = a, b
    left, top, right, bottom = box
    if (ax < left and bx < left) or (ax > right and bx > right):
        return False
    if (ay < top and by < top) or (ay > bottom and by > bottom):
        return False
    dx, dy = bx - ax, by - ay
    side = dx * (top - ay) > dy * (left - ax)
    return (
        side != (dx * (top - ay) > dy * (right - ax))
        or side != (dx * (bottom - ay) > dy * (right - ax))
        or side != (dx * (bottom - ay) > dy * (left - ax))
    )


def _shared(rows: Sequence[Sequence[tuple[float, float]]]) -> list[tuple[float, float]]:
    """The stretches that lie within one of every row."""
    shared = list(rows[0])
    for row in rows[1:]:
        both = [(max(a, c), min(b, d)) for a, b in shared for c, d in row]
        shared = [(left, right) for left, right in both if left < right]
    return shared
