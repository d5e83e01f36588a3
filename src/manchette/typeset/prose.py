"""Inline Markdown in annotations: emphasis, links, code. HTML in it is text."""

from __future__ import annotations

from urllib.parse import urlsplit

from markdown_it import MarkdownIt
from markupsafe import Markup


def allowed(address: str) -> bool:
    """Whether a link may lead there: http, https, or relative."""
    try:
        return urlsplit(address.strip()).scheme in {"", "http", "https"}
    except ValueError:
        return False


_MARKDOWN = MarkdownIt("zero", {"html": False}).enable(["emphasis", "link", "backticks", "escape", "entity"])


def _valid(url: str) -> bool:
    return allowed(url) and not url.startswith("//")


_MARKDOWN.validateLink = _valid  # type: ignore[method-assign]


def html(text: str) -> Markup:
    """The HTML of a line of inline Markdown; a link that is not allowed stays as it was typed."""
    return Markup(_MARKDOWN.renderInline(text))
