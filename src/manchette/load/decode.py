"""Bytes → text, or the one reason why not."""

from __future__ import annotations

import re

from manchette.problems import Place, Problem

LIMIT = 1_000_000  # bytes; the largest file anyone writes by hand is far below, and nothing above is parsed
UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
"""What YAML 1.2 calls unprintable (§5.1), and what its older version takes for the end of a line: NEL, LS, PS."""

_LINE = re.compile(r"\r\n?|\n")


def decode(data: bytes, file: str) -> tuple[str | None, list[Problem]]:
    """The text of a file, without byte order mark, lines ended by `\\n`; or None and what keeps it from being read."""
    if len(data) > LIMIT:
        return None, [Problem(Place(file), "too-big", "fichier de plus de 1 Mo", "partagez-le en plusieurs")]
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return None, [Problem(Place(file), "not-utf8", "fichier en UTF-16", "enregistrez-le en UTF-8")]
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8-sig")
        message = f"octet 0x{data[error.start]:02X} (position {error.start}) : ce n’est pas de l’UTF-8"
        return None, [Problem(place_of(before, len(before), file), "not-utf8", message, "enregistrez-le en UTF-8")]
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if bad := UNPRINTABLE.search(text):
        code = ord(bad.group())
        message = f"caractère invisible U+{code:04X}"
        if code == 0 and data[1::2].count(0) > len(data) // 4:
            message += " : sans doute un fichier en UTF-16"
        return None, [
            Problem(
                place_of(text, bad.start(), file),
                "control-character",
                message,
                "supprimez-le ou réenregistrez en UTF-8",
            )
        ]
    return text, []


def place_of(text: str, offset: int, file: str, first_line: int = 1) -> Place:
    """Where code point `offset` of `text` stands, `text` beginning at `first_line` of `file`."""
    before = text[:offset]
    return Place(file, first_line + len(_LINE.findall(before)), offset - max(before.rfind("\n"), before.rfind("\r")))
