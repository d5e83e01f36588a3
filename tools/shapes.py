"""Make `src/manchette/map/shapes/world.json` from Natural Earth (1:50m, public domain) as `world-atlas` packs it.

    python tools/shapes.py           fetches the package by name and version, writes the file

The input is TopoJSON: arcs, each stored once and shared by the two territories it parts, so a frontier is an arc of two
countries and a coast an arc of one. What is changed:

- Natural Earth draws who governs. Here territories go to the State whom the United Nations recognise there: Crimea to
  Ukraine, the Golan to Syria, northern Cyprus to Cyprus, Somaliland to Somalia; lines that thereby part nothing
  disappear. Western Sahara, which they hold to be a territory that has yet to choose, is drawn whole.
- Arcs are thinned to 0.015°, about 1.7 km (Douglas & Peucker 1973); the points that do for 0.06° are told apart. Long
  ones are cut.

The file: `unit` (degrees); `arcs`, each a text of numbers, the first point then steps, longitude and latitude in turn,
in units; `coarse`, for each arc the gaps between the points to keep at 0.06°; `land` and `countries`, rings of arcs to
be filled by the even–odd rule, `~n` being arc n backwards; `frontiers`, the arcs that part two countries. The numbers
are written as polylines are on web maps: zigzag, five bits a character, least first, from `?`.
"""

from __future__ import annotations

import json
import math
import subprocess
import tarfile
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any

from babel.core import get_global

OUT = Path(__file__).parent.parent / "src/manchette/map/shapes/world.json"
PACKAGE, VERSION = "world-atlas", "2.0.2"
UNIT, FINE, COARSE = 0.005, 0.015, 0.06  # degrees
LONGEST = 100  # points of an arc: a map looks at all that may show, whole
CRIMEA = (34.2, 45.3)  # a place in it: longitude, latitude
WITHOUT_NUMBER = {"Kosovo": "XK", "N. Cyprus": "CY", "Somaliland": "SO", "Indian Ocean Ter.": "CX"}

Point = tuple[float, float]
Rings = list[list[int]]

# Who gives what to whom: along which line, from one point of the giver's border to another; a place in what is given.
CEDED: tuple[tuple[str, str, list[Point], Point], ...] = (
    ("MA", "EH", [(-13.17, 27.667), (-8.75, 27.667)], (-14.0, 25.0)),  # at 27° 40′ N, to where the berm leaves it
    (
        "IL", "SY",  # the line of 4 June 1967, as far as the scale shows it
        [(35.62, 33.25), (35.65, 33.2), (35.63, 33.05), (35.62, 32.9), (35.65, 32.86), (35.66, 32.75), (35.65, 32.69)],
        (35.75, 33.0),
    ),
)  # fmt: skip


def topology() -> dict[str, Any]:
    """The package's countries at 1:50m."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["npm", "pack", "--silent", f"{PACKAGE}@{VERSION}"], cwd=folder, check=True, capture_output=True)
        with tarfile.open(next(Path(folder).glob("*.tgz"))) as archive:
            file = archive.extractfile("package/countries-50m.json")
            assert file is not None
            found: dict[str, Any] = json.load(file)
            return found


def decoded(topo: dict[str, Any]) -> list[list[Point]]:
    """The arcs in degrees, longitudes unbroken across the 180th meridian (they may pass ±180)."""
    (wide, high), (west, south) = topo["transform"]["scale"], topo["transform"]["translate"]
    arcs = []
    for steps in topo["arcs"]:
        x = y = 0
        arc: list[Point] = []
        for dx, dy in steps:
            x, y = x + dx, y + dy
            longitude = x * wide + west
            if arc:
                longitude -= 360 * round((longitude - arc[-1][0]) / 360)
            arc.append((longitude, y * high + south))
        arcs.append(arc)
    return arcs


def sewn(arcs: list[list[Point]]) -> dict[int, int]:
    """Join the islands that the 180th meridian cuts in two; the number of each half that goes → that of the other."""
    halves = {i: half for i, arc in enumerate(arcs) if (half := _half(arc))}
    gone: dict[int, int] = {}
    for i, j in combinations(halves, 2):
        one, other = halves[i], halves[j]
        same = {round(one[k][1], 1) for k in (0, -1)} == {round(other[k][1], 1) for k in (0, -1)}
        if same and one[0][0] != other[0][0]:
            turn = one[0][0] - other[0][0]
            arcs[i] = [*one, *((x + turn, y) for x, y in other[1:-1]), one[0]]
            gone[j] = i
    return gone


def _half(arc: list[Point]) -> list[Point]:
    """An island from where it leaves the 180th meridian to where it comes back; nothing for one that does not."""
    ring = arc[:-1]
    on = [abs(abs(x) - 180) < 1e-6 for x, _ in ring]
    leaves = [k for k in range(len(ring)) if on[k - 1] and not on[k]]
    if arc[0] != arc[-1] or len(leaves) != 1 or sum(on) < 2:
        return []
    first = leaves[0] - 1
    return [ring[(first + k) % len(ring)] for k in range(len(ring) - sum(on) + 2)]


def territories(topo: dict[str, Any], arcs: list[list[Point]]) -> dict[str, Rings]:
    """Country code → its rings. What belongs to no recognised State has a code of its own beginning with `-`."""
    numbers = get_global("territory_aliases")
    found: dict[str, Rings] = defaultdict(list)
    for shape in topo["objects"]["countries"]["geometries"]:
        name = shape["properties"]["name"]
        code = numbers[shape["id"]][0] if "id" in shape else WITHOUT_NUMBER.get(name, f"-{name}")
        polygons = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
        for rings in polygons:
            crimea = code == "RU" and inside(CRIMEA, [p for i in rings[0] for p in directed(arcs, i)])
            found["UA" if crimea else code] += rings
    for giver, taker, line, place in CEDED:
        cede(found, arcs, giver, taker, line, place)
    return {code: dissolved(rings, arcs) for code, rings in found.items()}


def cede(
    found: dict[str, Rings], arcs: list[list[Point]], giver: str, taker: str, line: list[Point], place: Point
) -> None:
    """Give the part of a territory that lies beyond a line, and holds a place, to another territory."""
    ring = next(ring for ring in found[giver] if inside(place, [p for i in ring for p in directed(arcs, i)]))
    ends = [_split(found, arcs, ring, end) for end in (line[0], line[-1])]
    arcs.append([ends[0], *line[1:-1], ends[1]])
    added = len(arcs) - 1
    starts = [arcs[i][0] if i >= 0 else arcs[~i][-1] for i in ring]
    first, last = (starts.index(end) for end in ends)
    turned = ring[first:] + ring[:first]
    there, back = turned[: (last - first) % len(ring)], turned[(last - first) % len(ring) :]
    parts = [[*there, ~added], [*back, added]]
    parts.sort(key=lambda part: inside(place, [p for i in part for p in directed(arcs, i)]))
    found[giver].remove(ring)
    found[giver].append(parts[0])
    found[taker].append(parts[1])


def _split(found: dict[str, Rings], arcs: list[list[Point]], ring: list[int], point: Point) -> Point:
    """Make an end of arcs of a ring's point that is nearest to a place; the point."""
    number, at = min(
        ((max(i, ~i), k) for i in ring for k in range(len(arcs[max(i, ~i)]))),
        key=lambda found: math.dist(arcs[found[0]][found[1]], point),
    )
    arc, node = arcs[number], arcs[number][at]
    if 0 < at < len(arc) - 1:
        arcs[number] = arc[: at + 1]
        arcs.append(arc[at:])
        new = len(arcs) - 1
        for rings in found.values():
            for other in rings:
                if number in other:
                    k = other.index(number)
                    other[k : k + 1] = [number, new]
                elif ~number in other:
                    k = other.index(~number)
                    other[k : k + 1] = [~new, ~number]
    return node


def directed(arcs: list[list[Point]], i: int) -> list[Point]:
    """Arc `i`, or arc `~i` backwards."""
    return arcs[i] if i >= 0 else arcs[~i][::-1]


def inside(point: Point, ring: list[Point]) -> bool:
    """Whether a ring holds a point: an odd number of its sides cross the parallel west of it."""
    x, y = point
    sides = zip(ring, ring[1:] + ring[:1], strict=True)
    return (
        sum((a[1] > y) != (b[1] > y) and x > a[0] + (y - a[1]) / (b[1] - a[1]) * (b[0] - a[0]) for a, b in sides) % 2
        == 1
    )


def dissolved(rings: Rings, arcs: list[list[Point]]) -> Rings:
    """The rings without the arcs that two of them share, what is left joined end to end."""
    used = {i for ring in rings for i in ring}
    inner = {i for i in used if ~i in used}
    whole = [ring for ring in rings if not inner & set(ring)]
    left: dict[Point, list[int]] = defaultdict(list)
    for ring in rings:
        for i in ring if inner & set(ring) else ():
            if i not in inner:
                left[_node(directed(arcs, i)[0])].append(i)
    while left:
        joined: list[int] = []
        node = start = next(iter(left))
        while not joined or node != start:
            joined.append(left[node].pop())
            if not left[node]:
                del left[node]
            node = _node(directed(arcs, joined[-1])[-1])
        whole.append(joined)
    return whole


def _node(point: Point) -> Point:
    return round(point[0] % 360, 3) % 360, round(point[1], 3)


def thinned(points: Sequence[Point], tolerance: float) -> list[int]:
    """The numbers of the points to keep, so that none left out is farther than `tolerance` degrees from the line."""
    shrink = math.cos(math.radians(sum(y for _, y in points) / len(points)))
    flat = [(x * shrink, y) for x, y in points]
    keep, spans = {0, len(flat) - 1}, [(0, len(flat) - 1)]
    while spans:
        first, last = spans.pop()
        (ax, ay), (bx, by) = flat[first], flat[last]
        length = (bx - ax) ** 2 + (by - ay) ** 2
        far, at = tolerance, 0
        for i in range(first + 1, last):
            x, y = flat[i][0] - ax, flat[i][1] - ay
            t = max(0.0, min(1.0, (x * (bx - ax) + y * (by - ay)) / length)) if length else 0.0
            if (d := math.hypot(x - t * (bx - ax), y - t * (by - ay))) > far:
                far, at = d, i
        if at:
            keep.add(at)
            spans += [(first, at), (at, last)]
    closed = points[0] == points[-1]
    return sorted(keep) if len(keep) >= 4 or not closed else list(range(len(points)))


def cut(fine: list[Point], coarse: list[int]) -> Iterator[tuple[list[Point], list[int]]]:
    """An arc in pieces, at points that both levels keep: the points of each, and the numbers of the coarse ones."""
    first = 0
    for k in range(1, len(coarse)):
        if k + 1 == len(coarse) or coarse[k + 1] - coarse[first] > LONGEST:
            start, end = coarse[first], coarse[k]
            yield fine[start : end + 1], [i - start for i in coarse[first : k + 1]]
            first = k


def written(numbers: Iterable[int]) -> str:
    """The numbers as text."""
    text = ""
    for number in numbers:
        rest = number << 1 if number >= 0 else ~(number << 1)
        while rest >= 32:
            text += chr((rest & 31 | 32) + 63)
            rest >>= 5
        text += chr(rest + 63)
    return text


def main() -> None:
    """Write the file."""
    topo = topology()
    arcs = decoded(topo)
    gone = sewn(arcs)
    countries = {
        code: [ring for ring in rings if not gone.keys() & {max(i, ~i) for i in ring}]
        for code, rings in territories(topo, arcs).items()
    }
    land = dissolved([ring for rings in countries.values() for ring in rings], arcs)
    owners = Counter(i for rings in countries.values() for i in {max(i, ~i) for ring in rings for i in ring})
    pole = {i for i, arc in enumerate(arcs) if max(y for _, y in arc) < -89}  # a ring about the South Pole, not a coast

    lines: list[str] = []
    levels: list[str] = []
    pieces: list[list[int]] = []
    for arc in arcs:
        fine = [arc[i] for i in thinned(arc, FINE)]
        first = len(lines)
        for part, kept in cut(fine, thinned(fine, COARSE)):
            cells = [(round(x / UNIT), round(y / UNIT)) for x, y in part]
            steps = [(b[0] - a[0], b[1] - a[1]) for a, b in pairwise([(0, 0), *cells])]
            lines.append(written(value for step in steps for value in step))
            levels.append(written(b - a for a, b in pairwise(kept)))
        pieces.append(list(range(first, len(lines))))

    def in_pieces(rings: Rings) -> Rings:
        return [
            [n for i in ring for n in (pieces[i] if i >= 0 else [~n for n in reversed(pieces[~i])])] for ring in rings
        ]

    made: dict[str, Any] = {
        "source": f"Natural Earth 4.1, 1:50m, public domain; npm {PACKAGE} {VERSION}; made by tools/shapes.py",
        "unit": UNIT,
        "arcs": lines,
        "coarse": levels,
        "land": in_pieces([ring for ring in land if not pole & set(ring)]),
        "frontiers": sorted(n for i, times in owners.items() if times > 1 for n in pieces[i]),
        "countries": {
            code: in_pieces([ring for ring in rings if not pole & {max(i, ~i) for i in ring}])
            for code, rings in sorted(countries.items()) if not code.startswith("-")
        },
    }  # fmt: skip
    OUT.parent.mkdir(parents=True, exist_ok=True)
    text = ",\n".join(f"{json.dumps(key)}:{json.dumps(value, separators=(',', ':'))}" for key, value in made.items())
    OUT.write_text(f"{{{text}}}\n", encoding="utf-8", newline="\n")
    print(f"{OUT.stat().st_size} bytes, {len(lines)} arcs, {len(made['countries'])} countries")


if __name__ == "__main__":
    main()
