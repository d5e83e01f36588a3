"""The TEI of an article is valid, and has the text, the names, the dates and the claims where the page has them."""

from __future__ import annotations

import random
import re
import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
import yaml
from lxml import etree

from manchette import marks
from manchette.anchor.canonical import Span
from manchette.engine import Home
from manchette.export.base import Exported
from manchette.export.formats import of_article
from manchette.export.tei import TEI as FORMAT
from manchette.export.tei.element import dated, legal, pointer
from manchette.export.tei.header import write
from manchette.format.edtf import When
from manchette.site.open import open_site
from manchette.site.placement import Mark
from manchette.site.site import Article, Site
from tests.conftest import ROOT
from tests.projects import lay_out, long_article

HERE = Path(__file__).parent
CASES = HERE / "tei"
SCHEMA = ROOT.parent / "shared/schemas/tei/tei_all.rng"
TEI = "{http://www.tei-c.org/ns/1.0}"
ID = "{http://www.w3.org/XML/1998/namespace}id"
HOMES = {"published": Home("https://quai.example/"), "nowhere": Home("")}
POINTERS = ("target", "ref", "corresp", "ana", "source", "from", "to", "next", "prev", "datingMethod")

BLOCKS = {"p", "ab", "list", "item", "label", "table", "row", "cell", "head", "quote", "note", "div", "milestone"}
OBJECTS = {"graphic", "media", "code", "gap"}
UNREAD = {"figDesc", "expan", "rt"}
JOINT, ANCHOR = "\0", "\1"


# ---- reading a file as the format reads a page


def words_of(body: etree._Element, until: str | None = None) -> str:
    """Read the text of an element, up to an anchor."""
    return normalized(parts_of(body), until)


def parts_of(body: etree._Element) -> list[str]:
    return list(_words(body))


def normalized(parts: list[str], until: str | None = None) -> str:
    if until is not None:
        parts = parts[: parts.index(f"{ANCHOR}{until}")]
    said = re.sub(r"[ \n]", " ", "".join(part for part in parts if not part.startswith(ANCHOR)))
    said = re.sub(f" *{JOINT}[ {JOINT}]*", JOINT, said).strip(f" {JOINT}")
    return re.sub(" +", " ", said).replace(JOINT, " ")


def _words(element: etree._Element) -> Iterator[str]:
    name, kind = local(element), element.get("type")
    parent = element.getparent()
    is_heading = kind == "head" or (name == "head" and parent is not None and local(parent) in {"div", "body"})
    joint = name in BLOCKS or (name == "seg" and kind in {"block", "head"})
    joint = (joint or (name == "figure" and element.get("place") != "inline")) and kind != "reading"
    yield JOINT if joint else ""
    if name == "anchor":
        yield f"{ANCHOR}{element.get(ID)}"
    elif name in OBJECTS:
        yield marks.OBJECT
    elif name == "lb":
        yield " "
    elif not is_heading and name not in UNREAD and kind != "reading":
        yield element.text or ""
        for child in element:
            yield from _words(child)
            yield child.tail or ""
    yield JOINT if joint else ""


def local(element: etree._Element) -> str:
    return str(etree.QName(element).localname)


# ---- the articles


def reading(folder: Path) -> Path:
    """Lay out the sample, with articles that have every construct, or are in other languages."""
    lay_out("estuaire", folder)
    for file in (HERE / "reading").glob("*/*"):
        into = folder / ("annotations" if file.suffix == ".yml" else "docs/articles") / file.parent.name
        into.mkdir(exist_ok=True)
        shutil.copy(file, into)
    return folder


def dunes(folder: Path) -> Path:
    lay_out("dunes", folder)
    long_article(folder)
    return folder


def riverain(folder: Path) -> Path:
    """Lay out a site of others, in which someone begins with an article."""
    lay_out("riverain", folder)
    shutil.copytree(CASES / "docs/articles", folder / "docs/articles", dirs_exist_ok=True)
    shutil.copytree(CASES / "annotations", folder / "annotations", dirs_exist_ok=True)
    return folder


def this_site(folder: Path) -> Path:
    """Lay out the articles of this repository, whatever they are."""
    for name in ("docs", "annotations"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "mkdocs.yml", folder)
    return folder


PROJECTS = {lay.__name__: lay for lay in (reading, dunes, riverain, this_site)}


@pytest.fixture(scope="module", params=PROJECTS)
def opened(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Open a project, each of whose articles may be passed on."""
    folder = PROJECTS[request.param](tmp_path_factory.mktemp("tei") / "project")
    for file in folder.glob("docs/articles/*/index.md"):
        text = file.read_text("utf-8")
        if "\nrights:" not in text:
            file.write_text(re.sub(r"(?m)^publisher:", "rights: CC-BY-4.0\npublisher:", text, count=1), "utf-8")
    site = open_site(folder).published
    assert site.articles
    assert all(article.front.rights for article in site.articles.values())
    return site


def written(site: Site, article: Article, home: Home = HOMES["published"]) -> etree._Element:
    return etree.fromstring(write(Exported(site, (article,), home)))


@cache
def schema() -> etree.RelaxNG:
    """Read TEI's schema, which takes most of a minute's quarter; without it the test is skipped by name."""
    if not SCHEMA.exists():
        pytest.skip("tei_all.rng is not here")
    return etree.RelaxNG(etree.parse(SCHEMA))


def assert_valid(tree: etree._Element) -> None:
    assert schema().validate(tree), "\n".join(f"{each.line}: {each.message}" for each in schema().error_log)


def assert_same(article: Article, tree: etree._Element) -> None:
    """Find the article's text again, and every mark in it."""
    body = tree.find(f".//{TEI}body")
    assert body is not None
    parts = parts_of(body)
    assert normalized(parts) == article.body.text
    named = [
        (f"#{mark.name}", bare(article.body.text[slice(*mark.span)])) for mark in article.marks if mark.kind != "claim"
    ]
    assert list(names_in(body)) == named
    for mark in article.marks:
        if mark.kind == "claim":
            start, end = (len(normalized(parts, f"{mark.name}.{end}")) for end in ("start", "end"))
            assert article.body.text[start:end].strip() == article.body.text[slice(*mark.span)]


def names_in(body: etree._Element) -> Iterator[tuple[str, str]]:
    """Yield what each name or date leads to, and its words, in the order of the text."""
    parts = {element.get(ID): element for element in body.iter() if element.get(ID)}
    for element in body.iter():
        to = element.get("ref") or element.get("corresp")
        if not to or element.get("prev"):
            continue
        words, following = words_of(element), element.get("next")
        while following:
            part = parts[following.removeprefix("#")]
            words, following = words + words_of(part), part.get("next")
        yield to, bare(words)


def bare(words: str) -> str:
    return words.replace(" ", "")


# ---- tests


@pytest.mark.parametrize("home", HOMES)
def test_every_article_is_valid(opened: Site, home: str) -> None:
    for article in opened.articles.values():
        assert_valid(written(opened, article, HOMES[home]))


def test_the_text_and_all_marks_are_found_again(opened: Site) -> None:
    for article in opened.articles.values():
        assert_same(article, written(opened, article))


@pytest.mark.parametrize("home", HOMES)
def test_what_is_pointed_at_is_there_once(opened: Site, home: str) -> None:
    for article in opened.articles.values():
        tree = written(opened, article, HOMES[home])
        ids = Counter(element.get(ID) for element in tree.iter() if element.get(ID))
        assert [key for key, times in ids.items() if times > 1] == []
        said = {each for element in tree.iter() for name in POINTERS for each in (element.get(name) or "").split()}
        assert {each for each in said if each.startswith("#")} - {f"#{key}" for key in ids} == set()


def test_all_that_is_noted_is_there(opened: Site) -> None:
    for article in opened.articles.values():
        tree = written(opened, article)
        ids = {element.get(ID) for element in tree.iter()}
        assert {mark.name for mark in article.marks} <= ids
        assert {f"date--{key}" for key in article.events} <= ids
        assert {f"source--{key}" for key in article.cited} <= ids
        for key in article.numbers:
            (note,) = tree.xpath("//*[@xml:id = $id]", id=f"claim--{key}")  # type: ignore[misc, union-attr]
            evidence = [each for each in note.iter(f"{TEI}note") if each.get("type") == "evidence"]  # type: ignore[union-attr]
            assert len(evidence) == len(article.claims[key].entry.evidence)


def test_a_small_article_to_the_letter() -> None:
    site = open_site(CASES)
    made = write(Exported(site, (site.articles["ecluse"],), HOMES["published"]))
    assert made.decode() == (CASES / "ecluse.tei.xml").read_text("utf-8")


def test_it_is_written_only_of_what_may_be_passed_on() -> None:
    article = open_site(CASES).articles["ecluse"]
    kept = replace(article, front=article.front.model_copy(update={"rights": None}))
    assert FORMAT in [export for export, _ in of_article(article)]
    assert FORMAT not in [export for export, _ in of_article(kept)]


# ---- whatever HTML an article has in it


def article_of(html: str) -> tuple[Article, etree._Element]:
    """Make an article of HTML alone, and write it."""
    site = open_site(CASES)
    article = replace(site.articles["ecluse"], body=marks.read(html), marks=(), claims={}, events={})
    return article, written(replace(site, articles={article.id: article}), article)


def form(html: str) -> str:
    """Write HTML as TEI; return that in one line, without the headline."""
    body = article_of(html)[1].find(f".//{TEI}body")
    assert body is not None
    said = "".join(etree.tostring(child, encoding="unicode").rstrip("\n") for child in body[1:])
    return re.sub(r">\n(?=<)", ">", said.replace(' xmlns="http://www.tei-c.org/ns/1.0"', ""))


FORMS = yaml.safe_load((CASES / "forms.yml").read_text("utf-8"))


@pytest.mark.parametrize("case", FORMS, ids=lambda case: case["html"][:40])
def test_html_as_tei(case: dict[str, str]) -> None:
    assert form(case["html"]) == case["tei"]
    assert_same(*article_of(case["html"]))


def test_these_are_valid() -> None:
    for case in FORMS:
        assert_valid(article_of(case["html"])[1])


BLOCK_TAGS = "p p p ul ol li li dl dt dd blockquote table caption thead tbody tr td th figure figcaption div aside"
INLINE_TAGS = "em strong a a abbr q cite sup ruby rt rp span span del ins time b"
TAGS = f"{BLOCK_TAGS} section details summary h2 h3 h4 pre footer {INLINE_TAGS} code kbd svg math button".split()
ATTRIBUTES = {
    "a": (' href="https://a.example/x"', ' href="../b/index.md#c"', ' href="#d"', ' href=" "', ""),
    "abbr": (' title="Office"', ""),
    "img": (' src="a b.svg" alt="Une dune"', ' src="a.png"', ""),
    "video": (' src="a.webm"', ' src="a"', ""),
    "span": ("", ' lang="en"', ' lang="ar" dir="rtl"', ' lang="fr_FR"'),
    "section": ("", ' lang="en"'),
    "time": (' datetime="2021-05"', ' datetime="P1D"', ""),
    "td": ("", ' colspan="2"', ' rowspan="0"'),
    "ol": ("", ' start="3"'),
}
WORDS = ["mer", "sable", "«", "oyat", "»", "l’eau", "12", ",", ".", "été", "木", "نهر", "&amp;", "&#1;"]


def any_html(chance: random.Random, depth: int, closed: float) -> str:
    """Make HTML of any sort; `closed`: how many of its elements have an end tag."""
    made = []
    for _ in range(chance.randint(1, 4)):
        sort = chance.random()
        if sort < 0.45 or not depth:
            said = " ".join(chance.choices(WORDS, k=chance.randint(1, 4)))
            made.append(chance.choice(["", " "]) + said + chance.choice(["", " ", "\n"]))
            continue
        name = chance.choice(["br", "img", "hr", "wbr", "input"] if sort < 0.53 else [*TAGS, "video"])
        start = f"<{name}{chance.choice(ATTRIBUTES.get(name, ('',)))}>"
        inside = "" if sort < 0.53 else any_html(chance, depth - 1, closed)
        end = f"</{name}>" if sort >= 0.53 and chance.random() < closed else ""
        made.append(f"{start}{inside}{end}")
    return "".join(made)


def any_marks(chance: random.Random, body: marks.Body) -> tuple[Mark, ...]:
    """Choose names within blocks, and claims anywhere, of which one may hold another."""
    found: list[Mark] = []
    for number in range(8 if len(body.text) > 2 else 0):
        kind = chance.choice(["claim", "person", "place", "term"])
        start = chance.randrange(len(body.text))
        end = min(len(body.text), start + chance.choice([2, 8, 200 if kind == "claim" else 12]))
        words = body.text[start:end]
        others = [mark.span for mark in found if (mark.kind == "claim") == (kind == "claim")]
        crossing = any(
            other.start < end and start < other.end
            for other in others
            if kind != "claim" or not (other.start < start < end < other.end or start < other.start < other.end < end)
        )
        broken = kind != "claim" and (marks.OBJECT in words or any(start <= at < end for at in body.joints))
        whole = words == words.strip() and words and marks.OBJECT not in {words[0], words[-1]}  # as quotes are
        if whole and not crossing and not broken:
            found.append(Mark(kind, f"n{number}", Span(start, end)))
    return tuple(sorted(found, key=lambda mark: (mark.span.start, -mark.span.end, mark.kind, mark.id)))


@cache
def any_articles() -> list[tuple[Article, etree._Element]]:
    """Make articles of any HTML, half of it sloppy, and write them."""
    site = open_site(CASES)
    small = site.articles["ecluse"]
    made = []
    for seed in range(300):
        chance = random.Random(seed)
        body = marks.read(any_html(chance, 4, closed=1 if seed % 2 else 0.85))
        article = replace(small, body=body, marks=any_marks(chance, body), events={})
        article = replace(article, claims={mark.id: small.claims["nuit"] for mark in article.marks})
        made.append((article, written(replace(site, articles={small.id: article}), article)))
    return made


def test_any_html_keeps_its_text_and_marks() -> None:
    for article, tree in any_articles():
        assert_same(article, tree)


def test_any_html_is_valid() -> None:
    for _, tree in any_articles():
        assert_valid(tree)


@pytest.mark.parametrize(
    ("edtf", "expected"),
    [
        ("2024-08-06", {"when": "2024-08-06"}),
        ("2024-08", {"when": "2024-08"}),
        ("0987", {"when": "0987"}),
        ("2024-08-06T14:30:00+02", {"when": "2024-08-06T14:30:00+02:00"}),
        ("2024-08-06T14:30:00Z", {"when": "2024-08-06T14:30:00Z"}),
        ("2024~", {"when": "2024", "cert": "medium"}),
        ("2024-08?", {"when": "2024-08", "cert": "low"}),
        ("2024%", {"when": "2024", "cert": "low"}),
        ("2024-XX", {"when": "2024"}),
        ("201X", {"notBefore": "2010-01-01", "notAfter": "2019-12-31"}),
        ("19XX", {"notBefore": "1900-01-01", "notAfter": "1999-12-31"}),
        ("2024-21", {"notBefore": "2024-03-01", "notAfter": "2024-06-21"}),
        ("2004-03/..", {"from": "2004-03"}),
        ("2004/", {"from": "2004"}),
        ("../2020", {"to": "2020"}),
        ("2025-07-11/2025-07-13", {"from": "2025-07-11", "to": "2025-07-13"}),
        ("2024-21~/2025", {"from": "2024-03-01", "to": "2025", "cert": "medium"}),
        ("-0043", {}),
        ("0000", {}),
        ("Y17000", {}),
    ],
)
def test_a_date_as_its_attributes(edtf: str, expected: dict[str, str]) -> None:
    found = dated(When.parse(edtf))
    assert found.pop("when-custom") == edtf
    assert found.pop("datingMethod") == "#edtf"
    assert found == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("https://a.example/x y", "https://a.example/x%20y"),
        ("https://a.example/[x]?q=a|b", "https://a.example/%5Bx%5D?q=a%7Cb"),
        ("https://[::1]/a", "https://[::1]/a"),
        ("https://a.example/#b#c", "https://a.example/#b%23c"),
        ("100%", "100%25"),
        ("https://a.example/%C3%A9t%C3%A9/été", "https://a.example/%C3%A9t%C3%A9/été"),
    ],
)
def test_an_address_is_one_to_xml(written: str, expected: str) -> None:
    assert pointer(written) == expected


def test_what_xml_cannot_hold_is_seen_to_be_missing() -> None:
    assert legal("a\x0bb\ufffe\U0001f41f") == "a\ufffdb\ufffd\U0001f41f"
