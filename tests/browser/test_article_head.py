"""The text comes first: what stands above it takes little room, and loses nothing."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.reader import ARTICLE, PERSON, Visit, card, stops

ABOVE = """() => {
    const height = part => document.querySelector(part)?.getBoundingClientRect().height ?? 0;
    return document.querySelector(".mch-text > p").getBoundingClientRect().top - height("h1") - height(".mch-dek");
}"""
VERDICTS = {"=": "corroborée", "≠": "contredite", "≈": "imprécise", "?": "non vérifiée", "»": "opinion"}
LONG = "La rive a vu passer bien des poissons, et bien des gens qui en parlaient sans les avoir vus. " * 6


@pytest.mark.parametrize(("width", "height", "most"), [(390, 844, 350), (820, 1180, 400)])
def test_little_stands_above_the_text(visit: Visit, width: int, height: int, most: int) -> None:
    """Title and standfirst apart, which are as long as whoever wrote them made them."""
    assert visit(ARTICLE, width, height).evaluate(ABOVE) < most


@pytest.mark.parametrize("width", [320, 390])
def test_the_bar_is_one_line_that_can_be_hit(visit: Visit, width: int) -> None:
    page = visit(ARTICLE, width)
    links = page.locator(".mch-sum a")
    boxes = links.evaluate_all("links => links.map(link => link.getBoundingClientRect().toJSON())")
    assert len({round(box["top"]) for box in boxes}) == 1
    assert min(min(box["width"], box["height"]) for box in boxes) >= 24
    assert boxes[-1]["right"] <= width - 20
    for link, (sign, name) in zip(links.all(), VERDICTS.items(), strict=True):
        assert link.inner_text().startswith(sign)
        expect(link).to_have_accessible_name(re.compile(rf"^\d+ {name}s?$"))
    counts = links.locator("b").evaluate_all("counts => counts.map(count => Number(count.textContent))")
    widths = [box["width"] for box in boxes]
    assert widths.index(max(widths)) == counts.index(max(counts))


@pytest.mark.parametrize("width", [320, 390])
def test_on_the_home_page_the_bar_says_its_words(visit: Visit, width: int) -> None:
    """A line a verdict, for who has not met the signs yet; as long as there are claims."""
    page = visit("", width)
    for name, link in zip(VERDICTS.values(), page.locator(".mch-sum a").all(), strict=True):
        expect(link.get_by_text(name)).to_be_visible()
        assert link.locator(".mch-sum__w").evaluate("words => words.getBoundingClientRect().width") > 20
    lines = page.locator(".mch-sum .mch-line").evaluate_all("lines => lines.map(line => line.clientWidth)")
    assert max(lines) > 2 * min(lines)


@pytest.mark.parametrize("width", [320, 390, 820, 1440])
def test_a_long_standfirst_is_shown_whole(visit: Visit, width: int) -> None:
    page = visit(ARTICLE, width)
    dek = page.locator(".mch-dek")
    dek.evaluate("(dek, words) => { dek.textContent = words; }", LONG)
    whole, style = dek.evaluate(
        "dek => [dek.scrollHeight <= dek.clientHeight, [getComputedStyle(dek).overflow, getComputedStyle(dek).display]]"
    )
    assert whole
    assert style == ["visible", "block"]
    assert page.evaluate("document.documentElement.scrollWidth") <= width


# ---- keys


MANY = """() => 40 + 3 * document.querySelectorAll("[data-note=claim]").length
    + document.querySelectorAll(".mch-note:not([data-note=claim])").length"""


@pytest.mark.parametrize("width", [390, 1440])
def test_tab_comes_to_the_end_of_the_page(visit: Visit, width: int) -> None:
    """At most forty stops, three a claim, one a name or a date, with everything folded."""
    page = visit(ARTICLE, width)
    assert stops(page) <= page.evaluate(MANY)


SAME = """() => {
    const notes = {};
    const links = ".mch-tools a, .mch-steps a, .mch-back a[role], .mch-note__n, .mch-note summary";
    for (const link of document.querySelectorAll(links))
        if (link.checkVisibility())
            (notes[link.ariaLabel ?? link.textContent.trim()] ??= new Set()).add(link.closest(".mch-note").id);
    return Object.keys(notes).filter(name => notes[name].size > 1);
}"""


@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize("script", [True, False])
def test_links_that_do_the_same_have_names_that_differ(visit: Visit, width: int, script: bool) -> None:
    """Of those there together, read out as a list, without what stands around them; a note's own may say the same."""
    page = visit(ARTICLE, width, script=script)
    assert page.evaluate(SAME) == []
    for note in page.locator(".mch-margin details").all():
        note.evaluate("details => { details.open = true; }")
        assert page.evaluate(SAME) == []
    label = page.locator(".mch-tools a, .mch-copy, .mch-note summary").evaluate_all(
        "links => links.filter(link => link.ariaLabel && !link.ariaLabel.startsWith(link.textContent.trim()))"
        ".map(link => link.outerHTML)"
    )
    assert label == []  # who speaks to the page says what is seen


def test_a_card_s_links_are_no_unfolded_note_s(visit: Visit) -> None:
    page = visit(ARTICLE)
    page.locator(".mch-margin summary").first.click()
    for mark in (PERSON, "#place--busan", "#date--protection"):
        page.locator(mark).press("Enter")
        expect(card(page)).to_have_count(1)
        expect(page.locator(".mch-margin [open]")).to_have_count(1)
        assert page.evaluate(SAME) == []
