"""Which names a frame has room for, each on its own ground: a country's over its land, a sea's over its water.

*Spare* is a place that another frame names too, and that may go without a name in this one. *Home* of a place is the
land of its country. A name that has no room on its own ground is led to from the sea, or it is left out.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, tee

from manchette.format.kinds.place import Precision
from manchette.map.area import Area
from manchette.map.labels import Label, Lettering, about, beside, centred, led, measure, on_lines
from manchette.map.outline import Point, bounds
from manchette.map.signs import Sign, Sizes, country_names

MOST = 60  # rooms that are tried for a name
# px: how far a name that has no room may stand from its place, on land and, for countries, at sea.
DISTANCES, FARTHEST = (20, 34, 50), 68


@dataclass(frozen=True, slots=True)
class Ground:
    """What names stand on."""

    land: Area
    closed: Sequence[Area]
    """Where no country's name stands: disputed land that is drawn with who holds it, and the shapes of regions."""
    homes: dict[str, Area]
    """Country code → what shows of it, for the countries that places lie in."""
    leaders: bool
    """Whether a line may lead to a name that has no room on its own ground."""


def name_places(
    lettering: Lettering, signs: Sequence[Sign], spare: Collection[str], ground: Ground, sizes: Sizes
) -> None:
    """Write the names of places, the most constrained first.

    These are points that no other frame names, in a crowd before alone; then countries, without whose names nobody
    knows what a map shows; then the others. A spare name that would cover a rim is left out: the rim leads to it.
    """
    crowd = {sign.place.id: sum(sign.is_near(other) for other in signs) for sign in signs}

    def order(sign: Sign) -> tuple[bool, bool, bool, int]:
        is_spare, is_sea = sign.place.id in spare, sign.place.precision == Precision.SEA
        return sign.is_country or is_spare or is_sea, not sign.is_country, is_spare, -crowd[sign.place.id]

    for sign in sorted(signs, key=order):
        is_spare = sign.place.id in spare
        lettering.put(_places_for(sign, is_spare, lettering, ground, sizes), strict=is_spare and not sign.is_country)


def _places_for(sign: Sign, is_spare: bool, lettering: Lettering, ground: Ground, sizes: Sizes) -> Iterator[Label]:
    """Where the name of a place may stand, the best first; the ground is not asked about what has no room anyway."""
    place, radius = sign.place, sign.radius or sizes.dot
    match place.precision:
        case Precision.COUNTRY:
            yield from within(place.id, place.name, "etat", sizes.state, sign.shape, lettering, ground)
            if not ground.leaders:
                return
            straight, other = tee(_out_at_sea(sign, lettering, ground, sizes.context))
            yield from (label for label in straight if _comes_by_sea(label, sign, ground))
            yield from other
            if not is_spare:
                yield from led(place.id, place.name, "etat", sizes.context, sign.spot, sign.radius, DISTANCES)
        case Precision.SEA:
            yield from _at_sea(sign, lettering, ground, sizes)
        case _:
            yield from within(place.id, place.name, "ville", sizes.city, sign.shape, lettering, ground)
            if sign.shape.rings and not sign.radius:
                outside = bounds([point for ring in sign.shape.rings for point in ring])
                close = list(about(place.id, place.name, "ville", sizes.city, outside))
            else:
                close = list(beside(place.id, place.name, "ville", sizes.city, sign.spot, radius))
            yield from (label for label in close if lettering.has_room(label.box) and _is_at_home(label, sign, ground))
            yield from close
            if not is_spare:
                yield from led(place.id, place.name, "ville", sizes.city, sign.spot, radius, DISTANCES)


def name_others(lettering: Lettering, countries: Iterable[tuple[str, Area]], ground: Ground, sizes: Sizes) -> None:
    """Write the names of countries that are no places, each over its own land: all homes, and some neighbours."""
    room = sizes.neighbours
    for code, shape in sorted(countries, key=lambda country: country[0] not in ground.homes):
        is_home = code in ground.homes
        if is_home or room:
            name = country_names().get(code, code)
            put = lettering.put(within("", name, "etat" if is_home else "ctx", sizes.context, shape, lettering, ground))
            room -= put and not is_home


def within(
    place: str, name: str, css_class: str, size: float, shape: Area, lettering: Lettering, ground: Ground
) -> Iterator[Label]:
    """The name wholly over a shape, on one line or on two, but not over what is disputed."""
    for lines in on_lines(name):
        width, height = measure(lines, size, css_class)
        points = islice(shape.rooms(width + 1, height), MOST)
        for label in centred(place, lines, css_class, size, points, lettering.has_room):
            if css_class == "ville" or not any(area.meets(label.box.grown(3)) for area in ground.closed):
                yield label


def _is_at_home(label: Label, sign: Sign, ground: Ground) -> bool:
    """Whether it stands all at sea or all in the place's country."""
    home = ground.homes.get(sign.place.country, ground.land)
    return home.holds(label.box) or not ground.land.meets(label.box)


def _out_at_sea(sign: Sign, lettering: Lettering, ground: Ground, size: float) -> Iterator[Label]:
    """The name of a country where it covers no land, with a line that leads there; the nearest places first."""
    (x, y), name = sign.spot, sign.place.name
    steps = range(-FARTHEST, FARTHEST + 1, 4)
    spots = sorted((math.hypot(dx, dy), (x + dx, y + dy)) for dx in steps for dy in steps)
    for _, middle in spots:
        for lines in () if ground.land.has(middle) else on_lines(name):
            for label in centred(sign.place.id, lines, "etat", size, [middle], lettering.has_room):
                box = label.box.grown(2)
                if not ground.land.meets(box):
                    end = (min(max(x, box.left), box.right), min(max(y, box.top), box.bottom))
                    away = math.dist(end, (x, y)) or 1.0
                    start = (x + (end[0] - x) * sign.radius / away, y + (end[1] - y) * sign.radius / away)
                    yield label._replace(leader=(start, end))


def _comes_by_sea(label: Label, sign: Sign, ground: Ground) -> bool:
    """Whether a name's line comes to its country over no other's land."""
    line = _along(*label.leader) if label.leader else []
    return all(sign.shape.has(point) or not ground.land.has(point) for point in line)


def _at_sea(sign: Sign, lettering: Lettering, ground: Ground, sizes: Sizes) -> Iterator[Label]:
    """The name of a sea about its point, or moved off the coast, but to no water beyond a coast."""
    x, y = sign.spot
    steps = (0.0, 0.8, -0.8, 1.6, -1.6, 2.4, -2.4, 3.6, -3.6, 4.8, -4.8)
    points = [(x + 1.5 * dx * sizes.city, y + dy * sizes.city) for dx in steps for dy in steps]
    points.sort(key=lambda point: (point[0] - x) ** 2 + (point[1] - y) ** 2)
    for lines in on_lines(sign.place.name):
        for label in centred(sign.place.id, lines, "mer-t", sizes.city, points, lettering.has_room):
            away = _along(sign.spot, label.box.middle)
            if not ground.land.meets(label.box.grown(1)) and not any(map(ground.land.has, away)):
                yield label


def _along(a: Point, b: Point) -> list[Point]:
    return [(a[0] + (b[0] - a[0]) * i / 12, a[1] + (b[1] - a[1]) * i / 12 + 0.001) for i in range(13)]
