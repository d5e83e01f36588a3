"""The home page with any number of articles, what stands where nothing is, and the theme that a reader chooses."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Page, expect

from manchette.doors.home import LibraryView, library, newest
from manchette.engine import Links
from manchette.site.open import open_site
from manchette.typeset.render import render
from tests.browser.reader import Visit, box
from tests.projects import ESTUAIRE
from tools.static import PREFIX, served

NIGHT = "rgb(18, 21, 24)"
DAY = "rgb(248, 249, 247)"


def paper(page: Page) -> str:
    return str(page.evaluate("getComputedStyle(document.body).backgroundColor"))


def press(page: Page) -> None:
    page.locator(".md-header__option label:visible").click()


def test_the_home_page_has_no_dictionary(visit: Visit) -> None:
    page = visit()
    expect(page.locator(".mch-library > li")).to_have_count(1)
    expect(page.locator(".mch-note, [data-gloss], .mch-m")).to_have_count(0)
    expect(page.locator(".mch-library")).to_contain_text("Noms :")


@pytest.mark.parametrize("count", [1, 2, 10, 11, 100])
@pytest.mark.parametrize("width", [320, 390, 820, 1440])
def test_any_number_of_articles_fills_the_page(visit: Visit, count: int, width: int) -> None:
    site = open_site(ESTUAIRE)
    one = library(site, newest(site), Links("index.md")).cards
    shelf = LibraryView(one * count, count > 10)
    page = visit("", width)
    page.locator(".mch-library").evaluate(
        "(list, html) => list.outerHTML = html", render("library.html.jinja", library=shelf, v=None)
    )
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    shown = page.locator(".mch-library")
    rule, foot = box(shown), box(page.locator(".mch-foot"))
    assert (rule["x"], rule["right"]) == pytest.approx((foot["x"], foot["right"]), abs=1)  # 110 px apart before
    for dek in page.locator(".mch-library__d").all():
        assert dek.evaluate("p => p.clientWidth / (parseFloat(getComputedStyle(p).fontSize) * .5)") <= 72  # letters
    if width == 1440:
        facts = page.locator(".mch-library__c")
        for item in facts.all()[:3]:
            assert box(item)["x"] > 800
            assert box(item)["right"] == pytest.approx(rule["right"], abs=1)
        tall = box(page.locator(".mch-library > li").first)
        inside = max(
            box(each)["bottom"] for each in page.locator(".mch-library > li").first.locator(":scope > *").all()
        )
        assert tall["bottom"] - inside <= 40  # no hole below the last line


def test_a_site_without_an_article_says_so() -> None:
    html = render("library.html.jinja", library=LibraryView((), False), v=None)
    assert html == "<p>Aucun article pour le moment.</p>"


@pytest.fixture(scope="module")
def this_address(this_site: Path) -> Iterator[str]:
    with served(this_site) as address:
        yield address


@pytest.mark.parametrize("path", ["nulle-part", "articles/nulle/part/"])
def test_where_nothing_is_one_is_led_on(visit: Visit, this_address: str, this_site: Path, path: str) -> None:
    page = visit(this_address)
    missing = (this_site / "404.html").read_text("utf-8")
    page.route(f"**/{path}", lambda route: route.fulfill(body=missing, content_type="text/html"))
    page.goto(this_address + path)
    expect(page.locator("h1")).to_have_text("Page introuvable")
    hrefs = page.locator(".md-content a").evaluate_all("links => links.map(link => link.getAttribute('href'))")
    assert hrefs[-1] == f"{PREFIX}."
    assert len(hrefs[:-1]) == min(5, len([*this_site.glob("articles/*/index.html")]))
    assert all(href.startswith(f"{PREFIX}articles/") for href in hrefs[:-1])
    page.locator(".mch-find").click()
    expect(page.locator(".md-search__input, .mch-search input")).to_be_focused()
    page.keyboard.press("Escape")
    page.wait_for_function(
        "!history.state"
    )  # shutting the search goes back, which would call off what is asked for next
    for href in hrefs:
        page.goto(urljoin(this_address, href))  # what is not there fails the test
        expect(page.locator("h1")).not_to_have_text("Page introuvable")


def test_the_foot_leads_to_the_corrections(visit: Visit) -> None:
    page = visit("methode/")
    page.locator(".mch-foot").get_by_role("link", name="Corrections", exact=True).click()
    expect(page.locator("h1")).to_have_text("Corrections")


@pytest.mark.parametrize(("system", "before", "after"), [("light", DAY, NIGHT), ("dark", NIGHT, DAY)])
def test_the_first_press_shows_the_other_theme(visit: Visit, system: str, before: str, after: str) -> None:
    page = visit("", color_scheme=system, alone=True)
    assert paper(page) == before
    press(page)
    assert paper(page) == after
    page.reload()
    assert paper(page) == after


def test_without_a_press_the_system_is_followed(visit: Visit) -> None:
    page = visit("", color_scheme="light", alone=True)
    assert paper(page) == DAY
    page.emulate_media(color_scheme="dark")
    page.reload()
    assert paper(page) == NIGHT


def test_the_system_is_followed_until_a_theme_is_chosen(visit: Visit) -> None:
    page = visit("", color_scheme="light", alone=True)
    body = page.locator("body")
    page.emulate_media(color_scheme="dark")
    expect(body).to_have_css("background-color", NIGHT)
    page.locator(".md-header__option input").nth(1).focus()
    page.keyboard.press("Enter")
    expect(body).to_have_css("background-color", DAY)
    page.keyboard.press("Enter")
    expect(body).to_have_css("background-color", NIGHT)
    page.emulate_media(color_scheme="light")
    expect(body).to_have_css("background-color", NIGHT)
    scheme, colour = (page.locator(f"meta[name={name}]").last for name in ("color-scheme", "theme-color"))
    expect(scheme).to_have_attribute("content", "dark")  # of what the browser draws around the page
    expect(colour).to_have_attribute("content", NIGHT)


def test_without_style_sheets_icons_are_small(visit: Visit) -> None:
    page = visit("", alone=True)
    page.evaluate("document.querySelectorAll('link[rel=stylesheet], style').forEach(style => style.remove())")
    sizes = page.locator("svg").evaluate_all("all => all.map(icon => icon.getBoundingClientRect().width)")
    assert sizes
    assert max(sizes) <= 24
