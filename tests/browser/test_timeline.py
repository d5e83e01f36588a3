"""The timeline as it is drawn: names that are whole and keep apart, an inset that leaves none out, a bar of years."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from playwright.sync_api import expect

from manchette.doors.lanes import Item
from manchette.doors.strip import strips
from manchette.doors.timeline import TimelineView
from manchette.format.edtf import When
from manchette.typeset.render import render
from tests.browser.reader import DOORS, Visit, box

DOOR = DOORS[0]
CASES = yaml.load((Path(__file__).parent.parent / "views" / "drawn.yml").read_text(encoding="utf-8"), yaml.BaseLoader)

# What is wrong with the strip that is shown: what is cut, what leaves the drawing, what of the inset goes without a
# name, which label another label or a sign covers.
FAULTS = """() => {
    const shown = [...document.querySelectorAll(".mch-strip")].filter(svg => getComputedStyle(svg).display != "none");
    if (shown.length != 1) return [`${shown.length} strips`];
    const [svg] = shown, view = svg.viewBox.baseVal, found = [];
    const seen = [...svg.querySelectorAll("text, a > :not(title)")].filter(one => one.getClientRects().length);
    for (const one of seen) {
        const name = one.textContent || one.parentNode.textContent, at = one.getBBox();
        if (/…/.test(one.textContent)) found.push(`cut: ${name}`);
        if (at.x < -.5 || at.y < -.5 || at.x + at.width > view.width + .5 || at.y + at.height > view.height + .5)
            found.push(`outside: ${name}`);
    }
    for (const one of svg.querySelectorAll(".mch-inset a"))
        if (!one.querySelector("text")) found.push(`nameless: ${one.textContent}`);
    const boxes = seen.filter(one => one.matches("text, circle")).map(one => [one, one.getBBox()]);
    const meet = (a, b, from, size, by) => a[from] + by < b[from] + b[size] && b[from] + by < a[from] + a[size];
    boxes.forEach(([one, a], i) => boxes.slice(i + 1).forEach(([other, b]) => {
        if ((one.matches("text") || other.matches("text"))
            && meet(a, b, "x", "width", .5) && meet(a, b, "y", "height", 3.5))
            found.push(`${one.textContent || "o"} / ${other.textContent || "o"}: ${one.parentNode.textContent}`);
    }));
    return found;
}"""


@pytest.mark.parametrize("width", [720, 820, 1219, 1220, 1440, 1920])
def test_the_strip_names_its_events(visit: Visit, width: int) -> None:
    page = visit(DOOR, width)
    assert page.evaluate(FAULTS) == []
    inset = page.locator(".mch-strip:visible .mch-inset")
    assert inset.locator("a").count() > 10  # what the article tells of its own weeks, and their context
    assert inset.locator("text", has_text="du 5 juillet au 3 septembre 2022").count() == 1
    page.locator("#clock-known").check(force=True)
    assert page.evaluate(FAULTS) == []


def drawing(case: dict[str, Any]) -> str:
    """A timeline's page with nothing but its strips, of events of the article and of its context in turn."""
    items = [
        Item(
            when=(when := When.parse(text)),
            shape="interval" if when.start and when.end and when.is_interval else "exact" if when.day else "since"
            if when.start and when.is_interval else "until" if when.end and when.is_interval else "within",
            said=n % 2 == 0,
            doubt=when.uncertain,
            title=f"{case['label']} {n}",
            label=f"{case['label']} {n}",
            words=text,
            href="",
            clock=None,
        )
        for n, text in enumerate(case["when"] * int(case.get("times", "1")))
    ]  # fmt: skip
    view = TimelineView(
        days=(), periods=(), total=1, span=None, strips=strips(items), key=(), clocks=False, calendar=""
    )
    return render("timeline.html.jinja", t=view)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["is"])
def test_any_strip_names_its_events(visit: Visit, case: dict[str, Any]) -> None:
    page = visit(DOOR, 1440, alone=True)
    page.locator(".mch-time").evaluate("(old, html) => { old.outerHTML = html; }", str(drawing(case)))
    for width in (720, 820, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate(FAULTS) == [], width
        for words in case["shows"]:
            assert page.locator(".mch-strip:visible text").get_by_text(words, exact=True).count(), words
        assert str(page.locator(".mch-strip:visible .mch-inset").count()) in case["insets"], width


def test_paper_shows_the_strip_whole(visit: Visit) -> None:
    page = visit(DOOR, 627)  # A4 without its margins
    page.emulate_media(media="print")
    assert page.evaluate(FAULTS) == []
    strip = box(page.locator(".mch-strip:visible"))
    assert strip["x"] >= 0
    assert strip["right"] <= 627
    assert strip["height"] < 964  # so are the page's 253 mm
    expect(page.locator(".mch-periods")).to_be_hidden()


def test_signs_of_the_key_are_unlike(visit: Visit) -> None:
    page = visit(DOOR)
    signs = page.locator(".mch-key svg").evaluate_all(
        """signs => signs.map(sign => [sign.innerHTML, ...["fill", "strokeDasharray"].map(
            name => getComputedStyle(sign.firstElementChild)[name])].join(" "))"""
    )
    assert len(signs) == 7
    assert len(set(signs)) == len(signs)
    assert len(set(page.locator(".mch-key span").all_inner_texts())) == len(signs)


@pytest.mark.parametrize("script", [True, False])
def test_a_phone_has_a_bar_of_years(visit: Visit, script: bool) -> None:
    page = visit(DOOR, 390, 844, script=script)
    expect(page.locator(".mch-strip:visible")).to_have_count(0)
    links = page.locator(".mch-periods a:visible")
    total = int(page.locator(".mch-count").inner_text().split()[0])
    assert sum(int(words) for words in links.locator("small").all_inner_texts()) == total
    for link in links.all():
        assert min(box(link)["width"], box(link)["height"]) >= 24
    for n in range(links.count()):
        links.nth(n).click()
        event = page.locator(links.nth(n).get_attribute("href") or "")
        expect(event).to_be_in_viewport()
        assert box(page.locator(".mch-day", has=event).locator(".mch-day__d"))["y"] >= box(links.nth(n))["bottom"] - 1
    page.locator("#clock-known").check(force=True)
    assert sum(int(words) for words in links.locator("small").all_inner_texts()) == total
    page.set_viewport_size({"width": 820, "height": 900})
    expect(page.locator(".mch-periods")).to_be_hidden()


# The right edges of all that stands left of the axis, or the left edges of all that stands right of it.
EDGES = """([side, edge]) => [
    ...document.querySelectorAll(`.mch-side${side} :is(h2, p:not(.mch-voice), .mch-links)`),
    document.querySelector(edge == "right" ? ".mch-sides b" : ".mch-sides b + b"),
].map(one => {
    const range = document.createRange();
    range.selectNodeContents(one);
    const links = [...one.querySelectorAll(":scope > a, summary")]; // what a closed `details` holds has boxes, too
    const boxes = links.length ? links.map(link => link.getBoundingClientRect()) : [...range.getClientRects()];
    const at = boxes.filter(each => each.width > 1).map(each => each[edge]);
    return at.length && Math.max(...at.map(x => edge == "right" ? x : -x));
}).filter(x => x)"""


@pytest.mark.parametrize("width", [900, 1440, 1920])
def test_columns_are_aligned(visit: Visit, width: int) -> None:
    page = visit(DOOR, width)
    for side, edge in (("[data-said]", "right"), (":not([data-said])", "left")):
        edges = page.evaluate(EDGES, [side, edge])
        assert len(edges) > 30
        assert max(edges) - min(edges) <= 1, side


def test_events_of_a_day_share_its_date(visit: Visit) -> None:
    page = visit(DOOR, 390)
    dates = page.locator(".mch-day__d:visible").all_inner_texts()
    assert len(dates) == len(set(dates))
    day = page.locator(".mch-day", has=page.locator("#event--conference"))
    assert day.locator("h2").all_inner_texts() == [
        "Maëlle Kerdraon donne une conférence à Mortagne",
        "Elle aurait parlé des bacs ce soir-là",
        "Seo Ha-neul promet à Busan un soutien «\u202fsans réserve\u202f»",
    ]
    tops = [box(each)["y"] for each in day.locator("h2").all()]
    assert tops == sorted(tops)
