"""What a kind is, and what all entities have in common (schema.org `Thing`; TEI's registers)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from pydantic import Field

from manchette.format.model import Model
from manchette.format.scalars import QID, Address, Date, Id, Language, Prose, Text


@dataclass(frozen=True)
class Kind:
    """A kind of annotation: the name in the page's attributes, its file, its words and its sign."""

    name: str  # `data-kind`, and the first part of the passage's address
    file: str  # annotations/people.yml: "people"
    model: type[Model]
    label: str  # « Personne »
    plural: str  # « Personnes »
    sign: str  # the reference mark, a code point of the font Manchette Signes


class Entity(Model):
    """An entry of a register, shared by every article."""

    name: Annotated[Text, Field(description="le nom, tel qu’il s’affiche ; il compte comme mention")]
    description: Annotated[Prose, Field(description="une ou deux phrases : ce que ce lecteur a besoin de savoir")]
    aliases: Annotated[
        tuple[Text, ...], Field(description="les autres formes exactes qui comptent comme mentions")
    ] = ()
    names: Annotated[dict[Language, Text], Field(description="le nom en d’autres langues : {ru: Сергей Лавров}")] = (
        Field(default_factory=dict)
    )
    wikidata: Annotated[QID | None, Field(description="l’identifiant Wikidata, s’il est établi")] = None
    wikipedia: Annotated[Address | None, Field(description="l’adresse de l’article de Wikipédia")] = None
    sources: Annotated[tuple[Id, ...], Field(description="les sources de la fiche")] = ()
    review_by: Annotated[Date | None, Field(description="la date après laquelle relire la fiche")] = None

    @property
    def forms(self) -> tuple[str, ...]:
        """The exact forms that count as mentions."""
        return (self.name, *self.aliases)
