"""A page's HTML → the page as readers get it: marks in the text, notes below it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise

from markupsafe import Markup

from manchette import marks
from manchette.anchor.canonical import Span
from manchette.engine import Links
from manchette.format.kinds import CLAIM, DATE, PLACE
from manchette.page.abbreviations import spelled_out
from manchette.page.article import article_page, doors, gloss_mark, mark_view
from manchette.page.contents import Heading, contents
from manchette.page.locators import place_card
from manchette.page.names import Names
from manchette.page.notes import entity_note
from manchette.page.omissions import of_name
from manchette.page.problems import ProblemsView
from manchette.page.remembered import remembered
from manchette.page.signs import signed
from manchette.site.placement import Mark
from manchette.site.site import Article, Site
from manchette.typeset import typography
from manchette.typeset.render import macro, render

_GLOSS = re.compile(r'<a data-gloss="([a-z0-9-]+)">(.*?)</a>', re.DOTALL)
BEFORE_CALL = ".,;"  # a note call stands before these (Lexique des règles typographiques, « Appel de note »)


def article(site: Site, article: Article, links: Links, names: Names, headings: Sequence[Heading] = ()) -> str:
    """The article's page: its text with its marks, and what stands around it; `headings` are Python-Markdown's.

    Names have places for their notes, and so have problems.
    """
    signs = signed(site, article)
    view = article_page(site, article, links, _marked(article, signs), signs, names)
    html = render("article.html.jinja", a=view, contents=contents(headings, len(article.body.text)))
    return typography.apply(html)


def notes(site: Site, article: Article, links: Links, names: Names) -> Mapping[str, str]:
    """Place in the article's page → the note of a name. Each is remembered by itself."""

    def note(kind: str, key: str) -> str:
        def make(site: Site) -> str:
            card = place_card(site, article, key, links) if kind == PLACE.name else None
            view = of_name(site, article, entity_note(site, key, links, article, card, names))
            return typography.apply(macro("notes.jinja", "entity", view))

        return remembered((links.page, kind, key), site, (article, links, names), make)

    found = (each for each in article.passages if each[0] not in {CLAIM.name, DATE.name})
    return {f"{kind}--{key}": note(kind, key) for kind, key in found}


def names_of(site: Site, article: Article) -> Names:
    """The names that what is written about an article may have."""
    return remembered((article.page, "names"), site, (article,), lambda site: Names(site, article))


def _marked(article: Article, signs: Collection[str]) -> Markup:
    by_sign = sorted(article.marks, key=lambda mark: mark.kind == "claim")  # a name's sign stands before a claim's call
    claims = [mark.span for mark in by_sign if mark.kind == "claim"]
    ranges = [each for mark in by_sign for each in _ranges(article, mark, claims, signs)]
    numbers = marks.number(article.body, lambda n: macro("marks.jinja", "paragraph", n))
    boxes = marks.boxed(article.body, macro("marks.jinja", "table_start"), macro("marks.jinja", "table_end"), "content")
    edits = [*marks.wrap(article.body, ranges), *spelled_out(article.body), *numbers, *boxes]
    return Markup(marks.write(article.body.html, edits))


def _ranges(article: Article, mark: Mark, claims: Sequence[Span], signs: Collection[str]) -> list[marks.Range]:
    """What is written around and behind a mark's words: a name is a link with a sign, a claim a span with a call.

    A claim that holds others is cut where they begin and end: their words have one line under them, the inner claim's.
    """
    view = mark_view(article, mark, signs)
    start, end = mark.span
    is_claim = mark.kind == "claim"
    inner = [span for span in claims if is_claim and span != mark.span and start <= span.start and span.end <= end]
    cuts = sorted({start, end, *(at for span in inner for at in span)})
    before_stop = article.body.text[end - 1] in BEFORE_CALL
    return [
        marks.Range(
            span=Span(first, last),
            attributes=macro("marks.jinja", "attributes", view, any(span.start <= first < span.end for span in inner)),
            first=macro("marks.jinja", "first", view) if first == start else "",
            link="" if is_claim else macro("marks.jinja", "link", view),
            after=macro("marks.jinja", "call" if is_claim else "sign", view) if last == end else "",
            after_at=last - 1 if is_claim and before_stop else None,
        )
        for first, last in pairwise(cuts)
    ]


def ordinary(site: Site, links: Links, html: str) -> str:
    """Any other page: its glossary popovers get their addresses, and their notes at the end of the page."""
    html = _framed(site, links, html)
    seen: Counter[str] = Counter()

    def mark(match: re.Match[str]) -> str:
        key = match[1]
        seen[key] += 1
        return macro("marks.jinja", "gloss", gloss_mark(site, key, seen[key]), Markup(match[2]))

    html = _GLOSS.sub(mark, html)
    if not seen:
        return html
    notes = tuple(entity_note(site, key, links) for key in seen)
    return Markup(html) + macro("notes.jinja", "section", (), (), notes)


def _framed(site: Site, links: Links, html: str) -> str:
    """An article's other pages lead back to it."""
    article = site.article_of(links.page)
    if article is None:
        return html
    up = macro("frame.jinja", "up", links.to(article.page), article.front.title, article.front.lang)
    return macro("frame.jinja", "doors", doors(site, article, links)) + up + Markup(html)


@lru_cache(maxsize=8)  # most pages tell the same
def problems(view: ProblemsView) -> str:
    """What a page says of problems."""
    return typography.apply(macro("frame.jinja", "problems", view))
