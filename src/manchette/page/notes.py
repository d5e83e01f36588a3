"""The notes of a page: what its cards, its margin and its endnotes show."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup

from manchette.engine import Addresses, Links
from manchette.format.edtf import When
from manchette.format.kinds import DATE, Claim, Entity, Event, Kind, Person
from manchette.format.kinds.claim import Stance, VerdictWords
from manchette.format.layout import DOORS, claim_page_of, page_of
from manchette.format.scalars import ID
from manchette.load import Record
from manchette.page import slots
from manchette.page.leaves import entry_address
from manchette.page.names import Names
from manchette.page.parts import (
    DateView,
    HostView,
    LinkView,
    NameView,
    OriginalView,
    PassageView,
    SourceView,
    called,
    date_view,
    edit_address,
    native,
    plain_date,
    publisher_name,
    source_view,
    sources,
    stated_words,
    tongue,
    writing_address,
)
from manchette.site.site import Article, Site
from manchette.typeset import dates, prose
from manchette.typeset.words import WORDS

STRIP = 180  # pixels: as wide is the strip on which a card shows where the text speaks of it


@dataclass(frozen=True, kw_only=True)
class EntityNote:
    """The note of a person, an organization, a place or a term."""

    kind: Kind
    id: str
    anchor: str
    name: str
    lang: str | None
    originals: tuple[OriginalView, ...]
    role: str | None
    at_article: bool
    lead: Markup  # the description's first sentence
    rest: Markup
    passages: tuple[PassageView, ...]
    links: tuple[LinkView, ...]
    edit: HostView | None
    write: str  # where to write about it without an account, or nothing
    locator: Markup | None = None


@dataclass(frozen=True)
class ClaimLink:
    """A claim seen from a date."""

    anchor: str
    number: int


@dataclass(frozen=True, kw_only=True)
class EventNote:
    """The note of a date."""

    kind: Kind
    id: str
    anchor: str
    when: DateView
    title: str
    stated: NameView | None
    lead: Markup  # the description's first sentence
    rest: Markup
    known: str | None
    claims: tuple[ClaimLink, ...]
    sources: tuple[SourceView, ...]
    passages: tuple[PassageView, ...]
    edit: HostView | None
    write: str  # where to write about it without an account, or nothing


@dataclass(frozen=True)
class EvidenceView:
    """A source, and what it says."""

    source: SourceView
    says: Markup | None


@dataclass(frozen=True)
class EvidenceGroup:
    """The evidence that takes the same stance."""

    label: str
    items: tuple[EvidenceView, ...]


@dataclass(frozen=True)
class CorrectionView:
    """A change of the note."""

    date: DateView
    change: Markup


@dataclass(frozen=True)
class SpeakerView:
    """Someone who says a claim or relays it, and the entry where the register has one."""

    name: str
    href: str | None


@dataclass(frozen=True, kw_only=True)
class ClaimNote:
    """The note of a claim."""

    id: str
    anchor: str
    passage: str
    address: str  # what one passes on: that of its own page, or the passage's where there is none
    number: int
    total: int
    verdict: str
    words: VerdictWords
    short: str | None  # the answer in one sentence
    rationale: Markup
    claim: Markup | None
    who: tuple[SpeakerView, ...]  # who says it first, then who relays it; nobody: the article
    publisher: NameView
    modality: str
    reviewed: DateView | None
    sources: int
    evidence: tuple[EvidenceGroup, ...]
    corrections: tuple[CorrectionView, ...]
    more: LinkView | None  # where the claims' page tells what the note leaves out
    previous: str | None
    next: str | None
    edit: HostView | None
    write: str  # where to write about it without an account, or nothing


def role_at(person: Person, when: When | None) -> str | None:
    """The role held at `when`, with since when: « Ministre des Affaires étrangères, depuis mars 2004 »."""
    held = [role for role in person.roles if when is None or role.when is None or role.when.overlaps(when)]
    if not held:
        return None
    role = held[-1] if when is None else held[0]
    return role.title[0].upper() + role.title[1:] + (f", {dates.since(role.when)}" if role.when else "")


def _entity_links(site: Site, kind: Kind, record: Record[Entity], links: Links) -> tuple[LinkView, ...]:
    entity = record.entry
    found = [LinkView("mch-more", entry_address(site, links, kind.name, record.id), WORDS.note.register)]
    if entity.wikipedia:
        of = tongue(entity.wikipedia.partition("//")[2].partition(".")[0])
        found.append(
            LinkView("mch-ext", entity.wikipedia, f"{WORDS.note.wikipedia} {of}" if of else WORDS.note.wikipedia)
        )
    if entity.wikidata:
        found.append(LinkView("mch-ext", f"https://www.wikidata.org/wiki/{entity.wikidata}", WORDS.note.wikidata))
    return tuple(found)


def _told(text: str | None, names: Names | None, own: str) -> tuple[Markup, Markup]:
    """A description as its first sentence and the rest, the names of which the page has notes linked."""
    lead, rest = prose.opening(text or "")
    if names is None:
        return lead, rest
    linked = names.linked(lead + Markup("\0") + rest, own).split("\0")
    return linked[0], linked[1]


def entity_note(
    site: Site,
    key: str,
    links: Links,
    article: Article | None = None,
    locator: Markup | None = None,
    names: Names | None = None,
) -> EntityNote:
    """The note of the entity `key`, as shown in `article` or, without one, on an ordinary page."""
    kind, record = site.entities[key]
    entity = record.entry
    lang, originals = native(entity)
    when = article.front.published if article else None
    role = role_at(entity, when) if isinstance(entity, Person) else None
    anchor = f"note--{kind.name}--{key}"
    lead, rest = _told(entity.description, names, f"#{anchor}")
    return EntityNote(
        kind=kind,
        id=key,
        anchor=anchor,
        name=entity.name,
        lang=lang,
        originals=originals,
        role=role,
        at_article=role is not None and when is not None,
        lead=lead,
        rest=rest,
        passages=passages(article, kind.name, key) if article else (),
        links=_entity_links(site, kind, record, links),
        edit=edit_address(site, record, slots.line(key)),
        write=writing_address(site, key, article),
        locator=locator,
    )


def passages(article: Article, kind: str, key: str) -> tuple[PassageView, ...]:
    """Where the article speaks of an annotation: address, paragraph or footnote, place on the strip of the text."""
    length = max(1, len(article.body.text))
    return tuple(
        PassageView(mark.anchor, article.body.part(mark.span.start), STRIP * mark.span.start // length)
        for mark in article.passages.get((kind, key), ())
    )


def event_note(site: Site, article: Article, record: Record[Event], names: Names) -> EventNote:
    """The note of a date of the article."""
    event = record.entry
    lead, rest = _told(event.description, names, "")
    return EventNote(
        kind=DATE,
        id=record.id,
        anchor=f"note--date--{record.id}",
        when=plain_date(event.when),
        title=event.title,
        stated=stated_words(article, record),
        lead=lead,
        rest=rest,
        known=dates.on(event.known) if event.known else None,
        claims=tuple(
            ClaimLink(f"note--claim--{key}", article.numbers[key]) for key in event.claims if key in article.numbers
        ),
        sources=sources(site, event.sources),
        passages=passages(article, "date", record.id),
        edit=edit_address(site, record),
        write=writing_address(site, record.id, article),
    )


def _speakers(site: Site, article: Article, claim: Claim, links: Links) -> Iterator[SpeakerView]:
    here = links.page == article.page
    for value in claim.attribution:
        if ID.fullmatch(value) and (entity := site.ask(called, value)):
            noted = here and (entity.kind, value) in article.passages
            href = f"#note--{entity.kind}--{value}" if noted else entry_address(site, links, entity.kind, value)
            yield SpeakerView(entity.name.name, href)
        else:
            yield SpeakerView(value, None)


def _own_address(article: Article, key: str, links: Links) -> str:
    """The address of the claim's own page; of its passage in a draft, and where nobody makes such pages."""
    page = claim_page_of(article.id, key)
    if page is None or article.front.draft or links.addresses is Addresses.SOURCES:
        return links.to(article.page, f"claim--{key}")
    return links.to(page)


def claim_note(
    site: Site, article: Article, record: Record[Claim], links: Links, names: Names | None = None
) -> ClaimNote:
    """The note of a claim of the article; with `names`, as the article's own page has it."""
    claim = record.entry
    order, table = list(article.numbers), page_of(article.id, DOORS["claims"])
    number = article.numbers[record.id]
    order_of_stance = {stance: position for position, stance in enumerate(Stance)}
    items = sorted(
        (item for item in claim.evidence if item.source in site.sources), key=lambda item: order_of_stance[item.stance]
    )
    groups = tuple(
        EvidenceGroup(
            stance.label,
            tuple(
                EvidenceView(source_view(site.sources[item.source].entry), prose.html(item.says) if item.says else None)
                for item in group
            ),
        )
        for stance, group in groupby(items, key=lambda item: item.stance)
    )
    return ClaimNote(
        id=record.id,
        anchor=f"note--claim--{record.id}",
        passage=f"claim--{record.id}",
        address=_own_address(article, record.id, links),
        number=number,
        total=len(order),
        verdict=claim.verdict.value,
        words=claim.verdict.words,
        short=names.whole(claim.short) if names and claim.short else claim.short,
        rationale=names.linked(prose.html(claim.rationale)) if names else prose.html(claim.rationale),
        claim=prose.html(claim.claim) if claim.claim else None,
        who=tuple(_speakers(site, article, claim, links)),
        publisher=publisher_name(site, article),
        modality=claim.modality.label,
        reviewed=date_view(claim.reviewed),
        sources=len({item.source for item in claim.evidence}),
        evidence=groups,
        corrections=tuple(CorrectionView(plain_date(c.date), prose.html(c.change)) for c in claim.corrections),
        more=LinkView("mch-more", links.to(table, f"row--{record.id}"), WORDS.note.more) if site.has(table) else None,
        previous=f"claim--{order[number - 2]}" if number > 1 else None,
        next=f"claim--{order[number]}" if number < len(order) else None,
        edit=edit_address(site, record),
        write=writing_address(site, record.id, article),
    )
