"""Whether a passage still says the same in the same words, after an edit that may have turned its sense.

No program knows what a sentence means, so nothing is judged by meaning. The words must be the same, one by one and in
the same order, but for what a typographer or a typist changes: spaces, the shape of marks, capitals that make no name,
and slips of which one form is no word (format.md, "What follows an edit of the text"). All else is for a reader.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from itertools import pairwise

from rapidfuzz import process
from rapidfuzz.distance import OSA

from manchette.anchor.canonical import Canonical, Span, fold
from manchette.anchor.letters import TOKEN, base_letters, opened
from manchette.anchor.quote import ranges
from manchette.anchor.selector import Selector

Words = Callable[[], Collection[str]]
"""Gives the words of the language, in small letters, NFC; asked for only where a word differs."""

SLIP = 2  # edits between a slip and its word, if that is long; one if it is short
LONG_WORD = 8  # letters; two edits make half of another word out of a short one
SHORT_WORD = 4  # letters; with fewer, nearly every slip is another word
SYMBOL = 2  # letters of a unit, whose capitals tell it from another one
INFLECTED = 2  # letters at a word's end: if only they differ, it may be another form of the word
ENDING = 3  # letters at a word's end that must be right where others came, went or were exchanged
UNLIKELY = 3, 0  # ranks behind every slip, see `_likelihood`

_KEYS = ("azertyuiop", "qsdfghjklm", "wxcvbn", "qwertyuiop", "asdfghjkl", "zxcvbnm")
_BESIDE = {frozenset(pair) for row in _KEYS for pair in pairwise(row)} | {
    frozenset("ae"),
    frozenset("iy"),
    frozenset("sc"),
}
"""Letters beside each other on a French or an English keyboard, and those that sound alike in « -ance », « -ence »."""

_GROUPS = re.compile(r"(?<!\d)\d{1,3}(?: \d{3})+(?!\d)")  # 12 000; « en 2024 300 soldats » are two numbers
_TELLS = re.compile(r"-|\d [,.:/]|[,.:/] \d")
_OPENS_SENTENCE = re.compile(r'(?: ^ | [.!?…] ["\s]* ) $', re.VERBOSE)
_ENDS_SENTENCE = re.compile(
    r'(?<= [^\W\d] \w\w ) ["»”)\s]* [.!?…]+ ["»”)]* \s+ (?= ["«“(\s–—-]* [^\W\d_a-zà-ÿ] )', re.VERBOSE
)


def _each(words: str) -> list[str]:
    return words.split()  # a list is easier to read, and to add to, without its quotation marks


# None of two letters: they would make words of slips, « comission ».
_PREFIXES = _each(
    """anti archi auto bio contre cyber électro entre euro extra géo hydro hyper hypo infra inter intra macro méga micro
    mini mono multi nano narco néo non omni para péri photo poly post pré pro pseudo quasi semi sous sub super techno
    télé tri ultra uni vice"""
)

# Words whose capital is a matter of style, or of where a sentence begins. None is a name too, as « elle » and « mars ».
_STYLE = frozenset(
    _each(
        """a à afin ainsi alors après au aucun aucune aussi autre autres aux avant avec c car ce ceci cela celle
        celui ces cet cette ceux chaque comme comment d dans de depuis des donc du elles en enfin ensuite
        est et hier il ils j je l la là le les leur leurs lors lorsque lui m mais malgré même n ne ni non
        nos notre nous on ou où par parce pendant peu peut plus plusieurs pour pourquoi pourtant puis
        puisque qu quand que quel quelle qui rien s sa sans se selon ses si sinon son sont sous sur t tel
        telle toujours tous tout toute toutefois toutes tu un une vers voici voilà vos votre vous y
        ambassadeur ambassadrice chancelier chancelière directeur directrice député députée gouverneur
        gouverneure ministre ministres ministère monsieur madame préfet préfète premier première
        présidence président présidente procureur procureure professeur recteur sénateur sénatrice
        secrétaire janvier février avril mai juin juillet août septembre octobre novembre décembre lundi
        mardi mercredi jeudi vendredi samedi dimanche"""
    )
)


def same_words(before: str, after: str, words: Words) -> bool:
    """Tell whether two texts are the same words and marks, but for what nobody could mean."""
    one, other = (_GROUPS.sub(lambda found: found[0].replace(" ", ""), fold(text)) for text in (before, after))
    if one == other:
        return True
    old, new = list(TOKEN.finditer(one)), list(TOKEN.finditer(other))
    if len(old) != len(new) or _spaced(one, old) != _spaced(other, new):
        return False
    shouted = one.isupper() or other.isupper()
    return all(
        a[0] == b[0]
        or _recased(a[0], b[0], free=shouted or bool(_OPENS_SENTENCE.search(one, 0, a.start())))
        or _slipped(a[0], b[0], words, opens=bool(_OPENS_SENTENCE.search(one, 0, a.start())))
        for a, b in zip(old, new, strict=True)
    )


def same_context(text: Canonical, quote: Selector, place: tuple[int, int], words: Words) -> bool:
    """Tell whether the context of a quote stands beside a canonical place, in the same words."""
    start, end = place
    exact = text.source[slice(*text.span(start, end))]
    for side, beside in (("prefix", text.text[:start]), ("suffix", text.text[end:])):
        given = getattr(quote, side)
        if not given or place in ranges(text, Selector(exact)._replace(**{side: given})):
            continue
        count = len(TOKEN.findall(fold(given)))
        found = list(TOKEN.finditer(beside))
        found = found[-count:] if side == "prefix" else found[:count]
        if not found or not same_words(given, beside[found[0].start() : found[-1].end()], words):
            return False
    return True


def sentence(text: str, span: Span, block: Span) -> Span:
    """Give where the sentences around a passage begin and end; span, block: the passage's and its block's.

    Where a sentence's end is not plain (« M. Dupont ») it goes on: more is looked at than need be, never less.
    """
    words = text[slice(*block)]
    start, end = span.start - block.start, span.end - block.start
    ends = [match.end() for match in _ENDS_SENTENCE.finditer(words)]
    first = max((at for at in ends if at <= start), default=0)
    last = min((at for at in ends if at >= end), default=len(words))
    return Span(block.start + first, block.start + last)


def _spaced(text: str, tokens: list[re.Match[str]]) -> list[int]:
    """Give the tokens after which a space stands that tells: « 5 -3 » is not « 5-3 », « 1, 5 » not « 1,5 »."""
    return [
        index
        for index, (left, right) in enumerate(pairwise(tokens))
        if left.end() < right.start() and (_TELLS.search(left[0] + " " + right[0]))
    ]


def _recased(before: str, after: str, free: bool) -> bool:
    """Tell whether two words differ by capitals that name nobody, or by œ and oe; `free`: by any capitals."""
    if opened(before).casefold() != opened(after).casefold():
        return False
    initials = before[0].isupper() == after[0].isupper()
    if initials and len(before) <= SYMBOL and before[1:] != after[1:] and before.isalpha():
        return free  # « 100 Mb » is an eighth of « 100 MB »
    acronym = any(len(word) > 1 and word.isupper() for word in (before, after))
    return free or initials or (before.casefold() in _STYLE and not acronym)


def _slipped(before: str, after: str, words: Words, opens: bool) -> bool:
    """Tell whether one word is a slip of the other: no word of the language, and nearer to it than to any other.

    With a capital inside a sentence it may be a name, and no list knows those.
    """
    if min(len(before), len(after)) < SHORT_WORD or not (before.isalpha() and after.isalpha()):
        return False
    if not (opens or (before.islower() and after.islower())):
        return False
    known = words()
    fault, word = sorted((before.lower(), after.lower()), key=known.__contains__)
    if fault in known or word not in known or _compound(fault, known):
        return False
    reach = SLIP if len(fault) >= LONG_WORD else 1
    likely = _likelihood(fault, word)
    near = process.extract(fault, known, scorer=OSA.distance, score_cutoff=reach, limit=None)
    return likely is not None and all(
        likely < (_likelihood(fault, other) or UNLIKELY) for other, _, _ in near if other != word
    )


def _likelihood(fault: str, word: str) -> tuple[int, int] | None:
    """Rank how a slip came about, and count its edits; None for what hands seldom do.

    Most often an accent is forgotten, or letters are doubled or exchanged; then one is left out, put in or taken from
    the key beside it. A first letter is seldom wrong. Another prefix, another ending, is another word, or another form
    of the word, even where no list has it: « ubérise », « ubérisé », « russophile », « russophobe ».
    """
    edits = int(OSA.distance(fault, word))
    stem = max(len(fault), len(word)) - INFLECTED
    if fault[:stem] == word[:stem]:
        return None
    one, other = base_letters(opened(fault)), base_letters(opened(word))
    if one == other:
        return 0, edits
    if _single(one) == _single(other) or (edits == 1 and sorted(one) == sorted(other)):
        return 1, edits
    if one[0] != other[0] or one[-ENDING:] != other[-ENDING:]:
        return None
    if len(one) == len(other):
        exchanged = [pair for pair in zip(one, other, strict=True) if pair[0] != pair[1]]
        return (2, edits) if len(exchanged) == 1 and frozenset(exchanged[0]) in _BESIDE else None
    shorter, longer = sorted((one, other), key=len)
    return (2, edits) if _within(shorter, longer) else None


def _compound(fault: str, known: Collection[str]) -> bool:
    """Tell whether a word that no list has is a prefix and one that it has: « antiviol » is no slip of « antivol »."""
    return any(fault.startswith(prefix) and fault[len(prefix) :] in known for prefix in _PREFIXES)


def _single(word: str) -> str:
    """Give a word without double letters."""
    return re.sub(r"(.)\1", r"\1", word)


def _within(shorter: str, longer: str) -> bool:
    """Tell whether a word's letters stand in another, in order."""
    letters = iter(longer)
    return all(letter in letters for letter in shorter)
