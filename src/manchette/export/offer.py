"""What readers are told of the files that the notes are in: which there are, for whom, and why one is not there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from manchette.engine import Addresses, Links
from manchette.export.base import Export
from manchette.export.formats import EXPORTS, of_all, of_article
from manchette.format.scalars import web_address
from manchette.site.site import Article, Site
from manchette.typeset import typography
from manchette.typeset.render import macro
from manchette.typeset.words import WORDS

USES = {
    "reader": ("epub",),
    "spreadsheet": ("claims", "dates", "entities", "sources"),
    "map": ("places",),
    "annotation": ("web-annotation",),
    "edition": ("tei",),
    "program": ("json",),
    "text": ("text",),
}
"""What a format is for → its names; in the order in which readers find them."""


@dataclass(frozen=True)
class FileView:
    """A file that is offered; none at this address where it is only named."""

    label: str
    href: str | None
    name: str  # what it is called where it is kept
    media_type: str


@dataclass(frozen=True)
class UseView:
    """What some formats are for, and their files."""

    name: str
    files: tuple[FileView, ...]


@dataclass(frozen=True)
class OfferView:
    """All that is offered in one place."""

    uses: tuple[UseView, ...]
    absent: str  # the formats that would hold the whole text, where they may not
    rights: str | None  # where they may
    licence: str | None  # of the notes
    is_address: bool  # whether that is one


def of(site: Site, article: Article, links: Links) -> Markup:
    """What an article's page offers of its notes; nothing of a draft, and where nobody writes the files."""
    if article.front.draft or links.addresses is Addresses.SOURCES:
        return Markup()
    found = {export.name: path for export, path in of_article(article)}
    absent = [_label(export) for export in EXPORTS if export.name not in found]
    view = OfferView(
        uses=tuple(_uses(found, links)),
        absent=", ".join(absent),
        rights=article.front.rights,
        licence=site.settings.licence,
        is_address=web_address(site.settings.licence or ""),
    )
    return Markup(typography.apply(macro("export.jinja", "article", view)))


def of_site(site: Site, links: Links) -> str:
    """What the site offers, format by format: the files of all articles, or of the only one. Drafts have none."""
    site = site.published
    articles = [*site.articles.values()]
    made = of_article(articles[0]) if len(articles) == 1 else of_all(site)
    found = {} if links.addresses is Addresses.SOURCES else {export.name: path for export, path in made}
    uses = [*_uses({export.name: found.get(export.name, "") for export in EXPORTS}, links)]
    return typography.apply(macro("export.jinja", "site", uses, len(articles) > 1))


def _uses(found: dict[str, str], links: Links) -> Iterator[UseView]:
    """The uses that some of the formats have; `found`: name → path, or nothing where the format is only named."""
    exports = {export.name: export for export in EXPORTS}
    for use, names in USES.items():
        files = tuple(_file(exports[name], found[name], links) for name in names if name in found)
        if files:
            yield UseView(use, files)


def _file(export: Export, path: str, links: Links) -> FileView:
    return FileView(_label(export), links.file(path) if path else None, path.rpartition("/")[2], export.media_type)


def _label(export: Export) -> str:
    return str(vars(WORDS.export.labels)[export.name])
