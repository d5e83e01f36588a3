"""The leaves of a library in a browser: addresses from before lead on, with script and without; keys; axe."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.axe import LOOKS, on_pages
from tests.browser.reader import Visit, box
from tests.conftest import also
from tools.static import served

PAGES = ["registre/", "registre/lieux/", "", "annees/2010/", "chronologie/", "affirmations/2010/", "corrections/"]


@pytest.fixture(scope="module")
def shelved(library: Path) -> Iterator[str]:
    with served(library) as address:
        yield address


def last_person(library: Path) -> str:
    return re.findall(r'<li id="(person--[^"]+)"', (library / "registre/index.html").read_text("utf-8"))[-1]


def test_an_address_from_before_leads_on(visit: Visit, shelved: str, library: Path) -> None:
    anchor = last_person(library)
    page = visit(f"{shelved}registre/#{anchor}")
    page.wait_for_url(re.compile(rf"registre/personnes[a-z-]*/#{anchor}$"))
    assert page.locator(".mch-entry:target").get_attribute("id") == anchor
    page.goto(shelved)
    page.goto(f"{shelved}registre/")
    page.evaluate("anchor => { location.hash = anchor }", anchor)  # from the index itself, too
    page.wait_for_url(re.compile(rf"registre/personnes[a-z-]*/#{anchor}$"))


def test_without_script_it_leads_to_the_name(visit: Visit, shelved: str, library: Path) -> None:
    anchor = last_person(library)
    page = visit(f"{shelved}registre/#{anchor}", script=False)
    name = page.locator("li:target")
    assert name.get_attribute("id") == anchor
    expect(name).to_be_in_viewport()
    assert box(name)["y"] > box(page.locator(".md-header"))["bottom"]
    name.locator("a").click()
    expect(page.locator(".mch-entry:target")).to_have_attribute("id", anchor)


def test_a_letter_is_only_gone_to(visit: Visit, shelved: str) -> None:
    page = visit(f"{shelved}registre/")
    link = page.locator(".mch-az a").last
    link.click()
    assert page.url.startswith(f"{shelved}registre/#")
    expect(page.locator(".mch-cols div:target h3").last).to_be_in_viewport()


def test_keys_lead_through_the_years(visit: Visit, shelved: str) -> None:
    page = visit(f"{shelved}affirmations/2010/")
    here = page.locator(".mch-leaves [aria-current=page]")
    assert here.inner_text().startswith("2010")
    here.focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{shelved}affirmations/2009/")
    page.locator("[rel=prev]").press("Enter")
    page.wait_for_url(f"{shelved}affirmations/2010/")


@pytest.mark.parametrize("path", PAGES)
def test_nothing_of_a_library_overflows(visit: Visit, shelved: str, path: str) -> None:
    page = visit(shelved + path, 320)
    for width in (320, 390, 820, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, width


@pytest.mark.parametrize(("width", "scheme"), [LOOKS[0], *also((390, "dark"), (1440, "light"), (1440, "dark"))])
def test_axe_finds_nothing_in_a_library(visit: Visit, shelved: str, width: int, scheme: str) -> None:
    found = on_pages(visit(shelved, width=width, color_scheme=scheme), [shelved + path for path in PAGES])
    assert not found, "\n".join(found)
