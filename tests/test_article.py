"""The article's page keeps every word of the original, in order, and adds none to its text.

The page's words are read from what is built, with all that Manchette adds (numbers, signs, calls) left out; spaces,
apostrophes and dashes are the render's to set.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

from manchette.load import load_article
from tests.projects import ESTUAIRE

OURS = {"mch-p", "mch-call", "mch-i"}
VOID = {"br", "img", "input", "meta", "link", "hr"}


class Reader(HTMLParser):
    """The text of the elements that match, without what is ours in them."""

    def __init__(self, html: str, wanted: str) -> None:
        super().__init__()
        self.wanted, self.text, self.depth, self.silent = wanted, "", 0, 0
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in VOID:
            return
        found = dict(attrs)
        classes = (found.get("class") or "").split()
        if self.depth or self.wanted in (tag, *classes):
            self.depth += 1
        if self.silent or OURS & {*classes}:
            self.silent += 1

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        self.depth -= bool(self.depth)
        self.silent -= bool(self.silent)

    def handle_data(self, data: str) -> None:
        if self.depth and not self.silent:
            self.text += data


def words(text: str) -> list[str]:
    """Runs of letters and figures; all else is typography."""
    return re.findall(r"\w+", text)


def shown(page: Path) -> list[str]:
    """The words of an article's page: headline and text."""
    html = page.read_text(encoding="utf-8")
    return [*words(Reader(html, "h1").text), *words(Reader(html, "mch-text").text)]


def test_headline_and_text_are_the_original_s_words(site: Path) -> None:
    article, _ = load_article(ESTUAIRE, "esturgeon")
    assert article
    original = words(f"{article.front.entry.title} {article.body}")
    assert len(original) > 700
    assert shown(site / "articles/esturgeon/index.html") == original
