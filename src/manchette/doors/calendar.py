"""An article's dates for a calendar program (RFC 5545).

Whole days, since a calendar knows nothing vaguer: « août 2024 » fills August and its words stand before the title. What
has no known beginning or end, or no year that a calendar can hold, is left out.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from icalendar import Calendar
from icalendar import Event as Entry

from manchette.format.kinds import Event
from manchette.load import Record
from manchette.site.site import Article
from manchette.typeset import dates, prose

_REVISED = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)  # unknown; the same pages must give the same bytes


def entries(article: Article, events: Iterable[Record[Event]]) -> bytes:
    """Events of an article as the components of a calendar."""
    found = []
    for record in events:
        event = record.entry
        first, last = event.when.earliest, event.when.latest
        if first is None or last is None or last == datetime.date.max:
            continue
        plain = event.when.precision == "day" and not event.when.uncertain and not event.when.approximate
        entry = Entry()
        entry.add("uid", f"{record.id}@{article.id}.manchette")
        entry.add("dtstamp", _REVISED)
        entry.add("dtstart", first)
        entry.add("dtend", last + datetime.timedelta(days=1))  # exclusive
        entry.add("summary", event.title if plain else f"{dates.words(event.when)} : {event.title}")
        if event.description:
            entry.add("description", prose.html(event.description).striptags())
        entry.add("transp", "TRANSPARENT")  # takes nobody's time
        found.append(bytes(entry.to_ical()))
    return b"".join(found)


def calendar(name: str, components: Iterable[bytes]) -> bytes:
    """An iCalendar object of what `entries` gives, for whoever subscribes to it (RFC 7986)."""
    out = Calendar()
    out.add("version", "2.0")
    out.add("prodid", "-//Manchette//Chronologie//FR")
    if name:
        out.add("name", name)
    out.add("refresh-interval", datetime.timedelta(days=1), parameters={"VALUE": "DURATION"})
    head, end, rest = bytes(out.to_ical()).rpartition(b"END:VCALENDAR")
    return b"".join([head, *components, end, rest])
