"""What a long article's notes leave out, some other page tells."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from manchette.engine import Addresses, Home, Links
from manchette.page import locators, omissions
from manchette.page.names import Names
from manchette.page.notes import ClaimNote, EntityNote, EventNote, claim_note, entity_note, event_note
from manchette.site.open import open_site
from tests.conftest import Project

NAME, CLAIM = "arsene-tourneboeuf", "relaches-dans-l-estuaire"
Note = EntityNote | ClaimNote | EventNote


def notes(project: Project) -> tuple[tuple[Note, Note], ...]:
    """A name's note, a claim's and a date's, each as it is in an article and as it is in a long one."""
    site = open_site(project.folder)
    article = site.articles["esturgeon"]
    links = Links(article.page)
    date = next(iter(article.events.values()))
    name, claim, event = (
        entity_note(site, NAME, links, article),
        claim_note(site, article, article.claims[CLAIM], links),
        event_note(site, article, date, Names(site, article)),
    )
    return (
        (name, omissions.of_name(site, article, name)),
        (claim, omissions.of_claim(article, claim)),
        (event, omissions.of_date(site, article, event)),
    )


def test_what_other_pages_tell_is_left_out(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(omissions, "LONG", 0)
    for note, left in notes(project):
        assert note.edit
        assert note.edit.history
        assert left.edit
        assert (left.edit.edit, left.edit.history) == (note.edit.edit, None)
    (name, left_of_name), *_ = notes(project)
    assert isinstance(name, EntityNote)
    assert isinstance(left_of_name, EntityNote)
    assert name.rest
    assert not left_of_name.rest


def test_nothing_is_left_out_that_no_page_tells(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(omissions, "LONG", 0)
    for page in ("registre.md", "articles/esturgeon/affirmations.md", "articles/esturgeon/chronologie.md"):
        (project.folder / "docs" / page).unlink()
    for note, left in notes(project):
        assert note == left


def test_an_article_of_some_claims_leaves_nothing_out(project: Project) -> None:
    for note, left in notes(project):
        assert note == left


@pytest.mark.parametrize("laid_out", Addresses)
@pytest.mark.parametrize("draft", [False, True])
def test_small_maps_are_files_where_there_are_such(
    project: Project, monkeypatch: pytest.MonkeyPatch, laid_out: Addresses, draft: bool
) -> None:
    monkeypatch.setattr(omissions, "LONG", 0)
    if draft:
        text = project.folder / "docs/articles/esturgeon/index.md"
        text.write_text(text.read_text("utf-8").replace("---\n", "---\ndraft: true\n", 1), "utf-8")
    site = open_site(project.folder)
    article = site.articles["esturgeon"]
    links = Links(article.page, laid_out)
    places = [key for kind, key in article.passages if kind == "place"]
    cards = [card for key in dict.fromkeys(places) if (card := locators.place_card(site, article, key, links))]
    shown = [*cards, locators.place_locators(site, article, links).overview]
    made = locators.files(site, Home("", laid_out))
    assert len(cards) > 1
    if draft or laid_out is Addresses.SOURCES:
        assert made == {}
        assert all(svg.startswith("<svg ") for svg in shown)
    else:
        addresses = [re.findall(r'^<img [^>]*src="([^"]*)"', image)[0] for image in shown]
        assert sorted(addresses) == sorted(map(links.file, made))
        for make in made.values():
            assert ElementTree.fromstring(make()).tag == "{http://www.w3.org/2000/svg}svg"


def test_small_maps_of_other_articles_are_in_their_page(project: Project) -> None:
    assert locators.files(open_site(project.folder), Home("")) == {}
