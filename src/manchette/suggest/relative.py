"""Dates that are counted from the day on which an article appeared: « hier », « mardi », « il y a trois mois »."""

from __future__ import annotations

import datetime
import re

from manchette.format.vocabulary import MONTH, SEASON_NAMES, SEASONS, WEEKDAYS, simple

_NUMBERS = {
    "un": 1, "une": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "sept": 7, "huit": 8, "neuf": 9,
    "dix": 10, "onze": 11, "douze": 12, "quinze": 15, "vingt": 20, "trente": 30, "quarante": 40, "cinquante": 50,
    "cent": 100,
}  # fmt: skip
_DAYS_AWAY = {"avant-hier": -2, "hier": -1, "demain": 1, "après-demain": 2}
_SEASON_ENDS = {21: 6, 22: 9, 23: 12, 24: 15}  # the month, counted from January, with which it is over
_DAY = "|".join(WEEKDAYS)
_SEASON = "|".join(name for _, name in SEASON_NAMES.values())
_PART_OF_DAY = (
    r"(?: [ ] (?: matin | midi | soir | après-midi | dans[ ](?:la[ ](?:matinée|soirée|nuit)|l'après-midi) ) )?"
)
RELATIVE = re.compile(
    rf"""
    (?<![\w-]) (?:
      (?: il[ ]y[ ]a | voici | voilà ) [ ]
        (?: environ[ ] | près[ ]d(?:e[ ]|') | plus[ ]d(?:e[ ]|') | à[ ]peine[ ] | seulement[ ] )?
        (?P<number> {"|".join(_NUMBERS)} | \d{{1,3}} | quelques | plusieurs ) [ ] (?: petite?s?[ ] | longue?s?[ ] )?
        (?P<unit> jours? | semaines? | mois | ans? | années? | décennies? | siècles? ) (?: [ ]et[ ]demie? )?
        \b (?! [ ]d(?:e[ ]|') )
    | (?P<away> {"|".join(_DAYS_AWAY)} ) (?![-\w]) {_PART_OF_DAY}
    | (?P<today> ce[ ](?:matin|midi|soir) | cet[ ]après-midi | cette[ ]nuit | aujourd'hui ) \b
    | (?:ce[ ])? (?:le[ ]|la[ ]|l'|au[ ]|du[ ])?
        (?P<last> week-end | semaine | mois | an | année | trimestre | siècle | décennie | {_SEASON} | nuit ) [ ]
        (?P<side> derni(?:er|ère) | passée? | écoulée? | prochaine? ) \b
    | ce[t]?[ ] (?P<now> {_SEASON} | week-end | mois-ci ) \b
    | nuit[ ]d(?:e|u)[ ] (?: {_DAY} ) [ ](?:à|au)[ ] (?P<until> {_DAY} ) \b
    | (?:ce[ ])? (?P<weekday> {_DAY} ) (?: [ ](?P<day> \d{{1,2}} ) (?! \d | [ ]?[h%€] | [ ](?:{MONTH}|heures) ) )?
        {_PART_OF_DAY} (?: [ ](?P<which> dernier | passé | prochain ) )? \b
    )
    """,
    re.VERBOSE | re.IGNORECASE,
)
_HABIT = re.compile(r"\b(?:les?|chaque|du|au|des|un) ?$", re.IGNORECASE)  # « le mardi », « tous les mardis »
_DONE = re.compile(r"\b(?:a|ont|s'est|se sont)(?: \w+){1,3} $|\w(?:ra|ront) $")  # before « aujourd’hui », of this day
_FUTURE = re.compile(
    r"\b(?!(?:opéra|caméra|extra|infra|contra)\b)\w+(?:era|eront|ira|iront|dra|dront|ura|uront)\b"
    r"|\b(?:doit|doivent|devrait|devraient|va|vont) \w+(?:er|ir|re)\b"
)
_AHEAD = re.compile(r"\b(?:attendu|prévu|programmé|prochain|espéré)e?s?\b|\bà venir\b|\bd'ici\b")
_PAST = re.compile(
    r"\b(?:a|ont|est|sont|avait|avaient|était|étaient|fut|furent|s'est)\b(?: \w+){0,2}"
    r" \w+(?:é|ée|és|ées|i|ie|is|it|u|ue|us|ert|ort)\b"
)


def looks_ahead(text: str) -> bool:
    """Whether a sentence speaks of what is to come."""
    return bool(_AHEAD.search(text) or _FUTURE.search(text))


def looks_back(text: str) -> bool:
    """Whether a sentence speaks of what was."""
    return bool(_PAST.search(text)) and not looks_ahead(text)


def is_relative(text: str, found: re.Match[str]) -> bool:
    """Whether words of `RELATIVE` are counted from the article's day there: « mardi », but not « le mardi »."""
    before = text[: found.start()]
    if found["away"]:
        return not re.search(r"\bde $", before)  # « le monde de demain »
    if found["today"] and found["today"].lower() == "aujourd'hui":
        return bool(_DONE.search(before))  # else it is our times
    if not found["weekday"]:
        return True
    start, end = found.span("weekday")
    habit = _HABIT.search(text[:start]) and not found["which"] and not found["day"]
    named = found["weekday"][0].isupper() and before.strip(' "(') and before.rstrip(' "(')[-1] not in ".:!?…"
    return not (habit or named or re.match(r"s?-\w|s\b", text[end:]))


def reckoned(text: str, found: re.Match[str], today: datetime.date) -> str:
    """The EDTF value of words of `RELATIVE`, no more exact than they are."""
    if found["away"]:
        return _day(today, _DAYS_AWAY[found["away"].lower()])
    if found["today"]:
        return _day(today, 0)
    if found["number"]:
        return _ago(found["number"].lower(), found["unit"].lower(), today)
    if found["until"]:
        last = _weekday(found["until"], "", text, today)
        return f"{_day(last, -1)}/{_day(last, 0)}"
    if found["weekday"]:
        return _day(_weekday(found["weekday"], found["which"] or "", text, today, int(found["day"] or 0)), 0)
    if found["now"]:
        return _now(found["now"].lower(), today)
    return _last(found["last"].lower(), 1 if found["side"].lower().startswith("proch") else -1, today)


def _day(today: datetime.date, days: int) -> str:
    return (today + datetime.timedelta(days=days)).isoformat()


def _month(today: datetime.date, months: int) -> str:
    count = today.year * 12 + today.month - 1 + months
    return f"{count // 12:04}-{count % 12 + 1:02}"


def _weekday(name: str, which: str, text: str, today: datetime.date, number: int = 0) -> datetime.date:
    """The nearest day of that name, on the side that the words or the verbs of the sentence say."""
    away = datetime.timedelta(days=(today.weekday() - WEEKDAYS.index(name.lower())) % 7)
    week, past = datetime.timedelta(weeks=1), today - away
    if number:
        near = sorted((past + week * count for count in range(-5, 6)), key=lambda day: abs(day - today))
        return next((day for day in near if day.day == number), past)
    if which == "prochain" or (
        not which and away and looks_ahead(text) and (_AHEAD.search(text) or not _PAST.search(text))
    ):
        return past + week
    return past - week if which and not away else past


def _ago(number: str, unit: str, today: datetime.date) -> str:
    count = int(number) if number.isdigit() else _NUMBERS.get(number, 0)  # some: 0
    if unit.startswith("jour"):
        return _day(today, -count) if count else f"{today:%Y-%m}"
    if unit.startswith("semaine"):
        return f"{today - datetime.timedelta(weeks=count):%Y-%m}"
    if unit == "mois":
        return _month(today, -count) if count else f"{today.year:04}"
    if unit.startswith("an"):
        return f"{today.year - count:04}" if count else f"{today.year // 10:03}X"
    return f"{today.year // 100 - count:02}XX" if unit.startswith("siècle") else f"{today.year // 10 - count:03}X"


def _weekend(today: datetime.date, weeks: int) -> str:
    saturday = today + datetime.timedelta(days=5 - today.weekday() + 7 * weeks)
    return f"{saturday.isoformat()}/{_day(saturday, 1)}"


def _now(what: str, today: datetime.date) -> str:
    if what == "week-end":
        return _weekend(today, 0)
    return f"{today:%Y-%m}" if what == "mois-ci" else f"{today.year:04}-{SEASONS[simple(what)]}"


def _last(what: str, step: int, today: datetime.date) -> str:
    """« la semaine dernière », « l’été prochain »; step: -1 or 1."""
    if what == "week-end":
        return _weekend(today, step)
    if what == "nuit":
        return f"{_day(today, -1)}/{_day(today, 0)}"
    if what == "semaine":
        monday = today + datetime.timedelta(days=7 * step - today.weekday())
        return f"{monday.isoformat()}/{_day(monday, 6)}"
    if what == "mois":
        return _month(today, step)
    if what == "trimestre":
        first = today.replace(month=(today.month - 1) // 3 * 3 + 1)
        return f"{_month(first, 3 * step)}/{_month(first, 3 * step + 2)}"
    if what in ("an", "année"):
        return f"{today.year + step:04}"
    if what in ("siècle", "décennie"):
        return f"{today.year // 100 + step:02}XX" if what == "siècle" else f"{today.year // 10 + step:03}X"
    season = SEASONS[simple(what)]
    over = today.month > _SEASON_ENDS[season]
    if step > 0:
        return f"{today.year + (today.month > _SEASON_ENDS[season] - 3):04}-{season}"
    return f"{today.year - (not over) - (season == 24 and today.month <= 3):04}-{season}"
