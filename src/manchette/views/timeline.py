"""The timeline: what happened when, in the article and around it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from manchette import prose, wording
from manchette.kinds import Event
from manchette.load import Record
from manchette.site import Article, Site
from manchette.views.notes import stated_words
from manchette.views.parts import DateView, HostView, LinkView, Links, SourceView, edit_address, plain_date, sources

LONG = 28  # days without an event that are written out between two of them


@dataclass(frozen=True)
class EventView:
    """An event of the timeline."""

    anchor: str
    when: DateView
    shape: str  # exact, within (to the month, the year…), interval
    doubtful: bool
    said: bool  # the article says it; else it is context
    title: str
    description: Markup | None
    stated: str | None
    known: str | None
    article: LinkView | None  # where several articles are shown together
    links: tuple[LinkView, ...]
    sources: tuple[SourceView, ...]
    edit: HostView | None
    gap: str | None  # the time since the event before, where that is long


@dataclass(frozen=True)
class TimelineView:
    """A timeline."""

    events: tuple[EventView, ...]
    several: bool  # more than one article


def timeline(site: Site, articles: Sequence[Article], links: Links) -> TimelineView:
    """The events of `articles`, earliest first."""
    rows = sorted(
        ((article, record) for article in articles for record in article.events.values()),
        key=lambda row: (row[1].entry.when.key, row[1].id),
    )
    several = len(articles) > 1
    events, reached = [], None
    for article, record in rows:
        when = record.entry.when
        gap = None
        if reached and when.earliest and (days := (when.earliest - reached).days) >= LONG:
            gap = wording.gap(days)
        last = when.latest or when.earliest
        if last:
            reached = max(reached, last) if reached else last
        events.append(_event(site, article, record, links, gap, several))
    return TimelineView(tuple(events), several)


def _event(
    site: Site, article: Article, record: Record[Event], links: Links, gap: str | None, several: bool
) -> EventView:
    event = record.entry
    marks = article.passages.get(("date", record.id), ())
    found = [
        LinkView(
            "mch-pass",
            links.to(article.page, mark.anchor),
            f"Lire le passage, §\u202f{article.body.paragraph(mark.span.start)}",
        )
        for mark in marks
    ]
    for key in event.claims:
        if key in article.numbers:
            mark = article.passages["claim", key][0]
            found.append(
                LinkView(
                    "mch-bears",
                    links.to(article.page, mark.anchor),
                    f"Éclaire l’affirmation {article.numbers[key]}, §\u202f{article.body.paragraph(mark.span.start)}",
                )
            )
    return EventView(
        f"event--{article.id}--{record.id}" if several else f"event--{record.id}",
        plain_date(event.when),
        "interval" if event.when.is_interval else "exact" if event.when.precision == "day" else "within",
        event.when.uncertain or event.when.approximate,
        bool(marks),
        event.title,
        prose.html(event.description) if event.description else None,
        stated_words(article, record),
        wording.on(event.known) if event.known else None,
        LinkView("mch-from", links.to(article.page), article.front.title) if several else None,
        tuple(found),
        sources(site, event.sources),
        edit_address(site, record),
        gap,
    )
