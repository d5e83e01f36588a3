"""A site as it is published under a sub-path: every address in it is answered, with what it says is there.

Pages, style sheets, pictures and fonts; feeds, calendars, the lists for robots; what pages say for other programs.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin, urlsplit
from xml.etree import ElementTree

import feedparser
import pytest
from icalendar import Calendar

from manchette.format.layout import CALENDAR, FEEDS
from tests.conftest import HANG
from tests.follow import Followed, fetched, follow, links
from tests.test_engines import HERE
from tools.static import PREFIX, served

HOST = HERE.removesuffix(PREFIX)
ROBOTS, SITEMAP = "robots.txt", "sitemap.xml"


@dataclass(frozen=True)
class Answer:
    status: int
    type: str
    body: bytes


@dataclass(frozen=True)
class Published:
    """A site, what following its links gave, and all that a server answers for it, each address once."""

    site: Path
    followed: Followed
    asked: dict[str, set[tuple[str, str]]]  # address → where it stands, how the type begins that is expected there
    answers: dict[str, Answer]


@pytest.fixture(scope="module", params=["site", "this_site"])
def published(request: pytest.FixtureRequest) -> Published:
    site: Path = request.getfixturevalue(request.param)
    followed = follow(site, HERE)
    asked: dict[str, set[tuple[str, str]]] = {}
    for where, kind, address in addresses(site, followed):
        if address.startswith(f"{HOST}/"):
            asked.setdefault(urldefrag(address)[0], set()).add((where, kind))
    with served(site) as address:
        to = HTTPConnection(urlsplit(address).netloc, timeout=HANG)
        return Published(site, followed, asked, {each: answer(to, each) for each in asked})


def answer(to: HTTPConnection, address: str) -> Answer:
    """Ask for an address as it is written; a redirection is no answer."""
    to.request("GET", urlsplit(address)._replace(scheme="", netloc="").geturl())
    got = to.getresponse()
    return Answer(got.status, got.headers.get_content_type(), got.read())


def addresses(site: Path, followed: Followed) -> Iterator[tuple[str, str, str]]:
    """Yield where an address stands, how the type of what is there begins, and the whole address."""
    for where, _, kind, _, address in links(followed.pages, HERE):
        yield where, kind, address
    for where, address in fetched(site, {}, HERE):
        yield where, "", address
    for where, page in followed.pages.items():
        for block in page.data:
            for address in texts(json.loads(block)):
                yield where, "", address
    for where in (ROBOTS, SITEMAP, CALENDAR, *FEEDS.values()):
        yield "", "", HERE + where
    for address in locations(site):
        yield SITEMAP, "text/html", address
    for where in FEEDS.values():
        feed = feedparser.parse((site / where).read_bytes())
        for link in [*feed.feed.links, *(link for entry in feed.entries for link in entry.links)]:
            yield where, link.type if link.rel == "self" else "text/html", link.href


def texts(data: object) -> Iterator[str]:
    """Yield every text in a block of JSON."""
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict | list):
        for each in data.values() if isinstance(data, dict) else data:
            yield from texts(each)


def locations(site: Path) -> list[str]:
    """What the list of pages says."""
    name = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"
    return [each.text or "" for each in ElementTree.parse(site / SITEMAP).iter(name)]


# ---- answered


def test_every_address_is_answered_with_what_is_expected_there(published: Published) -> None:
    assert len(published.asked) > 25
    wrong = []
    for address, whence in published.asked.items():
        got = published.answers[address]
        if got.status != 200:
            wrong.append(f"{got.status} {address} {sorted(whence)[:3]}")
        wrong += [f"{got.type} {address} {where}: {kind}" for where, kind in whence
                  if not got.type.startswith(re.sub(r"application/\w+\+xml", "application/xml", kind))]  # fmt: skip
    assert wrong == []


def test_every_file_is_what_its_name_says(published: Published) -> None:
    seen = set()
    for address, got in published.answers.items():
        if check := CONTENT.get(got.type):
            seen.add(got.type)
            assert check(got.body), address
    assert seen >= {"text/html", "image/svg+xml", "font/woff2", "text/calendar", "application/xml"}


def feed_or_list(body: bytes) -> bool:
    return b"<urlset" in body or not feedparser.parse(body).bozo


CONTENT: dict[str, Callable[[bytes], object]] = {
    "text/html": lambda body: body.lstrip().lower().startswith(b"<!doctype html"),
    "image/svg+xml": lambda body: ElementTree.fromstring(body).tag == "{http://www.w3.org/2000/svg}svg",
    "image/png": lambda body: body.startswith(b"\x89PNG\r\n"),
    "font/woff2": lambda body: body.startswith(b"wOF2"),
    "text/calendar": lambda body: Calendar.from_ical(body).walk("VEVENT"),
    "application/xml": feed_or_list,
}


def test_no_address_leaves_the_site_s_path(published: Published) -> None:
    assert [address for address in published.asked if not address.startswith(HERE)] == []


# ---- the lists


def test_robots_are_told_of_articles_and_of_nothing_that_is_not_there(published: Published) -> None:
    pages = {urljoin(HERE, name.removesuffix("index.html")) for name in published.followed.pages}
    listed = locations(published.site)
    assert len(listed) == len(set(listed))
    assert {page for page in pages if re.fullmatch(rf"{HERE}(articles/[^/]+/)?", page)} <= set(listed)
    assert set(listed) <= pages - {HERE + "404.html"}
    packed = gzip.decompress((published.site / f"{SITEMAP}.gz").read_bytes())
    assert packed == (published.site / SITEMAP).read_bytes()
    assert f"Sitemap: {HERE}{SITEMAP}" in (published.site / ROBOTS).read_text("utf-8").splitlines()


def test_a_feed_s_entries_lead_to_anchors(published: Published) -> None:
    for name in FEEDS.values():
        for entry in feedparser.parse((published.site / name).read_bytes()).entries:
            page, anchor = urldefrag(entry.link)
            path = page.removeprefix(HERE) + ("index.html" if page.endswith("/") else "")
            assert unquote(anchor) in published.followed.pages[path].anchors, entry.link


def test_every_page_names_the_feeds(published: Published) -> None:
    for name, page in published.followed.pages.items():
        named = {whole for _, _, kind, _, whole in links({name: page}, HERE) if kind == "application/atom+xml"}
        if named:  # a page that shows nothing of ours is the site's theme's
            assert named == {HERE + feed for feed in FEEDS.values()}, name
