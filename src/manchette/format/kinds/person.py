"""People (schema.org `Person`, TEI `person`)."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from manchette.format.kinds.base import Entity, Kind
from manchette.format.model import Model
from manchette.format.scalars import Date, Id, Text


class Role(Model):
    """What someone was, and when."""

    title: Annotated[Text, Field(description="la fonction")]
    when: Annotated[Date | None, Field(description="sa durée : 2004-03-09/..")] = None
    sources: Annotated[tuple[Id, ...], Field(description="les sources de cette fonction")] = ()


class Person(Entity):
    """Someone whom an article names."""

    roles: Annotated[tuple[Role, ...], Field(description="les fonctions, datées")] = ()
    born: Annotated[Date | None, Field(description="la date de naissance")] = None
    died: Annotated[Date | None, Field(description="la date de mort")] = None


PERSON = Kind("person", "people", Person, "Personne", "Personnes", "\ue001")
