"""Which marks of a text carry a sign. They are those that Tab reaches; the others only answer a pointer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from manchette.anchor.canonical import fold
from manchette.format.kinds import CLAIM, DATE
from manchette.page.parts import called
from manchette.site.placement import Mark
from manchette.site.quoted import is_date
from manchette.site.site import Article, Site


def signed(site: Site, article: Article) -> frozenset[str]:
    """The anchors of the marks that carry a sign: where an entity is first named, and words that are a date."""
    found: set[str] = set()
    for (kind, key), marks in article.passages.items():
        if kind == DATE.name:
            found.update(mark.anchor for mark in marks if _is_date(article, mark))
        elif kind != CLAIM.name:
            all_ = article.front.marks == "all"
            entity = site.ask(called, key)
            shown = marks if all_ or entity is None else _named(article, marks, entity.forms)[:1]
            found.update(mark.anchor for mark in shown)
    return frozenset(found)


def _named(article: Article, marks: Sequence[Mark], forms: Iterable[str]) -> Sequence[Mark]:
    """The marks whose words are one of an entity's forms; all where none is, so that each entity has a way in."""
    names = {fold(form) for form in forms}
    return [mark for mark in marks if fold(_words(article, mark)) in names] or marks


def _is_date(article: Article, mark: Mark) -> bool:
    """Whether a mark's words are a date; in a language whose words we do not read, whether they hold a number."""
    words = _words(article, mark)
    return is_date(words) if article.front.lang.startswith("fr") else any(sign.isdigit() for sign in words)


def _words(article: Article, mark: Mark) -> str:
    return article.body.text[slice(*mark.span)]
