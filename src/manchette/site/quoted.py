"""The dates that a quote names, and which of them say when its event was: never for a value."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from manchette.format.edtf import When, WhenError
from manchette.format.vocabulary import MONTH, ROMAN, SEASON, WEEKDAYS, YEARS_OF, simple
from manchette.format.worded import Worded, read

_TOKEN = re.compile(
    r"""
    \d{1,4}([/.-])\d{1,2}\1\d{2,4} | [tTsSqQ][1-4]\b | \d+[^\W\d_]*
    | [^\W\d_]+ (?: ['’ʼ] | \.(?=[\s,;:)!?]|$|-C) )? | \S
    """,
    re.VERBOSE,
)
_WORD = re.compile(  # what a date is made of, as `simple` leaves it
    rf"""
    \d{{1,4}} (?: er|re|e|eme|nd|nde )? | \d+[/.-]\d+[/.-]\d+ | {ROMAN}(?:e|er|eme)
    | (?:{MONTH})\.? | {SEASON} | {"|".join(WEEKDAYS)} | siecles? | s\. | annees? | an | decennie | noel
    | le|la|les|l'|en|au|aux|a|du|de|d'|des|entre|et|ou|-|/
    | depuis | avant | apres | jusqu' | partir | compter | plus | tot | tard | cours
    | vers | environ | env\. | ca\. | autour | alentours | debut | mi | milieu | fin | courant
    | nuit | journee | soiree | matinee | soir | matin | mois | trimestre | semestre | quinzaine | moitie | [tsq][1-4]
    | \w+ieme | dix | vingts? | trente | quarante | cinquante | soixante | quatre
    | premiere? | deuxieme | seconde? | troisieme | quatrieme | dernier
    | av\. | ap\. | apr\. | j\. | c\. | notre | ere | n\. | e\. | annee | {YEARS_OF}
    """,
    re.VERBOSE,
)
_STARTS = re.compile(r"(?!(?:et|ou|-|/|s\.|siecles?|plus|c\.|e\.)$)")
_ENDS = re.compile(
    rf"""
    \d.* | (?:{MONTH})\.? | siecles? | s\. | c\. | ere | e\. | [ivxlcdm]+(?:e|er|eme) | noel | {SEASON}
    | dix | vingts? | trente | quarante | cinquante | soixante
    """,
    re.VERBOSE,
)
_LONGEST = 16  # words of a date; each run of them is tried at all its lengths

# A date that such words stand by is not the event's: it is counted from there.
_RELATIVE = re.compile(
    r"""
    \b (?: (?:avant-)?veille | (?:sur)?lendemain | plus[ ](?:tard|tot) | auparavant | suivante?s? | precedente?s?
    | (?:semaine|quinzaine|week-end|weekend)[ ](?:du|des)
    | (?:bi|tri)?centenaires? | anniversaires? | commemor\w* | souvenir | memoire
    | (?:heures?|jours?|semaines?|mois|ans?|annees?|decennies?|siecles?)[ ]
      (?:apres|avant|d'ecart)(?![ ]?(?:j\.|notre|l'ere)) ) \b
    """,
    re.VERBOSE,
)
_FUNCTION_WORDS = re.compile(
    "[ldcmst]es|dans|[nv]ous|ils|elles|plus|plusieurs|mais|puis|sans|sous|vers|depuis|apres|tous|toutes|nos|leurs|certaine?s"
    "|quelques|deux|trois|six|dix|alors|lors|tres|jamais|toujours|moins|hors|pres|aux|eux|ceux|celles|divers|diverses"
)
_FROM_TODAY = re.compile(
    rf"""
    \b (?: (?: {"|".join(WEEKDAYS)} | (?:avant-)?hier | aujourd'hui | (?:apres-)?demain )
            (?: [ ](?: dernier | prochain | matin | midi | apres-midi | soir ) )?
    | (?:{MONTH}|{SEASON}|an|mois) [ ] (?:dernier|passe|prochain)
    | (?:annee|semaine|saison|nuit) [ ] (?:derniere|passee|prochaine) ) $
    """,
    re.VERBOSE,
)
_AIM = re.compile(r"(?:d'ici|pour|horizon|objectif|prevue?s?|prochaine?s?)(?: (?:a|en|le|pour|l'|au))*$")
_NAMED_AFTER = re.compile(  # « rue du 8 mai 1945 »
    r"\b(?:rue|avenue|boulevard|bd|place|quai|pont|square|esplanade|allee|impasse|passage|stade|station|arret|lycee|college)$"
)
_COMPARED = re.compile(r"\bcontre \d[\d ]*(?: \S+){0,3} en \d{4}$")  # « contre 3 % en 2022 »
_PREPOSITION = re.compile(
    r"(?:en|depuis|avant|apres|jusqu'|vers|environ|courant|debut|fin|mi|milieu|entre|l'an|an|l'annee|annee|au cours)\b"
)
_PARTICIPLE = re.compile(
    r"(?P<verb>(?:\S+\s+){0,2})\b(?:\w+é|mort|élu|ouvert|conclu|paru|survenu|rendu|pris|commis)e?s?\s*$"
)
_AUXILIARY = re.compile(r"\b(?:été|est|sont|fut|furent|a|ont|avait|avaient|était|étaient)\s+(?:\S+\s+)?$")


@dataclass(frozen=True)
class Said:
    """A date that stands in a quote."""

    words: str
    meaning: Worded | None  # None where the words name no year
    strong: bool  # whether it can contradict; otherwise it can only agree
    whole: bool  # whether the quote says nothing else
    reach: str = ""  # "after" or "before": it dates what the event follows, or comes before
    weekday: int | None = None  # 0 is Monday


@lru_cache(maxsize=4096)  # a server reads the same quotes again and again
def dates_in(text: str) -> tuple[Said, ...]:
    """The dates that a text names, each at its longest, in order; none where the event is counted from them."""
    if _RELATIVE.search(simple(text)):
        return ()
    return tuple(_said(text[:start], text[start:end], text[end:], meaning) for start, end, meaning in dated(text))


def is_date(text: str) -> bool:
    """Whether a text ends with a date, counted from or not; or with a day or a time as one names it from today."""
    return bool(_FROM_TODAY.search(simple(text))) or any(not re.search(r"\w", text[end:]) for _, end, _ in dated(text))


def dated(text: str) -> Iterator[tuple[int, int, Worded | None]]:
    """Where a text has the words of a date, each at its longest, in order, and what they say; None without a year."""
    tokens: _Tokens = []
    for found in _TOKEN.finditer(text):
        word, end = simple(found[0]), found.end()
        if word.endswith(".") and not _WORD.fullmatch(word):  # the sentence's point
            word, end = word[:-1], end - 1
        tokens.append((found.start(), end, word))
    at = 0
    while at < len(tokens):
        end, meaning = _longest(text, tokens, at)
        if end:
            yield tokens[at][0], tokens[end - 1][1], meaning
        at = end or at + 1


def parsed(value: str) -> When | None:
    """A value of `worded`, or None where the days that it names do not exist."""
    try:
        return When.parse(value)
    except WhenError:
        return None


_Tokens = list[tuple[int, int, str]]
"""Where each begins and ends in the text, and what `simple` makes of it."""


def _longest(text: str, tokens: _Tokens, start: int) -> tuple[int, Worded | None]:
    """The end of the longest date that begins at a token, and what it says; 0 where none does."""
    end = start
    while end < min(len(tokens), start + _LONGEST) and _WORD.fullmatch(tokens[end][2]):
        if end > start and text[tokens[end - 1][1] : tokens[end][0]].strip():
            break
        end += 1
    if end == start or not _STARTS.match(tokens[start][2]):
        return 0, None
    ends = [n for n in range(end, start, -1) if _ENDS.fullmatch(tokens[n - 1][2])]
    for last in ends:
        meaning = read(text[tokens[start][0] : tokens[last - 1][1]])
        if meaning and parsed(meaning.value):
            return last, meaning
    for last in ends:
        words = text[tokens[start][0] : tokens[last - 1][1]]
        named = re.search(rf"\b(?:{MONTH})\b", simple(words)) and words == words.lower()  # Mars is no month
        if named and last - start > 1 and read(f"{words} 2000"):
            return last, None
    return 0, None


def _said(before: str, words: str, after: str, meaning: Worded | None) -> Said:
    plain, left, right = simple(words), simple(before).strip(" «\"'"), simple(after).strip(" .»\"'!?…;:")
    whole = not left and not right
    clause = re.split("[;:.!?]", left)[-1]
    reaches = {"after": r"\b(?:apres|depuis)\b", "before": r"\b(?:avant|jusqu'\w*)\b"}
    reach = next((name for name, pattern in reaches.items() if re.search(pattern, clause)), "")
    days = [WEEKDAYS.index(day) for day in re.findall("|".join(WEEKDAYS), plain)]
    weekday = days[0] if len(days) == 1 else None
    return Said(words, meaning, whole or _dates(before, plain, left, right, meaning), whole, reach, weekday)


def _dates(before: str, plain: str, left: str, right: str, meaning: Worded | None) -> bool:
    """Whether words date what the quote is about, rather than something that it names."""
    form = meaning.form if meaning else "point"
    if (
        left.endswith("comme")
        or _COMPARED.search(f"{left} {plain}")
        or (plain.startswith("du ") and _NAMED_AFTER.search(left))
    ):
        return False
    if left and form == "point" and re.match(r"(?:de|du|des|d')(?: |\b)", plain):  # « la loi de 1905 »
        return not right and len(left.split()) <= 2
    bare = meaning and re.fullmatch(r"\d{4}(?:/\d{4})?", meaning.value) and form in ("point", "list")
    if bare and not _PREPOSITION.match(plain):  # « l’Euro 2020 »
        return False
    number = re.search(r"\b\d\d(?:\d\d)?$", plain)
    if number and (len(number[0]) == 2 or not re.search(MONTH, plain)) and counts(right):
        return False
    if _AIM.search(left) or before.rstrip().endswith("("):
        return False
    aside = _PARTICIPLE.search(before)  # « Lavrov, né (en 1950), a dit »
    return not (aside and (right or len(left.split()) > 3) and not _AUXILIARY.search(aside["verb"]))


def counts(right: str) -> bool:
    """Whether what follows a number are things: « 1500 mots »."""
    word = right.partition(" ")[0]
    return bool(re.fullmatch(r"km.?|m.?|h\d*|kg|%|°|\w{3,}[sx]", word)) and not _FUNCTION_WORDS.fullmatch(word)
