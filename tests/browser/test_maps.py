"""Maps in a browser: names that can be read, in the room reckoned for them, on every screen and in all schemes."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from manchette.map.labels import measure
from tests.browser.reader import ARTICLE, DOORS, Visit, card

LEAST = 9.0  # px
# Of each name that is seen: its class, its lines, its size and width in the drawing, its size on the screen.
NAMES = """svgs => svgs.flatMap(svg => [...svg.querySelectorAll("text")]).filter(text => text.checkVisibility())
    .map(text => ({
        kind: text.className.baseVal,
        lines: [...text.childNodes].map(node => node.textContent),
        size: +text.getAttribute("font-size"),
        width: text.getBBox().width,
        seen: text.getAttribute("font-size") * text.getScreenCTM().a,
    }))"""
RATIOS = """texts => texts.map(text => {
    const canvas = Object.assign(document.createElement("canvas"), {width: 1, height: 1}).getContext("2d")
    const light = color => {
        canvas.fillStyle = color
        canvas.fillRect(0, 0, 1, 1)
        const [r, g, b] = [...canvas.getImageData(0, 0, 1, 1).data]
            .map(v => v / 255 <= .04045 ? v / 255 / 12.92 : ((v / 255 + .055) / 1.055) ** 2.4)
        return .2126 * r + .7152 * g + .0722 * b
    }
    const ground = text.ownerSVGElement.querySelector(".terre")
    const pair = [light(getComputedStyle(text).fill), light(getComputedStyle(ground).fill)].sort((a, b) => b - a)
    return (pair[0] + .05) / (pair[1] + .05)
})"""
PLACES = ["busan", "bordeaux", "france", "golfe-de-gascogne"]


def unreadable(svgs: Locator) -> list[object]:
    """Names too small to be read or wider than the drawing believes; there must be names."""
    names = svgs.evaluate_all(NAMES)
    assert names

    def room(name: dict[str, object]) -> float:
        return measure(tuple(name["lines"]), name["size"], name["kind"])[0]  # type: ignore[arg-type]

    return [name for name in names if name["seen"] < LEAST or name["width"] > room(name) + 1]


def locator_of(page: Page, place: str) -> Locator:
    page.locator(f"#place--{place}").click()
    expect(card(page).locator(".mch-vig")).to_be_visible()
    return card(page).locator(".mch-vig")


@pytest.mark.parametrize("width", [320, 390, 820, 1440])
def test_a_card_shows_where_its_place_is(visit: Visit, width: int) -> None:
    page = visit(ARTICLE, width)
    for place in PLACES:
        assert unreadable(locator_of(page, place)) == []
        page.keyboard.press("Escape")


@pytest.mark.parametrize("width", [320, 390, 719, 720, 820, 1219, 1440, 1920])
def test_names_on_the_map_can_be_read(visit: Visit, width: int) -> None:
    assert unreadable(visit(DOORS[2], width).locator(".mch-geo")) == []


@pytest.mark.parametrize("forced", ["none", "active"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_names_stand_out(visit: Visit, scheme: str, forced: str) -> None:
    """Text is at least 4.5:1 on its own ground."""
    page = visit(ARTICLE, color_scheme=scheme, forced_colors=forced)
    ratios = locator_of(page, "busan").locator("text").evaluate_all(RATIOS)
    assert ratios
    assert min(ratios) >= 4.5


@pytest.mark.parametrize(("width", "captions"), [(1440, 1), (390, 0)])
def test_the_caption_is_of_the_map_that_is_seen(visit: Visit, width: int, captions: int) -> None:
    """The map goes as far as Busan: where it is wide, it draws disputed borders; on a phone they are specks."""
    page = visit(DOORS[2], width)
    expect(page.locator("figcaption")).to_contain_text("Natural Earth")
    told = page.locator("figcaption span:visible")
    expect(told).to_have_count(captions)
    if captions:
        expect(told).to_contain_text("Crimée")
