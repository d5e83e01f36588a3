"""What happened when (schema.org `Event`; dates in EDTF, ISO 8601-2)."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from manchette.format.kinds.base import Kind
from manchette.format.model import Model, Passage
from manchette.format.scalars import Caption, Date, Id, Prose, Text


class Event(Model):
    """An event that the article dates, or one that throws light on it."""

    when: Annotated[Date, Field(description="quand cela s’est passé (EDTF)")]
    title: Annotated[Text, Field(description="ce qui s’est passé")]
    short: Annotated[Caption | None, Field(description="la même chose en bref, pour la frise")] = None
    description: Annotated[Prose | None, Field(description="une précision")] = None
    quote: Annotated[Passage | None, Field(description="où l’article le dit ; sans citation, c’est du contexte")] = None
    stated: Annotated[Date | None, Field(description="ce que disent ces mots, s’ils sont plus vagues")] = None
    known: Annotated[Date | None, Field(description="quand cela s’est su, si ce fut plus tard")] = None
    about: Annotated[tuple[Id, ...], Field(description="les fiches concernées")] = ()
    claims: Annotated[tuple[Id, ...], Field(description="les affirmations que cela éclaire")] = ()
    sources: Annotated[tuple[Id, ...], Field(description="les sources")] = ()


DATE = Kind("date", "dates", Event, "Date", "Dates", "\ue003")
