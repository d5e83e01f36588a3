"""Countries: the codes of ISO 3166-1 alpha-2, and which one is meant where something else was written."""

from __future__ import annotations

import re
from functools import lru_cache

from babel.core import Locale, get_global

from manchette.anchor.letters import slug
from manchette.problems import nearest

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

# What CLDR does not say: the Union's own codes, short names, countries within a country.
_ALSO = {
    "GB": "angleterre ecosse grande-bretagne irlande-du-nord pays-de-galles england scotland great-britain britain",
    "US": "etats-unis-d-amerique usa amerique u-s-a u-s",
    "CZ": "republique-tcheque tchequie czech-republic",
    "NL": "hollande",
    "MM": "birmanie",
    "CI": "ivory-coast",
    "CD": "rdc republique-democratique-du-congo congo-rdc",
    "CG": "republique-du-congo",
    "PS": "palestine",
    "AE": "emirats",
    "RU": "federation-de-russie russian-federation",
    "KP": "republique-populaire-democratique-de-coree rpdc",
    "KR": "republique-de-coree coree-sud",
    "CN": "republique-populaire-de-chine",
    "IR": "republique-islamique-d-iran",
    "SY": "republique-arabe-syrienne",
    "VA": "vatican saint-siege",
    "TR": "turkey",
    "BY": "belarus",
    "HK": "hong-kong",
    "MO": "macao",
}


def meant(text: str) -> str | None:
    """The code of the country that `text` names: another code, a name in French or English, nearly written right."""
    written = slug(text)
    known = _names()
    found = known.get(re.sub("^(?:l|le|la|les|the)-", "", written)) or known.get(written)
    near = nearest(written, known, at_least=82) if len(written) > 4 and not found else None
    return found or (known[near] if near else None)


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    """A name or another code, as a slug → the code."""
    found: dict[str, str] = {}
    for language in ("en", "fr"):
        for code, name in Locale(language).territories.items():
            if code in COUNTRIES:
                apart = re.split(r"[()]", name)  # « Myanmar (Birmanie) »
                found.update({slug(each): code for each in (name, *apart) if slug(each)})
    for code, now in get_global("territory_aliases").items():  # UK, alpha-3, the numbers
        if len(now) == 1 and now[0] in COUNTRIES:
            found.setdefault(slug(code), now[0])
    found["el"] = "GR"
    for code, names in _ALSO.items():
        found.update(dict.fromkeys(names.split(), code))
    return found | {code.lower(): code for code in COUNTRIES}
