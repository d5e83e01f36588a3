"""Time our anchoring beside what a reader of this project would otherwise use, on the same quotes in one run.

    python bench/peers.py [FOLDER]

FOLDER (or the environment's CASES) holds `cases.jsonl` and `text/`. Two texts are made of its documents, of 5 kB and of
100 kB. In each, two sets of quotes: 1,000 stretches as they stand, and the folder's own cases, many of them edited.
A peer that is not installed is left out: `npm install --prefix bench` for the npm ones, `pip install edlib` for edlib.
Right: the answer overlaps the truth by half or more. Wrong: it does not, or there was nothing to be found.
"""

from __future__ import annotations

import importlib
import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from rapidfuzz import fuzz

from manchette.anchor.canonical import canonical, fold
from manchette.anchor.quote import find
from manchette.anchor.reanchor import reanchor
from manchette.anchor.selector import Selector

STRETCHES = 1000
SIZES = (5_000, 100_000)
Place = tuple[int, int] | None


class Quote(NamedTuple):
    """A quote with its context, where it stood, and where it stands now; None where it is gone."""

    exact: str
    prefix: str
    suffix: str
    start: int
    truth: Place

    @property
    def selector(self) -> Selector:
        """The quote as our anchoring takes it."""
        return Selector(self.exact, self.prefix, self.suffix)


def main() -> None:
    """Print a table for each text and each set of quotes."""
    given = sys.argv[1] if len(sys.argv) > 1 else os.environ.get("CASES")
    if not given:
        print("no folder of cases given, nothing measured: python bench/peers.py FOLDER, or make bench CASES=FOLDER")
        return
    folder = Path(given)
    cases = [json.loads(line) for line in (folder / "cases.jsonl").read_text(encoding="utf-8").splitlines() if line]
    for size in SIZES:
        text, own = joined(folder, cases, size)
        for name, quotes in (("stretches as they stand", stretches(text)), ("the folder's cases", own)):
            print(f"\n{len(text):,} characters, {len(quotes)} quotes: {name}")
            print(f"{'':24}{'quotes/s':>10}{'right':>8}{'wrong':>8}")
            for peer, seconds, places in results(text, quotes):
                right = sum(overlap(place, quote.truth) >= 0.5 for place, quote in zip(places, quotes, strict=True))
                wrong = sum(
                    place is not None and overlap(place, quote.truth) < 0.5
                    for place, quote in zip(places, quotes, strict=True)
                )
                print(f"{peer:24}{len(quotes) / seconds:10,.0f}{right / len(quotes):8.1%}{wrong / len(quotes):8.1%}")


def joined(folder: Path, cases: list[dict[str, Any]], size: int) -> tuple[str, list[Quote]]:
    """Join the shortest documents up to a size, and move their cases along; no document twice, in another version."""
    names = {case["new_text"] for case in cases if case["set"] == "real"}
    texts = {name: (folder / "text" / name).read_text(encoding="utf-8") for name in names}
    whole, quotes = "", []
    for name in sorted(names, key=lambda name: (len(texts[name]), name)):
        if len(whole) >= size:
            break
        offset, whole = len(whole), whole + texts[name] + "\n\n"
        for case in cases:
            if case["new_text"] == name and case["label"] not in {"twin", "gone_twin"}:
                truth = case["truth"]
                place = (truth["start"] + offset, truth["end"] + offset) if truth else None
                start = case["old_start"] + offset
                quotes.append(Quote(case["exact"], case["prefix"], case["suffix"], start, place))
    return whole, quotes


def stretches(text: str) -> list[Quote]:
    """Take stretches of a word to a paragraph, with 32 characters of context, at random but always the same."""
    chance = random.Random(0)
    found = []
    while len(found) < STRETCHES:
        start = chance.randrange(32, len(text) - 400)
        end = start + chance.choice([8, 20, 50, 130, 250])
        if text[start:end].strip() == text[start:end]:
            found.append(Quote(text[start:end], text[start - 32 : start], text[end : end + 32], start, (start, end)))
    return found


def results(text: str, quotes: list[Quote]) -> list[tuple[str, float, list[Place]]]:
    """Give, for each way to anchor, the seconds it took and its places. Ours include making the canonical text."""
    told = [
        timed("manchette, exact", lambda: exactly(text, quotes)),
        timed("manchette, repair", lambda: repaired(text, quotes)),
        timed("rapidfuzz", lambda: [by_rapidfuzz(text, quote) for quote in quotes]),
    ]
    try:
        edlib = importlib.import_module("edlib")
    except ImportError:
        print("(edlib is not installed)")
    else:
        told.append(timed("edlib", lambda: [by_edlib(edlib, text, quote) for quote in quotes]))
    here = Path(__file__).parent
    if (here / "node_modules").is_dir():
        # Offsets of the peers are UTF-16 code units; these texts hold no astral character worth the conversion.
        asked = {"text": text, "quotes": [quote._asdict() for quote in quotes]}
        run = subprocess.run(
            ["node", here / "peers.mjs"], input=json.dumps(asked), capture_output=True, text=True, check=True
        )
        for peer, answer in json.loads(run.stdout).items():
            told.append((peer, answer["seconds"], [tuple(place) if place else None for place in answer["places"]]))
    else:
        print("(the npm peers are not installed)")
    return told


def timed(name: str, run: Callable[[], list[Place]]) -> tuple[str, float, list[Place]]:
    """Run once and take the processor's time, which other work on the machine does not count into."""
    began = time.process_time()
    places = run()
    return name, time.process_time() - began, places


def exactly(text: str, quotes: list[Quote]) -> list[Place]:
    """Anchor as the build does."""
    fold.cache_clear()
    whole = canonical(text)
    found = [find(whole, quote.selector) for quote in quotes]
    return [tuple(places[0]) if len(places) == 1 else None for places in found]


def repaired(text: str, quotes: list[Quote]) -> list[Place]:
    """Anchor as `repair` does without the old text."""
    fold.cache_clear()
    whole = canonical(text)
    answers = [reanchor(whole, quote.selector) for quote in quotes]
    return [tuple(answer.span) if answer.span else None for answer in answers]


def by_rapidfuzz(text: str, quote: Quote) -> Place:
    """Take the window most like prefix, quote and suffix together, from 60 of 100."""
    together = quote.prefix + quote.exact + quote.suffix
    found = fuzz.partial_ratio_alignment(together, text, score_cutoff=60)
    return (found.dest_start + len(quote.prefix), found.dest_end - len(quote.suffix)) if found else None


def by_edlib(edlib: Any, text: str, quote: Quote) -> Place:
    """Take the stretch fewest edits away from the quote, up to a third of it."""
    found = edlib.align(quote.exact, text, mode="HW", task="locations", k=len(quote.exact) // 3)
    return (found["locations"][0][0], found["locations"][0][1] + 1) if found["locations"] else None


def overlap(one: Place, other: Place) -> float:
    """Give how much two places share of what either covers."""
    if not one or not other:
        return float(one is None and other is None)
    shared = min(one[1], other[1]) - max(one[0], other[0])
    return max(0, shared) / (max(one[1], other[1]) - min(one[0], other[0]))


if __name__ == "__main__":
    main()
