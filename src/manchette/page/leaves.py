"""The leaves that a long page is divided into, and on which of them the register has each of its entries."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import count, groupby
from typing import Generic, TypeVar

from manchette import engine
from manchette.anchor.letters import slug
from manchette.engine import Addresses, Links
from manchette.format.kinds import ENTITY_KINDS, Entity, Kind
from manchette.format.layout import REGISTER, leaf_of
from manchette.load import Record
from manchette.page.parts import alphabetical
from manchette.site.site import Site
from manchette.typeset.words import WORDS

HOLDS = {"register": 80, "claims": 50, "timeline": 60, "map": 80, "corrections": 100, "library": 40, "named": 200}
"""How many entries, claims, events, places named, corrections or articles a page holds well; of more it is divided.

As many as make 40 kB of HTML, compressed: what an article of a few pages weighs with its notes, a second on a slow
phone. Of the first article's notes an entry takes 0.4 kB, a claim 0.7, an event 0.6. Articles and corrections are
shorter; of those it is what an eye still goes through, and more where only those are listed that name someone.
"""

_Item = TypeVar("_Item")


@dataclass(frozen=True)
class Leaf(Generic[_Item]):
    """A part of a long page: its name in an address, its label in words, and what it shows, in order."""

    name: str
    label: str
    drawer: str  # the label of the wide drawer that it is a part of; its own, where it is all of one or more
    items: tuple[_Item, ...]


@dataclass(frozen=True)
class Placed(Generic[_Item]):
    """Something to be put on a leaf: where it belongs, from the widest drawer to the narrowest, and what it counts."""

    path: tuple[str, ...]
    item: _Item
    counts: int = 1


def divide(
    placed: Sequence[Placed[_Item]], holds: int, words: Callable[[str, str], str], merged: bool
) -> tuple[Leaf[_Item], ...]:
    """Divide what is in order into leaves that hold so much at most, of which each begins and ends with a drawer.

    `words` says from which drawer to which a leaf goes. With `merged`, wide drawers that hold little share a leaf. One
    item that counts more than a leaf holds has a leaf of its own.
    """
    found: list[Leaf[_Item]] = []
    names: set[str] = set()
    labels: Counter[str] = Counter()
    for label, drawer, group in _divided(placed, holds, words, merged, 0) if placed else ():
        labels[label] += 1  # many of one name, whom nothing parts
        numbered = f"{label} ({labels[label]})" if labels[label] > 1 else label
        name = next(each for each in _names(slug(numbered)) if each not in names)
        names.add(name)
        found.append(Leaf(name, numbered, drawer or label, tuple(each.item for each in group)))
    return tuple(found)


def _names(name: str) -> Iterator[str]:
    """Names that an address may have: this one, and others: of another script no letter is left."""
    if name:
        yield name
    yield from (f"{name}-{number}".strip("-") for number in count(1))


def _divided(
    placed: Sequence[Placed[_Item]], holds: int, words: Callable[[str, str], str], merged: bool, depth: int
) -> Iterator[tuple[str, str, list[Placed[_Item]]]]:
    if depth == len(placed[0].path):  # no drawer is narrower
        drawers = [[each] for each in placed]
    else:
        drawers = [list(same) for _, same in groupby(placed, lambda each: each.path[depth])]
    at = min(depth, len(placed[0].path) - 1)
    for heavy, same in groupby(drawers, lambda drawer: len(drawer) > 1 and _total(drawer) > holds):
        if heavy:
            for drawer in same:
                widest = words(drawer[0].path[0], drawer[0].path[0])
                for label, _, inner in _divided(drawer, holds, words, True, depth + 1):
                    yield label, widest, inner
        else:
            groups = _shared(list(same), holds) if merged else ([drawer] for drawer in same)
            for group in groups:
                first, last = group[0][0].path[at], group[-1][-1].path[at]
                yield words(first, last), "", [each for drawer in group for each in drawer]


def _shared(drawers: Sequence[list[Placed[_Item]]], holds: int) -> Iterator[list[list[Placed[_Item]]]]:
    """Neighbours together, as many as a leaf holds, and about as many on each."""
    left = sum(map(_total, drawers))
    group: list[list[Placed[_Item]]] = []
    held = 0
    for drawer in drawers:
        count = _total(drawer)
        target = left / -(-left // holds)
        if group and (held + count > holds or held + count / 2 > target):
            yield group
            left -= held
            group, held = [], 0
        group.append(drawer)
        held += count
    if group:
        yield group


def _total(drawer: Sequence[Placed[_Item]]) -> int:
    return sum(each.counts for each in drawer)


# ---- the register


@dataclass(frozen=True)
class Entry:
    """An entry of the register: its kind, what is written, and the letter that it stands under."""

    kind: Kind
    record: Record[Entity]
    initial: str

    @property
    def anchor(self) -> str:
        """Its id on its page."""
        return f"{self.kind.name}--{self.record.id}"


def initial(name: str) -> str:
    """The letter that a name stands under, A to Z, or what it has instead of one: a digit, another script."""
    first = alphabetical(name)[:1]
    if "a" <= first <= "z":
        return first.upper()
    if first.isalpha() and not unicodedata.name(first, "").startswith("LATIN"):
        return str(WORDS.register.scripts)
    return first.upper() if first.isalpha() else str(WORDS.register.digits)


@lru_cache(maxsize=2)
def entries(site: Site) -> Mapping[str, tuple[Entry, ...]]:
    """Kind → its entries, in alphabetical order."""
    return {
        kind.name: tuple(
            Entry(kind, record, initial(record.entry.name))
            for record in sorted(site.registers[kind.name].values(), key=_order)
        )
        for kind in ENTITY_KINDS
    }


def entries_of(site: Site, kind: Kind, keys: Iterable[str] | None = None) -> Sequence[Entry]:
    """The entries of a kind, or those with these ids, in alphabetical order."""
    if keys is None:
        return site.ask(entries, kind.name) or ()
    records = sorted((site.registers[kind.name][key] for key in keys), key=_order)
    return [Entry(kind, record, initial(record.entry.name)) for record in records]


def _order(record: Record[Entity]) -> tuple[str, str]:
    """What entries stand by: their names, and where those are the same their ids."""
    return alphabetical(record.entry.name), record.id


@lru_cache(maxsize=2)
def register_shelves(site: Site) -> tuple[tuple[Kind, tuple[Leaf[Entry], ...], tuple[str, ...]], ...]:
    """Each kind, its entries divided by letter, and the page of each; nothing where one page holds the register."""
    by_kind = {kind: entries(site)[kind.name] for kind in ENTITY_KINDS}
    if not site.has(REGISTER) or sum(map(len, by_kind.values())) <= HOLDS["register"]:
        return ()
    found = []
    for kind, own in by_kind.items():
        placed = [Placed(name_drawers(each.record.entry.name), each) for each in own]
        leaves = divide(placed, HOLDS["register"], from_to, merged=True)
        names = [slug(kind.plural) if len(leaves) == 1 else f"{slug(kind.plural)}-{leaf.name}" for leaf in leaves]
        if leaves:
            found.append((kind, leaves, tuple(leaf_of(REGISTER, name) for name in names)))
    return tuple(found)


def name_drawers(name: str) -> tuple[str, ...]:
    """The drawers of a name: the letter that it stands under, and its first two, three and four letters."""
    plain = alphabetical(name).capitalize()
    return initial(name), *((plain[:length].strip() or initial(name)) for length in (2, 3, 4))


def from_to(first: str, last: str) -> str:
    """From one drawer to another: « A–C »."""
    if first == last:
        return first
    are_words = not {WORDS.register.digits, WORDS.register.scripts}.isdisjoint({first, last})
    return f"{first} {WORDS.leaves.to} {last}" if are_words else f"{first}–{last}"


@lru_cache(maxsize=2)
def _pages(site: Site) -> Mapping[tuple[str, str], str]:
    return {
        (entry.kind.name, entry.record.id): page
        for _, leaves, pages in register_shelves(visible(site))
        for leaf, page in zip(leaves, pages, strict=True)
        for entry in leaf.items
    }


def visible(site: Site) -> Site:
    """The site as its pages show it: a draft is served, and not built."""
    return site if engine.is_serving() else site.published


def is_divided(site: Site, links: Links) -> bool:
    """Whether the register has leaves. Zensical makes no pages but those that there are."""
    return links.addresses is not Addresses.SOURCES and bool(register_shelves(visible(site)))


def entry_address(site: Site, links: Links, kind: str, key: str) -> str:
    """The address of an entry of the register, on whichever page it stands."""
    page = site.ask(_pages, (kind, key)) if links.addresses is not Addresses.SOURCES else None
    return links.to(page or REGISTER, f"{kind}--{key}")
