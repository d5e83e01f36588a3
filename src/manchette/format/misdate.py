"""What annotators write where EDTF belongs, and what they probably mean by it: for messages, never for reading."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from manchette.anchor.letters import plain

_WRONG = (
    (r"^\s*$", "est vide"),
    (r"^\s|\s$", "a des espaces autour"),
    (r"^[\[{]", "est un ensemble de dates (EDTF niveau 2), que ce format ne prend pas"),
    (r"^Y?-?[0-9]+[ES][0-9]+", "abrège une année (EDTF niveau 2)"),
    (r"^-?[0-9]{4}-(2[5-9]|3[0-9]|4[01])$", "n’est pas une saison : 21 printemps, 22 été, 23 automne, 24 hiver"),
    (r"^[?~%0-9X-]*[?~%][?~%0-9X-]+$", "a un ?, ~ ou % ailleurs qu’à la fin (EDTF niveau 2)"),
    (r"^[0-9-]*X[0-9X-]*$", "a un X là où ce format n’en prend pas (EDTF niveau 2)"),
    (r"^-0000", "n’est pas une année : 0000 est 1 av. J.-C., -0001 est 2 av. J.-C."),
    (r"^-?[0-9]{4}-(?!0[1-9]|1[0-2])[0-9]{2}(?![0-9])", "a un mois qui n’existe pas : de 01 à 12"),
)
_NAMES = "janv fevr mars avr mai juin juil aout sept oct nov dec"
_NUMBERS = {name: number for number, name in enumerate(_NAMES.split(), 1)}
_NUMBERS |= {"printemps": 21, "ete": 22, "automne": 23, "hiver": 24}
# EDTF level 2: southern seasons, quarters, thirds, halves of a year, as months
_SPANS = {"29": (9, 11), "31": (3, 5), "32": (6, 8), "33": (1, 3), "34": (4, 6), "35": (7, 9), "36": (10, 12)}
_SPANS |= {"37": (1, 4), "38": (5, 8), "39": (9, 12), "40": (1, 6), "41": (7, 12)}
_UNSURE = r"[?%]|peut-etre|probablement|sans doute"
_ABOUT = r"[~%]|\b(?:vers|environ|autour de)\b|^c(?:a|irca)?\b\.?"
_FOR_EVER = r"\.+|open|now|present|aujourd'hui|en cours|maintenant"
_NOBODY_KNOWS = r"\?|-|unknown|inconnue?"


def wrong(text: str) -> str:
    """What is wrong with `text`, as the rest of a French sentence; `text` is not EDTF level 1."""
    return next((sentence for pattern, sentence in _WRONG if re.search(pattern, text)), "n’est pas une date EDTF")


def candidates(text: str) -> Iterator[str]:
    """What `text` may mean, the likeliest first; not every one is valid."""
    said = _plain(text)
    if found := re.fullmatch(r"(depuis|a partir d|des|jusqu|avant)\W*(?:e |en |au? |le |l')*(.+)", said):
        form = {"jusqu": "../{}", "avant": "/{}"}.get(found[1], "{}/..")
        yield from (form.format(date) for date in _dates(found[2]))
    if found := re.fullmatch(r"[\[{](.*)[\]}]", said):  # a set: the interval that covers it
        parts = re.split(r",|\.\.", found[1])
        yield from _pairs(parts[0] or "..", parts[-1] or "..")
    yield from _dates(said)
    if said.count("-") > 1 and "/" not in said:  # 2024-02-31; with one, 1914-18 is an interval first
        yield from _cut(said)
    said = re.sub(r"^(?:d'|de |du |entre )(?:l'|le )?", "", said)
    for cut in re.finditer(r" - | au? | et |/|\.{2,3}|(?<=.)-(?=.)", said):
        yield from _pairs(said[: cut.start()].strip(), said[cut.end() :].strip())
    if "/" in said:
        yield from _pairs(*reversed(said.split("/", 1)))
    yield from _cut(said)


def _plain(text: str) -> str:
    """Without accents, capitals, articles, and the many dashes and spaces."""
    said = plain(text).casefold()
    said = " ".join(re.sub(r"[‐‑‒–—−]", "-", said.replace("’", "'")).split())
    said = re.sub(r"\b(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche) ", "", said)
    return re.sub(r"^(?:le |les |en |au |l'|a l'|dans les )", "", said)


def _pairs(left: str, right: str) -> Iterator[str]:
    """An interval from `left` to `right`; either may leave out what the other says."""
    words = right.split()
    lefts = [left, *(" ".join([left, *words[n:]]) for n in range(1, len(words)))]  # 11 - 13 juillet 2025
    rights = [right, *([left[:-2] + right] if len(right) == 2 and left[-2:] < right else [])]  # 2024-08-06/08
    for start in lefts:
        for end in rights:
            for first in _ends(start):
                for last in _ends(end):
                    yield f"{first}/{last}"


def _ends(said: str) -> Iterator[str]:
    """What an end of an interval may be: no time of day, no X."""
    if re.fullmatch(_FOR_EVER, said):
        yield ".."
    elif not said or re.fullmatch(_NOBODY_KNOWS, said):
        yield ""
    for date in (*_dates(said), *_cut(said)):
        plain = re.sub(r"T.*|-XX", "", date)
        yield plain if "X" not in plain else plain.replace("X", "0").rstrip("?~%") + "~"


def _cut(said: str) -> Iterator[str]:
    """Without the month, day or hour that does not exist."""
    if found := re.fullmatch(r"(-?\d{4}(?:-\d\d){0,2})(?:t.*|-xx)|(-?\d{4}-\d\d)-(?:00|29|[3-9]\d)", said):
        yield found[1] or found[2]
    if found := re.fullmatch(r"(-?\d{4})-(?:00|1[3-9]|20|2[5-9]|[3-9]\d)(?:-.*)?", said):
        yield found[1]


def _dates(said: str) -> Iterator[str]:
    unsure, about = re.search(_UNSURE, said), re.search(_ABOUT, said)
    mark = "%" if unsure and about else "?" if unsure else "~" if about else ""
    core = " ".join(re.sub(rf"{_UNSURE}|{_ABOUT}|[()]", "", said).split()) if mark else said
    core = re.sub(r"^(?:le |les |en |au |l'|a l'|dans les )", "", core)
    for pattern, rewrite in _SHAPES:
        if found := re.fullmatch(pattern, core, re.ASCII):
            yield rewrite(found) + mark
            yield rewrite(found)  # `?`, `~` and `%` do not go with a time of day


def _iso(found: re.Match[str]) -> str:
    """Year, month and day in order; where the month cannot be one and the day can, they change places."""
    year, month, day = (found.groupdict().get(name) or "" for name in "ymd")
    month = str(_NUMBERS.get(month, month)).zfill(2)
    if day and month > "12" >= day.zfill(2):
        month, day = day.zfill(2), month
    return f"{year}-{month}" + (f"-{day.zfill(2)}" if day else "")


def _century(found: re.Match[str]) -> str:
    rank = int(found[1]) if found[1].isdigit() else _ROMAN.index(found[1]) + 16
    return f"{rank - 1:02}XX"


def _before_christ(found: re.Match[str]) -> str:
    return f"-{int(found[1]) - 1:04}" if found[1] != "1" else "0000"


def _masked(found: re.Match[str]) -> str:
    return re.sub("-X(?!X)", "-XX", re.sub("[xu]", "X", found[0]))


def _span(found: re.Match[str]) -> str:
    first, last = _SPANS[found[2]]
    return f"{found[1]}-{first:02}/{found[1]}-{last:02}"


def _clock(found: re.Match[str]) -> str:
    return f"{found[1]}T{found[2]:0>2}:{found[3]}{found[4] or ':00'}{(found[5] or '').upper()}"


_ROMAN = ["xvi", "xvii", "xviii", "xix", "xx", "xxi"]
_SHAPES: tuple[tuple[str, Callable[[re.Match[str]], str]], ...] = (
    (r"(?P<y>-?\d{4})[/. -](?P<m>\d{1,2})(?:[/. -](?P<d>\d{1,2}))?", _iso),
    (r"(?:(?P<d>\d{1,2})[/. -])?(?P<m>\d{1,2})[/. -](?P<y>\d{4})", _iso),
    (r"(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})", _iso),
    (rf"(?:(?P<d>\d{{1,2}})(?:er)? )?(?P<m>{'|'.join(_NUMBERS)})[a-z]*\.? (?P<y>\d{{4}})", _iso),
    (r"[y+]?(-?\d{4})(?:-?xx)?", lambda found: found[1]),
    (r"[y+]?(-?[1-9]\d{4,})", lambda found: f"Y{found[1]}"),
    (r"(?:l'?an )?(\d{3})", lambda found: f"0{found[1]}"),
    (r"(\d{1,4}) (?:av\.|avant) ?j\.?-?c\.?", _before_christ),
    (r"\d\d[\dxu]{2}(?:-[xu]{1,2}){0,2}|\d{4}-\d\d-[xu]{1,2}", _masked),
    (r"(\d{4})(-\d\d)?-\d[xu]", lambda found: f"{found[1]}{found[2] or ''}-XX"),
    (r"(?:annees )?(\d{3})0s?", lambda found: f"{found[1]}X"),
    (r"annees ([2-9])0", lambda found: f"19{found[1]}X"),
    (rf"({'|'.join(_ROMAN)}|[1-9]|1\d|2[01])e siecle", _century),
    (r"(\d{4})-2([5-8])", lambda found: f"{found[1]}-2{int(found[2]) - 4}"),  # northern seasons
    (r"(\d{4})-(29|3[1-9]|4[01])", _span),
    (r"(\d{4})-30", lambda found: f"{found[1]}-12/{int(found[1]) + 1:04}-02"),  # southern summer
    (r"y?(-?\d{1,9})e(\d)", lambda found: f"Y{int(found[1]) * 10 ** int(found[2])}"),
    (r"(\d{2})(\d)\ds([23])", lambda found: f"{found[1]}{'XX' if found[3] == '2' else found[2] + 'X'}"),
    (r"(\d{4}-\d\d-\d\d)[t ](\d{1,2})[:h](\d\d)(:\d\d)?(?:[.,]\d+)?(z|[+-]\d\d(?::\d\d)?)?", _clock),
    (r"(\d{4})-xx-\d\d|-(0000)", lambda found: found[1] or found[2]),
)
