"""What a single value may be: each type of the format, how it is checked, how it is named to a contributor.

Every scalar of a YAML file is read as text; these types make of it what the format says. Each refusal is a French
sentence with what to write instead.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Annotated
from urllib.parse import urlsplit

from babel.core import Locale
from pydantic import AfterValidator, BeforeValidator
from pydantic_core import PydanticCustomError

from manchette.anchor.letters import slug
from manchette.anchor.selector import GAP
from manchette.format import countries, synonyms
from manchette.format.countries import COUNTRIES
from manchette.format.edtf import When, WhenError
from manchette.problems import cite, nearest

ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")  # BCP 47, as far as this format uses it

_ADDRESS = re.compile(r"https?:|www\.|[\w.-]+\.[a-z]{2,}/", re.IGNORECASE)
BLANKS = "\u00a0\u1680\u2000-\u200d\u202f\u205f\u2060\u3000\ufeff\u00ad"
"""No-break and other spaces that YAML does not take for one, and what has no width: inside a character class."""
_BLANK = re.compile(f"[\\s{BLANKS}]*")


def name_of(letter: str) -> str:
    """What a contributor calls a space that is none."""
    code = f"U+{ord(letter):04X}"
    if letter in "\u00a0\u202f\u2007":
        return f"espace insécable ({code})"
    return f"caractère invisible ({code})" if unicodedata.category(letter) == "Cf" else f"espace inhabituelle ({code})"


def wrong(code: str, message: str, suggestion: str = "") -> PydanticCustomError:
    """A validation error whose text is already a French sentence: what is wrong, and what to write."""
    return PydanticCustomError(code, "{message}", {"message": message, "suggestion": suggestion})


@dataclass(frozen=True, eq=False)  # equal to itself alone: `schema` is a dict, which has no hash
class As:
    """How a type is named to a contributor, and what a schema says of it.

    Everything is read as text, so that an editor must let through what YAML would take for a number.
    """

    french: str
    schema: Mapping[str, object]
    several: str = ""  # after « liste »

    @property
    def is_words(self) -> bool:
        """Whether a reader is shown what is written, letter by letter."""
        return self.french.startswith("texte")


def _filled(text: str) -> str:
    if _BLANK.fullmatch(text):
        raise wrong("empty", "valeur vide", "écrivez-la")
    if "\n" in text or "\t" in text or "  " in text:
        text = re.sub("[ \t\n]+", " ", text)  # no-break spaces are the annotator's own
    return text.strip()


def _within(limit: int) -> AfterValidator:
    def read(text: str) -> str:
        if len(text) > limit:
            raise wrong("too-long", f"{len(text)} signes, pour {limit} au plus", "dites-le plus court")
        return text

    return AfterValidator(read)


def _flag(value: object) -> bool:
    if value not in ("true", "false"):
        meant = synonyms.value(str(value), ("true", "false"))
        suggestion = f"écrivez « {meant} »" if meant else "écrivez « true » ou « false »"
        raise wrong("bad-flag", f"{cite(str(value))} n’est ni vrai ni faux", suggestion)
    return value == "true"


def id_problem(text: str) -> tuple[str, str] | None:
    """What keeps `text` from being an id, and what to write; None for an id."""
    if text == "null":
        return "« null » ne peut pas être un identifiant : dans mentions.yml, il dit « personne »", "prenez-en un autre"
    if ID.fullmatch(text):
        return None
    if (hidden := re.search(f"[{BLANKS}]", text)) and ID.fullmatch(clean := re.sub(f"[{BLANKS}]", "", text)):
        return f"{name_of(hidden[0])} dans l’identifiant {cite(clean)}", f"écrivez « {clean} », sans rien d’autre"
    if _ADDRESS.match(text):
        return f"{cite(text)} est une adresse, pas un identifiant", "écrivez l’identifiant de sa fiche"
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
        bare = re.sub("^(?:https?:?)?//?", "", text, flags=re.IGNORECASE)  # `//a.fr` and `https:/a.fr` are meant so
        if web_address(f"https://{bare}") and "." in bare.partition("/")[0] and ":" not in bare:
            suggestion = f"écrivez « https://{bare} »"  # not shortened: it is there to be pasted
        raise wrong("bad-address", f"{cite(text)} n’est pas une adresse web", suggestion)
    return text


def _language(text: str) -> str:
    if not LANGUAGE.fullmatch(text):
        underlined = text.replace("_", "-")  # as POSIX and Java have it
        meant = _languages().get(slug(text)) or (underlined if LANGUAGE.fullmatch(underlined) else None)
        raise wrong(
            "bad-language",
            f"{cite(text)} n’est pas un code de langue (BCP 47)",
            f"écrivez « {meant} »" if meant else "par exemple « fr », « ru », « en-GB »",
        )
    return text


@lru_cache(maxsize=1)
def _languages() -> dict[str, str]:
    """The names of languages in French and English, as slugs → their codes; those of two letters before others."""
    named = [(slug(name), code) for of in ("en", "fr") for code, name in Locale(of).languages.items()]
    return dict(sorted(named, key=lambda pair: -len(pair[1])))


def _country(text: str) -> str:
    if text not in COUNTRIES:
        code = countries.meant(text)
        suggestion = f"écrivez « {code} »" if code else "deux majuscules, par exemple « RU »"
        raise wrong("bad-country", f"{cite(text)} n’est pas un code de pays (ISO 3166-1)", suggestion)
    return text


def _qid(text: str) -> str:
    if not re.fullmatch("Q[1-9][0-9]*", text):
        number = re.fullmatch(r"(?:.*[/:])?[qQ]?([1-9][0-9]{0,11})(?:[#?].*)?", re.sub(r"\s", "", text))
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


_LINK = re.compile(r"\]\(([^)]*)|<((?i:[a-z][a-z0-9+.-]*):[^<>]*)>|!(\[)")  # each begins with a sign: found fast


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

    allowed = frozenset(enum)

    def read(value: object) -> object:
        if not isinstance(value, str) or value in allowed:
            return value
        names = {slug(name): key for key in enum for name in (key, key.label)}
        near = nearest(slug(value), names, at_least=75)
        like = synonyms.value(value, enum) or (names[near] if near else None)
        listed = ", ".join(enum)
        suggestion = f"écrivez « {like} » (permis : {listed})" if like else f"écrivez l’un de ces mots : {listed}"
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
    str, AfterValidator(_address), As("adresse", {"type": "string", "pattern": r"^[Hh][Tt][Tt][Pp][Ss]?://[^\s<>\"]+$"})
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
