"""The library: every article of the site, the newest first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from manchette.engine import Links
from manchette.format.kinds import TERM
from manchette.format.layout import CORRECTIONS, REGISTER
from manchette.page.article import SummaryView, summary
from manchette.page.parts import DateView, NameView, date_view, plain, publisher_name, restored
from manchette.site.site import Article, Site

NAMES = 6  # names by which an article is known
LATEST = 5  # articles that a page of no use offers instead, and that a home page of many shows in full
LONG = 10  # articles, beyond which the library is a list


@dataclass(frozen=True, kw_only=True)
class CardView:
    """An article in the library."""

    href: str
    title: str
    lang: str
    dek: str | None
    publisher: NameView
    published: DateView | None
    restored: bool
    claims: int  # how many
    summary: SummaryView | None  # none where a line or two are shown
    names: tuple[str, ...]  # those named most; none there


@dataclass(frozen=True)
class LibraryView:
    """The library."""

    cards: tuple[CardView, ...]
    short: bool  # a line or two for each


def newest(site: Site) -> list[Article]:
    """Every article, the newest first; those without a date last."""
    return sorted(
        site.articles.values(),
        key=lambda article: (article.front.published.key if article.front.published else (), article.id),
        reverse=True,
    )


def library(site: Site, articles: Sequence[Article], links: Links, short: bool | None = None) -> LibraryView:
    """Articles in their order; a line or two for each where that is asked for, or where they are many."""
    brief = len(articles) > LONG if short is None else short
    cards = tuple(
        CardView(
            href=links.to(article.page),
            title=article.front.title,
            lang=article.front.lang,
            dek=article.front.dek,
            publisher=publisher_name(site, article),
            published=date_view(plain(article.front.published)),
            restored=restored(article.front.published),
            claims=len(article.numbers),
            summary=None if brief else summary(site, article, links),
            names=() if brief else _named_most(site, article),
        )
        for article in articles
    )
    return LibraryView(cards, brief)


def beside_navigation(site: Site, links: Links) -> dict[str, object]:
    """What the frame of a page leads to and no navigation has: the latest articles, the corrections, the names."""
    return {
        "latest": [(each.front.title, each.front.lang, links.to(each.page)) for each in newest(site)[:LATEST]],
        "corrections": links.to(CORRECTIONS) if site.has(CORRECTIONS) else None,
        "names": links.to(REGISTER) if site.has(REGISTER) else None,
    }


def _named_most(site: Site, article: Article) -> tuple[str, ...]:
    counts = Counter(mark.id for mark in article.marks if mark.kind != TERM.name and mark.id in site.entities)
    return tuple(site.entities[key][1].entry.name for key, _ in counts.most_common(NAMES))
