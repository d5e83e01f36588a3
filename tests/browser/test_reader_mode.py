"""What a browser's reader mode makes of an article: its words and nothing else, signed and dated.

The program is Firefox's own, Readability. It runs in the page, whose DOM is the one that it is made for.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any

import pytest
from markdown import markdown
from playwright.sync_api import Page

from manchette.anchor.canonical import fold
from tests.browser.reader import ARTICLE, Visit
from tests.conftest import ROOT, need
from tests.projects import ESTUAIRE

pytestmark = pytest.mark.full  # npm brings it

EVERYTHING, BRIEF = "articles/tout/", "articles/bref/"


def read_in_reader_mode(page: Page) -> dict[str, Any]:
    """What Readability returns, and as `offered` whether a browser would offer its reader mode."""
    folder = ROOT / "node_modules/@mozilla/readability"
    need("@mozilla/readability", folder / "Readability.js")
    source = "\n".join((folder / name).read_text("utf-8") for name in ("Readability.js", "Readability-readerable.js"))
    found: dict[str, Any] = page.evaluate(
        f"""() => {{ {source}
        return {{...new Readability(document.cloneNode(true)).parse(), offered: isProbablyReaderable(document)}}; }}"""
    )
    return found


def words(html: str) -> list[str]:
    """All words of an HTML text, as they are compared."""
    found: list[str] = []
    parser = HTMLParser()
    parser.handle_data = found.append  # type: ignore[method-assign]
    parser.feed(html)
    return fold("".join(found)).split()


def written(path: str) -> str:
    """The HTML of an article's text alone, without anything of ours."""
    file = (ESTUAIRE / "docs" / path if path == ARTICLE else ROOT / "tests/reading" / path[9:]) / "index.md"
    text = file.read_text("utf-8").split("---\n", 2)[2]
    return markdown(text, extensions=["attr_list", "def_list", "fenced_code", "footnotes", "md_in_html", "tables"])


@pytest.mark.firefox
def test_it_returns_the_article_s_words_and_nothing_else(visit: Visit, more_articles: str) -> None:
    for path in (ARTICLE, EVERYTHING, BRIEF):
        read = read_in_reader_mode(visit(more_articles + path))
        assert fold(read["textContent"]).split() == words(written(path)), path
        assert read["offered"]


def test_scripts_change_nothing_of_it(visit: Visit) -> None:
    with_scripts, without = (read_in_reader_mode(visit(ARTICLE, script=script)) for script in (True, False))
    assert with_scripts["textContent"].split() == without["textContent"].split()


def test_every_construct_stays_what_it_is(visit: Visit, more_articles: str) -> None:
    content = read_in_reader_mode(visit(more_articles + EVERYTHING))["content"]
    kept = ["h2", "h3", "ul", "ol", "li", "blockquote", "img", "figure", "figcaption", "table", "th", "td", "dl", "pre"]
    kept += ["em", "strong", "sup", "p"]
    counts, expected = (
        {tag: len(re.findall(rf"<{tag}[\s>]", html)) for tag in kept} for html in (content, written(EVERYTHING))
    )
    assert counts == expected
    assert all(expected.values())


@pytest.mark.parametrize(
    ("path", "about"),
    [
        (
            ARTICLE,
            {
                "title": "L’esturgeon remonte l’estuaire, et avec lui une entreprise coréenne que personne n’attendait",
                "byline": "Aude Rimbert",
                "publishedTime": "2022-08",
            },
        ),
        (
            EVERYTHING,
            {
                "title": "Tout ce qu’un texte peut contenir, de l’intertitre à la note",
                "byline": "Le Fanal de l’estuaire",
                "publishedTime": "2022-08-20",
                "excerpt": "Un article d’essai, fait pour être lu ailleurs que sur sa page.",
            },
        ),
        (BRIEF, {"title": "Brève de la rive", "byline": "Le Fanal de l’estuaire", "publishedTime": "2022-08"}),
    ],
)
def test_it_knows_who_wrote_it_and_when(visit: Visit, more_articles: str, path: str, about: dict[str, str]) -> None:
    read = read_in_reader_mode(visit(more_articles + path))
    about |= {"siteName": "L’Estuaire", "lang": "fr"}
    assert {key: read[key] for key in about} == about
