"""Everything read, cross-checked and anchored: the one value from which pages, registers and exports are made."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from manchette import load

from manchette import marks

from manchette.site import markdown
from manchette.format.kinds import KINDS, Claim, Entity, Event, Kind, Person
from manchette.load import Record, Where
from manchette.marks.events import events
from manchette.format.model import ID, FrontMatter, Mention, Source
from manchette.site.placement import Annotations, Mark, place
from manchette.problems import Place, Problem, Severity, in_order, nearest

ARTICLES = "articles"


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
        """The page's source, relative to docs/."""
        return f"{ARTICLES}/{self.id}/index.md"

    def door(self, name: str) -> str:
        """The source of one of the article's doors, relative to docs/."""
        return f"{ARTICLES}/{self.id}/{name}.md"

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


@dataclass(frozen=True)
class Site:
    """The whole site, as far as annotations go."""

    root: Path
    settings: Mapping[str, str]  # extra.manchette in mkdocs.yml
    registers: Mapping[str, Mapping[str, Record[Entity]]]  # kind → id → entity
    sources: Mapping[str, Record[Source]]
    articles: Mapping[str, Article]
    problems: tuple[Problem, ...]
    unread: frozenset[str] = frozenset()  # files that could not be read, ids of entries that did not pass

    @cached_property
    def entities(self) -> Mapping[str, tuple[Kind, Record[Entity]]]:
        """Entity id → its kind and its entry; the ids of all registers are one namespace."""
        return {key: (kind, record) for kind in KINDS for key, record in self.registers.get(kind.name, {}).items()}

    def article_at(self, page: str) -> Article | None:
        """The article whose text is the page `page` (relative to docs/)."""
        parts = page.split("/")
        return (
            self.articles.get(parts[1]) if len(parts) == 3 and parts[0] == ARTICLES and parts[2] == "index.md" else None
        )

    def article_of(self, page: str) -> Article | None:
        """The article in whose folder the page `page` (relative to docs/) stands."""
        parts = page.split("/")
        return self.articles.get(parts[1]) if len(parts) == 3 and parts[0] == ARTICLES else None


def annotations_of(registers: Mapping[str, Mapping[str, Record[Entity]]], article: Article) -> Annotations:
    """What is to be placed in an article's text."""
    return Annotations(
        article.claims,
        article.events,
        article.mentions,
        {key: (kind, record.entry.forms) for kind, entries in registers.items() for key, record in entries.items()},
        Place(f"docs/{article.page}"),
    )


def open_site(root: Path, today: date | None = None) -> Site:
    """Read the site below `root`, again only where a file has changed. Bad input is in `problems`, never raised.

    `today` decides which entries are due for a review; by default it is this machine's.
    """
    return _open(root.resolve(), _stamp(root.resolve()), today or date.today())


def _stamp(root: Path) -> tuple[tuple[str, int, int], ...]:
    watched = [
        root / "mkdocs.yml",
        *(root / "annotations").rglob("*.yml"),
        *(root / "docs" / ARTICLES).glob("*/index.md"),
    ]
    return tuple(
        (str(path), s.st_mtime_ns, s.st_size) for path in sorted(watched) if path.exists() and (s := path.stat())
    )


@lru_cache(maxsize=2)
def _open(root: Path, _stamp: object, today: date) -> Site:
    extensions, settings, problems = _configured(root / "mkdocs.yml")
    names, found = load.find_articles(root)
    problems += found
    registers, sources, found = load.load_registers(root)
    problems = [*problems, *found, *load.check_layout(root, names)]
    articles = {}
    for name in names:
        article, found = _read_article(root, name, registers, extensions)
        problems += found
        if article:
            articles[name] = article
    site = Site(root, settings, registers, sources, articles, ())
    unread, ids = load.left_out(problems)
    cross = [problem for problem in _cross_check(site, today) if not _follows(problem, bool(unread), ids)]
    refused = [problem for article in articles.values() for problem in article.refused]
    return replace(site, problems=tuple(in_order([*problems, *refused, *cross])), unread=unread | ids)


def _configured(mkdocs_yml: Path) -> tuple[markdown.Extensions, Mapping[str, str], list[Problem]]:
    """What mkdocs.yml says of the text and of the site, as far as it can be used."""
    problems = []
    extensions = markdown.Extensions(markdown.BUILT_IN)
    settings: Mapping[str, str] = {}
    try:
        extensions, settings = markdown.extensions(mkdocs_yml), markdown.settings(mkdocs_yml)
    except markdown.ConfigError as error:
        place = Place(mkdocs_yml.name, error.line, error.column)
        problems.append(Problem(place, "bad-config", error.message, error.suggestion))
    extensions, refused = markdown.usable(extensions)
    for name, why in refused.items():
        message = f"markdown_extensions : « {name} » ne se charge pas ({why})"
        problems.append(Problem(Place(mkdocs_yml.name), "bad-extension", message, "installez-la, ou ôtez-la"))
    return extensions, settings, problems


def _follows(problem: Problem, unread: bool, refused: Collection[str]) -> bool:
    """Whether a problem may only be so because a file or an entry could not be read: that one is told already."""
    if problem.code == "unknown-id":
        return unread or any(f"« {key} »" in problem.message for key in refused)
    return problem.code == "unused-source" and (unread or bool(refused))


def _read_article(
    root: Path, name: str, registers: Mapping[str, Mapping[str, Record[Entity]]], extensions: markdown.Extensions
) -> tuple[Article | None, list[Problem]]:
    source, problems = load.load_article(root, name)
    claims, events, mentions, found = load.load_sidecars(root, name)
    problems = [*problems, *found]
    if source is None:
        return None, problems
    try:
        html = markdown.render(source.body, extensions)
        body = marks.read(html)
    except Exception as error:  # an extension is anyone's code
        said = f"{type(error).__name__} : {error}".partition("\n")[0]
        message = f"une extension de mkdocs.yml ne sait pas lire ce texte ({said})"
        problem = Problem(Place(source.file), "unreadable", message, "simplifiez-le, ou ôtez l’extension")
        return None, [*problems, problem]
    problems += _reserved(Place(source.file, source.body_line), html)
    article = Article(name, source.front.entry, source.front.where, body, claims, events, tuple(mentions))
    placed, found = place(body, annotations_of(registers, article))
    order = [mark.id for mark in placed if mark.kind == "claim"]
    claims = {key: claims[key] for key in dict.fromkeys([*order, *claims])}
    return replace(article, claims=claims, marks=placed, refused=tuple(found)), problems


_ADDRESS = re.compile(rf"(?:note|{'|'.join(kind.name for kind in KINDS)})--.*")


def _reserved(where: Place, html: str) -> list[Problem]:
    """Ids of the text's own that would be taken for addresses of annotations."""
    if "--" not in html:
        return []
    ids = (event.attributes.get("id", "") for event in events(html) if not event.closing)
    return [
        Problem(
            where,
            "reserved-address",
            f"l’identifiant « {key} » dans le texte est de ceux des annotations",
            "donnez-lui un nom sans « -- »",
        )
        for key in dict.fromkeys(ids)
        if _ADDRESS.fullmatch(key)
    ]


# --- What one file cannot show by itself -------------------------------------------------------------------------


def _cross_check(site: Site, today: date) -> Iterator[Problem]:
    cited: set[str] = set()
    named = {key for article in site.articles.values() for key in _named(article)}
    for key, (_, record) in site.entities.items():
        yield from _sources(site, record, record.entry.sources, ("sources",), cited)
        if isinstance(record.entry, Person):
            for position, role in enumerate(record.entry.roles):
                yield from _sources(site, record, role.sources, ("roles", position, "sources"), cited)
        if key not in named:
            yield Problem(
                record.where.place,
                "unused-entity",
                "aucun article ne nomme cette fiche",
                "ajoutez une forme à « aliases », une ligne à mentions.yml, ou citez-la dans « about »",
                key,
                Severity.NOTICE,
            )
        due = record.entry.review_by
        if due and due.latest and due.latest < today:
            yield Problem(
                record.where.at("review_by"),
                "stale-entry",
                f"fiche à relire depuis « {due.text} »",
                "vérifiez qu’elle est encore juste, puis repoussez « review_by »",
                key,
                Severity.NOTICE,
            )
    for article in site.articles.values():
        yield from _check_article(site, article, cited)
    for key, source in site.sources.items():
        if key not in cited:
            yield Problem(
                source.where.place,
                "unused-source",
                "cette source n’est citée nulle part",
                "citez-la, ou supprimez-la",
                key,
            )


def _check_article(site: Site, article: Article, cited: set[str]) -> Iterator[Problem]:
    organizations = site.registers["organization"]
    if article.front.publisher not in organizations:
        yield _unknown(article.header.at("publisher"), article.front.publisher, organizations, "l’organisation")
    sidecars: list[Record[Claim] | Record[Event]] = [*article.claims.values(), *article.events.values()]
    for record in sidecars:
        for position, key in enumerate(record.entry.about):
            if key not in site.entities:
                yield _unknown(record.where.at("about", position), key, site.entities, "la fiche", record.id)
    for event in article.events.values():
        yield from _sources(site, event, event.entry.sources, ("sources",), cited)
        for position, key in enumerate(event.entry.claims):
            if key not in article.claims:
                yield _unknown(event.where.at("claims", position), key, article.claims, "l’affirmation", event.id)
        stated = event.entry.stated
        if stated and not stated.contains(event.entry.when):
            yield Problem(
                event.where.at("stated"),
                "stated-elsewhere",
                f"« stated » ({stated.text}) ne contient pas « when » ({event.entry.when.text})",
                "« stated » dit, en plus vague, la même date",
                event.id,
                Severity.NOTICE,
            )
    for claim in article.claims.values():
        for position, item in enumerate(claim.entry.evidence):
            yield from _sources(site, claim, (item.source,), ("evidence", position, "source"), cited)
        for position, name in enumerate(claim.entry.attribution):
            if ID.fullmatch(name) and name not in site.entities:
                yield _unknown(claim.where.at("attribution", position), name, site.entities, "la fiche", claim.id)
    for mention in article.mentions:
        meant = mention.entry.entity
        if meant is not None and meant not in site.entities:
            yield _unknown(mention.where.at("entity"), meant, site.entities, "la fiche")


def _sources(
    site: Site, record: Record[Any], keys: Iterable[str], path: tuple[str | int, ...], cited: set[str]
) -> Iterator[Problem]:
    for position, key in enumerate(keys):
        cited.add(key)
        if key not in site.sources:
            spot = path if path[-1] == "source" else (*path, position)
            yield _unknown(record.where.at(*spot), key, site.sources, "la source", record.id)


def _unknown(where: Place, key: str, known: Iterable[str], what: str, entry: str = "") -> Problem:
    near = nearest(key, known)
    suggestion = f"écrivez « {near} »" if near else "ajoutez-la, ou corrigez l’identifiant"
    return Problem(where, "unknown-id", f"{what} « {key} » n’existe pas", suggestion, entry)


def _named(article: Article) -> Iterator[str]:
    """The ids of the entities that an article names in one way or another."""
    yield article.front.publisher
    yield from (mark.id for mark in article.marks if mark.kind not in {"claim", "date"})
    for claim in article.claims.values():
        yield from (*claim.entry.about, *claim.entry.attribution)
    for event in article.events.values():
        yield from event.entry.about
