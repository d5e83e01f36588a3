"""The article with its notes as a book for reading systems: EPUB 3.3 (https://www.w3.org/TR/epub-33/).

A note opens over the text where a reading system shows footnotes so, and is a link away and back where it does not.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from io import BytesIO
from itertools import chain
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit
from uuid import NAMESPACE_URL, uuid5
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from lxml import etree
from lxml.html import HtmlElement

from manchette.export.base import Export, Exported
from manchette.export.epub import xhtml
from manchette.export.epub.book import Book, Chapter, TitlePage
from manchette.format.layout import file_of, folder_of
from manchette.load import Record
from manchette.marks.elements import HEADINGS
from manchette.page.linked import day
from manchette.typeset import typography
from manchette.typeset.language import OURS, other
from manchette.typeset.render import render
from manchette.typeset.words import WORDS

MEDIA_TYPE = "application/epub+zip"
_PACKAGE = "EPUB/package.opf"
_XHTML = "application/xhtml+xml"
_TYPES = {  # what a part is to a reading system (EPUB Structural Semantics Vocabulary, DPUB-ARIA)
    "titre": ("titlepage", None),
    "texte": ("chapter", "doc-chapter"),
    "notes": ("footnotes", None),
    "chronologie": ("appendix", "doc-appendix"),
    "sources": ("bibliography", "doc-bibliography"),
}
_PICTURES = {  # ending → type and first bytes of what every reading system shows (EPUB 3.3, core media types)
    ".gif": ("image/gif", b"GIF8"),
    ".jpeg": ("image/jpeg", b"\xff\xd8\xff"),
    ".jpg": ("image/jpeg", b"\xff\xd8\xff"),
    ".png": ("image/png", b"\x89PNG"),
    ".svg": ("image/svg+xml", b""),
    ".webp": ("image/webp", b"RIFF"),
}
_OUTSIDE = {"http", "https", "mailto", "tel"}
_SVG = "{http://www.w3.org/2000/svg}"
_FETCHES = re.compile(r"@import|url\(\s*(?![\s\"']*(?:#|data:))", re.IGNORECASE)  # of a style, from elsewhere
_UNKNOWN = "1980-01-01"  # the first day that the archive's own format can say


@dataclass(frozen=True)
class File:
    """A file of the book, as its package lists it."""

    id: str
    path: str
    type: str
    properties: str = ""


@dataclass(frozen=True)
class Entry:
    """A line of the table of contents, and those below it."""

    href: str
    words: str
    lang: str | None
    below: tuple[Entry, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Package:
    """What the book says of itself."""

    identifier: str
    title: str
    lang: str
    languages: tuple[str, ...]
    author: str | None
    annotator: str
    date: str | None
    description: str | None
    source: str | None
    rights: tuple[str, ...]
    modified: str  # YYYY-MM-DD
    modes: tuple[str, ...]
    sufficient: str
    features: tuple[str, ...]
    files: tuple[File, ...]
    spine: tuple[str, ...]


def write(given: Exported) -> bytes:
    """The book: the same bytes for the same site.

    Where nobody has said where the site will be read, its identifier is made from the page's path, and links to other
    pages of the site are their words alone.
    """
    pictures = Pictures(given)
    book = Book(given, pictures.path, lambda href: address(given, href))
    chapters = list(book.chapters())
    trees = {f"{chapter.name}.xhtml": xhtml.tree(chapter.body) for chapter in chapters}
    xhtml.link(trees, lambda href: address(given, href))
    listed = [
        File("nav", "nav.xhtml", _XHTML, "nav"),
        *(File(chapter.name, name, _XHTML) for chapter, name in zip(chapters, trees, strict=True)),
        File("style", "style.css", "text/css"),
        *(File(f"image-{n}", path, type_) for n, (path, type_, _) in enumerate(pictures.found.values(), 1)),
    ]
    package = _package(given, book.title_page(), trees["texte.xhtml"], listed, [chapter.name for chapter in chapters])
    made: dict[str, bytes] = {
        "META-INF/container.xml": render("epub/container.xml.jinja", package=_PACKAGE).encode(),
        _PACKAGE: render("epub/package.opf.jinja", p=package).encode(),
        "EPUB/nav.xhtml": _nav(chapters, trees).encode(),
    }
    for chapter, (name, tree) in zip(chapters, trees.items(), strict=True):
        type_, role = _TYPES[chapter.name]
        body = xhtml.written(tree)
        made[f"EPUB/{name}"] = render("epub/chapter.xhtml.jinja", c=chapter, body=body, type=type_, role=role).encode()
    made["EPUB/style.css"] = (files("manchette") / "templates/epub/style.css").read_bytes()
    made |= {f"EPUB/{path}": data for path, _, data in pictures.found.values()}
    return _archive(made)


def _archive(made: Mapping[str, bytes]) -> bytes:
    """The archive: first, and as it is, what tells that it is a book; every file of the same moment."""
    into = BytesIO()
    with ZipFile(into, "w") as archive:
        for name, data in [("mimetype", MEDIA_TYPE.encode()), *made.items()]:
            info = ZipInfo(name)  # of 1 January 1980
            info.compress_type = ZIP_STORED if name == "mimetype" else ZIP_DEFLATED
            info.create_system = 3  # else the bytes tell on which machine they were made
            info.external_attr = 0o644 << 16
            archive.writestr(info, data, compresslevel=9)
    return into.getvalue()


def address(given: Exported, href: str) -> str | None:
    """Where a link of the article or of a note leads, from outside of the site; None where that is not known."""
    try:
        parts = urlsplit(href.strip())
    except ValueError:
        return None
    if parts.scheme:
        return href.strip().replace(" ", "%20") if parts.scheme in _OUTSIDE else None
    home, folder = given.home, folder_of(given.article.id)
    if not home.url:
        return None
    if parts.path.endswith(".md"):
        return home.to(posixpath.normpath(posixpath.join(folder, unquote(parts.path))), parts.fragment)
    if not parts.path and not parts.netloc:
        return home.to(given.article.page, parts.fragment)
    return urljoin(f"{home.url}{folder}/", href.strip().replace(" ", "%20"))


class Pictures:
    """The images of an article that the book holds."""

    def __init__(self, given: Exported) -> None:
        """None as yet."""
        self._given = given
        self.found: dict[str, tuple[str, str, bytes]] = {}  # file in the project → path in the book, type, content

    def path(self, src: str) -> str | None:
        """The path in the book of what an image names; None where that is elsewhere, or no image for books."""
        named = unquote(src.partition("#")[0].partition("?")[0])
        ending = posixpath.splitext(named)[1].lower()
        page = posixpath.normpath(posixpath.join(folder_of(self._given.article.id), named))
        if ":" in named or page.startswith((".", "/")) or ending not in _PICTURES:
            return None
        if page not in self.found:
            type_, signature = _PICTURES[ending]
            file = self._given.site.root / file_of(page)
            data = file.read_bytes() if file.is_file() else b""
            if not data or not data.startswith(signature) or (ending == ".svg" and not _stands_alone(data)):
                return None
            self.found[page] = (f"images/{len(self.found) + 1}{ending}", type_, data)
        return self.found[page][0]


def _stands_alone(drawing: bytes) -> bool:
    """Whether an SVG file is well formed, runs nothing and asks for nothing from elsewhere."""
    try:
        root = etree.fromstring(drawing, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError:
        return False
    given = [(str(name), str(value)) for each in root.iter() for name, value in each.attrib.items()]
    outside = any(name.endswith(("href", "src")) and not value.startswith(("#", "data:")) for name, value in given)
    styles = [value for _, value in given] + ["".join(map(str, each.itertext())) for each in root.iter(f"{_SVG}style")]
    outside |= any(map(_FETCHES.search, styles))
    runs = any(name.startswith("on") for name, _ in given) or next(root.iter(f"{_SVG}script"), None) is not None
    return root.tag == f"{_SVG}svg" and not outside and not runs


# ---- what the book says of itself


def _package(
    given: Exported, title: TitlePage, text: HtmlElement, listed: Sequence[File], spine: Sequence[str]
) -> Package:
    front, lang = given.article.front, given.article.front.lang
    images = list(text.iterdescendants("img"))
    said = all(image.get("alt") for image in images)
    features = ["tableOfContents", "structuralNavigation", "displayTransformability"]
    rights = {WORDS.epub.rights: front.rights, WORDS.epub.licence: title.licence}
    return Package(
        identifier=f"urn:uuid:{uuid5(NAMESPACE_URL, given.home.to(given.article.page))}",
        title=front.title if other(lang) else typography.typeset(front.title),
        lang=lang,
        languages=tuple(dict.fromkeys([lang, OURS])),
        author=front.author,
        annotator=title.annotator,
        date=day(front.published),
        description=front.dek and typography.typeset(front.dek),
        source=front.url,
        rights=tuple(f"{name}\u00a0: {right}" for name, right in rights.items() if right),
        modified=_modified(given),
        modes=("textual", "visual") if images else ("textual",),
        sufficient="textual" if said else "textual,visual",
        features=tuple([*features, "alternativeText"] if images and said else features),
        files=tuple(listed),
        spine=tuple(spine),
    )


def _modified(given: Exported) -> str:
    """The latest day that the article or one of its notes knows; never the day on which the book is made."""
    article, site = given.article, given.site
    entities = [site.entities[key][1] for _, key in article.passages if key in site.entities]
    records: list[Record[Any]] = [*article.claims.values(), *article.events.values(), *entities]
    claims = [record.entry for record in article.claims.values()]
    whens = [article.front.published, *(claim.reviewed for claim in claims)]
    whens += [each.date for claim in claims for each in claim.corrections]
    days = chain(map(day, whens), (given.dated(record).modified[:10] for record in records))
    return max((each for each in days if each and re.fullmatch(r"\d{4}-\d\d-\d\d", each)), default=_UNKNOWN)


def _nav(chapters: Sequence[Chapter], trees: Mapping[str, HtmlElement]) -> str:
    entries = [
        Entry(name, chapter.title, other(chapter.lang), tuple(_below(name, chapter, tree)))
        for chapter, (name, tree) in zip(chapters, trees.items(), strict=True)
    ]
    landmarks = [
        ("titlepage", "titre.xhtml", WORDS.epub.title),
        ("bodymatter", "texte.xhtml", WORDS.doors.article),
        *(("footnotes", name, WORDS.notes.claims) for name in trees if name == "notes.xhtml"),
    ]
    return render("epub/nav.xhtml.jinja", entries=entries, landmarks=landmarks)


def _below(name: str, chapter: Chapter, tree: HtmlElement) -> Iterator[Entry]:
    """The headings of a chapter, each with those below it."""
    found = [
        (int(element.tag[1]), Entry(f"{name}#{element.get('id')}", xhtml.words_of(element), other(chapter.lang)))
        for element in tree.iter()
        if element.tag in HEADINGS and element.get("id")
    ]
    yield from _nested(found)


def _nested(headings: Sequence[tuple[int, Entry]]) -> Iterator[Entry]:
    at = 0
    while at < len(headings):
        rank, entry = headings[at]
        end = next((n for n in range(at + 1, len(headings)) if headings[n][0] <= rank), len(headings))
        yield Entry(entry.href, entry.words, entry.lang, tuple(_nested(headings[at + 1 : end])))
        at = end


EPUB = Export("epub", "epub", MEDIA_TYPE, write, whole=True)
