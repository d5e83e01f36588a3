"""The French words that dates are made of: as they are shown, and as regular expressions on what `simple` leaves."""

from __future__ import annotations

import re

from manchette.anchor.canonical import DASHES
from manchette.anchor.letters import plain

MONTH_NAMES = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip
SEASON_NAMES = {21: ("le ", "printemps"), 22: ("l’", "été"), 23: ("l’", "automne"), 24: ("l’", "hiver")}
"""EDTF's number of a season → its article and its name; CLDR names none."""

MONTHS = [
    "janv?(?:ier)?", "fevr?(?:ier)?", "mars", "avr(?:il)?", "mai", "juin",
    "juil(?:let)?", "aout", "sept?(?:embre)?", "oct(?:obre)?", "nov(?:embre)?", "dec(?:embre)?",
]  # fmt: skip
MONTH = "|".join(MONTHS)
SEASONS = {"printemps": 21, "ete": 22, "automne": 23, "hiver": 24}  # as EDTF numbers them
SEASON = "|".join(SEASONS)
WEEKDAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
RANKS = {"premier": 1, "premiere": 1, "deuxieme": 2, "second": 2, "seconde": 2, "troisieme": 3, "quatrieme": 4}
ROMAN = r"(?=[cdilmvx])m{0,3}(?:cm|cd|d?c{0,3})(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})"
# A year of a school, of a sport, of accounts: two calendar years, of which an event falls in one.
YEARS_OF = "(?:annee )?(?:scolaire|universitaire|judiciaire|fiscale)|saison|exercice|campagne|rentree|millesime"

_ROMAN_DIGITS = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}
_TENS = ["vingt", "trente", "quarante", "cinquante", "soixante", "soixante-dix", "quatre-vingts?", "quatre-vingt-dix"]
_TENTH_ON = [
    "dix", "onz", "douz", "treiz", "quatorz", "quinz", "seiz", "dix-sept", "dix-huit", "dix-neuv",
    "vingt", r"vingt\Wet\Wun",
]  # fmt: skip
_IN_LETTERS = {rf"(?<=annees ){word}(?![\w-])": f"{tens}0" for tens, word in enumerate(_TENS, 2)}
_IN_LETTERS |= {rf"(?<![\w-]){word}ieme(?= siecle)": f"{rank}e" for rank, word in enumerate(_TENTH_ON, 10)}


def bare(text: str) -> str:
    """The text without accents and capitals, with plain hyphens, apostrophes and single spaces."""
    said = re.sub(f"[{DASHES}]", "-", plain(text).casefold().replace("’", "'").replace("ʼ", "'"))
    return " ".join(said.split())


def simple(text: str) -> str:
    """The text `bare`, without brackets and commas, and with the numbers of decades and centuries in figures."""
    said = bare(re.sub(r"\b[Dd]ès\b", "depuis", text))  # without its accent it is an article
    said = " ".join(re.sub(r"[\[\](),]", " ", said).split())
    if "annees" in said or "ieme" in said:
        for word, number in _IN_LETTERS.items():
            said = re.sub(word, number, said)
    return said


def from_roman(numeral: str) -> int:
    """The number that a Roman numeral in small letters stands for."""
    values = [_ROMAN_DIGITS[letter] for letter in numeral]
    return sum(-a if a < b else a for a, b in zip(values, [*values[1:], 0], strict=True))
