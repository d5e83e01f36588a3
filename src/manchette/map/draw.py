"""Draws an article's map: an overview with at most three insets.

It is pure: the same places give the same bytes. Colours are the stylesheet's, by class: `mer`, `terre`, `pays`, `cote`,
`fr`, `pt`, `zone`, `enc`, `rappel`, `cadre`; of texts `ville`, `etat`, `mer-t`, `ctx`. Sizes of type are the drawing's
own, since names were placed by them.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from manchette.map.atlas import Atlas, atlas, vector
from manchette.map.labels import Label
from manchette.map.outline import Point, bounds
from manchette.map.panel import Panel, draw_panel
from manchette.map.projection import Projection, fit
from manchette.map.signs import MapPlace, Sizes, extent, whole

INSETS = 3
GAIN = 1.8  # an inset that enlarges less shows nothing more
WORTH = 0.5  # how crowded places must be to get an inset: 1 is a place that another covers
INSET_COUNTRY = 0.06  # rad: a country that reaches no farther is shown whole


@dataclass(frozen=True, slots=True)
class Layout:
    """How a map is laid out on a width. In px, but for `heights`."""

    sizes: Sizes
    inset_sizes: Sizes
    heights: tuple[float, float]
    """The least and the greatest of the overview, as shares of its width."""
    margins: Point
    """What stays free of places on the left and right, and at the top and bottom."""
    inset_height: float
    inset_margins: Point
    columns: int
    """How many insets stand side by side."""
    gap: float
    """Between frames."""
    crowded: float
    """Places nearer to each other than this, in the overview, may get an inset."""


# Drawn 980 px wide, it stands on 680 px at least and 1340 at most: its smallest type is 9.4 to 18 px there.
WIDE = Layout(
    sizes=Sizes(city=15, state=14, context=13.5, dot=4, neighbours=6),
    inset_sizes=Sizes(city=15, state=14, context=13.5, dot=4, neighbours=5),
    heights=(0.34, 0.5),
    margins=(53, 43),
    inset_height=282,
    inset_margins=(58, 47),
    columns=3,
    gap=20,
    crowded=58,
)
NARROW = Layout(
    sizes=Sizes(city=15, state=13, context=12, dot=4, neighbours=2),
    inset_sizes=Sizes(city=15, state=13, context=12, dot=4, neighbours=3),
    heights=(0.64, 1.0),
    margins=(54, 34),
    inset_height=250,
    inset_margins=(44, 44),
    columns=1,
    gap=16,
    crowded=46,
)


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
    views: Sequence[Projection] = field(compare=False)
    """The projection of each."""
    unnamed: Sequence[str]
    """Ids of places whose name found no room anywhere; the list under the map has them all."""
    disputes: Collection[str]
    """The disputed lands about which a frame draws a border."""


def draw(places: Sequence[MapPlace], width: int) -> Drawing:
    """Draw the map of an article's places, `width` px wide (from 600 px on as for a desk, below as for a phone).

    Raises:
        ValueError: there is no place to draw.
    """
    if not places:
        raise ValueError("a map needs a place")
    layout, world = (WIDE if width >= 600 else NARROW), atlas()
    low, high = (share * width for share in layout.heights)
    overview = fit(world, whole(world, places), width, (low, high), layout.margins, span=900)
    groups = _crowds(world, places, overview, layout)
    insets = [_inset(world, group, _inset_width(width, len(groups), layout), layout) for group in groups]

    grouped = {place.id for group in groups for place in group}
    rims = [_rim(world, group, overview) for group in groups]
    panels = [draw_panel(f"carte-{width}-0", overview, places, grouped, layout.sizes, rims)]
    named = {label.place for label in panels[0].labels}
    for number, (inset, group) in enumerate(zip(insets, groups, strict=True), 1):
        spare = {place.id for place in places if place.id in named or place not in group}
        panels.append(draw_panel(f"carte-{width}-{number}", inset, places, spare, layout.inset_sizes))
        named |= {label.place for label in panels[-1].labels}
    return _assembled(
        panels, [overview, *insets], width, layout, [place.id for place in places if place.id not in named]
    )


def _inset_width(width: float, count: int, layout: Layout) -> float:
    columns = min(layout.columns, count)
    return (width - (columns - 1) * layout.gap) // max(columns, 1)


def _inset(world: Atlas, group: Sequence[MapPlace], width: float, layout: Layout) -> Projection:
    heights = (layout.inset_height, layout.inset_height)
    return fit(world, extent(world, group, INSET_COUNTRY), width, heights, layout.inset_margins, span=350)


def _crowds(world: Atlas, places: Sequence[MapPlace], overview: Projection, layout: Layout) -> list[list[MapPlace]]:
    """The groups of places that stand too close in the overview and that an inset would part, from left to right.

    Places are grouped by several distances: an inset may enlarge only the densest part of what a large distance links.
    """
    spots = {place.id: overview.point(vector(place.lat, place.lon)) for place in places}

    def crowding(group: Sequence[MapPlace]) -> float:
        """The sum over the places: from 0 for one whose nearest is as far as `layout.crowded` to 1 for one covered."""
        nearest = (min(math.dist(spots[a.id], spots[b.id]) for b in group if b is not a) for a in group)
        return sum(max(0.0, 1 - distance / layout.crowded) for distance in nearest)

    candidates = [
        group
        for share in (1.0, 0.7, 0.5, 0.35, 0.25)
        for group in _linked(places, spots, share * layout.crowded)
        if len(group) > 1 and crowding(group) > WORTH
    ]
    found: list[list[MapPlace]] = []
    for group in sorted(candidates, key=lambda group: -crowding(group)):
        inset = _inset(world, group, _inset_width(overview.width, INSETS, layout), layout)
        apart = not any(place in other for place in group for other in found)
        if len(found) < INSETS and apart and inset.scale >= GAIN * overview.scale:
            found.append(group)
    return sorted(found, key=lambda group: min(spots[place.id] for place in group))


def _linked(places: Sequence[MapPlace], spots: dict[str, Point], distance: float) -> list[list[MapPlace]]:
    """The places in groups: a place nearer than `distance` to any place of a group belongs to that group."""
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
    """A rectangle in the overview that points at what an inset enlarges; the inset itself may show more or less."""
    box = bounds([overview.point(position) for position in extent(world, group, INSET_COUNTRY)]).grown(16)
    left, top = max(5.0, box.left), max(5.0, box.top)
    right, bottom = min(overview.width - 5, box.right), min(overview.height - 5, box.bottom)
    return [(left, top), (right, top), (right, bottom), (left, bottom)]


def _assembled(
    panels: Sequence[Panel], views: Sequence[Projection], width: int, layout: Layout, unnamed: Sequence[str]
) -> Drawing:
    """The overview on top, the insets below it in rows."""
    columns = max(1, min(layout.columns, len(panels) - 1))
    corners = [(0.0, 0.0)]
    for i, panel in enumerate(panels[1:]):
        row, column = divmod(i, columns)
        top = panels[0].height + layout.gap + row * (panel.height + layout.gap)
        corners.append((column * (panel.width + layout.gap), top))
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
        views=views,
        unnamed=unnamed,
        disputes={name for panel in panels for name in panel.disputes},
    )
