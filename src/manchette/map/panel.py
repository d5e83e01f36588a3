"""One frame of a map: the ground, the places, their names."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape

from manchette.map.area import Area
from manchette.map.backdrop import Backdrop, backdrop
from manchette.map.labels import LEADING, Label, Lettering
from manchette.map.names import Ground, name_others, name_places
from manchette.map.outline import Point, path
from manchette.map.projection import Projection, Worldwide
from manchette.map.signs import DOTS, MapPlace, Sign, Sizes, others, signs

TOLD = 24.0  # px: the border of a smaller piece of land is a stroke among others
FRONTIERS = 100.0  # px per radian: on a smaller scale, frontiers are a tangle


@dataclass(frozen=True, slots=True)
class Panel:
    """A drawn frame: what SVG shows it, what is written in it, which disputed land it shows."""

    svg: str
    width: float
    height: float
    labels: Sequence[Label]
    disputes: Collection[str]


def draw_panel(
    key: str,
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
    base, shown = backdrop(projection), signs(projection, places, sizes)
    lettering = named(base, shown, spare, sizes, rims)
    svg = "".join([
        *_ground(key, base, [sign.shape for sign in shown if sign.is_country]),
        *(f'<path class="enc" d="{path([rim], closed=True)}"/>' for rim in rims),
        *(_drawn(sign, lettering.labels) for sign in shown),
        *(text(label) for label in lettering.labels if not label.place),
        f'<rect class="cadre" x=".5" y=".5" width="{projection.width - 1:g}" height="{projection.height - 1:g}"/>',
    ])  # fmt: skip
    return Panel(svg, projection.width, projection.height, lettering.labels, _disputes(base, shown))


def named(
    base: Backdrop,
    shown: Sequence[Sign],
    spare: Collection[str],
    sizes: Sizes,
    rims: Sequence[Sequence[Point]] = (),
    alone: bool = False,
) -> Lettering:
    """The names of the places and of countries around them; dots and rings take their room, and rims are avoided.

    `alone`: around one place, which something else names: the nearest neighbours come first, not the largest, and what
    has no room on its own ground is left out.
    """
    homes = {sign.place.country for sign in shown if sign.place.country}
    countries = others(base, shown, by_size=not alone) if sizes.neighbours or homes else []
    ground = Ground(
        base.land,
        closed=base.held + [sign.shape for sign in shown if not sign.is_country],
        homes={sign.place.country: sign.shape for sign in shown if sign.is_country}
        | {code: shape for code, shape in countries if code in homes},
        leaders=not alone,
    )
    lettering = Lettering(
        base.frame.grown(-2),
        taken=[sign.box for sign in shown if sign.radius],
        avoided=[point for rim in rims for point in _points_along(rim)],
    )
    name_places(lettering, shown, spare, ground, sizes)
    name_others(lettering, countries, ground, sizes)
    return lettering


def _points_along(rim: Sequence[Point]) -> Iterator[Point]:
    """Eight points on each side of a closed line."""
    for (ax, ay), (bx, by) in zip(rim, [*rim[1:], rim[0]], strict=True):
        yield from ((ax + (bx - ax) * i / 8, ay + (by - ay) * i / 8) for i in range(8))


def _disputes(base: Backdrop, shown: Iterable[Sign]) -> set[str]:
    """The disputes over land that the frame shows and draws a border about: a frontier, or a claimant's own shape."""
    countries = {sign.place.country for sign in shown if sign.is_country}
    return {
        dispute.name
        for dispute, box in base.disputes
        if box.width > TOLD and (base.projection.scale > FRONTIERS or countries & set(dispute.claimants.split()))
    }


# --- SVG -------------------------------------------------------------------------------------------------------------


def _ground(key: str, base: Backdrop, countries: Iterable[Area]) -> Iterator[str]:
    """Sea, land, countries, frontiers, coasts; the coast is the land's own path, stroked over the countries."""
    projection = base.projection
    if isinstance(projection, Worldwide):
        rim = path([projection.outline()], closed=True)
        yield f'<clipPath id="{key}-m"><path d="{rim}"/></clipPath><path class="mer" d="{rim}"/>'
        yield f'<g clip-path="url(#{key}-m)">'
    else:
        yield f'<rect class="mer" width="{projection.width:g}" height="{projection.height:g}"/>'
    yield f'<defs><path id="{key}-t" fill-rule="evenodd" d="{base.land_path}"/></defs>'
    yield f'<use class="terre" xlink:href="#{key}-t"/>'
    for shape in countries:
        yield f'<path class="pays" fill-rule="evenodd" d="{path(shape.rings, closed=True)}"/>'
    if projection.scale > FRONTIERS:
        yield f'<path class="fr" d="{base.frontiers_path}"/>'
    yield f'<use class="cote" xlink:href="#{key}-t"/>'
    if isinstance(projection, Worldwide):
        yield "</g>"


def _drawn(sign: Sign, labels: Sequence[Label]) -> str:
    """A place's sign and name, leading to its address."""
    place = sign.place
    drawn = ""
    if sign.shape.rings and not sign.is_country and not sign.radius:
        drawn = f'<path class="ici" d="{path(sign.shape.rings, closed=True)}"/>'
    drawn += circle(sign) + "".join(text(label) for label in labels if label.place == place.id)
    return f'<a href="{escape(place.href)}" tabindex="-1">{drawn}</a>' if place.href and drawn else drawn


def circle(sign: Sign) -> str:
    """A place's dot or ring, where it has one."""
    css_class = "pt" if sign.place.precision in DOTS else "zone"
    x, y = sign.spot
    return f'<circle class="{css_class}" cx="{x:.1f}" cy="{y:.1f}" r="{sign.radius:.3g}"/>' if sign.radius else ""


def text(label: Label) -> str:
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
