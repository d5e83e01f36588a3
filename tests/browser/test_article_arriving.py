"""Addresses, and the way back: what a link leads to is in sight, lit, and as open as it was left."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.reader import ARTICLE, CALL, CLAIM, PERSON, Visit, box, card, focus_is_in, note_of, settled

NAME = "#note--person--maelle-kerdraon"


def in_sight(page: Page, selector: str) -> bool:
    """Whether it begins below the header and within the window."""
    settled(page)
    header = box(page.locator(".md-header"))["bottom"]
    return header <= box(page.locator(selector).first)["y"] < page.viewport_size["height"]  # type: ignore[index]


@pytest.mark.firefox
@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize(
    "address",
    [
        "registre/#nom-person--maelle-kerdraon",
        "registre/#person--nikolai-orlianski",
        "registre/#registre-places",
        "methode/#les-verdicts",
        f"{ARTICLE}affirmations/#row--relaches-dans-l-estuaire",
        f"{ARTICLE}affirmations/#verdicts",
        f"{ARTICLE}affirmations/#f-disputed",
        f"{ARTICLE}chronologie/#event--derniers-grands-poissons",
        f"{ARTICLE}{NAME}",
        f"{ARTICLE}#claim--bacs-selon-kerdraon",
    ],
)
def test_an_address_lands_below_the_header(visit: Visit, width: int, address: str) -> None:
    page = visit(address, width)
    assert in_sight(page, f"[id='{address.split('#')[1]}']")


@pytest.mark.firefox
def test_the_address_of_a_claim_s_note_unfolds_it_and_lights_its_passage(visit: Visit) -> None:
    page = visit(f"{ARTICLE}#note--claim--bacs-selon-kerdraon")
    expect(page.locator("#note--claim--bacs-selon-kerdraon [open]")).to_have_count(1)
    expect(page.locator("#claim--bacs-selon-kerdraon")).to_have_class("mch-m on")
    assert in_sight(page, "#claim--bacs-selon-kerdraon")
    assert in_sight(page, "#note--claim--bacs-selon-kerdraon")


def test_the_address_of_a_claim_s_note_opens_its_sheet_on_a_phone(visit: Visit) -> None:
    page = visit(f"{ARTICLE}#note--claim--bacs-selon-kerdraon", 390, 844)
    expect(page.locator("#note--claim--bacs-selon-kerdraon:popover-open")).to_have_count(1)
    assert in_sight(page, "#claim--bacs-selon-kerdraon")


@pytest.mark.firefox
def test_the_address_of_a_name_s_note_unfolds_its_section(visit: Visit) -> None:
    page = visit(ARTICLE)
    expect(page.locator(".mch-fold")).not_to_have_count(0)
    expect(page.locator(".mch-fold[open]")).to_have_count(0)
    page = visit(f"{ARTICLE}{NAME}")
    expect(page.locator(NAME)).to_be_visible()
    assert in_sight(page, NAME)


def test_without_scripts_names_and_dates_are_there(visit: Visit) -> None:
    page = visit(ARTICLE, script=False)
    expect(page.locator(NAME)).to_be_visible()
    assert page.locator(".mch-fold").count() == page.locator(".mch-fold[open]").count() > 2


@pytest.mark.firefox
@pytest.mark.parametrize(("off", "address"), [("claim", CLAIM), ("person", PERSON), ("bare", CLAIM)])
def test_an_address_switches_its_layer_on(visit: Visit, off: str, address: str) -> None:
    page = visit(ARTICLE)
    page.locator(f"#layer-{off}").dispatch_event("click")
    page.goto(page.url.split("#")[0] + address)
    expect(page.locator("#layer-bare")).not_to_be_checked()
    expect(page.locator(f"#layer-{address[1:].split('--', maxsplit=1)[0]}")).to_be_checked()
    expect(page.locator(address).first).to_have_class("mch-m on")


@pytest.mark.firefox
def test_the_filter_keeps_the_address_true(visit: Visit) -> None:
    page = visit(f"{ARTICLE}affirmations/#f-disputed")
    expect(page.locator("#f-disputed")).to_be_checked()
    for pressed, address in (("f-supported", "#f-supported"), ("f-all", "")):
        page.locator(f"#{pressed}").dispatch_event("click")
        assert page.evaluate("location.hash") == address


@pytest.mark.firefox
@pytest.mark.parametrize("width", [820, 1440])
def test_back_brings_back_the_place_and_the_card(visit: Visit, width: int) -> None:
    page = visit(ARTICLE, width)
    page.locator(PERSON).click()
    away = card(page).locator("[role=doc-backlink]").last
    away.scroll_into_view_if_needed()
    settled(page)
    was = page.evaluate("scrollY")
    away.click()
    expect(card(page)).to_have_count(0)
    settled(page)
    page.evaluate("history.back()")
    expect(page.locator(f"{NAME}:popover-open")).to_have_count(1)
    settled(page)
    assert abs(page.evaluate("scrollY") - was) < 2
    page.keyboard.press("Escape")
    expect(card(page)).to_have_count(0)
    assert focus_is_in(page, PERSON)


def test_back_from_another_page_brings_back_the_card(visit: Visit) -> None:
    page = visit(ARTICLE, 820)
    page.locator(PERSON).click()
    card(page).get_by_text("Fiche complète").click()
    page.locator(".mch-reg").wait_for()
    page.evaluate("history.back()")
    expect(page.locator(f"{NAME}:popover-open")).to_have_count(1)


@pytest.mark.firefox
def test_back_shuts_a_sheet(visit: Visit) -> None:
    page = visit(ARTICLE, 390, 844)
    before = page.evaluate("history.length")
    page.locator(CALL).click()
    expect(card(page)).to_have_count(1)
    page.evaluate("scrollBy(0, 40)")
    settled(page)
    was = page.evaluate("scrollY")
    page.evaluate("history.back()")
    expect(card(page)).to_have_count(0)
    settled(page)
    assert page.evaluate("location.pathname").endswith(ARTICLE)
    assert abs(page.evaluate("scrollY") - was) < 2  # what was read on beside the sheet stays in sight
    # A sheet that is shut by hand leaves nothing behind that Back would have to go through.
    page.locator(CALL).click()
    page.keyboard.press("Escape")
    expect(card(page)).to_have_count(0)
    page.wait_for_function("!history.state")
    assert page.evaluate("history.length") <= before + 1


@pytest.mark.firefox
def test_escape_leaves_no_focus_off_the_window(visit: Visit) -> None:
    page = visit(ARTICLE)
    for mark in (CALL, PERSON):
        page.locator(mark).click()
        page.evaluate("scrollTo(0, 9999)")
        settled(page)
        page.keyboard.press("Escape")
        assert focus_is_in(page, mark)
        assert in_sight(page, mark)


def test_the_way_back_from_a_note_lights_no_other(visit: Visit) -> None:
    page = visit(f"{ARTICLE}{CLAIM}")
    note_of(page, CLAIM).locator("[role=doc-backlink]").click()
    assert focus_is_in(page, CALL)
