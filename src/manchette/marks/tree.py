"""A body's tokens → trees of its inline elements, into which marks can be put without breaking any of them.

*Line*: what stands between two tags of blocks. Each line is a tree of its own, so no mark goes on into the next block.
*Leaf*: the smallest stretch that can be marked: text, cut where marks begin and end, or an element taken as a whole.
*Element*: an inline element that is closed in the same element as it was opened in.
*Bar*: a tag of no element, because the source does not nest, as in `<b>one <i>two</b> three</i>`. No mark crosses it,
and what stands between bars is marked by itself. So sloppy HTML needs no repair, and is not made worse.
*Mark*: a span or a link of ours, around siblings.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from manchette.marks.body import Body, Token, TokenType


@dataclass(slots=True, eq=False)
class Node:
    """A stretch of source: a line, and in it leaves, elements, bars and marks.

    Where a reader sees something of it (`seen`), `first` and `last` are the places where the visible characters begin
    and end; elsewhere they mean nothing.
    """

    parent: Node | None  # None for a line
    start: int
    end: int
    name: str = ""  # an element's
    is_link: bool = False
    linked: bool = False  # it is, holds, or stands in a link
    seen: bool = False
    barred: bool = False  # it is or holds a bar
    first: int = 0
    last: int = 0
    tags: tuple[str, str] = ("", "")  # a mark's
    children: list[Node] = field(default_factory=list)

    @property
    def empty(self) -> bool:
        """Whether nothing of it is seen and no bar is in it: it may stand in a mark or not."""
        return not self.seen and not self.barred

    def covered(self, start: int, end: int) -> bool:
        """Whether a mark may be put around it, seen as it is, that covers the text between two places."""
        return not self.barred and start <= self.first and self.last <= end

    def sum_up(self) -> None:
        """Take over what is known of the children."""
        for child in self.children:
            if child.seen:
                self.first = self.first if self.seen else child.first
                self.last = child.last
                self.seen = True
            self.barred |= child.barred
            self.linked |= child.linked

    def become_link(self) -> None:
        """Make this mark a link, and tell all that stands in it, and all that holds it."""
        self.is_link = True
        for holder in self.holders():
            holder.linked = True
        within = [self]
        while within:
            node = within.pop()
            node.linked = True
            within += node.children

    def holders(self) -> Iterator[Node]:
        """It, and the elements and marks around it, from the inside out."""
        node = self
        while node.parent:
            yield node
            node = node.parent

    def and_following(self) -> list[Node]:
        """It, and its siblings after it."""
        siblings = self.parent.children if self.parent else [self]
        return siblings[siblings.index(self) :]


def mark_around(run: list[Node]) -> Node:
    """Put a new mark around siblings that follow each other."""
    parent = run[0].parent
    assert parent is not None  # no mark goes around a line
    mark = Node(parent, run[0].start, run[-1].end, children=run)
    mark.sum_up()
    left = parent.children.index(run[0])
    parent.children[left : left + len(run)] = [mark]
    for child in run:
        child.parent = mark
    return mark


class Forest:
    """The trees of a body, one a line, by those of their leaves that a reader sees, in order."""

    def __init__(self, body: Body, cuts: Sequence[int]) -> None:
        """`cuts`: the places where text is cut into leaves, ascending."""
        self.leaves: list[Node] = []
        self._body, self._cuts = body, cuts
        self._path = [Node(None, 0, 0)]  # from the line at hand to the innermost open element
        for token in body.tokens:
            self._add(token)
        self._unwind(1)
        self._starts = [leaf.start for leaf in self.leaves]

    def leaf_from(self, place: int) -> Node | None:
        """The first leaf that begins at a place or after it."""
        position = bisect_left(self._starts, place)
        return self.leaves[position] if position < len(self.leaves) else None

    def leaf_before(self, place: int) -> Node | None:
        """The last leaf that begins before a place."""
        position = bisect_left(self._starts, place)
        return self.leaves[position - 1] if position else None

    def _add(self, token: Token) -> None:
        match token.type:
            case TokenType.TEXT:
                self._text(token)
            case TokenType.WHOLE:
                self._leaf(token.start, token.end, token.seen, token.link)
            case TokenType.OPEN:
                element = Node(self._path[-1], token.start, token.end, token.name, token.link, token.link)
                self._path[-1].children.append(element)
                self._path.append(element)
            case TokenType.CLOSE:
                self._close(token)
            case TokenType.BREAK:
                self._unwind(1)
                self._path = [Node(None, 0, 0)]

    def _text(self, token: Token) -> None:
        within = self._cuts[bisect_right(self._cuts, token.start) : bisect_left(self._cuts, token.end)]
        for start, end in pairwise((token.start, *within, token.end)):
            self._leaf(start, end, self._shows(start, end), token.link)

    def _shows(self, start: int, end: int) -> bool:
        """Whether a reader sees anything of some text: of white space, only what became the space between words."""
        if not self._body.html[start:end].isspace():
            return True
        piece = bisect_left(self._body.starts, start)
        return piece < len(self._body.starts) and self._body.starts[piece] < end and self._body.ends[piece] > start

    def _leaf(self, start: int, end: int, seen: bool, linked: bool) -> None:
        leaf = Node(self._path[-1], start, end, linked=linked, seen=seen, first=start, last=end)
        self._path[-1].children.append(leaf)
        if seen:
            self.leaves.append(leaf)

    def _close(self, tag: Token) -> None:
        names = [element.name for element in self._path[1:]]
        if names and names[-1] == tag.name:
            element = self._path.pop()
            element.end = tag.end
            element.sum_up()
            return
        if tag.name in names:  # it closes an element across others: none of them is one, from the outermost on
            self._unwind(1 + names.index(tag.name))
        self._bar(tag.start, tag.end)

    def _unwind(self, depth: int) -> None:
        """Take the open elements from this depth on for none: their start tags become bars before what they hold."""
        while len(self._path) > depth:
            element = self._path.pop()
            parent = self._path[-1]
            parent.children.pop()  # an open element is its parent's last child
            self._bar(element.start, element.end)
            for child in element.children:
                child.parent = parent
            parent.children += element.children

    def _bar(self, start: int, end: int) -> None:
        self._path[-1].children.append(Node(self._path[-1], start, end, barred=True))
