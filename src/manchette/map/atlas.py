"""The shapes that maps are drawn from: Natural Earth, as `tools/shapes.py` and `tools/regions.py` leave it.

Positions are unit vectors from the centre of the sphere: x towards (0° N, 0° E), z towards the North Pole. With them,
nothing special happens at the poles and at the 180th meridian.
"""

from __future__ import annotations

import json
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from itertools import accumulate, pairwise

Vector = tuple[float, float, float]
Ring = tuple[int, ...]
"""Arcs end to end; `~n` is arc n backwards."""
Cap = tuple[float, float, float, float, float]
"""A cap of the sphere as a view asks for it: its middle, and the cosine and the sine of its radius."""
Cluster = tuple[Cap, list[int]]
"""What lies close together, by its numbers, and a cap around it: most of what a view does not show it rejects so."""

CELLS = 5.0  # to a radius of the sphere: some 200 clusters of arcs, of which a view meets a few
LONGEST_STEP = 2.0  # degrees: a parallel is not a straight line, so what lies between two points must be drawn


@dataclass(frozen=True, slots=True)
class Arc:
    """A stretch of coast or frontier, and the cap of the sphere that it lies in."""

    fine: Sequence[Vector]
    coarse: Sequence[Vector]
    """The same with as many points as a small scale needs."""
    middle: Vector
    reach: float
    """Radius of the cap around `middle`, in radians."""


@dataclass(frozen=True, slots=True)
class Run:
    """Some arcs of a ring, end to end: what they turn about a view's centre is asked of all of them at once."""

    arcs: Ring
    first: Vector
    last: Vector
    middle: Vector
    reach: float
    """Of the cap around `middle` that they lie in, as an arc's."""
    halves: Sequence[Run]
    """Its first arcs and the others; nothing for a single arc."""


@dataclass(frozen=True, eq=False)
class Atlas:
    """The world: arcs, and areas as the rings that enclose them, filled by the even–odd rule."""

    arcs: Sequence[Arc]
    land: Sequence[Ring]
    frontiers: Sequence[int]
    countries: dict[str, Sequence[Ring]]
    """ISO 3166-1 alpha-2 code → its rings."""

    def points(self, ring: Ring) -> list[Vector]:
        """The ring's points, at the small scale."""
        return [p for i in ring for p in (self.arcs[i].coarse if i >= 0 else self.arcs[~i].coarse[::-1])]

    @cached_property
    def lines(self) -> Sequence[int]:
        """The arcs that are drawn as lines, coasts and frontiers, each once."""
        return list(dict.fromkeys([*self.frontiers, *(max(i, ~i) for ring in self.land for i in ring)]))

    @cached_property
    def reaches(self) -> dict[str, tuple[Vector, float]]:
        """Country code → a cap of the sphere that it lies in: its middle, and its radius in radians."""
        return {code: self._around([i for ring in rings for i in ring]) for code, rings in self.countries.items()}

    @cached_property
    def arc_caps(self) -> list[Cap]:
        """The cap that each arc lies in."""
        return [(*arc.middle, math.cos(arc.reach), math.sin(arc.reach)) for arc in self.arcs]

    @cached_property
    def arc_clusters(self) -> list[Cluster]:
        """All arcs."""
        return _clusters([(arc.middle, arc.reach) for arc in self.arcs])

    @cached_property
    def islands(self) -> dict[int, float]:
        """Arc that ends where it begins → how far any of its points lies from there, in radians."""
        return {
            number: max(angle(arc.fine[0], point) for point in [*arc.fine, *arc.coarse])
            for number, arc in enumerate(self.arcs)
            if arc.coarse[0] == arc.coarse[-1]
        }

    @cached_property
    def ring_caps(self) -> dict[Ring, Cap]:
        """A cap for each ring of land and countries, around the caps of its arcs."""
        found = {}
        for ring in {ring for rings in (self.land, *self.countries.values()) for ring in rings}:
            middle, reach = self._around(ring)
            found[ring] = (*middle, math.cos(reach), math.sin(reach))
        return found

    @cached_property
    def land_clusters(self) -> list[Cluster]:
        """All rings of the land."""
        return _clusters([self._around(ring) for ring in self.land])

    def _around(self, arcs: Iterable[int]) -> tuple[Vector, float]:
        return _cap_around([(self.arcs[max(i, ~i)].middle, self.arcs[max(i, ~i)].reach) for i in arcs])

    @cache  # noqa: B019  # there is one atlas
    def run(self, ring: Ring) -> Run:
        """The ring, or some of its arcs, as a run."""
        if len(ring) == 1:
            arc = self.arcs[max(ring[0], ~ring[0])]
            first, last = (arc.coarse[0], arc.coarse[-1])[:: 1 if ring[0] >= 0 else -1]
            return Run(ring, first, last, arc.middle, arc.reach, ())
        halves = self.run(ring[: len(ring) // 2]), self.run(ring[len(ring) // 2 :])
        return Run(ring, halves[0].first, halves[1].last, *self._around(ring), halves)

    @cache  # noqa: B019  # there is one atlas
    def middle(self, ring: Ring) -> Vector:
        """The middle of the ring's points."""
        return cap(self.points(ring))[0]

    @cache  # noqa: B019  # there is one atlas
    def mainland(self, code: str) -> tuple[list[Vector], float]:
        """The points of a country's main lands, and their reach in radians; nothing for an unknown country.

        These are the ring that reaches farthest and those near it that are no islets: four rings for Japan, one for
        France, of which Corsica is small and the rest far away.
        """
        rings = [self.points(ring) for ring in self.countries.get(code, ())]
        if not rings:
            return [], 0.0
        caps = [cap(points) for points in rings]
        middle, reach = max(caps, key=lambda found: found[1])
        near = [own >= 0.2 * reach and angle(middle, place) <= 3 * reach for place, own in caps]
        points = [p for ring, kept in zip(rings, near, strict=True) if kept for p in ring]
        return points, cap(points)[1]


def vector(latitude: float, longitude: float) -> Vector:
    """The position of a place given in degrees."""
    phi, lam = math.radians(latitude), math.radians(longitude)
    return math.cos(phi) * math.cos(lam), math.cos(phi) * math.sin(lam), math.sin(phi)


def unit(v: Vector) -> Vector:
    """The vector brought to length 1; the null vector, which points nowhere, to (1, 0, 0)."""
    length = math.hypot(*v)
    return (v[0] / length, v[1] / length, v[2] / length) if length > 1e-12 else (1.0, 0.0, 0.0)


def angle(a: Vector, b: Vector) -> float:
    """The distance between two positions, in radians."""
    cross = (a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0])
    return math.atan2(math.hypot(*cross), a[0] * b[0] + a[1] * b[1] + a[2] * b[2])


def cap(points: Sequence[Vector]) -> tuple[Vector, float]:
    """The middle of some positions, and how far from it the farthest lies, in radians."""
    x, y, z = ((min(along), max(along)) for along in zip(*points, strict=True))
    middle = unit((sum(x), sum(y), sum(z)))
    return middle, max(angle(middle, p) for p in points)


def _cap_around(caps: Sequence[tuple[Vector, float]]) -> tuple[Vector, float]:
    """A cap that holds all of some caps."""
    middle = cap([own for own, _ in caps])[0]
    return middle, min(math.pi, max(angle(middle, own) + reach for own, reach in caps))


def _clusters(caps: Sequence[tuple[Vector, float]]) -> list[Cluster]:
    """Caps by the cells of a grid that their middles lie in; wide ones, which would make a whole cluster so, apart."""
    cells: defaultdict[tuple[int, ...], list[int]] = defaultdict(list)
    for number, (middle, reach) in enumerate(caps):
        cells[*(math.floor(CELLS * along) for along in middle), int(CELLS * reach)].append(number)
    found = []
    for numbers in cells.values():
        middle, reach = _cap_around([caps[number] for number in numbers])
        found.append(((*middle, math.cos(reach), math.sin(reach)), numbers))
    return found


def _numbers(text: str) -> Iterator[int]:
    """The whole numbers that `tools/shapes.py` wrote into a text, as in Google's encoded polylines.

    A character is six bits, its code point less 63: five of a number, the lowest five first, and one that says whether
    the number goes on. The number's own lowest bit is its sign: where it is set, the others are to be inverted.
    """
    value = shift = 0
    for character in text:
        bits = ord(character) - 63
        value |= (bits & 31) << shift
        shift += 5
        if bits < 32:
            yield ~(value >> 1) if value & 1 else value >> 1
            value = shift = 0


def _dense(cells: Sequence[tuple[int, int]], step: float) -> list[Vector]:
    """The positions of points given in units of `step` degrees, and between them as many as their parallels need."""
    found = [vector(cells[0][1] * step, cells[0][0] * step)]
    for (x0, y0), (x1, y1) in pairwise(cells):
        parts = 1 + int(max(abs(x1 - x0), abs(y1 - y0)) * step / LONGEST_STEP)
        for i in range(1, parts + 1):
            found.append(vector((y0 + (y1 - y0) * i / parts) * step, (x0 + (x1 - x0) * i / parts) * step))
    return found


def _arc(text: str, gaps: str, step: float) -> Arc:
    """The arc whose points are written in `text`, each as its distance from the one before it.

    `gaps` says which of them make the coarse line: how far each stands in the list from the one before, from the first.
    """
    numbers = list(_numbers(text))
    cells = list(zip(accumulate(numbers[::2]), accumulate(numbers[1::2]), strict=True))
    fine = _dense(cells, step)
    coarse = _dense([cells[i] for i in accumulate(_numbers(gaps), initial=0)], step)
    return Arc(fine, coarse, *cap(coarse))


@cache
def atlas() -> Atlas:
    """Read the shapes, once a process (about 0.2 s)."""
    read = json.loads((files("manchette") / "map/shapes/world.json").read_text(encoding="utf-8"))
    return Atlas(
        arcs=[_arc(text, gaps, read["unit"]) for text, gaps in zip(read["arcs"], read["coarse"], strict=True)],
        land=[tuple(ring) for ring in read["land"]],
        frontiers=read["frontiers"],
        countries={code: [tuple(ring) for ring in rings] for code, rings in read["countries"].items()},
    )


@cache
def _regions() -> dict[str, str]:
    """The regions as they are written, read once a process and only where a map shows one."""
    read: dict[str, str] = json.loads((files("manchette") / "map/shapes/regions.json").read_text(encoding="utf-8"))
    return read


@cache
def region(wikidata: str) -> Sequence[Sequence[Vector]]:
    """The rings of a region, by its Wikidata id; nothing for one that the shapes do not have."""
    if not wikidata.startswith("Q") or wikidata not in _regions():
        return ()
    numbers = _numbers(_regions()[wikidata])
    step = 0.001 * 2 ** next(numbers)
    rings, x, y = [], 0, 0
    for count in numbers:
        cells = []
        for _ in range(count):
            x, y = x + next(numbers), y + next(numbers)
            cells.append((x, y))
        rings.append(_dense([*cells, cells[0]], step)[:-1])
    return rings
