"""A part of a date, « fin 1944 », « mi-mai 2024 », « première moitié du XXe siècle », for which EDTF has no word."""

from __future__ import annotations

import calendar
import re

# The parts of a year in months, of a month in days, of a decade and a century in years: as one would write them, and
# the widest that the words allow.
_PORTIONS: dict[str, dict[str, tuple[tuple[int, int], tuple[int, int]]]] = {
    "year": {"debut": ((1, 3), (1, 6)), "mi": ((5, 8), (3, 10)), "fin": ((10, 12), (7, 12))},
    "month": {"debut": ((1, 10), (1, 16)), "mi": ((11, 20), (5, 26)), "fin": ((21, 31), (15, 31))},
    "decade": {"debut": ((0, 3), (0, 5)), "mi": ((4, 6), (2, 8)), "fin": ((7, 9), (5, 9))},
    "century": {"debut": ((0, 33), (0, 50)), "mi": ((34, 66), (25, 75)), "fin": ((67, 99), (50, 99))},
}
for _kind, _first, _middle, _last in (("month", 1, 15, 31), ("decade", 0, 4, 9), ("century", 0, 49, 99)):
    _PORTIONS[_kind]["half 1"] = ((_first, _middle), (_first, _middle))
    _PORTIONS[_kind]["half 2"] = ((_middle + 1, _last), (_middle + 1, _last))
_PORTIONS["year"] |= {"half 1": ((1, 6), (1, 6)), "half 2": ((7, 12), (7, 12))}


_KINDS = {"0000": "year", "0000-00": "month", "000X": "decade", "00XX": "century"}


def portion(value: str, name: str) -> tuple[str, str] | None:
    """The part of an EDTF date as one would write it, and the widest that the words allow, both EDTF intervals.

    `name`: `debut`, `mi`, `fin`, `half 1` or `half 2`. None for what has no such part: a day, a season, an interval.
    """
    kind = _KINDS.get(re.sub(r"\d", "0", value))
    if kind is None or (kind == "month" and not "01" <= value[5:] <= "12") or name not in _PORTIONS[kind]:
        return None
    narrow, wide = _PORTIONS[kind][name]
    return _between(value, kind, *narrow), _between(value, kind, *wide)


def _between(value: str, kind: str, first: int, last: int) -> str:
    if kind == "year":
        return f"{value}-{first:02}/{value}-{last:02}"
    if kind == "month":
        last = min(last, calendar.monthrange(2000 + int(value[:4]) % 400, int(value[5:]))[1])
        return f"{value}-{first:02}/{value}-{last:02}"
    base = value.rstrip("X")
    digits = 4 - len(base)
    return f"{base}{first:0{digits}}/{base}{last:0{digits}}"
