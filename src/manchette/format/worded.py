"""Dates in French words → EDTF level 1: for messages, never for reading a value of an annotation.

`read` takes a whole text; what is valid EDTF is for `edtf` to say, what the words are about for whoever asks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from manchette.format.portion import portion
from manchette.format.vocabulary import (
    MONTH,
    MONTHS,
    RANKS,
    ROMAN,
    SEASON,
    SEASONS,
    WEEKDAYS,
    YEARS_OF,
    from_roman,
    simple,
)

Form = Literal["point", "span", "between", "list", "open"]


@dataclass(frozen=True)
class Worded:
    """What words say of a date. All values are EDTF if the days that they name exist."""

    value: str
    first: str  # the ends that it has in an interval: no X, no time of day, no mark
    last: str
    form: Form = "point"  # `span`: from … to; `between`: at some time; `list`: one or several; `open`: on one side
    others: tuple[tuple[str, str], ...] = ()  # other values, and when one is meant: « pour décembre 2011 »
    room: str = ""  # the interval outside of which nothing is so, where it is wider than `value`: « fin 1944 »


_RANK = rf"(?P<rank>[1-4](?:er|ere|re|e|eme|nd|nde)?|{'|'.join(sorted(RANKS, key=len, reverse=True))}|dernier)"
_YEAR = r"(?P<year>\d{4})"
_YEARS = rf"(?:{_YEAR}|'?(?P<short>\d\d))"
_OF = r"(?:de l'annee |de l'an |de |d')?"

_UNSURE = r"[?%]|\bpeut-etre\b|\bprobablement\b|\bsans doute\b|\bsupposee?\b"
_ABOUT = r"[~%]|\b(?:vers|environ|env|autour d[eu]|aux (?:alentours|environs|entours) d[eu]|a peu pres|circa)\b\.?"
_ABOUT += r"|\bapproximativement\b|^(?:v|c|ca)\b\.?| ca\b\.?$|±"
_BEFORE_CHRIST = r"\b(?:av\.?|avant) ?(?:j\.? ?-?c\b\.?|(?:notre|l') ?ere(?: chretienne| commune)?|n\. ?e\.?)"
_AFTER_CHRIST = r"\b(?:ap\.?|apr\.?|apres) ?j\.? ?-?c\b\.?|\bde notre ere\b"
_NOISE = rf"""^(?:
    le[ ] | la[ ] | les[ ] | l' | en[ ] | au[ ] | aux[ ] | a[ ]l' | a[ ]la[ ] | a[ ](?=fin|mi|{MONTH}|noel)
    | dans[ ] | courant[ ] | pendant[ ] | durant[ ] | au[ ]cours[ ]d(?:e[ ]l'|e[ ]la[ ]|e[ ]|u[ ]|es[ ])
    | (?:{YEARS_OF.replace(" ", "[ ]")})[ ](?:de[ ])?
    | mois[ ]d(?:e[ ]|') | annee[ ](?:de[ ])?(?=\d) | (?:date|journee|matinee|soiree|soir|matin|apres-midi)[ ]du[ ]
    | (?:{"|".join(WEEKDAYS)})[ ](?!(?:et|ou|au|a)\b)
)"""


@lru_cache(maxsize=4096)
def read(text: str) -> Worded | None:
    """What a whole text says; None where it says nothing, or no year."""
    return _read(simple(text))


def _read(said: str, within: bool = False) -> Worded | None:
    """What words say; `within` an interval there is no other, so that no text is read again and again."""
    if mark := _mark(said):
        bare = " ".join(re.sub(rf"{_UNSURE}|{_ABOUT}", "", said).split())
        return _doubted(found, mark) if bare != said and (found := _read(bare, within)) else None
    said = re.sub(_BEFORE_CHRIST, "bc", said).strip(" .")
    if found := _single(said):
        return found
    shorter = re.sub(_NOISE, "", said, flags=re.VERBOSE)
    if shorter != said and shorter:
        return _read(shorter, within)
    for reader in (_part,) if within else (_relation, _part, _interval):
        if found := reader(said):
            return found
    shorter = re.sub(r"^(?:de l'|de la |de |du |des |d'|entre )", "", said)
    return _read(shorter, within) if shorter != said and shorter else None


def _mark(said: str) -> str:
    unsure, about = re.search(_UNSURE, said), re.search(_ABOUT, said)
    return "%" if unsure and about else "?" if unsure else "~" if about else ""


def _doubted(found: Worded, mark: str) -> Worded:
    if "T" in found.value:
        return found
    value = "/".join(end if end in ("", "..") else end + mark for end in found.value.split("/"))
    return replace(found, value=value)


# ---- single dates


def _single(said: str) -> Worded | None:
    said = re.sub(_AFTER_CHRIST, "ad", said)
    for pattern, make in _SHAPES:
        if found := re.fullmatch(pattern, said, re.ASCII):
            return make(found)
    return None


def _at(value: str, *others: tuple[str, str]) -> Worded:
    return Worded(value, value.partition("T")[0], value.partition("T")[0], others=others)


def _over(first: str, last: str, form: Form = "span", *others: tuple[str, str]) -> Worded:
    return Worded(f"{first}/{last}", first, last, form, others)


def _year_of(found: re.Match[str]) -> tuple[str, str]:
    """The year, and the other that two digits may mean: those from 40 on are of the last century alone."""
    parts = found.groupdict()
    if parts.get("year"):
        return str(parts["year"]), ""
    short = str(parts["short"])
    return (f"19{short}", "") if short >= "40" else (f"20{short}", f"19{short}")


def _tail(found: re.Match[str]) -> str:
    """The month and the day, after a year; where the month cannot be one and the day can, they change places."""
    name = found["month"].rstrip(".")
    names = enumerate(MONTHS, 1)
    month = int(name) if name.isdigit() else next(number for number, known in names if re.fullmatch(known, name))
    day = (found.groupdict().get("day") or "").replace("premier", "1")
    if day and month > 12 >= int(day):
        month, day = int(day), str(month)
    return f"-{month:02}" + (f"-{int(day):02}" if day else "")


def _calendar(found: re.Match[str]) -> Worded:
    """A month, or a day of one, with a time perhaps."""
    parts = found.groupdict()
    year, other = _year_of(found)
    tail = _tail(found)
    if parts.get("hour"):
        return _at(f"{year}{tail}T{int(parts['hour']):02}:{parts['minute'] or '00'}:00")
    return _at(year + tail, *([(other + tail, "selon le siècle")] if other else []))


def _two_years(found: re.Match[str]) -> Worded | None:
    """« 2023/24 », « 2023-2024 »; what may be a month is one, but for the next year's number: both are said."""
    year, last = int(found["year"]), found["last"]
    if len(last) == 4:
        return _over(found["year"], last)
    following = int(last) == (year + 1) % 100
    month = _at(f"{year:04}-{int(last):02}") if 1 <= int(last) <= 12 else None
    if not following and (month or int(last) <= year % 100):
        return month
    end = year + 1 if following else year - year % 100 + int(last)
    return _over(f"{year:04}", f"{end:04}", "span", *([(month.value, "pour le mois")] if month else []))


def _season(found: re.Match[str]) -> Worded | None:
    (written, other), number = _year_of(found), SEASONS[found["season"]]
    year = int(written)
    last = found.groupdict().get("last")
    if last:
        return _at(f"{year:04}-24") if number == 24 and int(last) % 100 == (year + 1) % 100 else None
    instead = [(f"{year - 1:04}-24", f"pour celui qui finit en {year}")] if number == 24 else []
    instead += [(f"{other}-{number}", "selon le siècle")] if other else []
    room = f"{year - 1:04}-24/{year:04}-24" if number == 24 else ""
    return replace(_at(f"{year:04}-{number}", *instead), room=room)


def _before_christ(found: re.Match[str]) -> Worded:
    year = int(found["year"])
    written = f"Y{1 - year}" if year > 10_000 else f"-{year - 1:04}" if year > 1 else "0000"
    return _at(written + (_tail(found) if found["month"] else ""))


def _decade(found: re.Match[str]) -> Worded:
    """« années 90 » are of the last century; those whose century is open are said twice."""
    tens = found["tens"]
    own = tens if len(tens) == 3 else {"0": "200", "1": "201", "2": "192"}.get(tens, f"19{tens}")
    others = {"1": "191", "2": "202"}.get(tens)
    made = _decade_of(own)
    if not others:
        return made
    first, last = sorted((own, others))
    return replace(made, others=((f"{others}X", "selon le siècle"),), room=f"{first}0/{last}9")


def _decade_of(tens: str) -> Worded:
    return Worded(f"{tens}X", f"{tens}0", f"{tens}9")


def _century(found: re.Match[str]) -> Worded | None:
    rank = found["rank"]
    number = int(rank) if rank.isdigit() else from_roman(rank)
    if not 1 <= number <= 100:
        return None
    hundreds = f"{number - 1:02}"
    if found["bc"]:
        return Worded(f"-{hundreds}XX", f"-{hundreds}99", f"-{hundreds}00" if number > 1 else "0000")
    return Worded(f"{hundreds}XX", f"{hundreds}00", f"{hundreds}99")


def _number(rank: str) -> int:
    return RANKS.get(rank) or int(rank[0])


def _piece(found: re.Match[str]) -> Worded | None:
    """A quarter or a half of a year."""
    parts = found.groupdict()
    months = 3 if parts["piece"].startswith(("t", "q")) else 6
    rank = parts["rank"]
    number = 12 // months if rank == "dernier" else _number(rank)
    if number > 12 // months:
        return None
    year = parts["year"]
    return _over(f"{year}-{(number - 1) * months + 1:02}", f"{year}-{number * months:02}", "between")


_DAY = r"(?P<day>\d{1,2}|premier)(?:er)?"
_MONTHED = rf"(?P<month>{MONTH})\.?"
_TIME = r"(?: a)? (?P<hour>[01]?\d|2[0-3]) ?(?:h|heures?|:) ?(?P<minute>[0-5]\d)?"
_SHAPES = (
    (rf"{_DAY} {_MONTHED} {_OF}{_YEARS}(?:{_TIME})?", _calendar),
    (rf"{_MONTHED} {_OF}{_YEARS}", _calendar),
    (rf"(?P<day>\d{{1,2}})(?P<sep>[/.-])(?P<month>\d{{1,2}})(?P=sep){_YEARS}(?:{_TIME})?", _calendar),
    (rf"{_YEAR}(?P<sep>[/.-])(?P<month>\d{{1,2}})(?P=sep)(?P<day>\d{{1,2}})", _calendar),
    (rf"{_YEAR} ?[-/] ?(?P<last>\d{{4}}|\d\d?)", _two_years),
    (rf"(?P<season>{SEASON}) {_OF}{_YEARS}(?: ?[-/] ?(?P<last>\d\d(?:\d\d)?))?", _season),
    (rf"(?:an |annee )?{_YEAR}(?: ad)?", lambda found: _at(found["year"])),
    (r"an (?P<year>\d{1,3})(?: ad)?|(?P<ad>\d{1,3}) ad", lambda found: _at(f"{int(found['year'] or found['ad']):04}")),
    (rf"(?:an |annee |(?:{_DAY} )?{_MONTHED} )?(?P<year>[1-9]\d{{0,5}}) bc", _before_christ),
    (rf"noel {_OF}{_YEAR}", lambda found: _at(f"{found['year']}-12-25")),
    (r"(?:annees|decennie)(?: de)? (?P<tens>\d{3}|\d)0", _decade),
    (rf"(?P<rank>{ROMAN}|\d{{1,2}})(?:er|e|eme|ieme)?(?: siecles?| s\.?)(?: ad| (?P<bc>bc))?", _century),
    (rf"{_RANK} (?P<piece>trimestre|semestre) {_OF}{_YEAR}", _piece),
    (rf"(?P<piece>[tqs])(?P<rank>[1-4]) {_YEAR}", _piece),
    (rf"{_YEAR}[ /-]?(?P<piece>[tqs])(?P<rank>[1-4])", _piece),
)


# ---- dates made of others


_RELATIONS = (  # the word, the value, the ends
    (r"(?:avant|au plus tard) ", "/{last}", ("", "{last}")),
    (r"jusqu'(?:a |en |au |aux |ici |(?=fin|mi))", "../{last}", ("..", "{last}")),
    (r"(?:apres|au plus tot) ", "{first}/", ("{first}", "")),
    (r"(?:depuis|a (?:partir|compter|dater) d(?:e |u |es |'))", "{first}/..", ("{first}", "..")),
)


def _relation(said: str) -> Worded | None:
    """« avant 1900 », « depuis mars 2004 », « jusqu'en 2020 »."""
    for pattern, value, ends in _RELATIONS:
        found = re.match(pattern, said)
        if found and (inner := _read(said[found.end() :].strip())) and inner.form != "open":
            bounds = {"first": inner.first, "last": inner.last}
            if "X" in inner.value and re.match("avant|apres", said):  # not in the century, nor in the decade
                bounds = {"first": inner.last, "last": inner.first}
            first, last = (end.format(**bounds) for end in ends)
            return Worded(value.format(**bounds), first, last, "open")
    return None


def _part(said: str) -> Worded | None:
    """« fin 1944 », « mi-mai 2024 », « première moitié du XXe siècle »."""
    found = re.fullmatch(
        rf"(?:(?P<name>debut|mi|milieu|fin|courant)|{_RANK} (?:moitie|quinzaine))(?:-| )"
        r"(?:de l'|de la |de |du |des |d')?(?P<date>.+)",
        said,
    )
    whole = _read(found["date"], within=True) if found else None
    if not found or not whole or found["name"] == "courant":
        return whole
    name = (found["name"] or f"half {2 if found['rank'] == 'dernier' else _number(found['rank'])}").replace(
        "ilieu", "i"
    )
    if (portions := portion(whole.value, name)) is None:
        return None
    narrow, wide = portions
    others = [(other[0], why) for value, why in whole.others if (other := portion(value, name))]
    others += [] if narrow == wide else [(whole.value, "si la source ne dit pas mieux")]
    first, last = narrow.split("/")
    return Worded(narrow, first, last, "between", tuple(others), whole.room or wide)


_BETWEEN = re.compile(r" jusqu'(?:a|en|au|aux) | au | aux | a | et | ou |/| ?- ?| ?\.{2,3} ?")


_FOR_EVER = r"aujourd'hui|nos jours|maintenant|present|ce jour"


def _interval(said: str) -> Worded | None:
    """Two dates and what stands between; either may leave out what the other says."""
    opener = re.match(r"(?:nuit )?(?:entre |du |de |des |d')(?:l'|le |la |les )?", said)
    rest = said[opener.end() :] if opener else said
    opened = opener[0].split()[0] if opener else ""
    for between in _BETWEEN.finditer(rest):
        left, right = rest[: between.start()], rest[between.end() :]
        word = between[0].strip()
        if re.fullmatch(_FOR_EVER, right) and (since := _read(left, within=True)):
            return Worded(f"{since.first}/..", since.first, "..", "open")
        for start, end in _ends(left, right):
            form: Form = "span"
            if opened == "nuit" or (word in ("et", "ou") and opened != "entre"):
                form = "list"
            elif opened == "entre":
                form = "between"
            both = [(f"{a}/{b}", why) for (a, why), (b, _) in zip(start.others, end.others, strict=False)]
            return _over(start.first, end.last, form, *both)
    return None


def _ends(left: str, right: str) -> Iterator[tuple[Worded, Worded]]:
    words = right.split()
    if not words or not left:
        return
    ends = [right, *([f"{right} {left.rsplit(maxsplit=1)[-1]}"] if re.search(r" \d{4}$", left) else [])]
    if re.search(r"(?:^| )\d{4}$", left) and re.fullmatch(r"\d\d", right):
        ends = [left[-4:-2] + right]
    if left.startswith("annees ") and re.fullmatch(r"(?:\d\d)?\d0", right):
        ends = [f"annees {right}"]
    for end in ends:
        last = _read(end, within=True)
        if not last or last.form not in ("point", "between"):
            continue
        for shared in ["", *(" ".join(words[-n:]) for n in range(1, len(words)))]:
            first = _read(f"{left} {shared}".strip(), within=True)
            if first and first.form == "point" and shared.isdigit() and first.first[:7] > last.last[:7]:
                first = _read(f"{left} {int(shared) - 1:04}", within=True)  # from December to January
            if first and first.form in ("point", "between"):
                yield first, last
                break
