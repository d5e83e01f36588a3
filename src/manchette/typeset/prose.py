"""Inline Markdown in annotations: emphasis, links, code. HTML in it is text."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import urlsplit

from markdown_it import MarkdownIt
from markupsafe import Markup


def allowed(address: str) -> bool:
    """Whether a link may lead there: http, https, or relative."""
    try:
        return urlsplit(address.strip()).scheme in {"", "http", "https"}
    except ValueError:
        return False


# A stop behind a word or what closes one, before a capital: « M. », « J. », « St. », « av. » end nothing.
_ENDS = re.compile(
    r"(?:(?<=\w\w\w)|(?<=\s[a-zà-ÿ]{2})(?<!\s(?:av|cf|vs|éd))|(?<=[)\]»”*_`]))"
    r"(?:[.…]|\s?[!?])(?=\s+[«“\"*_]?\s?[^\W\d_a-zà-ÿ])"
)
_MARKDOWN = MarkdownIt("zero", {"html": False}).enable(["emphasis", "link", "backticks", "escape", "entity"])


def _valid(url: str) -> bool:
    return allowed(url) and not url.startswith("//")


_MARKDOWN.validateLink = _valid  # type: ignore[method-assign]


@lru_cache(maxsize=4096)  # an entry's lines are in the notes of many articles; lines, so about a megabyte
def html(text: str) -> Markup:
    """The HTML of a line of inline Markdown; a link that is not allowed stays as it was typed."""
    return Markup(_MARKDOWN.renderInline(text))


@lru_cache(maxsize=4096)
def opening(text: str) -> tuple[Markup, Markup]:
    """The HTML of the first sentence of inline Markdown, and of the rest; the rest is empty where no end is sure."""
    for end in _ENDS.finditer(text):
        first, rest = text[: end.end()], text[end.end() :]
        if all(first.count(sign) % 2 == 0 for sign in "*_`") and first.count("[") == first.count("]"):
            return html(first), html(rest)
    return html(text), Markup()


def shortened(text: str, most: int) -> str:
    """The first words of a text, at most so many characters with the ellipsis after them."""
    return f"{text[: most - 1].rsplit(' ', 1)[0].rstrip(' ,;:.«(–')}…"


def second_rank(text: str) -> str:
    """A text as it stands between quotation marks: those in it are “ ”."""
    return re.sub(r"«\s*", "“", re.sub(r"\s*»", "”", text))
