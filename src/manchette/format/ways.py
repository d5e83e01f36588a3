"""Other ways to write a date than `worded` reads: each is rewritten as one that it reads, or reckoned."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator

from manchette.format.vocabulary import MONTH, ROMAN, SEASON, WEEKDAYS, from_roman

_ENGLISH = {
    "january": "janvier", "february": "fevrier", "march": "mars", "april": "avril", "may": "mai", "june": "juin",
    "july": "juillet", "august": "aout", "september": "septembre", "october": "octobre", "november": "novembre",
    "december": "decembre", "jan": "janv", "feb": "fevr", "apr": "avr", "jun": "juin", "jul": "juil", "aug": "aout",
}  # fmt: skip
_FEASTS = {
    "toussaint": "1 novembre", "assomption": "15 aout", "saint-sylvestre": "31 decembre", "jour de l'an": "1 janvier",
}  # fmt: skip
_DAYTIME = r"(?:matin|midi|soir|nuit|matinee|soiree|apres-midi|minuit|journee)"
_NEAR = "peu|juste|quelque temps"

# Patterns on what `bare` leaves → what is written instead; all that fit, one after the other.
_REWRITTEN: tuple[tuple[str, str], ...] = (
    *((rf"\b{name}\b", french) for name, french in _ENGLISH.items()),
    *((rf"^{feast} (?=\d{{4}})", f"{day} ") for feast, day in _FEASTS.items()),
    (r"^the ", ""),
    (r" ?(?:->|=>|→|>|⟶) ?", "-"),
    (r"\b(\d{1,2}) er\b", r"\1er"),
    (r"^(?:lun|mar|mer|jeu|ven|sam|dim)\b\.? (?=\d)", ""),
    (rf"^({MONTH})\.? (\d{{1,2}})(?:st|nd|rd|th)?,? (\d{{4}})$", r"\2 \1 \3"),  # May 3, 2024
    (r"\b(\d{1,2})(?:st|nd|rd|th)\b", r"\1"),
    (rf"^(\d{{1,2}})-?({MONTH})-?(\d\d(?:\d\d)?)$", r"\1 \2 \3"),  # 3-mai-2024
    (rf"^({MONTH})-(\d\d(?:\d\d)?)$", r"\1 \2"),
    (rf"^(\d{{4}})[, -]+\(?({MONTH})\)?$", r"\2 \1"),  # 2024, mai
    (rf"^(\d{{4}})[ -]({MONTH})[ -](\d{{1,2}})$", r"\3 \2 \1"),
    (rf"(?<=\d{{4}}) (?:a|au|le|en|dans l'|dans la|dans le) ?{_DAYTIME}$", ""),
    (rf"^nuit du (?=\d{{1,2}} (?:{MONTH})\.? \d{{4}}$)", ""),
    (r" - (?=\d{1,2} ?[h:])", " a "),
    (r"((?::\d\d|t\d{4,6})[+-]\d\d)(\d\d)$", r"\1:\2"),  # +0200
    (r"(?<=\d\d-\d\d) a (?=\d)", " "),  # 2024-05-03 à 14h30
    (r"^ad (?=\d)", "an "),
    (r"\b(?:avant jesus-christ|b\.?c\.?e?\.?)(?!\w)", "av. j.-c."),
    (r"\bapres jesus-christ\b", "ap. j.-c."),
    (r"^-(\d{1,3})$", r"\1 av. j.-c."),
    (rf"^(.+ (?:{MONTH})) -(\d{{1,3}})$", r"\1 \2 av. j.-c."),
    (rf"^(|.* )({ROMAN})(?:e|eme|ieme)$", r"\1\2e siecle"),  # fin XIXe
    (rf"^({ROMAN}) siecle", r"\1e siecle"),
    (rf"^siecle ({ROMAN})$", r"\1e siecle"),
    (r"^(.+) \((debut|milieu|fin|mi)\)$", r"\2 \1"),
    (r"^(?:tout|toute) (?=debut|fin)", ""),
    (r"^(\d)0s$", r"annees \g<1>0"),
    (r"^au cours (?:de |d')", ""),
    (rf"^(?:av\.?|ante|au plus tard|pas apres|(?:{_NEAR}) avant|terminus ante quem)(?: le| en)? (?=\d)", "avant "),
    (rf"^(?:apr?\.?|post|au plus tot|pas avant|(?:{_NEAR}) apres|terminus post quem)(?: le| en)? (?=\d)", "apres "),
    (r"^(.+) ou (?:apres|plus tard)$", r"apres \1"),
    (r"^(.+) ou (?:avant|plus tot)$", r"avant \1"),
    (r"^depuis (.+) jusqu'a (nos jours|aujourd'hui|present)$", r"de \1 a nos jours"),
    (r"^soit (.+?),? soit (.+)$", r"\1 ou \2"),
    (r"^(\d{4})(?:(?:,|;| et| ou) ?\d{4})*(?:,|;| et| ou) ?(\d{4})$", r"\1-\2"),
    (rf"^(?:les )?(\d{{1,2}})(?:, ?\d{{1,2}})+ (?:et|ou) (\d{{1,2}} (?:{MONTH}).*)$", r"du \1 au \2"),
    (r"^([1-4])t ?(?=\d{4}$)", r"t\1 "),
    (r" \((?=[^()]*[a-z])[^()\d]*\)$", ""),  # 3 mai 2024 (parution)
    (r"^14-18$", "1914-1918"),
    (r"^39-45$", "1939-1945"),
)


def rewritten(said: str) -> str:
    """A text as `worded` may read it; said: what `bare` leaves of it."""
    for pattern, instead in _REWRITTEN:
        said = re.sub(pattern, instead, said)
    return said.strip()


def reckoned(said: str) -> Iterator[str]:
    """What takes a sum to say in EDTF; said: what `bare` leaves of a text."""
    for pattern, reckon in _SUMS:
        if found := re.fullmatch(pattern, said):
            yield reckon(found)


def _week(found: re.Match[str]) -> str:
    year, week = int(found["year"]), int(found["week"])
    try:
        days = [datetime.date.fromisocalendar(year, week, day).isoformat() for day in (1, 7)]
        day = found.groupdict().get("day")
        return datetime.date.fromisocalendar(year, week, int(day)).isoformat() if day else "/".join(days)
    except ValueError:
        return ""


def _ordinal(found: re.Match[str]) -> str:
    day = datetime.date(int(found["year"]), 1, 1) + datetime.timedelta(days=int(found["number"]) - 1)
    return day.isoformat() if day.year == int(found["year"]) else ""


def _share(found: re.Match[str]) -> str:
    """A quarter or a third of a century; the last third has a year more."""
    rank, parts = found["rank"][0], 4 if found["piece"] == "quart" else 3
    which = {"p": 1, "s": 2, "d": 2, "t": 3, "q": 4}.get(rank) or int(rank)
    which = parts if found["rank"].startswith("dern") else which
    if which > parts:
        return ""
    hundreds = (from_roman(found["century"]) - 1) * 100
    first, last = hundreds + (which - 1) * (100 // parts), hundreds + which * (100 // parts) - 1
    return f"{first:04}/{hundreds + 99 if which == parts else last:04}"


def _millennium(found: re.Match[str]) -> str:
    rank = found["rank"]
    number = int(rank) if rank.isdigit() else from_roman(rank)
    if not 1 <= number <= 9:
        return ""
    if found["bc"]:
        return f"-{number * 1000 - 1:04}/" + (f"-{(number - 1) * 1000:04}" if number > 1 else "0000")
    return f"{(number - 1) * 1000:04}/{number * 1000 - 1:04}"


def _give(found: re.Match[str]) -> str:
    year, give = int(found["year"]), int(found["give"])
    return f"{year - give:04}/{year + give:04}"


_SUMS: tuple[tuple[str, Callable[[re.Match[str]], str]], ...] = (
    (r"(?P<year>\d{4})-?w(?P<week>\d\d)(?:-?(?P<day>[1-7]))?", _week),
    (r"(?:semaine|sem\.?) ?(?P<week>\d\d?)(?: de)?[ ,/]+(?P<year>\d{4})", _week),
    (r"(?P<year>\d{4})-(?P<number>\d{3})", _ordinal),
    (
        r"(?:le |au |dans le )?(?P<rank>premier|1er|deuxieme|second|2e|2nd|troisieme|3e|quatrieme|4e|dernier)"
        rf" (?P<piece>quart|tiers) (?:du )?(?P<century>{ROMAN})e(?:me)?(?: siecle| s\.)?",
        _share,
    ),
    (
        rf"(?P<rank>{ROMAN}|\d)(?:er|e|eme|ieme)? millenaire"
        r"(?P<bc> av(?:ant|\.)? ?(?:j\.? ?-?c\.?|jesus-christ|notre ere))?",
        _millennium,
    ),
    (r"(?P<year>\d{4}) ?(?:±|\+/-|\+-) ?(?P<give>\d{1,2})(?: ans)?", _give),
    (r"\? ?(?:-|a|/) ?(?P<year>\d{4})", lambda found: f"/{found['year']}"),
    (r"(?P<year>\d{4}) ?(?:-|a|/) ?\?", lambda found: f"{found['year']}/"),
    (r"- (?P<year>\d{4})", lambda found: f"../{found['year']}"),
    (r"-(?P<year>\d{1,3})(?P<day>-\d\d-\d\d)", lambda found: f"-{int(found['year']) - 1:04}{found['day']}"),
)

_DAYS = "|".join(WEEKDAYS)
# Why there is nothing to write instead, by a pattern on what `bare` leaves; spaces in the patterns do not count.
REASONS = tuple(
    (re.compile(pattern, re.VERBOSE), reason)
    for pattern, reason in (
        (
            r"""
            \?+ | (?:date[ ])?(?:inconnue?|indeterminee?|ignoree?|non[ ]precisee?) | [sn]\.?[ ]?d\.? | sans[ ]date
            | non[ ]datee? | unknown | tbd | n/a | a[ ]completer
            """,
            "ne dit aucune date",
        ),
        (
            rf"""
            aujourd'hui | hier | avant-hier | demain | maintenant | en[ ]cours | ce[ ](?:jour|matin|soir|mois)
            | cette[ ]annee | (?:l'an|l'annee|le[ ]mois|la[ ]semaine|{_DAYS})[ ]?(?:derni|prochain|passe)?(?:er|ere|e)?
            | .*\bil[ ]y[ ]a[ ].* | la[ ]veille | le[ ]lendemain
            """,
            "se compte depuis un autre jour",
        ),
        (
            rf"""
            .*\b(?: vendemiaire | brumaire | frimaire | nivose | pluviose | ventose | germinal | floreal | prairial
                | messidor | thermidor | fructidor )\b.*
            | (?:l')?an[ ]{ROMAN}
            """,
            "est du calendrier républicain, pas du grégorien",
        ),
        (
            r"\d[\d ,.]*(?:ans[ ])?(?:ma|ka|bp|b\.p\.?|(?:millions?|milliards?)[ ]d'annees?)(?:[ ]avant[ ].*)?",
            "compte les années depuis aujourd’hui",
        ),
        (
            r"""
            (?:le[ ]|la[ ]|l'|haut[ ]|bas[ ]|fin[ ]d(?:u|e[ ]l')[ ]?)?
            (?: moyen[ -]age | antiquite | renaissance | prehistoire | paleolithique | neolithique | belle[ ]epoque
                | entre-deux-guerres | ancien[ ]regime | lumieres | occupation | liberation | revolution.* | .*[ ]empire
                | (?:premiere|seconde|deuxieme|grande|1ere|2nde|2e)[ ]guerre(?:[ ]mondiale)? | guerre[ ].*
                | (?:ere|epoque|periode|age|tournant)[ ].* )
            """,
            "est une époque, dont il faut les années",
        ),
        (
            r"(?:paques|pentecote|ascension|ramadan|careme|mardi[ ]gras|aid.*)(?:[ ](?:de[ ])?\d{4})?",
            "est une fête qui change de jour chaque année",
        ),
        (
            rf"""
            (?:(?:le|la|les|en|au|a[ ]l'|fin|mi|debut)[ -]?)* (?:\d{{1,2}}(?:er)?[ ])?
            (?: {MONTH} | {SEASON} | noel | toussaint )\.?
            """,
            "ne dit pas l’année",
        ),
    )
)
