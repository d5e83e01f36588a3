"""Places against the borders of their country: coordinates that lie elsewhere, swapped ones, lost signs."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import pairwise
from typing import Any

from manchette.format.kinds import Location
from manchette.format.kinds.place import Precision
from manchette.load import Record
from manchette.map.atlas import Vector, atlas
from manchette.map.disputed import DISPUTES
from manchette.map.projection import EARTH
from manchette.map.signs import country_names
from manchette.problems import Problem, Severity

KM = math.radians(EARTH)  # a degree of latitude
# How far outside of its country a place may lie and nothing is said, in km: the shapes are thinned and leave small
# islands out, a port lies at sea, and the middle of a country may be its neighbour's.
_NEAR = {Precision.POINT: 25, Precision.CITY: 25, Precision.REGION: 150, Precision.COUNTRY: 500}
_NEAR_IF_UNSAID, _NEAR_AT_SEA = 100, 40
_LOST_AT_SEA = 2500  # km: no island that the shapes leave out is as far from its country, but for Clipperton
_SURE = 10  # km: what a mended position may miss its country by

# Whose shapes hold those of whom: territories with a code of their own, which some write and some do not.
_FAMILIES = (
    "FR GF GP MQ RE YT BL MF PM NC PF WF TF", "GB AI BM FK GG GI GS IM IO JE KY MS PN SH TC VG", "US AS GU MP PR UM VI",
    "NL AW BQ CW SX", "DK FO GL", "NO BV SJ", "FI AX", "AU CC CX HM NF", "NZ CK NU TK", "CN HK MO TW", "RS XK",
)  # fmt: skip

Ring = list[tuple[float, float]]
"""Longitude and latitude of its points, in degrees; longitudes go on beyond ±180 where it crosses that meridian."""


def misplaced(places: Iterable[Record[Any]]) -> Iterator[Problem]:
    """Yield a notice for each place that does not lie in the country that it names."""
    for record in places:
        entry = record.entry
        if isinstance(entry, Location) and entry.coordinates and entry.country and entry.precision is not Precision.SEA:
            yield from _misplaced(record, entry, entry.coordinates.lat, entry.coordinates.lon)


def _misplaced(record: Record[Any], entry: Location, lat: float, lon: float) -> Iterator[Problem]:
    code = entry.country or ""
    shapes = [member for member in _family(code) if member in atlas().countries]
    if not shapes or _disputed(code, lat, lon):
        return
    if any(holds(member, lat, lon) for member in shapes):
        return
    here = next((other for other in atlas().countries if holds(other, lat, lon)), None)
    near = _NEAR[entry.precision] if entry.precision else _NEAR_IF_UNSAID
    near = near if here else max(near, _NEAR_AT_SEA)
    if any(_distance(member, lat, lon, near) <= near for member in shapes):
        return
    mended = next((each for each in _variants(lat, lon) if _within(shapes, *each)), None)
    if (
        mended is None
        and here is None
        and any(_distance(each, lat, lon, _LOST_AT_SEA) <= _LOST_AT_SEA for each in shapes)
    ):
        return
    names = country_names()
    message = f"les coordonnées tombent hors de « {code} » ({names[code]}), "
    message += f"dans « {here} » ({names[here]})" if here else "en mer"
    suggestion = f"écrivez « country: {here} », ou corrigez « coordinates »" if here else "corrigez « coordinates »"
    if mended:
        swapped = sorted(map(abs, mended)) == sorted((abs(lat), abs(lon))) and abs(mended[0]) != abs(lat)
        why = "lat et lon semblent échangées" if swapped else "un signe semble perdu"
        suggestion = f"{why} : écrivez {{lat: {mended[0]}, lon: {mended[1]}}}"
    yield Problem(record.where.at("coordinates"), "outside-country", message, suggestion, record.id, Severity.NOTICE)


def _family(code: str) -> list[str]:
    return next((family.split() for family in _FAMILIES if code in family.split()), [code])


def _disputed(code: str, lat: float, lon: float) -> bool:
    """Whether a place may be written of this country or of another: nothing is said of it either way."""
    return any(dispute.has(lat, lon) and code in dispute.claimants.split() for dispute in DISPUTES)


def _variants(lat: float, lon: float) -> list[tuple[float, float]]:
    """What may have been meant: latitude and longitude swapped, a sign lost, or both."""
    swapped = [(lon, lat)] if abs(lon) <= 90 else []
    signs = [(1, -1), (-1, 1), (-1, -1)]
    return [*swapped, *((a * lat, b * lon) for a, b in signs), *((a * y, b * x) for y, x in swapped for a, b in signs)]


def _within(shapes: list[str], lat: float, lon: float) -> bool:
    return any(_distance(code, lat, lon, _SURE) <= _SURE for code in shapes)


# ---- positions and shapes, in the plane: near enough for some km


@cache
def _rings(code: str) -> list[tuple[Ring, tuple[float, float, float, float]]]:
    """The rings of a country, each with its west, south, east and north."""
    found = []
    for numbers in atlas().countries[code]:
        ring: Ring = []
        for number in numbers:
            arc = atlas().arcs[number if number >= 0 else ~number].fine
            for point in arc if number >= 0 else arc[::-1]:
                x, y = _degrees(point)
                ring.append((x + 360 * round((ring[-1][0] - x) / 360) if ring else x, y))
        xs, ys = [x for x, _ in ring], [y for _, y in ring]
        found.append((ring, (min(xs), min(ys), max(xs), max(ys))))
    return found


def _degrees(point: Vector) -> tuple[float, float]:
    return math.degrees(math.atan2(point[1], point[0])), math.degrees(math.asin(max(-1.0, min(1.0, point[2]))))


def holds(code: str, lat: float, lon: float) -> bool:
    """Whether a country's shape holds a position, in degrees, by the even–odd rule."""
    crossed = 0
    for ring, (west, south, east, north) in _rings(code):
        for x in (lon - 360, lon, lon + 360):
            if west <= x <= east and south <= lat <= north:
                for (ax, ay), (bx, by) in pairwise([*ring, ring[0]]):
                    crossed += (ay > lat) != (by > lat) and x > ax + (lat - ay) / (by - ay) * (bx - ax)
    return crossed % 2 == 1


def _distance(code: str, lat: float, lon: float, limit: float) -> float:
    """How far a position lies from a country, in km; 0 within it, infinite beyond `limit`."""
    if holds(code, lat, lon):
        return 0.0
    best, shrink = math.inf, max(0.02, math.cos(math.radians(lat)))
    for ring, (west, south, east, north) in _rings(code):
        for x in (lon - 360, lon, lon + 360):
            away = math.hypot(max(west - x, 0, x - east) * shrink, max(south - lat, 0, lat - north)) * KM
            if away <= min(best, limit):
                flat = [((ax - x) * shrink * KM, (ay - lat) * KM) for ax, ay in ring]
                best = min(best, *(_from_origin(a, b) for a, b in pairwise([*flat, flat[0]])))
    return best if best <= limit else math.inf


def _from_origin(a: tuple[float, float], b: tuple[float, float]) -> float:
    dx, dy = b[0] - a[0], b[1] - a[1]
    length = dx * dx + dy * dy
    t = max(0.0, min(1.0, -(a[0] * dx + a[1] * dy) / length)) if length else 0.0
    return math.hypot(a[0] + t * dx, a[1] + t * dy)
