"""The small maps of places' cards: one ground for a page, on which each card shows its place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from manchette.format.kinds.place import Precision
from manchette.map.atlas import Atlas, vector
from manchette.map.outline import Box, cut_rings, path
from manchette.map.panel import MapPlace
from manchette.map.projection import Point, Projection, Worldwide, thin

WIDTH, HEIGHT = 300, 132
MARGINS = (24, 22)
HEAVIEST = 2700  # characters of the ground's path
COUNTRY = 700  # characters of a country's


@dataclass(frozen=True, slots=True)
class Locators:
    """The small maps of one page."""

    ground: str
    """An SVG to put once in the page; it shows nothing by itself."""
    cards: Mapping[str, str]
    """Place id → the SVG for its card."""
    overview: str
    """An SVG with every place that is a dot or a ring."""


def draw_locators(atlas: Atlas, projection: Projection, places: Sequence[MapPlace], key: str) -> Locators:
    """Draw the ground of `projection`, 300 px wide, and on it each place by itself.

    `key` becomes the id of the ground, which the cards refer to.
    """
    frame = Box(0, 0, WIDTH, HEIGHT)
    down = (HEIGHT - projection.height) / 2
    land = _light(cut_rings(projection.rings(atlas.land), frame.grown(4)), down, HEAVIEST)
    sea = f'<rect class="mer" width="{WIDTH}" height="{HEIGHT}"/>'
    if isinstance(projection, Worldwide):
        rim = path([[(x, y + down) for x, y in projection.outline()]], closed=True)
        sea = f'<path class="mer" d="{rim}"/>'
    ground = (
        f'<svg class="mch-fond" width="0" height="0" aria-hidden="true" focusable="false">'
        f'<symbol id="{key}" viewBox="0 0 {WIDTH} {HEIGHT}">{sea}'
        f'<path class="terre" fill-rule="evenodd" d="{land}"/></symbol></svg>'
    )
    signs = {}
    for place in places:
        x, y = projection.point(vector(place.lat, place.lon))
        signs[place.id] = _sign(atlas, projection, place, (x, y + down), frame)
    spots = "".join(sign for sign in signs.values() if sign.startswith("<circle"))
    return Locators(ground, {place: _card(key, sign) for place, sign in signs.items()}, _card(key, spots))


def _card(key: str, signs: str) -> str:
    return (
        f'<svg class="mch-vig" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" aria-hidden="true"'
        f' focusable="false"><use xlink:href="#{key}"/>{signs}</svg>'
    )


def _sign(atlas: Atlas, projection: Projection, place: MapPlace, spot: Point, frame: Box) -> str:
    """A dot; a ring for what is no point; the shape of a country, where it is large enough to be seen."""
    down = (HEIGHT - projection.height) / 2
    if place.precision == Precision.COUNTRY:
        rings = cut_rings(projection.rings(atlas.countries.get(place.country, ())), frame.grown(4))
        if shape := _light(rings, down, COUNTRY):
            return f'<path class="pays ici" fill-rule="evenodd" d="{shape}"/>'
    dot = place.precision in {Precision.POINT, Precision.CITY}
    return f'<circle class="{"pt" if dot else "zone"}" cx="{spot[0]:.1f}" cy="{spot[1]:.1f}" r="{5 if dot else 9}"/>'


def _light(rings: Sequence[Sequence[Point]], down: float, most: int) -> str:
    """The path of some rings, `down` px lower, thinned until it has at most that many characters."""
    written = ""
    for tolerance in (1.0, 1.5, 2.0, 3.0, 4.0, 6.0, 9.0):
        thinned = [[(ring[i][0], ring[i][1] + down) for i in thin(ring, tolerance)] for ring in rings]
        written = path(thinned, closed=True, least=3 * tolerance)
        if len(written) <= most:
            break
    return written
