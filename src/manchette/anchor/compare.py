"""Two stretches of text side by side: which words differ, and which passages of a text look like a quote."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from rapidfuzz import fuzz
from rapidfuzz.distance import LCSseq

from manchette.anchor import thresholds
from manchette.anchor.canonical import Span, fold
from manchette.anchor.letters import TOKEN


@dataclass(frozen=True)
class Difference:
    """Words of one text, and what stands for them in the other; either may be empty."""

    before: str
    after: str


class Lookalike(NamedTuple):
    """A passage of a canonical text, in its offsets, and how much it looks like what was sought, 0…100."""

    span: Span
    score: float


def differences(before: str, after: str) -> tuple[Difference, ...]:
    """Give the words that differ between two texts as written, in order; those alike in canonical form do not."""
    old, new = _words(before), _words(after)
    steps = LCSseq.opcodes([word for word, _ in old], [word for word, _ in new])
    kept = [(step.src_start, step.src_end, step.dest_start, step.dest_end) for step in steps if step.tag == "equal"]
    found, i, j = [], 0, 0
    for a, b, c, d in [*kept, (len(old), len(old), len(new), len(new))]:
        if i < a or j < c:
            found.append(Difference(_stretch(before, old[i:a]), _stretch(after, new[j:c])))
        i, j = b, d
    return tuple(found)


def lookalikes(text: str, wanted: str) -> list[Lookalike]:
    """Give the passages of a canonical text that look most like a canonical quote, in whole words, likeliest first."""
    found: list[Lookalike] = []
    remaining = text
    while len(found) < thresholds.LOOKALIKES and (near := _likeliest(remaining, wanted)):
        found.append(near)
        start, end = near.span
        remaining = remaining[:start] + "\0" * (end - start) + remaining[end:]
    return sorted(found, key=lambda passage: -passage.score)


def _likeliest(text: str, wanted: str) -> Lookalike | None:
    """Give the passage that looks most like a quote, if any does; what was found before is zeros, and ends words."""
    if len(wanted) >= len(text):
        score = fuzz.ratio(wanted, text)
        return Lookalike(Span(0, len(text)), score) if score >= thresholds.LOOKS_LIKE else None
    window = fuzz.partial_ratio_alignment(wanted, text, score_cutoff=thresholds.LOOKS_LIKE)
    if window is None:
        return None
    slack = thresholds.LOOKALIKE_SLACK + len(wanted) // thresholds.LOOKALIKE_SLACK_SHARE
    start, end = window.dest_start, window.dest_end
    starts = [at for at in range(max(0, start - slack), start + slack) if at < end and _edge(text, at)]
    start = max(starts, key=lambda at: fuzz.ratio(wanted, text[at:end]), default=start)
    ends = [at for at in range(end - slack, min(len(text), end + slack) + 1) if at > start and _edge(text, at)]
    end = max(ends, key=lambda at: fuzz.ratio(wanted, text[start:at]), default=end)
    while end > start and text[end - 1] in " \0":
        end -= 1
    while start < end and text[start] in " \0":
        start += 1
    score = fuzz.ratio(wanted, text[start:end])
    return Lookalike(Span(start, end), score) if start < end and score >= thresholds.LOOKS_LIKE else None


def _edge(text: str, at: int) -> bool:
    """Tell whether a word ends or begins here; a hyphen between letters is part of one."""
    if at in {0, len(text)}:
        return True
    before, after = text[at - 1], text[at]
    if after == "-":
        return not (before.isalnum() and text[at + 1 : at + 2].isalnum())
    if before == "-":
        return not (after.isalnum() and text[at - 2 : at - 1].isalnum())
    return not (before.isalnum() and after.isalnum())


def _words(text: str) -> list[tuple[str, Span]]:
    """Give the words and marks of a text in canonical form, and where they stand; what is invisible has none."""
    return [(word, Span(*match.span())) for match in TOKEN.finditer(text) if (word := fold(match[0]))]


def _stretch(text: str, words: list[tuple[str, Span]]) -> str:
    return " ".join(text[words[0][1].start : words[-1][1].end].split()) if words else ""
