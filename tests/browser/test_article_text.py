"""What an article's own text may hold beside paragraphs: footnotes, abbreviations, folds, words of other languages."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.axe import LOOKS, violations
from tests.browser.paper import sheets, solid
from tests.browser.reader import Visit, box, card, note_of, settled
from tests.conftest import also

NOTES, ENGLISH, ARABIC = "articles/notes/", "articles/anglais/", "articles/arabe/"
IN_FOOTNOTE = "neuf-cents"


def names(page: Page, selector: str) -> list[str]:
    """What a voice calls the elements, in order."""
    said = [found.aria_snapshot() for found in page.locator(selector).all()]
    return [re.search(r'"(.*?)"', words)[1] for words in said]  # type: ignore[index]


# ---- footnotes


def test_footnotes_and_their_calls_are_numbered_and_named_in_french(visit: Visit, more_articles: str) -> None:
    page = visit(more_articles + NOTES)
    notes = page.locator(".footnote > ol")
    expect(notes).to_have_css("list-style-type", "decimal")
    expect(page.get_by_role("region", name="Notes de bas de page", exact=True)).to_have_count(1)
    expect(page.locator("[role=doc-endnotes]")).to_have_count(1)  # ours
    calls = page.locator(".mch-text sup a")
    assert calls.all_inner_texts() == ["1", "1", "2"]
    assert names(page, ".mch-text sup a") == [f"Note de bas de page {n}" for n in (1, 1, 2)]
    ways = [f"Revenir à l’appel de la note {words}" for words in ("1, nº 1", "1, nº 2", "2")]
    assert names(page, ".footnote-backref") == ways


@pytest.mark.firefox
def test_the_ways_to_a_footnote_and_back_are_those_of_the_browser(visit: Visit, more_articles: str) -> None:
    page = visit(more_articles + NOTES, 390)
    for _ in range(2):
        page.locator(".mch-text sup a").nth(1).focus()
        page.keyboard.press("Enter")
        expect(page).to_have_url(re.compile(r"#fn:carnet$"))
        expect(page.locator("#fn\\:carnet")).to_be_in_viewport()
        page.locator(".footnote-backref").nth(1).focus()
        page.keyboard.press("Enter")
        expect(page).to_have_url(re.compile(r"#fnref2:carnet$"))
        settled(page)
        expect(page.locator(".mch-text sup a").nth(1)).to_be_in_viewport()
        page.keyboard.press("Tab")
        if page.context.browser and page.context.browser.browser_type.name == "chromium":  # Firefox goes on elsewhere
            assert page.evaluate("document.activeElement.parentElement.id") == "fnref2:carnet"
    expect(card(page)).to_have_count(0)


@pytest.mark.parametrize("width", [960, *also(1220), 1440])
def test_a_claim_in_a_footnote_has_its_note_beside_it(visit: Visit, more_articles: str, width: int) -> None:
    page = visit(more_articles + NOTES, width)
    passage, note = box(page.locator(f"#claim--{IN_FOOTNOTE}")), box(note_of(page, f"#claim--{IN_FOOTNOTE}"))
    assert abs(note["y"] - passage["y"]) < 8
    assert note["x"] > passage["right"]
    page.locator(f'.mch-call[href$="--{IN_FOOTNOTE}"]').click()
    expect(note_of(page, f"#claim--{IN_FOOTNOTE}").locator("details")).to_have_attribute("open", "")


def test_a_footnote_s_marks_open_their_cards(visit: Visit, more_articles: str) -> None:
    page = visit(more_articles + NOTES, 390)
    page.locator(f'.mch-call[href$="--{IN_FOOTNOTE}"]').click()
    expect(card(page)).to_have_id(f"note--claim--{IN_FOOTNOTE}")
    page.keyboard.press("Escape")
    page.locator(".footnote [data-annotation=arsene-tourneboeuf]").click()
    expect(card(page)).to_have_id("note--person--arsene-tourneboeuf")
    expect(card(page).locator(".mch-back a")).to_have_text(["note 2"])


def test_a_footnote_is_no_paragraph_wherever_a_passage_is_named(visit: Visit, more_articles: str) -> None:
    page = visit(more_articles + NOTES)
    assert page.locator(".mch-p").all_text_contents() == ["1", "2", "3", "4", "5", "6"]
    back = page.locator("#note--person--seo-ha-neul .mch-back a")
    assert [words.replace("\u202f", " ") for words in back.all_text_contents()] == ["§ 3", "note\u00a01"]
    page.goto(f"{more_articles}{NOTES}registre/")
    seo = page.locator("#person--seo-ha-neul .mch-entry__m a")
    assert seo.all_text_contents() == ["3", "note\u00a01"]
    assert seo.last.get_attribute("href") == "../#person--seo-ha-neul--2"
    expect(page.locator("#person--seo-ha-neul .mch-conc")).to_have_css("--w", "6")
    page.goto(f"{more_articles}{NOTES}chronologie/")
    expect(page.locator(".mch-pass", has_text="note")).to_have_text("Lire le passage, note\u00a02")
    page.goto(f"{more_articles}{NOTES}carte/")
    passages = page.locator("#place--busan .mch-pass")
    assert passages.all_text_contents() == ["note\u00a02"]
    assert names(page, "#place--busan .mch-pass") == ["Lire le passage, note 2"]


# ---- abbreviations

SPELLED = " (Station des migrateurs de Mortagne)", " (Agence des rives et de l’estuaire)"


def test_what_an_abbreviation_stands_for_is_said_once_to_everyone(visit: Visit, more_articles: str) -> None:
    """Not where the text says it itself; without a mouse; and no line of a verdict's is under it."""
    for width in (390, 1440):
        page = visit(more_articles + NOTES, width)
        said = page.locator(".mch-full")
        assert said.all_text_contents() == [*SPELLED]
        assert all(each.is_visible() for each in said.all())
        expect(page.locator(".mch-text p").nth(1)).to_match_aria_snapshot("- paragraph: /ARE \\(Agence des rives/")
        assert {
            *page.locator("abbr").evaluate_all("all => all.map(one => getComputedStyle(one).textDecorationLine)")
        } == {"none"}
    printed = solid(" ".join(line for sheet in sheets(page) for line in sheet))
    assert all(printed.count(solid(words)) == 1 for words in SPELLED)
    page.locator("#layer-bare").check()
    expect(page.locator(".mch-full").first).to_be_hidden()


def test_a_name_in_an_abbreviation_is_marked_as_any_other(visit: Visit, more_articles: str) -> None:
    page = visit(more_articles + NOTES, 390)
    mark = page.locator("#organization--station-des-migrateurs")
    assert mark.inner_html() == '<abbr title="Station des migrateurs de Mortagne">STAM</abbr>'
    assert mark.evaluate("mark => mark.nextElementSibling.className") == "mch-i"
    mark.click()
    expect(card(page)).to_have_id("note--organization--station-des-migrateurs")


# ---- folds


@pytest.mark.parametrize("width", [390, 1440])
def test_a_mark_in_a_fold_is_unfolded_by_what_leads_to_it(visit: Visit, more_articles: str, width: int) -> None:
    page = visit(more_articles + NOTES, width)
    fold, mark = page.locator(".mch-text details"), page.locator("#claim--a-sa-place")
    expect(mark).to_be_hidden()
    page.locator('.mch-call[href$="--mille"]').click()
    page.locator("#note--claim--mille [rel=next]").click()
    expect(fold).to_have_attribute("open", "")
    expect(mark).to_be_in_viewport()
    printed = solid(" ".join(line for sheet in sheets(visit(more_articles + NOTES)) for line in sheet))
    assert solid("Le pêcheur de Royan y tient sa place") in printed


def test_what_is_folded_away_moves_no_note(visit: Visit, more_articles: str) -> None:
    page = visit(more_articles + NOTES)
    before, folded, after = (box(item) for item in page.locator(".mch-margin > li").all())
    assert 0 < folded["y"] - before["bottom"] < 20
    assert abs(after["y"] - box(page.locator(f"#claim--{IN_FOOTNOTE}"))["y"]) < 8


# ---- other languages


def test_an_article_keeps_its_own_typography_and_ours_stays_french(visit: Visit, more_articles: str) -> None:
    page = visit(more_articles + ENGLISH)
    text = page.locator(".mch-text")
    expect(text).to_have_attribute("lang", "en")
    assert "years?," not in text.inner_text()
    words = page.evaluate("document.querySelector('.mch-text').textContent")
    assert "nobody knows; really? They left on 20 August 2022 -- or" in words
    assert 'See the "Bulletin": page 12; Seo' in words
    assert "\u202f" not in words
    of_voice = "all => all.map(one => one.closest('[lang]').lang)"
    assert page.locator(".mch-call,.footnote-ref,.footnote-backref,[role=region]").evaluate_all(of_voice) == ["fr"] * 4
    assert page.locator(".mch-text p,.footnote li,.mch-full").evaluate_all(of_voice) == ["en"] * 5
    assert page.locator(".mch-dek,.mch-note").evaluate_all(of_voice) == ["fr"] * 5
    expect(page.locator("#note--date--depart [lang=en]")).to_have_text("on 20 August 2022")
    page.goto(f"{more_articles}{ENGLISH}affirmations/")
    expect(page.locator("td small[lang=fr]")).to_have_text("L’affirmation : Cela prendra des années : qui le sait ?")
    page.goto(f"{more_articles}{ENGLISH}chronologie/")
    expect(page.locator(".mch-event [lang=en]")).to_have_text("on 20 August 2022")


@pytest.mark.parametrize("width", [390, 1440])
def test_an_article_from_right_to_left_begins_at_the_right(visit: Visit, more_articles: str, width: int) -> None:
    page = visit(more_articles + ARABIC, width)
    for part in (".mch-text", "h1"):
        expect(page.locator(part)).to_have_css("direction", "rtl")
    expect(page.locator(".mch-notes")).to_have_css("direction", "ltr")
    text, item = box(page.locator(".mch-text")), box(page.locator(".mch-text li").first)
    assert 10 < text["right"] - item["right"] < 40
    name, sign = box(page.locator("#person--maelle-kerdraon")), box(page.locator(".mch-text .mch-i"))
    assert abs(name["right"] - sign["x"]) < 1 or abs(name["x"] - sign["right"]) < 1  # a name from left to right
    assert page.evaluate("document.documentElement.scrollWidth") <= width


# ---- all of it


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_axe_finds_nothing(visit: Visit, more_articles: str, width: int, scheme: str) -> None:
    for path in (NOTES, ENGLISH, ARABIC):
        page = visit(more_articles + path, width, color_scheme=scheme)
        assert violations(page, ".mch") == []
