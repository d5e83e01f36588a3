"""Letters, words and marks: what counts as one, and what is left of it without accents."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

_WORD = re.compile(r"\w")
TOKEN = re.compile(r"\w+|[^\w\s]")  # a word, or a mark alone


@lru_cache(maxsize=8)  # names are looked for in a text, and then terms
def tokens(text: str) -> frozenset[str]:
    """Give the words and marks that a text has: few, of which most stand there many times."""
    return frozenset(TOKEN.findall(" ".join(set(text.split()))))  # none has white space in it


def starts(text: str, token: str) -> Iterator[int]:
    """Yield the places in a text, 0-based, where TOKEN finds `token`."""
    at, length, is_word = text.find(token), len(token), _WORD.match(token)
    while at >= 0:
        if not (is_word and (_WORD.match(text, at + length) or (at and _WORD.match(text, at - 1)))):
            yield at
        at = text.find(token, at + length)


def unaccented(text: str) -> str:
    """Give a text without accents and other combining marks, in NFC (UAX #15); case and ligatures (œ, æ) stay."""
    apart = unicodedata.normalize("NFD", text)
    letters = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return unicodedata.normalize("NFC", letters)  # NFD takes Hangul syllables apart too, and they have no accents


def plain(text: str) -> str:
    """Give a text without accents, and with the plain letters that ligatures, superscripts and the like stand for."""
    return unaccented(unicodedata.normalize("NFKD", text))


# Letters that Unicode does not take apart (UAX #15), as their languages write them where they have only a to z.
_LATIN = {"æ": "ae", "œ": "oe", "ß": "ss", "þ": "th", "ŋ": "ng", "ɲ": "ny", "ʻ": "", "ʿ": "", "ʾ": ""} | dict(
    zip("øðđłħŧıĸǥəɛɔɓɗɖƒƙƴɣ", "oddlhtikgeeobddfkyg", strict=True)
)
_CAPITALS = {letter.upper(): latin.upper() for letter, latin in _LATIN.items() if len(letter.upper()) == 1}
_OPENED = str.maketrans(_CAPITALS | _LATIN | {"ẞ": "SS"})


def opened(text: str) -> str:
    """Give a text in which each Latin letter that Unicode takes for one of its own is the one or two it stands for.

    So French alphabetical order has œ and æ, and letters with a stroke (Łódź, Øresund); capitals too.
    """
    return text.translate(_OPENED)


def latin(text: str) -> str:
    """Give a text in lower case, its Latin letters as a to z: « Łódź » is lodz. Other scripts stay as they are."""
    return opened(plain(text.lower()))


def slug(text: str) -> str:
    """Give the words of a text in a to z and digits, joined by hyphens: an id; empty where no letter stays.

    So does `slug` in the theme's annotate.js.
    """
    return re.sub("[^a-z0-9]+", "-", latin(text)).strip("-")


class _BaseLetters(dict[int, str]):
    """A table for `str.translate`, filled as letters come."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        self[code] = unaccented(letter.lower())[:1] if letter.isalpha() else letter
        return self[code]


_BASE_LETTERS = _BaseLetters()


def base_letters(text: str) -> str:
    """Give a text without case and accents, one letter for each, so that offsets stay true."""
    return text.translate(_BASE_LETTERS)


def in_word(letter: str) -> bool:
    """Tell whether a character is part of a word: a letter, a digit, an underscore, or a mark such as a vowel sign."""
    return letter == "_" or letter.isalnum() or unicodedata.category(letter)[0] == "M"


def is_mark(letter: str) -> bool:
    """Tell whether a character belongs to the one before it: an accent, a vowel sign, the skin of an emoji."""
    return unicodedata.category(letter)[0] == "M" or "\U0001f3fb" <= letter <= "\U0001f3ff"
