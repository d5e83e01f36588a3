"""Dates for a calendar program, which may subscribe to their addresses: of each article, and of the whole site."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from manchette.doors.calendar import calendar, entries
from manchette.engine import Home, Make
from manchette.format.layout import CALENDAR, page_of
from manchette.site.site import Article, Site

_kept: dict[str, tuple[Article, bytes]] = {}  # for a server: most articles are the same after a save


def files(site: Site, home: Home) -> Mapping[str, Make]:
    """The calendar of each article that has dates, and of all."""
    found = {}
    for key, article in site.articles.items():
        if key not in _kept or _kept[key][0] is not article:
            _kept[key] = article, entries(article, article.events.values())
        if events := _kept[key][1]:
            found[key] = events
    one_by_one: dict[str, Make] = {
        page_of(key, CALENDAR): partial(calendar, site.articles[key].front.title, [events])
        for key, events in found.items()
    }
    return {**one_by_one, CALENDAR: partial(calendar, home.name, found.values())} if found else {}
