"""The Python-Markdown extension: hands a page's HTML to `marks`, dresses it, appends its notes, sets its typography.

It is declared by name in mkdocs.yml (`manchette`, an entry point), so that every builder that runs Python-Markdown
gives the same page.
"""

from __future__ import annotations

import logging
import re
import weakref
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.postprocessors import Postprocessor
from markdown.treeprocessors import Treeprocessor
from markupsafe import escape

from manchette import marks
from manchette.format.layout import is_text
from manchette.page import dress
from manchette.problems import Place, Problem, Severity
from manchette.site.open import open_site
from manchette.site.placement import place
from manchette.site.site import Article, Site, annotations_of
from manchette.typeset import typography

log = logging.getLogger("mkdocs.manchette")  # only what is below `mkdocs.` counts as a warning of a strict build
_told: weakref.WeakSet[Any] = weakref.WeakSet()  # builds (their `files`) whose problems have been logged


class Manchette(Extension):
    """Annotates the page that is being rendered."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown's name
        """Run last, on the page and not on its headings, which postprocessors are also given."""
        dress = _Dress(md)
        md.postprocessors.register(dress, "manchette", priority=-100)  # after raw HTML and entities are back
        md.treeprocessors.register(_Arm(md, dress), "manchette", priority=-100)  # after toc has rendered headings


class _Arm(Treeprocessor):
    def __init__(self, md: Markdown, dress: _Dress) -> None:
        super().__init__(md)
        self.dress = dress

    def run(self, root: Element) -> None:
        self.dress.armed = True
        self.md.set_output_format("html")  # the default, XHTML, is set after extensions are loaded


class _Dress(Postprocessor):
    armed = False

    def run(self, text: str) -> str:
        if not self.armed:
            return text
        self.armed = False
        where = _page(self.md)
        if where is None:
            return typography.apply(text)
        root, source = where
        site = open_site(root)
        _make_text(self.md, site.article_of(source) if not is_text(source) else None)
        _log_once(self.md, site)
        html = typography.apply(_dressed(site, source, text))
        _make_known(self.md, re.findall(r'\sid="([^"]+)"', html))
        return html


def _dressed(site: Site, source: str, html: str) -> str:
    article = site.article_at(source)
    if article is not None:
        return dress.article(site, *_as_built(site, article, html))
    if is_text(source):
        return html + str(dress.problems(site.problems))  # an article that could not be read
    return dress.ordinary(site, source, html)


def _as_built(site: Site, article: Article, html: str) -> tuple[Article, list[Problem]]:
    """The article on the HTML that was handed in: the same text as `check` read, or a problem."""
    body = marks.read(html)
    problems = [p for p in site.problems if p.severity is Severity.ERROR]
    if body.text == article.body.text:
        return replace(article, body=body), problems
    placed, found = place(body, annotations_of(site.registers, article))
    different = Problem(
        Place(article.file),
        "other-text",
        "le texte de la page n’est pas celui que « manchette check » a lu",
        "une extension ou un greffon de mkdocs.yml change le texte : déclarez « manchette » en dernier",
    )
    log.warning("%s", different)
    return replace(article, body=body, marks=placed), [different, *found, *problems]


def _page(md: Markdown) -> tuple[Path, str] | None:
    """The project's root and the page's source, relative to docs/."""
    if "relpath" in md.treeprocessors:  # MkDocs, ProperDocs
        file = md.treeprocessors["relpath"].file  # type: ignore[attr-defined]
        return Path(file.abs_src_path.removesuffix(file.src_uri)).parent, file.src_uri
    for processor in md.preprocessors:  # Zensical
        path = getattr(getattr(processor, "page", None), "path", None)
        if path:
            return Path.cwd(), str(path)
    return None


def _make_text(md: Markdown, article: Article | None) -> None:
    """Front matter is text: MkDocs' templates and the theme's search would print it as HTML.

    A door of `article` is told its title, for the head of the page.
    """
    file: Any = getattr(md.treeprocessors["relpath"], "file", None) if "relpath" in md.treeprocessors else None
    meta = file.page.meta if file and file.page else {}
    if article:
        meta["article"] = escape(article.front.title)
    for key in {"title", "dek"} & set(meta):
        meta[key] = escape(meta[key])


def _log_once(md: Markdown, site: Site) -> None:
    """Every problem as a warning, once a build."""
    build = getattr(md.treeprocessors["relpath"], "files", None) if "relpath" in md.treeprocessors else None
    if build is None or build in _told:
        return
    _told.add(build)
    for problem in site.problems:
        log.log(logging.WARNING if problem.severity is Severity.ERROR else logging.INFO, "%s", problem)


def _make_known(md: Markdown, ids: Iterable[str]) -> None:
    """MkDocs checks links to anchors; these were written after it looked."""
    if "mkdocs_extract_anchors" in md.treeprocessors:
        md.treeprocessors["mkdocs_extract_anchors"].present_anchor_ids.update(ids)  # type: ignore[attr-defined]


def makeExtension(**settings: Any) -> Manchette:  # noqa: N802 - Python-Markdown's name
    """Python-Markdown's way in."""
    return Manchette(**settings)
