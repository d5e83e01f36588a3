"""What a single value may be: each type of the format, how it is checked, how it is named to a contributor.

Every scalar of a YAML file is read as text; these types make of it what the format says. Each refusal is a French
sentence with what to write instead.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator
from pydantic_core import PydanticCustomError

from manchette.anchor.letters import latin
from manchette.anchor.selector import GAP
from manchette.format.edtf import When, WhenError
from manchette.problems import cite, nearest

ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")  # BCP 47, as far as this format uses it
COUNTRIES = frozenset(  # ISO 3166-1 alpha-2, the 249 assigned codes by first letter
    first + second
    for first, seconds in {
        "A": "DEFGILMOQRSTUWXZ",
        "B": "ABDEFGHIJLMNOQRSTVWYZ",
        "C": "ACDFGHIKLMNORUVWXYZ",
        "D": "EJKMOZ",
        "E": "CEGHRST",
        "F": "IJKMOR",
        "G": "ABDEFGHILMNPQRSTUWY",
        "H": "KMNRTU",
        "I": "DELMNOQRST",
        "J": "EMOP",
        "K": "EGHIMNPRWYZ",
        "L": "ABCIKRSTUVY",
        "M": "ACDEFGHKLMNOPQRSTUVWXYZ",
        "N": "ACEFGILOPRUZ",
        "O": "M",
        "P": "AEFGHKLMNRSTWY",
        "Q": "A",
        "R": "EOSUW",
        "S": "ABCDEGHIJKLMNORSTVXYZ",
        "T": "CDFGHJKLMNORTVWZ",
        "U": "AGMSYZ",
        "V": "ACEGINU",
        "W": "FS",
        "Y": "ET",
        "Z": "AMW",
    }.items()
    for second in seconds
)

_BLANK = re.compile("[\\s\u00ad\u200b-\u200d\u2060]*")


def wrong(code: str, message: str, suggestion: str = "") -> PydanticCustomError:
    """A validation error whose text is already a French sentence: what is wrong, and what to write."""
    return PydanticCustomError(code, "{message}", {"message": message, "suggestion": suggestion})


def slug(text: str) -> str:
    """The id nearest to `text`; empty where no letter of it can stay, as in Cyrillic."""
    return re.sub("[^a-z0-9]+", "-", latin(text)).strip("-")


@dataclass(frozen=True, eq=False)  # equal to itself alone: `schema` is a dict, which has no hash
class As:
    """How a type is named to a contributor, and what a schema says of it.

    Everything is read as text, so that an editor must let through what YAML would take for a number.
    """

    french: str
    schema: Mapping[str, object]
    several: str = ""  # after « liste »


def _filled(text: str) -> str:
    if _BLANK.fullmatch(text):
        raise wrong("empty", "valeur vide", "écrivez-la")
    return re.sub("[ \t\n]+", " ", text).strip()  # no-break spaces are the annotator's own


def _within(limit: int) -> AfterValidator:
    def read(text: str) -> str:
        if len(text) > limit:
            raise wrong("too-long", f"{len(text)} signes, pour {limit} au plus", "dites-le plus court")
        return text

    return AfterValidator(read)


def _flag(value: object) -> bool:
    if value not in ("true", "false"):
        raise wrong("bad-flag", f"{cite(str(value))} n’est ni vrai ni faux", "écrivez « true » ou « false »")
    return value == "true"


def id_problem(text: str) -> tuple[str, str] | None:
    """What keeps `text` from being an id, and what to write; None for an id."""
    if ID.fullmatch(text) and text != "null":
        return None
    proposed = slug(text)
    if not proposed or proposed == "null":
        remedy = "des minuscules sans accent, des chiffres, des traits d’union"
        if any(map(str.isalpha, text)) and not proposed:
            remedy = f"écrivez-le en lettres latines : {remedy}"
        return f"{cite(text)} n’est pas un identifiant", remedy
    return f"{cite(text)} n’est pas un identifiant", f"écrivez {cite(proposed)}"


def _id(text: str) -> str:
    if said := id_problem(text):
        raise wrong("bad-id", *said)
    return text


def web_address(text: str) -> bool:
    """Whether `text` is an absolute http or https address with a host and no white space."""
    try:
        parts = urlsplit(text)
        _ = parts.port  # raises on a port that is not a number
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and not re.search(r"[\s<>\"\x00-\x1f]", text)


def _address(text: str) -> str:
    if not web_address(text):
        suggestion = "une adresse commence par https:// ou http:// et ne contient pas d’espace"
        if web_address(f"https://{text}") and "." in text and ":" not in text:
            suggestion = f"écrivez « https://{text} »"  # not shortened: it is there to be pasted
        raise wrong("bad-address", f"{cite(text)} n’est pas une adresse web", suggestion)
    return text


def _language(text: str) -> str:
    if not LANGUAGE.fullmatch(text):
        raise wrong(
            "bad-language",
            f"{cite(text)} n’est pas un code de langue (BCP 47)",
            "par exemple « fr », « ru », « en-GB »",
        )
    return text


def _country(text: str) -> str:
    if text not in COUNTRIES:
        suggestion = (
            f"écrivez « {text.upper()} »" if text.upper() in COUNTRIES else "deux majuscules, par exemple « RU »"
        )
        raise wrong("bad-country", f"{cite(text)} n’est pas un code de pays (ISO 3166-1)", suggestion)
    return text


def _qid(text: str) -> str:
    if not re.fullmatch("Q[1-9][0-9]*", text):
        number = re.fullmatch("(?:.*/)?[qQ]?([1-9][0-9]{0,11})", text.strip())
        suggestion = f"écrivez « Q{number[1]} »" if number else "par exemple « Q58217 »"
        raise wrong("bad-qid", f"{cite(text)} n’est pas un identifiant Wikidata", suggestion)
    return text


def _when(value: object) -> When:
    if isinstance(value, When):
        return value
    if not isinstance(value, str):
        raise wrong(
            "wrong-type", f"un texte est attendu, pas {shape(value)}", "écrivez une date, par exemple « 2024-06-19 »"
        )
    try:
        return When.parse(_filled(value))
    except WhenError as error:
        message, _, suggestion = str(error).rpartition(" ; ")
        raise wrong("bad-date", *((message, suggestion) if message else (suggestion,))) from None


_LINK = re.compile(r"\]\(([^)]*)|<([a-z][a-z0-9+.-]*:[^<>]*)>|(!)\[", re.IGNORECASE)


def _prose(text: str) -> str:
    """Inline Markdown whose links lead to http, https or relative addresses, however the scheme is disguised."""
    for target, angled, image in _LINK.findall(text):
        if image:
            raise wrong("bad-link", "une image n’a pas sa place ici", "retirez le « ! » : il reste un lien")
        address = re.sub(r"[\s\x00-\x20\u200b-\u200d]", "", html.unescape(target or angled)).lstrip("<")
        scheme = re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*(?=:)|//|\\", address)
        if scheme and scheme.group().lower() not in {"http", "https"}:
            raise wrong(
                "bad-link",
                f"{cite(target or angled)} : un lien ne peut pas mener là",
                "une adresse https://, http:// ou relative",
            )
    return text


def shape(value: object) -> str:
    """What a contributor calls the form of a YAML value."""
    return "une fiche" if isinstance(value, dict) else "une liste" if isinstance(value, list) else "un texte"


class KeyWord(StrEnum):
    """A closed list of English words that a key may hold, each shown to readers by its French label."""

    @property
    def label(self) -> str:
        """How the word is shown."""
        raise NotImplementedError


def word(enum: type[KeyWord]) -> BeforeValidator:
    """Reads a key word; one that is not allowed, or a French label, gets the right one proposed."""

    def read(value: object) -> object:
        if not isinstance(value, str) or value in set(enum):
            return value
        names = {slug(name): key for key in enum for name in (key, key.label)}
        like = nearest(slug(value), names, at_least=75)
        allowed = ", ".join(enum)
        suggestion = (
            f"écrivez « {names[like]} » (permis : {allowed})" if like else f"écrivez l’un de ces mots : {allowed}"
        )
        raise wrong("bad-word", f"{cite(value)} n’est pas permis ici", suggestion)

    return BeforeValidator(read)


def _passage(text: str) -> str:
    if _BLANK.fullmatch(text.replace(GAP, "")):
        raise wrong("empty-quote", "la citation ne contient aucun mot", "recopiez le passage tel qu’on le lit")
    return _filled(text)


AS_TEXT = As("texte", {"type": ["string", "number"], "pattern": r"\S"}, "de textes")
Text = Annotated[str, AfterValidator(_filled), AS_TEXT]
"""Plain text, on one line once read."""
Sentence = Annotated[
    str, AfterValidator(_filled), _within(80), As("texte de 80 signes au plus", {**AS_TEXT.schema, "maxLength": 80})
]
"""Plain text that stands whole where there is room for a line, counted in code points."""
Caption = Annotated[
    str, AfterValidator(_filled), _within(28), As("texte de 28 signes au plus", {**AS_TEXT.schema, "maxLength": 28})
]
"""Plain text for where there is no room: a timeline's strip."""
Flag = Annotated[bool, BeforeValidator(_flag), As("true ou false", {"type": ["boolean", "string"]})]
"""Yes or no, `true` or `false`."""
Prose = Annotated[
    str, AfterValidator(_filled), AfterValidator(_prose), As("texte, avec liens et emphase", AS_TEXT.schema)
]
"""Inline Markdown: emphasis, links, code."""
Id = Annotated[
    str,
    AfterValidator(_id),
    As("identifiant", {"type": ["string", "integer"], "pattern": f"^{ID.pattern}$"}, "d’identifiants"),
]
Address = Annotated[
    str, AfterValidator(_address), As("adresse", {"type": "string", "pattern": r"^https?://[^\s<>\"]+$"})
]
Language = Annotated[
    str, AfterValidator(_language), As("langue (BCP 47)", {"type": "string", "pattern": f"^{LANGUAGE.pattern}$"})
]
Country = Annotated[
    str, AfterValidator(_country), As("code de pays (ISO 3166-1)", {"type": "string", "enum": sorted(COUNTRIES)})
]
QID = Annotated[str, AfterValidator(_qid), As("identifiant Wikidata", {"type": "string", "pattern": "^Q[1-9][0-9]*$"})]
Date = Annotated[
    When,
    BeforeValidator(_when),
    As("date (EDTF)", {"type": ["string", "integer"], "pattern": r"^[-+0-9A-Z?~%/.:]+$"}),
]
"""Any EDTF level 1 value: ISO 8601-2:2019, https://www.loc.gov/standards/datetime/."""
Words = Annotated[
    str,
    AfterValidator(_passage),
    As("texte", {"type": ["string", "number"], "pattern": r"^(?!(\s|\[…\])*$)"}),
]
"""Words of an article, with or without gaps."""
Context = Annotated[str, As("texte", {"type": ["string", "number"]})]
"""Words beside a passage, as written."""
