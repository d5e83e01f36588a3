"""What a server made for one page and need not make again: kept with all that it was made from.

Nothing says beforehand which entries and articles a page shows: they are watched while it is made. It is made anew once
one of them, the settings or what was handed in is another; so what is kept is always what would be made.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from manchette import engine
from manchette.format.kinds import ENTITY_KINDS
from manchette.format.layout import concerns
from manchette.load import Record
from manchette.site.site import Article, Site

K = TypeVar("K")
V = TypeVar("V")
T = TypeVar("T")
_MISSING = object()

_REGISTERS = {"source", "entities", *(kind.name for kind in ENTITY_KINDS)}
Asked = dict[tuple[object, ...], object]
"""What was asked of a site, and its answers."""


class _Watched(Mapping[K, V], Generic[K, V]):
    """A mapping that writes down what it is asked."""

    def __init__(self, name: str, mapping: Mapping[K, V], asked: Asked) -> None:
        self.name, self.mapping, self.asked = name, mapping, asked

    def __getitem__(self, key: K) -> V:
        self.asked[self.name, key] = self.mapping.get(key, _MISSING)
        return self.mapping[key]

    def __contains__(self, key: object) -> bool:
        self.asked[self.name, key] = self.mapping.get(key, _MISSING)  # type: ignore[arg-type]
        return key in self.mapping

    def __iter__(self) -> Iterator[K]:
        self.asked[self.name,] = tuple(self.mapping)
        return iter(self.mapping)

    def __len__(self) -> int:
        self.asked[self.name,] = tuple(self.mapping)
        return len(self.mapping)


class _WatchedSite(Site):
    """A site that writes down what it is asked of registers, sources, articles and pages."""

    asked: Asked
    whole: Site

    def ask(self, view: Callable[[Site], Mapping[K, V]], key: K) -> V | None:
        answer = self.whole.ask(view, key)
        self.asked["ask", view, key] = answer
        return answer

    def has(self, page: str) -> bool:
        self.asked["has", page] = super().has(page)
        return super().has(page)


def _watched(site: Site, asked: Asked) -> Site:
    registers = {kind: _Watched(kind, records, asked) for kind, records in site.registers.items()}
    watched = _WatchedSite(
        site.root,
        site.settings,
        registers,
        _Watched("source", site.sources, asked),
        _Watched("article", site.articles, asked),
        site.problems,
        site.unread,
        site.kept,
    )
    derived = {name: _Watched(name, getattr(site, name), asked) for name in ("entities", "named")}
    watched.__dict__.update(asked=asked, whole=site, **derived)
    return watched


def _answer(site: Site, question: tuple[object, ...]) -> object:
    """What `site` answers today."""
    name, *keys = question
    if name == "ask":
        return site.ask(*keys)  # type: ignore[arg-type]
    if name == "has":
        return site.has(str(keys[0]))
    mapping = _mapping(site, str(name))
    return mapping.get(keys[0], _MISSING) if keys else tuple(mapping)


def _mapping(site: Site, name: str) -> Mapping[Any, Any]:
    match name:
        case "source":
            return site.sources
        case "article":
            return site.articles
        case "entities":
            return site.entities
        case "named":
            return site.named
    return site.registers.get(name, {})


def _same(old: object, new: object) -> bool:
    """Whether two answers are the same to a reader: entries by what they say, and by where their edit links lead.

    The lines of a register's entries do not count: they are written into pages last.
    An article that was read again is another one: to compare its whole text would take longer than it saves.
    """
    if old is new:
        return True
    if isinstance(old, Article):
        return False
    if isinstance(old, tuple) and isinstance(new, tuple):
        return len(old) == len(new) and all(_same(*pair) for pair in zip(old, new, strict=True))
    if isinstance(old, Record) and isinstance(new, Record):
        was, now = old.where.place, new.where.place
        moved = was != now and (was.file != now.file or concerns(now.file) is not None)
        return not moved and (old.entry is new.entry or old.entry == new.entry)
    return old == new


@dataclass
class _Made(Generic[T]):
    given: tuple[object, ...]
    asked: Asked
    value: T
    files: tuple[object, object]  # what was read of the registers when its questions had these answers

    def is_of(self, site: Site) -> bool:
        """Whether the site answers now what it answered then; registers that were not read again are not asked."""
        read = self.files[0] is site.registers and self.files[1] is site.sources
        for question, answer in self.asked.items():
            if not (read and question[0] in _REGISTERS) and not _same(answer, _answer(site, question)):
                return False
        self.files = (site.registers, site.sources)
        return True


_made: dict[tuple[str, ...], _Made[Any]] = {}  # one for each page, and one for each of its macros
_wholes: dict[str, set[tuple[str, ...]]] = {}  # page → what is remembered of it that is part of nothing else remembered


def unchanged(page: str, site: Site) -> bool:
    """Whether nothing of the page would be made again, as far as the site goes; its own text is for others to tell."""
    found = [_made[key] for key in _wholes.get(page, ())]
    return bool(found) and all(
        made.given[-2] == site.settings and _are_of(site, made.given) and made.is_of(site) for made in found
    )


def _are_of(site: Site, given: object) -> bool:
    """Whether the articles in what was handed in are those that the site has now."""
    if isinstance(given, Article):
        return site.articles.get(given.id) is given
    return not isinstance(given, tuple) or all(_are_of(site, each) for each in given)


def remembered(key: tuple[str, ...], site: Site, given: tuple[object, ...], make: Callable[[Site], T]) -> T:
    """What `make` makes of the site, or what it made before under this key if it would be the same.

    `given`: whatever else it depends on. Where nothing is served every page is made once, and nothing is kept.
    What is made of something remembered depends on all that this depends on.
    """
    if not engine.is_serving():
        return make(site)
    whole = site.whole if isinstance(site, _WatchedSite) else site
    given = (*given, site.settings, site.root)
    made = _made.get(key)
    if made is None or not _same(made.given, given) or not made.is_of(whole):
        asked: Asked = {}
        value: T = make(_watched(whole, asked))
        if whole is site:
            _wholes.setdefault(key[0], set()).add(key)
        files = (whole.registers, whole.sources)
        made = _made[key] = _Made(given, asked, value, files)
    if isinstance(site, _WatchedSite):
        site.asked.update(made.asked)
    kept: T = made.value
    return kept
