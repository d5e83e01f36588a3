"""What the page of a long article leaves to its other pages, which tell it in full."""

from __future__ import annotations

from dataclasses import replace

from markupsafe import Markup

from manchette.format.layout import DOORS, REGISTER, page_of
from manchette.page.notes import ClaimNote, EntityNote, EventNote, EvidenceGroup
from manchette.page.parts import HostView
from manchette.site.site import Article, Site

LONG = 100
"""Claims: an article that has more is long.

What is left out, or put into files of its own, is an eighth of the page, compressed: of two hundred claims 15 kB.
Up to a hundred it is less than any reader waits for.
"""


def is_long(article: Article) -> bool:
    """Whether its page leaves to others what they tell."""
    return len(article.numbers) > LONG


def of_claim(article: Article, note: ClaimNote) -> ClaimNote:
    """A claim's note without its sources' titles, which wide screens do not show either, and its history.

    The table of claims has both; without a table, or a source, nothing is left out.
    """
    if not is_long(article) or not note.more or not note.evidence:
        return note
    evidence = tuple(_untitled(group) for group in note.evidence)
    return replace(note, evidence=evidence, edit=_without_history(note.edit))


def of_name(site: Site, article: Article, note: EntityNote) -> EntityNote:
    """A name's note without more than the first sentence of its description, and without its history.

    The site's register has both; without one, nothing is left out.
    """
    if not is_long(article) or not site.has(REGISTER):
        return note
    return replace(note, rest=Markup(), edit=_without_history(note.edit))


def of_date(site: Site, article: Article, note: EventNote) -> EventNote:
    """A date's note without its history, which the article's timeline has; without one, nothing is left out."""
    if not is_long(article) or not site.has(page_of(article.id, DOORS["timeline"])):
        return note
    return replace(note, edit=_without_history(note.edit))


def _without_history(edit: HostView | None) -> HostView | None:
    return edit and replace(edit, history=None)


def _untitled(group: EvidenceGroup) -> EvidenceGroup:
    items = (replace(each, source=replace(each.source, title=None)) for each in group.items)
    return replace(group, items=tuple(items))
