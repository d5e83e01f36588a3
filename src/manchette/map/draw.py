"""Draws maps: static drawings, made when the site is built, from shapes kept in the package.

`draw` gives an article's map, an overview with at most three insets; `locators` the small maps of its places' cards.
Both are pure: the same places give the same bytes. Colours are the stylesheet's, by class: `mer`, `terre`, `pays`,
`cote`, `fr`, `pt`, `zone`, `enc`, `rappel`, `cadre`; of texts `ville`, `etat`, `mer-t`, `ctx`. Sizes are the drawing's
own, since names were placed by them.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from manchette.format.kinds.place import Precision
from manchette.map import locator
from manchette.map.atlas import Atlas, Vector, atlas, cap, vector
from manchette.map.labels import Label
from manchette.map.locator import Locators, draw_locators
from manchette.map.outline import bounds
from manchette.map.panel import MapPlace, Panel, Sizes, draw_panel
from manchette.map.projection import Point, Projection, fit

INSETS = 3
GAIN = 1.8  # an inset that enlarges less shows nothing more
WORTH = 0.5  # how crowded places must be, 1 for each that another covers
INSET_COUNTRY = 0.06  # rad: a country that reaches no farther is shown whole


@dataclass(frozen=True, slots=True)
class Medium:
    """How a map is laid out on a width: pixels, heights as shares of the width."""

    sizes: Sizes
    inset_sizes: Sizes
    heights: tuple[float, float]
    margins: Point
    inset_height: float
    inset_margins: Point
    columns: int
    gap: float
    crowded: float
    """Places nearer to each other than this, in the overview, get an inset."""


WIDE = Medium(Sizes(17, 15, 14, 4.5, 6), Sizes(17, 15, 14, 4.5, 5), (0.34, 0.5), (64, 52), 340, (70, 56), 3, 24, 70)
NARROW = Medium(Sizes(15, 13, 12, 4, 0), Sizes(15, 13, 12, 4, 3), (0.64, 1.0), (30, 34), 250, (44, 44), 1, 16, 46)


@dataclass(frozen=True, slots=True)
class Drawing:
    """A finished map."""

    svg: str
    width: int
    height: int
    labels: Sequence[tuple[int, Label]]
    """The frame (0 the overview, then the insets) and the name in it."""
    frames: Sequence[tuple[float, float, float, float]]
    """Left, top, width, height of each frame, in px."""
    unnamed: Sequence[str]
    """Ids of places whose name found no room anywhere; the list under the map has them all."""


def draw(places: Sequence[MapPlace], width: int) -> Drawing:
    """Draw the map of an article's places, `width` px wide (from 600 px on as for a desk, below as for a phone).

    Raises:
        ValueError: there is no place to draw.
    """
    if not places:
        raise ValueError("a map needs a place")
    medium, world = (WIDE if width >= 600 else NARROW), atlas()
    low, high = (share * width for share in medium.heights)
    overview = fit(world, _whole(world, places), width, (low, high), medium.margins, span=900)
    groups = _crowds(world, places, overview, medium)
    insets = [_inset(world, group, _inset_width(width, len(groups), medium), medium) for group in groups]

    grouped = {place.id for group in groups for place in group}
    rims = [_rim(world, group, overview) for group in groups]
    panels = [draw_panel(f"carte-{width}-0", world, overview, places, grouped, medium.sizes, rims)]
    named = {label.place for label in panels[0].labels}
    for number, (inset, group) in enumerate(zip(insets, groups, strict=True), 1):
        spare = {place.id for place in places if place.id in named or place not in group}
        panels.append(draw_panel(f"carte-{width}-{number}", world, inset, places, spare, medium.inset_sizes))
        named |= {label.place for label in panels[-1].labels}
    return _sheet(panels, width, medium, [place.id for place in places if place.id not in named])


def locators(places: Sequence[MapPlace], key: str = "carte-fond") -> Locators:
    """Draw the small maps, 300 × 132 px, of places' cards; they share one ground, whose id in the page is `key`."""
    world = atlas()
    if not places:
        return Locators("", {}, "")
    heights = (locator.HEIGHT, locator.HEIGHT)
    ground = fit(world, _whole(world, places), locator.WIDTH, heights, locator.MARGINS, span=900)
    return draw_locators(world, ground, places, key)


def _whole(world: Atlas, places: Sequence[MapPlace]) -> list[Vector]:
    """What a map of these places must show; of countries that stand alone, all."""
    alone = all(place.precision == Precision.COUNTRY for place in places)
    return _extent(world, places, least=math.pi if alone else 0.17)


def _extent(world: Atlas, places: Sequence[MapPlace], least: float) -> list[Vector]:
    """What a frame must show: every place, and of countries those reaching no farther than the rest, or `least`."""
    spots = [vector(place.lat, place.lon) for place in places]
    largest = max(least, cap(spots)[1])
    countries = [world.mainland(place.country) for place in places if place.precision == Precision.COUNTRY]
    return spots + [point for points, reach in countries if reach <= largest for point in points]


def _inset_width(width: float, count: int, medium: Medium) -> float:
    columns = min(medium.columns, count)
    return (width - (columns - 1) * medium.gap) // max(columns, 1)


def _inset(world: Atlas, group: Sequence[MapPlace], width: float, medium: Medium) -> Projection:
    heights = (medium.inset_height, medium.inset_height)
    return fit(world, _extent(world, group, INSET_COUNTRY), width, heights, medium.inset_margins, span=350)


def _crowds(world: Atlas, places: Sequence[MapPlace], overview: Projection, medium: Medium) -> list[list[MapPlace]]:
    """The groups of places that stand too close in the overview and that an inset would part, from left to right."""
    spots = {place.id: overview.point(vector(place.lat, place.lon)) for place in places}

    def crowding(group: Sequence[MapPlace]) -> float:
        nearest = (min(math.dist(spots[a.id], spots[b.id]) for b in group if b is not a) for a in group)
        return sum(max(0.0, 1 - distance / medium.crowded) for distance in nearest)

    candidates = [
        group
        for share in (1.0, 0.7, 0.5, 0.35, 0.25)
        for group in _linked(places, spots, share * medium.crowded)
        if len(group) > 1 and crowding(group) > WORTH
    ]
    found: list[list[MapPlace]] = []
    for group in sorted(candidates, key=lambda group: -crowding(group)):
        inset = _inset(world, group, _inset_width(overview.width, INSETS, medium), medium)
        apart = not any(place in other for place in group for other in found)
        if len(found) < INSETS and apart and inset.scale >= GAIN * overview.scale:
            found.append(group)
    return sorted(found, key=lambda group: min(spots[place.id] for place in group))


def _linked(places: Sequence[MapPlace], spots: dict[str, Point], distance: float) -> list[list[MapPlace]]:
    """The places in groups: who is nearer than `distance` to one of a group belongs to it."""
    groups = [[place] for place in places]
    for a, b in combinations(places, 2):
        if math.dist(spots[a.id], spots[b.id]) < distance:
            first = next(group for group in groups if a in group)
            other = next(group for group in groups if b in group)
            if first is not other:
                groups.remove(other)
                first += other
    return groups


def _rim(world: Atlas, group: Sequence[MapPlace], overview: Projection) -> list[Point]:
    """A rectangle in the overview around what an inset enlarges, upright: a pointer, not the inset's edge."""
    box = bounds([overview.point(position) for position in _extent(world, group, INSET_COUNTRY)]).grown(16)
    left, top = max(5.0, box.left), max(5.0, box.top)
    right, bottom = min(overview.width - 5, box.right), min(overview.height - 5, box.bottom)
    return [(left, top), (right, top), (right, bottom), (left, bottom)]


def _sheet(panels: Sequence[Panel], width: int, medium: Medium, unnamed: Sequence[str]) -> Drawing:
    """The overview on top, the insets below it in rows."""
    columns = max(1, min(medium.columns, len(panels) - 1))
    corners = [(0.0, 0.0)]
    for i, panel in enumerate(panels[1:]):
        row, column = divmod(i, columns)
        top = panels[0].height + medium.gap + row * (panel.height + medium.gap)
        corners.append((column * (panel.width + medium.gap), top))
    height = round(max(top + panel.height for (_, top), panel in zip(corners, panels, strict=True)))
    drawn = "".join(
        f'<svg x="{x:g}" y="{y:g}" width="{panel.width:g}" height="{panel.height:g}">{panel.svg}</svg>'
        for (x, y), panel in zip(corners, panels, strict=True)
    )
    return Drawing(
        svg=f'<svg class="mch-geo" viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
        f' aria-hidden="true" focusable="false">{drawn}</svg>',
        width=width,
        height=height,
        labels=[(number, label) for number, panel in enumerate(panels) for label in panel.labels],
        frames=[(x, y, panel.width, panel.height) for (x, y), panel in zip(corners, panels, strict=True)],
        unnamed=unnamed,
    )
