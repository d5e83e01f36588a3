"""A shape in the plane, asked over and over what of it lies where: has a name room in it, would a box touch it."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from heapq import heappop, heappush
from itertools import pairwise, product, tee

from manchette.map.outline import Box, Point, bounds, centre, surface

Side = tuple[Point, Point]

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
            around = self._whole
            if not around or around.left > right or around.right < left or around.top > bottom or around.bottom < top:
                return False
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
        if not largest or abs(surface(largest)) < 1e-6:  # no centre can be told of less
            return None
        return centre(largest), bounds(largest)

    def _found(self, width: float, height: float) -> Iterator[Point]:
        whole = self._whole
        if not whole or whole.width <= width or whole.bottom - whole.top <= height or not self._largest:
            return
        middle, around = self._largest
        step = max(3.0, (around.bottom - around.top) / 40)
        levels, y = [], around.top + height / 2
        while y < around.bottom:
            levels.append((abs(y - middle[1]), y))
            y += step
        levels.sort()
        found: list[tuple[float, Point]] = []
        # Most names fit in one of the first rooms: a row is looked at when none nearer than all of it is left.
        for (_, y), (nearest, _) in pairwise([*levels, (math.inf, 0.0)]):
            for left, right in self._shared((y, y - height / 2, y + height / 2), width):
                for part in (0.0, 0.25, 0.5, 0.75, 1.0):
                    x = left + width / 2 + (right - left - width) * part
                    heappush(found, (math.dist((x, y), middle), (x, y)))
            while found and found[0][0] < nearest:
                _, (x, at) = heappop(found)
                if not self._crosses(Box(x - width / 2, at - height / 2, x + width / 2, at + height / 2)):
                    yield x, at

    def _shared(self, levels: Iterable[float], width: float) -> list[tuple[float, float]]:
        """The stretches, longer than `width`, that lie inside on each of these horizontals."""
        shared = [(-math.inf, math.inf)]
        for y in levels:
            row = [span for span in self.spans(y) if span[1] - span[0] > width]
            both = [(max(a, c), min(b, d)) for a, b in shared for c, d in row]
            shared = [(left, right) for left, right in both if right - left > width]
            if not shared:
                break
        return shared


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
