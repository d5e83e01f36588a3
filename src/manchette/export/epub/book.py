"""An article with its notes as the chapters of a book."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain

from markupsafe import Markup

from manchette import marks
from manchette.doors.register import EntryView, entry_view
from manchette.doors.timeline import rows_of
from manchette.engine import Links
from manchette.export.base import Exported
from manchette.export.epub import xhtml
from manchette.format.kinds import CLAIM, DATE, KINDS, Kind
from manchette.page.abbreviations import spelled_out
from manchette.page.article import SummaryView, annotated, mark_view, summary
from manchette.page.dress import BEFORE_CALL
from manchette.page.leaves import Entry, entries_of
from manchette.page.names import Names
from manchette.page.notes import ClaimNote, EntityNote, EventNote, claim_note, entity_note, event_note
from manchette.page.parts import (
    DateView,
    LinkView,
    NameView,
    SourceView,
    alphabetical,
    date_view,
    plain,
    plain_date,
    publisher_name,
    restored,
)
from manchette.page.printed import TYPED, typed
from manchette.page.signs import signed
from manchette.site.placement import Mark
from manchette.typeset import typography
from manchette.typeset.language import OURS, other, runs_leftward
from manchette.typeset.render import macro
from manchette.typeset.words import WORDS


@dataclass(frozen=True)
class Chapter:
    """A part of the book, as a file of it."""

    name: str  # « texte »: the file's, without its ending
    title: str
    lang: str
    body: str  # HTML

    @property
    def leftward(self) -> bool:
        """Whether it is written from right to left."""
        return runs_leftward(self.lang)


@dataclass(frozen=True)
class ClaimView:
    """The note of a claim, and who gave the verdict."""

    note: ClaimNote
    by: str


@dataclass(frozen=True)
class NameNote:
    """The note of a name, what the register says besides, and the passage that it leads back to."""

    note: EntityNote
    entry: EntryView
    links: tuple[LinkView, ...]
    back: str


@dataclass(frozen=True)
class DateNote:
    """The note of a date of the article; None where it is that the article appears."""

    note: EventNote | None
    when: DateView
    back: str | None  # None: the article does not say it


@dataclass(frozen=True)
class Group:
    """The notes of a kind."""

    kind: Kind
    notes: tuple[NameNote | DateNote, ...]


@dataclass(frozen=True)
class CitedView:
    """A source in the list of all, and an address short enough to be typed."""

    source: SourceView
    typed: str


@dataclass(frozen=True, kw_only=True)
class TitlePage:
    """What stands before the text."""

    title: str
    lang: str
    dek: str | None
    publisher: NameView
    author: str | None
    published: DateView | None
    restored: bool
    url: str | None
    page: str  # where the article is read on the site; empty where that is not known
    annotator: str
    annotated: DateView | None
    rights: str | None
    licence: str | None
    summary: SummaryView
    noted: bool  # the text has notes, and how they are opened is worth saying


class Book:
    """An article's chapters."""

    def __init__(self, given: Exported, picture: xhtml.Address, address: xhtml.Address) -> None:
        """`picture`: the path in the book of an image that the article shows; `address`: where a link leads."""
        self.given, self.site, self.article = given, given.site, given.article
        self.picture, self.address = picture, address
        self.links = Links(self.article.page, given.home.addresses)
        self.names = Names(self.site, self.article)
        self.signs = signed(self.site, self.article)
        self.lang = self.article.front.lang

    def chapters(self) -> Iterator[Chapter]:
        """The parts in their order; those of which there is nothing are left out."""
        yield self._chapter("titre", WORDS.epub.title, self.title_page())
        yield self._chapter("texte", self.article.front.title, self.article.front, self.text(), lang=self.lang)
        if self.claims or self.groups:
            yield self._chapter("notes", WORDS.notes.claims, self.claims, self.groups)
        if self.article.events:
            yield self._chapter("chronologie", WORDS.doors.timeline, self.events)
        if sources := self.sources():
            yield self._chapter("sources", WORDS.note.sources, sources)

    def _chapter(self, name: str, title: str, *views: object, lang: str = OURS) -> Chapter:
        body = macro(f"epub/{name}.jinja", "chapter", *views)
        if other(lang):
            return Chapter(name, title, lang, body)
        return Chapter(name, typography.typeset(title), lang, typography.apply(body))

    def title_page(self) -> TitlePage:
        """The title page."""
        front, settings, home = self.article.front, self.site.settings, self.given.home
        return TitlePage(
            title=front.title,
            lang=self.lang,
            dek=self.names.whole(front.dek) if front.dek else None,
            publisher=publisher_name(self.site, self.article),
            author=front.author,
            published=date_view(plain(front.published)),
            restored=restored(front.published),
            url=front.url,
            page=home.to(self.article.page) if home.url else "",
            annotator=settings.publisher or home.name or WORDS.this_site,
            annotated=date_view(annotated(self.article)),
            rights=front.rights,
            licence=settings.licence,
            summary=summary(self.site, self.article, self.links),
            noted=bool(self.article.passages),
        )

    # ---- the text

    def text(self) -> Markup:
        """The article's text with what is marked in it."""
        body = self.article.body
        by_sign = sorted(self._shown(), key=lambda mark: mark.kind == CLAIM.name)  # a claim's call comes last
        ranges = [each for mark in by_sign for each in self._ranges(mark)]
        html = marks.write(body.html, [*marks.wrap(body, ranges), *spelled_out(body)])
        return xhtml.body(html, self.address, self.picture)

    def _shown(self) -> Iterator[Mark]:
        """Claims, and what the page gives a sign; of what has none, the first passage: its note leads back to it."""
        for (kind, _), found in self.article.passages.items():
            shown = [mark for mark in found if mark.anchor in self.signs]
            yield from found if kind == CLAIM.name else shown or found[:1]

    def _ranges(self, mark: Mark) -> Iterator[marks.Range]:
        view = mark_view(self.article, mark, self.signs)
        is_claim = mark.kind == CLAIM.name
        before_stop = self.article.body.text[mark.span.end - 1] in BEFORE_CALL
        yield marks.Range(
            span=mark.span,
            attributes=macro("epub/texte.jinja", "attributes", view),
            first=macro("epub/texte.jinja", "first", view),
            link=macro("epub/texte.jinja", "link", view) if view.signed and not is_claim else "",
            after=macro("epub/texte.jinja", "call", view, runs_leftward(self.lang)) if is_claim else "",
            after_at=mark.span.end - 1 if is_claim and before_stop else None,
        )

    def _back(self, kind: str, key: str) -> str | None:
        """The passage that a note leads back to: the first that is shown."""
        found = self.article.passages.get((kind, key), ())
        return next((mark.anchor for mark in found if mark.anchor in self.signs), found[0].anchor if found else None)

    # ---- the notes

    @cached_property
    def claims(self) -> tuple[ClaimView, ...]:
        """The notes of the claims, in the order of the text."""
        by = self.site.settings.publisher or WORDS.this_site
        records = [self.article.claims[key] for key in self.article.numbers]
        return tuple(
            ClaimView(
                claim_note(self.site, self.article, record, self.links, self.names), record.entry.reviewed_by or by
            )
            for record in records
        )

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        """The notes of names and dates: names in the order of the text, dates in the order of time."""
        return tuple(self._groups())

    def _groups(self) -> Iterator[Group]:
        for kind in KINDS:
            keys = dict.fromkeys(mark.id for mark in self.article.marks if mark.kind == kind.name)
            if not keys or kind == CLAIM:
                continue
            if kind == DATE:
                dates = [each for each in self.events if each.note and each.note.id in keys]
                yield Group(kind, tuple(dates))
            else:
                entries = {each.record.id: each for each in entries_of(self.site, kind, keys)}
                yield Group(kind, tuple(self._name(entries[key]) for key in keys))

    def _name(self, entry: Entry) -> NameNote:
        key = entry.record.id
        note = entity_note(self.site, key, self.links, self.article, names=self.names)
        return NameNote(
            note,
            entry_view(self.site, entry, (), 0, None, self.links, searched=False),
            tuple(link for link in note.links if self.address(link.href)),
            self._back(entry.kind.name, key) or "",
        )

    @cached_property
    def events(self) -> tuple[DateNote, ...]:
        """What happened when, and when the article appears, in the order of time."""
        return tuple(self._events())

    def _events(self) -> Iterator[DateNote]:
        for row in rows_of([self.article]):
            if row.record is None:
                when = plain_date(plain(row.when) or row.when)
                yield DateNote(None, replace(when, words=f"[{when.words}]") if restored(row.when) else when, None)
            elif row.clock != "known":  # by the other clock it stands there once more
                note = event_note(self.site, self.article, row.record, self.names)
                yield DateNote(note, note.when, self._back(DATE.name, note.id))

    def sources(self) -> tuple[CitedView, ...]:
        """What the notes cite, in alphabetical order."""
        cited = chain(
            (item.source for claim in self.claims for group in claim.note.evidence for item in group.items),
            *(each.note.sources for each in self.events if each.note),
            *(each.entry.sources for group in self.groups for each in group.notes if isinstance(each, NameNote)),
        )
        order = sorted(
            dict.fromkeys(cited), key=lambda each: (alphabetical(each.outlet), alphabetical(each.title or ""))
        )
        return tuple(
            CitedView(source, address if len(address := typed(source.url)) <= TYPED else "") for source in order
        )
