"""The register: every entity, and where each article names it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup

from manchette.anchor.letters import slug
from manchette.doors.naming import namings
from manchette.engine import Addresses, Links
from manchette.format.edtf import When
from manchette.format.kinds import ENTITY_KINDS, Entity, Kind, Organization, Person
from manchette.format.layout import REGISTER
from manchette.marks import Part
from manchette.page.leaves import Entry, entries_of
from manchette.page.parts import (
    DateView,
    HostView,
    LinkView,
    OriginalView,
    SourceView,
    alphabetical,
    bare,
    edit_address,
    native,
    plain_date,
    sources,
    where,
)
from manchette.page.remembered import remembered
from manchette.page.slots import line, place
from manchette.site.site import Article, Site
from manchette.typeset import dates, prose, typography
from manchette.typeset.render import macro
from manchette.typeset.words import WORDS

LONG = 40  # entries of a section from which letters lead to them
ROW = 12  # paragraphs in a row of a concordance
SHOWN = 3  # articles whose concordances are all open to view; of more, the first alone
LATEST = 20  # articles of an entry whose articles have a page of their own


@dataclass(frozen=True, kw_only=True)
class CellView:
    """A paragraph that names an entity, and where it stands in the concordance (from 1); or a footnote, beside it."""

    part: Part
    row: int
    column: int
    href: str  # the first mention there
    count: int

    @property
    def where(self) -> str:
        """The paragraph or footnote, in words."""
        return where(self.part)


@dataclass(frozen=True, kw_only=True)
class ConcordanceView:
    """Where an article names the entity."""

    title: str
    lang: str
    href: str
    cells: tuple[CellView, ...]
    footnotes: tuple[CellView, ...]
    total: int
    rows: int
    columns: int
    rest: int  # places of the last row that stand for no paragraph


@dataclass(frozen=True, kw_only=True)
class ArticleView:
    """An article that names the entity, from its first mention there."""

    title: str
    lang: str
    href: str
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


@dataclass(frozen=True, kw_only=True)
class EntryView:
    """An entry of the register."""

    anchor: str
    name: str
    lang: str | None
    initials: tuple[str, ...]  # « OTAN »
    originals: tuple[OriginalView, ...]
    roles: tuple[RoleView, ...]
    facts: tuple[FactView, ...]
    description: Markup
    links: tuple[LinkView, ...]
    sources: tuple[SourceView, ...]
    concordances: tuple[ConcordanceView, ...]
    more: tuple[ArticleView, ...]  # folded, without their paragraphs
    every: LinkView | None  # to a list of all articles, where these are only the latest
    edit: HostView | None
    found_as: str  # its forms without accents, and its other forms: for the search, on the page that it reads


@dataclass(frozen=True)
class LetterView:
    """An initial, and the first entry that has it."""

    letter: str
    anchor: str


@dataclass(frozen=True, kw_only=True)
class SectionView:
    """The entries of one kind, or of one letter of it."""

    kind: Kind
    anchor: str
    title: str
    letters: tuple[LetterView, ...]
    entries: tuple[Entry, ...]
    places: tuple[Markup, ...]  # where they come


@dataclass(frozen=True)
class RegisterView:
    """The register, or a part of it."""

    sections: tuple[SectionView, ...]
    pieces: Mapping[str, str]  # place → entry, which is made by itself
    by_letter: bool = False  # its sections are letters of one kind


def register(
    site: Site, articles: Sequence[Article], kinds: Iterable[str], links: Links, everything: bool
) -> RegisterView:
    """The entities of `kinds`; with `everything`, also those that `articles` do not name."""
    wanted, searched = set(kinds), everything or not site.has(REGISTER)
    several = len(articles) > 1
    named: Mapping[tuple[str, str], Sequence[Article]] = site.named
    if len(articles) == 1:
        named = dict.fromkeys(articles[0].passages, articles)
    sections: list[SectionView] = []
    pieces: dict[str, str] = {}
    for kind in ENTITY_KINDS:
        if kind.name not in wanted:
            continue
        own = None if everything else [key for name, key in named if name == kind.name]
        found = entries_of(site, kind, own)
        for each in found:
            naming = named.get((kind.name, each.record.id), ())
            pieces[each.anchor] = _entry(site, each, naming, links, searched, several)
        if found:
            sections.append(_section(kind, f"registre-{kind.file}", kind.plural, _letters(found), found))
    return RegisterView(tuple(sections), pieces)


def register_leaf(site: Site, shown: Iterable[Entry], links: Links) -> RegisterView:
    """Entries of the register in alphabetical order, by letter."""
    sections: list[SectionView] = []
    pieces: dict[str, str] = {}
    for (kind, letter), group in groupby(shown, lambda each: (each.kind, each.initial)):
        found = list(group)
        for each in found:
            named = site.named.get((kind.name, each.record.id), ())
            pieces[each.anchor] = _entry(site, each, named, links, True, len(site.articles) > 1)
        sections.append(_section(kind, letter_anchor(kind, letter), letter, (), found))
    return RegisterView(tuple(sections), pieces, by_letter=True)


def _section(
    kind: Kind, anchor: str, title: str, letters: tuple[LetterView, ...], found: Sequence[Entry]
) -> SectionView:
    places = tuple(place(each.anchor) for each in found)
    return SectionView(kind=kind, anchor=anchor, title=title, letters=letters, entries=tuple(found), places=places)


def letter_anchor(kind: Kind, letter: str) -> str:
    """The id of a letter of a kind: « personnes-k »."""
    return slug(f"{kind.plural} {letter}")


def _letters(entries: Sequence[Entry]) -> tuple[LetterView, ...]:
    if len(entries) <= LONG:
        return ()
    initials = groupby(entries, key=lambda entry: alphabetical(entry.record.entry.name)[:1] or "#")
    return tuple(LetterView(letter.upper(), next(group).anchor) for letter, group in initials)


def _entry(site: Site, of: Entry, articles: Sequence[Article], links: Links, searched: bool, several: bool) -> str:
    """An entry's HTML, remembered by itself."""
    key = (of.kind.name, of.record.id)
    many = len(articles) > 1 and links.addresses is not Addresses.SOURCES
    naming = site.ask(namings, key) if many else None
    every = naming.pages[0] if naming else None
    shown = naming.articles[:LATEST] if naming else tuple(articles)

    def make(site: Site) -> str:
        view = entry_view(site, of, shown, len(articles), every, links, searched)
        return typography.apply(macro("entry.jinja", "entry", view, several))

    given = (of.record, shown, len(articles), every, links, searched, several)
    return remembered((links.page, "entry", *key), site, given, make)


def entry_view(
    site: Site, of: Entry, articles: Sequence[Article], total: int, every: str | None, links: Links, searched: bool
) -> EntryView:
    """An entry that lists `articles`, of `total`; `every`: the page of all, where these are only the latest."""
    kind, record = of.kind, of.record
    entity = record.entry
    lang, originals = native(entity)
    roles: tuple[RoleView, ...] = ()
    facts: list[tuple[str, When | None]] = []
    cited = list(entity.sources)
    if isinstance(entity, Person):
        roles = tuple(RoleView(role.title, dates.since(role.when) if role.when else None) for role in entity.roles)
        facts = [(WORDS.note.born, entity.born), (WORDS.note.died, entity.died)]
        cited += [key for role in entity.roles for key in role.sources]
    elif isinstance(entity, Organization):
        facts = [(WORDS.note.founded, entity.founded), (WORDS.note.dissolved, entity.dissolved)]
    outside = []
    if entity.wikipedia:
        outside.append(LinkView("mch-ext", entity.wikipedia, WORDS.note.wikipedia))
    if entity.wikidata:
        outside.append(LinkView("mch-ext", f"https://www.wikidata.org/wiki/{entity.wikidata}", WORDS.note.wikidata))
    key = (kind.name, record.id)
    shown = len(articles) if len(articles) <= SHOWN else 1
    return EntryView(
        anchor=of.anchor,
        name=entity.name,
        lang=lang,
        initials=initials(entity),
        originals=originals,
        roles=roles,
        facts=tuple(FactView(label, plain_date(when)) for label, when in facts if when),
        description=prose.html(entity.description),
        links=tuple(outside),
        sources=sources(site, cited),
        concordances=tuple(_concordance(article, key, links) for article in articles[:shown]),
        more=tuple(_article(article, key, links) for article in articles[shown:]),
        every=LinkView("mch-more", links.to(every), WORDS.register.every.format(total)) if every else None,
        edit=edit_address(site, record, line(record.id)),
        found_as=_found_as(entity) if searched else "",
    )


def initials(entity: Entity) -> tuple[str, ...]:
    """The forms of a name that are initials: « OTAN »."""
    return tuple(form for form in entity.aliases if form.isupper() and form not in entity.name)


def _found_as(entity: Entity) -> str:
    """What a reader may type for an entity and would not find in its entry: forms without accents, other forms."""
    forms = [*entity.forms, *entity.names.values()]
    return " ".join(dict.fromkeys([*entity.aliases, *(bare(form) for form in forms if bare(form) != form.casefold())]))


def _article(article: Article, key: tuple[str, str], links: Links) -> ArticleView:
    marks = article.passages[key]
    return ArticleView(
        title=article.front.title,
        lang=article.front.lang,
        href=links.to(article.page, marks[0].anchor),
        total=len(marks),
    )


def _concordance(article: Article, key: tuple[str, str], links: Links) -> ConcordanceView:
    marks = article.passages[key]
    total = len(article.body.paragraphs)
    first: dict[Part, str] = {}
    counts: Counter[Part] = Counter()
    for mark in marks:
        part = article.body.part(mark.span.start)
        first.setdefault(part, mark.anchor)
        counts[part] += 1
    rows = -(-total // ROW)
    cells = [
        CellView(
            part=part,
            row=(part.number - 1) // ROW + 1,
            column=(part.number - 1) % ROW + 1,
            href=links.to(article.page, anchor),
            count=counts[part],
        )
        for part, anchor in first.items()
    ]
    return ConcordanceView(
        title=article.front.title,
        lang=article.front.lang,
        href=links.to(article.page),
        cells=tuple(cell for cell in cells if not cell.part.is_footnote),
        footnotes=tuple(cell for cell in cells if cell.part.is_footnote),
        total=len(marks),
        rows=rows,
        columns=min(total, ROW),
        rest=rows * ROW - total if rows > 1 else 0,
    )
