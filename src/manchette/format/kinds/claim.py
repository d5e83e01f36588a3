"""What the article says is so (schema.org `ClaimReview`)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from pydantic import Field

from manchette.format.kinds.base import Kind
from manchette.format.model import Model, NeededWhen, Passage
from manchette.format.scalars import Date, Id, KeyWord, Prose, Sentence, Text, word


class Verdict(KeyWord):
    """How a passage stands to its sources."""

    SUPPORTED = "supported"
    DISPUTED = "disputed"
    IMPRECISE = "imprecise"
    UNVERIFIED = "unverified"
    OPINION = "opinion"

    @property
    def words(self) -> VerdictWords:
        """How the verdict is shown."""
        return VERDICTS[self]

    @property
    def label(self) -> str:
        """Its name alone."""
        return VERDICTS[self].label


@dataclass(frozen=True)
class VerdictWords:
    """How a verdict is shown: its sign, its words, its meaning."""

    sign: str
    label: str
    plural: str
    meaning: str


VERDICTS = {
    Verdict.SUPPORTED: VerdictWords(
        "=", "Corroborée", "corroborées", "Au moins une source fiable, indépendante de l’article, dit la même chose."
    ),
    Verdict.DISPUTED: VerdictWords(
        "≠", "Contredite", "contredites", "Des sources fiables la contredisent, en tout ou en partie."
    ),
    Verdict.IMPRECISE: VerdictWords(
        "≈",
        "Imprécise",
        "imprécises",
        "Le fait existe, mais la formulation le déforme : lieu, date, chiffre ou portée.",
    ),
    Verdict.UNVERIFIED: VerdictWords(
        "?", "Non vérifiée", "non vérifiées", "Nous n’avons trouvé ni confirmation ni démenti."
    ),
    Verdict.OPINION: VerdictWords("»", "Opinion", "opinions", "Un jugement : il ne se vérifie pas, il s’attribue."),
}


class Modality(KeyWord):
    """How the passage is said."""

    ASSERTED = "asserted"
    QUOTED = "quoted"
    REPORTED = "reported"
    CONDITIONAL = "conditional"
    DENIED = "denied"

    @property
    def label(self) -> str:
        """How the modality is shown."""
        return MODALITIES[self]


MODALITIES = {
    Modality.ASSERTED: "Affirmation",
    Modality.QUOTED: "Citation",
    Modality.REPORTED: "Propos rapportés",
    Modality.CONDITIONAL: "Conditionnel",
    Modality.DENIED: "Démenti",
}


class Stance(KeyWord):
    """What a piece of evidence does to the claim."""

    SUPPORTS = "supports"
    CONTRADICTS = "contradicts"
    NUANCES = "nuances"

    @property
    def label(self) -> str:
        """How the stance is shown."""
        return STANCES[self]


STANCES = {Stance.SUPPORTS: "Confirme", Stance.CONTRADICTS: "Contredit", Stance.NUANCES: "Nuance"}


class Evidence(Model):
    """A source, and what it says."""

    source: Annotated[Id, Field(description="la source")]
    stance: Annotated[Stance, word(Stance), Field(description="ce qu’elle fait à l’affirmation")]
    says: Annotated[Prose | None, Field(description="ce qu’elle dit")] = None


class Correction(Model):
    """A change of the note, shown to readers."""

    date: Annotated[Date, Field(description="le jour de la correction")]
    change: Annotated[Prose, Field(description="ce qui a changé, et pourquoi")]


class Claim(Model):
    """A passage, and a verdict on it."""

    rules = (
        NeededWhen(
            "evidence",
            on="verdict",
            values=(Verdict.SUPPORTED, Verdict.DISPUTED, Verdict.IMPRECISE),
            code="no-evidence",
            message="ce verdict ne va pas sans preuve",
            suggestion="ajoutez « evidence », ou écrivez « unverified »",
        ),
    )

    quote: Annotated[Passage, Field(description="le passage")]
    modality: Annotated[Modality, word(Modality), Field(description="comment c’est dit")]
    verdict: Annotated[
        Verdict,
        word(Verdict),
        Field(description="ce qu’en disent les sources"),
    ]
    rationale: Annotated[Prose, Field(description="pourquoi, en une à trois phrases")]
    short: Annotated[Sentence | None, Field(description="la réponse en une phrase, montrée d’abord")] = None
    claim: Annotated[Prose | None, Field(description="l’affirmation en une phrase, si le passage n’est pas clair")] = (
        None
    )
    attribution: Annotated[tuple[Text, ...], Field(description="qui le dit d’abord, puis qui le relaie")] = ()
    evidence: Annotated[tuple[Evidence, ...], Field(description="les sources et ce qu’elles disent")] = ()
    about: Annotated[tuple[Id, ...], Field(description="les fiches concernées")] = ()
    reviewed: Annotated[Date | None, Field(description="le jour du verdict")] = None
    reviewed_by: Annotated[Text | None, Field(description="qui l’a donné, si ce n’est pas qui publie le site")] = None
    corrections: Annotated[tuple[Correction, ...], Field(description="les corrections, montrées aux lecteurs")] = ()


CLAIM = Kind("claim", "claims", Claim, "Affirmation", "Affirmations", "")
