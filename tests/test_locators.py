"""The small maps of places' cards: what each shows, and that every name stands on its own ground.

`tests/map/locators.yml` holds what stands in each case. After a change that is meant, look at the maps, then write it
anew by what the test says.
"""

from __future__ import annotations

import gzip
import itertools
import math
import random
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from manchette.doors.map import DrawingView, MapView
from manchette.format.kinds.place import Precision
from manchette.map.atlas import Vector, atlas, region
from manchette.map.borders import holds
from manchette.map.disputed import DISPUTES
from manchette.map.draw import draw
from manchette.map.labels import Label, measure
from manchette.map.locator import HEIGHT, WIDTH, crop, locator, thumbnail
from manchette.map.outline import Box
from manchette.map.projection import EARTH
from manchette.map.regional import Regional
from manchette.map.signs import MapPlace, country_names
from manchette.typeset.render import render
from manchette.typeset.words import WORDS

HERE = Path(__file__).parent / "map"
CASES = yaml.safe_load((HERE / "locators.yml").read_text(encoding="utf-8"))
MAPS = yaml.safe_load((HERE / "cases.yml").read_text(encoding="utf-8"))
CODES = {name: code for code, name in country_names().items() if code in atlas().countries}
TEXT = re.compile(r'<text class="([\w-]+)" x="(-?\d+)" y="(-?\d+)" font-size="([\d.]+)"[^>]*>(.*?)</text>')


def placed(name: str, lat: float, lon: float, precision: str, country: str, wikidata: str = "") -> MapPlace:
    return MapPlace(name, name, lat, lon, Precision(precision), country, "", wikidata)


def labels(svg: str) -> list[Label]:
    """The names that an SVG shows, each centred at its point."""
    found = []
    for css_class, x, y, size, inner in TEXT.findall(svg):
        lines = tuple(re.sub("<[^>]*>", "\n", inner).replace("\n\n", "\n").strip("\n").split("\n"))
        found.append(Label("", lines, css_class, float(x), float(y), "middle", float(size)))
    return found


def degrees(position: Vector) -> tuple[float, float]:
    return math.degrees(math.asin(max(-1.0, min(1.0, position[2])))), math.degrees(math.atan2(position[1], position[0]))


def spots(view: Regional, box: Box) -> list[tuple[float, float]]:
    """Positions all over a box, but for the px by which thinned lines may lie off the true ones."""
    box = box.grown(-1.5)
    return [
        degrees(view.back((box.left + (box.right - box.left) * i / 8, box.top + (box.bottom - box.top) * j / 2)))
        for i, j in itertools.product(range(9), range(3))
    ]


def has(code: str, lat: float, lon: float) -> bool:
    """Whether a country holds a position; no plane of degrees shows the ring about the Pole, one of bearings does."""
    if code != "AQ":
        return holds(code, lat, lon)
    x, y = polar(lat, lon)
    return lat < -60 and odd(x, y, [[polar(*degrees(p)) for p in atlas().points(r)] for r in atlas().countries["AQ"]])


def polar(lat: float, lon: float) -> tuple[float, float]:
    return (90 + lat) * math.cos(math.radians(lon)), (90 + lat) * math.sin(math.radians(lon))


def odd(x: float, y: float, rings: list[list[tuple[float, float]]]) -> bool:
    """Whether rings hold a point, by the even–odd rule."""
    sides = (side for ring in rings for side in itertools.pairwise([*ring, ring[0]]))
    return sum((b > y) != (d > y) and x > a + (y - b) / (d - b) * (c - a) for (a, b), (c, d) in sides) % 2 == 1


def on_its_ground(view: Regional, label: Label) -> bool:
    """By the shapes, not by the drawing: a sea's name lies on no land, a country's all on its own."""
    found = spots(view, label.box)
    if label.css_class == "mer-t":
        return not any(has(code, *spot) for spot in found for code in atlas().countries)
    return all(has(CODES[" ".join(label.lines)], *spot) for spot in found)


@pytest.mark.parametrize("case", CASES, ids=lambda case: "-".join(map(str, case["place"][:4:3])))
def test_locator(case: dict[str, Any]) -> None:
    place = placed(*case["place"])
    view, svg = crop(atlas(), place), locator(place)
    assert isinstance(view, Regional)
    sign = "ring" if 'class="zone"' in svg else "dot" if 'class="pt"' in svg else "shape" if "ici" in svg else "none"
    km = WIDTH / view.scale * EARTH
    assert {
        "place": case["place"],
        "km": round(km, -2) if km > 1500 else round(km, -1),
        "sign": sign,
        "names": [" ".join(label.lines) for label in labels(svg)],
    } == case
    assert 'class="fr"' in svg or 'class="terre" fill-rule="evenodd" d="M' in svg


def anywhere() -> list[MapPlace]:
    """Places all over the world, the same on every run."""
    dice = random.Random(14)
    known = sorted(country_names().keys() & atlas().countries.keys())
    found = []
    for number in range(60):
        precision = list(Precision)[number % len(Precision)]
        lat, lon = math.degrees(math.asin(dice.uniform(-1, 1))), dice.uniform(-180, 180)
        country = dice.choice(known)
        if precision != Precision.SEA and number % 2:  # on land, in its country
            lat, lon = degrees(dice.choice(atlas().mainland(country)[0]))
        name = country_names()[country] if precision == Precision.COUNTRY else f"mer {number}"
        found.append(MapPlace(f"p{number}", name, lat, lon, precision, country))
    return found


@pytest.mark.parametrize("place", anywhere(), ids=lambda place: f"{place.precision}-{place.country}-{place.id}")
def test_names_stand_on_their_own_ground(place: MapPlace) -> None:
    view, found = crop(atlas(), place), labels(locator(place))
    assert isinstance(view, Regional)
    assert len(found) <= 3
    boxes = [label.box for label in found]
    assert all(Box(0, 0, WIDTH, HEIGHT).holds(box) for box in boxes)
    assert not [pair for pair in itertools.combinations(boxes, 2) if pair[0].meets(pair[1])]
    assert [label.lines for label in found if not on_its_ground(view, label)] == []
    held = [dispute for dispute in DISPUTES if dispute.by_holder]
    countries = [label for label in found if label.css_class != "mer-t"]
    assert not [label for label in countries for at in spots(view, label.box) if any(d.has(*at) for d in held)]


@pytest.mark.parametrize("width", [980, 358])
@pytest.mark.parametrize("case", MAPS)
def test_names_of_a_map_stand_on_their_own_ground(case: str, width: int) -> None:
    """Names of countries and seas; one with a line stands at sea, or it is the country's only name."""
    drawing = draw([placed(*row) for row in MAPS[case]], width)
    wrong = []
    for frame, label in drawing.labels:
        view = drawing.views[frame]
        if isinstance(view, Regional) and label.css_class != "ville" and label.lines != ("Atlantide",):
            if label.leader is None:
                wrong += [] if on_its_ground(view, label) else [label.lines]
            elif [other.place for _, other in drawing.labels].count(label.place) > 1:
                land = [code for at in spots(view, label.box) for code in atlas().countries if has(code, *at)]
                wrong += [label.lines] if land else []
    assert wrong == []


@pytest.mark.parametrize(
    ("width", "named"), [(980, {"Russie", "Ukraine", "Corée du Nord"}), (358, {"Russie", "Corée du Nord"})]
)
def test_an_overview_names_the_countries_that_are_places(width: int, named: set[str]) -> None:
    """All of them where there is room; on a phone Ukraine, 37 px wide, has its name in the inset alone."""
    drawing = draw([placed(*row) for row in MAPS["article"]], width)
    assert {" ".join(label.lines) for frame, label in drawing.labels if frame == 0} >= named
    assert not drawing.unnamed


@pytest.mark.parametrize(
    ("disputes", "places"),
    [
        ("", [("Brest", 48.39, -4.49), ("Rennes", 48.11, -1.68), ("Quimper", 48.0, -4.1)]),
        ("", [("Paris", 48.86, 2.35)]),
        ("", [("Buenos Aires", -34.6, -58.4), ("Santiago", -33.45, -70.67)]),
        ("ukraine", [("Kherson", 46.64, 32.61), ("Odessa", 46.48, 30.72)]),
        ("ukraine", [("Sébastopol", 44.6, 33.5)]),
        ("kashmir", [("Srinagar", 34.08, 74.8)]),
        ("sahara", [("Laâyoune", 27.15, -13.2)]),
        ("golan palestine", [("Haïfa", 32.8, 35.0), ("Jéricho", 31.86, 35.46)]),
        ("kosovo", [("Pristina", 42.66, 21.16)]),
        ("essequibo", [("Georgetown", 6.8, -58.16)]),
    ],
)
@pytest.mark.parametrize("width", [980, 358])
def test_a_map_tells_the_disputed_borders_that_it_draws(disputes: str, places: list[Any], width: int) -> None:
    drawing = draw([placed(*place, "city", "") for place in places], width)
    assert set(disputes.split()) <= set(drawing.disputes)
    assert bool(disputes) == bool(drawing.disputes)


def test_the_caption_says_only_what_is_drawn() -> None:
    def caption(*disputes: str) -> str:
        view = MapView((DrawingView(980, "<svg></svg>", disputes),), (), vague=False)
        return re.sub("<[^>]*>", "", render("map.html.jinja", m=view).partition("<figcaption>")[2])

    assert "rontières" not in caption()
    assert "Frontières disputées : le Golan est dessiné avec la Syrie. Ces" in caption("golan").replace("\u00a0", " ")
    assert "Syrie ; le Kosovo" in caption("golan", "kosovo").replace("\u202f", " ")


def test_every_dispute_has_its_words() -> None:
    assert vars(WORDS.map.disputes).keys() == {dispute.name for dispute in DISPUTES if dispute.name}


@pytest.mark.parametrize(
    ("code", "lat", "lon"),
    [
        ("UA", 45.2, 34.2), ("UA", 48.0, 37.8), ("IN", 34.1, 74.8), ("PK", 35.9, 74.3), ("IN", 27.6, 91.9),
        ("EH", 24.5, -13.5), ("SY", 33.1, 35.75), ("PS", 32.0, 35.25), ("PS", 31.4, 34.38), ("XK", 42.6, 21.0),
        ("CY", 35.3, 33.4), ("GE", 43.0, 41.0), ("GE", 42.3, 44.0), ("EG", 22.3, 35.8), ("SD", 9.6, 28.4),
        ("GY", 6.0, -59.5),
    ],
)  # fmt: skip
def test_the_shapes_give_disputed_land_to_whom_the_caption_says(code: str, lat: float, lon: float) -> None:
    assert [other for other in atlas().countries if holds(other, lat, lon)] == [code]
    assert any(dispute.name and dispute.has(lat, lon) for dispute in DISPUTES)


@pytest.mark.parametrize(
    ("wikidata", "inside", "outside"),
    [
        ("Q3178", (51.73, 36.19), (50.6, 36.58)),  # oblast de Koursk: Koursk, not Belgorod
        ("Q12130", (48.11, -1.68), (47.22, -1.55)),  # Bretagne: Rennes, not Nantes
        ("Q3389", (48.0, -4.1), (48.11, -1.68)),  # Finistère: Quimper
        ("Q1439", (31.0, -99.0), (35.5, -98.0)),  # Texas
        ("Q7984", (66.3, -173.0), (66.0, -168.0)),  # Tchoukotka, beyond the 180th meridian
    ],
)
def test_regions(wikidata: str, inside: tuple[float, float], outside: tuple[float, float]) -> None:
    def within(lat: float, lon: float) -> bool:
        turned = ([degrees(p) for p in ring] for ring in region(wikidata))
        return odd(0, lat, [[(math.remainder(x - lon, 360), y) for y, x in ring] for ring in turned])

    assert within(*inside)
    assert not within(*outside)


def test_what_is_no_region_has_no_shape() -> None:
    assert not region("")
    assert not region("source")
    assert not region("Q1")


def test_a_place_is_drawn_once() -> None:
    place = placed("Wonsan", 39.1475, 127.4461, "city", "KP")
    before = locator(place)
    drawn = locator.cache_info().misses
    assert locator(placed("Wonsan", 39.1475, 127.4461, "city", "KP")) is before
    assert locator.cache_info().misses == drawn


def test_weight() -> None:
    """What the small maps of the article's eight places add to its page."""
    places = [placed(*row) for row in MAPS["article"]]
    drawn = "".join(map(locator, places)) + thumbnail(tuple(places))
    assert len(gzip.compress(drawn.encode(), 9)) <= 6500
    assert max(len(locator(placed(*case["place"]))) for case in CASES) <= 5000


def test_type_is_read_at_the_width_of_a_phone() -> None:
    """A card is 280 px wide on the narrowest phone."""
    sizes = {label.size for case in CASES for label in labels(locator(placed(*case["place"])))}
    assert min(sizes) * 280 / WIDTH >= 9
    assert measure(("Corée du Nord",), 12, "etat")[0] < WIDTH / 3
