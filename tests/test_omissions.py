"""What a long article's notes leave out, some other page tells."""

from __future__ import annotations

import pytest

from manchette.engine import Links
from manchette.page import omissions
from manchette.page.notes import ClaimNote, EntityNote, claim_note, entity_note
from manchette.site.open import open_site
from tests.conftest import Project

NAME, CLAIM = "arsene-tourneboeuf", "relaches-dans-l-estuaire"


def notes(project: Project) -> tuple[EntityNote, EntityNote, ClaimNote, ClaimNote]:
    """A name's note and a claim's, each as it is in an article and as it is in a long one."""
    site = open_site(project.folder)
    article = site.articles["esturgeon"]
    links = Links(article.page)
    name, claim = (
        entity_note(site, NAME, links, article),
        claim_note(site, article, article.claims[CLAIM], links),
    )
    return name, omissions.of_name(site, article, name), claim, omissions.of_claim(article, claim)


def test_what_other_pages_tell_is_left_out(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(omissions, "LONG", 0)
    name, left_of_name, claim, left_of_claim = notes(project)
    assert name.rest
    assert not left_of_name.rest
    assert claim != left_of_claim


def test_nothing_is_left_out_that_no_page_tells(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(omissions, "LONG", 0)
    for page in ("registre.md", "articles/esturgeon/affirmations.md"):
        (project.folder / "docs" / page).unlink()
    name, left_of_name, claim, left_of_claim = notes(project)
    assert name.rest
    assert (name, claim) == (left_of_name, left_of_claim)


def test_an_article_of_some_claims_leaves_nothing_out(project: Project) -> None:
    name, left_of_name, claim, left_of_claim = notes(project)
    assert (name, claim) == (left_of_name, left_of_claim)
