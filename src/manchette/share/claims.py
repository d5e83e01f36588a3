"""The page of a claim alone: what someone is led to who is sent one. It has no script, and little else than words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, partial

from markupsafe import Markup

from manchette.engine import ASSETS, Home, Links, Make
from manchette.format.layout import DOORS, SHARED_PICTURE, TEXT, claim_page_of, folder_of, page_of
from manchette.page.about import cut
from manchette.page.notes import ClaimNote, claim_note
from manchette.page.parts import DateView, date_view, plain, restored
from manchette.share.picture import pictures
from manchette.share.review import review
from manchette.site.site import Article, Site
from manchette.typeset import prose, typography
from manchette.typeset.language import other
from manchette.typeset.render import macro, render
from manchette.typeset.words import WORDS

TITLE = 70  # characters of the passage in a title: what search engines and cards show of one
DESCRIPTION = 160


@dataclass(frozen=True, kw_only=True)
class Around:
    """What the pages of an article's claims have in common; they stand in one folder, so that addresses are too."""

    site: str
    home: str
    assets: str
    icon: str
    headline: str
    lang: str
    foreign: bool  # and that is not French
    article: str
    table: str | None
    url: str | None
    published: DateView | None
    restored: bool
    picture: str  # absolute, of what stands for the article; empty where there is none
    annotator: str
    annotator_url: str | None


@dataclass(frozen=True, kw_only=True)
class ClaimPage:
    """A claim's page."""

    a: Around
    note: ClaimNote
    words: str  # the passage
    title: str
    description: str
    address: str  # absolute, or empty
    passage: str
    previous: str | None
    next: str | None
    reviewer: str
    review: Markup | None


def files(site: Site, home: Home) -> Mapping[str, Make]:
    """Every claim's page, of the claims that have a place in their article."""
    return {path: make for article in site.articles.values() for path, make in _pages(site, article, home)}


def _pages(site: Site, article: Article, home: Home) -> Iterator[tuple[str, Make]]:
    pages = {key: page for key in article.numbers if (page := claim_page_of(article.id, key))}
    around = cache(lambda: _around(site, article, home, Links(next(iter(pages.values())), home.addresses)))
    beside = zip(pages, [None, *pages.values()], [*list(pages.values())[1:], None], strict=False)
    for key, *others in beside:
        yield home.path(pages[key]), partial(_page, site, article, key, home, pages[key], around, *others)


def _page(
    site: Site,
    article: Article,
    key: str,
    home: Home,
    page: str,
    around: Callable[[], Around],
    previous: str | None,
    following: str | None,
) -> bytes:
    view = _view(site, article, key, home, Links(page, home.addresses), around(), previous, following)
    body = Markup(typography.apply(macro("claim.jinja", "body", view)))
    return render("claim.html.jinja", c=view, body=body).encode()


def _around(site: Site, article: Article, home: Home, links: Links) -> Around:
    front, table = article.front, page_of(article.id, DOORS["claims"])
    return Around(
        site=home.name,
        home=links.to(TEXT),
        assets=links.file(ASSETS),
        icon=links.file(home.icon or f"{ASSETS}/favicon.svg"),
        headline=front.title,
        lang=front.lang,
        foreign=bool(other(front.lang)),
        article=links.to(article.page),
        table=links.to(table) if site.has(table) else None,
        url=front.url,
        published=date_view(plain(front.published)),
        restored=restored(front.published),
        picture=home.file(f"{folder_of(article.id)}/{SHARED_PICTURE}") if pictures(home)["pictures"] else "",
        annotator=site.settings.publisher or WORDS.this_site,
        annotator_url=site.settings.url,
    )


def _view(
    site: Site,
    article: Article,
    key: str,
    home: Home,
    links: Links,
    around: Around,
    previous: str | None,
    following: str | None,
) -> ClaimPage:
    record = article.claims[key]
    claim = record.entry
    words = article.body.text[slice(*article.passages["claim", key][0].span)]
    told = claim.short or prose.opening(claim.rationale)[0].striptags()
    address = home.to(links.page) if home.url else ""
    return ClaimPage(
        a=around,
        note=claim_note(site, article, record, links),
        words=words,
        title=WORDS.claim.title.format(claim.verdict.label, _quoted(words, around.foreign)),
        description=typography.typeset(cut(told, DESCRIPTION)),
        address=address,
        passage=f"{around.article}#claim--{key}",
        previous=previous and links.to(previous),
        next=following and links.to(following),
        reviewer=claim.reviewed_by or around.annotator,
        review=review(site, article, claim, words if around.foreign else typography.typeset(words), address),
    )


def _quoted(words: str, foreign: bool) -> str:
    """The first words of a passage, as they stand between quotation marks: those in it are of the second rank."""
    short = cut(prose.second_rank(words), TITLE)
    short = short if foreign else typography.typeset(short)
    return f"{short}”" if short.count("“") > short.count("”") else short
