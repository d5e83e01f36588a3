"""Where the signs and labels of a strip stand: on lanes beside the axis, and none covers another.

A *stem* joins a sign to the axis. A label that would cross the stem of another sign stands farther out than that sign,
so that it can be read, and the stem followed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import inf

from manchette.doors.axis import Scale
from manchette.format.edtf import When

UNKNOWN = 26.0  # px drawn of an interval towards an end that nobody knows
DOT = 12.0  # px that a sign takes at least
EDGE = 2.0  # px that a sign keeps from the edge of the drawing, for its outline
BETWEEN = 5.0  # px between a sign and its label
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
    over: bool = False  # the sign is as long as its label, which stands over it on the same lane

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


def wide(label: str) -> float:
    """The px that a label of 14 px takes at most, so that an estimate never makes labels touch."""
    return sum(10.5 if each.isupper() or each in "mwœæ—…%²" else 6.4 for each in label)


def signs(items: Sequence[Item], scale: Scale, most: float, rim: tuple[float, float] | None) -> list[tuple[int, Sign]]:
    """Each sign with the number of its lane, 0 being the nearest to the axis.

    It has its label where this finds room in the drawing, outside of `rim`, on one of the `most` first lanes.
    """
    bare = sorted((_sign(item, scale) for item in items), key=lambda sign: (sign.stem, sign.right))
    stems = [sign.stem for sign in bare]
    chosen = bare if len(bare) > MANY else [_labelled(sign, stems, scale.width, rim) for sign in bare]
    lanes = _Lanes(chosen, most)
    for number in range(len(chosen)):
        lanes.place(number)
    return [lanes.placed[number] for number in range(len(chosen))]


def _sign(item: Item, scale: Scale) -> Sign:
    """An event's sign: to the drawing's edge where open or begun before it, a little way where unknown."""
    when, edge = item.when, scale.width - EDGE
    left = scale.x(when.first) if when.first >= scale.first else EDGE if when.open_start else 0
    right = scale.x(when.last) if when.last <= scale.last else edge if when.open_end else scale.width
    if when.first == -inf and not when.open_start:
        left = max(EDGE, right - UNKNOWN)
    if when.last == inf and not when.open_end:
        right = min(edge, left + UNKNOWN)
    stem = (left + right) / 2 if item.shape == "exact" else right if when.first < scale.first else left
    cut = (-inf < when.first < scale.first, scale.last < when.last < inf)
    missing = max(0.0, DOT - (right - left)) / 2
    return Sign(item=item, left=left - missing, right=right + missing, stem=stem, cut=cut)


def _labelled(sign: Sign, stems: Sequence[float], width: float, rim: tuple[float, float] | None) -> Sign:
    """The sign with its label where it has room, crossing the fewest stems; else without."""
    found = [
        each
        for each in _labels(sign)
        if each.named[0] >= 0 and each.named[1] <= width and not (rim and _meet(each.named, rim))
    ]
    return min(found, key=lambda each: len(_crossed(each, stems)), default=sign)


def _labels(sign: Sign) -> Iterator[Sign]:
    """The sign with its label over it, where it is long enough; after it; before it."""
    label = sign.item.label
    length = wide(label)
    if sign.right - sign.left > length + DOT:
        for at in (sign.left, (sign.left + sign.right - length) / 2, sign.right - length):
            yield replace(sign, label=label, at=at, over=True)
    yield replace(sign, label=label, at=sign.right + BETWEEN)
    yield replace(sign, label=label, at=sign.left - BETWEEN, before=True)


def _crossed(sign: Sign, stems: Sequence[float]) -> list[int]:
    """The stems that a sign's label would cross."""
    left, right = sign.named
    return [n for n, stem in enumerate(stems) if left - 2 < stem < right + 2 and stem != sign.stem]


def _meet(a: tuple[float, float], b: tuple[float, float]) -> bool:
    """Whether two spans would touch."""
    return a[0] < b[1] + 4 and b[0] < a[1] + 4


class _Lanes:
    """The lanes on one side of the axis."""

    def __init__(self, signs: Sequence[Sign], most: float) -> None:
        self.signs, self.most = signs, most
        self.stems = [sign.stem for sign in signs]
        self.lanes: list[list[tuple[float, float]]] = []  # of each lane, what is taken
        self.placed: dict[int, tuple[int, Sign]] = {}
        self.begun: set[int] = set()

    def place(self, number: int) -> None:
        """Give a sign the nearest lane that has room for it, farther out than those whose stems its label crosses."""
        if number in self.begun:  # two labels that cross each other's stems: one of them has to
            return
        self.begun.add(number)
        sign = self.signs[number]
        crossed = _crossed(sign, self.stems) if sign.label else []
        for each in crossed:
            self.place(each)
        above = max((self.placed[each][0] + 1 for each in crossed if each in self.placed), default=0)
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
