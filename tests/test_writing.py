"""Whoever reads a note may write about it without an account: one line on its card, and the foot of every page."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable, Iterator
from html import unescape
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from manchette.page.parts import contact_address, writing_address
from manchette.site.open import open_site
from tests.axe import LOOKS, violations
from tests.browser.reader import ARTICLE, CLAIM, PERSON, card
from tests.conftest import Project, built
from tests.projects import lay_out
from tools.static import served

PAGE = f"{ARTICLE}index.html"
PUBLISHER = "    publisher: L’Estuaire\n"

# What `contact` says → where a note's line leads, without the subject.
SAID = {
    "redaction@estuaire.example": "mailto:redaction@estuaire.example",
    "mailto:redaction@estuaire.example": "mailto:redaction@estuaire.example",
    "mailto:redaction@estuaire.example?cc=rive@estuaire.example": "mailto:redaction@estuaire.example",
    "https://estuaire.example/ecrire": "https://estuaire.example/ecrire",
    "https://social.example/@estuaire": "https://social.example/@estuaire",
    "Écrivez à redaction@estuaire.example": "",
    "À compléter : une adresse où écrire, sans compte nulle part": "",
    "12, quai des Chantiers, Mortagne": "",
    '""': "",
}


def with_contact(folder: Path, said: str) -> Project:
    lay_out("estuaire", folder)
    project = Project(folder)
    settings = (folder / "mkdocs.yml").read_text("utf-8")
    assert settings.count(PUBLISHER) == 1
    project.write("mkdocs.yml", settings.replace(PUBLISHER, f"{PUBLISHER}    contact: '{said}'\n"))
    return project


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("contact")
    return built(with_contact(folder / "project", "redaction@estuaire.example").folder, folder / "site")


@pytest.fixture(scope="module")
def address(written: Path) -> Iterator[str]:
    with served(written) as address:
        yield address


def lines(page: str) -> list[str]:
    return [unescape(href) for href in re.findall(r'class="mch-write"[^>]* href="([^"]*)"', page)]


@pytest.mark.parametrize("said", SAID)
def test_a_line_leads_where_someone_reads(said: str, tmp_path: Path) -> None:
    site = open_site(with_contact(tmp_path / "project", said).folder)
    assert contact_address(site).partition("?")[0] == SAID[said]
    href = writing_address(site, "une-note", site.articles["esturgeon"])
    assert href.partition("?")[0] == SAID[said]
    assert ("subject" in parse_qs(urlsplit(href).query)) == SAID[said].startswith("mailto:")


@pytest.mark.full  # what needs the site built anew runs together
def test_every_note_has_one_that_says_which_it_is(written: Path, site: Path) -> None:
    page = (written / PAGE).read_text("utf-8")
    notes = re.findall(r' id="note--[a-z]+--([a-z0-9-]+)"', page)
    subjects = [parse_qs(urlsplit(href).query)["subject"] for href in lines(page)]
    assert len(notes) > 40
    assert [subject[0].split(" » de l’article « L’esturgeon remonte")[0] for subject in subjects] == [
        f"Note « {note}" for note in notes
    ]
    assert "Signaler une erreur" in page
    assert lines((site / PAGE).read_text("utf-8")) == []  # the sample says no contact


@pytest.mark.full
def test_it_weighs_little(written: Path, site: Path) -> None:
    heavy, light = (gzip.compress((folder / PAGE).read_bytes(), 6) for folder in (written, site))
    assert len(heavy) - len(light) < 20 * len(
        lines((written / PAGE).read_text("utf-8"))
    )  # bytes a note; 15 when written


@pytest.mark.full
@pytest.mark.parametrize("width", [390, 1440])
def test_it_is_on_cards_and_not_in_lists_or_on_paper(visit: Callable[..., Page], address: str, width: int) -> None:
    page = visit(f"{address}{ARTICLE}", width)
    shown = page.locator(".mch-write:visible")
    expect(shown).to_have_count(0)
    page.locator(PERSON).click()
    expect(card(page).locator(".mch-write")).to_be_visible()
    expect(shown).to_have_count(1)
    page.keyboard.press("Escape")
    page.locator(f'.mch-call[href$="{CLAIM.removeprefix("#")}"]').click()
    expect(shown).to_have_count(1)
    assert "relaches-dans-l-estuaire" in (shown.get_attribute("href") or "")
    page.emulate_media(media="print")
    expect(shown).to_have_count(0)
    expect(page.locator(".mch-foot a:visible")).to_have_text(["Signaler une erreur"])
    said = page.locator(".mch-contact").evaluate("line => getComputedStyle(line, '::after').content")
    assert "redaction@estuaire.example" in said or "attr(data-to)" in said
    expect(page.locator(".mch-foot p")).to_have_text("L’Estuaire")


@pytest.mark.full
@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_axe_finds_nothing(visit: Callable[..., Page], address: str, width: int, scheme: str) -> None:
    page = visit(f"{address}{ARTICLE}", width, color_scheme=scheme)
    page.locator(PERSON).click()
    assert violations(page) == []
