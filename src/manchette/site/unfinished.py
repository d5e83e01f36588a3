"""What `new` and `suggest` write for someone to fill in, and where it still stands."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping

from manchette.format.layout import REQUIREMENTS
from manchette.load import STUB, Where, place_of
from manchette.problems import Place, Problem, Severity
from manchette.site.site import Article, Site

TITLE = "Titre de l’article"
PASTE = "Collez ici le texte de l’article"
ADDRESS = "« manchette[search] @ https://… », l’adresse du fichier manchette-…-py3-none-any.whl de la version voulue"

CODE = "unfinished"
"""The code of what a strict build ends at; what is only in a draft has another."""


_WAITING = re.compile(rf"#\s*{STUB}|@\s*https?://…")


def of_registers(site: Site, only_in_drafts: Collection[str]) -> Iterator[Problem]:
    """Yield a notice for each text of the registers that is still to be written.

    `only_in_drafts`: the entities that drafts name, and nothing else; what is written of them is the drafts'.
    """
    for key, (_, entity) in site.entities.items():
        yield from _in_entry(entity.where, key, key in only_in_drafts)
    for key, source in site.sources.items():
        yield from _in_entry(source.where, key, draft=False)


def of_article(article: Article) -> Iterator[Problem]:
    """Yield a notice for each text of an article's entries that is still to be written, and for its headline."""
    if article.front.title == TITLE:
        yield _problem(article.header.at("title"), "écrivez le titre de l’article", article.front.draft)
    for claim in article.claims.values():
        yield from _in_entry(claim.where, claim.id, article.front.draft)
    for event in article.events.values():
        yield from _in_entry(event.where, event.id, article.front.draft)


def of_settings(written: Mapping[str, object], source: str) -> Iterator[Problem]:
    """Yield a notice for each of the settings that is still to be written; `source` is the configuration's text."""
    for name, value in written.items():
        if str(value).startswith(STUB):
            yield _problem(place_of(name, source), "écrivez ce texte", draft=False, entry=name)


def of_requirements(text: str) -> Iterator[Problem]:
    """Yield a notice for each line of what the site installs that still waits for an address."""
    for number, line in enumerate(text.splitlines(), 1):
        if waiting := _WAITING.search(line):
            yield _problem(Place(REQUIREMENTS, number, waiting.start() + 1), f"écrivez {ADDRESS}", draft=False)


def of_text(place: Place, text: str, draft: bool) -> Iterator[Problem]:
    """Yield a notice if an article's text, whose first line stands at `place`, is still to be pasted."""
    if text.startswith(PASTE):
        yield _problem(place, "collez le texte à la place de cette phrase", draft)


def _in_entry(where: Where, key: str, draft: bool) -> Iterator[Problem]:
    for place in where.stubs:
        yield _problem(place, "écrivez ce texte", draft, key)


def _problem(place: Place, remedy: str, draft: bool, entry: str = "") -> Problem:
    code = f"{CODE}-draft" if draft else CODE
    return Problem(place, code, "reste à compléter", remedy, entry, Severity.NOTICE)
