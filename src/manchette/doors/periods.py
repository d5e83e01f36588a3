"""The bar of years above a timeline, for where there is no room for its strip; and what its two clocks tell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import inf
from typing import TypeVar

from manchette.doors.axis import written, year_of
from manchette.format.edtf import When
from manchette.typeset import dates

MOST = 12  # links of a bar; where there are more years, they are of decades, or of centuries

_Told = TypeVar("_Told")


@dataclass(frozen=True)
class PeriodView:
    """A year, a decade or a century: how many events begin in it, where the first stands, by which clock if not both.

    What has no known beginning counts where it ends.
    """

    words: str
    count: int
    first: str
    clock: str | None


def periods(events: Sequence[tuple[When, str | None, str]]) -> tuple[PeriodView, ...]:
    """The periods of events in their order: when, by which clock, and the id of each."""
    dated = [(year_of(when.key[0]), clock, anchor) for when, clock, anchor in events if when.key[0] < inf]
    ways = [{year: _period(year, unknown) for year, _, _ in dated} for unknown in (0, 1, 2)]
    found: list[PeriodView] = []
    texts = next((way for way in ways if len(set(way.values())) <= MOST), ways[-1])
    for text in dict.fromkeys(texts.values()):
        told = {}
        for name in ("when", "known"):
            anchors = [anchor for year, clock, anchor in dated if texts[year] == text and clock in (None, name)]
            if anchors:
                told[name] = (len(anchors), anchors[0])
        words = dates.words(When.parse(text))
        found += [PeriodView(words, count, first, clock) for clock, (count, first) in merged(told)]
    return tuple(found)


def _period(year: int, unknown: int) -> str:
    """A year in EDTF, of which so many digits are `X`, unless it has more or fewer than four."""
    text = written(year)
    return text[: 4 - unknown] + "X" * unknown if len(text) == 4 else text


def merged(told: dict[str, _Told]) -> Iterator[tuple[str | None, _Told]]:
    """What each clock, `when` and `known`, tells; once, and for no clock, where both tell the same."""
    if len(told) == 2 and told["when"] == told["known"]:
        yield None, told["when"]
    else:
        yield from told.items()
