"""All that a text may hold, at every size and on paper; a long article's table of contents."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, Route, expect

from tests.axe import LOOKS, violations
from tests.browser.paper import sheets, solid
from tests.browser.reader import ARTICLE, Visit, box, settled
from tests.browser.test_article_margin import MEASURE
from tests.conftest import also

EVERYTHING, LONG = "cordon/", "longue/"
WIDTHS = [320, 390, *also(719, 720), 820, *also(959, 960, 1219, 1220), 1440]
UNFOLD = "document.querySelectorAll('.mch-text details, .mch-contents details').forEach(each => { each.open = true; })"

# What reaches over the text's right edge, and is in no box that scrolls.
BEYOND = """() => {
    const text = document.querySelector(".mch-text"), edge = text.getBoundingClientRect().right + 1;
    return [...text.querySelectorAll("*")]
        .filter(part => !part.parentElement.closest("[role=group]") && part.getBoundingClientRect().right > edge)
        .map(part => part.outerHTML.slice(0, 80));
}"""


@pytest.mark.firefox
@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_is_wider_than_the_text(visit: Visit, dunes: str, width: int) -> None:
    for article in (EVERYTHING, LONG):
        page = visit(dunes + article, width)
        page.evaluate(UNFOLD)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, article
        assert page.evaluate(BEYOND) == [], article


def test_letters_apart_as_readers_may_set_them_push_nothing(visit: Visit, dunes: str) -> None:
    """The spacing of WCAG 1.4.12."""
    page = visit(dunes + EVERYTHING, 320)
    page.add_style_tag(
        content="*{letter-spacing:.12em!important;word-spacing:.16em!important;line-height:1.5!important}"
    )
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


# ---- figures


@pytest.mark.firefox
def test_a_caption_has_no_number_and_keeps_its_names(visit: Visit, dunes: str) -> None:
    page = visit(dunes + EVERYTHING)
    captions = page.locator(".mch-text :is(figcaption, caption)")
    assert captions.count() > 3
    expect(captions.locator(".mch-p")).to_have_count(0)
    numbers = page.locator(".mch-p").all_text_contents()
    assert numbers == [str(n) for n in range(1, len(numbers) + 1)]
    captions.locator("a.mch-m").first.click()
    expect(page.locator(".mch-note:popover-open")).to_have_count(1)
    assert captions.locator(".mch-call").count() == 1


@pytest.mark.parametrize("width", [320, 1440])
def test_pictures_keep_their_shape(visit: Visit, dunes: str, width: int) -> None:
    page = visit(dunes + EVERYTHING, width)
    found = page.locator(".mch-text img").evaluate_all(
        """images => images.map(image => {
            const {width, height} = image.getBoundingClientRect(), contained = getComputedStyle(image).objectFit;
            return [contained, width / height, image.naturalWidth / image.naturalHeight, height / innerHeight];
        })"""
    )
    assert len(found) == 5
    for contained, shape, drawn, height in found:
        assert contained == "contain"
        assert shape == pytest.approx(drawn, rel=0.02)
        assert height <= 0.86


def test_a_picture_whose_size_is_given_moves_nothing_as_it_comes(visit: Visit, dunes: str) -> None:
    held: list[Route] = []
    page = visit(dunes + LONG, alone=True)
    page.route("**/coupe.svg", lambda route: held.append(route))  # noqa: PLW0108 - Playwright marks the callable
    page.goto(dunes + EVERYTHING, wait_until="domcontentloaded")
    caption = page.locator("figure:has([src='coupe.svg']) figcaption")
    height = "caption => caption.getBoundingClientRect().top - caption.parentElement.getBoundingClientRect().top"
    before = caption.evaluate(height)
    assert held
    held[0].continue_()
    page.wait_for_function("document.querySelector('[src=\"coupe.svg\"]').naturalWidth")
    assert before > 100
    assert caption.evaluate(height) == pytest.approx(before, abs=0.5)


# ---- tables


def test_a_wide_table_scrolls_in_its_box_which_tab_reaches(visit: Visit, dunes: str) -> None:
    for script in (True, False):
        page = visit(dunes + EVERYTHING, 390, script=script)
        boxes = page.get_by_role("group", name="Tableau", exact=True)
        expect(boxes).to_have_count(3)
        expect(page.locator(".mch-text table")).to_have_count(3)
        wide = boxes.nth(1)
        last = wide.locator("tr").last.locator("td").last
        expect(last).not_to_be_in_viewport()
        wide.focus()
        expect(wide).to_be_focused()
        expect(wide).to_have_css("outline-style", "solid")
        for _ in range(40):
            page.keyboard.press("ArrowRight")
        wide.evaluate("box => box.scrollTo({left: box.scrollWidth})")
        expect(last.locator(".mch-m").first).to_be_in_viewport()
        assert wide.evaluate("box => box.scrollLeft > 100")


def test_the_number_of_a_table_stands_in_the_gutter(visit: Visit, dunes: str) -> None:
    for width in (390, 1440):
        page = visit(dunes + EVERYTHING, width)
        number, text = page.locator("table .mch-p").nth(1), box(page.locator(".mch-text"))
        page.locator("[role=group]").nth(1).evaluate("box => box.scrollTo({left: 200})")
        assert box(number)["right"] <= text["x"]
        assert box(number)["x"] >= 0
        cell = box(page.locator("[role=group]").nth(1).locator("th").first)
        assert cell["y"] <= box(number)["y"] + 4
        assert box(number)["bottom"] <= cell["bottom"] + 4


def test_figures_in_a_column_stand_under_each_other(visit: Visit, dunes: str) -> None:
    page = visit(dunes + EVERYTHING)
    cells = page.locator("[role=group]").first.locator("td:nth-child(2)")
    rights = cells.evaluate_all(
        """cells => cells.map(cell => {
            const words = document.createRange();
            words.selectNodeContents(cell);
            return words.getBoundingClientRect().right;
        })"""
    )
    assert max(rights) - min(rights) < 1
    expect(cells.first).to_have_css("font-variant-numeric", "tabular-nums")


# ---- the margin, paper, checkers


@pytest.mark.parametrize("width", [960, 1440])
def test_notes_stand_clear_of_what_is_wide(visit: Visit, dunes: str, width: int) -> None:
    page = visit(dunes + EVERYTHING, width)
    folded = page.locator(".mch-margin > li").evaluate_all(
        "notes => notes.map(note => note.getBoundingClientRect().top)"
    )
    assert folded == sorted(folded)
    assert folded[-1] - folded[-2] < 100  # what is folded away has its note below the one before
    page.evaluate(UNFOLD)
    found = page.evaluate(MEASURE)
    assert min(found["gaps"]) >= 11
    assert min(found["closed"]) > -1
    assert max(found["closed"]) <= 260
    assert found["left"] >= 24
    assert found["right"] <= width


def test_a_note_of_what_is_folded_away_unfolds_it(visit: Visit, dunes: str) -> None:
    page = visit(dunes + EVERYTHING)
    page.locator("#note--claim--quarante-et-une .mch-note__s").click()
    expect(page.locator("#claim--quarante-et-une")).to_be_in_viewport()
    settled(page)
    note, passage = (box(page.locator(f"#{name}claim--quarante-et-une")) for name in ("note--", ""))
    assert abs(note["y"] - passage["y"]) < 40


@pytest.mark.parametrize("script", [True, False])
def test_on_paper_all_of_it_is_there(visit: Visit, dunes: str, script: bool) -> None:
    """The theme's script unfolds what is folded."""
    page = visit(dunes + EVERYTHING, script=script)
    said = solid(" ".join(line for sheet in sheets(page) for line in sheet))
    words = page.locator(".mch-text").evaluate(
        """text => [...text.querySelectorAll("p, li, dt, dd, td, th, figcaption, caption, h2, h3, h4, h5, h6, pre")]
            .filter(part => !part.querySelector("p, li, [role], .footnote-backref"))
            .map(part => {
                const copy = part.cloneNode(true);
                copy.querySelectorAll("[class^=mch-]:not(.mch-m), sup").forEach(ours => ours.remove());
                return copy.textContent;
            })"""
    )
    assert len(words) > 70
    # What hangs between a word and the next in the text is elsewhere in a printed line: each piece is looked for.
    lost = [piece for part in words for piece in re.split(r"[\s.,;:«»]+", part) if solid(piece) not in said]
    assert lost == []
    assert "Sommaire" not in said


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_axe_finds_nothing(visit: Visit, dunes: str, width: int, scheme: str) -> None:
    for article in (EVERYTHING, LONG):
        page = visit(dunes + article, width, color_scheme=scheme)
        page.evaluate(UNFOLD)
        assert violations(page) == [], article


# ---- table of contents


def contents(page: Page) -> None:
    """Unfold the table of contents where it is folded."""
    summary = page.locator(".mch-contents summary")
    if summary.is_visible():
        summary.click()


def test_short_articles_have_no_table_of_contents(visit: Visit, dunes: str) -> None:
    for address in (dunes + EVERYTHING, ARTICLE):
        expect(visit(address).locator(".mch-contents")).to_have_count(0)


@pytest.mark.parametrize(
    ("width", "script"), [(390, True), (390, False), *also((820, False), (1440, False)), (1440, True)]
)
def test_it_lists_the_headings_and_leads_to_them(visit: Visit, dunes: str, width: int, script: bool) -> None:
    page = visit(dunes + LONG, width, script=script)
    nav = page.get_by_role("navigation", name="Sommaire")
    links = nav.get_by_role("link", include_hidden=True)
    expect(links).to_have_count(60)
    if width < 1220:
        expect(links.first).to_be_hidden()
    contents(page)
    link = links.nth(25)  # « ## », which the rail shows too
    expect(link).to_be_visible()
    link.click()
    assert page.url.endswith(link.get_attribute("href") or "?")
    heading = page.locator(link.get_attribute("href") or "?")
    expect(heading).to_be_in_viewport()
    above = heading.evaluate("heading => parseFloat(getComputedStyle(heading).paddingTop)")
    header = box(page.locator(".md-header"))["bottom"]
    assert header <= box(heading)["y"] + above <= header + 40


def test_the_section_that_is_read_is_lit_and_in_sight(visit: Visit, dunes: str) -> None:
    page = visit(dunes + LONG, height=600)
    lit = page.locator(".mch-contents .md-nav__link--active")
    expect(lit).to_have_count(0)
    for position in (17, 42, 58):
        heading = page.locator(".mch-text :is(h2, h3)").nth(position)
        heading.evaluate("heading => heading.scrollIntoView()")
        expect(lit).to_have_text(heading.inner_text())
        expect(lit).to_be_in_viewport()
    page.evaluate("scrollTo(0, 0)")
    expect(lit).to_have_count(0)


def test_a_link_s_own_section_is_lit(visit: Visit, dunes: str) -> None:
    page = visit(dunes + LONG)
    for position in (5, 10):
        link = page.locator(".mch-contents a").nth(position)
        link.click()
        expect(page.locator(".mch-contents .md-nav__link--active")).to_have_text(link.inner_text())


def test_it_is_no_part_of_the_text(visit: Visit, dunes: str) -> None:
    page = visit(dunes + LONG)
    assert page.locator(".mch-text .mch-contents").count() == 0
    index = page.request.get(dunes.replace("articles/", "search/search_index.json")).text()
    assert "Sommaire" not in index
    found = [line for sheet in sheets(page) for line in sheet]
    assert "Sommaire" not in found
    assert found.count("Campagne 3") == 1
