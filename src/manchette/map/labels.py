"""Where the names go: each in the first of its possible places that is free."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from manchette.map.outline import Box
from manchette.map.projection import Point

Anchor = Literal["start", "middle", "end"]

# Advances in thousandths of the size: Bricolage Grotesque at 650, rounded up; no browser is asked. Others count as 620.
ADVANCES = {
    character: advance
    for advance, characters in {
        250: "'’,.ilîï \u00a0\u202f", 330: "jIÎ()1-J", 410: "ftr", 470: "«»", 560: "csvxzçTLZ7",
        620: "aegkouyàâéèêëôûùEF2345", 670: "bdhnpqPRSVY0689", 720: "ABCDGHKOQX", 760: "NU", 860: "w", 970: "mMœ",
        1020: "WŒ",
    }.items()
    for character in characters
}  # fmt: skip
LEADING = 1.12


@dataclass(frozen=True, slots=True)
class Label:
    """A name where it stands."""

    place: str
    """The id of the place, empty for context."""
    lines: tuple[str, ...]
    kind: str
    """The class that the stylesheet knows: `ville`, `etat`, `mer-t`, `ctx`."""
    x: float
    y: float
    """The baseline of the first line."""
    anchor: Anchor
    size: float
    leader: tuple[Point, Point] | None = None
    """A line from the point to a name that stands farther off."""

    @property
    def box(self) -> Box:
        """What it covers."""
        width, height = measure(self.lines, self.size, self.kind)
        left = self.x - {"start": 0.0, "middle": width / 2, "end": width}[self.anchor]
        top = self.y - 0.8 * self.size
        return Box(left, top, left + width, top + height)


def measure(lines: Sequence[str], size: float, kind: str) -> tuple[float, float]:
    """The width and height of a name, in px."""
    spacing = 0.06 if kind == "etat" else 0.0
    widest = max(sum(ADVANCES.get(c, 620) for c in line) / 1000 + spacing * len(line) for line in lines)
    narrow = {"ville": 0.97, "ctx": 0.95, "mer-t": 0.85}.get(kind, 1.0)
    return widest * narrow * size, (1 + LEADING * (len(lines) - 1)) * size * 1.02


def broken(name: str) -> list[tuple[str, ...]]:
    """The name on one line, then on two if it has several words."""
    breaks = [i for i, character in enumerate(name) if character == " "]
    if not breaks:
        return [(name,)]
    at = min(breaks, key=lambda i: abs(i - len(name) / 2))
    return [(name,), (name[:at], name[at + 1 :])]


@dataclass
class Sheet:
    """What stands in a frame already."""

    frame: Box
    taken: list[Box] = field(default_factory=list)
    disliked: list[Point] = field(default_factory=list)
    """Points of lines that names had better not cover."""
    labels: list[Label] = field(default_factory=list)

    def put(self, candidates: Iterable[Label]) -> bool:
        """Put the name in its first free place that covers nothing disliked; failing that, in its first free place."""
        second: Label | None = None
        for label in candidates:
            box = label.box
            room = box.grown(2)
            if not self.frame.holds(room) or any(room.meets(other) for other in self.taken) or self._crosses(label):
                continue
            if any(box.left < x < box.right and box.top < y < box.bottom for x, y in self.disliked):
                second = second or label
                continue
            self._keep(label)
            return True
        if second:
            self._keep(second)
        return second is not None

    def _keep(self, label: Label) -> None:
        self.labels.append(label)
        self.taken += [label.box, *_along(label.leader)]

    def _crosses(self, label: Label) -> bool:
        return any(step.meets(other) for step in _along(label.leader)[1:] for other in self.taken)


def _along(leader: tuple[Point, Point] | None) -> list[Box]:
    """Small boxes that cover a leader, from the point on."""
    if leader is None:
        return []
    (ax, ay), (bx, by) = leader
    steps = [(ax + (bx - ax) * i / 6, ay + (by - ay) * i / 6) for i in range(1, 6)]
    return [Box(x - 1, y - 1, x + 1, y + 1) for x, y in steps]


def beside(place: str, name: str, kind: str, size: float, point: Point, radius: float) -> Iterator[Label]:
    """Eight places around a point, then farther ones with a leader."""
    x, y = point
    gap = radius + 0.3 * size
    near = 0.7 * gap
    for lines in broken(name):
        height = (len(lines) - 1) * LEADING * size
        level = y + 0.28 * size - height / 2
        above, below = y - near - 0.05 * size - height, y + near + 0.62 * size
        yield Label(place, lines, kind, x + gap, level, "start", size)
        yield Label(place, lines, kind, x - gap, level, "end", size)
        yield Label(place, lines, kind, x + near, above, "start", size)
        yield Label(place, lines, kind, x + near, below, "start", size)
        yield Label(place, lines, kind, x - near, above, "end", size)
        yield Label(place, lines, kind, x - near, below, "end", size)
        yield Label(place, lines, kind, x, y - gap - 0.2 * size - height, "middle", size)
        yield Label(place, lines, kind, x, y + gap + 0.8 * size, "middle", size)
    for distance in (20, 34, 50):
        for turn in (0, 6, 1, 11, 5, 7, 2, 10, 4, 8, 3, 9):
            angle = turn * math.pi / 6
            dx, dy = math.cos(angle), math.sin(angle)
            end = (x + dx * distance, y + dy * distance)
            anchor: Anchor = "start" if dx > 0.1 else "end" if dx < -0.1 else "middle"
            sink = 0.28 * size + (0.4 * size * dy if anchor != "middle" else 0.55 * size * dy)
            leader = ((x + dx * (radius + 1), y + dy * (radius + 1)), end)
            shift = math.copysign(3, dx) if anchor != "middle" else 0.0
            yield Label(place, (name,), kind, end[0] + shift, end[1] + sink, anchor, size, leader)


def centred(place: str, name: str, kind: str, size: float, points: Iterable[Point], lines: int) -> Iterator[Label]:
    """The name, on this many lines, about each of the points."""
    forms = broken(name)
    if len(forms) >= lines:
        form = forms[lines - 1]
        for x, y in points:
            yield Label(place, form, kind, x, y + 0.3 * size - (lines - 1) * LEADING * size / 2, "middle", size)
