"""What an edit did to the sense of a passage, as far as words tell: its numbers, its names, its negations."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from manchette.anchor.canonical import fold

_NUMBER = re.compile(
    r"""
    (?: \d{1,3} (?: [ ] \d{3} )+ | \d+ )  # 10 000, 1945
    (?: [.,] \d+ )*
    """,
    re.VERBOSE,
)
_WORD = re.compile(r"\w+")
_BEFORE_A_SENTENCE = re.compile(r'(?: ^ | [.!?:"(\[] \s* ) $', re.VERBOSE)


def _each(words: str) -> list[str]:
    return words.split()  # a list is easier to read, and to add to, without its quotation marks


# « un » is far more often the article than the number, « second » more often the unit.
_UNITS = _each("deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize")
_TENS = _each("vingt trente quarante cinquante soixante")
_NUMERALS = (
    {word: str(value) for value, word in enumerate(_UNITS, 2)}
    | {word: str(10 * value) for value, word in enumerate(_TENS, 2)}
    | {"zéro": "0", "cent": "100", "cents": "100", "mille": "1000"}
)
_QUANTITIES = frozenset(
    _each(
        """million millions milliard milliards millier milliers centaine centaines dizaine dizaines douzaine douzaines
        vingtaine trentaine quarantaine cinquantaine moitié tiers quart double triple"""
    )
)
_NEGATIONS = frozenset(_each("ne n non pas point jamais aucun aucune nul nulle rien personne ni sans guère nullement"))
# Words that may open a sentence, with a capital, and name nobody.
_NO_NAMES = frozenset(
    _each(
        """a à afin ailleurs ainsi alors après au aucun aucune aussi autre autres aux avant avec bien c car ce ceci cela
        celle celui ces cet cette ceux chaque comme comment d dans de depuis des désormais donc du elle elles en enfin
        ensuite est et hier ici il ils j je jamais l la là le les leur leurs lors lorsque lui m mais malgré même n ne ni
        non nos notre nous on or ou où par parce pendant personne peu peut plus plusieurs pour pourquoi pourtant puis
        puisque qu quand que quel quelle qui rien s sa sans se selon ses si sinon son sont sous sur ta te tel telle
        toujours tous tout toute toutefois toutes tu un une vers voici voilà vos votre vous y"""
    )
)


@dataclass(frozen=True)
class Change:
    """The numbers, the names or the negations that only one of two passages has.

    kind: `number`, `name` or `negation`. before, after: the words that went and the words that came, folded.
    """

    kind: str
    before: tuple[str, ...]
    after: tuple[str, ...]


def changes(before: str, after: str) -> tuple[Change, ...]:
    """Give the numbers, names and negations that an edit took out or put in; what only moved has not changed."""
    found = []
    for kind, sort in (("number", _numbers), ("name", _names), ("negation", _negations)):
        old, new = list(sort(fold(before))), list(sort(fold(after)))
        gone, come = _beyond(old, new), _beyond(new, old)
        if gone or come:
            found.append(Change(kind, gone, come))
    return tuple(found)


def _beyond(these: list[tuple[str, str]], those: list[tuple[str, str]]) -> tuple[str, ...]:
    """Give the items of one passage that the other lacks, as they are written; items: (what is said, how written)."""
    left = Counter(said for said, _ in those)
    missing = []
    for said, written in these:
        if left[said]:
            left[said] -= 1
        else:
            missing.append(written)
    return tuple(missing)


def _numbers(text: str) -> Iterator[tuple[str, str]]:
    for match in _NUMBER.finditer(text):
        yield match[0].replace(" ", ""), match[0]
    for match in _WORD.finditer(text):
        word = match[0].casefold()
        if word in _NUMERALS or word in _QUANTITIES:
            yield _NUMERALS.get(word, word), match[0]


def _names(text: str) -> Iterator[tuple[str, str]]:
    for match in _WORD.finditer(text):
        word = match[0]
        if word[0].isupper() and not (word.casefold() in _NO_NAMES and _opens_sentence(text, match.start())):
            yield word, word


def _opens_sentence(text: str, at: int) -> bool:
    return _BEFORE_A_SENTENCE.search(text, 0, at) is not None


def _negations(text: str) -> Iterator[tuple[str, str]]:
    for match in _WORD.finditer(text):
        word = match[0].casefold()
        if word in _NEGATIONS:
            word = "ne" if word == "n" else word  # what the apostrophe of « n’ » leaves
            yield word, word
