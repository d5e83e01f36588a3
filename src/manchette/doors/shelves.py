"""What is divided into leaves, page by page: the register by letter, the doors of the whole library by year."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Sized
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from manchette.anchor.letters import slug
from manchette.doors.corrections import Changed, changes
from manchette.doors.drawers import drawers, period, period_back
from manchette.doors.home import newest
from manchette.doors.naming import namings
from manchette.doors.timeline import Row, rows_of
from manchette.engine import Links, Source
from manchette.format.kinds import PLACE, Kind
from manchette.format.layout import REGISTER, leaf_of
from manchette.page import about
from manchette.page.leaves import HOLDS, Entry, Leaf, Placed, divide, register_shelves
from manchette.page.parts import LinkView
from manchette.site.site import Article, Site
from manchette.typeset.words import WORDS


@dataclass(frozen=True, eq=False, kw_only=True)
class Shelf:
    """A page that is divided: by which macro, its title, and its leaves in reading order, each with its page."""

    page: str
    door: str
    title: str
    leaves: tuple[Leaf[Any], ...]
    pages: tuple[str, ...]
    kind: Kind | None = None  # where the register is divided, of which a shelf holds one kind
    words: str = ""  # the title of its leaves, where that is not the page's nor the kind's

    @property
    def front(self) -> int | None:
        """The number of the leaf that the page itself shows; None where it shows something else."""
        return self.pages.index(self.page) if self.page in self.pages else None

    def title_of(self, number: int) -> str:
        """The title of a leaf's page."""
        named = self.words or (self.kind.plural if self.kind else self.title)
        return f"{named}, {self.leaves[number].label}" if len(self.leaves) > 1 else named


@dataclass(frozen=True)
class StepView:
    """A leaf, or several, seen from another one; `count`: what it holds."""

    href: str
    label: str
    count: int
    current: str  # `aria-current`: this page, or true of what holds it; else nothing


@dataclass(frozen=True, kw_only=True)
class LeafView:
    """A leaf among the others."""

    title: str
    anchor: str
    up: LinkView | None  # to the page that is divided, unless this is it
    label: str
    rows: tuple[tuple[StepView, ...], ...]  # of leaves, from the wide to the narrow
    previous: LinkView | None
    next: LinkView | None


class Shelves:
    """Every page of a site that is divided, and the pages of its leaves."""

    def __init__(self, site: Site) -> None:
        """Which pages show what is divided is told later, to `fill`."""
        self.site = site
        self.shelves: dict[tuple[str, str], Shelf] = {}  # page, macro (for the register: its kind) → shelf
        self.on: dict[str, tuple[Shelf, int]] = {}  # page that is made → what it shows
        self.divided: dict[str, tuple[Leaf[Any], ...]] = {}  # macro → leaves

    def fill(self, sources: Mapping[str, Source]) -> dict[str, str]:
        """Page → text, of every page that is to be made."""
        for page, source in sources.items():
            doors = [door for door in _PLACED if door in source.calls and self.site.article_of(page) is None]
            for door in doors:
                if leaves := self._leaves(door):
                    self._add(page, door, source.title, leaves, len(doors) > 1)
        called = (REGISTER in sources and sources[REGISTER].title) or WORDS.doors.register
        for kind, leaves, pages in register_shelves(self.site):
            shelf = Shelf(page=REGISTER, door="register", title=called, kind=kind, leaves=leaves, pages=pages)
            self.shelves[REGISTER, kind.name] = shelf
            self.on |= {page: (shelf, number) for number, page in enumerate(pages)}
        for (_, key), naming in namings(self.site).items():
            words = WORDS.register.naming.format(self.site.entities[key][1].entry.name)
            shelf = Shelf(
                page=REGISTER, door="named", title=called, leaves=naming.leaves, pages=naming.pages, words=words
            )
            self.on |= {page: (shelf, number) for number, page in enumerate(naming.pages)}
        return {page: _text(shelf, number) for page, (shelf, number) in self.on.items()}

    def of(self, page: str, macro: str) -> Shelf | None:
        """What is divided on a page, where this macro shows it."""
        return self.shelves.get((page, macro))

    def _leaves(self, door: str) -> tuple[Leaf[Any], ...]:
        if door not in self.divided:
            placed = list(_PLACED[door](self.site))
            many = sum(each.counts for each in placed) > HOLDS[door]
            order = period if door == "timeline" else period_back  # the others have the latest first
            leaves = divide(placed, HOLDS[door], order, merged=door == "timeline") if many else ()
            self.divided[door] = leaves if len(leaves) > 1 or door == "library" else ()
        return self.divided[door]

    def _add(self, page: str, door: str, title: str | None, leaves: tuple[Leaf[Any], ...], shared: bool) -> None:
        """`shared`: other doors stand on the page, and may have leaves of the same years."""
        word = vars(WORDS.leaves.doors)[door]
        front = {"library": None, "timeline": len(leaves) - 1}.get(door, 0)  # the latest
        names = [f"{slug(word)}-{leaf.name}" if shared else leaf.name for leaf in leaves]
        pages = tuple(page if number == front else leaf_of(page, name) for number, name in enumerate(names))
        shelf = self.shelves[page, door] = Shelf(page=page, door=door, title=title or word, leaves=leaves, pages=pages)
        self.on |= {name: (shelf, number) for number, name in enumerate(pages) if name != page}

    def around(self, shelf: Shelf, number: int | None, links: Links) -> LeafView:
        """What stands around a leaf; around none, on a page that shows something else."""
        made = number is not None and number != shelf.front

        def beside(step: int) -> LinkView | None:
            at = len(shelf.leaves) if number is None else number + step
            return (
                LinkView("", links.to(shelf.pages[at]), shelf.leaves[at].label) if 0 <= at < len(shelf.leaves) else None
            )

        title = shelf.title_of(number) if number is not None else shelf.title
        return LeafView(
            title=title,
            anchor=slug(title),
            up=LinkView("", links.to(shelf.page), shelf.title) if made else None,
            label=WORDS.leaves.letters if shelf.kind else WORDS.leaves.years,
            rows=tuple(row for row in self._rows(shelf, number, links) if len(row) > 1 or number is None),
            previous=beside(-1),
            next=beside(1),
        )

    def _rows(self, shelf: Shelf, number: int | None, links: Links) -> Iterator[tuple[StepView, ...]]:
        if shelf.kind:
            others = [each for each in self.shelves.values() if each.kind]
            yield tuple(
                StepView(
                    links.to(each.pages[0]),
                    each.kind.plural,
                    _held(each, each.leaves),
                    _current(each is shelf, each.leaves),
                )
                for each in others
                if each.kind
            )
        here = None if number is None else shelf.leaves[number].drawer
        drawers = [
            (name, list(same)) for name, same in groupby(range(len(shelf.leaves)), lambda n: shelf.leaves[n].drawer)
        ]
        yield tuple(
            StepView(
                links.to(shelf.pages[same[0]]),
                name,
                _held(shelf, [shelf.leaves[n] for n in same]),
                _current(name == here, same),
            )
            for name, same in drawers
        )
        for name, same in drawers:
            if name == here:
                yield tuple(
                    StepView(
                        links.to(shelf.pages[n]),
                        shelf.leaves[n].label,
                        _held(shelf, [shelf.leaves[n]]),
                        _current(n == number, [n]),
                    )
                    for n in same
                )


def _current(true: bool, pages: Sized) -> str:
    return "" if not true else "page" if len(pages) == 1 else "true"


def _held(shelf: Shelf, leaves: Iterable[Leaf[Any]]) -> int:
    return _COUNTED.get(shelf.door, len)([item for leaf in leaves for item in leaf.items])


def _text(shelf: Shelf, number: int) -> str:
    """A page that holds nothing but a leaf. What lists articles is not searched: they are found themselves."""
    leaf, title = shelf.leaves[number], shelf.title_of(number)
    first, last = _name(leaf.items[0]), _name(leaf.items[-1])
    words = vars(WORDS.about.leaf)[shelf.door]
    said = about.told(words, _held(shelf, [leaf]), title=title, first=first, last=last)
    head = {"title": title, "description": said, "part_of": shelf.page, "render_macros": True}
    if shelf.door in {"library", "named"}:
        head["search"] = {"exclude": True}
    lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in head.items()]  # JSON is YAML
    return "\n".join(["---", *lines, "---", "", "{{ leaf() }}", ""])


def _name(item: object) -> str:
    """What a leaf's item is called, where it is an entry or an article."""
    if isinstance(item, Article):
        return item.front.title
    return item.record.entry.name if isinstance(item, Entry) else ""


# ---- by date


def _articles(site: Site) -> Iterator[Placed[Article]]:
    return (Placed(drawers(each.front.published), each) for each in newest(site))


def _with_claims(site: Site) -> Iterator[Placed[Article]]:
    found = ((each, len(each.numbers)) for each in newest(site))
    return (Placed(drawers(each.front.published), each, count) for each, count in found if count)


def _with_places(site: Site) -> Iterator[Placed[Article]]:
    found = ((each, sum(kind == PLACE.name for kind, _ in each.passages)) for each in newest(site))
    return (Placed(drawers(each.front.published), each, count) for each, count in found if count)


def _rows_of_all(site: Site) -> Iterator[Placed[Row]]:
    return (Placed(drawers(row.when), row) for row in rows_of(list(site.articles.values())))


def _changes(site: Site) -> Iterator[Placed[Changed]]:
    return (Placed(drawers(each.correction.date), each) for each in changes(list(site.articles.values())))


_PLACED: dict[str, Callable[[Site], Iterator[Placed[Any]]]] = {
    "library": _articles,
    "timeline": _rows_of_all,
    "claims": _with_claims,
    "map": _with_places,
    "corrections": _changes,
}
"""The macros that show the whole library → what they show, in its order."""

_COUNTED: dict[str, Callable[[Sequence[Any]], int]] = {
    "timeline": lambda rows: sum(row.record is not None and row.clock != "known" for row in rows),
    "claims": lambda articles: sum(len(article.numbers) for article in articles),
    "map": lambda articles: len({key for each in articles for key in each.passages if key[0] == PLACE.name}),
}
"""How many a reader is told that a leaf shows, where that is not its items."""
