"""An article's page: what stands around its text."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from math import ceil

from markupsafe import Markup

from manchette.engine import ASSETS, Links
from manchette.format.edtf import When
from manchette.format.kinds import CLAIM, DATE, KINDS, ORGANIZATION, PERSON, PLACE, TERM, Kind
from manchette.format.kinds.claim import Verdict, VerdictWords
from manchette.format.layout import DOORS, REGISTER, page_of
from manchette.page import slots
from manchette.page.annotate import AnnotateView, annotate_view
from manchette.page.linked import annotated_copy
from manchette.page.locators import LocatorsView, place_locators
from manchette.page.names import Names
from manchette.page.notes import ClaimNote, EventNote, claim_note, event_note
from manchette.page.omissions import of_claim, of_date
from manchette.page.parts import DateView, NameView, date_view, plain, publisher_name, restored
from manchette.page.printed import PrintedView, printed
from manchette.site.placement import Mark
from manchette.site.site import Article, Site
from manchette.typeset.language import other
from manchette.typeset.words import WORDS

PROBLEMS, EXPORTS = "problems", "exports"
"""The places of what the page tells of problems, and of the files that its notes are in."""


@dataclass(frozen=True, kw_only=True)
class MarkView:
    """What is written around a stretch of the text."""

    kind: str
    id: str
    anchor: str
    note: str
    signed: bool = True  # carries the reference mark, and is reached by Tab
    verdict: str | None = None
    sign: str | None = None
    label: str | None = None
    number: int | None = None
    foreign: bool = False  # the text is not in French, as what we say of it is


@dataclass(frozen=True)
class DoorView:
    """One of an article's pages."""

    name: str
    href: str
    current: bool


@dataclass(frozen=True, kw_only=True)
class SegmentView:
    """How many claims share a verdict."""

    verdict: str
    words: VerdictWords
    count: int
    href: str


@dataclass(frozen=True)
class SummaryView:
    """The bar that is drawn with the underlines of the text."""

    total: int
    segments: tuple[SegmentView, ...]


@dataclass(frozen=True)
class ExampleView:
    """What may be opened, by a word that looks as the marks of its kind do, and leads to the first of them."""

    kind: str
    words: str
    anchor: str
    verdict: str | None = None


@dataclass(frozen=True)
class LayerView:
    """A kind that a reader may switch off."""

    kind: Kind
    count: int


@dataclass(frozen=True)
class EntityPlace:
    """Where the note of a name comes: it is made by itself."""

    kind: Kind
    slot: Markup


@dataclass(frozen=True)
class NoteGroup:
    """The notes of a kind: names in the order of the text, dates in the order of time."""

    kind: Kind
    notes: tuple[EntityPlace | EventNote, ...]


@dataclass(frozen=True, kw_only=True)
class ArticlePage:
    """An article's page."""

    title: str
    lang: str
    dek: str | None
    publisher: NameView
    author: str | None
    url: str | None
    published: DateView | None
    restored: bool
    annotated: DateView | None
    doors: tuple[DoorView, ...]
    summary: SummaryView
    examples: tuple[ExampleView, ...]
    layers: tuple[LayerView, ...]
    dense: bool  # the notes would be taller than the text beside them: reasons are shortened until opened
    maps: LocatorsView
    body: Markup
    claims: tuple[ClaimNote, ...]
    names: tuple[NoteGroup, ...]
    printed: PrintedView
    annotator: str  # who wrote the notes
    linked: Markup  # what search engines read: that this is a copy, of what, and whom it speaks of
    problems: Markup  # where they come
    exports: Markup  # where those are listed
    script: str  # comes with the first words that are selected
    annotate: AnnotateView | None  # None where nobody would receive what its form makes


def mark_view(article: Article, mark: Mark, signs: Collection[str]) -> MarkView:
    """What is written around `mark`'s stretches; `signs`: the anchors of the marks that carry one."""
    note = f"note--{mark.name}"
    if mark.kind != "claim":
        return MarkView(kind=mark.kind, id=mark.id, anchor=mark.anchor, note=note, signed=mark.anchor in signs)
    verdict = article.claims[mark.id].entry.verdict
    words = verdict.words
    return MarkView(
        kind="claim",
        id=mark.id,
        anchor=mark.anchor,
        note=note,
        verdict=verdict,
        sign=words.sign,
        label=words.label,
        number=article.numbers[mark.id],
        foreign=bool(other(article.front.lang)),
    )


def gloss_mark(site: Site, key: str, nth: int) -> MarkView:
    """What is written around the `nth` glossary popover of an entity on an ordinary page."""
    name = f"{site.entities[key][0].name}--{key}"
    return MarkView(
        kind=site.entities[key][0].name,
        id=key,
        anchor=name if nth == 1 else f"{name}--{nth}",
        note=f"note--{name}",
        signed=nth == 1,
    )


def doors(site: Site, article: Article, links: Links) -> tuple[DoorView, ...]:
    """The article's own pages that exist and have something to show; the site's register where it has none."""
    kinds = {kind for kind, _ in article.passages}
    empty = {
        "timeline": not article.events,
        "claims": not article.numbers,
        "register": not kinds - {CLAIM.name, DATE.name},
        "map": PLACE.name not in kinds,
    }
    pages = {"article": article.page, **{name: page_of(article.id, file) for name, file in DOORS.items()}}
    if not site.has(pages["register"]):
        pages["register"] = REGISTER
    return tuple(
        DoorView(name, links.to(page), links.page == page)
        for name, page in pages.items()
        if site.has(page) and not empty.get(name)
    )


def summary(site: Site, article: Article, links: Links) -> SummaryView:
    """The article's claims by verdict."""
    verdicts = [article.claims[key].entry.verdict for key in article.numbers]
    page = page_of(article.id, DOORS["claims"])
    exists = site.has(page)
    return SummaryView(
        len(verdicts),
        tuple(
            SegmentView(
                verdict=verdict.value,
                words=verdict.words,
                count=count,
                href=links.to(page, f"f-{verdict}") if exists else "#texte",
            )
            for verdict in Verdict
            if (count := verdicts.count(verdict))
        ),
    )


def _examples(article: Article, signs: Collection[str]) -> Iterator[ExampleView]:
    """One example for names, one for places, for dates and for claims, of those that the article has.

    People and organizations are both « un nom », and so are terms where there is neither: the line stays one line.
    """
    marks = [mark for mark in article.marks if mark.kind == CLAIM.name or mark.anchor in signs]
    for kinds, words in (
        ((PERSON.name, ORGANIZATION.name, TERM.name), WORDS.hint.name),
        ((PLACE.name,), WORDS.hint.place),
        ((DATE.name,), WORDS.hint.date),
        ((CLAIM.name,), WORDS.hint.claim),
    ):
        found = sorted((mark for mark in marks if mark.kind in kinds), key=lambda mark: kinds.index(mark.kind))
        if found:
            mark = found[0]
            verdict = article.claims[mark.id].entry.verdict if mark.kind == CLAIM.name else None
            yield ExampleView(mark.kind, words, mark.anchor, verdict)


def annotated(article: Article) -> When | None:
    """The day of the latest verdict on the article's claims."""
    days = [record.entry.reviewed for record in article.claims.values() if record.entry.reviewed]
    return max(days, key=lambda when: when.key, default=None)


def _dense(article: Article) -> bool:
    """Whether a note, were all said in full, would start more than seven lines of 20 px below its passage.

    As drawn at 1440 px: 66 characters a line of text, which is 1.6 of such lines high, 42 a line of a note.
    """
    top, tops = 0.0, {}
    for start, end in article.body.paragraphs:
        tops[start] = top
        top += 1.6 * ceil((end - start) / 66) + 0.8
    starts = sorted(tops)
    low = 0.0
    for key in article.numbers:
        at = article.passages["claim", key][0].span.start
        paragraph = starts[max(0, bisect_right(starts, at) - 1)]
        beside = tops[paragraph] + 1.6 * ((at - paragraph) // 66)
        claim = article.claims[key].entry
        if low > beside + 7:
            return True
        low = max(low, beside) + 1.5 + ceil(len(claim.short or claim.rationale) / 42)
    return False


def _claim(site: Site, article: Article, key: str, links: Links, names: Names) -> ClaimNote:
    return of_claim(article, claim_note(site, article, article.claims[key], links, names))


def article_page(
    site: Site, article: Article, links: Links, body: Markup, signs: Collection[str], names: Names
) -> ArticlePage:
    """Everything that the article's page shows around its text, `body`; `signs`: the marks that carry one."""
    groups = []
    for kind in KINDS:
        keys = dict.fromkeys(mark.id for mark in article.marks if mark.kind == kind.name)
        notes: list[EntityPlace | EventNote] = []
        if kind.name == "date":
            in_time = sorted(keys, key=lambda key: article.events[key].entry.when.key)
            dates = (event_note(site, article, article.events[key], names) for key in in_time)
            notes += [of_date(site, article, note) for note in dates]
        elif kind.name != "claim":
            notes += [EntityPlace(kind, slots.place(f"{kind.name}--{key}")) for key in keys]
        if notes:
            groups.append(NoteGroup(kind, tuple(notes)))
    layers = tuple(
        LayerView(kind, count)
        for kind in KINDS
        if (count := len({mark.id for mark in article.marks if mark.kind == kind.name}))
    )
    front = article.front
    return ArticlePage(
        title=front.title,
        lang=front.lang,
        dek=names.whole(front.dek) if front.dek else None,
        publisher=publisher_name(site, article),
        author=front.author,
        url=front.url,
        published=date_view(plain(front.published)),
        restored=restored(front.published),
        annotated=date_view(annotated(article)),
        doors=doors(site, article, links),
        summary=summary(site, article, links),
        examples=tuple(_examples(article, signs)),
        layers=layers,
        dense=_dense(article),
        maps=place_locators(site, article, links),
        body=body,
        claims=tuple(_claim(site, article, key, links, names) for key in article.numbers),
        names=tuple(groups),
        printed=printed(site, article),
        annotator=site.settings.publisher or WORDS.this_site,
        linked=annotated_copy(site, article, annotated(article)),
        problems=slots.place(PROBLEMS),
        exports=slots.place(EXPORTS),
        script=links.file(f"{ASSETS}/select.js"),
        annotate=annotate_view(site, article, links),
    )
