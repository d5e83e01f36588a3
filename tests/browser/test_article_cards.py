"""The card: how a mark opens its note, where it stands, how it goes, with a mouse, a finger and keys."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.reader import (
    ARTICLE,
    CALL,
    CLAIM,
    PERSON,
    Visit,
    box,
    card,
    focus_is_in,
    note_of,
    settled,
    without_cross_and_style,
)
from tests.conftest import also

DESCRIBED = "#person--maelle-kerdraon"
CARD = ".mch-note:popover-open"


def rest_on(page: Page, selector: str) -> None:
    """Bring the mouse to an element; when the page has heard of it, time may go on."""
    page.locator(selector).hover()
    expect(page.locator(f"{selector}:hover")).to_have_count(1)


def move_away(page: Page) -> None:
    """Take the mouse off every mark and card, as above."""
    page.mouse.move(2, 300)
    expect(page.locator(":is(.mch-m,.mch-note):hover")).to_have_count(0)


FIRST, SECOND, THIRD = "releves-presentes", "frayeres-de-blaye", "soutien-sans-reserve"  # claims, as the text has them


def open_claim(page: Page, call: str = CALL) -> None:
    page.locator(call).click()
    expect(card(page)).to_be_visible()
    settled(page)


@pytest.mark.firefox
@pytest.mark.parametrize("way", ["Escape", "cross", "outside", "again"])
@pytest.mark.parametrize(
    ("width", "mark"), [(390, PERSON), (1440, PERSON), *also((820, PERSON), (390, CALL), (820, CALL))]
)
def test_a_press_opens_the_note_and_gives_it_back(visit: Visit, width: int, mark: str, way: str) -> None:
    page = visit(ARTICLE, width)
    before = without_cross_and_style(page)
    page.locator(mark).click()
    expect(card(page)).to_have_count(1)
    expect(card(page)).to_have_role("dialog")
    assert focus_is_in(page, ".mch-note:popover-open")
    settled(page)
    match way:
        case "Escape":
            page.keyboard.press("Escape")
        case "cross":
            card(page).get_by_role("button", name="Fermer").click()
        case "outside":
            page.mouse.click(2, 100)
        case "again":
            at = box(page.locator(mark))
            page.mouse.click(at["x"] + 5, at["bottom"] - 8)
    expect(card(page)).to_have_count(0)
    page.mouse.move(2, 300)
    assert without_cross_and_style(page) == before
    assert focus_is_in(page, mark) is (way != "outside")


@pytest.mark.firefox
@pytest.mark.parametrize("width", [820, 1440])
def test_a_mouse_that_rests_on_a_name_opens_its_card_and_moves_no_focus(visit: Visit, width: int) -> None:
    page = visit(ARTICLE, width, clock=True)
    page.locator(".mch-brand").focus()
    rest_on(page, PERSON)
    page.clock.run_for(349)
    expect(card(page)).to_have_count(0)
    page.clock.run_for(1)
    expect(card(page)).to_have_count(1)
    assert focus_is_in(page, ".mch-brand")
    rest_on(page, CARD)
    page.clock.run_for(5000)
    expect(card(page)).to_have_count(1)  # from the name to the card
    move_away(page)
    page.clock.run_for(249)
    expect(card(page)).to_have_count(1)
    page.clock.run_for(1)
    expect(card(page)).to_have_count(0)
    assert focus_is_in(page, ".mch-brand")


@pytest.mark.firefox
def test_a_mouse_that_passes_opens_nothing(visit: Visit) -> None:
    page = visit(ARTICLE, clock=True)
    rest_on(page, PERSON)
    page.clock.run_for(349)
    move_away(page)
    page.clock.run_for(5000)
    expect(card(page)).to_have_count(0)


@pytest.mark.firefox
def test_a_press_keeps_the_card_that_the_mouse_opened(visit: Visit) -> None:
    page = visit(ARTICLE, clock=True)
    rest_on(page, PERSON)
    page.clock.run_for(350)
    expect(card(page)).to_have_count(1)
    page.locator(PERSON).click()
    move_away(page)
    page.clock.run_for(5000)
    expect(card(page)).to_have_count(1)


@pytest.mark.firefox
@pytest.mark.parametrize(("width", "mark"), [(390, PERSON), (1440, PERSON), (820, CALL)])
def test_keys_open_walk_and_leave_the_card(visit: Visit, width: int, mark: str) -> None:
    page = visit(ARTICLE, width)
    page.locator(mark).focus()
    page.keyboard.press("Enter")
    expect(card(page)).to_have_count(1)
    assert focus_is_in(page, ".mch-note:popover-open")
    inside = card(page).locator("a:visible,button:visible").count()
    for _ in range(inside):
        page.keyboard.press("Tab")
        assert focus_is_in(page, ".mch-note:popover-open")
    page.keyboard.press("Tab")
    expect(card(page)).to_have_count(0)  # a card that is left hides nothing from who goes on reading
    page.locator(mark).focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    expect(card(page)).to_have_count(0)
    assert focus_is_in(page, mark)


def test_tab_goes_on_in_the_text(visit: Visit) -> None:
    """Where `showPopover` takes its source; elsewhere Tab goes on in the list of notes."""
    page = visit(ARTICLE)
    page.locator(PERSON).focus()
    page.keyboard.press("Enter")
    for _ in range(card(page).locator("a:visible,button:visible").count() + 1):
        page.keyboard.press("Tab")
    assert focus_is_in(page, "#person--nikolai-orlianski--2")


@pytest.mark.parametrize(("width", "mark"), [(390, PERSON), (390, CALL), (1440, PERSON)])
def test_a_finger_opens_and_closes(visit: Visit, width: int, mark: str) -> None:
    page = visit(ARTICLE, width, has_touch=True)
    page.locator(mark).scroll_into_view_if_needed()
    page.locator(mark).tap()
    expect(card(page)).to_have_count(1)
    settled(page)
    page.touchscreen.tap(width - 3, 80)
    expect(card(page)).to_have_count(0)


def test_a_finger_that_scrolls_leaves_the_sheet_open(visit: Visit) -> None:
    page = visit(ARTICLE, 390, 844, has_touch=True)
    page.locator(CALL).tap()
    expect(card(page)).to_have_count(1)
    settled(page)
    fingers = page.context.new_cdp_session(page)
    was = page.evaluate("scrollY")
    for y in range(220, 100, -20):
        kind = "touchStart" if y == 220 else "touchMove"
        fingers.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": 300, "y": y}]})
    fingers.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    settled(page)
    assert page.evaluate("scrollY") > was
    expect(card(page)).to_have_count(1)


@pytest.mark.firefox
def test_ctrl_click_is_the_link_s_own(visit: Visit) -> None:
    page = visit(ARTICLE)
    page.locator(CALL).click(modifiers=["Shift"])
    expect(page.locator(".mch-notes [open]")).to_have_count(0)


@pytest.mark.firefox
def test_the_innermost_answers(visit: Visit) -> None:
    """A claim in a claim, a name in a claim, and the words of a claim that are neither."""
    page = visit(ARTICLE, 820)
    for text, note in {
        "grâce à l’aide décisive": "#note--claim--aide-decisive",
        "Station des migrateurs": "#note--organization--station-des-migrateurs",
        "Port-Maubert": "#note--place--port-maubert",
        "– selon la": "#note--claim--crue-surmontee",
    }.items():
        spot = page.evaluate(
            r"""text => {
                const words = document.createTreeWalker(document.querySelector(".mch-text"), NodeFilter.SHOW_TEXT);
                for (let node; (node = words.nextNode());) {
                    const at = node.data.replaceAll(/\s/g, " ").indexOf(text.slice(0, 8));
                    if (at < 0 || !node.parentElement.closest("[data-kind=claim]")) continue;
                    node.parentElement.scrollIntoView({block: "start"}); scrollBy(0, -200);
                    const range = new Range(); range.setStart(node, at + 1); range.setEnd(node, at + 4);
                    const { x, y, width, height } = range.getBoundingClientRect();
                    return [x + width / 2, y + height / 2];
                }
            }""",
            text,
        )
        page.mouse.click(*spot)
        expect(page.locator(note + ":popover-open")).to_have_count(1)
        page.keyboard.press("Escape")


@pytest.mark.firefox
@pytest.mark.parametrize("width", [720, *also(820, 959), 1440])
def test_a_card_stands_by_its_words_inside_the_window(visit: Visit, width: int) -> None:
    page = visit(ARTICLE, width, 900)
    for mark in page.locator(".mch-text > p a.mch-m[tabindex]").all()[::6]:
        mark.evaluate("mark => scrollTo(0, scrollY + mark.getBoundingClientRect().top - innerHeight / 3)")
        page.mouse.move(2, 300)
        mark.click()
        settled(page)
        at, words = box(card(page)), mark.evaluate("mark => [...mark.getClientRects()].map(line => line.toJSON())")
        assert at["x"] >= 7.5
        assert at["right"] <= width - 7.5
        assert at["bottom"] <= 900.5
        gaps = [min(abs(at["y"] - line["bottom"]), abs(line["top"] - at["bottom"])) for line in words]
        assert 7 <= min(gaps) <= 9, gaps
        page.keyboard.press("Escape")


@pytest.mark.firefox
def test_a_claim_s_card_stands_under_its_last_line_flush_with_it(visit: Visit) -> None:
    page = visit(ARTICLE, 820, 1000)
    page.locator(CALL).evaluate("call => scrollTo(0, scrollY + call.getBoundingClientRect().top - 250)")
    open_claim(page)
    lines: list[dict[str, float]] = page.locator(CLAIM).evaluate("m => [...m.getClientRects()].map(l => l.toJSON())")
    at = box(card(page))
    assert abs(at["y"] - max(line["bottom"] for line in lines) - 8) < 1
    assert abs(at["x"] - min(line["left"] for line in lines)) < 1


@pytest.mark.firefox
def test_without_room_below_a_card_stands_above(visit: Visit) -> None:
    page = visit(ARTICLE, 1440, 900)
    page.locator(PERSON).evaluate("mark => scrollTo(0, scrollY + mark.getBoundingClientRect().top - 750)")
    at = box(page.locator(PERSON))
    page.mouse.click(at["x"] + 5, at["y"] + 5)  # a locator's click may scroll first
    assert box(card(page))["bottom"] < box(page.locator(PERSON))["y"]


@pytest.mark.firefox
@pytest.mark.parametrize("call", ["releves-presentes", "relaches-dans-l-estuaire", "bassins-chauffes"])
def test_a_sheet_leaves_its_passage_in_sight(visit: Visit, call: str) -> None:
    page = visit(ARTICLE, 390, 844)
    open_claim(page, f'.mch-call[href$="--{call}"]')
    sheet, passage = box(card(page)), box(page.locator(f"#claim--{call}"))
    assert sheet["height"] <= 0.68 * 844 + 1
    assert abs(sheet["bottom"] - 844) < 1
    assert (sheet["x"], sheet["right"]) == (0, page.evaluate("document.documentElement.clientWidth"))
    assert passage["y"] >= 56
    assert passage["bottom"] <= sheet["y"]


@pytest.mark.firefox
def test_a_card_follows_the_window(visit: Visit) -> None:
    """Sheet, card, margin note, as the window widens."""
    page = visit(ARTICLE, 390, 844)
    open_claim(page)
    page.set_viewport_size({"width": 820, "height": 844})
    settled(page)
    assert box(card(page))["width"] < 400
    assert box(card(page))["right"] <= 812.5
    page.set_viewport_size({"width": 1440, "height": 844})
    expect(card(page)).to_have_count(0)
    expect(note_of(page, CLAIM).locator("details")).to_have_attribute("open", "")
    assert focus_is_in(page, "#note--claim--relaches-dans-l-estuaire summary")


@pytest.mark.firefox
@pytest.mark.parametrize("width", [390, 820])
def test_from_claim_to_claim(visit: Visit, width: int) -> None:
    page = visit(ARTICLE, width)
    open_claim(page, f'.mch-call[href$="--{FIRST}"]')
    expect(card(page).get_by_label("Affirmation précédente")).to_have_count(0)
    card(page).get_by_label("Affirmation suivante").click()
    expect(page.locator(f"#note--claim--{SECOND}:popover-open")).to_have_count(1)
    page.keyboard.press("ArrowRight")
    expect(page.locator(f"#note--claim--{THIRD}:popover-open")).to_have_count(1)
    page.keyboard.press("ArrowLeft")
    expect(page.locator(f"#note--claim--{SECOND}:popover-open")).to_have_count(1)
    settled(page)
    assert 0 < box(page.locator(f"#claim--{SECOND}"))["y"] < 900


@pytest.mark.firefox
def test_a_claim_further_on_is_scrolled_to(visit: Visit) -> None:
    """Smoothly, for who has not asked for less motion."""
    page = visit(ARTICLE, 820, 500, reduced_motion="no-preference")
    open_claim(page, '.mch-call[href$="--bacs-selon-kerdraon"]')
    ended = page.evaluate_handle(
        "() => ({after: new Promise(done => addEventListener('scrollend', done, {once: true}))})"
    )
    was = page.evaluate("scrollY")
    card(page).get_by_label("Affirmation précédente").click()
    ended.evaluate("ended => ended.after")
    assert page.evaluate("scrollY") < was
    assert 56 <= box(page.locator("#claim--convention-prolongee"))["y"] < 500


@pytest.mark.firefox
@pytest.mark.parametrize(("width", "address"), [(390, CLAIM), (820, CLAIM), (390, DESCRIBED), (1440, DESCRIBED)])
def test_the_address_of_a_passage_opens_its_note(visit: Visit, width: int, address: str) -> None:
    page = visit(ARTICLE + address, width)
    expect(card(page)).to_have_count(1)
    expect(card(page)).to_have_attribute("id", "note--" + address[1:])
    settled(page)
    words = page.locator(address).first
    assert 56 <= box(words)["y"] < 900
    page.goto(page.url.split("#")[0] + "#texte")
    expect(card(page)).to_have_count(0)
    page.go_back()
    expect(card(page)).to_have_count(1)


@pytest.mark.firefox
def test_the_way_back_leads_to_the_passage(visit: Visit) -> None:
    page = visit(ARTICLE)
    page.locator(PERSON).click()
    card(page).get_by_label("Revenir au passage, § 9").click()
    expect(card(page)).to_have_count(0)
    settled(page)
    target = page.evaluate("location.hash")
    assert focus_is_in(page, target)
    assert 0 <= box(page.locator(target))["y"] < 900


def test_the_address_of_a_claim_s_own_page_is_copied(visit: Visit) -> None:
    page = visit(ARTICLE, 820, clock=True, permissions=["clipboard-read", "clipboard-write"])
    page.locator(CALL).click()
    copy = card(page).locator(".mch-copy")
    copy.click()
    expect(copy).to_have_text("Lien copié")
    own = f"{page.url.split('#')[0]}affirmations/{CLAIM.removeprefix('#claim--')}/"
    assert page.evaluate("navigator.clipboard.readText()") == own
    page.clock.run_for(1999)
    expect(copy).to_have_text("Lien copié")
    page.clock.run_for(1)
    expect(copy).to_have_text("Copier le lien")


@pytest.mark.parametrize(
    ("person", "role"),
    [
        ("maelle-kerdraon", "Directrice de la Station des migrateurs, du 1er septembre 2018 à décembre 2022"),
        ("nikolai-orlianski", "Chercheur invité à la Station des migrateurs, de février 2021 au 15 janvier 2024"),
    ],
)
def test_the_role_shown_is_the_one_held_at_the_article_s_date(visit: Visit, person: str, role: str) -> None:
    page = visit(ARTICLE)
    page.locator(f"#person--{person}").click()
    expect(card(page).locator(".mch-role strong")).to_have_text(role)


def test_a_card_scrolls_inside_and_keeps_its_cross(visit: Visit) -> None:
    page = visit(ARTICLE, 820, 700)
    open_claim(page)
    inner: Any = card(page).evaluate("card => [card.scrollHeight > card.clientHeight, card.scrollTo(0, 9999)][0]")
    assert inner
    cross, at = box(card(page).get_by_role("button", name="Fermer")), box(card(page))
    assert at["y"] <= cross["y"] <= at["y"] + 20
    assert cross["width"] >= 24
    assert cross["height"] >= 24


# ---- two sizes

TOOLS = ".mch-tools,.mch-back,.mch-steps,.mch-src,.mch-x"


@pytest.mark.firefox
def test_a_card_that_the_mouse_opens_is_small_and_a_press_makes_it_whole(visit: Visit) -> None:
    page = visit(ARTICLE, clock=True)
    rest_on(page, PERSON)
    page.clock.run_for(350)
    for part in ("b", ".mch-role strong", ".mch-note__r"):
        expect(card(page).locator(part).first).to_be_visible()
    expect(card(page).locator(TOOLS).locator("visible=true")).to_have_count(0)
    small = box(card(page))["height"]
    page.locator(PERSON).click()
    assert card(page).locator(TOOLS).locator("visible=true").count() >= 3
    assert box(card(page))["height"] > small


def test_a_small_card_says_one_sentence(visit: Visit) -> None:
    page = visit(ARTICLE, clock=True)
    for mark in page.locator(".mch-text a.mch-m:not([tabindex])").all():
        mark.evaluate("mark => mark.scrollIntoView({block: 'center'})")
        page.mouse.move(2, 300)
        page.clock.run_for(300)
        mark.hover()
        expect(page.locator(".mch-text a.mch-m:hover")).to_have_count(1)
        page.clock.run_for(350)
        for said in card(page).locator(".mch-note__r").all_inner_texts():
            assert not re.search(r"\w[a-z0-9][.!?]\s+[A-ZÀ-Þ«]", said), said  # « M. Dupont » is no end


@pytest.mark.firefox
def test_a_card_stands_in_the_margin_where_that_is_free(visit: Visit) -> None:
    page = visit(ARTICLE, alone=True)
    page.evaluate("document.querySelectorAll('.mch-margin > li').forEach((li, i) => { if (i) li.hidden = true; })")
    last = page.locator(".mch-text > p a.mch-m").last
    last.click()
    settled(page)
    at, text = box(card(page)), box(page.locator(".mch-text"))
    assert at["x"] > text["right"]
    assert at["y"] - 1 <= box(last)["y"] <= at["bottom"]


# ---- one in another


@pytest.mark.firefox
@pytest.mark.parametrize("width", [390, 1440])
def test_a_name_in_a_card_opens_in_its_place_with_a_way_back(visit: Visit, width: int) -> None:
    page = visit(ARTICLE, width)
    page.locator(PERSON).click()
    first = str(card(page).get_attribute("id"))
    link = card(page).locator("a[href^='#note--']").first
    other = str(link.get_attribute("href"))
    link.click()
    expect(page.locator(f"{other}:popover-open")).to_have_count(1)
    expect(card(page)).to_have_count(1)
    assert focus_is_in(page, f"{other}:popover-open")
    back = card(page).locator(".mch-turn")
    expect(back).to_have_text("← Revenir à Maëlle Kerdraon")
    back.click()
    expect(page.locator(f"#{first}:popover-open")).to_have_count(1)
    expect(card(page).locator(".mch-turn")).to_be_hidden()
    page.locator(f"#{first} a[href='{other}']").first.click()
    page.keyboard.press("Escape")
    expect(card(page)).to_have_count(0)
    assert focus_is_in(page, PERSON)


@pytest.mark.firefox
def test_a_name_in_a_note_of_the_margin_opens_its_card(visit: Visit) -> None:
    page = visit(ARTICLE)
    for note in page.locator(".mch-margin .mch-note:has(a[href^='#note--'])").all():
        note.locator("summary").click()
        link = note.locator("a[href^='#note--']").locator("visible=true").first
        other = str(link.get_attribute("href"))
        link.click()
        expect(page.locator(f"{other}:popover-open")).to_have_count(1)
        page.keyboard.press("Escape")
        expect(card(page)).to_have_count(0)
        break
    else:
        raise AssertionError


# ---- the sheet


@pytest.mark.firefox
def test_a_sheet_has_its_steps_at_its_foot(visit: Visit) -> None:
    page = visit(ARTICLE, 390, 844)
    for call in page.locator(".mch-call").all()[:6]:
        call.click()
        steps = box(card(page).locator(".mch-steps"))
        assert steps["bottom"] <= 844.5
        assert 844 - steps["bottom"] < 12
        expect(card(page).locator(".mch-steps")).to_contain_text(" sur ")
        page.keyboard.press("Escape")
        expect(card(page)).to_have_count(0)


@pytest.mark.parametrize(("far", "left"), [(150, 0), (40, 1)])
def test_a_sheet_goes_with_the_finger_that_draws_it_down(visit: Visit, far: int, left: int) -> None:
    page = visit(ARTICLE, 390, 844, has_touch=True)
    page.locator(PERSON).tap()
    expect(card(page)).to_have_count(1)
    settled(page)
    top = box(card(page))["y"] + 30
    fingers = page.context.new_cdp_session(page)
    fingers.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": 200, "y": top}]})
    for way in range(10, far + 1, 10):
        fingers.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [{"x": 200, "y": top + way}]})
    assert box(card(page))["y"] > top - 30 + far / 2
    fingers.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    expect(card(page)).to_have_count(left)
    if left:
        expect(card(page)).to_have_css("translate", "none")


def test_a_press_on_another_passage_opens_it_at_once(visit: Visit) -> None:
    page = visit(ARTICLE, 390, 844)
    for call in (FIRST, SECOND, THIRD):
        mark = page.locator(f'.mch-call[href$="--{call}"]')
        mark.evaluate("call => scrollTo(0, scrollY + call.getBoundingClientRect().top - 150)")
        mark.click()
        expect(page.locator(f"#note--claim--{call}:popover-open")).to_have_count(1)
    page.keyboard.press("Escape")
    expect(card(page)).to_have_count(0)


@pytest.mark.parametrize("width", [390, 1440])
def test_back_goes_from_card_to_card(visit: Visit, width: int) -> None:
    page = visit(ARTICLE, width)
    page.locator(PERSON).click()
    first = str(card(page).get_attribute("id"))
    card(page).locator("a[href^='#note--']").first.click()
    expect(page.locator(f"#{first}:popover-open")).to_have_count(0)
    page.evaluate("history.back()")
    expect(page.locator(f"#{first}:popover-open")).to_have_count(1)
    card(page).locator("a[href^='#note--']").first.click()
    expect(page.locator(f"#{first}:popover-open")).to_have_count(0)
    page.keyboard.press("Escape")
    expect(card(page)).to_have_count(0)
    page.wait_for_function("!history.state")
    expect(card(page)).to_have_count(0)


def test_what_scrolls_under_a_mouse_that_rests_opens_nothing(visit: Visit) -> None:
    page = visit(ARTICLE, clock=True)
    page.evaluate("scrollTo(0, 300)")
    at = box(page.locator(PERSON))
    page.mouse.move(at["x"] + 5, at["y"] + at["height"] / 2 - 100)
    page.evaluate("window.over = 0; document.addEventListener('pointerover', () => { window.over++; })")
    page.evaluate("scrollBy(0, 100)")
    page.wait_for_function("window.over > 0")  # as browsers tell of it
    page.clock.run_for(1000)
    expect(card(page)).to_have_count(0)
    page.mouse.move(at["x"] + 7, at["y"] + at["height"] / 2 - 100)
    page.mouse.move(2, 300)
    rest_on(page, PERSON)
    page.clock.run_for(350)
    expect(card(page)).to_have_count(1)


def test_a_card_follows_a_phone_that_is_turned(visit: Visit) -> None:
    page = visit(ARTICLE, 390, 844)
    open_claim(page)
    page.set_viewport_size({"width": 844, "height": 390})
    settled(page)
    at = box(card(page))
    assert at["y"] >= 0
    assert at["y"] < 390
