"""Maps: the mathematics, whose land is whose, where the names stand.

`tests/map/layout.txt` holds where every name stands in the cases of `cases.yml`. After a change that is meant, look at
the maps, then write it anew: `python tests/test_map.py`.
"""

from __future__ import annotations

import itertools
import math
import re
from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from manchette.format.kinds.place import Precision
from manchette.map.area import Area, enters
from manchette.map.atlas import Vector, angle, atlas, vector
from manchette.map.draw import Drawing, draw
from manchette.map.locator import thumbnail
from manchette.map.outline import Box, centre, cut_rings, path, surface, thin
from manchette.map.projection import Worldwide, fit
from manchette.map.regional import Regional
from manchette.map.signs import MapPlace

HERE = Path(__file__).parent / "map"
WIDTHS = (980, 358)
SHAPES = Path(__file__).parent.parent / "src/manchette/map/shapes/world.json"


def slug(name: str) -> str:
    return re.sub(r"\W+", "-", name.lower())


CASES = {
    case: [MapPlace(slug(n), n, lat, lon, Precision(p), c, f"#lieu--{slug(n)}", *q) for n, lat, lon, p, c, *q in rows]
    for case, rows in yaml.safe_load((HERE / "cases.yml").read_text(encoding="utf-8")).items()
}
Drawings = dict[tuple[str, int], Drawing]


@pytest.fixture(scope="module")
def drawings() -> Drawings:
    return {(case, width): draw(places, width) for case, places in CASES.items() for width in WIDTHS}


def layout(drawings: Drawings) -> str:
    lines = []
    for (case, width), drawing in drawings.items():
        lines.append(f"{case}, {width} × {drawing.height}")
        lines += [f"  frame {' '.join(f'{v:g}' for v in frame)}" for frame in drawing.frames]
        lines += [
            f"  {frame} {label.css_class} {' / '.join(label.lines)} {label.x:.0f} {label.y:.0f} {label.anchor}"
            + (" led" if label.leader else "")
            for frame, label in drawing.labels
        ]
        lines += [f"  without a name: {place}" for place in drawing.unnamed]
    return "\n".join(lines) + "\n"


def test_layout(drawings: Drawings) -> None:
    assert layout(drawings).splitlines() == (HERE / "layout.txt").read_text(encoding="utf-8").splitlines()


def tidy(drawing: Drawing) -> None:
    """No name covers another, and everything stands within its frame."""
    for number, (_, _, width, height) in enumerate(drawing.frames):
        boxes = [label.box for frame, label in drawing.labels if frame == number]
        for box in boxes:
            assert box.left >= 0
            assert box.top >= 0
            assert box.right <= width
            assert box.bottom <= height
        assert not [pair for pair in itertools.combinations(boxes, 2) if pair[0].meets(pair[1])]
    for left, top, width, height in drawing.frames:
        assert left >= 0
        assert top >= 0
        assert left + width <= drawing.width
        assert top + height <= drawing.height
    for frame, svg in zip(drawing.frames, drawing.svg.split("<svg x=")[1:], strict=True):
        for x, y in re.findall(r'<circle class="pt" cx="([-\d.]+)" cy="([-\d.]+)"', svg):
            assert -5 <= float(x) <= frame[2] + 5
            assert -5 <= float(y) <= frame[3] + 5


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("case", CASES)
def test_cases_are_tidy(drawings: Drawings, case: str, width: int) -> None:
    tidy(drawings[case, width])


PLACES = st.builds(
    MapPlace,
    id=st.uuids().map(str),
    name=st.text("abcdefghijklmnopqrstuvwxyzéÀŒ -’", min_size=1, max_size=24),
    lat=st.floats(-90, 90),
    lon=st.floats(-180, 180),
    precision=st.sampled_from(Precision),
    country=st.sampled_from(["FR", "RU", "FJ", "MC", "AQ", "US", "ZZ", ""]),
)


@given(st.lists(PLACES, min_size=1, max_size=9, unique_by=lambda place: place.id), st.sampled_from(WIDTHS))
@settings(max_examples=12, deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate])
def test_any_places_are_tidy(places: list[MapPlace], width: int) -> None:
    drawing = draw(places, width)
    tidy(drawing)
    assert drawing == draw(places, width)


def test_every_name_has_its_place(drawings: Drawings) -> None:
    """On a wide map all forty; on a phone all but a few, which the list has."""
    assert not [key for key, drawing in drawings.items() if drawing.unnamed and key[1] == 980]
    assert sum(len(drawing.unnamed) for drawing in drawings.values()) <= 2


def test_no_place_is_no_map() -> None:
    with pytest.raises(ValueError, match="place"):
        draw([], 980)
    assert thumbnail(()) == ""


def test_precision_is_honoured(drawings: Drawings) -> None:
    overview = drawings["article", 980].svg.split("<svg x=")[1]

    def of(place: str) -> str:
        found = re.search(rf'<a href="#lieu--{place}"[^>]*>(.*?)</a>', overview)
        assert found
        return found[1]

    assert 'class="pt"' in of("moscou")
    assert '<path class="ici"' in of("oblast-de-koursk")
    assert 'class="zone"' in draw([MapPlace("d", "Donbass", 48, 38, Precision.REGION, "UA")], 980).svg
    assert "circle" not in of("russie")
    assert "circle" not in of("mer-du-japon")
    assert 'class="mer-t"' in of("mer-du-japon")
    assert overview.count('class="pays"') == 3


def test_hostile_names_are_text() -> None:
    place = MapPlace("x", "<script>&", 10, 10, Precision.CITY, "", '"><script>')
    assert "<script" not in draw([place], 980).svg


def held(country: str, latitude: float, longitude: float) -> bool:
    """Whether a country's shape holds a place."""
    world = atlas()
    view = Regional(world, vector(latitude, longitude), 8000, (400, 300))
    rings = view.rings(world.countries[country])
    return Area(rings).has((200, 150.01))


def test_borders_are_those_the_united_nations_recognise() -> None:
    assert held("UA", 45.3, 34.2)
    assert not held("RU", 45.3, 34.2)
    assert held("SY", 33.1, 35.75)  # the Golan, as far as the Jordan
    assert held("IL", 33.2, 35.57)
    assert held("EH", 24.5, -13.5)  # on either side of the berm
    assert held("EH", 26, -9.5)
    assert held("MA", 27.9, -12.8)
    assert held("CY", 35.3, 33.4)
    assert held("SO", 9.6, 44.1)
    isthmus = vector(46.1, 33.7)
    frontiers = [p for i in atlas().frontiers for p in atlas().arcs[i].fine]
    assert min(angle(isthmus, p) for p in frontiers) * 6371 > 150  # km


def test_a_country_goes_on_beyond_the_180th_meridian() -> None:
    assert held("RU", 67, -175)
    assert held("RU", 67, 179)
    assert held("FJ", -16.9, 179.95)
    assert held("FJ", -16.9, -179.95)


@pytest.mark.parametrize(("latitude", "longitude", "dry"), [(-30, -100, False), (-35, -65, True), (-20, -140, False)])
def test_the_antipode_of_land_is_not_turned_inside_out(latitude: float, longitude: float, dry: bool) -> None:
    """The antipodes of these places lie in Asia, whose ring the plane shows inside out."""
    world = atlas()
    view = Regional(world, vector(latitude, longitude), 300, (900, 500))
    assert Area(view.rings(world.land)).has((450, 250.01)) is dry


@given(st.floats(-90, 90), st.floats(-180, 180), st.floats(150, 6000))
@settings(max_examples=25, deadline=None)
def test_what_is_rejected_by_its_cap_would_not_show(latitude: float, longitude: float, scale: float) -> None:
    world = atlas()
    all_of_it = replace(world)
    vars(all_of_it)["ring_caps"] = dict.fromkeys(world.ring_caps, (1.0, 0.0, 0.0, -1.0, 0.0))  # the whole sphere
    views = [Regional(each, vector(latitude, longitude), scale, (300, 132)) for each in (world, all_of_it)]
    for rings in (world.land, *(world.countries[code] for code in ("AQ", "CA", "FJ", "FR", "RU"))):
        drawn, looked_at = (view.rings(rings) for view in views)
        assert drawn == looked_at
    assert views[0].land() == views[0].rings(world.land)


@given(st.floats(-90, 90), st.floats(-180, 180), st.floats(80, 6000))
@settings(max_examples=25, deadline=None)
def test_what_is_left_out_as_a_speck_would_not_show(latitude: float, longitude: float, scale: float) -> None:
    centre = vector(latitude, longitude)
    regional = [Regional(atlas(), centre, scale, (300, 132)) for _ in range(2)]
    vars(regional[1])["_seen"] = regional[1]._sight
    worldwide = [Worldwide(atlas(), math.radians(longitude), scale, (-1.0, 1.4)) for _ in range(2)]
    vars(worldwide[1])["_specks"] = set()
    for views in (regional, worldwide):
        few, all_of_them = (cut_rings(view.land(), Box(0, 0, view.width, view.height)) for view in views)
        assert few == all_of_them


def corners(box: tuple[float, float, float, float]) -> Box:
    return Box(box[0], box[1], box[0] + box[2], box[1] + box[3])


SPOTS, LENGTHS = st.floats(-90, 90), st.floats(0.5, 60)
BOXES = st.builds(corners, st.tuples(SPOTS, SPOTS, LENGTHS, LENGTHS))


@given(st.lists(st.tuples(SPOTS, SPOTS), min_size=3, max_size=9), BOXES, st.booleans())
def test_an_area_meets_each_box_that_a_side_enters(ring: list[tuple[float, float]], box: Box, small: bool) -> None:
    area = Area([ring])
    vars(area)["_is_small"] = small
    entered = any(enters(a, b, box) for a, b in itertools.pairwise([ring[-1], *ring]))
    assert area.meets(box) == (entered or area.has(box.middle))
    assert area.holds(box) == (not entered and area.has(box.middle))


@given(st.lists(st.tuples(SPOTS, SPOTS), min_size=3, max_size=9), st.floats(1, 20), st.floats(1, 20))
def test_rooms_fit_and_the_nearest_come_first(ring: list[tuple[float, float]], width: float, height: float) -> None:
    area = Area([ring])
    rooms = list(area.rooms(width, height))
    assert all(area.holds(Box(x - width / 2, y - height / 2, x + width / 2, y + height / 2)) for x, y in rooms)
    if rooms:
        away = [math.dist(room, centre(ring)) for room in rooms]
        assert away == sorted(away)


def test_rooms_are_the_same_for_all_who_ask() -> None:
    area = Area([[(0, 0), (90, 10), (80, 70), (5, 60)]])
    first, second = area.rooms(20, 10), area.rooms(20, 10)
    found = [next(first), next(second), *itertools.islice(first, 3)]
    assert found[0] == found[1]
    assert (
        [found[0], *found[2:]]
        == list(itertools.islice(area.rooms(20, 10), 4))
        == [found[1], *itertools.islice(second, 3)]
    )
    assert not list(area.rooms(91, 10))


def test_a_map_is_the_same_after_others(drawings: Drawings) -> None:
    """What the maps of the world share is not changed by any of them."""
    case = CASES["forty"]
    assert [draw(case, width).svg for width in WIDTHS] == [drawings["forty", width].svg for width in WIDTHS]


def test_lambert_is_true_to_areas_and_can_be_undone() -> None:
    view = Regional(atlas(), vector(47, 2), 1000, (900, 500))
    for latitude, longitude in [(47, 2), (60, 30), (10, -40), (-20, 20)]:
        corners = [(latitude + a, longitude + b) for a, b in ((0, 0), (0, 1), (1, 1), (1, 0))]
        flat = [view.point(vector(*corner)) for corner in corners]
        true = math.radians(1) * (math.sin(math.radians(latitude + 1)) - math.sin(math.radians(latitude)))
        assert abs(surface(flat)) == pytest.approx(true * 1000**2, rel=1e-3)
        assert angle(view.back(flat[0]), vector(latitude, longitude)) < 1e-9


def test_equal_earth() -> None:
    """Against the values of the PROJ library for a sphere of radius 1: x at (180° E, 0°), y at the pole."""
    view = Worldwide(atlas(), 0.0, 2 * 2.7066299836, (-math.pi / 2, math.pi / 2))
    assert view.point(vector(0, 179.9999999))[0] == pytest.approx(2 * 2.7066299836, abs=1e-6)
    assert view.point(vector(-90, 0))[1] == pytest.approx(2 * 1.3173627592, abs=1e-6)


@pytest.mark.parametrize("meridian", [11, -80, 100, 180])
def test_the_world_may_be_cut_anywhere(meridian: float) -> None:
    """Land stays land and sea sea, whichever continent the map's edge cuts."""
    view = Worldwide(atlas(), math.radians(meridian), 1000, (-math.pi / 2, math.pi / 2))
    land = Area(view.rings(atlas().land))
    ground = {(20, 10): True, (60, 100): True, (40, -100): True, (-25, 135): True, (-85, 50): True, (66, -175): True}
    ground |= {(1, -140): False, (0, 80): False, (40, -40): False, (50, -170): False, (-55, 100): False}
    for (latitude, longitude), dry in ground.items():
        x, y = view.point(vector(latitude, longitude))
        assert land.has((x, y + 0.001)) is dry, (latitude, longitude)


@given(st.lists(st.tuples(st.floats(-85, 85), st.floats(-180, 180)), min_size=1, max_size=6))
@settings(max_examples=60, deadline=None)
def test_all_that_is_asked_for_shows(places: list[tuple[float, float]]) -> None:
    positions: list[Vector] = [vector(*place) for place in places]
    view = fit(atlas(), positions, 600, (200, 400), (30, 20), span=500)
    for x, y in map(view.point, positions):
        assert 0 <= x <= view.width
        assert 0 <= y <= view.height


def test_thinning_keeps_what_stands_out() -> None:
    assert thin([(0, 0), (1, 0.2), (2, -0.2), (3, 5), (4, 0)], 0.5) == [0, 2, 3, 4]
    assert path([[(0, 0), (4.2, 0), (4, 3.6), (0, 0)]], closed=True) == "M0 0l4 0 0 4z"


def test_weight(drawings: Drawings) -> None:
    assert SHAPES.stat().st_size <= 400_000
    assert sum(len(drawings["article", width].svg) for width in WIDTHS) <= 60_000
    assert sum(len(drawings["forty", width].svg) for width in WIDTHS) <= 75_000


if __name__ == "__main__":
    (HERE / "layout.txt").write_text(
        layout({(c, w): draw(p, w) for c, p in CASES.items() for w in WIDTHS}), encoding="utf-8", newline="\n"
    )
