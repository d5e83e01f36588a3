"""What a kind is, and what all entities have in common (schema.org `Thing`; TEI's registers)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Annotated

from pydantic import BeforeValidator, Field

from manchette.format.model import Model
from manchette.format.scalars import QID, Address, Date, Id, Language, Prose, Text, wrong
from manchette.problems import cite


@dataclass(frozen=True)
class Kind:
    """A kind of annotation: the name in the page's attributes, its file, its words and its sign."""

    name: str  # `data-kind`, and the first part of the passage's address
    file: str  # annotations/people.yml: "people"
    model: type[Model]
    label: str  # « Personne »
    plural: str  # « Personnes »
    sign: str  # the reference mark, a code point of the font Manchette Signes


def _wikipedia(value: object) -> object:
    """The title of an article, « fr:Lyon », gets its address proposed."""
    found = re.fullmatch(r"(?:([a-z]{2,3}):)?\s*([^\s:/.][^:/.]*)", value) if isinstance(value, str) else None
    if found and re.fullmatch("[qQ][0-9]+", found[2]):
        raise wrong("bad-address", f"{cite(found[0])} n’est pas une adresse web", "sa place est sous « wikidata »")
    if found:
        address = f"https://{found[1] or 'fr'}.wikipedia.org/wiki/{found[2].strip().replace(' ', '_')}"
        raise wrong("bad-address", f"{cite(found[0])} n’est pas une adresse web", f"écrivez « {address} »")
    return value


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
    wikipedia: Annotated[
        Address | None, BeforeValidator(_wikipedia), Field(description="l’adresse de l’article de Wikipédia")
    ] = None
    sources: Annotated[tuple[Id, ...], Field(description="les sources de la fiche")] = ()
    review_by: Annotated[Date | None, Field(description="la date après laquelle relire la fiche")] = None

    @property
    def forms(self) -> tuple[str, ...]:
        """The exact forms that count as mentions."""
        return (self.name, *self.aliases)
