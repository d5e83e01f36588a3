"""What axe finds on a page, and the looks that a page is tried in."""

from __future__ import annotations

from collections.abc import Iterable

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.conftest import also

OPTIONS = {"resultTypes": ["violations"]}  # what passed is not described, which takes as long as to find it


# Each width and each scheme once; all pairs where there is time.
LOOKS = [(390, "light"), *also((390, "dark"), (1440, "light")), (1440, "dark")]


def violations(page: Page, within: str | None = None) -> list[str]:
    """What axe finds on a page as it stands, or within some of it."""
    results = Axe().run(page, context=within, options=OPTIONS).response
    assert results["passes"]
    return [
        f"{page.url}: {violation['id']}: {node['target']} {node['html'][:160]}"
        for violation in results["violations"]
        for node in violation["nodes"]
    ]


def on_pages(page: Page, addresses: Iterable[str]) -> list[str]:
    """What axe finds on pages, opened one after the other."""
    found = []
    for address in addresses:
        page.goto(address)
        found += violations(page)
    return found
