"""One frame of a map: the ground, the places, their names."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape

from babel import Locale

from manchette.format.kinds.place import Precision
from manchette.map.atlas import Atlas, vector
from manchette.map.labels import Label, Sheet, beside, broken, centred, measure
from manchette.map.outline import Box, area, bounds, cut_lines, cut_rings, path, rooms, spans
from manchette.map.projection import EARTH, Point, Projection, Worldwide

BLEED = 6.0  # px: shapes go on beyond the frame, so that its edge is no coast
ISLET = 3.0  # px: a smaller island is a speck
FRONTIERS = 100.0  # px per radian: on a smaller scale, frontiers are a tangle
REGION = 80.0  # km: what a region's ring shows when nothing says how large it is


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


@dataclass(frozen=True, slots=True)
class Sizes:
    """Type sizes in px, and how many neighbours are named for orientation."""

    city: float
    state: float
    context: float
    dot: float
    neighbours: int


@dataclass(frozen=True, slots=True)
class Panel:
    """A drawn frame: what SVG shows it, what is written in it."""

    svg: str
    width: float
    height: float
    labels: Sequence[Label]


@cache
def country_names() -> dict[str, str]:
    """ISO 3166-1 alpha-2 → the country's name in French (CLDR)."""
    return dict(Locale.parse("fr").territories)


def draw_panel(
    key: str,
    atlas: Atlas,
    projection: Projection,
    places: Sequence[MapPlace],
    elsewhere: Collection[str],
    sizes: Sizes,
    boxes: Sequence[Sequence[Point]] = (),
) -> Panel:
    """Draw the frame of `projection`.

    `elsewhere`: the places that another frame names too, and that may go without a name here. `boxes`: the outlines of
    other frames, to be drawn over the ground. `key` makes the ids of the drawing its own.
    """
    frame = Box(0, 0, projection.width, projection.height)
    around = frame.grown(BLEED)
    land = cut_rings(projection.rings(atlas.land), around)
    shapes = {
        place.id: cut_rings(projection.rings(atlas.countries.get(place.country, ())), around)
        for place in places
        if place.precision == Precision.COUNTRY
    }
    spots = {place.id: projection.point(vector(place.lat, place.lon)) for place in places}
    shown = [p for p in places if _inside(spots[p.id], frame) or shapes.get(p.id)]
    radii = {place.id: _radius(place, shapes.get(place.id, ()), projection, sizes) for place in shown}

    sheet = Sheet(frame.grown(-2))
    sheet.disliked += [point for box in boxes for point in _dotted(box)]
    for place in shown:
        x, y = spots[place.id]
        if r := radii[place.id]:
            sheet.taken.append(Box(x - r, y - r, x + r, y + r))
    crowd = {p.id: sum(_near(spots[p.id], spots[q.id], 90) for q in shown) for p in shown}
    order = [Precision.POINT, Precision.CITY, Precision.REGION, Precision.SEA, Precision.COUNTRY]
    spare = {p.id: p.id in elsewhere for p in shown}
    for place in sorted(shown, key=lambda p: (spare[p.id], order.index(p.precision) // 3, -crowd[p.id])):
        close = _beside(place, spots[place.id], radii[place.id], sizes)
        if place.precision == Precision.COUNTRY:
            _name_country(sheet, place, shapes[place.id], sizes, () if spare[place.id] else close)
        elif place.precision == Precision.SEA:
            _name_sea(sheet, place, spots[place.id], land, sizes)
        else:
            sheet.put(label for label in close if not (spare[place.id] and label.leader))
    named = {place.country for place in shown if place.precision == Precision.COUNTRY}
    _name_neighbours(sheet, atlas, projection, named, frame, sizes)

    svg = "".join([
        *_ground(key, atlas, projection, land, [shapes[p.id] for p in shown if p.id in shapes], around),
        *(f'<path class="enc" d="{path([box], closed=True)}"/>' for box in boxes),
        *(_drawn(place, spots[place.id], radii[place.id], sheet.labels) for place in shown),
        *(_text(label) for label in sheet.labels if not label.place),
        f'<rect class="cadre" x=".5" y=".5" width="{frame.right - 1:g}" height="{frame.bottom - 1:g}"/>',
    ])  # fmt: skip
    return Panel(svg, projection.width, projection.height, sheet.labels)


def _inside(point: Point, frame: Box) -> bool:
    return frame.left < point[0] < frame.right and frame.top < point[1] < frame.bottom


def _near(a: Point, b: Point, distance: float) -> bool:
    return abs(a[0] - b[0]) < distance and abs(a[1] - b[1]) < distance


def _dotted(box: Sequence[Point]) -> Iterator[Point]:
    for (ax, ay), (bx, by) in zip(box, [*box[1:], box[0]], strict=True):
        yield from ((ax + (bx - ax) * i / 8, ay + (by - ay) * i / 8) for i in range(8))


def _radius(place: MapPlace, shape: Sequence[Sequence[Point]], projection: Projection, sizes: Sizes) -> float:
    """The radius of the sign for a place, in px; 0 where its shape or its name alone is the sign."""
    if place.precision == Precision.COUNTRY:
        box = bounds([p for ring in shape for p in ring]) if shape else None
        return 0.0 if box is None or max(box.right - box.left, box.bottom - box.top) > 4 * sizes.dot else 3 * sizes.dot
    if place.precision == Precision.REGION:
        return min(max(REGION / EARTH * projection.scale, 2 * sizes.dot), 30.0)
    return 0.0 if place.precision == Precision.SEA else sizes.dot


def _beside(place: MapPlace, spot: Point, radius: float, sizes: Sizes) -> Iterator[Label]:
    country = place.precision == Precision.COUNTRY
    size = sizes.state if country else sizes.city
    return beside(place.id, place.name, "etat" if country else "ville", size, spot, radius or sizes.dot)


def _name_country(
    sheet: Sheet, place: MapPlace, shape: Sequence[Sequence[Point]], sizes: Sizes, beside_it: Iterable[Label]
) -> None:
    """In the middle of what shows of it, on one line or two; beside it if it is too small."""
    for lines, form in enumerate(broken(place.name), 1):
        width, height = measure(form, sizes.state, "etat")
        points = rooms(shape, width + 8, height + 4)[:200]
        if sheet.put(centred(place.id, place.name, "etat", sizes.state, points, lines)):
            return
    sheet.put(beside_it)


def _name_sea(sheet: Sheet, place: MapPlace, spot: Point, land: Sequence[Sequence[Point]], sizes: Sizes) -> None:
    """About its point, moved off the coast if need be."""
    steps = (0.0, 1.2, -1.2, 2.4, -2.4, 3.6, -3.6, 4.8, -4.8)
    points = [(spot[0] + 1.5 * dx * sizes.city, spot[1] + dy * sizes.city) for dx in steps for dy in steps]
    points.sort(key=lambda p: (p[0] - spot[0]) ** 2 + (p[1] - spot[1]) ** 2)
    candidates = [c for n in (1, 2) for c in centred(place.id, place.name, "mer-t", sizes.city, points, n)]
    afloat = [label for label in candidates if not _on_land(label.box, land)]
    sheet.put([*afloat, *candidates])


def _on_land(box: Box, land: Sequence[Sequence[Point]]) -> bool:
    near = [ring for ring in land if bounds(ring).meets(box)]
    rows = [stretch for part in (0, 0.5, 1) for stretch in spans(near, box.top + part * (box.bottom - box.top) + 0.01)]
    return any(left < box.right and box.left < right for left, right in rows)


def _name_neighbours(
    sheet: Sheet, atlas: Atlas, projection: Projection, named: Collection[str], frame: Box, sizes: Sizes
) -> None:
    """The largest countries that show and are not places, where there is room."""
    seen = []
    for code, rings in sorted(atlas.countries.items()) if sizes.neighbours else ():
        if code not in named and (shape := cut_rings(projection.rings(rings), frame)):
            seen.append((sum(abs(area(ring)) for ring in shape), code, shape))
    for _, code, shape in sorted(seen, key=lambda found: (-found[0], found[1]))[: sizes.neighbours]:
        name = country_names().get(code, code)
        width, height = measure((name,), sizes.context, "ctx")
        points = rooms(shape, width + 12, height + 6)[:60]
        sheet.put(centred("", name, "ctx", sizes.context, points, 1))


def _ground(
    key: str,
    atlas: Atlas,
    projection: Projection,
    land: Sequence[Sequence[Point]],
    highlighted: Sequence[Sequence[Sequence[Point]]],
    around: Box,
) -> Iterator[str]:
    """Sea, land, countries, frontiers, coasts; the coast is the land's own path, stroked over the countries."""
    world = isinstance(projection, Worldwide)
    if isinstance(projection, Worldwide):
        rim = path([projection.outline()], closed=True)
        yield f'<clipPath id="{key}-m"><path d="{rim}"/></clipPath><path class="mer" d="{rim}"/>'
        yield f'<g clip-path="url(#{key}-m)">'
    else:
        yield f'<rect class="mer" width="{projection.width:g}" height="{projection.height:g}"/>'
    yield f'<defs><path id="{key}-t" fill-rule="evenodd" d="{path(land, closed=True, least=ISLET)}"/></defs>'
    yield f'<use class="terre" href="#{key}-t"/>'
    for shape in highlighted:
        yield f'<path class="pays" fill-rule="evenodd" d="{path(shape, closed=True)}"/>'
    if projection.scale > FRONTIERS:
        yield f'<path class="fr" d="{path(cut_lines(projection.lines(atlas.frontiers), around), closed=False)}"/>'
    yield f'<use class="cote" href="#{key}-t"/>'
    if world:
        yield "</g>"


def _drawn(place: MapPlace, spot: Point, radius: float, labels: Sequence[Label]) -> str:
    """A place's sign and name, leading to its address."""
    x, y = spot
    sign = ""
    if radius:
        kind = "pt" if place.precision in {Precision.POINT, Precision.CITY} else "zone"
        sign = f'<circle class="{kind}" cx="{x:.1f}" cy="{y:.1f}" r="{radius:.3g}"/>'
    drawn = sign + "".join(_text(label) for label in labels if label.place == place.id)
    return f'<a href="{escape(place.href)}" tabindex="-1">{drawn}</a>' if place.href and drawn else drawn


def _text(label: Label) -> str:
    x, y = round(label.x), round(label.y)
    leader = ""
    if label.leader:
        (ax, ay), (bx, by) = label.leader
        leader = f'<path class="rappel" d="M{ax:.0f} {ay:.0f}L{bx:.0f} {by:.0f}"/>'
    first, *others = (escape(line, quote=False) for line in label.lines)
    more = "".join(f'<tspan x="{x}" dy="1.12em">{line}</tspan>' for line in others)
    anchor = "" if label.anchor == "start" else f' text-anchor="{label.anchor}"'
    return f'{leader}<text class="{label.kind}" x="{x}" y="{y}" font-size="{label.size:g}"{anchor}>{first}{more}</text>'
