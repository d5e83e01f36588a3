"""What the data says against itself: a date against its quote, a place against its country, a role after a death.

The cases of lives and seasons are whole projects, in `check/contradictions.yml`.
"""

from datetime import date
from pathlib import Path

import pytest

from manchette.format.edtf import When
from manchette.format.kinds import Event, Location
from manchette.load.record import Node, Record, Written
from manchette.map import borders
from manchette.problems import Place, Problem
from manchette.site import dating
from manchette.site.open import open_site
from tests.test_check import GROUND

DATA = Path(__file__).parent / "contradictions"
NOWHERE = Written(Place("essai.yml"), Node("essai.yml", 1, 1)).where()


def rows(name: str) -> list[list[str]]:
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()
    return [line.split(" | ") for line in lines if line and not line.startswith("#")]


def told(when: str, quote: str) -> list[Problem]:
    event = Event.model_validate({"when": when, "title": "Un titre", "quote": quote})
    return list(dating.contradictions(Record("essai", event, NOWHERE)))


@pytest.mark.parametrize(("when", "quote", "right"), rows("told.txt"))
def test_a_date_that_its_quote_contradicts_is_told(when: str, quote: str, right: str) -> None:
    (problem,) = told(when, quote)
    if right.startswith("jour : "):
        assert f"est un {right.removeprefix('jour : ')}," in problem.message
    else:
        assert f"écrivez « when: {right} »" in problem.suggestion
        assert When.parse(right)
        assert told(right, quote) == []  # who obeys is told no more


@pytest.mark.parametrize(("when", "quote"), rows("silent.txt"))
def test_a_date_that_its_quote_allows_is_not(when: str, quote: str) -> None:
    assert told(when, quote) == []


@pytest.mark.parametrize(("place", "says"), rows("places.txt"))
def test_a_place_against_its_country(place: str, says: str) -> None:
    name, latitude, longitude, country, precision = place.split()
    written = {
        "name": name,
        "description": "Un lieu.",
        "coordinates": {"lat": latitude, "lon": longitude},
        "country": country,
        "precision": precision,
    }
    found = list(borders.misplaced([Record("essai", Location.model_validate(written), NOWHERE)]))
    assert [problem.suggestion for problem in found] == ([] if says == "—" else [says])


@pytest.mark.parametrize(("day", "future"), [("2026-11-27", True), ("2026-11-28", False), ("2026-11-30", False)])
def test_the_future_begins_after_today(tmp_path: Path, day: str, future: bool) -> None:
    person = "lavrov: {name: Lavrov, description: Un ministre., born: 2026-11-29}\n"
    for path, text in {**GROUND, "annotations/people.yml": person}.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    found = open_site(tmp_path, date.fromisoformat(day)).problems
    assert [problem.code for problem in found if problem.code == "impossible-date"] == ["impossible-date"] * future
