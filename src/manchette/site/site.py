"""The site: everything read and placed, the one value from which pages, registers and exports are made."""

from __future__ import annotations

import os.path
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import TypeVar

from manchette import marks
from manchette.format.kinds import KINDS, Claim, Entity, Event, Kind
from manchette.format.layout import article_of, file_of, is_text, page_of
from manchette.format.model import FrontMatter, Mention, Settings, Source
from manchette.load import Record, Where
from manchette.problems import Place, Problem, Severity
from manchette.site.placement import Annotations, Mark, Names

K = TypeVar("K")
V = TypeVar("V")


@dataclass(frozen=True)
class Article:
    """One article: its text, and its annotations where they stand."""

    id: str
    front: FrontMatter
    header: Where  # where the front matter is written
    body: marks.Body
    claims: Mapping[str, Record[Claim]]  # in document order, those without a place last
    events: Mapping[str, Record[Event]]
    mentions: tuple[Record[Mention], ...]
    marks: tuple[Mark, ...] = ()
    refused: tuple[Problem, ...] = ()  # what has no place in the text

    @property
    def page(self) -> str:
        """The page of its text."""
        return page_of(self.id)

    @property
    def file(self) -> str:
        """The file of its text."""
        return file_of(self.page)

    @cached_property
    def numbers(self) -> Mapping[str, int]:
        """Claim id → the number shown to readers, from 1 in document order; never an address."""
        placed = (mark.id for mark in self.marks if mark.kind == "claim")
        return {key: number for number, key in enumerate(placed, 1)}

    @cached_property
    def passages(self) -> Mapping[tuple[str, str], tuple[Mark, ...]]:
        """(kind, id) → its marks, in document order."""
        found: dict[tuple[str, str], list[Mark]] = {}
        for mark in self.marks:
            found.setdefault((mark.kind, mark.id), []).append(mark)
        return {key: tuple(value) for key, value in found.items()}

    @cached_property
    def named(self) -> frozenset[str]:
        """The ids of the entities that it names in one way or another, and whatever else is attributed something."""
        found = {self.front.publisher, *(mark.id for mark in self.marks if mark.kind not in {"claim", "date"})}
        for claim in self.claims.values():
            found.update(claim.entry.about, claim.entry.attribution)
        for event in self.events.values():
            found.update(event.entry.about)
        return frozenset(found)

    @cached_property
    def cited(self) -> frozenset[str]:
        """The ids of the sources that it cites."""
        evidence = (item.source for claim in self.claims.values() for item in claim.entry.evidence)
        return frozenset(chain(evidence, *(event.entry.sources for event in self.events.values())))


SHARED = ""
"""Stands for the registers, among the ids of articles."""


@dataclass(frozen=True, eq=False)
class Site:
    """The whole site, as far as annotations go. What is derived from one is kept by its identity."""

    root: Path
    settings: Settings
    registers: Mapping[str, Mapping[str, Record[Entity]]]  # kind → id → entity
    sources: Mapping[str, Record[Source]]
    articles: Mapping[str, Article]
    problems: tuple[Problem, ...]
    unread: frozenset[str] = frozenset()  # files that could not be read, ids of entries that did not pass
    kept: frozenset[str] = frozenset()  # articles, or SHARED, that are shown as they were before the problems

    @cached_property
    def errors(self) -> tuple[Problem, ...]:
        """Those of its problems that keep something from being shown as it was written."""
        return tuple(problem for problem in self.problems if problem.severity is Severity.ERROR)

    @cached_property
    def entities(self) -> Mapping[str, tuple[Kind, Record[Entity]]]:
        """Entity id → its kind and its entry; the ids of all registers are one namespace."""
        return {key: (kind, record) for kind in KINDS for key, record in self.registers.get(kind.name, {}).items()}

    @cached_property
    def names(self) -> Names:
        """The entities as texts are searched for them."""
        return Names(self.registers)

    @cached_property
    def only_in_drafts(self) -> frozenset[str]:
        """The ids of the entities that drafts name, and nothing else."""
        return only_in_drafts((each.front.draft, each.named) for each in self.articles.values())

    @cached_property
    def published(self) -> Site:
        """The site without its drafts, and without the entities that only they name."""
        hidden = self.only_in_drafts
        if not any(each.front.draft for each in self.articles.values()):
            return self
        return replace(
            self,
            articles={key: each for key, each in self.articles.items() if not each.front.draft},
            registers={
                name: {key: record for key, record in records.items() if key not in hidden}
                for name, records in self.registers.items()
            },
        )

    @cached_property
    def named(self) -> Mapping[tuple[str, str], tuple[Article, ...]]:
        """(kind, id) → the articles that have a passage of it, in the order of their ids."""
        found: dict[tuple[str, str], list[Article]] = {}
        for article in self.articles.values():
            for key in article.passages:
                found.setdefault(key, []).append(article)
        return {key: tuple(articles) for key, articles in found.items()}

    def article_at(self, page: str) -> Article | None:
        """The article whose text is `page`."""
        return self.article_of(page) if is_text(page) else None

    def article_of(self, page: str) -> Article | None:
        """The article in whose folder `page` stands."""
        return self.articles.get(article_of(page) or "")

    def ask(self, view: Callable[[Site], Mapping[K, V]], key: K) -> V | None:
        """What a view of the whole site, kept by whoever makes it, says of `key`: all that a page needs of it."""
        return view(self).get(key)

    def has(self, page: str) -> bool:
        """Whether the project has this page."""
        return os.path.exists(f"{self.root}/{file_of(page)}")  # asked of each claim, and pathlib takes thrice as long


def only_in_drafts(articles: Iterable[tuple[bool, Collection[str]]]) -> frozenset[str]:
    """The ids of the entities that drafts name, and nothing else; of each article whether it is one, and its names."""
    by_state: dict[bool, set[str]] = {True: set(), False: set()}
    for draft, named in articles:
        by_state[draft].update(named)
    return frozenset(by_state[True] - by_state[False])


def annotations_of(names: Names, article: Article) -> Annotations:
    """What is to be placed in an article's text."""
    return Annotations(article.claims, article.events, article.mentions, names, Place(article.file))
