"""What can be found: one record an article, whose parts have addresses of their own, one an entity, one a page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from html import unescape

from markupsafe import Markup

from manchette.engine import Links
from manchette.format.kinds import Kind, Person
from manchette.format.layout import CORRECTIONS, DOORS, REGISTER, TEXT, article_of, page_of
from manchette.marks import OBJECT, flow
from manchette.page.leaves import entry_address
from manchette.page.parts import bare, date_view, plain, plain_date, publisher_name, where
from manchette.page.remembered import remembered
from manchette.search.words import latin
from manchette.site.site import Article, Site
from manchette.typeset import prose, typography
from manchette.typeset.words import WORDS


@dataclass(frozen=True, kw_only=True)
class Part:
    """A part of an article or of a page."""

    kind: str  # text, claim, date
    label: str  # « § 4 », « Affirmation 8 », « 12 juillet 2025 »; of a page, a heading
    href: str  # from the site's root
    text: str
    sign: str = ""
    verdict: str = ""


@dataclass(frozen=True, kw_only=True)
class Record:
    """Something that is found as one."""

    kind: str  # name, article, page
    label: str  # « Personne », « Article, juillet 2025 »
    title: str
    href: str  # from the site's root
    text: str  # what is said of it
    lang: str = "fr"  # of the title and of the parts of kind `text`
    forms: tuple[str, ...] = ()  # by which it is found as by its title
    also: tuple[str, ...] = ()  # the same, not to be shown
    parts: tuple[Part, ...] = ()


_LISTS = frozenset({TEXT, REGISTER, CORRECTIONS})  # pages of what is found by itself


def records(site: Site, pages: Mapping[str, tuple[str, str]], links: Links) -> list[Record]:
    """Everything that the site's pages show and a reader may look for.

    `pages`: those that are apart → title and HTML. `links`: those from the site's root.
    """

    def of_entity(key: str) -> Record:
        return remembered(("record", key), site, (links,), lambda site: _entity(site, key, links))

    def of_article(article: Article) -> Record:
        given = (article, links)
        return remembered(("record", article.page), site, given, lambda site: _article(site, article, links))

    def of_page(page: str, title: str, html: str) -> Record:
        return remembered(("record", page), site, (title, html, links), lambda _: _page(page, title, html, links))

    return [
        *map(of_entity, site.entities),
        *map(of_article, site.articles.values()),
        *(of_page(page, *told) for page, told in pages.items()),
    ]


def is_apart(site: Site, page: str) -> bool:
    """Whether a page says more than the notes do, and is to be found itself."""
    return site.has(page) and page not in _LISTS and article_of(page) is None


def _entity(site: Site, key: str, links: Links) -> Record:
    kind, entry = site.entities[key]
    entity = entry.entry
    roles = [role.title for role in entity.roles] if isinstance(entity, Person) else []
    return Record(
        kind="name",
        label=kind.label,
        title=entity.name,
        href=entry_address(site, links, kind.name, key) if site.has(REGISTER) else _first(site, kind, key, links),
        text=" ".join([*(f"{role[0].upper()}{role[1:]}." for role in roles), _said(entity.description)]),
        forms=tuple(dict.fromkeys([*entity.aliases, *entity.names.values()])),
        also=tuple(latin(name, lang) for lang, name in entity.names.items() if latin(name, lang) != bare(name)),
    )


def _first(site: Site, kind: Kind, key: str, links: Links) -> str:
    """Where an entity is named first, where nothing else is said of it."""
    named = site.named.get((kind.name, key), ())
    return next((links.to(article.page, article.passages[kind.name, key][0].anchor) for article in named), ".")


def _article(site: Site, article: Article, links: Links) -> Record:
    front, published = article.front, date_view(plain(article.front.published))
    return Record(
        kind="article",
        label=f"{WORDS.doors.article}, {published.words}" if published else WORDS.doors.article,
        title=_typeset(front.title),
        href=links.to(article.page),
        text=_typeset(" ".join(filter(None, [front.dek, publisher_name(site, article).name, front.author]))),
        lang=front.lang,
        parts=(*_events(site, article, links), *_claims(article, links), *_paragraphs(article, links)),
    )


def _paragraphs(article: Article, links: Links) -> Iterable[Part]:
    for part in article.body.parts:
        text = article.body.text[slice(*part.span)].replace(OBJECT, "")
        shown = _typeset(text) if article.front.lang.startswith("fr") else text
        yield Part(kind="text", label=_typeset(where(part)), href=links.to(article.page), text=shown.strip())


def _claims(article: Article, links: Links) -> Iterable[Part]:
    for key, number in article.numbers.items():
        claim, mark = article.claims[key].entry, article.passages["claim", key][0]
        passage = _typeset(article.body.text[slice(*mark.span)].replace(OBJECT, ""))
        said = passage if claim.claim is None else _said(claim.claim)
        yield Part(
            kind="claim",
            label=f"{WORDS.note.a_claim.capitalize()} {number}, {claim.verdict.label.lower()}",
            href=links.to(article.page, mark.anchor),
            text=f"{said} — {_said(claim.short or claim.rationale)}",
            sign=claim.verdict.words.sign,
            verdict=claim.verdict,
        )


def _events(site: Site, article: Article, links: Links) -> Iterable[Part]:
    """Events, where the article says them or else in its timeline; where it has none, they are shown nowhere."""
    timeline = page_of(article.id, DOORS["timeline"])
    for key, record in article.events.items():
        marks, event = article.passages.get(("date", key)), record.entry
        if marks or site.has(timeline):
            yield Part(
                kind="date",
                label=plain_date(event.when).words,
                href=links.to(article.page, marks[0].anchor) if marks else links.to(timeline, f"event--{key}"),
                text=" — ".join(filter(None, [_typeset(event.title), _said(event.description or "")])),
            )


_HEADING = re.compile(r'<h[1-6][^>]*?\sid="([^"]+)"[^>]*>(.*?)</h[1-6]>', re.DOTALL)


def _page(page: str, title: str, html: str, links: Links) -> Record:
    """A page that is no article's: its parts are what stands below a heading."""
    before, *cut = _HEADING.split(html)
    parts = [
        Part(kind="text", label=_seen(heading), href=links.to(page, anchor), text=_seen(below))
        for anchor, heading, below in zip(cut[::3], cut[1::3], cut[2::3], strict=True)
    ]
    return Record(
        kind="page", label=WORDS.search.page, title=title, href=links.to(page), text=_seen(before), parts=tuple(parts)
    )


def _seen(html: str) -> str:
    return re.sub(r"[ \n]+", " ", flow(html, "fr").text.replace(OBJECT, "")).strip()


def _said(text: str) -> str:
    """Inline Markdown as the words that a page shows of it."""
    return _typeset(unescape(Markup(prose.html(text)).striptags()))


# At every save a server asks for the same texts again.
_typeset = lru_cache(maxsize=1 << 16)(typography.typeset)
