"""Paper: an article with a line a note and its sources numbered, the other pages without what is only for screens."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from manchette.page.printed import printed
from manchette.site.open import open_site
from manchette.typeset import typography
from tests.browser.paper import sheets, solid
from tests.browser.reader import ARTICLE, DOORS, PERSON, Visit
from tests.projects import ESTUAIRE
from tools.static import served

PAGES = [*DOORS, "registre/", "corrections/", "methode/", ""]
CONTROLS = re.compile(
    r"agenda|Filtrer|Classer selon|Proposer une|Historique|Copier le lien|Lecture nue|Rechercher|Écrivez-nous"
    r"|^\d+ sources?$"
)
STRAY = re.compile(r"[,:;.)]|·$")


@pytest.fixture(scope="module")
def this_address(this_site: Path) -> Iterator[str]:
    with served(this_site) as address:
        yield address


def lines(page: Page) -> list[str]:
    return [line for sheet in sheets(page) for line in sheet]


@pytest.mark.parametrize("script", [True, False])
def test_an_article_is_a_hand_out(visit: Visit, script: bool) -> None:
    page = visit(ARTICLE, script=script)
    if script:
        page.locator(PERSON).click()  # an open card goes back to its place first
    found = sheets(page)
    said = solid(" ".join(line for sheet in found for line in sheet))
    assert len(found) <= 3  # 9 before
    site = open_site(ESTUAIRE)
    article = site.articles["esturgeon"]
    view = printed(site, article)
    for key, number in article.numbers.items():
        claim = article.claims[key].entry
        cited = f"[{view.cited[key]}]" if view.cited[key] else ""
        words = re.sub(r"<.*?>", "", str(typography.apply(claim.short or claim.rationale)))
        assert solid(f"{number}{claim.verdict.words.sign} {claim.verdict.label}{words}{cited}") in said, key
        if claim.short and claim.rationale not in claim.short:
            assert solid(claim.rationale) not in said, key
    for number, each in enumerate(view.sources, start=1):
        assert solid(f"{number}{each.source.outlet}") in said
        assert solid(each.address) in said
    for name in page.locator(".mch-names b").all_text_contents():
        assert solid(name) in said
    assert solid("Notes complètes : example.org/depot/articles/esturgeon") in said
    assert [line for sheet in found for line in sheet if CONTROLS.search(line) or STRAY.match(line)] == []


def test_every_article_of_this_site_takes_four_sheets(visit: Visit, this_address: str, this_site: Path) -> None:
    articles = [path.parent.relative_to(this_site) for path in this_site.glob("articles/*/index.html")]
    for article in articles:
        found = sheets(visit(f"{this_address}{article}/"))
        assert len(found) <= 4, article
        assert [line for sheet in found for line in sheet if CONTROLS.search(line) or STRAY.match(line)] == []


@pytest.mark.parametrize("path", PAGES)
def test_other_pages_are_printed_without_controls_and_stray_signs(visit: Visit, path: str) -> None:
    found = lines(visit(path))
    assert found
    assert [line for line in found if CONTROLS.search(line) or STRAY.match(line)] == []
    assert any("En ligne" in line for line in found)


def test_what_is_for_paper_is_on_paper_alone(visit: Visit, site: Path) -> None:
    page = visit(ARTICLE)
    for only in (".mch-printed", ".mch-here"):
        expect(page.locator(only)).to_have_count(1)
        expect(page.locator(only)).to_be_hidden()
    assert "Sources" not in page.locator("main, body").first.aria_snapshot().split("heading")[-1]
    index = (site / "search/search_index.json").read_text("utf-8")
    listed = page.locator(".mch-printed li").all_text_contents()
    assert listed
    assert [line for line in listed if line in index] == []
