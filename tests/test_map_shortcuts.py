"""What maps leave out to be quick changes nothing that shows, and what they keep is taken for nothing else."""

from __future__ import annotations

import itertools
import math
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from manchette.doors.map import WIDTHS, _drawing
from manchette.format.kinds.place import Precision
from manchette.map import projection
from manchette.map.atlas import Arc, atlas, vector
from manchette.map.backdrop import BLEED
from manchette.map.locator import locator, thumbnail
from manchette.map.outline import Box, cut_lines, cut_rings, path, thin
from manchette.map.projection import Worldwide
from manchette.map.regional import Regional
from manchette.map.signs import MapPlace

GLOBE = projection._globe
SPOTS = st.floats(-90, 90)


class Thorough(Regional):
    """Projects of every arc all of its points, wherever it lies."""

    def _is_beside(self, arc: Arc) -> bool:
        return False

    def _spread(self, arc: Arc, ahead: float) -> float:
        return math.inf


@given(st.floats(-90, 90), st.floats(-180, 180), st.floats(150, 6000), st.sampled_from([(300, 132), (980, 282)]))
@settings(max_examples=15, deadline=None)
def test_what_lies_beside_a_frame_does_not_change_what_shows(
    latitude: float, longitude: float, scale: float, size: tuple[float, float]
) -> None:
    world = atlas()
    views = [kind(world, vector(latitude, longitude), scale, size) for kind in (Regional, Thorough)]
    around = Box(0, 0, *size).grown(BLEED)
    for rings in (world.land, *(world.countries[code] for code in ("AQ", "CA", "FJ", "FR", "RU"))):
        short, whole = (path(cut_rings(view.rings(rings), around), closed=True) for view in views)
        assert short == whole
    short, whole = (path(cut_lines(view.lines(world.frontiers), around), closed=False) for view in views)
    assert short == whole


@pytest.mark.parametrize("width", [300, *WIDTHS])
def test_specks_of_the_world_are_what_thinning_leaves(width: float, monkeypatch: pytest.MonkeyPatch) -> None:
    def drawn() -> list[list[tuple[float, float]]]:
        view = Worldwide(atlas(), 0.2, width, (-1.0, 1.3))
        return view.rings(atlas().land) + view.lines(atlas().frontiers)

    short = drawn()
    monkeypatch.setattr(projection, "_globe", lambda world: [(points, math.inf) for points, _ in GLOBE(world)])
    assert short == drawn()


def test_nothing_that_is_kept_is_taken_for_another() -> None:
    """An id says nothing: what a place is may have been corrected since it was drawn, or be another article's."""
    here = MapPlace("x", "Ville", 48.0, 2.0, Precision.CITY, "FR", "#x")
    others = [
        replace(here, lat=20.0), replace(here, lon=30.0), replace(here, name="Cité"), replace(here, country="BE"),
        replace(here, precision=Precision.COUNTRY), replace(here, precision=Precision.REGION, wikidata="Q3178"),
    ]  # fmt: skip
    assert len({locator(place) for place in (here, replace(here, lat=20.0), replace(here, lon=30.0))}) == 3
    for draw_all in (lambda *places: _drawing(places, 980), lambda *places: _drawing(places, 358)):
        drawn = {draw_all(place).svg for place in (here, *others, replace(here, href="#y"))}
        assert len(drawn) == len(others) + 2
        assert draw_all(here) == draw_all(replace(here)) != draw_all(here, others[0])
    assert _drawing((here,), 980) != _drawing((here,), 358)
    assert thumbnail((here,)) != thumbnail((replace(here, lat=20.0),)) != thumbnail((here, others[0]))


@given(st.lists(st.tuples(SPOTS, SPOTS), min_size=1, max_size=30), st.floats(0.1, 40))
def test_nothing_that_thinning_leaves_out_is_far(points: list[tuple[float, float]], tolerance: float) -> None:
    kept = thin(points, tolerance)
    assert kept == sorted({*kept, 0, len(points) - 1})
    for first, last in itertools.pairwise(kept):
        for point in points[first:last]:
            assert _from_line(point, points[first], points[last]) <= tolerance + 1e-6


def _from_line(point: tuple[float, float], a: tuple[float, float], b: tuple[float, float]) -> float:
    length = math.dist(a, b) ** 2
    along = (point[0] - a[0]) * (b[0] - a[0]) + (point[1] - a[1]) * (b[1] - a[1])
    t = min(1.0, max(0.0, along / length)) if length else 0.0
    return math.dist(point, (a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1])))
