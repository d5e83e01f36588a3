"""A quote's passage, found again after its text changed: where it stands and how it reads, or why nobody can say.

A wrong answer is worse than none. So one rule judges every candidate, the very words and the reworded alike: how far
the quote and some context on either side agree with it beyond chance (`seek.weigh`). A short quote is thereby decided
by its context, a long one by itself; a place where the context stands on, but other words, competes with one where the
words stand on in another context, and a near-tie has no winner. Where the old text is known, both texts are laid along
each other (`align.align`) and the passage is followed; words that stood elsewhere in the old text are no candidates.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise

from manchette.anchor import thresholds
from manchette.anchor.align import align, tokens
from manchette.anchor.canonical import Canonical, Span, canonical, fold
from manchette.anchor.compare import differences
from manchette.anchor.context import one_line, pinned
from manchette.anchor.letters import in_word
from manchette.anchor.quote import find, ranges
from manchette.anchor.seek import Candidate, Sought, candidates, followed, hits
from manchette.anchor.selector import GAP, Selector

NOTHING = Selector("")


class Fate(StrEnum):
    """What became of a passage."""

    UNCHANGED = "unchanged"  # the same words among the same neighbours, on one side at least
    MOVED = "moved"  # the same words beside other neighbours
    REWORDED = "reworded"  # other words in its place
    SPLIT = "split"  # the same words with others put in between
    UNKNOWN = "unknown"  # no answer: see `reason`


class Reason(StrEnum):
    """Why there is no answer."""

    BLANK = "blank"  # the quote says nothing
    GONE = "gone"  # nothing like it stands in the text, but for what stood elsewhere before
    DOUBTFUL = "doubtful"  # something like it does, too little like it
    SEVERAL = "several"  # several passages are as much like it


@dataclass(frozen=True)
class Answer:
    """What became of a passage.

    span: where it stands in the new text, as written; None where its fate is unknown.
    confidence: 0…1, how far the best candidate agrees with what was sought; of an answer at least `thresholds.AGREES`.
    quote: finds `span` and nothing else; the old one where that still does. NOTHING where the fate is unknown.
    """

    fate: Fate
    span: Span | None = None
    confidence: float = 0.0
    reason: Reason | None = None
    quote: Selector = NOTHING


def reanchor(
    new_text: str | Canonical,
    quote: Selector,
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
    if quote.blank:
        return Answer(Fate.UNKNOWN, reason=Reason.BLANK)
    if len(quote.parts) > 1:
        return _part_by_part(new, quote, old, old_start)
    place = _old_place(old, quote, old_start) if old else None
    if old and place:
        found = _follow(new, quote, old, place)
        before = old.source[slice(*old.span(*place))]
    else:
        found = _seek(new, quote)
        before = quote.exact
    return found if isinstance(found, Answer) else _told(new, quote, found, before)


def _old_place(old: Canonical, quote: Selector, old_start: int | None) -> tuple[int, int] | None:
    """Give where the passage stood in the old text, in canonical offsets."""
    places = ranges(old, quote)
    if len(places) != 1 and old_start is not None:
        places = places or ranges(old, quote.words_only)
        at = old.range(old_start, old_start + 1).start
        return min(places, key=lambda place: abs(place[0] - at), default=None)
    return places[0] if len(places) == 1 else None


def _sought(exact: str, prefix: str, suffix: str) -> Sought:
    """Prepare a quote to be sought, with as much of its context as is looked at."""
    return Sought(fold(exact), fold(prefix)[-thresholds.CONTEXT :], fold(suffix)[: thresholds.CONTEXT])


def _seek(new: Canonical, quote: Selector) -> Candidate | Answer:
    """Find a passage by its words and context alone."""
    text, passage = tokens(new.text), _sought(*quote)
    cut = any(map(in_word, quote.prefix[-1:] + quote.suffix[:1]))
    exactly = hits(text, passage, _whole(new.text, cut, ranges(new, quote.words_only)))
    if exactly and min(exactly[0].before, exactly[0].after) >= thresholds.SAME_NEIGHBOURS:
        return _judge(exactly, passage)  # words and context both stand: nothing reworded can agree as well
    return _judge(candidates(text, passage, exactly), passage)


def _follow(new: Canonical, quote: Selector, old: Canonical, place: tuple[int, int]) -> Candidate | Answer:
    """Find a passage by where its words and its neighbours went; `place` is where it stood, in canonical offsets."""
    start, end = place
    context = thresholds.CONTEXT
    passage = Sought(old.text[start:end], old.text[max(0, start - context) : start], old.text[end : end + context])
    sides, text = align(old.text, new.text), tokens(new.text)
    first, last = tokens(old.text).within(start, end)
    offset = first - passage.first  # of the passage's words, with its context, in the old text
    links = [
        sides.forward[index] if 0 <= index < len(sides.forward) else -1
        for index in range(offset, offset + len(passage.words))
    ]
    led = followed(text, passage, links)
    if led and led.same and min(led.before, led.after) >= thresholds.SAME_NEIGHBOURS:
        return led

    def free(one: Candidate) -> bool:
        """Tell whether few enough of a candidate's words stood elsewhere in the old text."""
        low, high = text.within(one.start, one.end)
        elsewhere = sum(index >= 0 and not first <= index < last for index in sides.backward[low:high])
        return elsewhere <= thresholds.CLAIMED * (high - low)

    exactly = hits(text, passage, _whole(new.text, _cuts(old.text, *place), ranges(new, quote.words_only)))
    found = [one for one in candidates(text, passage, exactly) if free(one)]
    if led:
        here = [one for one in found if one.start < led.end and led.start < one.end]
        if led.same or all(one.likeness < 1 for one in here):  # else the very words stand here: their ends are right
            found = sorted([led, *(one for one in found if one not in here)], reverse=True)
    return _judge(found, passage)


def _whole(new: str, cut: bool, found: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Leave out the places that cut a word, unless the passage itself `cut` one: « afficher » in « affichera »."""
    return found if cut else [(start, end) for start, end in found if not _cuts(new, start, end)]


def _cuts(text: str, start: int, end: int) -> bool:
    return any(0 < at < len(text) and in_word(text[at - 1]) and in_word(text[at]) for at in (start, end))


def _judge(found: Sequence[Candidate], passage: Sought) -> Candidate | Answer:
    """Give the best candidate, the first, if it is beyond doubt. Candidates do not overlap."""
    best = found[0] if found else None
    like = [one for one in found if one.score >= thresholds.GONE and one.likeness >= thresholds.LIKENESS]
    if best is None or not like:
        return Answer(Fate.UNKNOWN, confidence=best.score if best else 0.0, reason=Reason.GONE)
    refused = Answer(Fate.UNKNOWN, confidence=best.score, reason=Reason.DOUBTFUL)
    elsewhere = max(best.before, best.after) < thresholds.OTHER_NEIGHBOURS
    alone = elsewhere and not best.same and best.likeness * len(passage.exact) < thresholds.ALONE
    if best.score < thresholds.AGREES or best.likeness < thresholds.LIKENESS or alone:
        return refused
    for other in found[1:]:
        rival = other.same and max(other.before, other.after) >= thresholds.SAME_NEIGHBOURS
        if best.score - other.score < (thresholds.RIVAL_MARGIN if rival else thresholds.MARGIN):
            return replace(refused, reason=Reason.SEVERAL)
    return best


def _told(new: Canonical, quote: Selector, found: Candidate, before: str) -> Answer:
    """Say what became of the passage that read `before`, and give the quote that finds it."""
    place = found.start, found.end
    span = new.span(*place)
    after = new.source[slice(*span)]
    if fold(before) == fold(after):
        fate = Fate.UNCHANGED if max(found.before, found.after) >= thresholds.OTHER_NEIGHBOURS else Fate.MOVED
        exact = quote.exact if fold(quote.exact) == fold(after) else one_line(after)
    else:
        with_gap = _with_gap(before, after)
        fate = Fate.SPLIT if with_gap else Fate.REWORDED
        exact = with_gap or one_line(after)
    finding = pinned(new, quote._replace(exact=exact), place)
    if finding is None:
        return Answer(Fate.UNKNOWN, confidence=found.score, reason=Reason.SEVERAL)
    return Answer(fate, span, found.score, None, finding)


def _with_gap(before: str, after: str) -> str:
    """Give the words with a gap for what was put in between them, or "" if that is not all that was done."""
    found = differences(before, after)
    if len(found) != 1 or found[0].before or len(found[0].after.split()) < thresholds.PUT_IN:
        return ""
    head, _, tail = one_line(after).partition(found[0].after)
    return f"{head.rstrip()} {GAP} {tail.lstrip()}" if head.strip() and tail.strip() else ""


def _part_by_part(new: Canonical, quote: Selector, old: Canonical | None, old_start: int | None) -> Answer:
    """Find the parts of a quote with gaps one by one; they must still stand in order."""
    answers: list[Answer] = []
    spans: list[Span] = []
    for part, start in zip(_part_quotes(quote), _part_starts(quote, old, old_start), strict=True):
        answer = reanchor(new, part, None if start is None else old, start)
        if answer.span is None:
            return answer
        answers.append(answer)
        spans.append(answer.span)
    if any(one.end > other.start for one, other in pairwise(spans)):
        return Answer(Fate.UNKNOWN, reason=Reason.DOUBTFUL)
    place = new.range(spans[0].start, spans[-1].end)
    whole = quote._replace(exact=f" {GAP} ".join(answer.quote.exact for answer in answers))
    finding = pinned(new, whole, place)
    if finding is None:
        return Answer(Fate.UNKNOWN, reason=Reason.SEVERAL)
    fates = {answer.fate for answer in answers}
    fate = next((worst for worst in (Fate.REWORDED, Fate.SPLIT, Fate.MOVED) if worst in fates), Fate.UNCHANGED)
    confidence = min(answer.confidence for answer in answers)
    return Answer(fate, new.span(*place), confidence, None, finding)


def _part_quotes(quote: Selector) -> list[Selector]:
    """Give each part of a quote with gaps as a quote; the first has its prefix, the last its suffix."""
    parts = [Selector(part) for part in quote.parts]
    parts[0] = parts[0]._replace(prefix=quote.prefix)
    parts[-1] = parts[-1]._replace(suffix=quote.suffix)
    return parts


def _part_starts(quote: Selector, old: Canonical | None, old_start: int | None) -> list[int | None]:
    """Give where each part of a quote with gaps began in the old text; None for all where that is not known."""
    unknown: list[int | None] = [None] * len(quote.parts)
    if old is None:
        return unknown
    stood = find(old, quote) or find(old, quote.words_only)
    near = [span for span in stood if old_start is None or abs(span.start - old_start) <= thresholds.NEARBY]
    if len(near) != 1:
        return unknown
    starts: list[int | None] = []
    at = near[0].start
    for part in quote.parts:
        at = next((span.start for span in find(old, part) if span.start >= at), at)  # a blank part stands nowhere
        starts.append(at)
    return starts
