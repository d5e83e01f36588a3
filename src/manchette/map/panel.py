"""One frame of a map: the ground, the places, their names.

*Spot*: where a place falls in the frame. *Sign*: what stands for a place there: a dot, a ring, its shape, or its name
alone. *Spare* is a place that another frame names too, and that may go without a name in this one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape

from babel import Locale

from manchette.format.kinds.place import Precision
from manchette.map.atlas import Atlas, vector
from manchette.map.labels import LEADING, Label, Lettering, beside, centred, measure, on_lines
from manchette.map.outline import Box, area, bounds, cut_lines, cut_rings, path, rooms, spans
from manchette.map.projection import EARTH, Point, Projection, Worldwide

Shape = Sequence[Sequence[Point]]
"""An area in the frame, as the rings that enclose it, filled by the even–odd rule."""

BLEED = 6.0  # px: shapes go on beyond the frame, so that its edge is no coast
ISLET = 3.0  # px: a smaller island is a speck
FRONTIERS = 100.0  # px per radian: on a smaller scale, frontiers are a tangle
REGION = 80.0  # km: what a region's ring shows when nothing says how large it is
CROWD = 90.0  # px to each side: places that stand nearer are in each other's way
AREAS = {Precision.SEA, Precision.COUNTRY}  # their names have room to move in


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
    """Sizes of type and of a dot's radius, in px, and how many neighbours are named for orientation."""

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


@dataclass(frozen=True, slots=True)
class _Sign:
    """What stands for a place in the frame."""

    place: MapPlace
    spot: Point
    shape: Shape  # what shows of a country; nothing for other places
    radius: float  # px, of the dot or ring; 0 where the shape or the name alone is the sign

    @property
    def box(self) -> Box:
        """What the dot or ring covers."""
        x, y = self.spot
        return Box(x - self.radius, y - self.radius, x + self.radius, y + self.radius)

    def is_near(self, other: _Sign) -> bool:
        """Whether the two stand in each other's way."""
        return abs(self.spot[0] - other.spot[0]) < CROWD and abs(self.spot[1] - other.spot[1]) < CROWD


@cache
def country_names() -> dict[str, str]:
    """ISO 3166-1 alpha-2 → the country's name in French (CLDR)."""
    return dict(Locale.parse("fr").territories)


def draw_panel(
    key: str,
    atlas: Atlas,
    projection: Projection,
    places: Sequence[MapPlace],
    spare: Collection[str],
    sizes: Sizes,
    rims: Sequence[Sequence[Point]] = (),
) -> Panel:
    """Draw the frame of `projection`.

    `spare`: the ids of places that may go without a name here. `rims`: the outlines of what other frames enlarge, to be
    drawn over the ground. `key` makes the ids of the drawing its own.
    """
    frame = Box(0, 0, projection.width, projection.height)
    around = frame.grown(BLEED)
    land = cut_rings(projection.rings(atlas.land), around)
    signs = _signs(atlas, projection, places, frame, sizes)

    lettering = _free_lettering(frame, signs, rims)
    _name_places(lettering, signs, spare, land, sizes)
    _name_neighbours(lettering, _neighbours(atlas, projection, signs, frame, sizes.neighbours), sizes)

    svg = "".join([
        *_ground(key, atlas, projection, land, [sign.shape for sign in signs if _is_country(sign.place)], around),
        *(f'<path class="enc" d="{path([rim], closed=True)}"/>' for rim in rims),
        *(_drawn(sign, lettering.labels) for sign in signs),
        *(_text(label) for label in lettering.labels if not label.place),
        f'<rect class="cadre" x=".5" y=".5" width="{frame.right - 1:g}" height="{frame.bottom - 1:g}"/>',
    ])  # fmt: skip
    return Panel(svg, projection.width, projection.height, lettering.labels)


def _is_country(place: MapPlace) -> bool:
    return place.precision == Precision.COUNTRY


# --- What is shown ---------------------------------------------------------------------------------------------------


def _signs(atlas: Atlas, projection: Projection, places: Sequence[MapPlace], frame: Box, sizes: Sizes) -> list[_Sign]:
    """The signs of the places that show: those whose spot lies in the frame, and countries of which a part does."""
    signs = []
    for place in places:
        x, y = projection.point(vector(place.lat, place.lon))
        shape: Shape = ()
        if _is_country(place):
            shape = cut_rings(projection.rings(atlas.countries.get(place.country, ())), frame.grown(BLEED))
        if shape or (frame.left < x < frame.right and frame.top < y < frame.bottom):
            signs.append(_Sign(place, (x, y), shape, _radius(place, shape, projection, sizes)))
    return signs


def _radius(place: MapPlace, shape: Shape, projection: Projection, sizes: Sizes) -> float:
    """The radius of a place's dot or ring, in px; 0 where it has none."""
    match place.precision:
        case Precision.COUNTRY:
            return 3 * sizes.dot if shape and _is_tiny(shape, sizes) else 0.0
        case Precision.REGION:
            return min(max(REGION / EARTH * projection.scale, 2 * sizes.dot), 30.0)
        case Precision.SEA:
            return 0.0
        case _:
            return sizes.dot


def _is_tiny(shape: Shape, sizes: Sizes) -> bool:
    """Whether a country is so small in the frame that a ring has to point at it."""
    box = bounds([point for ring in shape for point in ring])
    return max(box.right - box.left, box.bottom - box.top) <= 4 * sizes.dot


def _neighbours(
    atlas: Atlas, projection: Projection, signs: Sequence[_Sign], frame: Box, most: int
) -> list[tuple[str, Shape]]:
    """The countries that show and are not among the places: codes and shapes of the largest, largest first."""
    if not most:
        return []
    known = {sign.place.country for sign in signs if _is_country(sign.place)}
    seen: list[tuple[str, Shape]] = []
    for code, rings in atlas.countries.items():
        if code not in known and (shape := cut_rings(projection.rings(rings), frame)):
            seen.append((code, shape))
    seen.sort(key=lambda found: (-sum(abs(area(ring)) for ring in found[1]), found[0]))
    return seen[:most]


# --- Names -----------------------------------------------------------------------------------------------------------


def _free_lettering(frame: Box, signs: Sequence[_Sign], rims: Sequence[Sequence[Point]]) -> Lettering:
    """No names yet; dots and rings take their room, and rims are avoided."""
    return Lettering(
        frame.grown(-2),
        taken=[sign.box for sign in signs if sign.radius],
        avoided=[point for rim in rims for point in _points_along(rim)],
    )


def _points_along(rim: Sequence[Point]) -> Iterator[Point]:
    """Eight points on each side of a closed line."""
    for (ax, ay), (bx, by) in zip(rim, [*rim[1:], rim[0]], strict=True):
        yield from ((ax + (bx - ax) * i / 8, ay + (by - ay) * i / 8) for i in range(8))


def _name_places(
    lettering: Lettering, signs: Sequence[_Sign], spare: Collection[str], land: Shape, sizes: Sizes
) -> None:
    """Write the names, the most constrained first: not spare, of a point rather than an area, in a crowd."""
    crowd = {sign.place.id: sum(sign.is_near(other) for other in signs) for sign in signs}

    def order(sign: _Sign) -> tuple[bool, bool, int]:
        return sign.place.id in spare, sign.place.precision in AREAS, -crowd[sign.place.id]

    for sign in sorted(signs, key=order):
        is_spare = sign.place.id in spare
        match sign.place.precision:
            case Precision.COUNTRY:
                named = any(lettering.put(_within_country(sign, lines, sizes)) for lines in on_lines(sign.place.name))
                if not named and not is_spare:
                    lettering.put(_beside(sign, "etat", sizes.state, sizes))
            case Precision.SEA:
                lettering.put(_at_sea(sign, land, sizes))
            case _:
                close = _beside(sign, "ville", sizes.city, sizes)
                lettering.put(label for label in close if not (is_spare and label.leader))


def _beside(sign: _Sign, css_class: str, size: float, sizes: Sizes) -> Iterator[Label]:
    return beside(sign.place.id, sign.place.name, css_class, size, sign.spot, sign.radius or sizes.dot)


def _within_country(sign: _Sign, lines: tuple[str, ...], sizes: Sizes) -> Iterator[Label]:
    """In the middle of what shows of the country, or where else in it there is room."""
    width, height = measure(lines, sizes.state, "etat")
    points = rooms(sign.shape, width + 8, height + 4)[:200]
    return centred(sign.place.id, lines, "etat", sizes.state, points)


def _at_sea(sign: _Sign, land: Shape, sizes: Sizes) -> Iterator[Label]:
    """About its point, moved off the coast if need be; where it is all too narrow, over the coast.

    One by one: whether a label lies on land is worked out only until one fits.
    """
    x, y = sign.spot
    steps = (0.0, 1.2, -1.2, 2.4, -2.4, 3.6, -3.6, 4.8, -4.8)
    points = [(x + 1.5 * dx * sizes.city, y + dy * sizes.city) for dx in steps for dy in steps]
    points.sort(key=lambda point: (point[0] - x) ** 2 + (point[1] - y) ** 2)
    labels = [
        label
        for lines in on_lines(sign.place.name)
        for label in centred(sign.place.id, lines, "mer-t", sizes.city, points)
    ]
    coast = [(ring, bounds(ring)) for ring in land]
    yield from (label for label in labels if not _is_on_land(label.box, coast))
    yield from labels


def _is_on_land(box: Box, coast: Iterable[tuple[Sequence[Point], Box]]) -> bool:
    """Whether the top, the middle or the bottom of a box crosses land, given as rings and their bounds."""
    near = [ring for ring, around in coast if around.meets(box)]
    rows = [stretch for part in (0, 0.5, 1) for stretch in spans(near, box.top + part * (box.bottom - box.top) + 0.01)]
    return any(left < box.right and box.left < right for left, right in rows)


def _name_neighbours(lettering: Lettering, neighbours: Iterable[tuple[str, Shape]], sizes: Sizes) -> None:
    """Write the names of countries where there is room."""
    for code, shape in neighbours:
        name = country_names().get(code, code)
        width, height = measure((name,), sizes.context, "ctx")
        points = rooms(shape, width + 12, height + 6)[:60]
        lettering.put(centred("", (name,), "ctx", sizes.context, points))


# --- SVG -------------------------------------------------------------------------------------------------------------


def _ground(
    key: str, atlas: Atlas, projection: Projection, land: Shape, countries: Iterable[Shape], around: Box
) -> Iterator[str]:
    """Sea, land, countries, frontiers, coasts; the coast is the land's own path, stroked over the countries."""
    if isinstance(projection, Worldwide):
        rim = path([projection.outline()], closed=True)
        yield f'<clipPath id="{key}-m"><path d="{rim}"/></clipPath><path class="mer" d="{rim}"/>'
        yield f'<g clip-path="url(#{key}-m)">'
    else:
        yield f'<rect class="mer" width="{projection.width:g}" height="{projection.height:g}"/>'
    yield f'<defs><path id="{key}-t" fill-rule="evenodd" d="{path(land, closed=True, least=ISLET)}"/></defs>'
    yield f'<use class="terre" xlink:href="#{key}-t"/>'
    for shape in countries:
        yield f'<path class="pays" fill-rule="evenodd" d="{path(shape, closed=True)}"/>'
    if projection.scale > FRONTIERS:
        yield f'<path class="fr" d="{path(cut_lines(projection.lines(atlas.frontiers), around), closed=False)}"/>'
    yield f'<use class="cote" xlink:href="#{key}-t"/>'
    if isinstance(projection, Worldwide):
        yield "</g>"


def _drawn(sign: _Sign, labels: Sequence[Label]) -> str:
    """A place's sign and name, leading to its address."""
    place, (x, y) = sign.place, sign.spot
    circle = ""
    if sign.radius:
        css_class = "pt" if place.precision in {Precision.POINT, Precision.CITY} else "zone"
        circle = f'<circle class="{css_class}" cx="{x:.1f}" cy="{y:.1f}" r="{sign.radius:.3g}"/>'
    drawn = circle + "".join(_text(label) for label in labels if label.place == place.id)
    return f'<a href="{escape(place.href)}" tabindex="-1">{drawn}</a>' if place.href and drawn else drawn


def _text(label: Label) -> str:
    """A name, with the line that leads to it."""
    x, y = round(label.x), round(label.y)
    leader = ""
    if label.leader:
        (ax, ay), (bx, by) = label.leader
        leader = f'<path class="rappel" d="M{ax:.0f} {ay:.0f}L{bx:.0f} {by:.0f}"/>'
    first, *others = (escape(line, quote=False) for line in label.lines)
    more = "".join(f'<tspan x="{x}" dy="{LEADING}em">{line}</tspan>' for line in others)
    anchor = "" if label.anchor == "start" else f' text-anchor="{label.anchor}"'
    return (
        f'{leader}<text class="{label.css_class}" x="{x}" y="{y}" font-size="{label.size:g}"{anchor}>'
        f"{first}{more}</text>"
    )
