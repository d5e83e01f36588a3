"""The book of an article: what it holds, that its notes open and lead back, and that it is a valid EPUB."""

from __future__ import annotations

import io
import posixpath
import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from lxml import etree

from manchette import marks
from manchette.anchor.canonical import fold
from manchette.engine import Home
from manchette.export.base import Dated, Exported
from manchette.export.epub import archive, xhtml
from manchette.export.epub.archive import write
from manchette.export.formats import files
from manchette.site.open import open_site
from manchette.site.site import Article, Site
from manchette.typeset import typography
from manchette.typeset.words import WORDS
from tests.conftest import need
from tests.projects import ESTUAIRE, lay_out

ROOT = Path(__file__).parent.parent
HOME = Home("https://exemple.fr/depot/", name="L’Estuaire")
NAMES = {
    "": "http://www.w3.org/1999/xhtml",
    "h": "http://www.w3.org/1999/xhtml",
    "epub": "http://www.idpf.org/2007/ops",
    "opf": "http://www.idpf.org/2007/opf",
    "dc": "http://purl.org/dc/elements/1.1/",
}
TYPE = f"{{{NAMES['epub']}}}type"
# A text in another script, and HTML that browsers forgive and books do not.
KOREAN = """---
title: 강은 <결정한다> & 흐른다
publisher: le-fanal
published: 2022-08-20
lang: ko
rights: CC-BY-4.0
---

<ruby>한<rt>han</rt></ruby> 어부는 "강이 결정한다"고 [Maëlle Kerdraon](../tout/index.md) 에게 말했다[^길].

<h2 id="2장 : 밤">밤</h2>

<center>가운데</center>

<p align="right" id="a b">오른쪽<wbr>으로</p>

![원격](https://images.example/x.png) ![없음](absent.png) ![망가진](casse.png)
<a href="#2장 : 밤">위</a> <a href="#nulle-part">없음</a>

<img src="https://images.example/y.png" width="100%">

<table border="1"><tr><td align="center" valign="top" bgcolor="red">하나<td>둘</table>

<video controls poster="p.png"><source src="v.webm"><p>보이지 않음</p></video>

[^길]: 첫째. 둘째[^둘].

[^둘]: 셋째.
"""


@dataclass(frozen=True)
class Read:
    """A book as a reading system has it."""

    article: Article
    data: bytes
    files: dict[str, bytes]

    @property
    def pages(self) -> dict[str, etree._Element]:
        return {
            posixpath.basename(name): etree.fromstring(data)
            for name, data in self.files.items()
            if name.endswith(".xhtml")
        }


@pytest.fixture(scope="session")
def sites(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Site]:
    """The projects, the first with the articles of `reading/` and one in Korean."""
    folder = tmp_path_factory.mktemp("books")
    for name in ("estuaire", "dunes"):
        lay_out(name, folder / name)
    for file in (ROOT / "tests/reading").glob("*/*"):
        into = folder / "estuaire" / ("annotations" if file.suffix == ".yml" else "docs/articles") / file.parent.name
        into.mkdir(exist_ok=True)
        shutil.copy(file, into)
    korean = folder / "estuaire/docs/articles/coreen/index.md"
    korean.parent.mkdir()
    korean.write_text(KOREAN, "utf-8")
    (korean.parent / "casse.png").write_bytes(b"x")
    picture = folder / "estuaire/docs/articles/tout/quai.png"  # that of `reading/` is none
    shutil.copy(ROOT / "src/manchette/theme/assets/manchette/apple-touch-icon.png", picture)
    return {name: open_site(folder / name) for name in ("estuaire", "dunes")}


ARTICLES = [
    *(("estuaire", name) for name in ("esturgeon", "anglais", "arabe", "bref", "coreen", "notes", "tout")),
    ("dunes", "cordon"),
]


@pytest.fixture(params=ARTICLES, ids=lambda param: param[1])
def book(request: pytest.FixtureRequest, sites: dict[str, Site]) -> Read:
    project, name = request.param
    return read(sites[project], name)


@cache
def read(site: Site, name: str, home: Home = HOME) -> Read:
    data = write(Exported(site, (site.articles[name],), home))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return Read(site.articles[name], data, {each: archive.read(each) for each in archive.namelist()})


def test_a_book_is_made_where_the_text_may_be_passed_on(sites: dict[str, Site]) -> None:
    path = "export/{0}/{0}.epub"
    assert path.format("esturgeon") in files(sites["estuaire"], HOME)
    assert path.format("cordon") not in files(sites["dunes"], HOME)


def test_the_archive(book: Read) -> None:
    with zipfile.ZipFile(io.BytesIO(book.data)) as archive:
        first, *others = archive.infolist()
        assert (first.filename, first.compress_type, first.extra) == ("mimetype", zipfile.ZIP_STORED, b"")
        assert archive.read(first) == b"application/epub+zip"
        assert {each.date_time for each in (first, *others)} == {(1980, 1, 1, 0, 0, 0)}
    rootfile = etree.fromstring(book.files["META-INF/container.xml"]).find(".//{*}rootfile")
    package = etree.fromstring(book.files[rootfile.get("full-path")])
    listed = {f"EPUB/{item.get('href')}" for item in package.iterfind(".//opf:item", NAMES)}
    assert listed == {name for name in book.files if name.startswith("EPUB/")} - {rootfile.get("full-path")}


def test_the_same_site_gives_the_same_bytes(sites: dict[str, Site]) -> None:
    site = sites["dunes"]
    again = open_site(site.root)
    given = [Exported(each, (each.articles["cordon"],), HOME) for each in (site, again)]
    assert write(given[0]) == write(given[1])


@pytest.mark.parametrize(
    ("dated", "expected"), [({}, "2023-04-18"), ({"modified": "2024-02-03T10:00:00+01:00"}, "2024-02-03")]
)
def test_its_day_is_the_latest_that_its_notes_know(dated: dict[str, str], expected: str) -> None:
    site = open_site(ESTUAIRE)
    article = site.articles["esturgeon"]
    record = next(iter(article.claims.values()))
    dates = {(record.where.place.file, record.id): Dated(**dated)}
    with zipfile.ZipFile(io.BytesIO(write(Exported(site, (article,), HOME, lambda: dates)))) as archive:
        package = archive.read("EPUB/package.opf").decode()
    assert f'<meta property="dcterms:modified">{expected}T00:00:00Z</meta>' in package


def test_what_it_says_of_itself(book: Read) -> None:
    package = etree.fromstring(book.files["EPUB/package.opf"])

    def said(path: str) -> list[str]:
        return [each.text or "" for each in package.iterfind(f".//{path}", NAMES)]

    def meta(name: str) -> list[str]:
        return said(f"opf:meta[@property='{name}']")

    front = book.article.front
    assert said("dc:title") == [front.title if front.lang != "fr" else typography.typeset(front.title)]
    assert said("dc:language")[0] == front.lang
    assert re.fullmatch("urn:uuid:[0-9a-f-]{36}", said("dc:identifier")[0])
    for name in ("accessMode", "accessModeSufficient", "accessibilityFeature", "accessibilityHazard"):
        assert meta(f"schema:{name}"), name
    images = [name for name in book.files if name.startswith("EPUB/images/")]
    assert ("visual" in meta("schema:accessMode")) == bool(images)
    assert (package.find("opf:spine", NAMES).get("page-progression-direction") == "rtl") == (front.lang == "ar")


def test_the_title_page_says_whose_text_and_notes_these_are() -> None:
    site = open_site(ESTUAIRE)
    said = "".join(read(site, "esturgeon").pages["titre.xhtml"].itertext())
    front = site.articles["esturgeon"].front
    for words in (front.title, front.dek, front.author, front.rights, site.settings.licence, site.settings.publisher):
        assert fold(str(words)) in fold(said), words
    assert "Le Fanal" in said
    assert "≠ 3 contredites" in said


def test_the_text_is_the_article_s(book: Read) -> None:
    source = book.files["EPUB/texte.xhtml"].decode()
    text = xhtml.tree(source[source.index("<section") : source.rindex("</body>")])
    for added in text.xpath(
        "//p[@class='number'] | //a[@class='call'] | //*[@class='absent' or contains(@class, 'mch-full')]"
    ):
        added.drop_tree()
    found = marks.read(xhtml.written(text)).text
    assert plain(found) == plain(book.article.body.text)


def plain(text: str) -> str:
    """A text as quotes are compared, but for pictures."""
    return fold(text.replace(marks.OBJECT, ""))


def links(book: Read) -> Iterator[tuple[str, etree._Element, str, str]]:
    """The links of a book: the file, the link, the file and the id that it leads to; of those within the book."""
    for name, page in book.pages.items():
        for link in page.iterfind(".//h:a[@href]", NAMES):
            target, _, anchor = link.get("href").partition("#")
            if ":" not in target:
                yield name, link, target or name, anchor


def test_every_link_leads_somewhere(book: Read) -> None:
    ids = {name: page.xpath("//@id") for name, page in book.pages.items()}
    assert all(len(found) == len(set(found)) for found in ids.values())
    for name, link, target, anchor in links(book):
        assert target in ids, (name, link.get("href"))
        assert not anchor or anchor in ids[target], (name, link.get("href"))


def test_every_call_opens_a_note_that_leads_back(book: Read) -> None:
    pages = book.pages
    called = 0
    for name, link, target, anchor in links(book):
        if link.get(TYPE) != "noteref":
            continue
        called += 1
        assert link.get("role") == "doc-noteref"
        (note,) = pages[target].xpath(f"//*[@id='{anchor}']")
        assert (note.tag, note.get(TYPE), note.get("role")) == (f"{{{NAMES['']}}}aside", "footnote", "doc-footnote")
        backs = [each.get("href") for each in note.iterfind(".//h:a[@role='doc-backlink']", NAMES)]
        assert {each.partition("#")[0] or target for each in backs} == {name}
        passages = {each.partition("#")[2] for each in backs}
        if anchor.startswith("note--"):  # of an annotation, each of whose passages calls it
            assert {re.sub(r"--\d+$", "", each) for each in passages} == {anchor.removeprefix("note--")}
        else:
            assert passages & {each.get("id") for each in (link, *link.iterancestors())}
    claims = len(book.article.numbers)
    assert called >= claims
    assert len(pages["texte.xhtml"].findall(".//h:a[@class='call']", NAMES)) == claims


def test_verdicts_are_said_by_sign_and_word(book: Read) -> None:
    page = book.pages["texte.xhtml"]
    calls = page.findall(".//h:a[@class='call']", NAMES)
    for (key, number), call in zip(book.article.numbers.items(), calls, strict=True):
        verdict = book.article.claims[key].entry.verdict
        assert "".join(call.itertext()) == f"{verdict.words.sign}{number}"
        assert verdict.label.lower() in call.get("aria-label")
        (note,) = book.pages["notes.xhtml"].xpath(f"//*[@id='note--claim--{key}']")
        assert f"{verdict.words.sign} {verdict.label}" in "".join(note.itertext())


def test_only_first_mentions_are_marked() -> None:
    site = open_site(ESTUAIRE)
    text = read(site, "esturgeon").pages["texte.xhtml"]
    hrefs = [each.get("href") for each in text.iterfind(".//h:a[@class='name']", NAMES)]
    people = [each for each in hrefs if "note--date--" not in each]
    assert people
    assert len(people) == len(set(people))
    unsigned = [each.get("id") for each in text.iterfind(".//h:span[@class='said']", NAMES)]
    assert not [name for name in unsigned if re.search(r"--\d+$", name)]


def test_nothing_comes_from_elsewhere_and_nothing_runs(book: Read) -> None:
    for name, page in book.pages.items():
        for element in page.iter("{*}img", "{*}link", "{*}source", "{*}audio", "{*}video", "{*}script", "{*}iframe"):
            address = element.get("src") or element.get("href")
            assert f"EPUB/{address}" in book.files, (name, element.tag, address)
    assert b"url(" not in book.files["EPUB/style.css"]


def test_media_that_it_does_not_hold_are_links(sites: dict[str, Site]) -> None:
    absent = {
        home: [
            (each.get("href"), each.text)
            for each in read(sites["estuaire"], "coreen", home)
            .pages["texte.xhtml"]
            .iterfind(".//h:span[@class='absent']/h:a", NAMES)
        ]
        for home in (HOME, Home(""))
    }
    media = WORDS.epub.media
    assert absent[HOME] == [
        ("https://images.example/x.png", media.img),
        ("https://exemple.fr/depot/articles/coreen/absent.png", media.img),
        ("https://exemple.fr/depot/articles/coreen/casse.png", media.img),
        ("https://images.example/y.png", media.img),
        ("https://exemple.fr/depot/articles/coreen/v.webm", media.video),
    ]
    assert [href for href, _ in absent[Home("")]] == ["https://images.example/x.png", "https://images.example/y.png"]


def test_links_to_the_site_are_words_where_it_has_no_address(sites: dict[str, Site]) -> None:
    for home, expected in ((HOME, "https://exemple.fr/depot/articles/tout/"), (Home(""), None)):
        pages = read(sites["estuaire"], "coreen", home).pages
        hrefs = [each.get("href") for page in pages.values() for each in page.iterfind(".//h:a[@href]", NAMES)]
        assert all(href.startswith("http") or ".xhtml" in href or href.startswith("#") for href in hrefs)
        assert (expected in hrefs) == (expected is not None)


def test_the_contents_are_the_parts_and_their_headings() -> None:
    site = open_site(ROOT / "tests/projects/dunes")
    nav = read(site, "cordon").pages["nav.xhtml"]
    top = nav.find(".//h:nav/h:ol", NAMES)
    words = ["".join(each.find("h:a", NAMES).itertext()) for each in top]
    assert (
        words
        == [
            WORDS.epub.title,
            typography.typeset(site.articles["cordon"].front.title),
            *(WORDS.notes.claims, WORDS.doors.timeline, WORDS.note.sources),
        ][: len(words)]
    )
    headings = ["".join(each.itertext()) for each in top[1].iterfind("h:ol/h:li/h:a", NAMES)]
    assert headings == ["Ce que disent les relevés", "Ce qu’il faut replanter", "Ce qu’on en dit"]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>un<wbr>deux<br>trois</p>", "<p>un<wbr/>deux<br/>trois</p>"),
        ("<p></p>", "<p></p>"),
        ("a\x0b&#1;&#xfffe;&#233;<body>b", "aéb"),
        ('<p id="fn:é">x</p>', '<p id="fn_3a_e9">x</p>'),
        ('<p id="a">x</p><p id="a">y</p>', '<p id="a">x</p><p>y</p>'),
        ('<p align="right" onclick="x()">x</p>', '<p style="text-align: right;">x</p>'),
        ('<p style="background: url(https://x.example/)">x</p>', "<p>x</p>"),
        ('<img src="a.png" width="50%">', '<img src="images/a.png" alt=""/>'),
        ("<details open><summary>s</summary>d</details>", '<div class="details"><p class="summary">s</p>d</div>'),
        ("<script>x</script><p>y</p>", "<p>y</p>"),
        ('<p lang="ru">да</p>', '<p lang="ru" xml:lang="ru">да</p>'),
        ("a &lt; b &amp; c<!-- x -->", "a &lt; b &amp; c"),
    ],
)
def test_html_becomes_xhtml(html: str, expected: str) -> None:
    assert xhtml.body(html, lambda href: href, lambda src: f"images/{src}") == expected


@pytest.mark.parametrize(
    ("held", "drawing"),
    [
        (True, '<path fill="url(#sable)" style="stroke: url( \'#eau\' )"/><style>a { fill: red }</style>'),
        (True, '<image href="data:image/png;base64,AAAA"/>'),
        (False, '<image href="https://exemple.fr/a.png"/>'),
        (False, "<style>@import 'https://exemple.fr/a.css';</style>"),
        (False, "<style><![CDATA[a { fill: URL( 'https://exemple.fr/a.svg#b' ) }]]></style>"),
        (False, '<path fill="url(a.svg#b)"/>'),
        (
            False,
            '<foreignObject><iframe xmlns="http://www.w3.org/1999/xhtml" src="https://exemple.fr/"/></foreignObject>',
        ),
        (False, '<path onclick="x()"/>'),
        (False, "<script>x()</script>"),
        (False, "<path>"),
    ],
)
def test_a_drawing_that_asks_for_anything_is_not_held(held: bool, drawing: str) -> None:
    assert archive._stands_alone(f'<svg xmlns="http://www.w3.org/2000/svg">{drawing}</svg>'.encode()) is held


@pytest.mark.full
@pytest.mark.parametrize("home", [HOME, Home("")], ids=["home", "nowhere"])
def test_epubcheck_finds_nothing(book: Read, sites: dict[str, Site], home: Home, tmp_path: Path) -> None:
    program = need("epubcheck-ts", ROOT / "node_modules/.bin/epubcheck-ts")
    site = next(site for site in sites.values() if book.article.id in site.articles)
    file = tmp_path / f"{book.article.id}.epub"
    file.write_bytes(read(site, book.article.id, home).data)
    done = subprocess.run([program, "--fail-on-warnings", str(file)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
