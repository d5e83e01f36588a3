"""What the doors are given: strips to scale whose labels keep apart, dates for a calendar, a library of any size."""

from __future__ import annotations

import datetime
import gzip
import re
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from manchette.doors.calendar import calendar, entries
from manchette.doors.corrections import changes, checked, corrections
from manchette.doors.home import library, newest
from manchette.doors.lanes import Item, wide
from manchette.doors.map import place_map
from manchette.doors.periods import periods
from manchette.doors.register import entry_view, register
from manchette.doors.strip import AxisView, StripView, own_weeks, strips
from manchette.doors.timeline import rows_of, timeline
from manchette.engine import Links
from manchette.format.edtf import When
from manchette.format.kinds import ENTITY_KINDS
from manchette.page.parts import bare
from manchette.site.open import open_site
from manchette.site.site import Site
from manchette.typeset.render import render
from tests.conftest import MKDOCS, environment
from tests.projects import ESTUAIRE
from tests.synthetic.generate import generate

VIEWS = Path(__file__).parent / "views"
CASES, WEEKS, BARS = (
    yaml.load((VIEWS / f"{name}.yml").read_text(encoding="utf-8"), yaml.BaseLoader)
    for name in ("strips", "weeks", "periods")
)
KINDS = [kind.name for kind in ENTITY_KINDS]


def items(dates: list[str], label: str = "Ce qui s’est passé, numéro {}") -> list[Item]:
    return [
        Item(
            when=When.parse(text),
            shape="within" if len(text) < 10 else "interval" if "/" in text else "exact",
            said=n % 2 == 0,
            doubt=False,
            title=label.format(n),
            label=label.format(n),
            words=text,
            href=str(n),
            clock=None,
        )
        for n, text in enumerate(dates)
    ]


def spaced(words: str) -> str:
    return words.replace("\u202f", " ").replace("\u00a0", " ")


def tidy(strip: StripView) -> None:
    """Every event is in the overview; in the inset each has its name; in both all keep apart, within the drawing."""
    axes = [strip.overview, *([strip.inset.axis] if strip.inset else [])]
    for axis in axes:
        apart(axis, strip.medium.width)
    if strip.inset:
        within, outside = strip.inset.axis.signs, (strip.inset.left, strip.inset.right)
        assert all(sign.label or wide(sign.item.label) > strip.medium.width for sign in within)
        assert {sign.item.href for sign in within} <= {sign.item.href for sign in strip.overview.signs}
        assert not [s for s in strip.overview.signs if s.label and s.named[1] > outside[0] and s.named[0] < outside[1]]
        first, last = strip.inset.axis.stretches[0].first, strip.inset.axis.stretches[0].last
        began = {s.item.href for s in strip.overview.signs if first <= s.item.when.first <= last}
        assert began <= {sign.item.href for sign in within}
        assert strip.height == strip.inset.axis.bottom > strip.inset.axis.top > strip.overview.bottom


def apart(axis: AxisView, width: float) -> None:
    lanes: dict[float, list[tuple[float, float]]] = {}
    for sign in axis.signs:
        left, right = sign.span
        assert 0 <= left < right <= width
        assert axis.top <= sign.y <= axis.bottom
        lanes.setdefault(sign.y, []).append((left, right))
    for lane in lanes.values():
        lane.sort()
        assert all(a[1] <= b[0] for a, b in pairwise(lane))
    for stretch, following in pairwise(axis.stretches):
        assert stretch.right < following.left
    rates = {round((s.right - s.left) / (s.last - s.first), 6) for s in axis.stretches if s.last > s.first}
    assert len(rates) <= 1  # one scale for all that is drawn
    assert all(a.x + 6 * len(a.label) <= b.x for a, b in pairwise(axis.lower))


@pytest.mark.parametrize("case", CASES, ids=lambda case: " ".join(case["when"])[:80])
def test_strips(case: dict[str, Any]) -> None:
    drawn = strips(items(case["when"]))
    if case["breaks"] == "null":
        assert drawn == ()
        return
    for strip in drawn:
        tidy(strip)
    last = drawn[-1].overview
    assert [spaced(each.words) for each in last.breaks] == case["breaks"]
    if case["years"] != "null":
        assert [spaced(tick.label) for tick in last.lower] == case["years"]


@given(st.lists(st.dates(datetime.date(1000, 1, 1), datetime.date(2999, 12, 31)).map(str), max_size=60))
def test_strips_are_tidy(dates: list[str]) -> None:
    for strip in strips(items(dates)):
        tidy(strip)


@given(
    st.lists(st.dates(datetime.date(1900, 1, 1), datetime.date(2030, 12, 31)).map(str), max_size=12),
    st.lists(st.dates(datetime.date(2025, 6, 1), datetime.date(2025, 7, 31)).map(str), min_size=6, max_size=40),
    st.integers(1, 90),
)
def test_strips_with_an_inset_are_tidy(before: list[str], own: list[str], length: int) -> None:
    for strip in strips(items([*before, *own], "M" * length + " {}"), [When.parse("2025-07")]):
        tidy(strip)


@pytest.mark.parametrize("case", WEEKS, ids=lambda case: case["is"])
def test_the_weeks_of_an_article(case: dict[str, Any]) -> None:
    published = [When.parse(case["published"])] if "published" in case else []
    found = own_weeks([When.parse(text) for text in case["said"]], published, float(case["longest"]))
    days = [str(datetime.date.fromordinal(int(day))) for day in found] if found else "none"
    assert days == case["weeks"]


@pytest.mark.parametrize("case", BARS, ids=lambda case: case["is"])
def test_a_bar_of_years(case: dict[str, Any]) -> None:
    rows = [(When.parse(text.split()[0]), text.partition(" ")[2] or None, text) for text in case["rows"]]
    found = [[spaced(each.words), str(each.count), each.first, each.clock or ""] for each in periods(rows)]
    assert found == case["bar"]


def test_the_events_of_a_date_are_together_the_articles_first() -> None:
    site = open_site(ESTUAIRE)
    view = timeline(site, rows_of([*site.articles.values()]), Links("articles/esturgeon/chronologie.md"), False)
    words = [day.when.words for day in view.days]
    assert len(words) == len(set(words))
    for day in view.days:
        assert any(day.sides)
        for said, side in zip((True, False), day.sides, strict=True):
            assert all(row.event.said == said and row.event.when == day.when for row in side)
    both = next(day for day in view.days if day.when.datetime == "2022-08-20")
    assert [len(side) for side in both.sides] == [2, 1]
    appears = [row.event for day in view.days for row in day.sides[1] if row.event.anchor == "parution"]
    assert [each.when.words for each in appears] == ["[août 2022]"]
    assert view.total == len(site.articles["esturgeon"].events)


def test_a_calendar_holds_whole_days() -> None:
    site = open_site(ESTUAIRE)
    for article in site.articles.values():
        read = Calendar.from_ical(calendar("", [entries(article, article.events.values())]))
        shown = {str(entry["uid"]).split("@")[0]: entry for entry in read.walk("vevent")}
        for key, record in article.events.items():
            when = record.entry.when
            if when.earliest and when.latest:
                assert shown[key].decoded("dtstart") == when.earliest
                assert shown[key].decoded("dtend") == when.latest + datetime.timedelta(days=1)
            else:
                assert key not in shown
        assert shown["debut-du-plan"]["summary"] == "printemps 2020 : Le plan Sturio commence"


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Site:
    folder = tmp_path_factory.mktemp("library") / "project"
    generate(folder, articles=12, entities=110)
    return open_site(folder)


def test_a_register_of_many(many: Site) -> None:
    view = register(many, list(many.articles.values()), KINDS, Links("registre.md"), True)
    people = view.sections[0]
    assert len(people.entries) == 44
    names = [entry.record.entry.name for entry in people.entries]
    assert names == sorted(names, key=bare)
    assert [each.letter for each in people.letters] == sorted({bare(name)[0].upper() for name in names})
    assert {letter.anchor for letter in people.letters} <= {entry.anchor for entry in people.entries}
    assert view.sections[1].letters == ()
    for section in view.sections:
        for each in section.entries:
            named = [a for a in many.articles.values() if tuple(each.anchor.split("--")) in a.passages]
            entry = entry_view(many, each, named, len(named), None, Links("registre.md"), True)
            assert len(entry.concordances) + len(entry.more) == len(named)
            assert len(entry.concordances) == (len(named) if len(named) <= 3 else 1)
            for shown in entry.concordances:
                assert [cell.part.number for cell in shown.cells] == [12 * (c.row - 1) + c.column for c in shown.cells]
                assert sum(cell.count for cell in shown.cells) == shown.total


def test_pages_of_many_articles(many: Site) -> None:
    articles = list(many.articles.values())
    shelf = library(many, newest(many), Links("index.md"))
    assert shelf.short
    assert [card.title.split(",")[0] for card in shelf.cards[:2]] == ["Article 11", "Article 10"]
    log = corrections(changes(articles), Links("corrections.md"), True)
    last = checked([open_site(ESTUAIRE).articles["esturgeon"]])
    assert last
    assert "Aucune correction pour le moment. Dernier verdict relu le" in " ".join(
        re.sub(r"<.*?>", "", render("corrections.html.jinja", rows=(), checked=last)).split()
    )
    days = [row.date.datetime or "" for row in log]
    assert days == sorted(days, reverse=True)
    assert len(log) == 24
    assert {row.article.text for row in log if row.article} == {article.front.title for article in articles}
    rows = timeline(many, rows_of(articles), Links("chronologie.md"), True)
    anchors = [row.event.anchor for day in rows.days for side in day.sides for row in side]
    assert len(anchors) == len(set(anchors)) == 12 * 16 + 12  # each article appears, too
    assert rows.total == 12 * 16
    for strip in rows.strips:
        tidy(strip)
    assert len(place_map(many, articles, Links("carte.md")).places) > 20
    few = open_site(ESTUAIRE)
    assert not library(few, newest(few), Links("index.md")).short


@pytest.mark.full
def test_a_library_of_fifty_articles_builds_and_stays_light(tmp_path: Path) -> None:
    generate(tmp_path / "project")
    command = [*MKDOCS, "build", "--site-dir", str(tmp_path / "site")]
    with (tmp_path / "said").open("w+") as said:
        # By a process of its own: one is said to have used, before it began, what whoever began it had.
        watched = "import resource, subprocess, sys; subprocess.run(sys.argv[1:], check=True)"
        told = f"{watched}; print('\\nkB', resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
        between = [sys.executable, "-c", told, *command]
        done = subprocess.run(
            between, cwd=tmp_path / "project", env=environment(CI="true"), stdout=said, stderr=said, check=False
        )
        said.seek(0)
        *printed, kilobytes_held = said.read().split()
        assert done.returncode == 0, printed
    assert int(kilobytes_held) < 400_000  # 170,000 when written
    budgets = {"": 10, "registre/": 20, "articles/article-010/": 30, "articles/article-010/chronologie/": 20}
    for page, kilobytes in budgets.items():
        html = (tmp_path / "site" / page / "index.html").read_bytes()
        assert len(gzip.compress(html, 6)) < 1000 * kilobytes, page
    assert len(gzip.compress((tmp_path / "site/search/search_index.json").read_bytes(), 6)) < 250_000
