"""Marks are found: where their signs stand, what Tab reaches and what is said of it, the line that says what opens."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from markupsafe import Markup
from playwright.sync_api import expect

from manchette.engine import Links
from manchette.page.article import article_page
from manchette.page.names import Names
from manchette.page.signs import signed
from manchette.site.open import open_site
from tests.browser.reader import ARTICLE, PERSON, Visit, card, focus_is_in, layers, settled, shifted
from tests.projects import ESTUAIRE

DESCRIBED = "#person--maelle-kerdraon"
DATES = ["depuis 1982", "en août 2022", "en mars 2021", "en 2021"]  # of the thirteen passages that a date marks
REACHED = ".mch-text a.mch-m:not([tabindex])"


def test_signs_stand_behind_names_and_dates(visit: Visit) -> None:
    page = visit(ARTICLE)
    words = page.locator(REACHED).all_inner_texts()
    assert {"Maëlle Kerdraon", "Nikolaï Orlianski", "Port-Maubert", "alevins"} <= {*words}
    assert not {"La biologiste bretonne", "Kerdraon", "la première fois", "est en vigueur"} & {*words}
    assert sorted(page.locator(f"{REACHED}[data-kind=date]").all_inner_texts()) == sorted(DATES)
    signs = page.locator(".mch-text .mch-i")
    assert signs.count() == len(words)
    before = "signs => signs.map(sign => sign.previousElementSibling.matches('.mch-m:not([tabindex])'))"
    assert {*signs.evaluate_all(before)} == {True}


def test_who_has_no_name_in_the_text_is_marked_where_it_speaks_of_him() -> None:
    site = open_site(ESTUAIRE)
    article = site.articles["esturgeon"]
    described = next(mark for mark in article.marks if mark.anchor == DESCRIBED[1:])
    nameless = replace(article, marks=(described,))
    assert DESCRIBED[1:] not in signed(site, article)
    assert signed(site, nameless) == {DESCRIBED[1:]}
    everywhere = replace(article, front=article.front.model_copy(update={"marks": "all"}))
    names = {mark.anchor for mark in article.marks if mark.kind not in {"claim", "date"}}
    assert names <= signed(site, everywhere)
    foreign = replace(article, front=article.front.model_copy(update={"lang": "de"}))  # whose words we do not read
    assert sum(anchor.startswith("date--") for anchor in signed(site, foreign)) == len(DATES)


def test_signs_are_large_enough_to_be_seen(visit: Visit) -> None:
    sizes = (
        visit(ARTICLE, 390)
        .locator(".mch-i")
        .last.evaluate(
            "i => [getComputedStyle(i, '::after'), getComputedStyle(i)].map(style => parseFloat(style.fontSize))"
        )
    )
    assert sizes[0] / sizes[1] == pytest.approx(0.56, abs=0.005)


def test_names_are_underlined_where_the_mouse_is(visit: Visit) -> None:
    page = visit(ARTICLE)
    mark, other = page.locator(PERSON), page.locator("#place--blaye")
    page.mouse.move(2, 2)
    expect(mark).to_have_css("text-decoration-line", "none")
    page.locator(".mch-text > p").first.hover(position={"x": 300, "y": 60})
    expect(mark).to_have_css("text-decoration-line", "underline")
    expect(other).to_have_css("text-decoration-line", "none")


# ---- with keys


def test_tab_goes_from_name_to_name(visit: Visit) -> None:
    page = visit(ARTICLE)
    page.locator("#texte").focus()
    reached = []
    while not reached or focus_is_in(page, ".mch-text"):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.id"))
    assert PERSON[1:] in reached
    assert DESCRIBED[1:] not in reached
    assert len(reached) - 1 == page.locator(f"{REACHED}, .mch-call").count()


@pytest.mark.parametrize("width", [390, 1440])
def test_a_description_opens_the_card_and_gives_the_focus_back(visit: Visit, width: int) -> None:
    page = visit(ARTICLE, width)
    page.locator(DESCRIBED).click()
    expect(card(page)).to_have_attribute("id", "note--person--maelle-kerdraon")
    page.keyboard.press("Escape")
    assert focus_is_in(page, DESCRIBED)
    page.keyboard.press("Enter")
    expect(card(page)).to_have_count(1)


def test_without_script_every_mention_is_a_link(visit: Visit) -> None:
    page = visit(ARTICLE, script=False)
    assert page.locator(".mch-text a.mch-m:not([href])").count() == 0
    page.locator(DESCRIBED).click()
    assert page.url.endswith("#note--person--maelle-kerdraon")


def test_what_is_said_of_names_is_neither_selected_nor_searched(visit: Visit, site: Path) -> None:
    page = visit(ARTICLE)
    page.keyboard.press("Control+a")
    assert "ouvre une fiche" not in page.evaluate("String(getSelection())")
    index = json.loads((site / "search/search_index.json").read_text(encoding="utf-8"))
    said = " ".join(entry["text"] for entry in index["docs"])
    assert "esturgeon" in said
    assert "ouvre une fiche" not in said
    assert "un passage souligné" not in said


# ---- the line that says what opens


@pytest.mark.parametrize("script", [True, False])
def test_a_line_says_what_opens_by_examples(visit: Visit, script: bool) -> None:
    page = visit(ARTICLE, 390, 844, script=script)
    line = page.locator(".mch-hint")
    expect(line).to_have_text("Ouvrez un nom, un lieu, une date ou un passage souligné.")
    assert line.locator("i").evaluate_all("signs => signs.map(sign => sign.dataset.sign)") == [
        "person",
        "place",
        "date",
    ]
    drawn = "mark => getComputedStyle(mark).textDecorationStyle"
    shown = page.locator(".mch-text [data-kind=claim]").first.evaluate(drawn)
    assert line.locator("a").last.evaluate(drawn) == shown
    for example in line.locator("a").all():
        example.click()
        target = page.evaluate("location.hash") if script else "#" + page.url.split("#")[1]
        expect(page.locator(f".mch-text {target}")).to_be_in_viewport()
        if script:
            expect(card(page)).to_have_count(1)
            page.keyboard.press("Escape")


def test_the_line_has_only_what_the_article_has() -> None:
    site = open_site(ESTUAIRE)
    article = site.articles["esturgeon"]

    def kinds(*kept: str) -> list[str]:
        some = replace(article, marks=tuple(mark for mark in article.marks if mark.kind in kept))
        page = article_page(site, some, Links(article.page), Markup(), signed(site, some), Names(site, some))
        return [example.kind for example in page.examples]

    assert kinds("claim", "person", "organization", "place", "date", "term") == ["person", "place", "date", "claim"]
    assert kinds("claim", "organization", "term") == ["organization", "claim"]
    assert kinds("term") == ["term"]
    assert kinds() == []


@pytest.mark.parametrize("width", [390, 1440])
def test_the_line_goes_when_it_has_served_and_nothing_moves(visit: Visit, width: int) -> None:
    page = visit(ARTICLE, width)
    page.locator(PERSON).hover()
    expect(card(page)).to_have_count(1)
    page.mouse.move(2, 2)
    page.reload()
    expect(page.locator(".mch-hint")).to_be_visible()  # a mouse that passed by has opened nothing
    page.locator(PERSON).click()
    expect(page.locator(".mch-hint")).to_be_visible()  # it goes with the next page: what is read stays where it is
    settled(page)
    page.reload()
    expect(page.locator(".mch-hint")).to_be_hidden()
    assert shifted(page) < 0.002


# ---- layers


@pytest.mark.parametrize("script", [True, False])
@pytest.mark.parametrize(("width", "folded"), [(390, True), (1219, True), (1220, False)])
def test_layers_are_folded_where_there_is_no_rail(visit: Visit, width: int, folded: bool, script: bool) -> None:
    page = visit(ARTICLE, width, script=script)
    switch = page.get_by_label("Personnes")
    expect(page.locator(".mch-layers label").locator("visible=true")).to_have_count(0 if folded else 7)
    page.keyboard.press("Tab")
    layers(page)
    expect(page.locator(".mch-layers label").locator("visible=true")).to_have_count(7)
    switch.uncheck(force=True)
    expect(page.locator(".mch-text .mch-i[data-sign=person]").first).to_be_hidden()
