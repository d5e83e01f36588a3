"""The projection of maps that show a part of the sphere: see `projection`."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import pairwise

from manchette.map.atlas import Arc, Atlas, Ring, Run, Vector, angle, cap, unit
from manchette.map.outline import Point, thin

BEYOND = 10.0  # px: nothing is drawn farther outside the frame
OFF = 10.0  # px: the tolerance for what lies outside the frame
SPECK = 0.03  # rad: how far an arc may reach that is thinned to a point
FINER = math.radians(0.1)  # a detailed arc may leave the cap that its coarse line lies in, by 0.06° at most


def tolerance(scale: float) -> float:
    """How far, in px, a thinned line may lie from the true one: on small scales more, as all atlases do."""
    return 1.0 if scale > 700 else 1.4 if scale > 250 else 1.8


class Regional:
    """Lambert's azimuthal equal-area projection.

    A ring that leaves the drawing is drawn in along a circle well outside the frame, so that no point ever falls near
    the antipode, where the plane tears.
    """

    def __init__(self, atlas: Atlas, centre: Vector, scale: float, size: tuple[float, float]) -> None:
        """`centre` falls in the middle of the frame; `scale` in px per radian, `size` of the frame in px."""
        self.atlas, self.scale, (self.width, self.height) = atlas, scale, size
        self.origin = (size[0] / 2, size[1] / 2)
        self._centre, (self._east, self._north) = centre, axes(centre)
        corners = [math.dist(self.origin, (x, y)) for x in (0, size[0]) for y in (0, size[1])]
        # px: the circle along which rings are drawn in; 2 × scale is the antipode's.
        self._limit = min(1.35 * max(corners), 1.999 * scale)
        # rad: how far from the centre the frame's corners lie on the sphere.
        self._view = 2 * math.asin(min(1.0, max(corners) / scale / 2))
        self._far = 2 * math.asin(self._limit / scale / 2)  # rad: how far from it the circle
        self._least = tolerance(scale)
        self._arcs: dict[int, list[Point]] = {}

    def point(self, position: Vector) -> Point:
        """Where a position falls."""
        e, n = azimuthal(position, self._centre, self._east, self._north)
        return self.origin[0] + e * self.scale, self.origin[1] - n * self.scale

    def back(self, point: Point) -> Vector:
        """The position that falls at `point`; the nearest on the rim when it lies beyond the projected sphere."""
        e, n = (point[0] - self.origin[0]) / self.scale, (self.origin[1] - point[1]) / self.scale
        return unproject(e, n, self._centre, self._east, self._north)

    def rings(self, rings: Iterable[Ring]) -> list[list[Point]]:
        """Those rings that may show, in px."""
        found, caps, seen = [], self.atlas.ring_caps, self._seen
        cx, cy, cz = self._centre
        for ring in rings:
            x, y, z, c, _ = caps[ring]
            apart = -c < cx * x + cy * y + cz * z < c  # so it turns neither about the centre nor about the antipode
            if seen.isdisjoint(ring) and (apart or not self._around(ring)):
                continue
            found.append(self._points(ring))
            if not apart and angle(self._centre, self.atlas.middle(ring)) > math.pi / 2 and self._around(ring):
                # It holds the antipode, so the plane shows the ring inside out: fill up to the circle instead.
                found.append([self._on_circle(step * math.pi / 32) for step in range(64)])
        return found

    def land(self) -> list[list[Point]]:
        """Those rings of the land that may show, in px."""
        (cx, cy, cz), cosine, sine = self._centre, math.cos(self._view), math.sin(self._view)
        numbers = [
            number
            for (x, y, z, c, s), cluster in self.atlas.land_clusters
            if (ahead := cx * x + cy * y + cz * z) >= c * cosine - s * sine or ahead <= -c or s * cosine + c * sine < 0
            for number in cluster
        ]
        return self.rings([self.atlas.land[number] for number in sorted(numbers)])

    def may_show(self, middle: Vector, reach: float) -> bool:
        """Whether some of a cap of the sphere, or of what lies about the antipode, may show; reach in radians."""
        (x, y, z), (cx, cy, cz) = middle, self._centre
        ahead = cx * x + cy * y + cz * z
        return ahead >= math.cos(min(math.pi, reach + self._view)) or ahead <= -math.cos(reach)

    def lines(self, arcs: Iterable[int]) -> list[list[Point]]:
        """Those arcs that may show, in px."""
        return [self._arc(i) for i in arcs if i in self._sight]

    def areas(self, rings: Iterable[Sequence[Vector]]) -> list[list[Point]]:
        """Those of some rings, given by their positions, that may show, in px."""
        found = []
        for ring in rings:
            if self.may_show(*cap(ring)):
                points: list[Point] = []
                for position in ring:
                    self._add(points, position)
                found.append([points[k] for k in thin(points, self._least)])
        return found

    @cached_property
    def _near(self) -> set[int]:
        """Of which arcs some may lie in the cap about the frame: their middle lies no farther than the two radii."""
        (cx, cy, cz), cosine, sine = self._centre, math.cos(self._view), math.sin(self._view)
        caps, near = self.atlas.arc_caps, set()
        # Where the two radii are more than half of a turn, their sine is negative, and nothing is too far.
        for (x, y, z, c, s), cluster in self.atlas.arc_clusters:
            if cx * x + cy * y + cz * z >= c * cosine - s * sine or s * cosine + c * sine < 0:
                for number in cluster:
                    x, y, z, c, s = caps[number]  # noqa: PLW2901
                    if cx * x + cy * y + cz * z >= c * cosine - s * sine or s * cosine + c * sine < 0:
                        near.add(number)
        return near

    @cached_property
    def _sight(self) -> set[int]:
        """Of which arcs some may lie in the frame, as n and as `~n`."""
        found = {number for number in self._near if not self._is_beside(self.atlas.arcs[number])}
        return found | {~number for number in found}

    @cached_property
    def _seen(self) -> set[int]:
        """Which arcs in sight are more than a point; those that end where they begin may be thinned to it."""
        # None lies farther from the centre than that, so the stretch is no larger than there.
        farthest = min(math.pi, self._view + 4 * SPECK)
        least = min(SPECK, 0.999 * math.cos(farthest / 2) * self._least / self.scale)
        islands = self.atlas.islands
        return {number for number in self._sight if islands.get(max(number, ~number), math.inf) > least}

    def _is_beside(self, arc: Arc) -> bool:
        """Whether all of an arc lies beyond the same side of the frame, where a straight line says as much of it."""
        (cx, cy, cz), (ex, ey, ez), (nx, ny, nz) = self._centre, self._east, self._north
        x, y, z = arc.middle
        ahead = cx * x + cy * y + cz * z
        k = self.scale * math.sqrt(2 / (1 + ahead)) if ahead > -1 else math.inf
        right = abs(k * (ex * x + ey * y + ez * z)) - self.origin[0] - BEYOND
        above = abs(k * (nx * x + ny * y + nz * z)) - self.origin[1] - BEYOND
        if right <= 0 and above <= 0:
            return False
        spread = self._spread(arc, self._away(arc))
        return right > spread or above > spread

    def _away(self, arc: Arc) -> float:
        """How far the middle of an arc's cap lies from the centre, in radians."""
        (cx, cy, cz), (x, y, z) = self._centre, arc.middle
        return math.acos(max(-1.0, min(1.0, cx * x + cy * y + cz * z)))

    def _spread(self, arc: Arc, away: float) -> float:
        """How far from the middle of its cap an arc may fall, in px: nowhere in the cap is the stretch larger than at
        the rim, where it is 1 / cos(half of the distance from the centre). `away`: how far from there the middle is."""
        reach = arc.reach + FINER
        return self.scale * reach / math.cos((away + reach) / 2) if away + reach < 3 else math.inf

    def _around(self, ring: Ring) -> bool:
        """Whether a ring parts the centre from its antipode: in the plane, it then turns once about the centre."""
        return abs(self._turn(self.atlas.run(ring))) > math.pi

    def _turn(self, run: Run) -> float:
        """How far a run turns about the centre: its ends say it, unless its cap holds the centre or the antipode."""
        (cx, cy, cz), (x, y, z) = self._centre, run.middle
        if abs(cx * x + cy * y + cz * z) < math.cos(run.reach):
            return math.remainder(self._bearing(run.last) - self._bearing(run.first), math.tau)
        if run.halves:
            return sum(map(self._turn, run.halves))
        (number,) = run.arcs
        bearings = map(self._bearing, self.atlas.arcs[max(number, ~number)].coarse)
        turn = sum(math.remainder(b - a, math.tau) for a, b in pairwise(bearings))
        return turn if number >= 0 else -turn

    def _bearing(self, position: Vector) -> float:
        """In which direction from the centre a position falls: clockwise from the right."""
        (x, y, z), (ex, ey, ez), (nx, ny, nz) = position, self._east, self._north
        return math.atan2(-(x * nx + y * ny + z * nz), x * ex + y * ey + z * ez)

    def _points(self, ring: Ring) -> list[Point]:
        if len(ring) == 1:
            return self._arc(ring[0]) if ring[0] >= 0 else self._arc(~ring[0])[::-1]
        return [p for i in ring for p in (self._arc(i) if i >= 0 else self._arc(~i)[::-1])]

    def _on_circle(self, bearing: float) -> Point:
        return self.origin[0] + self._limit * math.cos(bearing), self.origin[1] + self._limit * math.sin(bearing)

    def _arc(self, i: int) -> list[Point]:
        points = self._arcs.get(i)
        if points is None:
            points = self._arcs[i] = self._by_ends(i) or self._thinned(i)
        return points

    def _by_ends(self, i: int) -> list[Point]:
        """An arc that its ends draw, since it is small or none of it lies in the frame; nothing of another."""
        arc, near, seen = self.atlas.arcs[i], i in self._near, i in self._sight
        least = self._least if near else OFF
        if seen and 2 * self.scale * arc.reach > least and self._view < self._far:
            return []
        away = self._away(arc)
        if arc.reach + self._far < away < math.pi - arc.reach:
            return self._along_circle(arc)
        within, beside = away + 1.1 * arc.reach < self._far, not seen if near else self._is_beside(arc)
        if within and (beside or 2 * self._spread(arc, away) <= least):
            return self._within_circle((arc.coarse[0], arc.coarse[-1]))
        return []

    def _thinned(self, i: int) -> list[Point]:
        arc, near = self.atlas.arcs[i], i in self._near
        detailed = near and self.scale * math.radians(0.06) > self._least
        positions = arc.fine if detailed else arc.coarse
        if self._away(arc) + 1.1 * arc.reach < self._far:
            points = self._within_circle(positions)
        else:
            points = []
            for position in positions:
                self._add(points, position)
        return [points[k] for k in thin(points, self._least if near else OFF)]

    def _within_circle(self, positions: Iterable[Vector]) -> list[Point]:
        """Where positions fall of which none lies beyond the circle: `point`, unrolled, for most of a map's points."""
        (cx, cy, cz), (ex, ey, _), (nx, ny, nz) = self._centre, self._east, self._north  # what points east is level
        (left, top), scale, sqrt = self.origin, self.scale, math.sqrt
        return [
            (
                left + (k := sqrt(2 / (1 + (x * cx + y * cy + z * cz)))) * (x * ex + y * ey) * scale,
                top + -(k * (x * nx + y * ny + z * nz)) * scale,
            )
            for x, y, z in positions
        ]

    def _along_circle(self, arc: Arc) -> list[Point]:
        """An arc that lies beyond the circle, and not about the antipode: its ends say what it turns to the centre."""
        first, last = self._bearing(arc.coarse[0]), self._bearing(arc.coarse[-1])
        return [self._on_circle(first), *self._along(first, last)]

    def _along(self, before: float, bearing: float) -> list[Point]:
        """The circle from one bearing to another."""
        turn = math.remainder(bearing - before, math.tau)
        parts = 1 + int(abs(turn) / 0.5)  # a longer chord of the circle could cross the frame
        return [*(self._on_circle(before + turn * part / parts) for part in range(1, parts)), self._on_circle(bearing)]

    def _add(self, points: list[Point], position: Vector) -> None:
        """Add where a position falls, or the point of the circle before it."""
        e, n = azimuthal(position, self._centre, self._east, self._north)
        x, y = e * self.scale, -n * self.scale
        far = math.hypot(x, y)
        if far <= self._limit:
            points.append((self.origin[0] + x, self.origin[1] + y))
            return
        bearing = math.atan2(y, x)
        if points and math.dist(points[-1], self.origin) > 0.999 * self._limit:
            before = math.atan2(points[-1][1] - self.origin[1], points[-1][0] - self.origin[0])
            points += self._along(before, bearing)
        else:
            points.append(self._on_circle(bearing))


def axes(centre: Vector) -> tuple[Vector, Vector]:
    """The directions east and north at a position."""
    east = unit((-centre[1], centre[0], 0.0)) if math.hypot(centre[0], centre[1]) > 1e-9 else (0.0, 1.0, 0.0)
    return east, (
        centre[1] * east[2] - centre[2] * east[1],
        centre[2] * east[0] - centre[0] * east[2],
        centre[0] * east[1] - centre[1] * east[0],
    )


def azimuthal(p: Vector, centre: Vector, east: Vector, north: Vector) -> Point:
    """Snyder 1987 (USGS Professional Paper 1395), equations 24-2 to 24-4, on vectors; radians east and north."""
    (x, y, z), (cx, cy, cz), (ex, ey, ez), (nx, ny, nz) = p, centre, east, north
    ahead = x * cx + y * cy + z * cz
    k = math.sqrt(2 / (1 + ahead)) if ahead > -0.999999 else 1414.0
    return k * (x * ex + y * ey + z * ez), k * (x * nx + y * ny + z * nz)


def unproject(e: float, n: float, centre: Vector, east: Vector, north: Vector) -> Vector:
    """The position that `azimuthal` brings to a point."""
    reach = min(2.0, math.hypot(e, n))
    if reach < 1e-12:
        return centre
    away = 2 * math.asin(reach / 2)
    length = math.hypot(e, n)
    along = (math.cos(away), math.sin(away) * e / length, math.sin(away) * n / length)
    x, y, z = (sum(a * v[axis] for a, v in zip(along, (centre, east, north), strict=True)) for axis in range(3))
    return unit((x, y, z))
