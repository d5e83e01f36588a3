"""An event's date against the words that its quote has for it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from math import inf

from manchette.format.edtf import When
from manchette.format.kinds import Event
from manchette.format.kinds.person import Role
from manchette.format.vocabulary import MONTH_NAMES, SEASON_NAMES, WEEKDAYS, YEARS_OF, simple
from manchette.format.worded import Worded, read
from manchette.load import Record
from manchette.problems import Place, Problem, Severity, cite
from manchette.site.quoted import Said, dates_in, parsed

_GREECE = 1923  # the last State to leave the Julian calendar: from then on a date and its day of the week are one thing
_JULIAN = range(10, 14)  # days by which it was late, from 1582
_DOUBT = {"day": 15, "month": 100, "season": 100}  # days that `?`, `~` and `%` are worth on both sides
_DOUBT_OF_YEARS = 5 * 366


def _widened(when: When) -> tuple[float, float]:
    """Its first and last day, each as far as a doubt reaches."""
    days = _DOUBT.get(when.precision, _DOUBT_OF_YEARS) if when.uncertain or when.approximate else 0
    days = max(days, 1 if when.time else 0)  # the day is another elsewhere
    return when.first - days, when.last + days


def _agree(when: When, said: Said, meaning: Worded) -> bool:
    """Whether a date may be what the words say."""
    value, room = parsed(meaning.value), parsed(meaning.room or meaning.value)
    if not value or not room:
        return True
    first, last = _widened(room)
    first, last = -inf if said.reach == "before" else first, inf if said.reach == "after" else last
    own_first, own_last = _widened(when)
    if own_last < first or last < own_first:
        days = when.precision == value.precision == "day" and (value.year or 0) <= _GREECE
        return days and when.first - value.first in _JULIAN
    if said.weekday is not None and not said.meaning and when.precision == "day":
        return value.is_interval or _weekday(value) == said.weekday
    return meaning.form != "span" or bool(said.reach) or _same_stretch(when, value, said)


def _same_stretch(when: When, value: When, said: Said) -> bool:
    """Whether a date may be that of « du 3 au 5 mai »: all of it, or something in it, but no other stretch."""
    doubtful = when.uncertain or when.approximate or value.uncertain or value.approximate
    if doubtful or when.precision != value.precision or re.search(YEARS_OF, simple(said.words)):
        return True
    if when.is_interval:
        ends = (when.start, value.start), (when.end, value.end)
        return any(not own or not other or own.precision != other.precision for own, other in ends) or (
            (when.first, when.last) == (value.first, value.last)
        )
    return not said.whole and when.first != value.first and when.last != value.last


def _weekday(when: When) -> int | None:
    return (int(when.first) + 6) % 7 if when.precision == "day" else None


def _meanings(when: When, said: Said) -> list[Worded]:
    """What the words say; where they name no year, in each that the event may be of."""
    if said.meaning:
        return [said.meaning]
    years = {end.year for end in (when.start, when.end) if end and end.year and end.year > 0}
    return [meaning for year in sorted(years) if (meaning := read(f"{said.words} {year:04}"))]


def contradictions(event: Record[Event]) -> Iterator[Problem]:
    """Yield a notice where a quote says another date than its event, and where its day of the week is another's."""
    entry = event.entry
    if entry.quote is None:
        return
    key, when = ("stated", entry.stated) if entry.stated else ("when", entry.when)
    found = [(said, meaning) for said in dates_in(entry.quote.exact) for meaning in _meanings(when, said)]
    if not found:
        return
    agreeing = [(said, meaning) for said, meaning in found if _agree(when, said, meaning)]
    if agreeing:
        for said, meaning in agreeing:
            yield from _wrong_weekday(event, said, meaning)
        return
    for said, meaning in found:
        if said.strong:
            value, reads = meaning.value, f"se lit {meaning.value}"
            others = "".join(f", ou {other} {why}" for other, why in meaning.others if parsed(other))
            day = parsed(value)
            if not said.meaning and said.weekday is not None and day and _weekday(day) not in (None, said.weekday):
                reads = f"n’est pas en {day.year}, où c’est un {WEEKDAYS[_weekday(day) or 0]}"
                value = _year_with(said, when) or value
            yield _notice(
                event,
                event.where.at(key),
                "date-not-quoted",
                f"« {key} » est {when.text}, et la citation dit autre chose : {cite(said.words)} {reads}",
                f"écrivez « {key}: {value} »{others}, ou citez les mots qui disent {when.text}",
            )
            return


def _notice(event: Record[Event], place: Place, code: str, message: str, suggestion: str) -> Problem:
    return Problem(place, code, message, suggestion, event.id, Severity.NOTICE)


def _year_with(said: Said, when: When) -> str:
    """The day in the nearest year in which it has the day of the week that the words say."""
    for away in (1, -1, 2, -2, 3, -3, 4, -4, 5, -5, 6, -6):
        meaning = read(f"{said.words} {(when.year or 0) + away:04}")
        value = parsed(meaning.value) if meaning else None
        if value and _weekday(value) == said.weekday:
            return value.text
    return ""


def _wrong_weekday(event: Record[Event], said: Said, meaning: Worded) -> Iterator[Problem]:
    value = parsed(meaning.value)
    if said.weekday is None or not said.meaning or not value or value.is_interval or (value.year or 0) <= _GREECE:
        return
    right = _weekday(value)
    if right is None or right == said.weekday or WEEKDAYS[right] in (event.entry.description or "").casefold():
        return
    yield _notice(
        event,
        event.where.at("quote"),
        "wrong-weekday",
        f"le {value.text} est un {WEEKDAYS[right]}, et l’article dit {cite(said.words)}",
        f"vérifiez la date ; si l’article se trompe, dites dans « description » que c’était un {WEEKDAYS[right]}",
    )


# ---- seasons


def two_years(event: Record[Event]) -> Iterator[Problem]:
    """Yield a notice where `2021-22`, a summer for EDTF, is written of what the words place in 2021 and 2022."""
    entry = event.entry
    for key, when in (("when", entry.when), ("stated", entry.stated), ("known", entry.known)):
        if _and_next(when):  # hardly ever
            quote = entry.quote.exact if entry.quote else None
            words = " ".join(filter(None, (entry.title, entry.short, entry.description, quote)))
            yield from _two_years(event.where.at(key), event.id, key, when, words)


def role_of_two_years(where: Place, person: str, role: Role) -> Iterator[Problem]:
    """Yield the same of what someone was; where, person: of its `when`, and the id of who was."""
    yield from _two_years(where, person, "when", role.when, role.title)


def _and_next(when: When | None) -> re.Match[str] | None:
    """What may be meant as a year and the next."""
    found = re.fullmatch(r"(\d\d(\d\d))-(\d\d)[?~%]?", when.text) if when else None
    return found if found and int(found[3]) == (int(found[2]) + 1) % 100 else None


def _two_years(where: Place, entry: str, key: str, when: When | None, words: str) -> Iterator[Problem]:
    if not (found := _and_next(when)):
        return
    names = {name.casefold() for name in re.findall(r"(?<!a )(?:printemps|été|automne|hiver)", words, re.IGNORECASE)}
    year, number = int(found[1]), int(found[3])
    spoken = re.search(rf"\b{year}\s?[-‐‑–—/]\s?(?:{year + 1}|{number:02})\b", words)
    if not spoken and number > 20 and not names:
        spoken = re.search(r"\bsaisons?\b(?! estivale| touristique)", words, re.IGNORECASE)
    if not spoken or ("hiver" in names and number == 24):
        return
    meant = "".join(SEASON_NAMES[number]) if number > 20 else MONTH_NAMES[number - 1]
    winter = f"écrivez « {key}: {year}-24 » pour l’hiver"
    yield Problem(
        where,
        "season-not-years",
        f"« {found.string} » veut dire {meant} {year}, et l’annotation parle de {cite(spoken[0])}",
        winter if "hiver" in names else f"écrivez « {key}: {year}/{year + 1} » pour les deux années",
        entry,
        Severity.NOTICE,
    )
