"""From the sphere to the frame of a drawing: positions become points, in pixels, y downwards.

Two projections, both true to areas: Lambert's azimuthal one (1772), centred on what is shown, for anything up to two
thirds of a hemisphere; Equal Earth (Šavrič, Patterson & Jenny 2018, doi:10.1080/13658816.2018.1504949) for the world.
The mathematics is short, and libraries that hold it (pyproj, shapely) bring tens of megabytes of compiled code.

Rings come out whole, not cut at the frame: see `outline`. Both projections are asked for the same things: where a place
falls (`point`), what may show at all (`may_show`), the rings of the land (`land`) and of a territory (`rings`), the
pieces of a frontier (`lines`), and rings that the atlas does not hold (`areas`).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from functools import cache, cached_property, lru_cache
from itertools import pairwise

from manchette.map.atlas import Atlas, Ring, Vector, cap
from manchette.map.outline import Point, thin
from manchette.map.regional import Regional, axes, azimuthal, tolerance, unproject

EARTH = 6371.0  # km
WIDEST_REGION = math.radians(60)


class Worldwide:
    """The Equal Earth projection, cut along the meridian opposite its middle one."""

    def __init__(self, atlas: Atlas, meridian: float, width: float, parallels: tuple[float, float]) -> None:
        """`meridian`: the middle one; `parallels`: the lowest and the highest shown; all in radians."""
        self.atlas, self.meridian, self.width = atlas, meridian, width
        self.scale = width / 2 / _equal_earth(0.0)[1] / math.pi
        self._top = _equal_earth(parallels[1])[0] * self.scale
        self.height = math.ceil(self._top - _equal_earth(parallels[0])[0] * self.scale)
        self._arcs: dict[int, list[tuple[float, float, float]]] = {}

    def point(self, position: Vector) -> Point:
        """Where a position falls."""
        longitude, y, stretch = self._unrolled(position, 0.0)
        return self.width / 2 + stretch * longitude, y

    def outline(self) -> list[Point]:
        """The rim of the world."""
        sides = [_equal_earth(math.radians(latitude)) for latitude in range(-90, 91, 3)]
        right = [(self.width / 2 + math.pi * stretch * self.scale, self._top - y * self.scale) for y, stretch in sides]
        return right + [(self.width - x, y) for x, y in reversed(right)]

    def rings(self, rings: Iterable[Ring]) -> list[list[Point]]:
        """The rings in px, twice those that the map's edge cuts; what lies beyond the rim is not to be shown."""
        found = []
        for ring in rings:
            if self._specks.issuperset(ring):
                continue
            points: list[tuple[float, float, float]] = []
            for i in ring:
                arc = self._arc(i) if i >= 0 else self._arc(~i)[::-1]
                turn = math.tau * round((points[-1][0] - arc[0][0]) / math.tau) if points else 0.0
                points += [(longitude + turn, y, stretch) for longitude, y, stretch in arc] if turn else arc
            if abs(points[-1][0] - points[0][0]) > math.pi:  # about a pole: close along the map's edge
                pole = math.copysign(math.pi / 2, self._top - points[0][1])
                y, stretch = _equal_earth(pole)
                edge = (self._top - y * self.scale, stretch * self.scale)
                points += [(points[-1][0], *edge), (points[0][0], *edge)]
            if len(points) > 2:
                found += self._shown(points)
        return found

    def land(self) -> list[list[Point]]:
        """The rings of the land, in px."""
        return self.rings(self.atlas.land)

    def may_show(self, middle: Vector, reach: float) -> bool:
        """Whether some of a cap of the sphere may show: all of the world does."""
        return True

    def lines(self, arcs: Iterable[int]) -> list[list[Point]]:
        """The arcs in px, twice those that the map's edge cuts."""
        return [line for i in arcs for line in self._shown(self._arc(i))]

    def areas(self, rings: Iterable[Sequence[Vector]]) -> list[list[Point]]:
        """Some rings, given by their positions, in px, twice those that the map's edge cuts."""
        found = []
        for ring in rings:
            points: list[tuple[float, float, float]] = []
            for position in ring:
                points.append(self._unrolled(position, points[-1][0] if points else 0.0))
            found += self._shown(points)
        return found

    @cached_property
    def _specks(self) -> set[int]:
        """Which arcs that end where they begin are drawn as that point."""
        globe, largest = _globe(self.atlas), tolerance(self.scale) / self.scale
        found = {number for number in self.atlas.islands if globe[number][1] <= largest}
        return found | {~number for number in found}

    def _shown(self, points: list[tuple[float, float, float]]) -> list[list[Point]]:
        """Some points in px: once for each turn about the globe in which some of them fall on the map."""
        longitudes, middle = [lam for lam, _, _ in points], self.width / 2
        west, east = min(longitudes), max(longitudes)
        turns = [turn for turn in (-math.tau, 0.0, math.tau) if east + turn > -math.pi and west + turn < math.pi]
        return [[(middle + s * (lam + turn), y) for lam, y, s in points] for turn in turns]

    def _arc(self, i: int) -> list[tuple[float, float, float]]:
        if i not in self._arcs:
            arc, size = _globe(self.atlas)[i]
            least, scale, top = tolerance(self.scale), self.scale, self._top
            ends_only = size * scale <= least
            turned = math.remainder(arc[0][0] - self.meridian, math.tau) - arc[0][0]
            points = [
                (longitude + turned, top - height * scale, stretch * scale)
                for longitude, height, stretch in ((arc[0], arc[-1]) if ends_only else arc)
            ]
            if not ends_only:
                kept = thin([(stretch * longitude, y) for longitude, y, stretch in points], least)
                points = [points[k] for k in kept]
            self._arcs[i] = points
        return self._arcs[i]

    def _unrolled(self, position: Vector, near: float) -> tuple[float, float, float]:
        """Longitude from the middle meridian, as near to `near` as it may be; y; px per radian of longitude."""
        longitude = near + math.remainder(math.atan2(position[1], position[0]) - self.meridian - near, math.tau)
        y, stretch = _equal_earth(math.asin(max(-1.0, min(1.0, position[2]))))
        return longitude, self._top - y * self.scale, stretch * self.scale


Projection = Regional | Worldwide


def fit(
    atlas: Atlas, positions: Sequence[Vector], width: float, heights: tuple[float, float], margins: Point, span: float
) -> Projection:
    """The projection that shows all `positions` as large as may be in a frame of `width` px.

    The frame's height lies between `heights`; `margins` (px: left and right, top and bottom) stay free of positions;
    at least `span` km are shown from top to bottom.
    """
    if cap(positions)[1] > WIDEST_REGION:
        return _world(atlas, positions, width)
    centre, wide, high = _middle(positions)
    scale = heights[0] / (span / EARTH)
    if wide:
        scale = min(scale, (width - 2 * margins[0]) / wide)
    height = max(heights[0], min(heights[1], high * scale + 2 * margins[1]))
    if high:
        scale = min(scale, (height - 2 * margins[1]) / high)
    return Regional(atlas, centre, scale, (width, round(height)))


def _middle(positions: Sequence[Vector]) -> tuple[Vector, float, float]:
    """The centre from which the positions reach as far left as right and up as down; their width and height, seen so.

    It is found step by step: each centre is the middle of the flat picture that the one before it gives.
    """
    centre = cap(positions)[0]
    for _ in range(12):
        east, north = axes(centre)
        flat = [azimuthal(p, centre, east, north) for p in positions]
        across, up = zip(*flat, strict=True)
        left, right, low, high = min(across), max(across), min(up), max(up)
        centre = unproject((left + right) / 2, (low + high) / 2, centre, east, north)
    return centre, right - left, high - low


def _world(atlas: Atlas, positions: Sequence[Vector], width: float) -> Worldwide:
    """A world map cut through the Bering Strait if no position is near it, else where the positions leave most room."""
    longitudes = sorted(math.atan2(p[1], p[0]) for p in positions)
    gaps = [(b - a, (a + b) / 2) for a, b in pairwise([*longitudes, longitudes[0] + math.tau])]
    cut = max(gaps)[1]
    bering = math.radians(-169)
    inside = any(abs(math.remainder(bering - middle, math.tau)) < gap / 2 - 0.15 for gap, middle in gaps)
    meridian = math.remainder((bering if inside else cut) + math.pi, math.tau)
    latitudes = [math.asin(p[2]) for p in positions]
    low = max(-math.pi / 2, min(math.radians(-57), min(latitudes) - 0.2))
    high = min(math.pi / 2, max(math.radians(78), max(latitudes) + 0.15))
    return _worldwide(atlas, meridian, width, (low, high))


# Most worlds are the same one, on three widths, whatever places an article names. What is drawn on each (see `ground`)
# is some 5 MB; four are kept, for one that reaches nearer to a pole should not turn out the others.
@lru_cache(maxsize=8)
def _worldwide(atlas: Atlas, meridian: float, width: float, parallels: tuple[float, float]) -> Worldwide:
    return Worldwide(atlas, meridian, width, parallels)


@cache
def _globe(atlas: Atlas) -> list[tuple[list[tuple[float, float, float]], float]]:
    """What no view changes: of each arc the longitude of its points, going on beyond the 180th meridian, and what Equal
    Earth makes of their latitude; and how far apart two of its points may fall, for a sphere of radius 1."""
    found = []
    for arc in atlas.arcs:
        points: list[tuple[float, float, float]] = []
        near = 0.0
        for x, y, z in arc.coarse:
            near += math.remainder(math.atan2(y, x) - near, math.tau)
            points.append((near, *_equal_earth(math.asin(max(-1.0, min(1.0, z))))))
        longitudes, heights, stretches = ((min(v), max(v)) for v in zip(*points, strict=True))
        wide = longitudes[1] - longitudes[0]
        across = stretches[1] * wide + (stretches[1] - stretches[0]) * (math.pi + wide)
        found.append((points, math.hypot(across, heights[1] - heights[0])))
    return found


def _equal_earth(latitude: float) -> tuple[float, float]:
    """The height of a parallel, and the width of one radian of longitude on it, for a sphere of radius 1."""
    theta = math.asin(math.sqrt(3) / 2 * math.sin(latitude))
    a1, a2, a3, a4 = 1.340264, -0.081106, 0.000893, 0.003796
    square = theta * theta
    sixth = square**3
    height = theta * (a1 + a2 * square + sixth * (a3 + a4 * square))
    stretch = 9 * a4 * sixth * square + 7 * a3 * sixth + 3 * a2 * square + a1
    return height, 2 * math.sqrt(3) * math.cos(theta) / (3 * stretch)
