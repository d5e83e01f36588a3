"""What annotators write where EDTF belongs, and what they probably mean by it: for messages, never for reading."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from manchette.format import worded
from manchette.format.vocabulary import SEASON_NAMES, bare
from manchette.format.ways import REASONS, reckoned, rewritten

# What is wrong, by the pattern that the text shows; the first that fits counts.
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

# EDTF level 2: southern seasons, quarters, thirds, halves of a year, written like months → their months
_SPANS = {"29": (9, 11), "31": (3, 5), "32": (6, 8), "33": (1, 3), "34": (4, 6), "35": (7, 9), "36": (10, 12)}
_SPANS |= {"37": (1, 4), "38": (5, 8), "39": (9, 12), "40": (1, 6), "41": (7, 12)}

_FOR_EVER = r"\.+|open|now|present|aujourd'hui|en cours|maintenant"
_NOBODY_KNOWS = r"\?|-|unknown|inconnue?"


def wrong(text: str) -> str:
    """What is wrong with `text`, as the rest of a French sentence; `text` is not EDTF level 1."""
    said = bare(text)
    reasons = (reason for pattern, reason in REASONS if pattern.fullmatch(said))
    shapes = (sentence for pattern, sentence in _WRONG if re.search(pattern, text))
    return next(shapes, None) or next(reasons, "n’est pas une date EDTF")


def candidates(text: str) -> Iterator[tuple[str, tuple[tuple[str, str], ...]]]:
    """What `text` may mean in EDTF, the likeliest first, and what else, and when; not every value is valid."""
    said = bare(text)
    meant = worded.read(text) or worded.read(rewritten(said))
    if found := re.fullmatch(r"(\d\d(\d\d))-(2[5-8])", said, re.ASCII):  # EDTF level 2 has seasons there
        number = int(found[3]) - 4
        season, name = f"{found[1]}-{number}", "".join(SEASON_NAMES[number])
        if meant and int(found[3]) == int(found[2]) + 1:
            yield meant.value, ((season, f"pour {name}"),)
        yield season, ((meant.value, "pour les deux années"),) if meant else ()
    if re.fullmatch(r"\d\d", said, re.ASCII):
        first, other = (f"19{said}", f"20{said}") if said >= "40" else (f"20{said}", f"19{said}")
        yield first, ((other, "selon le siècle"),)
    yield from ((value, ()) for value in (*_sets(said), *reckoned(said), *_dates(said), *_open(said)))
    if (other := rewritten(said)) != said:
        yield from ((value, ()) for value in _dates(other))
    if meant:
        yield meant.value, meant.others
        yield from ((value, ()) for value in _shortened(meant.value))  # 31 avril 2024
    yield from ((value, ()) for value in _mended(said))


def _mended(said: str) -> Iterator[str]:
    """What is left of values that have too much, and of intervals."""
    if said.count("-") > 1 and "/" not in said:  # 2024-02-31
        yield from _shortened(said)
    for between in re.finditer(r"/|\.{2,3}", said):
        yield from _intervals(said[: between.start()].strip(), said[between.end() :].strip())
    if "/" in said:  # its ends the wrong way round
        yield from _intervals(*reversed(said.split("/", 1)))
    yield from _shortened(said)


def _sets(said: str) -> Iterator[str]:
    """EDTF level 2, `[2021,2022]` or `{2021..2023}`: the interval that covers the set."""
    if found := re.fullmatch(r"[\[{](?P<members>.*)[\]}]", said):
        members = re.split(r",|\.\.", found["members"])
        if len(members) == 1:  # an editor's brackets: « [1797] »
            yield from _dates(members[0].strip())
        yield from _intervals(members[0] or "..", members[-1] or "..")


def _open(said: str) -> Iterator[str]:
    """An end that is left open: « ..1960 », « 1960.. », « 1960- »."""
    if found := re.fullmatch(r"\.{2,3} ?(?P<last>[^.].*)|(?P<first>.*[^. ]) ?(?:\.{2,3}|-)", said):
        yield from _intervals(found["first"] or "..", found["last"] or "..")


def _intervals(left: str, right: str) -> Iterator[str]:
    """An interval from `left` to `right`; either may leave out what the other says."""
    words = right.split()
    lefts = [left, *(" ".join([left, *words[n:]]) for n in range(1, len(words)))]  # 11 - 13 juillet 2025
    size = len(right) if re.fullmatch(r"(\d\d-)?\d\d", right) else 0
    rights = [right, *([left[:-size] + right] if size and left[-size:] < right else [])]  # 2024-08-06/08
    for start in lefts:
        for end in rights:
            for first in _ends(start):
                for last in _ends(end):
                    yield f"{first}/{last}"


def _ends(said: str) -> Iterator[str]:
    """What an end of an interval may be: no time of day, and no X, since EDTF has none there."""
    if re.fullmatch(_FOR_EVER, said):
        yield ".."
    elif not said or re.fullmatch(_NOBODY_KNOWS, said):
        yield ""
    meant = worded.read(said)
    for date in (said, *_dates(said), *([meant.value] if meant and "/" not in meant.value else []), *_shortened(said)):
        plain = re.sub(r"T.*|-XX", "", date)
        yield plain if "X" not in plain else plain.replace("X", "0").rstrip("?~%") + "~"


def _shortened(said: str) -> Iterator[str]:
    """Without the month, day or hour that does not exist."""
    found = re.fullmatch(
        r"""
          (?P<date> -?\d{4} (?: -\d\d ){0,2} ) (?: t.* | -xx )
        | (?P<month> -?\d{4}-\d\d ) - (?: 00 | 29 | [3-9]\d )
        """,
        said,
        re.VERBOSE,
    )
    if found:
        yield found["date"] or found["month"]
    if found := re.fullmatch(
        r"(?P<year> -?\d{4} ) - (?: 00 | 1[3-9] | 20 | 2[5-9] | [3-9]\d ) (?: -.* )?", said, re.VERBOSE
    ):
        yield found["year"]


def _dates(said: str) -> Iterator[str]:
    """What a single date may be that is nearly EDTF, with the sign for its doubts."""
    mark = "%" if {"?", "~"} <= {*said} or "%" in said else "?" if "?" in said else "~" if "~" in said else ""
    bare = re.sub("[?~%]", "", said).strip()
    for pattern, rewrite in _SHAPES:
        if found := re.fullmatch(pattern, bare, _FLAGS):
            yield rewrite(found) + mark
            yield rewrite(found)  # `?`, `~` and `%` do not go with a time of day


def _in_order(found: re.Match[str]) -> str:
    """Year, month and day in order; where the month cannot be one and the day can, they change places."""
    year, month, day = (found.groupdict().get(name) or "" for name in ("year", "month", "day"))
    month, day = month.zfill(2), day.zfill(2) if day else ""
    if month > "12" >= day != "":
        month, day = day, month
    return f"{year}-{month}" + (f"-{day}" if day else "")


def _masked(found: re.Match[str]) -> str:
    """With EDTF's own X; a day or month of which a digit is unknown is unknown as a whole."""
    return re.sub("-X(?!X)", "-XX", re.sub("[xu]", "X", found[0]))


def _span(found: re.Match[str]) -> str:
    first, last = _SPANS[found["span"]]
    return f"{found['year']}-{first:02}/{found['year']}-{last:02}"


def _southern_summer(found: re.Match[str]) -> str:
    return f"{found['year']}-12/{int(found['year']) + 1:04}-02"


def _significant(found: re.Match[str]) -> str:
    """EDTF level 2, `1950S2`: how many digits of a year are sure."""
    return found["century"] + ("XX" if found["sure"] == "2" else f"{found['decade']}X")


def _clock(found: re.Match[str]) -> str:
    hour, zone = found["hour"], (found["zone"] or "").upper()
    return f"{found['date']}T{hour:0>2}:{found['minute']}{found['second'] or ':00'}{zone}"


def _compact_clock(found: re.Match[str]) -> str:
    zone = (found["zone"] or "").upper()
    return f"{_in_order(found)}T{found['hour']}:{found['minute']}:{found['second'] or '00'}{zone}"


_FLAGS = re.VERBOSE | re.ASCII  # digits are 0 to 9
# How dates are written, whole texts as `bare` leaves them → what that is in EDTF.
_SHAPES: tuple[tuple[str, Callable[[re.Match[str]], str]], ...] = (
    # 2024/08/06, 2024.8.6, -44-3-15
    (r"(?P<year> -?\d{4} ) (?P<sign> [/.\ -] ) (?P<month> \d{1,2} ) (?P=sign) (?P<day> \d{1,2} )", _in_order),
    # 2024-8, 8/2024: never 2023/24, of which a season would be made
    (r"(?P<year> -?\d{4} ) [.\ -] (?P<month> 0?[1-9] | 1[0-2] )", _in_order),
    (r"(?P<month> 0?[1-9] | 1[0-2] ) [/.\ -] (?P<year> \d{4} )", _in_order),
    # 6/8/2024
    (r"(?P<day> \d{1,2} ) (?P<sign> [/.\ -] ) (?P<month> \d{1,2} ) (?P=sign) (?P<year> \d{4} )", _in_order),
    # 20240806
    (r"(?P<year> \d{4} ) (?P<month> \d{2} ) (?P<day> \d{2} )", _in_order),
    # Y2024, +2024, 2024-XX
    (r"[y+]? (?P<year> -?\d{4} ) (?: -?xx )?", lambda found: found["year"]),
    # 17000, y-17000
    (r"[y+]? (?P<year> -?[1-9]\d{4,} )", lambda found: f"Y{found['year']}"),
    # 800
    (r"\d{3}", lambda found: f"0{found[0]}"),
    # 19xx, 201u-xx, 2024-08-1x
    (r"\d\d[\dxu]{2} (?: -[xu]{1,2} ){0,2} | \d{4}-\d\d-[xu]{1,2}", _masked),
    # 2024-1x, 2024-08-0u
    (r"(?P<year> \d{4} ) (?P<month> -\d\d )? -\d[xu]", lambda found: f"{found['year']}{found['month'] or ''}-XX"),
    # 2010s
    (r"(?P<decade> \d{3} ) 0s", lambda found: f"{found['decade']}X"),
    # EDTF level 2: 2024-25 to -28, northern seasons
    (r"(?P<year> \d{4} ) -2 (?P<season> [5-8] )", lambda found: f"{found['year']}-2{int(found['season']) - 4}"),
    # EDTF level 2: southern seasons, quarters, thirds, halves
    (r"(?P<year> \d{4} ) - (?P<span> 29 | 3[1-9] | 4[01] )", _span),
    (r"(?P<year> \d{4} ) -30", _southern_summer),
    # EDTF level 2: Y17E7
    (
        r"y? (?P<factor> -?\d{1,9} ) e (?P<power> \d )",
        lambda found: f"Y{int(found['factor']) * 10 ** int(found['power'])}",
    ),
    # EDTF level 2: 1950S2
    (r"(?P<century> \d{2} ) (?P<decade> \d ) \d s (?P<sure> [23] )", _significant),
    # 2024-08-06 14:30, 2024-08-06T14h30
    (
        r"""
        (?P<date> \d{4}-\d\d-\d\d ) [t ]
        (?P<hour> \d{1,2} ) [:h] (?P<minute> \d\d ) (?P<second> :\d\d )? (?: [.,]\d+ )?
        (?P<zone> z | [+-]\d\d (?: :\d\d )? )?
        """,
        _clock,
    ),
    # 20240806T143000Z
    (
        r"""
        (?P<year> \d{4} ) (?P<month> \d\d ) (?P<day> \d\d ) t
        (?P<hour> \d\d ) (?P<minute> \d\d ) (?P<second> \d\d )? (?P<zone> z | [+-]\d\d (?: :\d\d )? )?
        """,
        _compact_clock,
    ),
    # 2024-XX-12; -0000
    (r"(?P<year> \d{4} ) -xx-\d\d | - (?P<zero> 0000 )", lambda found: found["year"] or found["zero"]),
)
