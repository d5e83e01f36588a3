"""The timeline: what happened when, in the article and around it; and in which order it became known."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import get_args
from urllib.parse import quote

from markupsafe import Markup

from manchette.doors.calendar import calendar, entries
from manchette.doors.lanes import Item
from manchette.doors.periods import PeriodView, merged, periods
from manchette.doors.strip import StripView, strips
from manchette.engine import Addresses, Links
from manchette.format.edtf import Precision, When
from manchette.format.kinds import Event
from manchette.format.layout import CALENDAR, page_of
from manchette.load import Record
from manchette.page.parts import (
    DateView,
    HostView,
    LinkView,
    NameView,
    SourceView,
    article_link,
    edit_address,
    plain,
    plain_date,
    restored,
    sources,
    stated_words,
    where,
)
from manchette.site.placement import Mark
from manchette.site.site import Article, Site
from manchette.typeset import dates, prose
from manchette.typeset.words import WORDS

LONG = 28  # days without an event that are written out between two of them
_SHAPES = ("within", "interval", "since", "until")


@dataclass(frozen=True, kw_only=True)
class EventView:
    """An event of the timeline."""

    anchor: str
    when: DateView
    shape: str  # exact, within (to the month, the year…), interval, since (no known end), until (no known beginning)
    doubt: bool  # approximate or uncertain
    said: bool  # the article says it; else it is context
    title: str
    description: Markup | None
    stated: NameView | None
    other: str | None  # the date of the other clock
    article: LinkView | None  # where several articles are shown together
    links: tuple[LinkView, ...]
    sources: tuple[SourceView, ...]
    edit: HostView | None


@dataclass(frozen=True)
class GapView:
    """A long time without an event; `clock` as in `EventRow`."""

    words: str
    clock: str | None


@dataclass(frozen=True)
class EventRow:
    """An event. `clock`: by which order it stands here, `when` or `known`; None: by both."""

    event: EventView
    clock: str | None


@dataclass(frozen=True, kw_only=True)
class DayView:
    """The events of one date, those of the article and those of its context, and what stands before them."""

    when: DateView
    shape: str
    doubt: bool
    said: bool
    sides: tuple[tuple[EventRow, ...], tuple[EventRow, ...]]
    gaps: tuple[GapView, ...]
    clock: str | None  # of all its events


@dataclass(frozen=True)
class KeyView:
    """A sign of the key."""

    shape: str
    words: str
    said: bool = False
    doubt: bool = False


@dataclass(frozen=True, kw_only=True)
class TimelineView:
    """A timeline."""

    days: tuple[DayView, ...]
    periods: tuple[PeriodView, ...]
    total: int
    span: str | None  # « du 6 juillet 1961 au 27 juillet 2025 »
    strips: tuple[StripView, ...]
    key: tuple[KeyView, ...]
    clocks: bool  # some event became known later than it happened
    calendar: str  # the address of these dates for a calendar program; empty where there are none


@dataclass(frozen=True, kw_only=True)
class Row:
    """An event, or where `record` is None that the article appears, at the date of a clock."""

    article: Article
    record: Record[Event] | None
    when: When
    clock: str | None

    @property
    def said(self) -> bool:
        """Whether the article says it."""
        return self.record is not None and bool(self.article.passages.get(("date", self.record.id)))

    @property
    def key(self) -> tuple[tuple[float, float, float], str, str, str]:
        """What rows are put in order by: the events of a date together."""
        return self.when.key, self.when.text, self.article.id, self.record.id if self.record else ""


def rows_of(articles: Sequence[Article]) -> list[Row]:
    """The events of `articles`, earliest first. What became known later stands twice, once for each clock."""
    return sorted((row for article in articles for row in _rows(article)), key=lambda row: row.key)


def timeline(site: Site, rows: Sequence[Row], links: Links, several: bool) -> TimelineView:
    """The timeline of `rows`; each event with its article where there are `several`."""
    views = [
        _event(site, row, row.record, links, several) if row.record else _appears(row, links, several) for row in rows
    ]
    items = [
        Item(
            when=row.when,
            shape=view.shape,
            said=view.said,
            doubt=view.doubt,
            title=view.title,
            label=(row.record.entry.short if row.record else None) or view.title,
            words=view.when.words,
            href=view.anchor,
            clock=row.clock,
        )
        for row, view in zip(rows, views, strict=True)
    ]
    days = [row.when for row in rows if row.record and row.when.earliest and row.when.latest]
    return TimelineView(
        days=tuple(_days(rows, views)),
        periods=periods(
            [(row.when, row.clock, view.anchor) for row, view in zip(rows, views, strict=True) if row.record]
        ),
        total=sum(row.clock != "known" for row in rows if row.record),
        span=_span(days),
        strips=strips(items, [row.when for row in rows if row.record is None]),
        key=_key(rows, views),
        clocks=any(row.clock for row in rows),
        calendar=_calendar(rows, links, several) if days else "",
    )


def _calendar(rows: Sequence[Row], links: Links, several: bool) -> str:
    """Where a calendar program finds these dates, and all others of the article or of the site.

    Where no file can be published, the calendar of the article's is the address itself (RFC 2397).
    """
    articles = {row.article.id: row.article for row in rows}
    if links.addresses is not Addresses.SOURCES:
        return links.file(CALENDAR if several else page_of(next(iter(articles)), CALENDAR))
    written = calendar("", (entries(article, article.events.values()) for _, article in sorted(articles.items())))
    return f"data:text/calendar;charset=utf-8,{quote(written)}"


def _rows(article: Article) -> list[Row]:
    found = []
    if article.events and article.front.published:
        found.append(Row(article=article, record=None, when=article.front.published, clock=None))
    for record in article.events.values():
        when, known = record.entry.when, record.entry.known
        if known is None or known == when:
            found.append(Row(article=article, record=record, when=when, clock=None))
        else:
            found += [
                Row(article=article, record=record, when=when, clock="when"),
                Row(article=article, record=record, when=known, clock="known"),
            ]
    return found


def _days(rows: Sequence[Row], views: Sequence[EventView]) -> Iterator[DayView]:
    """The dates, in order, each with its events."""
    gaps = _gaps(rows)
    for _, same in groupby(range(len(rows)), key=lambda n: rows[n].when):
        of_date = list(same)
        view, clocks = views[of_date[0]], {rows[n].clock for n in of_date}
        said, context = ([n for n in of_date if views[n].said == side] for side in (True, False))
        yield DayView(
            when=view.when,
            shape=view.shape,
            doubt=view.doubt,
            said=bool(said),
            sides=(
                tuple(EventRow(views[n], rows[n].clock) for n in said),
                tuple(EventRow(views[n], rows[n].clock) for n in context),
            ),
            gaps=tuple(
                GapView(words, clock)
                for clock, words in merged({clock: words for n in of_date for clock, words in gaps[n].items()})
            ),
            clock=clocks.pop() if len(clocks) == 1 else None,
        )


def _gaps(rows: Sequence[Row]) -> list[dict[str, str]]:
    """What stands before each row: the time since what came before it, where that is long, by each clock."""
    found: list[dict[str, str]] = [{} for _ in rows]
    for clock in ("when", "known"):
        reached: datetime.date | None = None
        for position, row in enumerate(rows):
            if row.clock not in (None, clock):
                continue
            earliest, latest = row.when.earliest, row.when.latest
            if reached and earliest and (days := (earliest - reached).days) >= LONG:
                found[position][clock] = dates.gap(days)
            if last := latest or earliest:
                reached = max(reached, last) if reached else last
    return found


def _span(days: Sequence[When]) -> str | None:
    if not days:
        return None
    first, last = min(days, key=lambda when: when.first), max(days, key=lambda when: when.last)
    start, end = (first.start or first).text.rstrip("?~%"), (last.end or last).text.rstrip("?~%")
    return dates.on(When.parse(start if start == end else f"{_known(start, '0')}/{_known(end, '9')}"))


def _known(text: str, digit: str) -> str:
    """Give a date that may be an end of an interval: without its time of day, `X` in its year become a digit."""
    return re.sub("(?:-XX)+$", "", text.partition("T")[0]).replace("X", digit)


def _shape(when: When) -> str:
    if not when.is_interval:
        return "exact" if when.precision == "day" else "within"
    if when.start and when.end:
        return "interval"
    return "since" if when.start else "until"


def _key(rows: Sequence[Row], views: Sequence[EventView]) -> tuple[KeyView, ...]:
    """The signs drawn: discs for days, of the article and of its context; one for each other shape; doubt."""
    near = WORDS.timeline.near
    names, said = vars(WORDS.timeline.shapes), {view.said for view in views}
    vague = {row.when.precision for row, view in zip(rows, views, strict=True) if view.shape == "within"}
    words = names | {
        "within": f" {near.link} ".join(getattr(near, each) for each in get_args(Precision) if each in vague)
    }
    shapes = {view.shape for view in views}
    day = f"{names['exact']}, " if "exact" in shapes else ""
    sides = [(True, WORDS.timeline.said), (False, WORDS.timeline.context)]
    found = [KeyView("exact", f"{day}{side.lower()}", said=each) for each, side in sides if each in said]
    found += [KeyView(shape, words[shape]) for shape in _SHAPES if shape in shapes]
    if any(view.doubt for view in views):
        found.append(KeyView("exact", WORDS.timeline.doubt, doubt=True))
    return tuple(found)


def _appears(row: Row, links: Links, several: bool) -> EventView:
    """That the article appears: what the order of its events is read against."""
    article = row.article
    when, doubt = plain_date(plain(row.when) or row.when), restored(row.when)
    return EventView(
        anchor=f"parution--{article.id}" if several else "parution",
        when=replace(when, words=f"[{when.words}]") if doubt else when,
        shape=_shape(row.when),
        doubt=doubt,
        said=False,
        title=WORDS.timeline.appears,
        description=Markup(WORDS.timeline.restored) if doubt else None,
        stated=None,
        other=None,
        article=article_link(article, links) if several else None,
        links=(),
        sources=(),
        edit=None,
    )


def _event(site: Site, row: Row, record: Record[Event], links: Links, several: bool) -> EventView:
    article, event = row.article, record.entry
    marks = article.passages.get(("date", record.id), ())
    found = [_to(article, mark, "mch-pass", WORDS.timeline.read, links) for mark in marks]
    for key in event.claims:
        if key in article.numbers:
            words = f"{WORDS.note.bears_on} {WORDS.note.the_claim} {article.numbers[key]}"
            found.append(_to(article, article.passages["claim", key][0], "mch-bears", words, links))
    other = None
    if row.clock == "when" and event.known:
        other = f"{WORDS.note.known} {dates.on(event.known)}."
    elif row.clock == "known":
        other = f"{WORDS.timeline.happened} {dates.on(event.when)}."
    anchor = f"event--{article.id}--{record.id}" if several else f"event--{record.id}"
    return EventView(
        anchor=f"{anchor}--known" if row.clock == "known" else anchor,
        when=plain_date(row.when),
        shape=_shape(row.when),
        doubt=row.when.uncertain or row.when.approximate,
        said=row.said,
        title=event.title,
        description=prose.html(event.description) if event.description else None,
        stated=stated_words(article, record),
        other=other,
        article=article_link(article, links) if several else None,
        links=tuple(found),
        sources=sources(site, event.sources),
        edit=edit_address(site, record),
    )


def _to(article: Article, mark: Mark, kind: str, words: str, links: Links) -> LinkView:
    stands = where(article.body.part(mark.span.start))
    return LinkView(kind, links.to(article.page, mark.anchor), f"{words}, {stands}")
