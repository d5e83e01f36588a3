"""The small maps: one for each place's card, and one of all the places of an article.

A card's map is cropped to its place. *Breadth*: how many km a crop shows from side to side.

- A point or a city stands in the middle of 1,500 km: its country and the next ones, or the coasts around. Of a smaller
  country, one and a half times the breadth is enough, 600 km at least: its name then finds room.
- A region fills about half of the height, in 500 km at least; without a shape it is shown as a city is.
- A country is shown whole, its far islands apart, in 700 km at least.
- A sea is shown from coast to coast, as far as its nearest coast tells, in 1,500 km at least.
- Where neither a coast nor a frontier would show, the breadth is doubled, three times at most.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache

from manchette.format.kinds.place import Precision
from manchette.map.area import Area
from manchette.map.atlas import Atlas, Vector, angle, atlas, region, vector
from manchette.map.backdrop import Backdrop
from manchette.map.outline import Box, Point, cut_rings, path, thin
from manchette.map.panel import circle, named, text
from manchette.map.projection import EARTH, Projection, Worldwide, fit
from manchette.map.regional import Regional
from manchette.map.signs import DOTS, MapPlace, Sign, Sizes, frame_of, signs, whole

WIDTH, HEIGHT = 300, 132
SIZES = Sizes(city=12, state=12, context=11, dot=4, neighbours=2)
BREADTH, LEAST_CITY, LEAST_REGION, LEAST_COUNTRY, WIDEST = 1500.0, 600.0, 500.0, 700.0, 12000.0  # km
COASTS = 8.0  # a sea's breadth, in distances to its nearest coast
DOUBLINGS = 3
EDGE = 3.0  # px: shapes go on beyond the frame, so that its edge is no coast
SPECK = 2.0  # px: a smaller island is left out
HEAVIEST = 2700  # characters of the land of an article's small map


# An article names places that others name, and a page asks for its own once: some 4 KB each, for 2,000 places.
@lru_cache(maxsize=2000)
def locator(place: MapPlace) -> str:
    """The SVG of a place's map, 300 × 132 px. It is drawn once a process, however many articles name the place."""
    world = atlas()
    projection = crop(world, place)
    base, shown = Backdrop(projection, EDGE, SPECK), signs(projection, [place], SIZES)
    labels = named(base, shown, (place.id,), SIZES, alone=True).labels
    frontiers = base.frontiers_path
    return _small(
        f'<rect class="mer" width="{WIDTH}" height="{HEIGHT}"/>',
        f'<path class="terre" fill-rule="evenodd" d="{base.land_path}"/>',
        *(_shape(sign) for sign in shown),
        f'<path class="fr" d="{frontiers}"/>' if frontiers else "",
        *(circle(sign) for sign in shown),
        *(text(label) for label in labels if label.css_class != "ville"),
    )


@lru_cache(maxsize=256)  # one an article, for a server as above
def thumbnail(places: tuple[MapPlace, ...]) -> str:
    """The SVG of the small map of an article's places: dots, and rings for what is no point; empty without places."""
    if not places:
        return ""
    world = atlas()
    projection = fit(world, whole(world, places), WIDTH, (HEIGHT, HEIGHT), (24, 22), span=900)
    down = (HEIGHT - projection.height) / 2
    if isinstance(projection, Worldwide):
        sea = f'<path class="mer" d="{path([_lower(projection.outline(), down)], closed=True)}"/>'
    else:
        sea = f'<rect class="mer" width="{WIDTH}" height="{HEIGHT}"/>'
    land = _light_world(projection) if isinstance(projection, Worldwide) else _light(projection)
    spots = []
    for place in places:
        x, y = projection.point(vector(place.lat, place.lon))
        if place.precision != Precision.COUNTRY:
            spots.append(circle(Sign(place, (x, y + down), Area(()), 5 if place.precision in DOTS else 9)))
    return _small(sea, f'<path class="terre" fill-rule="evenodd" d="{land}"/>', *spots)


def _small(*parts: str) -> str:
    return (
        f'<svg class="mch-vig" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" aria-hidden="true"'
        f' focusable="false">{"".join(parts)}</svg>'
    )


def _lower(ring: Sequence[Point], down: float) -> list[Point]:
    return [(x, y + down) for x, y in ring]


def _light(projection: Projection) -> str:
    """The path of the land, brought to the middle of the height, thinned until it is light."""
    down = (HEIGHT - projection.height) / 2
    around = Box(0, -down, WIDTH, HEIGHT - down).grown(EDGE)
    rings, written = cut_rings(projection.land(), around), ""
    for tolerance in (1.0, 1.5, 2.0, 3.0, 4.0, 6.0, 9.0):
        thinned = [_lower([ring[i] for i in thin(ring, tolerance)], down) for ring in rings]
        written = path(thinned, closed=True, least=3 * tolerance)
        if len(written) <= HEAVIEST:
            break
    return written


_light_world = lru_cache(maxsize=8)(_light)  # as a map's backdrop


def _shape(sign: Sign) -> str:
    """The shape of a country or a region."""
    if not sign.shape.rings or sign.radius:
        return ""
    css_class = "ici pays" if sign.is_country else "ici"
    return f'<path class="{css_class}" fill-rule="evenodd" d="{path(sign.shape.rings, closed=True, least=SPECK)}"/>'


def crop(world: Atlas, place: MapPlace) -> Projection:
    """What a place's map shows."""
    spot = vector(place.lat, place.lon)
    match place.precision:
        case Precision.COUNTRY if points := world.mainland(place.country)[0]:
            return _around(world, points, LEAST_COUNTRY, (24, 12))
        case Precision.REGION if rings := region(place.wikidata):
            return _around(world, [point for ring in rings for point in ring], LEAST_REGION, (60, 34))
        case Precision.SEA:
            breadth = min(max(BREADTH, COASTS * EARTH * _to_coast(world, spot)), WIDEST)
            return _centred(world, spot, breadth)
        case _:
            reach = world.mainland(place.country)[1] or math.pi
            breadth = min(max(LEAST_CITY, 3 * EARTH * reach), BREADTH)
            views = [_centred(world, spot, breadth * 2**doubling) for doubling in range(DOUBLINGS + 1)]
            return next((view for view in views if _shows_a_line(world, view)), views[0])


def _around(world: Atlas, points: Sequence[Vector], least: float, margins: tuple[float, float]) -> Projection:
    return fit(world, points, WIDTH, (HEIGHT, HEIGHT), margins, span=least * HEIGHT / WIDTH)


def _centred(world: Atlas, spot: Vector, breadth: float) -> Projection:
    return Regional(world, spot, WIDTH / (breadth / EARTH), (WIDTH, HEIGHT))


def _shows_a_line(world: Atlas, view: Projection) -> bool:
    """Whether a coast or a frontier shows."""
    frame = frame_of(view)
    return any(frame.has(point) for arc in world.lines for line in view.lines((arc,)) for point in line)


def _to_coast(world: Atlas, spot: Vector) -> float:
    """How far the nearest coast is, in radians."""
    arcs = [world.arcs[max(i, ~i)] for ring in world.land for i in ring]
    nearest = math.inf
    for least, number in sorted((angle(spot, arc.middle) - arc.reach, number) for number, arc in enumerate(arcs)):
        if least < nearest:
            nearest = min(nearest, *(angle(spot, point) for point in arcs[number].coarse))
    return nearest
