"""Letters, words and marks: what counts as one, and what is left of it without accents."""

from __future__ import annotations

import re
import unicodedata

TOKEN = re.compile(r"\w+|[^\w\s]")  # a word, or a mark alone


def unaccented(text: str) -> str:
    """Give a text without accents and other combining marks, in NFC (UAX #15); case and ligatures (œ, æ) stay."""
    apart = unicodedata.normalize("NFD", text)
    letters = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return unicodedata.normalize("NFC", letters)  # NFD takes Hangul syllables apart too, and they have no accents


def plain(text: str) -> str:
    """Give a text without accents, and with the plain letters that ligatures, superscripts and the like stand for."""
    return unaccented(unicodedata.normalize("NFKD", text))


def opened(text: str) -> str:
    """Give a text whose œ and æ are two letters each, as French alphabetical order has them; capitals too."""
    for letter, letters in (("œ", "oe"), ("Œ", "OE"), ("æ", "ae"), ("Æ", "AE")):
        text = text.replace(letter, letters)
    return text


# Latin letters that Unicode does not take apart (UAX #15), as their languages write them where they have only a to z.
_LATIN = str.maketrans(
    {
        **{"æ": "ae", "œ": "oe", "ø": "o", "ß": "ss", "þ": "th", "ð": "d"},
        **{"đ": "d", "ł": "l", "ħ": "h", "ŧ": "t", "ŋ": "ng", "ı": "i", "ĸ": "k", "ǥ": "g"},
        **{
            "ə": "e",
            "ɛ": "e",
            "ɔ": "o",
            "ɓ": "b",
            "ɗ": "d",
            "ɖ": "d",
            "ƒ": "f",
            "ƙ": "k",
            "ƴ": "y",
            "ɲ": "ny",
            "ɣ": "g",
        },
        **{"ʻ": "", "ʿ": "", "ʾ": ""},
    }
)


def latin(text: str) -> str:
    """Give a text in lower case, its Latin letters as a to z: « Łódź » is lodz. Other scripts stay as they are."""
    return plain(text.lower()).translate(_LATIN)


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
    """Tell whether a character is part of a word: a letter, a digit, an underscore or a combining mark."""
    return letter == "_" or letter.isalnum() or unicodedata.combining(letter) > 0
