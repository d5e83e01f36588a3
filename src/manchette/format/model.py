"""The words that every kind of annotation shares: entry, quote, source, an article's front matter.

Every key is declared once, on one line: its type, its default, its French help. Validation, the JSON Schema and the
contributors' table of keys are made from these lines.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import UnionType
from typing import Annotated, Any, ClassVar, Literal, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from manchette.anchor.selector import Selector
from manchette.format.scalars import (
    ID,
    Address,
    As,
    Context,
    Date,
    Flag,
    Id,
    Language,
    Prose,
    Text,
    Words,
    wrong,
)
from manchette.problems import cite


@dataclass(frozen=True)
class OneOf:
    """A rule of a mapping: one of these keys at least."""

    keys: tuple[str, ...]
    code: str
    message: str
    suggestion: str

    @property
    def hangs_on(self) -> str:
        """The key to point at; none of them is written."""
        return self.keys[0]

    @property
    def wanted(self) -> tuple[str, ...]:
        """The keys of which one is missing."""
        return self.keys

    def broken(self, written: Mapping[str, object]) -> bool:
        """Whether `written`, as read from YAML, breaks the rule."""
        return not any(written.get(key) for key in self.keys)

    def schema(self) -> dict[str, object]:
        """The rule in JSON Schema."""
        return {"anyOf": [{"required": [key]} for key in self.keys]}


@dataclass(frozen=True)
class NeededWhen:
    """A rule of a mapping: `key` is required, and not empty, where `on` has one of `values`."""

    key: str
    on: str
    values: tuple[str, ...]
    code: str
    message: str
    suggestion: str

    @property
    def hangs_on(self) -> str:
        """The key to point at."""
        return self.on

    @property
    def wanted(self) -> tuple[str, ...]:
        """The key that is missing."""
        return (self.key,)

    def broken(self, written: Mapping[str, object]) -> bool:
        """Whether `written`, as read from YAML, breaks the rule."""
        return written.get(self.on) in self.values and not written.get(self.key)

    def schema(self) -> dict[str, object]:
        """The rule in JSON Schema."""
        return {
            "if": {"properties": {self.on: {"enum": list(self.values)}}, "required": [self.on]},
            "then": {"required": [self.key], "properties": {self.key: {"minItems": 1}}},
        }


class Model(BaseModel):
    """A mapping of the format: closed, and never changed once read."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)
    rules: ClassVar[tuple[OneOf | NeededWhen, ...]] = ()  # what no single key can say; checked by `load`


class Quote(Model):
    """A W3C TextQuoteSelector (https://www.w3.org/TR/annotation-model/#text-quote-selector); `[…]` leaves words out."""

    exact: Annotated[Words, Field(description="les mots du passage, tels qu’on les lit ; […] en saute")]
    prefix: Annotated[Context, Field(description="ce qui précède, si les mots reviennent ailleurs")] = ""
    suffix: Annotated[Context, Field(description="ce qui suit, si les mots reviennent ailleurs")] = ""

    @property
    def selector(self) -> Selector:
        """The quote as `anchor` takes it."""
        return Selector(self.exact, self.prefix, self.suffix)


def _quote(value: object) -> object:
    return {"exact": value} if isinstance(value, str) else value


Passage = Annotated[Quote, BeforeValidator(_quote), As("texte, ou {exact, prefix, suffix}", {})]
"""`quote: words`, or `quote: {exact, prefix, suffix}`."""


class Source(Model):
    """What is cited."""

    rules = (
        OneOf(
            ("title", "description"),
            "untitled-source",
            "ni « title » ni « description »",
            "recopiez le titre s’il a été lu, sinon décrivez la page dans « description »",
        ),
    )

    url: Annotated[Address, Field(description="l’adresse de la page lue")]
    outlet: Annotated[Text, Field(description="qui la publie")]
    title: Annotated[Text | None, Field(description="son titre, s’il a été lu")] = None
    description: Annotated[Prose | None, Field(description="de quoi il s’agit, si le titre n’a pas été lu")] = None
    author: Annotated[Text | None, Field(description="qui l’a écrite")] = None
    published: Annotated[Date | None, Field(description="quand elle a paru")] = None
    lang: Annotated[Language | None, Field(description="sa langue")] = None
    archive: Annotated[Address | None, Field(description="une copie archivée")] = None
    accessed: Annotated[Date | None, Field(description="quand elle a été consultée")] = None
    note: Annotated[Text | None, Field(description="quelle sorte de source, si cela compte")] = None


def _nobody(value: object) -> object:
    if value in ("", "~"):
        raise wrong(
            "no-entity", "aucune fiche nommée", "écrivez son identifiant, ou null si ces mots ne désignent personne"
        )
    return None if value == "null" else value  # read as text, like every scalar


class Mention(Model):
    """One line of `mentions.yml`: these words mean this entity, or nobody."""

    quote: Annotated[Passage, Field(description="les mots, là où ils se trouvent")]
    entity: Annotated[
        Id | None,
        BeforeValidator(_nobody),
        As("identifiant, ou null", {"type": ["string", "integer", "null"], "pattern": f"^{ID.pattern}$"}),
        Field(description="la fiche désignée, ou null : personne du registre"),
    ]


# « Certains droits réservés » and « Aucun droit réservé » are what Creative Commons says of its licences.
# rightsstatements.org/vocab/InC/ says « in copyright », CNE and UND that nobody knows, and nothing of what is allowed.
_REFUSED = re.compile(
    r"(?:tous\s+)?(?<!certains\s)droits\s+(?:[\w’']+\s+){0,6}?r[ée]serv[ée]s"
    r"|(?:all\s+)?(?<!some\s)(?<!no\s)rights\s+reserved|reproduction\s+(?:\w+ment\s+)?interdite"
    r"|rightsstatements\.org/\w+/(?:InC|CNE|UND)\b(?!-)",
    re.IGNORECASE,
)
# Who owns the text, yes or no, or that there is nothing to say.
_NO_ANSWER = re.compile(
    r"(?:©|\(c\)|copyright\b).*|[~?/–—-]|n/?a|null|none|aucune?|n[ée]ant|unknown|inconnue?s?|d\.?\s?r\.?"
    r"|non?|false|faux|oui|yes|true|vrai",
    re.IGNORECASE,
)


def _granted(value: object) -> object:
    if isinstance(value, str) and (said := _REFUSED.search(value)):
        raise wrong(
            "no-right",
            f"{cite(said[0])} dit que le texte ne peut pas être repris, et cette clé, à quel titre il peut l’être",
            "ôtez la ligne",
        )
    if isinstance(value, str) and _NO_ANSWER.fullmatch(value.strip()):
        raise wrong(
            "no-right",
            f"{cite(value)} ne dit pas à quel titre le texte peut être repris",
            "nommez d’abord la licence ou l’accord ; s’il n’y en a pas, ôtez la ligne",
        )
    return value


class FrontMatter(Model):
    """What an article says of itself, above its text. Keys of MkDocs are let through."""

    model_config = ConfigDict(frozen=True, extra="ignore", arbitrary_types_allowed=True)

    title: Annotated[Text, Field(description="le titre de l’article")]
    publisher: Annotated[Id, Field(description="l’organisation qui a publié le texte")]
    dek: Annotated[Text | None, Field(description="le chapô, qui est de nous")] = None
    author: Annotated[Text | None, Field(description="la signature")] = None
    published: Annotated[Date | None, Field(description="quand l’article a paru")] = None
    url: Annotated[Address | None, Field(description="l’adresse de l’original")] = None
    lang: Annotated[Language, Field(description="la langue du texte")] = "fr"
    marks: Annotated[Literal["first", "all"], Field(description="first : première mention marquée ; all : toutes")] = (
        "first"
    )
    draft: Annotated[Flag, Field(description="true : vérifié et servi, pas encore publié")] = False
    rights: Annotated[
        Text | None,
        BeforeValidator(_granted),
        Field(description="à quel titre le texte peut être repris : SPDX, adresse, mots"),
    ] = None


class Settings(Model):
    """What mkdocs.yml says under `extra.manchette`: who annotates and publishes the site."""

    publisher: Annotated[Text | None, Field(description="qui annote et publie le site")] = None
    url: Annotated[Address | None, Field(description="son adresse")] = None
    contact: Annotated[Text | None, Field(description="comment lui écrire, sans compte nulle part")] = None
    licence: Annotated[Text | None, Field(description="sous quelle licence sont les notes")] = None
    sources: Annotated[Text | None, Field(description="comment les sources ont été lues")] = None
    everywhere: Annotated[Flag, Field(description="true : toutes les pages du site ont notre mise en page")] = False
    edit: Annotated[Text | None, Field(description="l’adresse des lignes d’une fiche, avec {path} et {line}")] = None


def core(annotation: Any) -> tuple[Any, tuple[Any, ...]]:
    """The type under `Annotated[…]` and `… | None`, and all that is annotated on the way, the innermost first."""
    if get_origin(annotation) is Annotated:
        inner, *metadata = get_args(annotation)
        bare, deeper = core(inner)
        return bare, (*deeper, *metadata)
    if get_origin(annotation) in {Union, UnionType}:
        (inner,) = (argument for argument in get_args(annotation) if argument is not type(None))
        return core(inner)
    return annotation, ()


@lru_cache
def hints(model: type[Model]) -> dict[str, Any]:
    """Key → annotation as declared, `Annotated` included."""
    declared = get_type_hints(model, include_extras=True)
    return {name: declared[name] for name in model.model_fields}
