"""What annotators write where degrees belong, and what they probably mean by it: for messages, never for reading."""

from __future__ import annotations

import re

from manchette.format.scalars import BLANKS
from manchette.problems import cite

_NUMBER = r"[-+]? \d+ (?: [.,] \d+ )?"
_DEGREES = re.compile(
    rf"""
    (?P<before> [NSEOW] )? \s*
    (?P<degrees> {_NUMBER} ) \s*
    (?: (?: ° | º | deg\.? | d (?=\s*\d) ) \s*
        (?: (?P<minutes> \d+ (?: [.,]\d+ )? ) \s* (?: ['′’] | min\.? | m )? \s* )?
        (?: (?P<seconds> \d+ (?: [.,]\d+ )? ) \s* (?: ["″”] | ['′’]{{2}} | sec\.? | s )? \s* )?
    )?
    (?: de \s+ )? (?P<after> nord | sud | ouest | est | [NSEOW] (?![a-z]) )? \.?
    """,
    re.VERBOSE | re.IGNORECASE,
)
_BLANK = re.compile(f"[\\s{BLANKS}]+")


def number(text: str) -> str | None:
    """Degrees as the format has them, `45.7667`, from « 45°46′N », « 45,76 » or « 4,85 O »; None for anything else."""
    found = _DEGREES.fullmatch(_plain(text))
    return _decimal(found) if found else None


def position(value: object) -> str | None:
    """`{lat: 45.76, lon: 4.85}` from « 45,76, 4,85 », « 45°46′N 4°51′E », or a list of two, or four."""
    if isinstance(value, dict):
        return None
    if isinstance(value, list):
        if not all(isinstance(each, str) for each in value):
            return None
        if len(value) == 4 and all(re.fullmatch(r"[-+−]?\d+", each.strip()) for each in value):
            value = [f"{value[0]}.{value[1]}", f"{value[2]}.{value[3]}"]
        pairs = [value] if len(value) == 2 else []
    else:
        if in_address := re.match(r"https?:.*?(-?\d{1,2}\.\d+)[/,](-?\d{1,3}\.\d+)", str(value)):
            return f"{{lat: {in_address[1]}, lon: {in_address[2]}}}"
        text = _plain(str(value)).strip("()[]")
        # a separator between two numbers; the comma of a decimal is not followed by a space
        cuts = re.finditer(r"\s*[;/|]\s*|,\s+|\s+|(?<=\d),(?=[-−]?\d+[.,]\d)", text)
        pairs = [[text[: cut.start()], text[cut.end() :]] for cut in cuts]
    for pair in pairs:
        if all(found := [_DEGREES.fullmatch(_plain(each)) for each in pair]):
            lat, lon = (_decimal(each) for each in found if each)
            if _side(found[0]) in {"E", "O", "W"} or _side(found[1]) in {"N", "S"}:
                lat, lon = lon, lat
            if abs(float(lat)) <= 180 and abs(float(lon)) <= 180:
                return f"{{lat: {lat}, lon: {lon}}}"
    return None


def example(value: object) -> str:
    """What to write where coordinates belong; a list may have them the other way round, as GeoJSON does."""
    found = position(value)
    turns = isinstance(value, list) and found and abs(float(found[:-1].partition("lon: ")[2])) <= 90
    either = ", ou l’inverse si la longitude vient d’abord" if turns else ""
    return f"écrivez {cite(found or '{lat: …, lon: …}')}{either}"


def _plain(text: str) -> str:
    return _BLANK.sub(" ", text).replace("−", "-").replace("–", "-").strip(" ,;")


def _side(found: re.Match[str] | None) -> str:
    return ((found["before"] or found["after"] or "") if found else "")[:1].upper()


def _decimal(found: re.Match[str]) -> str:
    degrees, minutes, seconds = ((found[name] or "0").replace(",", ".") for name in ("degrees", "minutes", "seconds"))
    if minutes == seconds == "0":
        value = degrees.lstrip("+")
    else:
        exact = abs(float(degrees)) + float(minutes) / 60 + float(seconds) / 3600
        value = ("-" if degrees.startswith("-") else "") + f"{exact:.4f}".rstrip("0").rstrip(".")
    return f"-{value}" if _side(found) in {"S", "O", "W"} and not value.startswith("-") else value
