"""What several pages share: addresses, dates in words, sources."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any
from urllib.parse import quote

from babel.core import Locale
from markupsafe import Markup

from manchette.anchor.letters import opened, unaccented
from manchette.engine import Links
from manchette.format.edtf import When
from manchette.format.kinds import ORGANIZATION, Entity, Event
from manchette.format.model import Source
from manchette.format.scalars import web_address
from manchette.load import Record
from manchette.marks import Part
from manchette.site.site import Article, Site
from manchette.typeset import dates, prose
from manchette.typeset.language import other
from manchette.typeset.words import WORDS


@dataclass(frozen=True)
class HostView:
    """The host's pages on an entry's lines."""

    edit: str
    history: str | None


def edit_address(site: Site, record: Record[Any], line: str = "") -> HostView | None:
    """Where the entry's lines are edited, by the template in `extra.manchette.edit`, and where their past is read.

    `line`: what stands for the number of the first one, where that is written later.

    GitHub and GitLab have the latter at the same address with `/blame/` for `/edit/`; of other hosts it is not known.
    """
    template = site.settings.edit
    if not template:
        return None
    where = record.where.place
    head, path, tail = template.partition("{path}")
    before, edit, after = head.rpartition("/edit/")  # the last one: an owner may be called « edit »
    past = f"{before}/blame/{after}{path}{tail}" if edit else None

    def filled(address: str) -> str:
        return address.replace("{path}", quote(where.file)).replace("{line}", line or str(where.line))

    return HostView(filled(template), filled(past) if past else None)


def contact_address(site: Site) -> str:
    """Where `extra.manchette.contact` leads, `mailto:` or a page; nothing where it is only words."""
    said = site.settings.contact or ""
    if re.fullmatch(r"[^\s/@]+@[^\s/@]+", said) and not said.startswith("mailto:"):
        return f"mailto:{said}"
    return said if said.startswith("mailto:") or web_address(said) else ""


def writing_address(site: Site, key: str, article: Article | None) -> str:
    """Where to write about a note without an account anywhere, a letter's subject said; nothing where nobody reads."""
    address = contact_address(site)
    if not address.startswith("mailto:"):
        return address
    subject = WORDS.note.subject.format(key, article.front.title) if article else key
    return f"{address}{'&' if '?' in address else '?'}subject={quote(subject, safe='')}"


@dataclass(frozen=True)
class DateView:
    """A date in words, and for machines where it is a plain one."""

    words: str
    datetime: str | None


@dataclass(frozen=True)
class LinkView:
    """A link, the class that says what sort it is, and the language of its words where that is not French."""

    kind: str
    href: str
    text: str
    lang: str | None = None


@dataclass(frozen=True)
class NameView:
    """A name, or words of a text, and the language they are in, where that is not French."""

    name: str
    lang: str | None


@dataclass(frozen=True, kw_only=True)
class SourceView:
    """What is cited."""

    url: str
    outlet: str
    title: str | None
    description: Markup | None
    author: str | None
    published: DateView | None
    accessed: DateView | None
    archive: str | None
    lang: str | None
    tongue: str | None  # « en russe », where it is not French
    note: str | None


@dataclass(frozen=True)
class PassageView:
    """Where an annotation stands: its address, its paragraph or footnote, its place on the strip of the text, in px."""

    anchor: str
    part: Part
    position: int

    @property
    def where(self) -> str:
        """Its paragraph or footnote, in words."""
        return where(self.part)


@dataclass(frozen=True)
class OriginalView:
    """A name in another language."""

    lang: str
    form: str


def where(part: Part) -> str:
    """A paragraph or a footnote as pages name it: « § 3 », « note 2 »."""
    return f"{WORDS.note.footnote}\u00a0{part.number}" if part.is_footnote else f"{WORDS.note.paragraph} {part.number}"


def date_view(when: When | None) -> DateView | None:
    """A date in French words, where there is one."""
    return None if when is None else plain_date(when)


def plain_date(when: When) -> DateView:
    """A date that is there, in French words."""
    return DateView(dates.words(when), dates.day(when))


@cache
def tongue(lang: str | None) -> str | None:
    """The language in French words: « en russe »; nothing for French, or for what has no name there (CLDR)."""
    base = (lang or "fr").split("-")[0].lower()
    name = None if base == "fr" else Locale("fr").languages.get(base)
    return name and WORDS.note.tongue.format(name)


def source_view(source: Source) -> SourceView:
    """A source, ready to show."""
    return SourceView(
        url=source.url,
        outlet=source.outlet,
        title=source.title,
        description=prose.html(source.description) if source.description else None,
        author=source.author,
        published=date_view(source.published),
        accessed=date_view(source.accessed),
        archive=source.archive,
        lang=source.lang,
        tongue=tongue(source.lang),
        note=source.note,
    )


def sources(site: Site, keys: Iterable[str]) -> tuple[SourceView, ...]:
    """Each source once, in the order cited."""
    return tuple(source_view(site.sources[key].entry) for key in dict.fromkeys(keys) if key in site.sources)


def bare(name: str) -> str:
    """A name as French alphabetical order and hurried readers have it: without accents, ligatures and capitals."""
    return unaccented(opened(name.casefold()))


def alphabetical(name: str) -> str:
    """Give what names are put in order by: word by word, whatever signs stand before or between them.

    So have it the French rules for catalogues (NF Z44-001).
    """
    return " ".join(re.findall(r"\w+", bare(name)))


def plain(when: When | None) -> When | None:
    """A restored date without its doubt, which its brackets say already."""
    return When.parse(re.sub("[?~%]", "", when.text)) if when else None


def restored(when: When | None) -> bool:
    """Whether a date is shown in brackets, as restored: it is approximate, uncertain, or both."""
    return when is not None and bool(re.search("[?~%]", when.text))


def native(entity: Entity) -> tuple[str | None, tuple[OriginalView, ...]]:
    """The language of `name` where `names` tells it, and the other names."""
    own = next((lang for lang, form in entity.names.items() if form == entity.name), None)
    return own, tuple(OriginalView(lang, form) for lang, form in entity.names.items() if form != entity.name)


def article_link(article: Article, links: Links) -> LinkView:
    """The way to an article, by its title."""
    return LinkView("mch-from", links.to(article.page), article.front.title, other(article.front.lang))


def stated_words(article: Article, record: Record[Event]) -> NameView | None:
    """The article's own words for the date, where they are vaguer than the event: « en 2024 »."""
    if record.entry.stated is None or record.entry.quote is None:
        return None
    return NameView(record.entry.quote.exact, other(article.front.lang))


@dataclass(frozen=True)
class Called:
    """What an entity is called: all that most pages need of it."""

    kind: str
    name: NameView
    forms: tuple[str, ...]  # the name, and the others by which texts mention it


@lru_cache(maxsize=2)
def called(site: Site) -> Mapping[str, Called]:
    """Entity id → what it is called."""
    return {
        key: Called(kind.name, NameView(record.entry.name, native(record.entry)[0]), record.entry.forms)
        for key, (kind, record) in site.entities.items()
    }


def publisher_name(site: Site, article: Article) -> NameView:
    """Who published the article."""
    found = site.ask(called, article.front.publisher)
    return found.name if found and found.kind == ORGANIZATION.name else NameView(article.front.publisher, None)
