"""What is written beside the pages for other programs."""

from __future__ import annotations

import datetime
from dataclasses import replace

import feedparser
import pytest
from icalendar import Calendar

from manchette.engine import Addresses, Home
from manchette.format.layout import CALENDAR, FEEDS, page_of
from manchette.share.files import files
from manchette.site.open import open_site
from tests.projects import ESTUAIRE, contents

PAGE = "articles/esturgeon/index.md"


@pytest.mark.parametrize(
    ("addresses", "page", "expected"),
    [
        (Addresses.FOLDERS, "index.md", "https://exemple.fr/depot/"),
        (Addresses.FOLDERS, PAGE, "https://exemple.fr/depot/articles/esturgeon/"),
        (Addresses.FILES, "index.md", "https://exemple.fr/depot/index.html"),
        (Addresses.FILES, PAGE, "https://exemple.fr/depot/articles/esturgeon/index.html"),
    ],
)
def test_absolute_addresses(addresses: Addresses, page: str, expected: str) -> None:
    home = Home("https://exemple.fr/depot/", addresses)
    assert home.to(page) == expected
    assert home.to(page, "p3") == f"{expected}#p3"


def test_robots_are_led_to_the_list_of_pages() -> None:
    site = open_site(ESTUAIRE)
    told = contents(files(site, Home("https://exemple.fr/depot/")))["robots.txt"].decode()
    assert "\nSitemap: https://exemple.fr/depot/sitemap.xml\n" in told
    assert "robots.txt" not in files(site, Home(""))  # a relative address would be none


HOME = Home("https://exemple.fr/depot/", name="L’Estuaire")


@pytest.mark.parametrize("name", FEEDS)
def test_a_feed_is_what_a_feed_reader_expects(name: str) -> None:
    site = open_site(ESTUAIRE)
    made = contents(files(site, HOME))
    read = feedparser.parse(made[FEEDS[name]])
    assert not read.bozo, read.get("bozo_exception")
    assert read.version == "atom10"
    assert read.feed.title.startswith("L’Estuaire – ")
    assert {link.rel: link.href for link in read.feed.links}["self"] == f"{HOME.url}{FEEDS[name]}"
    assert read.entries
    ids = [entry.id for entry in read.entries]
    assert len(ids) == len(set(ids))
    known = {HOME.to(article.page) for article in site.articles.values()}
    for entry in read.entries:
        page, _, fragment = entry.link.partition("#")
        assert page in known
        assert (name == "corrections") == fragment.startswith("claim--")
        assert entry.updated_parsed
        assert entry.author
        assert "'" not in entry.title
    assert contents(files(site, HOME)) == made  # nothing in it is of the moment
    assert FEEDS[name] not in files(site, Home(""))


def test_without_a_correction_a_feed_may_be_subscribed_to_all_the_same() -> None:
    empty = replace(open_site(ESTUAIRE), articles={})
    read = feedparser.parse(contents(files(empty, HOME))[FEEDS["corrections"]])
    assert not read.bozo
    assert not read.entries
    assert contents(files(empty, HOME)) == contents(files(empty, HOME))


def test_calendars_are_those_of_the_articles_and_of_all() -> None:
    site = open_site(ESTUAIRE)
    made = contents(files(site, HOME))
    alone = Calendar.from_ical(made[page_of("esturgeon", CALENDAR)])
    both = Calendar.from_ical(made[CALENDAR])
    assert str(both["NAME"]) == "L’Estuaire"
    assert [str(each["UID"]) for each in alone.walk("VEVENT")] == [str(each["UID"]) for each in both.walk("VEVENT")]
    assert both["REFRESH-INTERVAL"].dt == datetime.timedelta(days=1)
    assert CALENDAR in files(site, Home(""))  # it leads nowhere
