"""What a frame shows of the places: where each falls, and what stands for it there.

*Spot*: where a place falls. *Sign*: what stands for it: a dot, a ring, its shape, or its name alone.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from babel import Locale

from manchette.format.kinds.place import Precision
from manchette.map.area import Area
from manchette.map.atlas import Atlas, Vector, cap, region, vector
from manchette.map.backdrop import BLEED, Backdrop
from manchette.map.outline import Box, Point, bounds, cut_rings
from manchette.map.projection import EARTH, Projection

REGION = 80.0  # km: what a region's ring shows when nothing says how large it is
CROWD = 90.0  # px to each side: places that stand nearer are in each other's way

DOTS = {Precision.POINT, Precision.CITY}


@dataclass(frozen=True, slots=True)
class MapPlace:
    """A place as the map needs it: degrees (WGS 84), ISO 3166-1 alpha-2, the address its name leads to."""

    id: str
    name: str
    lat: float
    lon: float
    precision: Precision = Precision.POINT
    country: str = ""
    href: str = ""
    wikidata: str = ""
    """Its Wikidata id, by which a region's shape is known."""


@dataclass(frozen=True, slots=True)
class Sizes:
    """Sizes of type and of a dot's radius, in px, and how many countries are named that no place is."""

    city: float
    state: float
    context: float
    dot: float
    neighbours: int


@dataclass(frozen=True, slots=True)
class Sign:
    """What stands for a place in the frame."""

    place: MapPlace
    spot: Point
    shape: Area  # what shows of a country or a region; empty for other places
    radius: float  # px, of the dot or ring; 0 where the shape or the name alone is the sign

    @property
    def box(self) -> Box:
        """What the dot or ring covers."""
        x, y = self.spot
        return Box(x - self.radius, y - self.radius, x + self.radius, y + self.radius)

    @property
    def is_country(self) -> bool:
        """Whether it stands for a country."""
        return self.place.precision == Precision.COUNTRY

    def is_near(self, other: Sign) -> bool:
        """Whether the two stand in each other's way."""
        return abs(self.spot[0] - other.spot[0]) < CROWD and abs(self.spot[1] - other.spot[1]) < CROWD


@cache
def country_names() -> dict[str, str]:
    """ISO 3166-1 alpha-2 → the country's name in French (CLDR)."""
    return dict(Locale.parse("fr").territories)


def frame_of(projection: Projection) -> Box:
    """What a projection draws in."""
    return Box(0, 0, projection.width, projection.height)


def signs(projection: Projection, places: Sequence[MapPlace], sizes: Sizes) -> list[Sign]:
    """The signs of the places that show: those whose spot lies in the frame, and shapes of which a part does."""
    found = []
    frame = frame_of(projection)
    for place in places:
        x, y = projection.point(vector(place.lat, place.lon))
        shape = shape_of(projection, place)
        if shape.rings or (frame.left < x < frame.right and frame.top < y < frame.bottom):
            found.append(Sign(place, (x, y), shape, _radius(place, shape, projection, sizes)))
    return found


def shape_of(projection: Projection, place: MapPlace) -> Area:
    """What shows of a place that has a shape."""
    around = frame_of(projection).grown(BLEED)
    match place.precision:
        case Precision.COUNTRY:
            return Area(cut_rings(projection.rings(projection.atlas.countries.get(place.country, ())), around))
        case Precision.REGION:
            return Area(cut_rings(projection.areas(region(place.wikidata)), around))
        case _:
            return Area(())


def _radius(place: MapPlace, shape: Area, projection: Projection, sizes: Sizes) -> float:
    """The radius of a place's dot or ring, in px; 0 where it has none."""
    if place.precision in DOTS:
        return sizes.dot
    if shape.rings:
        return 3 * sizes.dot if _is_tiny(shape, sizes) else 0.0
    match place.precision:
        case Precision.REGION:
            return min(max(REGION / EARTH * projection.scale, 2 * sizes.dot), 30.0)
        case Precision.COUNTRY:  # too small for the shapes, or unknown to them
            return 3 * sizes.dot
        case _:
            return 0.0


def _is_tiny(shape: Area, sizes: Sizes) -> bool:
    """Whether a shape is so small in the frame that a ring has to point at it."""
    box = bounds([point for ring in shape.rings for point in ring])
    return max(box.right - box.left, box.bottom - box.top) <= 4 * sizes.dot


def others(base: Backdrop, shown: Sequence[Sign], by_size: bool) -> list[tuple[str, Area]]:
    """The countries that show and are not among the places, codes and shapes: the largest first, or the nearest."""
    known = {sign.place.country for sign in shown if sign.is_country}
    found = [(code, area) for code, area in base.countries.items() if code not in known]
    return found if by_size else sorted(found, key=lambda each: (_nearest(each[1], shown), each[0]))


def _nearest(area: Area, shown: Sequence[Sign]) -> float:
    return min(math.dist(point, sign.spot) for ring in area.rings for point in ring for sign in shown)


def whole(world: Atlas, places: Sequence[MapPlace]) -> list[Vector]:
    """What a map of these places must show. Where all are countries, they are shown whole, however large."""
    alone = all(place.precision == Precision.COUNTRY for place in places)
    return extent(world, places, least=math.pi if alone else 0.17)


def extent(world: Atlas, places: Sequence[MapPlace], least: float) -> list[Vector]:
    """What a frame must show: the point of every place, and the whole of countries that do not make the frame larger.

    Those are the ones that reach no farther (rad) than the points do, or than `least`.
    """
    spots = [vector(place.lat, place.lon) for place in places]
    largest = max(least, cap(spots)[1])
    countries = [world.mainland(place.country) for place in places if place.precision == Precision.COUNTRY]
    return spots + [point for points, reach in countries if reach <= largest for point in points]
