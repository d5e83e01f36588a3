"""The words that every kind of annotation shares: entry, quote, source, an article's front matter.

Every key is declared once, on one line: its type, its default, its French help. Validation, the JSON Schema and the
contributors' table of keys are made from these lines.
"""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from manchette.edtf import When, WhenError

ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")  # BCP 47, as far as this format uses it


def _wrong(code: str, message: str) -> PydanticCustomError:
    """A validation error whose text is already a French sentence; braces are doubled for pydantic's formatter."""
    return PydanticCustomError(code, message.replace("{", "{{").replace("}", "}}"))  # type: ignore[arg-type]


def _filled(text: str) -> str:
    if not text.strip():
        raise _wrong("empty", "valeur vide ; écrivez-la, ou supprimez la clé")
    return " ".join(text.split())


def _id(text: str) -> str:
    if not ID.fullmatch(text):
        raise _wrong("bad-id", f"« {text} » n’est pas un identifiant ; des minuscules sans accent, des chiffres et des"
                               " traits d’union, par exemple « serguei-lavrov »")
    return text


def _matching(pattern: str, what: str, example: str, code: str) -> Any:
    compiled = re.compile(pattern)

    def check(text: str) -> str:
        if not compiled.fullmatch(text):
            raise _wrong(code, f"« {text} » n’est pas {what} ; par exemple « {example} »")
        return text

    return AfterValidator(check)


def web_address(text: str) -> bool:
    """Whether `text` is an absolute http or https address with a host and no white space."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and not re.search(r"[\s<>\"\x00-\x1f]", text)


def _address(text: str) -> str:
    if not web_address(text):
        raise _wrong("bad-address", f"« {text} » n’est pas une adresse web ; elle commence par https:// ou http://")
    return text


def _when(value: object) -> When:
    if isinstance(value, When):
        return value
    try:
        return When.parse(str(value))
    except WhenError as error:
        raise _wrong("bad-date", str(error)) from None


Text = Annotated[str, AfterValidator(_filled)]
"""Plain text, on one line once read."""
Prose = Annotated[str, AfterValidator(_filled)]
"""Inline Markdown: emphasis, links, code."""
Id = Annotated[str, AfterValidator(_id)]
Address = Annotated[str, AfterValidator(_address), WithJsonSchema({"type": "string", "pattern": "^https?://"})]
Language = Annotated[str, _matching(LANGUAGE.pattern, "une langue (BCP 47)", "fr", "bad-language")]
Country = Annotated[str, _matching("[A-Z]{2}", "un code de pays (ISO 3166-1, deux majuscules)", "RU", "bad-country")]
QID = Annotated[str, _matching("Q[1-9][0-9]*", "un identifiant Wikidata", "Q58217", "bad-qid")]
Date = Annotated[When, BeforeValidator(_when), WithJsonSchema({"type": ["string", "integer"], "format": "edtf"})]
"""Any EDTF level 1 value: ISO 8601-2:2019, https://www.loc.gov/standards/datetime/."""


class Model(BaseModel):
    """A mapping of the format: closed, and never changed once read."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)


class Quote(Model):
    """A W3C TextQuoteSelector (https://www.w3.org/TR/annotation-model/#text-quote-selector); `[…]` leaves words out."""

    exact: Annotated[str, AfterValidator(_filled), Field(description="les mots du passage, tels qu’on les lit")]
    prefix: Annotated[str, Field(description="ce qui précède, si les mots reviennent ailleurs")] = ""
    suffix: Annotated[str, Field(description="ce qui suit, si les mots reviennent ailleurs")] = ""


def _quote(value: object) -> object:
    return {"exact": value} if isinstance(value, str) else value


Passage = Annotated[Quote, BeforeValidator(_quote)]
"""`quote: words`, or `quote: {exact, prefix, suffix}`."""


class Source(Model):
    """What is cited."""

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


class Mention(Model):
    """One line of `mentions.yml`: these words mean this entity, or nobody."""

    quote: Annotated[Passage, Field(description="les mots, là où ils se trouvent")]
    entity: Annotated[Id | None, Field(description="la fiche désignée, ou null : personne du registre")]


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
