"""The Python-Markdown extension: hands a page's HTML to `marks`, dresses it, appends its notes, sets its typography.

It is declared by name in mkdocs.yml (`manchette`, an entry point), so that every builder that runs Python-Markdown
gives the same page.
"""

from __future__ import annotations

import logging
import re
import weakref
from collections.abc import Callable, Sequence
from dataclasses import replace
from types import SimpleNamespace
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension

from manchette import engine, marks
from manchette.engine import Page
from manchette.export import offer
from manchette.format.layout import DOORS, REGISTER, SHARED_PICTURE, article_of, is_text, page_of
from manchette.page import about, dress, slots
from manchette.page.article import EXPORTS, PROBLEMS
from manchette.page.contents import Heading
from manchette.page.footnotes import name_footnotes
from manchette.page.names import Names
from manchette.page.parts import date_view, plain, publisher_name
from manchette.page.problems import problems_view
from manchette.page.remembered import remembered
from manchette.problems import Place, Problem, Severity
from manchette.site import unfinished
from manchette.site.markdown import HALFWAY, declared, go_on, halfway
from manchette.site.placement import place
from manchette.site.served import shown
from manchette.site.site import Article, Site, annotations_of
from manchette.typeset import typography
from manchette.typeset.language import OURS, region

log = logging.getLogger("mkdocs.manchette")  # only what is below `mkdocs.` is counted by a strict build
_sites: weakref.WeakKeyDictionary[Any, Site] = weakref.WeakKeyDictionary()  # build → what it shows; it is read once


class Manchette(Extension):
    """Annotates the page that is being rendered."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown's name
        """Come last: after toc has rendered the headings, after raw HTML and entities are back.

        And first: an article was rendered when it was read, so that only what is left to do is done to it.
        """
        read, last = Read(md), LastPass(md)
        md.preprocessors.register(_running(read.lines), "manchette_lines", priority=1000)
        md.treeprocessors.register(_running(read.tree), "manchette_tree", priority=HALFWAY)
        md.treeprocessors.register(_running(last.end_of_tree), "manchette", priority=-100)
        md.postprocessors.register(_running(last.text), "manchette", priority=-100)


class Read:
    """An article that was rendered when it was read: `md` goes on from there."""

    def __init__(self, md: Markdown) -> None:
        """Wait for the page that `md` will render."""
        self.md = md
        self.half: bytes | None = None

    def lines(self, lines: list[str]) -> list[str]:
        """Leave nothing to read of an article that is known."""
        page = engine.page_in(self.md)
        found = engine.extensions_in(self.md) if page and is_text(page.source) else None
        self.half = halfway("\n".join(lines), declared(*found)) if found else None
        return [] if self.half else lines

    def tree(self, root: Element) -> Element | None:
        """Go on with what is known of it."""
        return go_on(self.md, self.half) if self.half else None


class LastPass:
    """What is done to a page's HTML, once, when everyone else has done with it.

    Postprocessors are given the text of headings too, while the tree is still worked on: the page is the first text
    that comes after the end of the tree.
    """

    def __init__(self, md: Markdown) -> None:
        """Wait for the page that `md` will render."""
        self.md = md
        self.page_is_next = False

    def end_of_tree(self, root: Element) -> None:
        """Take note that the tree is done."""
        self.page_is_next = True
        page = engine.page_in(self.md)
        if page and article_of(page.source):
            page.wear()
            if is_text(page.source):
                _keep(root)
        if page and page.is_ours:
            name_footnotes(root, str(page.meta.get("lang") or OURS) if is_text(page.source) else OURS)
        if page is None or page.is_ours:
            self.md.set_output_format("html")  # the default, XHTML, is set after extensions are loaded

    def text(self, html: str) -> str:
        """Dress the page; leave alone what is not the page."""
        if not self.page_is_next:
            return html
        self.page_is_next = False
        page = engine.page_in(self.md)
        if page is None:
            return slots.fill(typography.apply(html))
        site = _site(page)
        if not page.is_ours:
            return slots.fill(html)
        _tell_theme(page, site, html)
        html = _finished(page, site, html, getattr(self.md, "toc_tokens", ()))
        engine.make_known(self.md, re.findall(r'id="(?<=\sid=")([^"]+)"', html))
        return html


def _keep(root: Element) -> None:
    """Let reader modes keep what has an id.

    They guess by words in ids and classes what is beside a text: « comment-dire », « la-crise-sociale », « lurss » (for
    its `rss`) would go, title or footnote. `content` is a word of theirs for what is to stay.
    """
    for element in root.iter():
        if element.get("id") and element.tag != "a":
            element.set("class", f"{element.get('class', '')} content".strip())


def _running(method: Callable[..., Any]) -> Any:
    """A processor as Python-Markdown knows it: something that can be run."""
    return SimpleNamespace(run=method)


def _finished(page: Page, site: Site, html: str, headings: Sequence[Heading]) -> str:
    """The page as readers get it; one of an article is made again only where it would be another."""
    article = site.article_at(page.source)
    told: Sequence[Problem] = site.errors
    if article is not None:
        read = slots.fill(html)
        html, found = remembered(
            (page.source,),
            site,
            (article, read, headings, page.links),
            lambda site: _article(page, site, article, read, headings),
        )
        told = (*found, *told)
    else:
        ordinary = remembered((page.source,), site, (html, page.links), lambda site: _ordinary(page, site, html))
        html = slots.fill(ordinary)
    view = problems_view(site, page.source, told)
    box = dress.problems(view) if view else ""
    if article is not None:
        html = slots.put(html, {PROBLEMS: box, EXPORTS: offer.of(site, article, page.links)})
    elif is_text(page.source) or engine.is_serving():  # an article that could not be read, or any page
        html = box + html
    return html if article_of(page.source) and engine.finishes(page) else slots.lines(site, html)


def _ordinary(page: Page, site: Site, html: str) -> str:
    """Any other page; one of an article that could not be read is left alone."""
    return typography.apply(html if is_text(page.source) else dress.ordinary(site, page.links, html))


def _article(
    page: Page, site: Site, article: Article, html: str, headings: Sequence[Heading]
) -> tuple[str, Sequence[Problem]]:
    """The page of an article, without what is written last; and what was found while it was made."""

    def make(site: Site) -> tuple[Article, Sequence[Problem], Names, str]:
        built, found = _as_built(page, site, article, html)
        names = dress.names_of(site, built)
        return built, found, names, dress.article(site, built, page.links, names, headings)

    given = (article, html, headings, page.links)
    built, found, names, around = remembered((page.source, "around"), site, given, make)
    return slots.put(around, dress.notes(site, built, page.links, names)), found


def _as_built(page: Page, site: Site, article: Article, html: str) -> tuple[Article, list[Problem]]:
    """The article on the HTML that was handed in: the same text as `check` read, or a problem."""
    body = marks.read(html)
    if body.text == article.body.text:
        return replace(article, body=body), []
    placed, found = place(body, annotations_of(site.names, article))
    different = Problem(
        Place(article.file),
        "other-text",
        "le texte de la page n’est pas celui que « manchette check » a lu",
        "une extension ou un greffon de mkdocs.yml change le texte : déclarez « manchette » en dernier",
    )
    log.log(page.level, "%s", different)
    return replace(article, body=body, marks=placed), [different, *found]


def _tell_theme(page: Page, site: Site, html: str) -> None:
    """An article's doors bear its title, and each name is found once; front matter is text."""
    article = site.article_of(page.source)
    said, picture = remembered((page.source, "about"), site, (article, html), lambda site: _about(page, site, html))
    page.describe(said)
    if article and picture:
        page.picture(page_of(article.id, SHARED_PICTURE), picture)
    if article and not is_text(page.source):
        page.name_article(article.front.title)
        if page.source == page_of(article.id, DOORS["register"]) and site.has(REGISTER):
            page.leave_unsearched()  # what it says of each name, the site's register says too
    elif article:
        published = date_view(plain(article.front.published))
        author = article.front.author or publisher_name(site, article).name
        page.sign(author, published.datetime if published else None)
        page.speak(region(article.front.lang))
    page.protect("title", "dek", "author", "description", "picture_of")


def _about(page: Page, site: Site, html: str) -> tuple[str, str]:
    """What is told of the page where it is not seen, and of the picture that stands for its article."""
    article = site.article_of(page.source)
    picture = about.picture(site, article) if article and not article.front.draft else ""
    return about.page(site, page.source, html), picture


def _site(page: Page) -> Site:
    """The site of the page's build; with its first page, every problem is logged as loud as a strict build needs it."""
    if page.build is None:
        return shown(page.root)
    if page.build not in _sites:
        site = _sites[page.build] = shown(page.root)
        for problem in site.problems:
            ends_strict = problem.severity is Severity.ERROR or problem.code == unfinished.CODE
            log.log(page.level if ends_strict else logging.INFO, "%s", problem)
    return _sites[page.build]


def makeExtension(**settings: Any) -> Manchette:  # noqa: N802 - Python-Markdown's name
    """Python-Markdown's way in."""
    return Manchette(**settings)
