"""Ranges of a body's text → the edits that put spans and links around them."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from manchette.anchor.canonical import Span
from manchette.marks.body import Body, Kind
from manchette.marks.edits import Edit, Rank


@dataclass(frozen=True, slots=True)
class Range:
    """A passage to mark. Attributes are written as they are: `class="mch-ent" data-kind="person"`.

    Every stretch is a `span` with `attributes`; the first has `first` too (its id). With a `link`, the first stretch
    that can be one is an `a` with these attributes. `after` is put once, behind the character before `after_at` (a text
    offset; the end of the span if None), outside every mark that ends there and outside links.
    """

    span: Span
    attributes: str
    first: str = ""
    link: str = ""
    after: str = ""
    after_at: int | None = None


class _Node:
    """A stretch of a line's source: text, an inline element, or a mark."""

    __slots__ = ("anchor", "children", "end", "high", "link", "low", "parent", "start")

    def __init__(self, parent: _Node | None, start: int, end: int, *, seen: bool = True, link: bool = False) -> None:
        self.parent = parent
        self.children: list[_Node] = []
        self.start, self.end = start, end
        self.low, self.high = (start, end) if seen else (_NEVER, -1)  # from its first to its last visible character
        self.link = link  # it is, holds, or stands in a link
        self.anchor = False  # it is one

    def grow(self) -> None:
        """Take over what is known of the children."""
        for child in self.children:
            self.low, self.high = min(self.low, child.low), max(self.high, child.high)
            self.link |= child.link


_NEVER = 1 << 62


class _Lines:
    """The trees of inline elements between two blocks' tags, with the text cut where ranges begin and end.

    An element that is not closed where it was opened is not taken for one: its tags become bars that no mark crosses,
    and what stands between them is marked by itself. So sloppy HTML needs no repair and is not made worse.
    """

    def __init__(self, body: Body, cuts: list[int]) -> None:
        self.leaves: list[_Node] = []
        line = _Node(None, 0, 0, seen=False)
        open_: list[tuple[str, _Node]] = []  # innermost last
        at = 0
        for kind, start, end, name, link, seen in body.tokens:
            parent = open_[-1][1] if open_ else line
            if kind is Kind.TEXT:
                at = bisect_right(cuts, start, at)
                till = bisect_left(cuts, end, at)
                for from_, to in pairwise((start, *cuts[at:till], end)):
                    self.leaf(body, parent, from_, to, link)
                at = till
            elif kind is Kind.VOID:
                node = _Node(parent, start, end, seen=seen, link=link)
                parent.children.append(node)
                if seen:
                    self.leaves.append(node)
            elif kind is Kind.OPEN:
                node = _Node(parent, start, end, seen=False, link=link)
                node.anchor = link
                parent.children.append(node)
                open_.append((name, node))
            elif kind is Kind.CLOSE and open_ and open_[-1][0] == name:
                node = open_.pop()[1]
                node.end = end
                node.grow()
            else:  # an end tag out of place, or the end of the line
                names = [name for name, _ in open_]
                keep = 0 if kind is Kind.BREAK else names.index(name) if name in names else len(names)
                while len(open_) > keep:
                    self.flatten(open_.pop()[1])
                if kind is Kind.BREAK:
                    line = _Node(None, 0, 0, seen=False)
                else:
                    self.bar(open_[-1][1] if open_ else line, start, end)
        while open_:
            self.flatten(open_.pop()[1])
        self.starts = [leaf.start for leaf in self.leaves]

    def leaf(self, body: Body, parent: _Node, start: int, end: int, link: bool) -> None:
        seen = not body.html[start:end].isspace()
        if not seen:  # is this the white space that the reader sees, or was it dropped?
            piece = bisect_left(body.starts, start)
            seen = piece < len(body.starts) and body.starts[piece] < end and body.ends[piece] > start
        node = _Node(parent, start, end, seen=seen, link=link)
        parent.children.append(node)
        if seen:
            self.leaves.append(node)

    def flatten(self, element: _Node) -> None:
        parent = element.parent
        assert parent is not None
        parent.children.pop()  # an open element is its parent's last child
        self.bar(parent, element.start, element.end)
        for child in element.children:
            child.parent = parent
        parent.children += element.children

    @staticmethod
    def bar(parent: _Node, start: int, end: int) -> None:
        node = _Node(parent, start, end)
        node.low, node.high = -1, _NEVER  # no range covers it
        parent.children.append(node)


def wrap(body: Body, ranges: Iterable[Range]) -> list[Edit]:
    """The edits that mark the ranges.

    The longer range is the outer one; of two with the same words, the one that has no link, then the one given first.
    Ranges that partly overlap are cut. Marks are inline, cross no tag of the source, and no link is put into a link.
    Raises ValueError for a span that is empty or outside the text.
    """
    ranges = list(ranges)
    places: list[tuple[int, int]] = []
    calls: list[tuple[int, str]] = []
    for range_ in ranges:
        start, end = range_.span
        if not 0 <= start < end <= len(body.text):
            raise ValueError(f"{range_.span} is not a stretch of a text of {len(body.text)} characters")
        places.append((body.place(start)[0], body.place(end - 1)[1]))
        if range_.after:
            after = end if range_.after_at is None else range_.after_at
            calls.append((body.place(after - 1)[1], range_.after))
    lines = _Lines(body, sorted({cut for place in places for cut in place} | {place for place, _ in calls}))

    marks: list[tuple[int, int, str, str]] = []
    inner_first = sorted(
        range(len(ranges)),
        key=lambda i: (ranges[i].span.end - ranges[i].span.start, not ranges[i].link, -i),
    )
    for i in inner_first:
        _mark(body.html, lines, ranges[i], places[i], marks)

    numbered = list(enumerate(marks))
    edits = [
        Edit(end, end, close, Rank.CLOSE)
        for _, (_, end, _, close) in sorted(numbered, key=lambda mark: (mark[1][1], -mark[1][0], mark[0]))
    ]
    edits += [
        Edit(start, start, opening, Rank.OPEN)
        for _, (start, _, opening, _) in sorted(numbered, key=lambda mark: (mark[1][0], -mark[1][1], -mark[0]))
    ]
    return edits + [
        Edit(at, at, html, Rank.CALL) for at, html in ((_behind(body, lines, at), html) for at, html in calls)
    ]


def _mark(
    html: str, lines: _Lines, range_: Range, place: tuple[int, int], marks: list[tuple[int, int, str, str]]
) -> None:
    """Put the range's marks around maximal runs of siblings, into the trees and into `marks`."""
    start, end = place
    first, linking = True, bool(range_.link)
    leaves = lines.leaves
    at = bisect_left(lines.starts, start)
    while at < len(leaves) and leaves[at].start < end:
        node = leaves[at]
        parent = node.parent
        assert parent is not None
        while (
            parent.parent and start <= parent.low and parent.high <= end and not (linking and parent.link > node.link)
        ):
            node, parent = parent, parent.parent
        siblings = parent.children
        left = right = siblings.index(node)
        for i in range(left + 1, len(siblings)):
            sibling = siblings[i]
            if linking and sibling.link != node.link and (sibling.link or sibling.high >= 0):
                break
            if start <= sibling.low <= sibling.high <= end:
                right = i
            elif sibling.high >= 0:
                break
        run = siblings[left : right + 1]

        mark = _Node(parent, node.start, run[-1].end, seen=False)
        mark.children = run
        mark.grow()
        for child in run:
            child.parent = mark
        siblings[left : right + 1] = [mark]
        start = mark.end  # what is marked is not marked again from above
        at = bisect_left(lines.starts, start, at)

        here = linking and not mark.link and any(c.isalnum() for c in html[mark.low : mark.high])
        if here:
            linking = False
            mark.anchor = True
            _spread_link(mark)
        name = "a" if here else "span"
        attributes = (range_.first if first else "", range_.attributes, range_.link if here else "")
        marks.append((mark.start, mark.end, f"<{' '.join((name, *filter(None, attributes)))}>", f"</{name}>"))
        first = False


def _spread_link(mark: _Node) -> None:
    """Tell all that stands in a new link, and all that holds it."""
    within = [mark]
    while within:
        node = within.pop()
        node.link = True
        within += node.children
    above = mark.parent
    while above:
        above.link = True
        above = above.parent


def _behind(body: Body, lines: _Lines, place: int) -> int:
    """The place for a call after the text that ends at `place`: outside links, and outside all that ends there."""
    at = bisect_left(lines.starts, place) - 1
    if at < 0:
        return place
    leaf = lines.leaves[at]
    path = [leaf]
    while path[-1].parent and path[-1].parent.parent:
        path.append(path[-1].parent)
    anchors = [i for i, node in enumerate(path) if node.anchor]
    if leaf.link and not anchors:  # in a link that was not taken for an element
        closing = re.compile(r"</a\s*>", re.IGNORECASE).search(body.html, place)
        return closing.end() if closing else place
    i = anchors[-1] if anchors else 0
    while i + 1 < len(path) and path[i + 1].high == path[i].high:
        i += 1
    return path[i].end
