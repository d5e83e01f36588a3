"""Terms (schema.org `DefinedTerm`)."""

from __future__ import annotations

from manchette.format.kinds.base import Entity, Kind


class Term(Entity):
    """A word or a notion that a reader may not know."""


TERM = Kind("term", "terms", Term, "Terme", "Termes", "\ue004")
