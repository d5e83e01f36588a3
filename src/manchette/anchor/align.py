"""An old text laid along a new one, word by word.

What stands once in both texts is the same passage, whatever was moved (P. Heckel, "A technique for isolating
differences between files", CACM 21(4), 1978); the longest chain of such passages in order is what stayed (as in
B. Cohen's patience diff), and what lies between two links of the chain is compared on its own.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from rapidfuzz.distance import LCSseq

from manchette.anchor import thresholds
from manchette.anchor.letters import TOKEN, base_letters


class MatchingBlock(NamedTuple):
    """Words that stand in a row in both texts: `length` of them, from the index `old` and from the index `new` on."""

    old: int
    new: int
    length: int


class Alignment(NamedTuple):
    """For each word of one text, the index of the same word in the other, or -1."""

    forward: list[int]  # old → new
    backward: list[int]  # new → old


class Tokens:
    """The words and marks of a canonical text; below, and in all that uses it, a mark counts as a word.

    base: the text without case and accents, as long as it. words: its words; stems: how these begin; starts, ends:
    their offsets. places: word → where it stands, as indices of words.
    """

    __slots__ = ("base", "ends", "places", "starts", "stems", "words")

    def __init__(self, text: str) -> None:
        """Cut `text` into words."""
        self.base = base_letters(text)
        self.words: list[str] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        for match in TOKEN.finditer(self.base):
            self.words.append(match[0])
            self.starts.append(match.start())
            self.ends.append(match.end())
        self.stems = [word[: thresholds.STEM] for word in self.words]
        self.places: dict[str, list[int]] = {}
        for index, word in enumerate(self.words):
            self.places.setdefault(word, []).append(index)

    def __len__(self) -> int:
        """Count the words."""
        return len(self.words)

    def bits(self, word: str) -> float:
        """Give how much it tells that a word stands somewhere: log2 of one over its share of the text."""
        return math.log2((len(self) + 2) / (len(self.places.get(word, ())) + 1))

    def within(self, start: int, end: int) -> tuple[int, int]:
        """Give the words that stand, wholly or in part, in a stretch of the text, as a range of indices."""
        first = bisect_left(self.ends, start + 1)
        return first, max(first, bisect_left(self.starts, end))


@lru_cache(maxsize=4)  # an old text and a new one, and those of the article before
def tokens(text: str) -> Tokens:
    """Cut a canonical text into words, once."""
    return Tokens(text)


@lru_cache(maxsize=2)
def align(old: str, new: str) -> Alignment:
    """Lay an old canonical text along a new one."""
    ours, theirs = tokens(old), tokens(new)
    sides = Alignment([-1] * len(ours), [-1] * len(theirs))
    blocks = _unique(ours.words, theirs.words)
    stayed = _chain(blocks)
    moved = [block for block in set(blocks) - set(stayed) if block.length >= thresholds.MOVED]
    _link(sides, stayed + sorted(moved, key=lambda block: (-block.length, block)))
    ends = [MatchingBlock(0, 0, 0), *stayed, MatchingBlock(len(ours), len(theirs), 0)]
    for before, after in pairwise(ends):
        left = [i for i in range(before.old + before.length, after.old) if sides.forward[i] < 0]
        right = [j for j in range(before.new + before.length, after.new) if sides.backward[j] < 0]
        found = common([ours.stems[i] for i in left], [theirs.stems[j] for j in right])
        _link(sides, (MatchingBlock(left[b.old + k], right[b.new + k], 1) for b in found for k in range(b.length)))
    return sides


def common(old: Sequence[str], new: Sequence[str]) -> list[MatchingBlock]:
    """Give the longest sequence of words that two texts have in common, in order; nothing where that is too much."""
    if not old or not new or len(old) * len(new) > thresholds.PAIRS:
        return []
    steps = LCSseq.opcodes(old, new)
    return [MatchingBlock(s.src_start, s.dest_start, s.src_end - s.src_start) for s in steps if s.tag == "equal"]


def _link(sides: Alignment, blocks: Iterable[MatchingBlock]) -> None:
    """Note the words of the blocks as the same; a word that has its like already keeps it."""
    for old, new, length in blocks:
        for i, j in zip(range(old, old + length), range(new, new + length), strict=True):
            if sides.forward[i] < 0 and sides.backward[j] < 0:
                sides.forward[i], sides.backward[j] = j, i


def _unique(old: Sequence[str], new: Sequence[str]) -> list[MatchingBlock]:
    """Give, in the old order, each run of words that stands once in either text, with the words alike around it."""
    theirs, found = _once(new), []
    done: dict[int, int] = {}  # distance between the texts → where the last passage at this distance ended
    for run, i in _once(old).items():
        j = theirs.get(run)
        if j is None or i < done.get(j - i, 0):
            continue
        back, on = 0, thresholds.RUN
        while i > back and j > back and old[i - back - 1] == new[j - back - 1]:
            back += 1
        while i + on < len(old) and j + on < len(new) and old[i + on] == new[j + on]:
            on += 1
        done[j - i] = i + on
        found.append(MatchingBlock(i - back, j - back, back + on))
    return found


def _once(words: Sequence[str]) -> dict[tuple[str, ...], int]:
    """Give the runs of words that stand once in a text, and where, in order."""
    places: dict[tuple[str, ...], int] = {}
    for index, run in enumerate(zip(*(words[shift:] for shift in range(thresholds.RUN)), strict=False)):
        places[run] = -1 if run in places else index
    return {run: index for run, index in places.items() if index >= 0}


def _chain(blocks: Sequence[MatchingBlock]) -> list[MatchingBlock]:
    """Give the blocks, in order in both texts, that hold the most words together."""
    held: list[int] = []  # for each block, the words of the best chain that ends with it
    before: list[int] = []  # …and the block before it in that chain, or -1
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
