"""Ranges of a body's text → the edits that put spans and links around them.

*Range*: a passage to mark. *Mark*: a span or a link around a part of it; a range that crosses elements of the source
has several. *Call*: what is put once behind a range, such as a note's number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from manchette.anchor.canonical import Span
from manchette.marks.body import Body
from manchette.marks.edits import Edit, Rank
from manchette.marks.tree import Forest, Node, mark_around


@dataclass(frozen=True, slots=True)
class Range:
    """A passage to mark. Attributes are written as they are: `class="mch-ent" data-kind="person"`.

    Every mark is a `span` with `attributes`; the first has `first` too (its id). With a `link`, the first mark that can
    be one is an `a` with these attributes. `after` is its call: put once, behind the character before `after_at` (a
    text offset; the end of the span if None), outside every mark that ends there and outside links.
    """

    span: Span
    attributes: str
    first: str = ""
    link: str = ""
    after: str = ""
    after_at: int | None = None


def wrap(body: Body, ranges: Sequence[Range]) -> list[Edit]:
    """The edits that mark the ranges.

    The longer range is the outer one; of two with the same words, the one that has no link, then the one given first.
    Ranges that partly overlap are cut. Marks are inline, cross no tag of the source, and no link is put into a link.
    Raises ValueError for a span that is empty or outside the text.
    """
    places = [_places(body, range_.span) for range_ in ranges]
    calls = [(_call_place(body, range_), range_.after) for range_ in ranges if range_.after]
    forest = Forest(body, sorted({place for pair in places for place in pair} | {place for place, _ in calls}))
    marks: list[Node] = []
    for number in sorted(range(len(ranges)), key=lambda number: _inner_first(ranges[number], number)):
        marks += _marked(body.html, forest, ranges[number], *places[number])
    edits = _tags(marks)
    for place, call in calls:
        behind = _behind(body.html, forest, place)
        edits.append(Edit(behind, behind, call, Rank.CALL))
    return edits


def _places(body: Body, span: Span) -> tuple[int, int]:
    """Where a span begins and ends in the source."""
    if not 0 <= span.start < span.end <= len(body.text):
        raise ValueError(f"{span} is not a stretch of a text of {len(body.text)} characters")
    return body.place(span.start)[0], body.place(span.end - 1)[1]


def _call_place(body: Body, range_: Range) -> int:
    """Where the character ends that the range's call is to follow."""
    offset = range_.span.end if range_.after_at is None else range_.after_at
    return body.place(offset - 1)[1]


def _inner_first(range_: Range, number: int) -> tuple[int, bool, int]:
    """The key that sorts ranges by what is to stand inside what, given the range's number in the order given."""
    return range_.span.end - range_.span.start, not range_.link, -number


def _marked(html: str, forest: Forest, range_: Range, start: int, end: int) -> Iterator[Node]:
    """Put the range's marks into the trees, each around as much of the source from `start` to `end` as one can hold.

    As long as a link is wanted, a mark that begins outside of links ends before the next one, so that it can be a link.
    """
    is_first, wants_link = True, bool(range_.link)
    while (leaf := forest.leaf_from(start)) and leaf.start < end:
        node = _highest(leaf, start, end, wants_link)
        mark = mark_around(_run(node, start, end, wants_link))
        words = any(character.isalnum() for character in html[mark.first : mark.last])  # a comma is no place for a link
        is_link = wants_link and words and not mark.linked
        if is_link:
            mark.become_link()
            wants_link = False
        name = "a" if is_link else "span"
        attributes = (range_.first if is_first else "", range_.attributes, range_.link if is_link else "")
        mark.tags = f"<{' '.join((name, *filter(None, attributes)))}>", f"</{name}>"
        yield mark
        is_first = False
        start = mark.end


def _highest(leaf: Node, start: int, end: int, wants_link: bool) -> Node:
    """The outermost element or mark around a leaf that a mark from `start` to `end` can hold; else the leaf itself."""
    highest = leaf
    for holder in leaf.holders():
        if not holder.covered(start, end) or (wants_link and holder.linked != leaf.linked):
            break
        highest = holder
    return highest


def _run(node: Node, start: int, end: int, wants_link: bool) -> list[Node]:
    """The node, and the siblings after it that the same mark can hold, up to the last of which something is seen."""
    run, length = node.and_following(), 1
    for number, sibling in enumerate(run[1:], 2):
        if wants_link and sibling.linked != node.linked and (sibling.linked or not sibling.empty):
            break
        if sibling.empty:
            continue
        if not sibling.covered(start, end):
            break
        length = number
    return run[:length]


def _tags(marks: list[Node]) -> list[Edit]:
    """The edits that write the marks, which are given as they were put: of two around the same source the inner first.

    Where several begin, the outer one is written first; where several end, the inner one.
    """
    closing = sorted(marks, key=lambda mark: (mark.end, -mark.start))
    later_first = list(reversed(marks))
    opening = sorted(later_first, key=lambda mark: (mark.start, -mark.end))
    return [
        *(Edit(mark.end, mark.end, mark.tags[1], Rank.CLOSE) for mark in closing),
        *(Edit(mark.start, mark.start, mark.tags[0], Rank.OPEN) for mark in opening),
    ]


_LINK_END = re.compile(r"</a\s*>", re.IGNORECASE)


def _behind(html: str, forest: Forest, place: int) -> int:
    """The place for a call after the text that ends at `place`: outside links, and outside all that ends there."""
    leaf = forest.leaf_before(place)
    if leaf is None:
        return place
    links = [holder for holder in leaf.holders() if holder.is_link]
    if leaf.linked and not links:  # the link does not nest, so it is no element of the tree
        closing = _LINK_END.search(html, place)
        return closing.end() if closing else place
    node = links[-1] if links else leaf
    for holder in node.holders():
        if holder.last != node.last:
            break
        node = holder
    return node.end
