"""The article's other doors in a browser: filters, two clocks, ways back, the search; no script."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from playwright.sync_api import expect

from tests.browser.reader import ARTICLE, DOORS, Visit

PAGES = [*DOORS, "registre/", "corrections/", "methode/", ""]
NOTHING_ASKED = "Taper pour démarrer la recherche"
QUERIES = yaml.safe_load((Path(__file__).parent.parent / "views" / "search.yml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("door", PAGES)
def test_nothing_overflows(visit: Visit, door: str) -> None:
    page = visit(door, 320)
    for width in (320, 390, 820, 1440, 1920):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, width


@pytest.mark.parametrize("script", [True, False])
def test_two_clocks(visit: Visit, script: bool) -> None:
    page = visit(DOORS[0], script=script)
    rows = page.locator(".mch-event:visible h2")
    by_when = rows.all_inner_texts()
    page.locator("#clock-known").check(force=True)
    by_known = rows.all_inner_texts()
    assert sorted(by_when) == sorted(by_known) != by_known
    assert by_when != by_known
    moved = page.locator('.mch-event[data-clock="known"]')
    assert moved.count() == page.locator('.mch-event[data-clock="when"]').count() == 2
    expect(moved.first).to_contain_text("21 août 2022")
    expect(moved.first).to_contain_text("Arrivé le 20 août 2022")
    expect(page.locator('.mch-event[data-clock="when"]').first).to_be_hidden()


@pytest.mark.parametrize("script", [True, False])
def test_claims_are_filtered(visit: Visit, script: bool) -> None:
    page = visit(DOORS[1], script=script)
    everything = page.locator("tbody tr:visible").count()
    page.locator("#f-disputed").check(force=True)
    shown = page.locator("tbody tr:visible")
    assert 0 < shown.count() < everything
    assert set(shown.evaluate_all("rows => rows.map(row => row.dataset.verdict)")) == {"disputed"}


def test_every_event_and_claim_leads_to_its_passage(visit: Visit, server: str) -> None:
    page = visit(ARTICLE)
    for door, selector in ((DOORS[0], ".mch-links > a"), (DOORS[1], "tbody h2 a"), (DOORS[2], ".mch-links a")):
        page.goto(server + door)
        targets = page.locator(selector).evaluate_all("links => links.map(link => link.href)")
        assert targets
        page.goto(targets[0].split("#")[0])
        missing = page.evaluate(
            "ids => ids.filter(id => !document.getElementById(id)?.matches('.mch-text [data-annotation]'))",
            [target.split("#")[1] for target in targets],
        )
        assert missing == []


def test_the_search_finds_what_a_reader_means(visit: Visit, server: str) -> None:
    page = visit("")
    field, result = page.locator(".md-search__input"), page.locator(".md-search-result__link[href*='#']")
    told = page.locator(".md-search-result__meta")
    field.click()
    expect(told).to_have_text(NOTHING_ASKED)
    wrong = {}
    for query, wanted in QUERIES.items():
        field.fill(query)
        field.press("Shift")  # Material listens to keys
        expect(told).not_to_have_text(NOTHING_ASKED)
        found = [
            re.sub(r"\?h=[^#]*", "", link) for link in result.evaluate_all("links => links.map(link => link.href)")
        ]
        if not found or found[0].removeprefix(server) not in ([wanted] if isinstance(wanted, str) else wanted):
            wrong[query] = [address.removeprefix(server) for address in found[:3]]
        field.fill("")
        field.press("Shift")
        expect(told).to_have_text(NOTHING_ASKED)
    assert len(QUERIES) == 25
    assert wrong == {}
