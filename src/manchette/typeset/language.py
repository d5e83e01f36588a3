"""Languages of texts, as BCP 47 names them: which is ours, and which are written from right to left."""

from __future__ import annotations

from functools import lru_cache

from babel.core import Locale, UnknownLocaleError, get_global

OURS = "fr"
"""The language of all that is written about the articles."""


def other(lang: str) -> str | None:
    """The language where it is not ours, for an attribute that says so."""
    return None if lang.split("-", maxsplit=1)[0].lower() == OURS else lang


def runs_leftward(lang: str) -> bool:
    """Whether the language is written from right to left (CLDR)."""
    return _order(lang) == "right-to-left"


@lru_cache(maxsize=256)  # that of each source is asked for
def _order(lang: str) -> str:
    for tag in (
        lang,
        lang.split("-", maxsplit=1)[0],
    ):  # of a language in a region or a script that CLDR does not know, the language
        try:
            return str(Locale.parse(tag, sep="-").character_order)
        except (UnknownLocaleError, ValueError):
            continue
    return ""


def region(lang: str) -> str:
    """The language with the country where most speak it, unless one is named: « fr_FR » (CLDR); the language alone
    where that is not known."""
    language, *rest = lang.split("-")
    country = next((part.upper() for part in rest if len(part) == 2), None)
    if country is None:
        country = next(iter(get_global("likely_subtags").get(language.lower(), "").split("_")[2:]), None)
    return f"{language.lower()}_{country}" if country else language.lower()
