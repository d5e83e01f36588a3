"""Where the signs and labels of a strip stand: on lanes beside the axis, and none covers another.

A *stem* joins a sign to the axis. A label that would cross the stem of another sign stands farther out than that sign,
so that it can be read, and the stem followed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from math import inf

from manchette.anchor.letters import opened
from manchette.doors.axis import Scale
from manchette.format.edtf import When

UNKNOWN = 26.0  # px drawn of an interval towards an end that nobody knows
DOT = 12.0  # px that a sign takes at least
EDGE = 2.0  # px that a sign keeps from the edge of the drawing, for its outline
BETWEEN = 5.0  # px between a sign and its label
_WIDE, _WIDEST = {"m", "w"}, {"M", "W", "—", "…", "%"}
MANY = 120  # on one side of the axis: more are a cloud, and no names


@dataclass(frozen=True, kw_only=True)
class Item:
    """An event, as the strip takes it; the fields are those of the timeline's `EventView` and `_Row`."""

    when: When
    shape: str
    said: bool
    doubt: bool
    title: str
    label: str  # its `short`, else its title
    words: str  # the date in words
    href: str  # the event's id in the page
    clock: str | None


@dataclass(frozen=True, kw_only=True)
class Sign:
    """A drawn event: from `left` to `right`, joined to the axis at `stem`; its label stands at `at`, or over it."""

    item: Item
    left: float
    right: float
    stem: float
    cut: tuple[bool, bool] = (False, False)  # begun before the drawing, going on after it
    y: float = 0
    label: str | None = None
    at: float = 0
    before: bool = False  # the label ends at `at`
    over: bool = False  # the label stands over the sign, on the same lane
    crossed: tuple[int, ...] = ()  # of the signs on its side, those whose stems its label crosses

    @property
    def named(self) -> tuple[float, float]:
        """From where to where the label goes."""
        length = wide(self.label or "")
        return (self.at - length, self.at) if self.before else (self.at, self.at + length)

    @property
    def span(self) -> tuple[float, float]:
        """All that sign and label take of their lane."""
        left, right = self.named if self.label else (self.left, self.right)
        return min(left, self.left), max(right, self.right)


@lru_cache(maxsize=4096)  # a label is measured again for every way to place it
def wide(label: str) -> float:
    """The px that a label of 14 px takes at most, so that an estimate never makes labels touch."""
    letters = opened(label)
    return sum(14 if each in _WIDEST else 10.5 if each.isupper() or each in _WIDE else 6.4 for each in letters)


def signs(items: Sequence[Item], scale: Scale, most: float, rim: tuple[float, float] | None) -> list[tuple[int, Sign]]:
    """Each sign with the number of its lane, 0 being the nearest to the axis.

    It has its label where this finds room in the drawing, on one of the `most` first lanes. What stands within `rim`
    has none, and no label reaches into it. Of some ways to choose the sides of labels, the one that names most events
    counts; of several, the flattest.
    """
    bare = sorted((_sign(item, scale) for item in items), key=lambda sign: (sign.stem, sign.right))
    stems = [sign.stem for sign in bare]
    rooms = [list(_labels(sign, stems, scale.width, rim)) if len(bare) <= MANY else [] for sign in bare]
    ways = [
        _Lanes([min(room, key=way, default=sign) for sign, room in zip(bare, rooms, strict=True)], most).all()
        for way in _WAYS
    ]
    return min(ways, key=_cost)


def _cost(placed: Sequence[tuple[int, Sign]]) -> tuple[int, int, int]:
    """How many signs go without a label; the lanes; and how far out signs are, all together."""
    lanes = [lane for lane, _ in placed]
    return sum(not sign.label for _, sign in placed), max(lanes, default=0), sum(lanes)


def _sign(item: Item, scale: Scale) -> Sign:
    """An event's sign: to the drawing's edge where open or begun before it, a little way where unknown."""
    when, edge = item.when, scale.width - EDGE
    left = scale.x(when.first) if when.first >= scale.first else EDGE if when.open_start else 1
    right = scale.x(when.last) if when.last <= scale.last else edge if when.open_end else scale.width - 1
    if when.first == -inf and not when.open_start:
        left = max(EDGE, right - UNKNOWN)
    if when.last == inf and not when.open_end:
        right = min(edge, left + UNKNOWN)
    stem = (left + right) / 2 if item.shape == "exact" else right if when.first < scale.first else left
    cut = (-inf < when.first < scale.first, scale.last < when.last < inf)
    missing = max(0.0, DOT - (right - left)) / 2
    return Sign(
        item=item, left=max(1.0, left - missing), right=min(scale.width - 1, right + missing), stem=stem, cut=cut
    )


def _labels(sign: Sign, stems: Sequence[float], width: float, rim: tuple[float, float] | None) -> Iterator[Sign]:
    """The sign with its label over it, where it is long; after it; before it; over it, where neither has room."""
    if rim and rim[0] <= sign.stem <= rim[1]:
        return
    label = sign.item.label
    length = wide(label)
    after, before = sign.right + BETWEEN, sign.left - BETWEEN
    found = [replace(sign, label=label, at=after), replace(sign, label=label, at=before, before=True)]
    centred = (sign.left + sign.right - length) / 2
    if sign.right - sign.left > length + DOT:
        found[:0] = [replace(sign, label=label, at=at, over=True) for at in (sign.left, centred, sign.right - length)]
    elif before < length and after + length > width:
        found = [replace(sign, label=label, at=max(0.0, min(centred, width - length)), over=True)]
    for each in found:
        if each.named[0] >= 0 and each.named[1] <= width and not (rim and _meet(each.named, rim)):
            yield replace(each, crossed=_crossed(each, stems))


def _crossed(sign: Sign, stems: Sequence[float]) -> tuple[int, ...]:
    """The stems that a sign's label would cross, by their number."""
    left, right = sign.named
    return tuple(n for n, stem in enumerate(stems) if left - 2 < stem < right + 2 and stem != sign.stem)


# Which of its labels a sign gets: the one that crosses the fewest stems, or first of all one after it, or before it.
_WAYS: tuple[Callable[[Sign], tuple[bool, int]], ...] = (
    lambda sign: (False, len(sign.crossed)),
    lambda sign: (sign.before, len(sign.crossed)),
    lambda sign: (not sign.before, len(sign.crossed)),
)


def _meet(a: tuple[float, float], b: tuple[float, float]) -> bool:
    """Whether two spans would touch."""
    return a[0] < b[1] + 4 and b[0] < a[1] + 4


class _Lanes:
    """The lanes on one side of the axis."""

    def __init__(self, signs: Sequence[Sign], most: float) -> None:
        self.signs, self.most = signs, most
        self.lanes: list[list[tuple[float, float]]] = []  # of each lane, what is taken
        self.placed: dict[int, tuple[int, Sign]] = {}
        self.begun: set[int] = set()

    def all(self) -> list[tuple[int, Sign]]:
        """Every sign with its lane."""
        for number in range(len(self.signs)):
            self.place(number)
        return [self.placed[number] for number in range(len(self.signs))]

    def place(self, number: int) -> None:
        """Give a sign the nearest lane that has room for it, farther out than those whose stems its label crosses."""
        if number in self.begun:  # two labels that cross each other's stems: one of them has to
            return
        self.begun.add(number)
        sign = self.signs[number]
        for each in sign.crossed:
            self.place(each)
        above = max((self.placed[each][0] + 1 for each in sign.crossed if each in self.placed), default=0)
        lane = self._free(sign, above)
        if sign.label and lane >= self.most:
            sign = replace(sign, label=None, over=False)
            lane = self._free(sign, 0)
        self.lanes += [[] for _ in range(lane + 1 - len(self.lanes))]
        self.lanes[lane].append(sign.span)
        self.placed[number] = lane, sign

    def _free(self, sign: Sign, first: int) -> int:
        """The nearest lane from `first` on where a sign touches none."""
        lane = first
        while lane < len(self.lanes) and any(_meet(sign.span, taken) for taken in self.lanes[lane]):
            lane += 1
        return lane
