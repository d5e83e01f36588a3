"""What is new, for feed readers: the articles, and the corrections of notes (Atom, RFC 4287)."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from io import BytesIO

from feedgenerator import Atom1Feed

from manchette.doors.corrections import changes
from manchette.doors.home import newest
from manchette.engine import Home, Make
from manchette.format.edtf import When
from manchette.format.kinds import CLAIM
from manchette.format.layout import CORRECTIONS, FEEDS
from manchette.page.article import annotated
from manchette.page.parts import publisher_name
from manchette.site.site import Site
from manchette.typeset import prose, typography
from manchette.typeset.language import OURS
from manchette.typeset.words import WORDS

LATEST = 50  # entries: who reads a feed has read those before


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One entry of a feed."""

    id: str  # an address that stays
    href: str
    title: str
    html: str
    author: str
    published: datetime.datetime | None
    updated: datetime.datetime


def files(site: Site, home: Home) -> Mapping[str, Make]:
    """The feeds; none where nobody has said where the site will be read, since feeds are read elsewhere."""
    if not home.url:
        return {}
    log = home.to(CORRECTIONS) if site.has(CORRECTIONS) else home.url
    found = {
        "articles": (WORDS.feeds.articles, home.url, articles),
        "corrections": (WORDS.feeds.corrections, log, corrected),
    }
    return {
        FEEDS[name]: partial(_feed, site, home, f"{home.name} – {title}", page, home.file(FEEDS[name]), entries)
        for name, (title, page, entries) in found.items()
    }


def articles(site: Site, home: Home) -> list[Entry]:
    """The latest articles, each as new as its latest verdict."""
    return [
        Entry(
            id=home.to(article.page),
            href=home.to(article.page),
            title=article.front.title,
            html=typography.apply(prose.html(article.front.dek)) if article.front.dek else "",
            author=article.front.author or publisher_name(site, article).name,
            published=_day(article.front.published),
            updated=_day(annotated(article)) or _day(article.front.published) or UNKNOWN,
        )
        for article in newest(site)[:LATEST]
    ]


def corrected(site: Site, home: Home) -> list[Entry]:
    """The latest corrections of notes, each leading to the passage."""
    found = []
    for each in changes([*site.articles.values()])[:LATEST]:
        article, claim = each.article, each.article.claims[each.claim].entry
        passage = home.to(article.page, f"claim--{each.claim}")
        day = _day(each.correction.date) or UNKNOWN
        number = claim.corrections.index(each.correction) + 1
        label = f"{CLAIM.label} {article.numbers[each.claim]} ({claim.verdict.label.lower()})"
        found.append(
            Entry(
                id=f"{home.to(article.page)}#correction--{each.claim}--{number}",
                href=passage,
                title=f"{label}, « {article.front.title} »",
                html=typography.apply(prose.html(each.correction.change)),
                author=_publisher(site, home),
                published=day,
                updated=day,
            )
        )
    return found


def addresses(home: Home) -> list[tuple[str, str]]:
    """The title of each feed and its path from the site's root; none where there are none."""
    return [(f"{home.name} – {getattr(WORDS.feeds, name)}", path) for name, path in FEEDS.items()] if home.url else []


UNKNOWN = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)  # the same site must give the same bytes


class _Feed(Atom1Feed):  # type: ignore[misc]
    def latest_post_date(self) -> datetime.datetime:
        """When it last changed; the library's own says now where there is no entry."""
        return max((each["updateddate"] for each in self.items), default=UNKNOWN)


def _feed(
    site: Site, home: Home, title: str, page: str, address: str, entries: Callable[[Site, Home], Iterable[Entry]]
) -> bytes:
    feed = _Feed(
        title=typography.typeset(title),
        link=page,
        description="",
        language=OURS,
        author_name=_publisher(site, home),
        feed_url=address,
        feed_guid=address,
    )
    for each in entries(site, home):
        feed.add_item(
            title=typography.typeset(each.title),
            link=each.href,
            description=each.html or None,
            author_name=each.author,
            pubdate=each.published,
            updateddate=each.updated,
            unique_id=each.id,
        )
    out = BytesIO()
    feed.write(out, "utf-8")
    return out.getvalue()


def _publisher(site: Site, home: Home) -> str:
    return site.settings.publisher or home.name


def _day(when: When | None) -> datetime.datetime | None:
    """The first moment of a date, where a calendar has it; feeds know nothing vaguer."""
    if when is None or when.earliest is None:
        return None
    return datetime.datetime.combine(when.earliest, datetime.time(), datetime.UTC)
