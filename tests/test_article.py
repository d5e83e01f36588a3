"""The article's page keeps every word of the original, in order, and adds none to its text.

`article/words.txt` holds the original's words: headline, text, signature. The page's are read from what is built, with
all that Manchette adds (numbers, signs, calls) left out; spaces, apostrophes and dashes are the render's to set.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

ARTICLE = "articles/coree-du-nord-russie/index.html"
WORDS = (Path(__file__).parent / "article" / "words.txt").read_text(encoding="utf-8").split()
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


def words(text: str) -> Iterator[str]:
    """Runs of letters and figures; all else is typography."""
    return iter(re.findall(r"\w+", text))


def test_headline_text_and_signature_are_the_original_s_words(site: Path) -> None:
    page = (site / ARTICLE).read_text(encoding="utf-8")
    credit = Reader(page, "mch-credit").text
    signature = " ".join(WORDS[-3:])
    found = [*words(Reader(page, "h1").text), *words(Reader(page, "mch-text").text)]
    assert found == WORDS[:-3]
    assert signature in re.sub(r"\s+", " ", credit)
    assert len(WORDS) > 500
