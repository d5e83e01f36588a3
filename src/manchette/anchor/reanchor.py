"""A quote's passage, found again after its text changed: where it stands and how it reads, or why nobody can say.

A wrong answer is worse than none. So one rule judges every candidate, the very words and the reworded alike: how far
the quote and up to 32 characters on either side agree with it beyond chance (`seek.weigh`). A short quote is thereby
decided by its context, a long one by itself; a place where the context stands on, but other words, competes with one
where the words stand on in another context, and a near-tie has no winner. Where the old text is known, both texts are
laid along each other (`align.align`) and the passage is followed; words that stood elsewhere in the old text are no
candidates.

The thresholds are round numbers within the plateau on which, over 731 development cases from 40 revised French
documents of six sources (Code civil, manual of React, Le Livre des rois, administrative guides), no answer is wrong:
0.40 to 0.48 for agreement, 0.10 to 0.15 for the margin, 0.15 to 0.25 for the rival, with and without the old text.
Chosen by machine on five sources (most found, at most 0.2 % wrong) and tried on the sixth, in turn, they found 96.4 %
of what still stood and were wrong in 0.4 % of all cases without the old text, 98.4 % and 0.1 % with it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise

from manchette.anchor.align import align, words
from manchette.anchor.changes import Change, changes
from manchette.anchor.compare import differences
from manchette.anchor.quote import GAP, Canonical, Span, blank, canonical, find, fold, ranges, split, standing
from manchette.anchor.seek import Candidate, Sought, followed, hits, lookalikes

_CONTEXT = 32  # characters on either side
_AGREES = 0.42  # score a passage must reach
_MARGIN = 0.1  # score by which it must lead
_RIVAL = 0.2  # the same over a rival with the same words and, on one side, the same neighbours: it may be the original
_NEIGHBOURS = 0.95  # agreement of neighbours that are the same
_ALIKE = 0.45  # likeness of the words themselves, however well the neighbours agree
_ALONE = 30  # letters that must agree beyond chance where words changed and so did the neighbours on both sides
_BESIDE = 0.25  # agreement of neighbours below which they count as others
_CLAIMED = 0.3  # share of a candidate's words that may have stood elsewhere in the old text
_GONE = 0.3  # score below which a passage is not worth a doubt
_INSERTED = 8  # words put into a passage that split it


class Kind(StrEnum):
    """What became of a passage."""

    UNCHANGED = "unchanged"  # the same words among the same neighbours, on one side at least
    MOVED = "moved"  # the same words among others
    REWORDED = "reworded"  # other words in its place
    SPLIT = "split"  # the same words with others put in between
    UNKNOWN = "unknown"  # no answer: see `reason`


class Reason(StrEnum):
    """Why there is no answer."""

    BLANK = "blank"  # the quote says nothing
    GONE = "gone"  # nothing like it stands where it may stand
    DOUBTFUL = "doubtful"  # something like it does, too little like it
    SEVERAL = "several"  # several passages are as much like it


@dataclass(frozen=True)
class Answer:
    """What became of a passage.

    span: where it stands in the new text, as written; None where `kind` is `unknown`.
    confidence: 0…1, how far the best candidate agrees with what was sought; of an answer it is at least 0.42.
    exact, prefix, suffix: a quote that finds `span` and nothing else; the old one where that still does.
    changes: the numbers, names and negations that the passage lost or gained. Always to be shown.
    """

    kind: Kind
    span: Span | None = None
    confidence: float = 0.0
    reason: Reason | None = None
    exact: str = ""
    prefix: str = ""
    suffix: str = ""
    changes: tuple[Change, ...] = ()


def reanchor(
    new_text: str | Canonical,
    exact: str,
    prefix: str = "",
    suffix: str = "",
    old_text: str | Canonical | None = None,
    old_start: int | None = None,
) -> Answer:
    """Find in a new text the passage that a quote had in the old one.

    old_text: the text the quote was made for, if it is known. old_start: where the passage began in it. A quote that
    did not stand there, or several times and nobody says where, is sought by its words and context alone.
    Texts are as written; a `Canonical` is taken as it is, so that many quotes share its making.
    """
    new = new_text if isinstance(new_text, Canonical) else canonical(new_text)
    old = canonical(old_text) if isinstance(old_text, str) else old_text
    if blank(exact):
        return Answer(Kind.UNKNOWN, reason=Reason.BLANK)
    if len(split(exact)) > 1:
        return _with_gaps(new, exact, prefix, suffix, old, old_start)
    place = _old_place(old, exact, prefix, suffix, old_start) if old else None
    if old and place:
        found = _follow(new, exact, old, place)
        before = old.source[slice(*old.span(*place))]
    else:
        passage = Sought(fold(exact), fold(prefix)[-_CONTEXT:], fold(suffix)[:_CONTEXT])
        found = _seek(new, exact, passage)
        before = exact
    if isinstance(found, Answer):
        return found
    return _quoted(new, found, before, exact, prefix, suffix)


def _old_place(old: Canonical, exact: str, prefix: str, suffix: str, old_start: int | None) -> tuple[int, int] | None:
    """Give where the passage stood in the old text, in canonical offsets."""
    places = ranges(old.text, exact, prefix, suffix)
    if len(places) != 1 and old_start is not None:
        places = places or ranges(old.text, exact)
        at = old.range(old_start, old_start + 1).start
        return min(places, key=lambda place: abs(place[0] - at), default=None)
    return places[0] if len(places) == 1 else None


def _seek(new: Canonical, exact: str, passage: Sought) -> Candidate | Answer:
    """Find a passage by its words and context alone."""
    text = words(new.text)
    exactly = hits(text, passage, ranges(new.text, exact))
    if exactly and min(exactly[0].before, exactly[0].after) >= _NEIGHBOURS:
        return _judge(exactly, passage)  # nothing reworded can come near the very words in their very place
    return _judge(lookalikes(text, passage, exactly), passage)


def _follow(new: Canonical, exact: str, old: Canonical, place: tuple[int, int]) -> Candidate | Answer:
    """Find a passage by where its words and its neighbours went."""
    start, end = place
    passage = Sought(old.text[start:end], old.text[max(0, start - _CONTEXT) : start], old.text[end : end + _CONTEXT])
    sides, text = align(old.text, new.text), words(new.text)
    first, last = words(old.text).within(start, end)
    offset = first - passage.first
    links = [
        sides.forward[index] if 0 <= index < len(sides.forward) else -1
        for index in range(offset, offset + len(passage.words))
    ]
    led = followed(text, passage, links)
    if led and led.same and min(led.before, led.after) >= _NEIGHBOURS:
        return led

    def free(one: Candidate) -> bool:
        low, high = text.within(one.start, one.end)
        elsewhere = sum(index >= 0 and not first <= index < last for index in sides.backward[low:high])
        return elsewhere <= _CLAIMED * (high - low)

    found = [one for one in lookalikes(text, passage, hits(text, passage, ranges(new.text, exact))) if free(one)]
    if led:
        here = [one for one in found if one.start < led.end and led.start < one.end]
        if led.same or all(one.likeness < 1 for one in here):  # the very words have the truer ends
            found = sorted([led, *(one for one in found if one not in here)], reverse=True)
    return _judge(found, passage)


def _judge(found: Sequence[Candidate], passage: Sought) -> Candidate | Answer:
    """Give the best candidate, the first, if it is beyond doubt. Candidates do not overlap."""
    best = found[0] if found else None
    if best is None or not any(one.score >= _GONE and one.likeness >= _ALIKE for one in found):
        return Answer(Kind.UNKNOWN, confidence=best.score if best else 0.0, reason=Reason.GONE)
    refused = Answer(Kind.UNKNOWN, confidence=best.score, reason=Reason.DOUBTFUL)
    alone = not best.same and max(best.before, best.after) < _BESIDE
    if best.score < _AGREES or best.likeness < _ALIKE or (alone and best.likeness * len(passage.exact) < _ALONE):
        return refused
    for other in found[1:]:
        lead = best.score - other.score
        rival = other.same and max(other.before, other.after) >= _NEIGHBOURS
        if lead < (_RIVAL if rival else _MARGIN):
            return replace(refused, reason=Reason.SEVERAL)
    return best


def _quoted(new: Canonical, found: Candidate, before: str, exact: str, prefix: str, suffix: str) -> Answer:
    """Say what became of the passage, and give the quote that finds it."""
    span = new.span(found.start, found.end)
    after = new.source[slice(*span)]
    same = fold(before) == fold(after)
    if same:
        kind = Kind.UNCHANGED if max(found.before, found.after) >= _BESIDE else Kind.MOVED
        quote = exact if fold(exact) == fold(after) else " ".join(after.split())
    else:
        split_at = _split_at(before, after)
        kind = Kind.SPLIT if split_at else Kind.REWORDED
        quote = split_at or " ".join(after.split())
    if find(new, quote, prefix, suffix) != [span]:
        decided = standing(new, quote, (found.start, found.end))
        prefix, suffix = decided.prefix, decided.suffix
        if find(new, quote, prefix, suffix) != [span]:
            return Answer(Kind.UNKNOWN, confidence=found.score, reason=Reason.SEVERAL)
    return Answer(kind, span, found.score, None, quote, prefix, suffix, () if same else changes(before, after))


def _split_at(before: str, after: str) -> str:
    """Give the quote with a gap that leaves out what was put into a passage, or "" if that is not all that was done."""
    found = differences(before, after)
    if len(found) != 1 or found[0].before or len(found[0].after.split()) < _INSERTED:
        return ""
    plain = " ".join(after.split())
    head, _, tail = plain.partition(found[0].after)
    return f"{head.rstrip()} {GAP} {tail.lstrip()}" if head.strip() and tail.strip() else ""


def _with_gaps(
    new: Canonical, exact: str, prefix: str, suffix: str, old: Canonical | None, old_start: int | None
) -> Answer:
    """Find the parts of a quote with gaps one by one; they must still stand in order."""
    parts = split(exact)
    starts: list[int | None] = [None] * len(parts)
    if old:
        whole = find(old, exact, prefix, suffix) or find(old, exact)
        near = [place for place in whole if old_start is None or abs(place.start - old_start) <= _CONTEXT]
        if len(near) == 1:
            at = near[0].start
            for index, part in enumerate(parts):
                places = [place.start for place in find(old, part) if place.start >= at]
                starts[index] = at = places[0]
    answers = [
        reanchor(
            new, part, prefix * (index == 0), suffix * (index == len(parts) - 1), old if at is not None else None, at
        )
        for index, (part, at) in enumerate(zip(parts, starts, strict=True))
    ]
    lost = next((answer for answer in answers if answer.span is None), None)
    if lost:
        return lost
    spans = [answer.span for answer in answers if answer.span]
    if any(one.end > other.start for one, other in pairwise(spans)):
        return Answer(Kind.UNKNOWN, reason=Reason.DOUBTFUL)
    quote = f" {GAP} ".join(answer.exact for answer in answers)
    place = new.range(spans[0].start, spans[-1].end)
    span = new.span(*place)
    if find(new, quote, prefix, suffix) != [span]:
        decided = standing(new, quote, (place.start, place.end))
        prefix, suffix = decided.prefix, decided.suffix
        if find(new, quote, prefix, suffix) != [span]:
            return Answer(Kind.UNKNOWN, reason=Reason.SEVERAL)
    kinds = {answer.kind for answer in answers}
    kind = next((k for k in (Kind.REWORDED, Kind.SPLIT, Kind.MOVED) if k in kinds), Kind.UNCHANGED)
    changed = tuple(change for answer in answers for change in answer.changes)
    return Answer(kind, span, min(a.confidence for a in answers), None, quote, prefix, suffix, changed)
