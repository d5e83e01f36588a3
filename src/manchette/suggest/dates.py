"""Dates in running text: what they say in EDTF, reckoned from the day on which the article appeared where it needs be."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass

from manchette.format.edtf import When
from manchette.format.vocabulary import MONTH, SEASONS, WEEKDAYS, simple
from manchette.format.worded import Worded, read
from manchette.site.quoted import counts, dated, parsed
from manchette.suggest.reading import Reading, Sentence

_CENTURIES = range(1000, 2101)  # years that a number alone may be
_HISTORY = 2  # years between an article and a year that its text is about, from which on a day without a year is of that one
_DAY = "|".join(WEEKDAYS)
_NUMBERS = {
    "un": 1, "une": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "sept": 7, "huit": 8, "neuf": 9, "dix": 10,
    "onze": 11, "douze": 12, "quinze": 15, "vingt": 20, "trente": 30, "quarante": 40, "cinquante": 50, "cent": 100,
}  # fmt: skip
_PART_OF_DAY = r"(?:[ ](?:matin|midi|soir|après-midi|dans[ ](?:la[ ](?:matinée|soirée|nuit)|l'après-midi)))?"
_RELATIVE = re.compile(
    rf"""
    (?<![\w-]) (?:
      (?P<before> (?: il[ ]y[ ]a | voici | voilà )[ ] (?: environ[ ] | près[ ]d(?:e[ ]|') | plus[ ]d(?:e[ ]|') | à[ ]peine[ ] | seulement[ ] )?
        (?P<number> {"|".join(_NUMBERS)} | \d{{1,3}} | quelques | plusieurs )[ ] (?: petite?s?[ ] | longue?s?[ ] )?
        (?P<unit> jours? | semaines? | mois | ans? | années? | décennies? | siècles? ) (?: [ ]et[ ]demie? )? \b (?! [ ]d(?:e[ ]|') ) )
    | (?P<yesterday> avant-hier | hier | demain | après-demain ) (?![-\w]) {_PART_OF_DAY}
    | (?P<today> c(?:e[ ](?:matin|midi|soir)|et(?:te)?[ ](?:après-midi|nuit)) | aujourd'hui ) \b
    | (?:ce[ ])? (?:le[ ]|la[ ]|l'|au[ ]|du[ ])? (?P<last> week-end | semaine | mois | an | année | trimestre | siècle | décennie
        | printemps | été | automne | hiver | nuit )[ ] (?P<side> derni(?:er|ère) | passée? | écoulée? | prochaine? ) \b
    | (?P<now> c(?:e|et)[ ](?: printemps | été | automne | hiver ) | ce[ ]week-end | ce[ ]mois-ci ) \b
    | (?P<night> nuit[ ]d(?:e|u)[ ] (?P<from> {_DAY} )[ ]a?u?à?[ ]? (?P<to> {_DAY} ) )
    | (?:ce[ ])? (?P<weekday> {_DAY} ) (?: [ ](?P<day> \d{{1,2}} )(?!\d|[ ]?[h%€]|[ ](?:{MONTH}|heures)) )? {_PART_OF_DAY}
        (?: [ ](?P<which> dernier | passé | prochain ) )? \b
    | (?<=guerre[ ]de[ ]) (?P<war> 14[-/]18 | 39[-/]45 )
    | (?: en | vers | depuis | avant | après | jusqu'en | an )[ ] (?P<early> [1-9]\d{{2}} ) (?= [ ]?[,.;:)] | $ | [ ]et[ ] | [ ]à[ ] | [ ](?:il|elle|le|la|l'|les|par|son|sa)\b )
    )
    """,
    re.VERBOSE | re.IGNORECASE,
)
_DONE = re.compile(r"\b(?:a|ont|s'est|se sont)(?: \w+){1,3} $|\w(?:ra|ront) $")
_HABIT = re.compile(r"(?:\b(?:les?|chaque|tous les|du|au|des|un)|\btou(?:s|tes) les) ?$", re.IGNORECASE)
_ARTICLE = re.compile(r"(?:(?:de |à )?l'|d'|(?:le|la|les|du|de la|de|des|au|aux|à la) )", re.IGNORECASE)
_WHICH = re.compile(r" (?P<year>(?:de )?l'an(?:née)? )?(?P<side>dernière?s?|passée?s?|prochaine?s?)\b")
_LISTED = re.compile(r"(?:\b\d{1,2}, )+$")
_AHEAD = re.compile(r"\b(?:attendu|prévu|programmé|prochain|espéré)e?s?\b|\bà venir\b|\bd'ici\b")
_AROUND = re.compile(r"[\w°/.-]$")
_NUMBERED = re.compile(r"(?:\b(?:n|no|art|article|page|p|pp|chapitre|norme|iso|référence|code|version|modèle)|n°|[€$£#])[ .]*$", re.IGNORECASE)
_QUANTITY = re.compile(r"(?:\b(?:plus|moins|près|quelque|quelques|environ|total|altitude|seulement) (?:de |d')?|\d )$", re.IGNORECASE)
_FUTURE = re.compile(
    r"\b(?!(?:opéra|caméra|extra|infra|contra|aura)\b)\w+(?:era|eront|ira|iront|dra|dront|ura|uront)\b"
    r"|\bprévue?s?\b|\bd'ici\b|\bà venir\b|\b(?:doit|doivent|devrait|devraient|va|vont) \w+(?:er|ir|re)\b|\bprochaine?s?\b"
)
_PAST = re.compile(r"\b(?:a|ont|est|sont|avait|avaient|était|étaient|fut|furent|s'est)\b(?: \w+){0,2} \w+(?:é|ée|és|ées|i|ie|is|it|u|ue|us|ert|ort)\b")


@dataclass(frozen=True)
class Dated:
    """A date of the text: where it stands in the canonical text, and its value; empty where no year can be told."""

    start: int
    end: int
    when: str


def dates_of(reading: Reading, published: When | None) -> Iterator[Dated]:
    """The dates of an article, in order; durations, ages and times of day are none."""
    today = published.latest if published and published.year else None
    context: list[int] = []  # the years that the text was last about
    block, history = -1, _is_history(reading, today)
    for sentence in reading.sentences:
        if sentence.block != block and not history:
            context = []
        block = sentence.block
        found = sorted(_dates(sentence, today, context), key=lambda each: each.start)
        reached = sentence.start
        for each in found:
            if each.start >= reached:
                reached = each.end
                yield each
        context = [int(each.when[:4]) for each in found if re.match(r"\d{4}(?!\d)", each.when)] or context[-1:]


def _is_history(reading: Reading, today: datetime.date | None) -> bool:
    """Whether an article is about other years than that in which it appeared: then its paragraphs share a year."""
    years = [int(year) for year in re.findall(r"\b1\d{3}\b|\b20\d\d\b", reading.text)]
    return bool(today and years and max(years) <= today.year - _HISTORY)


def _dates(sentence: Sentence, today: datetime.date | None, context: list[int]) -> Iterator[Dated]:
    text = sentence.words
    taken: list[tuple[int, int]] = []
    years = list(context)
    for start, end, meaning in dated(text):
        end = start + len(text[start:end].rstrip(" .,"))
        if meaning and not _stands(text, start, end, meaning):
            continue
        if meaning:
            taken.append((start, end))
            if meaning.form == "list" and re.fullmatch(r"\d{4}/\d{4}", meaning.value):
                for year in re.finditer(r"\d{4}", text[start:end]):
                    yield Dated(sentence.start + start + year.start(), sentence.start + start + year.end(), year[0])
                continue
            value = _value(text[start:end], meaning)
            years += [int(value[:4])] if re.match(r"\d{4}(?!\d)", value) else []
        else:
            following = _WHICH.match(text, end)
            side = following["side"] if following else ""
            if following and following["year"] and today:
                value = _in_year(text[start:end], today.year + (1 if side.startswith("proch") else -1))
            else:
                value = _this_year(text, text[start:end], side, today, years)
            end = following.end() if following else end
            taken.append((start, end))
        if (listed := _LISTED.search(text[:start])) and re.match(r"\d{1,2} et \d", text[start:end]) and re.match(r"\d{4}-\d\d-", value):
            day = int(listed[0].split(",")[0])
            value = f"{value[:8]}{day:02}/{value.rpartition('/')[2]}"
            start = listed.start()
        first = start if meaning and meaning.form != "point" else start + _skipped(text[start:end])
        yield Dated(sentence.start + first, sentence.start + end, value)
    for found in _RELATIVE.finditer(text):
        if any(found.start() < end and start < found.end() for start, end in taken) or not _is_relative(text, found):
            continue
        first = found.start() + _skipped(found[0])
        yield Dated(sentence.start + first, sentence.start + found.end(), _reckoned(text, found, today))


def _skipped(words: str) -> int:
    """How many letters of an article or of « de » a date begins with."""
    found = _ARTICLE.match(words)
    return found.end() if found else 0


def _stands(text: str, start: int, end: int, meaning: Worded) -> bool:
    """Whether a number is a year there, rather than an amount, or a part of a code."""
    before, words, after = text[:start], text[start:end], text[end:]
    if _AROUND.search(before) or re.match(r"[\w/°%€$]|[-.,]\d", after) or "T" in words:
        return False
    if not re.fullmatch(r"\d{4}(?:/\d{2,4})?", meaning.value) or re.search(r"[^\W\d]{4}", simple(words)):
        return True
    if any(int(year) not in _CENTURIES for year in re.findall(r"\d{4}", meaning.value)):
        return False
    if not re.search(r"\d{4}$", words) and not re.search(r"\d{4} ?[-/] ?\d{2}$", words):
        return True
    named = after[:1] == " " and after[1:2].isupper()
    bare = words[0].isdigit() and (_NUMBERED.search(before) or _QUANTITY.search(before))
    return not (bare or (not named and counts(simple(after).strip(' "'))))


def _value(words: str, meaning: Worded) -> str:
    """What a text says in EDTF, no more exactly than it does: « fin 1944 » is 1944, and no time of day."""
    plain = simple(words)
    inner = re.sub(r"^(?:depuis|avant|apres|jusqu'(?:au|a|en)|a partir d(?:e|u)) ?", "", plain)
    if inner != plain and (found := read(inner)) and (found.form == "between" or "X" in found.value):
        meaning = found
    if plain.startswith("depuis") and re.match(r"[Dd]ès\b", words) and meaning.form == "open":
        return meaning.first
    whole = next((value for value, why in meaning.others if "ne dit pas mieux" in why), meaning.value)
    return whole.partition("T")[0]


def _this_year(text: str, words: str, side: str, today: datetime.date | None, years: list[int]) -> str:
    """A day, a month or a stretch without its year: of the year that the text is about, or the nearest."""
    if years and (not today or abs(years[-1] - today.year) >= _HISTORY) and not side:
        return _in_year(words, years[-1])
    if not today:
        return ""
    tries = [(value, when) for year in (today.year - 1, today.year, today.year + 1) if (value := _in_year(words, year)) and (when := parsed(value))]
    if not tries:
        return ""
    named = [WEEKDAYS.index(name) for name in re.findall(_DAY, simple(words))]
    fitting = [each for each in tries if len(named) == 1 and each[1].precision == "day" and (int(each[1].first) + 6) % 7 == named[0]]
    tries = fitting or tries
    day = today.toordinal()
    forward = bool(re.match("proch", side)) or (not side and bool(_FUTURE.search(text)))
    backward = bool(side) and not forward or (not forward and bool(_PAST.search(text)) and len(text) < 400 and "élection" not in text)

    def away(when: When) -> float:
        if when.first <= day <= when.last and not side:
            return 0
        ahead = when.first - day if when.first > day else None
        behind = day - when.last
        if ahead is not None:
            return ahead * (1 if forward else 2 if not backward else 4)
        return behind * (4 if forward else 1) + (1 if behind >= 0 else 400)

    return min(tries, key=lambda each: away(each[1]))[0]


def _in_year(words: str, year: int) -> str:
    found = read(f"{words} {year:04}")
    return _value(f"{words} {year:04}", found) if found else ""


def _is_relative(text: str, found: re.Match[str]) -> bool:
    """Whether words that are reckoned from today do so there: « mardi », but not « le mardi »."""
    if found["yesterday"]:
        return not re.search(r"\bde $", text[: found.start()])  # « le monde de demain »
    if found["weekday"]:
        habit = _HABIT.search(text[: found.start("weekday")]) and not found["which"] and not found["day"]
        inside = found["weekday"][0].isupper() and text[: found.start()].rstrip(' "(').strip() and text[: found.start()].rstrip(' "(')[-1] not in ".:!?…"
        plural = re.match(r"s?(?:-\w|s\b)", text[found.end("weekday") :])
        return not habit and not inside and not plural
    if found["today"] and found["today"].lower() == "aujourd'hui":  # else it is our times
        return bool(_DONE.search(text[: found.start()]))
    return True


def _reckoned(text: str, found: re.Match[str], today: datetime.date | None) -> str:
    """The value of what is reckoned from the day on which the article appeared."""
    if found["war"]:
        first, last = re.findall(r"\d\d", found["war"])
        return f"19{first}/19{last}"
    if found["early"]:
        return f"0{found['early']}"
    if not today:
        return ""
    if found["yesterday"]:
        return _day(today, {"avant-hier": -2, "hier": -1, "demain": 1, "après-demain": 2}[found["yesterday"].lower()])
    if found["today"]:
        return _day(today, 0)
    if found["before"]:
        return _ago(found["number"].lower(), found["unit"].lower(), today)
    if found["night"]:
        last = _weekday(found["to"], "", text, today)
        return f"{_day(last, -1)}/{_day(last, 0)}"
    if found["weekday"]:
        return _day(_weekday(found["weekday"], found["which"] or "", text, today, int(found["day"] or 0)), 0)
    if found["now"]:
        word = found["now"].lower().split()[-1]
        if word == "week-end":
            return _weekend(today, 0)
        return f"{today.year}-{SEASONS[simple(word)]}" if simple(word) in SEASONS else f"{today:%Y-%m}"
    return _last(found["last"].lower(), 1 if found["side"].startswith("proch") else -1, today)


def _day(today: datetime.date, days: int) -> str:
    return (today + datetime.timedelta(days=days)).isoformat()


def _weekday(name: str, which: str, text: str, today: datetime.date, number: int = 0) -> datetime.date:
    """The nearest day of that name, on the side that the words or the verbs of the sentence say."""
    away = (today.weekday() - WEEKDAYS.index(name.lower())) % 7
    past, coming = today - datetime.timedelta(days=away), today + datetime.timedelta(days=(7 - away) % 7)
    if number:
        days = [today + datetime.timedelta(days=7 * weeks - away) for weeks in range(-5, 6)]
        return next((day for day in sorted(days, key=lambda day: abs(day - today)) if day.day == number), past)
    if which:
        return today + datetime.timedelta(days=7 - away) if which == "prochain" else today - datetime.timedelta(days=away or 7)
    return coming if _AHEAD.search(text) or (_FUTURE.search(text) and not _PAST.search(text)) else past


def _ago(number: str, unit: str, today: datetime.date) -> str:
    """« il y a trois mois »: as exact as the unit, and no more."""
    count = int(number) if number.isdigit() else _NUMBERS.get(number, 0)
    if unit.startswith("jour"):
        return _day(today, -count) if count else f"{today:%Y-%m}"
    if unit.startswith("semaine"):
        return f"{today - datetime.timedelta(weeks=count):%Y-%m}"
    if unit == "mois":
        months = today.year * 12 + today.month - 1 - count
        return f"{months // 12:04}-{months % 12 + 1:02}" if count else f"{today.year:04}"
    if unit.startswith("an"):
        return f"{today.year - count:04}" if count else f"{today.year // 10:03}X"
    if unit.startswith("siècle"):
        return f"{today.year // 100 - count:02}XX"
    return f"{today.year // 10 - count:03}X"


def _weekend(today: datetime.date, weeks: int) -> str:
    saturday = today + datetime.timedelta(days=5 - today.weekday() + 7 * weeks)
    return f"{saturday.isoformat()}/{_day(saturday, 1)}"


def _last(what: str, step: int, today: datetime.date) -> str:
    """« la semaine dernière », « l’été prochain »."""
    if what == "week-end":
        return _weekend(today, step if step > 0 or today.weekday() < 5 else -1)
    if what == "nuit":
        return f"{_day(today, -1)}/{_day(today, 0)}"
    if what == "semaine":
        monday = today + datetime.timedelta(days=7 * step - today.weekday())
        return f"{monday.isoformat()}/{_day(monday, 6)}"
    if what == "mois":
        months = today.year * 12 + today.month - 1 + step
        return f"{months // 12:04}-{months % 12 + 1:02}"
    if what in ("an", "année"):
        return f"{today.year + step:04}"
    if what == "trimestre":
        quarter = (today.month - 1) // 3 + step
        year, quarter = today.year + quarter // 4, quarter % 4
        return f"{year}-{quarter * 3 + 1:02}/{year}-{quarter * 3 + 3:02}"
    if what == "siècle":
        return f"{today.year // 100 + step:02}XX"
    if what == "décennie":
        return f"{today.year // 10 + step:03}X"
    season = SEASONS[simple(what)]
    ends = {21: 6, 22: 9, 23: 12, 24: 15}[season]  # the month, from January, in which it is over
    ended = today.year * 12 + today.month > today.year * 12 + ends
    if step < 0:
        year = today.year if ended else today.year - 1
        return f"{year:04}-{season}" if season != 24 or today.month > 3 else f"{year - (today.month < 3):04}-24"
    began = today.month >= {21: 3, 22: 6, 23: 9, 24: 12}[season]
    return f"{today.year + began:04}-{season}"
