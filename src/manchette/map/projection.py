"""From the sphere to the frame of a drawing: positions become points, in pixels, y downwards.

Two projections, both true to areas: Lambert's azimuthal one (1772), centred on what is shown, for anything up to two
thirds of a hemisphere; Equal Earth (Šavrič, Patterson & Jenny 2018, doi:10.1080/13658816.2018.1504949) for the world.
The mathematics is short, and libraries that hold it (pyproj, shapely) bring tens of megabytes of compiled code.

Rings come out whole, not cut at the frame: see `outline`. Both projections are asked for the same three things: where
a place falls (`point`), the rings of a territory (`rings`), the pieces of a frontier (`lines`).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import pairwise

from manchette.map.atlas import Arc, Atlas, Ring, Vector, angle, cap, unit

Point = tuple[float, float]

EARTH = 6371.0  # km
WIDEST_REGION = math.radians(60)


def tolerance(scale: float) -> float:
    """How far, in px, a thinned line may lie from the true one: on small scales more, as all atlases do."""
    return 1.0 if scale > 700 else 1.4 if scale > 250 else 1.8


def thin(points: Sequence[Point], tolerance: float) -> list[int]:
    """The numbers of the points to keep, first and last among them, so that none left out is farther than `tolerance`
    from the line (Douglas & Peucker 1973)."""
    keep, spans = {0, len(points) - 1}, [(0, len(points) - 1)]
    while spans:
        first, last = spans.pop()
        (ax, ay), (bx, by) = points[first], points[last]
        dx, dy = bx - ax, by - ay
        length = dx * dx + dy * dy
        far, at = tolerance * tolerance, 0
        for i in range(first + 1, last):
            x, y = points[i][0] - ax, points[i][1] - ay
            t = (x * dx + y * dy) / length if length else 0.0
            t = 0.0 if t < 0 else min(t, 1.0)
            distance = (x - t * dx) ** 2 + (y - t * dy) ** 2
            if distance > far:
                far, at = distance, i
        if at:
            keep.add(at)
            spans += [(first, at), (at, last)]
    return sorted(keep)


class Regional:
    """Lambert's azimuthal equal-area projection.

    A ring that leaves the drawing is drawn in along a circle well outside the frame, so that no point ever falls near
    the antipode, where the plane tears.
    """

    def __init__(self, atlas: Atlas, centre: Vector, scale: float, size: tuple[float, float]) -> None:
        """`centre` falls in the middle of the frame; `scale` in px per radian, `size` of the frame in px."""
        self.atlas, self.scale, (self.width, self.height) = atlas, scale, size
        self.origin = (size[0] / 2, size[1] / 2)
        self._centre, (self._east, self._north) = centre, _axes(centre)
        corners = [math.dist(self.origin, (x, y)) for x in (0, size[0]) for y in (0, size[1])]
        # px: the circle along which rings are drawn in; 2 × scale is the antipode's.
        self._limit = min(1.35 * max(corners), 1.999 * scale)
        # rad: how far from the centre the frame's corners lie on the sphere.
        self._view = 2 * math.asin(min(1.0, max(corners) / scale / 2))
        self._far = 2 * math.asin(self._limit / scale / 2)  # rad: how far from it the circle
        self._arcs: dict[int, list[Point]] = {}

    def point(self, position: Vector) -> Point:
        """Where a position falls."""
        e, n = _azimuthal(position, self._centre, self._east, self._north)
        return self.origin[0] + e * self.scale, self.origin[1] - n * self.scale

    def back(self, point: Point) -> Vector:
        """The position that falls at `point`; the nearest on the rim when it lies beyond the projected sphere."""
        e, n = (point[0] - self.origin[0]) / self.scale, (self.origin[1] - point[1]) / self.scale
        return _unproject(e, n, self._centre, self._east, self._north)

    def rings(self, rings: Iterable[Ring]) -> list[list[Point]]:
        """Those rings that may show, in px."""
        found = []
        for ring in rings:
            around = self._around(ring)
            if around or any(self._near(i) for i in ring):
                found.append(self._points(ring))
            if around and angle(self._centre, cap(self.atlas.points(ring))[0]) > math.pi / 2:
                # It holds the antipode, so the plane shows the ring inside out: fill up to the circle instead.
                found.append([self._on_circle(step * math.pi / 32) for step in range(64)])
        return found

    def lines(self, arcs: Iterable[int]) -> list[list[Point]]:
        """Those arcs that may show, in px."""
        return [self._arc(i) for i in arcs if self._near(i)]

    @cached_property
    def _away(self) -> list[float]:
        """How far each arc's middle lies from the centre, in radians."""
        x, y, z = self._centre
        middles = (arc.middle for arc in self.atlas.arcs)
        return [math.acos(max(-1.0, min(1.0, x * m[0] + y * m[1] + z * m[2]))) for m in middles]

    def _near(self, i: int) -> bool:
        """Whether some of an arc, taken either way, may show."""
        arc = self.atlas.arcs[max(i, ~i)]
        return self._away[max(i, ~i)] <= arc.reach + self._view

    def _around(self, ring: Ring) -> bool:
        """Whether a ring parts the centre from its antipode: in the plane, it then turns once about the centre."""
        away = self._away[max(ring[0], ~ring[0])]
        reach = sum(self.atlas.arcs[max(i, ~i)].reach for i in ring)
        if 2 * reach < min(away, math.pi - away):  # too small to turn about centre or antipode
            return False
        bearings = [math.atan2(y - self.origin[1], x - self.origin[0]) for x, y in self._points(ring)]
        turned = sum(math.remainder(b - a, math.tau) for a, b in pairwise([*bearings, bearings[0]]))
        return abs(turned) > math.pi

    def _points(self, ring: Ring) -> list[Point]:
        return [p for i in ring for p in (self._arc(i) if i >= 0 else self._arc(~i)[::-1])]

    def _on_circle(self, bearing: float) -> Point:
        return self.origin[0] + self._limit * math.cos(bearing), self.origin[1] + self._limit * math.sin(bearing)

    def _arc(self, i: int) -> list[Point]:
        if i not in self._arcs:
            arc, near = self.atlas.arcs[i], self._near(i)
            if arc.reach + self._far < self._away[i] < math.pi - arc.reach:
                self._arcs[i] = self._along_circle(arc)
                return self._arcs[i]
            detailed = near and self.scale * math.radians(0.06) > tolerance(self.scale)
            points: list[Point] = []
            for position in arc.fine if detailed else arc.coarse:
                e, n = _azimuthal(position, self._centre, self._east, self._north)
                self._add(points, e * self.scale, -n * self.scale)
            self._arcs[i] = [points[k] for k in thin(points, tolerance(self.scale) if near else 10)]
        return self._arcs[i]

    def _along_circle(self, arc: Arc) -> list[Point]:
        """An arc that lies beyond the circle, and not about the antipode: its ends say what it turns to the centre."""
        points: list[Point] = []
        for position in (arc.coarse[0], arc.coarse[-1]):
            e, n = _azimuthal(position, self._centre, self._east, self._north)
            self._add(points, e * self.scale, -n * self.scale)
        return points

    def _add(self, points: list[Point], x: float, y: float) -> None:
        """Add a point given from the origin, on the circle if it lies beyond it."""
        far = math.hypot(x, y)
        if far <= self._limit:
            points.append((self.origin[0] + x, self.origin[1] + y))
            return
        bearing = math.atan2(y, x)
        if points and math.dist(points[-1], self.origin) > 0.999 * self._limit:
            before = math.atan2(points[-1][1] - self.origin[1], points[-1][0] - self.origin[0])
            turn = math.remainder(bearing - before, math.tau)
            parts = 1 + int(abs(turn) / 0.5)  # a longer chord of the circle could cross the frame
            points += [self._on_circle(before + turn * part / parts) for part in range(1, parts)]
        points.append(self._on_circle(bearing))


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
            points: list[tuple[float, float, float]] = []
            for i in ring:
                arc = self._arc(i) if i >= 0 else self._arc(~i)[::-1]
                turn = math.tau * round((points[-1][0] - arc[0][0]) / math.tau) if points else 0.0
                points += [(longitude + turn, y, stretch) for longitude, y, stretch in arc]
            if abs(points[-1][0] - points[0][0]) > math.pi:  # about a pole: close along the map's edge
                pole = math.copysign(math.pi / 2, self._top - points[0][1])
                y, stretch = _equal_earth(pole)
                edge = (self._top - y * self.scale, stretch * self.scale)
                points += [(points[-1][0], *edge), (points[0][0], *edge)]
            found += self._shown(points)
        return found

    def lines(self, arcs: Iterable[int]) -> list[list[Point]]:
        """The arcs in px, twice those that the map's edge cuts."""
        return [line for i in arcs for line in self._shown(self._arc(i))]

    def _shown(self, points: list[tuple[float, float, float]]) -> list[list[Point]]:
        """Some points in px: once for each turn about the globe in which some of them fall on the map."""
        west, east = min(p[0] for p in points), max(p[0] for p in points)
        turns = [turn for turn in (-math.tau, 0.0, math.tau) if east + turn > -math.pi and west + turn < math.pi]
        return [[(self.width / 2 + s * (lam + turn), y) for lam, y, s in points] for turn in turns]

    def _arc(self, i: int) -> list[tuple[float, float, float]]:
        if i not in self._arcs:
            points: list[tuple[float, float, float]] = []
            for position in self.atlas.arcs[i].coarse:
                points.append(self._unrolled(position, points[-1][0] if points else 0.0))
            kept = thin([(stretch * longitude, y) for longitude, y, stretch in points], tolerance(self.scale))
            self._arcs[i] = [points[k] for k in kept]
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
        east, north = _axes(centre)
        flat = [_azimuthal(p, centre, east, north) for p in positions]
        (left, right), (low, high) = ((min(v), max(v)) for v in zip(*flat, strict=True))
        centre = _unproject((left + right) / 2, (low + high) / 2, centre, east, north)
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
    return Worldwide(atlas, meridian, width, (low, high))


def _axes(centre: Vector) -> tuple[Vector, Vector]:
    """The directions east and north at a position."""
    east = unit((-centre[1], centre[0], 0.0)) if math.hypot(centre[0], centre[1]) > 1e-9 else (0.0, 1.0, 0.0)
    return east, (
        centre[1] * east[2] - centre[2] * east[1],
        centre[2] * east[0] - centre[0] * east[2],
        centre[0] * east[1] - centre[1] * east[0],
    )


def _azimuthal(p: Vector, centre: Vector, east: Vector, north: Vector) -> Point:
    """Snyder 1987 (USGS Professional Paper 1395), equations 24-2 to 24-4, on vectors; radians east and north."""
    ahead = p[0] * centre[0] + p[1] * centre[1] + p[2] * centre[2]
    k = math.sqrt(2 / (1 + ahead)) if ahead > -0.999999 else 1414.0
    e = k * (p[0] * east[0] + p[1] * east[1] + p[2] * east[2])
    return e, k * (p[0] * north[0] + p[1] * north[1] + p[2] * north[2])


def _unproject(e: float, n: float, centre: Vector, east: Vector, north: Vector) -> Vector:
    reach = min(2.0, math.hypot(e, n))
    if reach < 1e-12:
        return centre
    away = 2 * math.asin(reach / 2)
    length = math.hypot(e, n)
    along = (math.cos(away), math.sin(away) * e / length, math.sin(away) * n / length)
    x, y, z = (sum(a * v[axis] for a, v in zip(along, (centre, east, north), strict=True)) for axis in range(3))
    return unit((x, y, z))


def _equal_earth(latitude: float) -> tuple[float, float]:
    """The height of a parallel, and the width of one radian of longitude on it, for a sphere of radius 1."""
    theta = math.asin(math.sqrt(3) / 2 * math.sin(latitude))
    a1, a2, a3, a4 = 1.340264, -0.081106, 0.000893, 0.003796
    square = theta * theta
    sixth = square**3
    height = theta * (a1 + a2 * square + sixth * (a3 + a4 * square))
    stretch = 9 * a4 * sixth * square + 7 * a3 * sixth + 3 * a2 * square + a1
    return height, 2 * math.sqrt(3) * math.cos(theta) / (3 * stretch)
