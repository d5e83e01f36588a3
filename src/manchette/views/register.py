"""The register: every entity, and where each article names it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from manchette import prose, wording
from manchette.edtf import When
from manchette.kinds import ENTITY_KINDS, Entity, Kind, Organization, Person
from manchette.load import Record
from manchette.site import Article, Site
from manchette.views.notes import native
from manchette.views.parts import (
    DateView,
    HostView,
    LinkView,
    Links,
    OriginalView,
    SourceView,
    edit_address,
    plain_date,
    sources,
)


@dataclass(frozen=True)
class CellView:
    """One paragraph of an article in an entry's concordance."""

    paragraph: int
    href: str | None  # the first mention there
    count: int


@dataclass(frozen=True)
class ConcordanceView:
    """Where an article names the entity."""

    title: str
    href: str
    cells: tuple[CellView, ...]
    total: int


@dataclass(frozen=True)
class RoleView:
    """A dated role."""

    title: str
    since: str | None


@dataclass(frozen=True)
class FactView:
    """A dated fact: birth, foundation."""

    label: str
    date: DateView


@dataclass(frozen=True)
class EntryView:
    """An entry of the register."""

    anchor: str
    name: str
    lang: str | None
    originals: tuple[OriginalView, ...]
    roles: tuple[RoleView, ...]
    facts: tuple[FactView, ...]
    description: Markup
    links: tuple[LinkView, ...]
    sources: tuple[SourceView, ...]
    concordances: tuple[ConcordanceView, ...]
    edit: HostView | None


@dataclass(frozen=True)
class SectionView:
    """The entries of one kind."""

    kind: Kind
    entries: tuple[EntryView, ...]


@dataclass(frozen=True)
class RegisterView:
    """The register, or a part of it."""

    sections: tuple[SectionView, ...]
    several: bool  # more than one article


def register(site: Site, articles: Sequence[Article], kinds: Iterable[str], links: Links, everything: bool) -> RegisterView:
    """The entities of `kinds`; with `everything`, also those that `articles` do not name."""
    wanted = set(kinds)
    sections = []
    for kind in ENTITY_KINDS:
        if kind.name not in wanted:
            continue
        entries = [
            _entry(site, kind, record, articles, links)
            for record in site.registers[kind.name].values()
            if everything or any((kind.name, record.id) in article.passages for article in articles)
        ]
        if entries:
            entries.sort(key=lambda entry: _alphabetical(entry.name))
            sections.append(SectionView(kind, tuple(entries)))
    return RegisterView(tuple(sections), len(articles) > 1)


def _alphabetical(name: str) -> str:
    """French order: accents and case count for nothing."""
    return "".join(c for c in unicodedata.normalize("NFD", name.casefold()) if not unicodedata.combining(c))


def _entry(site: Site, kind: Kind, record: Record[Entity], articles: Sequence[Article], links: Links) -> EntryView:
    entity = record.entry
    lang, originals = native(entity)
    roles: tuple[RoleView, ...] = ()
    facts: list[tuple[str, When | None]] = []
    cited = list(entity.sources)
    if isinstance(entity, Person):
        roles = tuple(RoleView(role.title, wording.since(role.when) if role.when else None) for role in entity.roles)
        facts = [("Naissance", entity.born), ("Mort", entity.died)]
        cited += [key for role in entity.roles for key in role.sources]
    elif isinstance(entity, Organization):
        facts = [("Fondation", entity.founded), ("Dissolution", entity.dissolved)]
    outside = []
    if entity.wikipedia:
        outside.append(LinkView("mch-ext", entity.wikipedia, "Wikipédia"))
    if entity.wikidata:
        outside.append(LinkView("mch-ext", f"https://www.wikidata.org/wiki/{entity.wikidata}", "Wikidata"))
    concordances = (_concordance(article, kind.name, record.id, links) for article in articles)
    return EntryView(
        f"{kind.name}--{record.id}",
        entity.name,
        lang,
        originals,
        roles,
        tuple(FactView(label, plain_date(when)) for label, when in facts if when),
        prose.html(entity.description),
        tuple(outside),
        sources(site, cited),
        tuple(found for found in concordances if found.total),
        edit_address(site, record),
    )


def _concordance(article: Article, kind: str, key: str, links: Links) -> ConcordanceView:
    marks = article.passages.get((kind, key), ())
    cells = []
    for number in range(1, len(article.body.paragraphs) + 1):
        here = [mark for mark in marks if article.body.paragraph(mark.span.start) == number]
        cells.append(CellView(number, links.to(article.page, here[0].anchor) if here else None, len(here)))
    return ConcordanceView(article.front.title, links.to(article.page), tuple(cells), len(marks))
