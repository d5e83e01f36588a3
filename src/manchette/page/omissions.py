"""What the page of a long article leaves to its other pages, which tell it in full."""

from __future__ import annotations

from dataclasses import replace

from markupsafe import Markup

from manchette.format.layout import REGISTER
from manchette.page.notes import ClaimNote, EntityNote, EvidenceGroup
from manchette.site.site import Article, Site

LONG = 100
"""Claims: an article that has more is long.

What is left out is a fifteenth of the page, compressed: of two hundred claims 7 kB of 125. Up to a hundred it is less
than any reader waits for.
"""


def of_claim(article: Article, note: ClaimNote) -> ClaimNote:
    """A claim's note without its sources' titles, which wide screens do not show either, and its history.

    The table of claims has both; without a table, or a source, nothing is left out.
    """
    if len(article.numbers) <= LONG or not note.more or not note.evidence:
        return note
    edit = note.edit and replace(note.edit, history=None)
    return replace(note, evidence=tuple(_untitled(group) for group in note.evidence), edit=edit)


def of_name(site: Site, article: Article, note: EntityNote) -> EntityNote:
    """A name's note without more than the first sentence of its description.

    The site's register has it whole; without one, nothing is left out.
    """
    return note if len(article.numbers) <= LONG or not site.has(REGISTER) else replace(note, rest=Markup())


def _untitled(group: EvidenceGroup) -> EvidenceGroup:
    items = (replace(each, source=replace(each.source, title=None)) for each in group.items)
    return replace(group, items=tuple(items))
