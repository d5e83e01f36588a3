"""What a page says once printed, as a reader of PDF finds it."""

from __future__ import annotations

import re

import pypdfium2
from playwright.sync_api import Page


def sheets(page: Page) -> list[list[str]]:
    """Print a page and return the lines of each sheet, without the sheets' own numbers."""
    page.evaluate("document.fonts.ready")
    document = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))
    texts = [sheet.get_textpage().get_text_range() for sheet in document]
    return [
        [line for line in map(str.strip, text.splitlines()) if not re.fullmatch(r"(\d+ / \d+)?", line)]
        for text in texts
    ]


def solid(text: str) -> str:
    """Return a text without its spaces, which lines and columns break, and hyphens at their ends hide."""
    return re.sub(r"[\s\u00ad\u200b\ufffe\x02-]", "", text)
