"""The formats, and the files that are written in them."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import partial

from manchette.engine import Home, Make
from manchette.export import epub, everything, geo, tables, tei, text, web_annotation
from manchette.export.base import Dates, Export, Exported
from manchette.format.layout import export_of
from manchette.site.site import Article, Site

EXPORTS: tuple[Export, ...] = (
    epub.EPUB,
    everything.EVERYTHING,
    *tables.EXPORTS,
    geo.PLACES,
    tei.TEI,
    web_annotation.WEB_ANNOTATION,
    text.TEXT,
)
NAMES = tuple(export.name for export in EXPORTS)


def of_article(article: Article) -> Iterator[tuple[Export, str]]:
    """The formats that an article is written in, and the file of each: the whole text only where it has a right to."""
    for export in EXPORTS:
        if article.front.rights or not export.whole:
            yield export, export_of(export.ending, article.id)


def withheld(site: Site) -> Iterator[str]:
    """The files that none of the site's articles has for now: all of a draft, the whole text of one without rights."""
    for key, article in site.articles.items():
        had = set() if article.front.draft else {export.name for export, _ in of_article(article)}
        yield from (export_of(export.ending, key) for export in EXPORTS if export.name not in had)


def of_all(site: Site) -> Iterator[tuple[Export, str]]:
    """The formats that hold all articles, and the file of each; none where one article is all."""
    for export in EXPORTS:
        if export.together and len(site.articles) > 1:
            yield export, export_of(export.ending)


def files(site: Site, home: Home, dates: Dates = dict, names: Collection[str] = NAMES) -> dict[str, Make]:
    """Path relative to the site's address → what makes the file, of the formats that are named.

    `site` has no drafts.
    """
    made: dict[str, Make] = {}
    if site.articles and everything.EVERYTHING.name in names:
        made[everything.SCHEMA] = partial(everything.schema, home)
    for articles, found in [
        *(((each,), of_article(each)) for each in site.articles.values()),
        (tuple(site.articles.values()), of_all(site)),
    ]:
        given = Exported(site, articles, home, dates)
        made |= {path: partial(export.write, given) for export, path in found if export.name in names}
    return made
