"""The margin: every note beside its passage, none on another, unfolded in place."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.reader import ARTICLE, Visit, box, focus_is_in, note_of, settled
from tests.conftest import also, served

CLAIM, CALL = "#claim--premiere-fois", '.mch-call[href$="--premiere-fois"]'

# Gap between neighbours and distance of a note from its passage, in pixels, closed and with each note open in turn: how
# much the others move then, and what part of the window the open one takes.
MEASURE = """async () => {
    const items = [...document.querySelectorAll(".mch-margin > li")], found = {gaps: [], closed: [], opened: []};
    const boxes = () => items.map(item => item.getBoundingClientRect());
    const settle = () => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
    const gaps = all => all.slice(1).map((box, i) => box.top - all[i].bottom);
    const drift = all => all.map((box, i) => {
        const note = items[i].querySelector(".mch-note").id.replace("note--", "");
        return box.top - document.getElementById(note).getBoundingClientRect().top;
    });
    await settle();
    const folded = boxes(), text = document.querySelector(".mch-text").getBoundingClientRect();
    found.gaps = gaps(folded); found.closed = drift(folded);
    found.left = Math.min(...folded.map(box => box.left - text.right));
    found.right = Math.max(...folded.map(box => box.right));
    found.moved = []; found.tall = [];
    for (const item of items) {
        item.querySelector("details").open = true;
        await settle();
        found.moved.push(Math.max(...boxes().map((box, i) => Math.abs(box.top - folded[i].top))));
        const parts = [".mch-note", ".mch-note__d"].map(part => item.querySelector(part));
        const [note, inner] = parts.map(part => part.getBoundingClientRect());
        found.tall.push((inner.bottom - note.top) / innerHeight);
    }
    found.open = document.querySelectorAll(".mch-margin [open]").length;
    return found;
}"""

# Where all that a note says first would not do: the sample's margin made as dense as that.
DENSE = "() => document.querySelector('.mch--article').classList.add('mch--dense')"


@pytest.mark.firefox
@pytest.mark.parametrize("width", [960, *also(1080, 1219), 1220, *also(1440, 1600), 1920])
def test_notes_keep_apart_and_near(visit: Visit, width: int) -> None:
    found = visit(ARTICLE, width).evaluate(MEASURE)
    assert min(found["gaps"]) >= 11
    assert min(found["closed"]) > -1  # none above its passage
    assert max(found["closed"]) <= (150 if width >= 1220 else 260), found["closed"]
    assert found["left"] >= 24  # room for the number
    assert found["right"] <= width
    assert max(found["moved"]) < 1  # what unfolds lies over the others
    assert max(found["tall"]) <= 0.6
    assert found["open"] == 1


@pytest.mark.parametrize("width", [960, *also(1219), 1220, *also(1440, 1920)])
def test_thirty_five_claims_in_twelve_paragraphs_stay_near(visit: Visit, this_site: Path, width: int) -> None:
    """This site's own article, whose margin is dense."""
    with served(this_site) as address:
        page = visit(f"{address}articles/coree-du-nord-russie/", width)
        expect(page.locator(".mch--dense")).to_have_count(1)
        found = page.evaluate(MEASURE)
        assert min(found["gaps"]) >= 11
        assert max(found["closed"]) <= (150 if width >= 1220 else 260), found["closed"]
        assert max(found["moved"]) < 1
        assert max(found["tall"]) <= 0.6


def test_nothing_of_ours_is_cut(visit: Visit) -> None:
    """Neither by us nor by the style sheet: every note says its sentence to the end."""
    for width in (390, 1440):
        page = visit(ARTICLE, width)
        for note in page.locator("[data-note=claim]:has(.mch-note__s:visible)").all():
            said = note.locator(".mch-note__s")
            assert said.evaluate("p => p.scrollHeight <= p.clientHeight + 1 && p.scrollWidth <= p.clientWidth + 1")
            assert not said.inner_text().endswith("…")
        assert page.evaluate(
            "[...document.querySelectorAll('.mch *')].every(e => getComputedStyle(e).webkitLineClamp === 'none')"
        )


@pytest.mark.firefox
def test_a_press_unfolds_the_note_beside_its_passage(visit: Visit) -> None:
    page = visit(ARTICLE)
    page.locator(CALL).click()
    note = note_of(page, CLAIM)
    expect(note.locator("details")).to_have_attribute("open", "")
    expect(page.locator(".mch-note:popover-open")).to_have_count(0)
    assert focus_is_in(page, "#note--claim--premiere-fois summary")
    expect(page.locator(CLAIM)).to_have_class(re.compile(r"\bon\b"))
    settled(page)
    for seen in (box(page.locator(CLAIM)), box(note.locator("summary"))):
        assert seen["y"] >= 56
        assert seen["bottom"] <= 900
    page.locator('.mch-call[href$="--elan-sans-precedent"]').click()
    expect(note.locator("details")).not_to_have_attribute("open", "")  # one at a time
    page.keyboard.press("Escape")
    expect(page.locator(".mch-margin [open]")).to_have_count(0)
    assert focus_is_in(page, '.mch-call[href$="--elan-sans-precedent"]')
    page.mouse.move(2, 300)
    expect(page.locator(".on")).to_have_count(0)


@pytest.mark.firefox
def test_a_press_on_the_words_unfolds_and_folds(visit: Visit) -> None:
    page = visit(ARTICLE)
    words = page.locator("#claim--observateurs-anonymes")
    words.click()
    expect(page.locator("#note--claim--observateurs-anonymes [open]")).to_have_count(1)
    words.click()
    expect(page.locator(".mch-margin [open]")).to_have_count(0)


@pytest.mark.firefox
def test_every_note_and_its_passage_are_in_sight_when_it_unfolds(visit: Visit) -> None:
    page = visit(ARTICLE)
    for call in page.locator(".mch-call").all():
        call.evaluate("call => call.scrollIntoView({block: 'end'})")
        call.focus()
        page.keyboard.press("Enter")
        settled(page)
        name = str(call.get_attribute("href")).removeprefix("#note--claim--")
        for seen in (box(page.locator(f"#claim--{name}")), box(page.locator(f"#note--claim--{name} summary"))):
            assert seen["y"] >= 56, name
            assert seen["bottom"] <= 900, name


@pytest.mark.firefox
def test_passage_and_note_light_each_other(visit: Visit) -> None:
    page = visit(ARTICLE, clock=True)
    note_of(page, CLAIM).locator(".mch-note__t").hover()
    expect(page.locator(CLAIM)).to_have_class(re.compile(r"\bon\b"))
    page.mouse.move(2, 300)
    expect(page.locator(".on")).to_have_count(0)
    page.locator(CALL).hover()
    expect(note_of(page, CLAIM)).to_have_class("mch-note on")
    page.clock.run_for(5000)
    expect(page.locator(".mch-note:popover-open")).to_have_count(0)  # what is there already needs no card


@pytest.mark.firefox
def test_a_supported_claim_takes_one_line(visit: Visit) -> None:
    page = visit(ARTICLE, alone=True)
    page.evaluate(DENSE)
    for note in page.locator(".mch-margin [data-verdict=supported]").all():
        assert box(note)["height"] < 30
        title, summary = box(note.locator(".mch-note__t")), box(note.locator("summary"))
        assert abs(title["y"] - summary["y"]) < 4
    page.locator('.mch-call[href$="--releves-presentes"]').click()
    for part in (".mch-note__s", ".mch-note__r"):
        expect(page.locator(f"#note--claim--releves-presentes {part}")).to_be_visible()


@pytest.mark.firefox
def test_a_press_elsewhere_folds_the_note(visit: Visit) -> None:
    page = visit(ARTICLE)
    page.locator(CALL).click()
    note_of(page, CLAIM).locator(".mch-note__r").click()
    expect(page.locator(".mch-margin [open]")).to_have_count(1)
    page.mouse.click(2, 300)
    expect(page.locator(".mch-margin [open]")).to_have_count(0)


def test_claims_in_a_claim_share_one_line(visit: Visit) -> None:
    """Each word has the line of the innermost claim; the calls stand together, and so do the notes."""
    page = visit(ARTICLE)
    assert page.locator(".mch-m .mch-m[data-kind=claim]").count() > 0
    lines = page.evaluate("""() => [...document.querySelectorAll(".mch-m[data-kind=claim]")].map(mark => {
        let lines = 0;
        for (let each = mark; each.matches(".mch-m"); each = each.parentElement.closest(".mch-m") ?? document.body)
            lines += getComputedStyle(each).textDecorationLine === "underline";
        return lines;
    })""")
    holders = page.locator(".mch-m--under").count()
    assert sorted(set(lines)) == [0, 1]
    assert lines.count(0) == holders


@pytest.mark.firefox
def test_the_address_of_a_claim_unfolds_its_note(visit: Visit) -> None:
    page = visit(ARTICLE + CLAIM)
    expect(page.locator("#note--claim--premiere-fois [open]")).to_have_count(1)
    settled(page)
    assert 56 <= box(page.locator(CLAIM))["y"] < 900


@pytest.mark.firefox
def test_from_claim_to_claim_in_the_margin(visit: Visit) -> None:
    page = visit(ARTICLE + "#claim--releves-presentes")
    note_of(page, "#claim--releves-presentes").get_by_label("Affirmation suivante").click()
    expect(page.locator("#note--claim--frayeres-de-blaye [open]")).to_have_count(1)
    page.keyboard.press("ArrowLeft")
    expect(page.locator("#note--claim--releves-presentes [open]")).to_have_count(1)


def test_no_call_is_parted_from_its_word(visit: Visit) -> None:
    page = visit(ARTICLE, 320)
    for width in (320, 390, 820, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        parted = page.evaluate(
            """() => [...document.querySelectorAll(".mch-call")].filter(call => {
                const name = call.hash.split("--").at(-1);
                const marks = [...document.querySelectorAll(`[data-annotation="${name}"]`)];
                const lines = marks.flatMap(mark => [...mark.getClientRects()]);
                const here = call.getBoundingClientRect();
                return !lines.some(line => Math.abs((line.top + line.bottom) - (here.top + here.bottom)) < line.height);
            }).map(call => call.hash)"""
        )
        assert parted == [], width


def without_anchors(visit: Visit, width: int) -> Page:
    """The article in a browser that knows no anchor positioning."""
    page = visit("", width, alone=True)
    page.add_init_script("const ask = CSS.supports; CSS.supports = what => !what.includes('anchor') && ask(what)")

    def unknown(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=answer.text().replace("anchor(", "unknown("))

    page.route("**/manchette.css", unknown)
    page.goto(page.url + ARTICLE)
    page.evaluate("document.fonts.ready")
    return page


@pytest.mark.parametrize("width", [960, 1440])
def test_without_anchors_the_script_sets_the_same_tops(visit: Visit, width: int) -> None:
    tops = "() => [...document.querySelectorAll('.mch-margin > li')].map(li => li.getBoundingClientRect().top)"
    page = without_anchors(visit, width)
    expect(page.locator(".mch-margin > li").first).to_have_attribute("style", re.compile("top:"))  # its script has come
    assert page.evaluate(tops) == pytest.approx(visit(ARTICLE, width).evaluate(tops), abs=1.5)
    assert min(page.evaluate(MEASURE)["gaps"]) >= 11


def test_a_press_on_the_note_itself_unfolds_it(visit: Visit) -> None:
    page = visit(ARTICLE)
    note_of(page, CLAIM).locator(".mch-note__s").click()
    expect(note_of(page, CLAIM).locator("[open]")).to_have_count(1)
