"""A claim's page: who is sent one reads it without a script, on any screen, and is a step from the passage."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.axe import violations
from tests.browser.reader import ARTICLE, CALL, Visit, card
from tests.conftest import also

PAGE = f"{ARTICLE}affirmations/"
CLAIMS = ["soutien-sans-reserve", "bacs-selon-kerdraon", "premiere-fois", "indifference-de-paris"]


@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (1440, "dark"), *also((320, "dark"), (1440, "light"))])
def test_axe_finds_nothing_and_nothing_is_cut_off(visit: Visit, width: int, scheme: str) -> None:
    page = visit(f"{PAGE}{CLAIMS[0]}/", width, color_scheme=scheme)
    for claim in CLAIMS:
        page.goto(re.sub("[^/]*/$", f"{claim}/", page.url))
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        expect(page.get_by_role("heading", level=1)).to_have_count(1)
        assert page.evaluate("document.fonts.check('20px Newsreader') && document.fonts.check('14px Bricolage')")


@pytest.mark.firefox
def test_a_step_leads_to_the_passage_and_its_note(visit: Visit) -> None:
    page = visit(f"{PAGE}premiere-fois/", 820)
    page.get_by_role("link", name="Lire le passage").click()
    expect(card(page)).to_contain_text("Un esturgeon bagué avait déjà été repris")
    assert page.url.endswith(f"{ARTICLE}#claim--premiere-fois")


def test_the_same_words_and_colours_as_in_the_article(visit: Visit) -> None:
    """A quote is underlined as in the text; its verdict has the colour that its note has there."""
    page = visit(f"{PAGE}premiere-fois/")
    shown = """element => {
        const style = getComputedStyle(element);
        return [style.textDecorationStyle, style.textDecorationColor, style.fontFamily];
    }"""
    color = "element => getComputedStyle(element).color"
    own, told = page.locator("blockquote span").evaluate(shown), page.locator("h1 .v").evaluate(color)
    page.goto(re.sub("affirmations/.*", "", page.url))
    assert page.locator("#claim--premiere-fois").evaluate(shown) == own
    assert page.locator("#note--claim--premiere-fois .mch-v").evaluate(color) == told


def test_from_claim_to_claim_and_back(visit: Visit) -> None:
    page = visit(f"{PAGE}frayeres-de-blaye/")
    page.get_by_role("link", name="Suivante").click()
    expect(page.locator("h1")).to_contain_text("Imprécise")
    page.get_by_role("link", name="Précédente").click()
    expect(page.locator("h1")).to_contain_text("Non vérifiée")
    page.get_by_role("link", name="Précédente").click()
    expect(page.get_by_role("link", name="Précédente")).to_have_count(0)


def test_without_a_script_the_link_in_the_note_opens_the_page(visit: Visit) -> None:
    page = visit(ARTICLE, script=False)
    claim = re.findall('"--(.*)"', CALL)[0]
    page.locator(f"#note--claim--{claim} summary").click()
    page.locator(f"#note--claim--{claim} .mch-copy").click()
    expect(page.locator("blockquote")).to_be_visible()
    assert page.url.endswith(f"{PAGE}{claim}/")


def test_it_is_light(visit: Visit) -> None:
    """A page, a style sheet and the faces of its words: nothing of the theme, and no script."""
    page = visit()
    context = page.context.browser.new_context()  # type: ignore[union-attr]
    asked: list[str] = []
    fresh = context.new_page()
    fresh.on("request", lambda request: asked.append(request.url))
    fresh.goto(f"{page.url}{PAGE}{CLAIMS[0]}/")
    fresh.evaluate("document.fonts.ready")
    context.close()
    kinds = sorted(re.sub(r".*/", "", url) for url in asked if "favicon" not in url)
    assert len(kinds) <= 7, kinds
    assert [kind for kind in kinds if kind.endswith(".js")] == []
