"""The passages of a text that may be the one sought, which is known by its words and what stood around them.

A passage that was reworded is found by the words in and around it that were not: those that are rare in the text vote
for where the passage would begin, and it is laid along the places with most votes. Each candidate is then weighed by
how far its words, and those before and after it, agree with the ones sought.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from rapidfuzz.distance import LCSseq, Levenshtein

from manchette.anchor import thresholds
from manchette.anchor.align import MatchingBlock, Tokens, common
from manchette.anchor.letters import base_letters


class Sought:
    """A passage to be sought, with its context; without case and accents.

    words, stems: those of prefix, passage and suffix in a row, of which first…last (end exclusive) are its own.
    """

    def __init__(self, exact: str, prefix: str, suffix: str) -> None:
        """Prepare a passage to be sought, from canonical texts."""
        self.exact, self.prefix, self.suffix = base_letters(exact), base_letters(prefix), base_letters(suffix)

    @cached_property
    def words(self) -> list[str]:
        """Give the words of prefix, passage and suffix."""
        return [word for part in self._parts for word in part.words]

    @cached_property
    def stems(self) -> list[str]:
        """Give how these words begin."""
        return [stem for part in self._parts for stem in part.stems]

    @cached_property
    def first(self) -> int:
        """Give the index of the passage's first word."""
        return len(self._parts[0])

    @cached_property
    def last(self) -> int:
        """Give the index after the passage's last word."""
        return self.first + len(self._parts[1])

    @property
    def length(self) -> int:
        """Count the passage's own words."""
        return self.last - self.first

    @cached_property  # most passages stand as they were and are never taken apart
    def _parts(self) -> list[Tokens]:
        return [Tokens(part) for part in (self.prefix, self.exact, self.suffix)]


@dataclass(frozen=True, order=True)
class Candidate:
    """A passage of a canonical text that may be the one sought.

    score: how far it and its context agree with it, 0 as by chance, 1 wholly.
    likeness: how far its words do; before, after: how far the context does. Each 0…1.
    """

    score: float
    start: int
    end: int
    likeness: float
    before: float
    after: float

    @property
    def same(self) -> bool:
        """Whether the words are those sought, but for case and accents."""
        return self.likeness >= thresholds.SAME_WORDS


class _Ends(NamedTuple):
    """A passage as a range of words.

    opens, closes: whether its start, its end, is certain, as a word that was sought stands on one side of it.
    """

    first: int
    last: int
    opens: bool
    closes: bool


def hits(new: Tokens, passage: Sought, places: Sequence[tuple[int, int]]) -> list[Candidate]:
    """Weigh every place where the very words stand, the best first."""
    return sorted((weigh(new, passage, *place) for place in places[: thresholds.HITS]), reverse=True)


def candidates(new: Tokens, passage: Sought, exact: Sequence[Candidate]) -> list[Candidate]:
    """Give the candidates that do not overlap, the best first: the hits given, and what the votes lead to."""
    certain: dict[Candidate, tuple[bool, bool]] = dict.fromkeys(exact, (True, True))
    for region in _regions(new, passage):
        if ends := _ends(new, passage, _blocks(new, passage, region)):
            certain.setdefault(_weighed(new, passage, ends), (ends.opens, ends.closes))
    ranked = sorted(certain, reverse=True)[: thresholds.WEIGHED]
    close = ranked[0].score - thresholds.SETTLED if ranked else 0.0
    settled = [_settled(new, passage, one, *certain[one]) if one.score >= close else one for one in ranked]
    kept: list[Candidate] = []
    for one in sorted(settled, reverse=True):
        if all(one.end <= other.start or one.start >= other.end for other in kept):
            kept.append(one)
    return kept


def followed(new: Tokens, passage: Sought, links: Sequence[int]) -> Candidate | None:
    """Give the candidate that an alignment leads to.

    links: for each of the passage's words, the index of the same word in `new`, or -1.
    """
    blocks: list[MatchingBlock] = []
    for index, place in enumerate(links):
        if place < 0:
            continue
        if blocks and (index - blocks[-1].old, place - blocks[-1].new) == (blocks[-1].length,) * 2:
            blocks[-1] = blocks[-1]._replace(length=blocks[-1].length + 1)
        else:
            blocks.append(MatchingBlock(index, place, 1))
    ends = _ends(new, passage, blocks)
    return _settled(new, passage, _weighed(new, passage, ends), ends.opens, ends.closes) if ends else None


def weigh(new: Tokens, passage: Sought, start: int, end: int) -> Candidate:
    """Weigh a canonical stretch: the agreement of each part beyond chance (as in Cohen's kappa), by its letters."""
    sides = _before(new, passage, start), _after(new, passage, end)
    return _candidate(passage, start, end, _likeness(new, passage, start, end), *sides)


def _candidate(passage: Sought, start: int, end: int, likeness: float, before: float, after: float) -> Candidate:
    own, left, right = len(passage.exact), len(passage.prefix), len(passage.suffix)
    words = _beyond(likeness, thresholds.CHANCE_WORDS)
    score = (own * words + left * before + right * after) / (own + left + right)
    return Candidate(score, start, end, likeness, before, after)


def _likeness(new: Tokens, passage: Sought, start: int, end: int) -> float:
    return Levenshtein.normalized_similarity(passage.exact, new.base[start:end])


def _before(new: Tokens, passage: Sought, start: int) -> float:
    return _agreement(passage.prefix, new.base[max(0, start - _window(passage.prefix)) : start])


def _after(new: Tokens, passage: Sought, end: int) -> float:
    return _agreement(passage.suffix, new.base[end : end + _window(passage.suffix)])


def _window(context: str) -> int:
    """Give how many characters are looked at for a context."""
    return int(len(context) * thresholds.WINDOW) + 1  # one for a space


def _agreement(context: str, stands: str) -> float:
    if not context:
        return 0.0
    return _beyond(LCSseq.similarity(context, stands) / len(context), thresholds.CHANCE_CONTEXT)


def _beyond(share: float, chance: float) -> float:
    """Give how far a share is above what chance gives, 0…1."""
    return max(0.0, (share - chance) / (1 - chance))


def _weighed(new: Tokens, passage: Sought, ends: _Ends) -> Candidate:
    return weigh(new, passage, new.starts[ends.first], new.ends[ends.last - 1])


def _regions(new: Tokens, passage: Sought) -> list[tuple[int, int]]:
    """Give where the passage's first word may stand: ranges of word indices that gather most bits."""
    known = sorted((len(new.places[word]), index) for index, word in enumerate(passage.words) if word in new.places)
    votes: list[tuple[int, float]] = []  # where the passage would begin, and what this word's standing there tells
    for count, index in known:
        if votes and len(votes) + count > thresholds.VOTES:
            break
        bits = new.bits(passage.words[index])
        votes += [(place - index, bits) for place in new.places[passage.words[index]]]
    votes.sort()
    reach = thresholds.SHIFT + passage.length // thresholds.SHIFT_SHARE
    peaks, low, held = [], 0, 0.0  # for each vote, the bits of those up to `reach` words before it
    for place, bits in votes:
        held += bits
        while place - votes[low][0] > reach:
            held -= votes[low][1]
            low += 1
        peaks.append((held, votes[low][0], place))
    found: list[tuple[int, int]] = []
    for _, low, high in sorted(peaks, reverse=True):
        if all(high < other[0] or low > other[1] for other in found):
            found.append((low, high))
            if len(found) == thresholds.REGIONS:
                break
    return found


def _blocks(new: Tokens, passage: Sought, region: tuple[int, int]) -> list[MatchingBlock]:
    """Lay the passage with its context along a region and some words more on either side."""
    slack = thresholds.SHIFT + passage.length // thresholds.SLACK_SHARE
    low, high = max(0, region[0] - slack), region[1] + len(passage.words) + slack
    return [MatchingBlock(old, low + at, length) for old, at, length in common(passage.stems, new.stems[low:high])]


def _best_run(new: Tokens, passage: Sought, blocks: Sequence[MatchingBlock]) -> list[MatchingBlock]:
    """Give the blocks in a row that gather most bits, a word skipped costing one; those of the passage itself first."""
    best, chosen = (False, 0.0), (0, 0)  # what the best row has (words of the passage? how many bits?), and its blocks
    start, held, own = 0, 0.0, False  # the same of the row that ends here
    old_end = new_end = 0
    for index, (old, at, length) in enumerate(blocks):
        bits = sum(new.bits(word) for word in new.words[at : at + length])
        skipped = max(old - old_end, at - new_end)
        if index and at >= new_end and held > skipped:
            held += bits - skipped
        else:
            start, held, own = index, bits, False
        own = own or (old < passage.last and old + length > passage.first)
        if (own, held) > best:
            best, chosen = (own, held), (start, index + 1)
        old_end, new_end = old + length, at + length
    return list(blocks[slice(*chosen)])


def _ends(new: Tokens, passage: Sought, blocks: Sequence[MatchingBlock]) -> _Ends | None:
    """Tell where the passage begins and ends: at its own words, or between the neighbours' words."""
    links = {b.old + k: b.new + k for b in _best_run(new, passage, blocks) for k in range(b.length)}
    inside = [index for index in links if passage.first <= index < passage.last]
    before = max((index for index in links if index < passage.first), default=None)
    after = min((index for index in links if index >= passage.last), default=None)
    if inside:
        low, high = min(inside), max(inside)
        first, last = _compact(new, links, low, high)
        opens = passage.first in links or passage.first - 1 in links
        closes = passage.last - 1 in links or passage.last in links
        ahead, behind = low - passage.first, passage.last - 1 - high  # the passage's words beyond those that stand
        first -= ahead if before is None else _share(first - links[before] - 1, ahead, passage.first - 1 - before)
        last += behind if after is None else _share(links[after] - last, behind, after - passage.last)
    elif before is not None and after is not None:
        left, right = passage.first - 1 - before, after - passage.last
        room = links[after] - links[before] - 1
        first = links[before] + 1 + _share(room, left, passage.length + right)
        last = links[after] - _share(room, right, passage.length + left)
        opens = closes = False
    else:
        return None
    first, last = max(0, first), min(len(new), last)
    return _Ends(first, last, opens, closes) if first < last else None


def _share(room: int, mine: int, others: int) -> int:
    """Give how many of `room` unknown words stand for `mine` that were sought, where `others` were sought there too."""
    return round(room * mine / (mine + others)) if mine + others else 0


def _compact(new: Tokens, links: dict[int, int], low: int, high: int) -> tuple[int, int]:
    """Give the passage's first word and the one after its last, as close together as the same words allow.

    links: index of a word that was sought → index in `new`; low, high: the passage's first and last word in it.
    « en savoir plus en jetant » for « en jetant »: either « en » may be the one that stood there before, and by the
    second, « savoir plus » was put in before the passage and not into it.
    """
    first, last = links[low], links[high] + 1
    run = 1  # words that stand in a row from the start on
    while links.get(low + run) == first + run:
        run += 1
    following = links.get(low + run, -1)
    if low + run <= high and following > first + run and _alike(new, following - run, first, run):
        first = following - run
    run = 1  # the same, up to the end
    while links.get(high - run) == last - 1 - run:
        run += 1
    leading = links.get(high - run, len(new))
    if high - run >= low and leading < last - 1 - run and _alike(new, leading + 1, last - run, run):
        last = leading + 1 + run
    return first, last


def _alike(new: Tokens, one: int, other: int, length: int) -> bool:
    return new.stems[one : one + length] == new.stems[other : other + length]


def _settled(new: Tokens, passage: Sought, found: Candidate, opens: bool, closes: bool) -> Candidate:
    """Move an end that is not certain, word by word, to where the whole agrees best."""
    reach = max(thresholds.END_SHIFT, passage.length // thresholds.END_SHIFT_SHARE)
    best = found
    if not closes:
        first, last = new.within(found.start, found.end)
        for end in new.ends[max(first, last - reach) : last + reach]:
            likeness = _likeness(new, passage, found.start, end)
            best = max(best, _candidate(passage, found.start, end, likeness, found.before, _after(new, passage, end)))
    if not opens:
        first, last = new.within(best.start, best.end)
        end, after = best.end, best.after
        for start in new.starts[max(0, first - reach) : min(last, first + reach + 1)]:
            likeness = _likeness(new, passage, start, end)
            best = max(best, _candidate(passage, start, end, likeness, _before(new, passage, start), after))
    return best
