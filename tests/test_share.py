"""What is written beside the pages for other programs."""

from __future__ import annotations

import pytest

from manchette.engine import Addresses, Home
from manchette.share.files import files
from manchette.site.open import open_site
from tests.projects import ESTUAIRE

PAGE = "articles/esturgeon/index.md"


@pytest.mark.parametrize(
    ("addresses", "page", "expected"),
    [
        (Addresses.FOLDERS, "index.md", "https://exemple.fr/depot/"),
        (Addresses.FOLDERS, PAGE, "https://exemple.fr/depot/articles/esturgeon/"),
        (Addresses.FILES, "index.md", "https://exemple.fr/depot/index.html"),
        (Addresses.FILES, PAGE, "https://exemple.fr/depot/articles/esturgeon/index.html"),
    ],
)
def test_absolute_addresses(addresses: Addresses, page: str, expected: str) -> None:
    home = Home("https://exemple.fr/depot/", addresses)
    assert home.to(page) == expected
    assert home.to(page, "p3") == f"{expected}#p3"


def test_robots_are_led_to_the_list_of_pages() -> None:
    site = open_site(ESTUAIRE)
    told = files(site, Home("https://exemple.fr/depot/"))["robots.txt"].decode()
    assert told.endswith("Sitemap: https://exemple.fr/depot/sitemap.xml\n")
    assert "robots.txt" not in files(site, Home(""))  # a relative address would be none
