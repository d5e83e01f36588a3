"""What was read, and where it is written: values with their places, entries with their records."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Generic, TypeVar

from manchette.problems import Place

T = TypeVar("T")
Path = tuple[str | int, ...]


@dataclass(slots=True)
class Key:
    """A key of a mapping, and where it stands, as a node."""

    file: str
    line: int
    column: int
    text: str

    @property
    def place(self) -> Place:
        """Where it is written."""
        return Place(self.file, self.line, self.column)


@dataclass(frozen=True, slots=True)
class Cut:
    """What a comment cuts off a text that stands without quotation marks."""

    place: Place  # of the comment
    kept: str
    comment: str  # with its sign
    written: str  # the line as it should be written, if the comment is part of the text
    breaks: bool  # whether the file cannot be read because of it

    @property
    def glued(self) -> bool:
        """Whether nothing stands between the sign and what follows, as in « no #1 »."""
        return re.match(r"#+[^\s#]", self.comment) is not None

    def in_key(self, line: str) -> bool:
        """Whether the comment cuts the key that `line` begins with."""
        return line.lstrip().startswith(self.kept) and re.search(r":(?:\s|$)", self.comment) is not None


@dataclass(slots=True)
class Node:
    """A value and where it stands: a text, a list of nodes, or the pairs of a mapping in the order written.

    Not frozen, though nobody changes one: an article has hundreds, and a frozen one takes three times as long to make.
    Nor does it hold its place, for which hardly anyone asks.
    """

    file: str
    line: int
    column: int
    text: str | None = None
    items: Sequence[Node] = ()
    pairs: Sequence[tuple[Key, Node]] = ()  # a key written twice is here twice
    index: dict[str, tuple[Key, Node]] | None = None  # of a mapping: the first pair of each key
    cut: Cut | None = None

    @property
    def place(self) -> Place:
        """Where it is written."""
        return Place(self.file, self.line, self.column)

    @property
    def is_mapping(self) -> bool:
        """Whether this is a mapping, an empty one too."""
        return self.index is not None

    def plain(self) -> Any:
        """The value alone: str, list or dict. Of a key written twice the first counts."""
        if self.index is not None:
            return {key: node.plain() for key, (_, node) in self.index.items()}
        return [node.plain() for node in self.items] if self.text is None else self.text

    def walk(self) -> list[Node]:
        """This node and all below it."""
        found = [self]
        for node in self.items or [value for _, value in self.pairs]:
            if node.text is None:
                found += node.walk()
            else:
                found.append(node)
        return found

    def leaves(self, path: Path = ()) -> Iterator[tuple[Path, Node]]:
        """The texts below this node, each with the keys and numbers that lead to it."""
        below: list[tuple[str | int, Node]] = [*enumerate(self.items), *((key.text, node) for key, node in self.pairs)]
        for name, node in below:
            if node.text is None:
                yield from node.leaves((*path, name))
            else:
                yield (*path, name), node

    def step(self, name: str | int) -> tuple[Key | None, Node] | None:
        """One step down: the key's place and the value of a key, or the item of a list."""
        if isinstance(name, int):
            return (None, self.items[name]) if 0 <= name < len(self.items) else None
        return self.index.get(name) if self.index else None


def index_of(pairs: Sequence[tuple[Key, Node]]) -> dict[str, tuple[Key, Node]]:
    """The first pair of each key."""
    index = {pair[0].text: pair for pair in pairs}
    if len(index) < len(pairs):
        for pair in reversed(pairs):
            index[pair[0].text] = pair
    return index


STUB = "À compléter"
"""With this begins a text that is yet to be written."""


@dataclass(frozen=True)
class Written:
    """An entry as it is written: `place` is that of its key, or of the item of a list."""

    place: Place
    node: Node

    def at(self, *path: str | int) -> Place:
        """The place of a value, `at("evidence", 0, "source")`; where there is none, of what would hold it."""
        return self._walk(path)[1]

    def key(self, *path: str | int) -> Place:
        """The place of a key, `key("quote")`; where there is none, of what would hold it."""
        return self._walk(path)[0]

    def keys(self, *path: str | int) -> set[str]:
        """The keys of the mapping at `path`."""
        node = self.node
        for name in path:
            if (step := node.step(name)) is None:
                return set()
            node = step[1]
        return set(node.index or ())

    def deepest(self, path: Path) -> str:
        """The last key of `path` that is written; empty where none is."""
        node, last = self.node, ""
        for name in path:
            if (step := node.step(name)) is None:
                break
            last, node = (name if isinstance(name, str) else last), step[1]
        return last

    def where(self) -> Where:
        """Where it is written, without what."""
        spots: list[int] = []
        stubs: list[Place] = []

        def shape_of(node: Node) -> _Shape:
            shape: list[str | int | _Shape] = []
            for number, item in enumerate(node.items):
                note(shape, number, item, item)
            for name, (key, value) in (node.index or {}).items():
                note(shape, name, key, value)
            return tuple(shape)

        def note(shape: list[str | int | _Shape], name: str | int, at: Key | Node, node: Node) -> None:
            spots.extend((at.line, at.column, node.line, node.column))
            shape.append(name)
            if node.text is None:
                shape.append(shape_of(node))
            elif node.text.startswith(STUB):
                stubs.append(node.place)

        return Where(self.place, _numbered(shape_of(self.node)), array("I", spots), tuple(stubs))

    def _walk(self, path: Path) -> tuple[Place, Place]:
        key, value, node = self.place, self.place, self.node
        for name in path:
            step = node.step(name)
            if step is None:
                return value, value
            written, node = step
            key, value = written.place if written else node.place, node.place
        return key, value


_Shape = tuple["str | int | _Shape", ...]
"""The keys of a mapping or the numbers of a list, each before the shape of what it holds, if that is no text."""


@lru_cache(maxsize=1024)  # most entries of a kind have the same keys as some other
def _numbered(shape: _Shape) -> Mapping[Path, int]:
    return {path: number for number, path in enumerate(_paths(shape))}


def _paths(shape: _Shape, above: Path = ()) -> Iterator[Path]:
    path = above
    for each in shape:
        if isinstance(each, tuple):
            yield from _paths(each, path)
        else:
            path = (*above, each)
            yield path


@dataclass(frozen=True, slots=True)
class Where:
    """Where an entry is written, and where each value in it is, in a tenth of the room that its tree takes."""

    place: Place  # of its key, or of the item of a list
    numbers: Mapping[Path, int]  # of what stands in it: a key and its value, or an item
    spots: array[int]  # for each of these the line and column of the key, and of the value; an item is its own key
    stubs: tuple[Place, ...]  # of the texts that are yet to be written

    def at(self, *path: str | int) -> Place:
        """The place of a value, `at("evidence", 0, "source")`; where there is none, of what would hold it."""
        return self._spot(path, 2)

    def key(self, *path: str | int) -> Place:
        """The place of a key, `key("quote")`; where there is none, of what would hold it."""
        return self._spot(path, 0 if path in self.numbers else 2)

    def _spot(self, path: Path, part: int) -> Place:
        while path and path not in self.numbers:
            path = path[:-1]
        if not path:
            return self.place
        at = 4 * self.numbers[path] + part
        return Place(self.place.file, self.spots[at], self.spots[at + 1])


@dataclass(frozen=True)
class Record(Generic[T]):
    """An entry that passed, its id, and where it is written."""

    id: str
    entry: T
    where: Where
