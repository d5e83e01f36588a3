"""The kinds of annotation, in reading order.

To add a kind: a module here with its model and its `Kind`; its line in `KINDS`; its card in `templates/`; its example
in the contributors' page. Nothing else names the kinds one by one.
"""

from manchette.format.kinds.base import Entity, Kind
from manchette.format.kinds.claim import CLAIM, Claim
from manchette.format.kinds.date import DATE, Event
from manchette.format.kinds.organization import ORGANIZATION, Organization
from manchette.format.kinds.person import PERSON, Person
from manchette.format.kinds.place import PLACE, Location
from manchette.format.kinds.term import TERM, Term

KINDS: tuple[Kind, ...] = (CLAIM, PERSON, ORGANIZATION, PLACE, DATE, TERM)
ENTITY_KINDS: tuple[Kind, ...] = tuple(kind for kind in KINDS if issubclass(kind.model, Entity))
ARTICLE_KINDS: tuple[Kind, ...] = tuple(kind for kind in KINDS if kind not in ENTITY_KINDS)

__all__ = [
    "ARTICLE_KINDS", "CLAIM", "DATE", "ENTITY_KINDS", "KINDS", "ORGANIZATION", "PERSON", "PLACE", "TERM",
    "Claim", "Entity", "Event", "Kind", "Location", "Organization", "Person", "Term",
]  # fmt: skip
