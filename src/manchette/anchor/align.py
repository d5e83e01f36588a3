"""The words of a text with their places and rarity, and an old text laid along a new one, word by word.

What stands once in both texts is the same passage, whatever was moved (P. Heckel, "A technique for isolating
differences between files", CACM 21(4), 1978); the longest chain of such passages in order is what stayed (as in
B. Cohen's patience diff), and what lies between two links of the chain is compared on its own.
"""

from __future__ import annotations

import math
import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from rapidfuzz.distance import LCSseq

_WORD = re.compile(r"\w+|[^\w\s]")
_STEM = 5  # letters: French words change at their ends
_RUN = 3  # words: one word that stands once in both texts may be there by chance, three in a row are not
_MOVED = 6  # words from which a passage out of order counts as moved
_CELLS = 400_000_000  # pairs of words compared at a time: 50 MB; only two long texts with nothing in common have more


class Block(NamedTuple):
    """Words that stand in a row in both texts: `length` of them, from `old` and from `new` on."""

    old: int
    new: int
    length: int


class Alignment(NamedTuple):
    """For each word of one text, the index of the same word in the other, or -1."""

    forward: list[int]  # old → new
    backward: list[int]  # new → old


class _Bare(dict[int, str]):
    """Letter → the same without case and accents, filled as letters come."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        self[code] = unicodedata.normalize("NFD", letter.lower())[:1] if letter.isalpha() else letter
        return self[code]


_BARE = _Bare()


def bare(text: str) -> str:
    """Give a text without case and accents, letter for letter."""
    return text.translate(_BARE)


class Words:
    """The words and marks of a canonical text.

    plain: `text` without case and accents, as long as it; bare: its words; stems: how these begin; starts, ends: their
    offsets. places: where each word stands, as indices of words.
    """

    __slots__ = ("bare", "ends", "places", "plain", "starts", "stems")

    def __init__(self, text: str) -> None:
        """Cut `text` into words."""
        self.plain = bare(text)
        self.bare: list[str] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        for match in _WORD.finditer(self.plain):
            self.bare.append(match[0])
            self.starts.append(match.start())
            self.ends.append(match.end())
        self.stems = [word[:_STEM] for word in self.bare]
        self.places: dict[str, list[int]] = {}
        for index, word in enumerate(self.bare):
            self.places.setdefault(word, []).append(index)

    def __len__(self) -> int:
        """Count the words."""
        return len(self.bare)

    def bits(self, word: str) -> float:
        """Give how much it tells that a word stands somewhere: log2 of one over its share of the text."""
        return math.log2((len(self) + 2) / (len(self.places.get(word, ())) + 1))

    def within(self, start: int, end: int) -> tuple[int, int]:
        """Give the words that stand, wholly or in part, in a stretch of the text, as a range of indices."""
        first = bisect_left(self.ends, start + 1)
        return first, max(first, bisect_left(self.starts, end))


@lru_cache(maxsize=4)  # an old text and a new one, and those of the article before
def words(text: str) -> Words:
    """Cut a canonical text into words, once."""
    return Words(text)


@lru_cache(maxsize=2)
def align(old: str, new: str) -> Alignment:
    """Lay an old canonical text along a new one."""
    ours, theirs = words(old), words(new)
    sides = Alignment([-1] * len(ours), [-1] * len(theirs))
    blocks = _unique(ours.bare, theirs.bare)
    stayed = _chain(blocks)
    moved = [block for block in set(blocks) - set(stayed) if block.length >= _MOVED]
    _link(sides, stayed + sorted(moved, key=lambda block: (-block.length, block)))
    ends = [Block(0, 0, 0), *stayed, Block(len(ours), len(theirs), 0)]
    for before, after in pairwise(ends):
        left = [i for i in range(before.old + before.length, after.old) if sides.forward[i] < 0]
        right = [j for j in range(before.new + before.length, after.new) if sides.backward[j] < 0]
        found = common([ours.stems[i] for i in left], [theirs.stems[j] for j in right])
        _link(sides, (Block(left[b.old + k], right[b.new + k], 1) for b in found for k in range(b.length)))
    return sides


def common(old: Sequence[str], new: Sequence[str]) -> list[Block]:
    """Give the longest sequence of words that two texts have in common, in order; nothing where that is too much."""
    if not old or not new or len(old) * len(new) > _CELLS:
        return []
    steps = LCSseq.opcodes(old, new)
    return [Block(s.src_start, s.dest_start, s.src_end - s.src_start) for s in steps if s.tag == "equal"]


def _link(sides: Alignment, blocks: Iterable[Block]) -> None:
    for old, new, length in blocks:
        for i, j in zip(range(old, old + length), range(new, new + length), strict=True):
            if sides.forward[i] < 0 and sides.backward[j] < 0:
                sides.forward[i], sides.backward[j] = j, i


def _unique(old: Sequence[str], new: Sequence[str]) -> list[Block]:
    """Give the longest passages alike around each run of words that stands once in either text, in the old order."""
    theirs, found = _once(new), []
    done: dict[int, int] = {}  # distance between the texts → where the last passage at this distance ended
    for run, i in _once(old).items():
        j = theirs.get(run)
        if j is None or i < done.get(j - i, 0):
            continue
        back, on = 0, _RUN
        while i > back and j > back and old[i - back - 1] == new[j - back - 1]:
            back += 1
        while i + on < len(old) and j + on < len(new) and old[i + on] == new[j + on]:
            on += 1
        done[j - i] = i + on
        found.append(Block(i - back, j - back, back + on))
    return found


def _once(text: Sequence[str]) -> dict[tuple[str, ...], int]:
    places: dict[tuple[str, ...], int] = {}
    for index, run in enumerate(zip(*(text[shift:] for shift in range(_RUN)), strict=False)):
        places[run] = -1 if run in places else index
    return {run: index for run, index in places.items() if index >= 0}


def _chain(blocks: Sequence[Block]) -> list[Block]:
    """Give the blocks, in order in both texts, that hold the most words together."""
    held: list[int] = []
    before: list[int] = []
    for k, block in enumerate(blocks):
        best, last = 0, -1
        for p in range(k):
            other = blocks[p]
            if other.old + other.length <= block.old and other.new + other.length <= block.new and held[p] > best:
                best, last = held[p], p
        held.append(best + block.length)
        before.append(last)
    chain, at = [], max(range(len(blocks)), key=held.__getitem__, default=-1)
    while at >= 0:
        chain.append(blocks[at])
        at = before[at]
    return chain[::-1]
