"""The files that the site's data makes, each at its address."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from manchette.engine import Home, Make
from manchette.page import locators
from manchette.share import calendars, claims, feeds, picture, robots, sitemap
from manchette.site.site import Site

MAKERS: tuple[Callable[[Site, Home], Mapping[str, Make]], ...] = (
    robots.files,
    feeds.files,
    calendars.files,
    picture.files,
    claims.files,
    locators.files,
    sitemap.files,
)
"""Each is given the site without its drafts and where it will be read; path → what makes its content."""


def files(site: Site, home: Home) -> dict[str, Make]:
    """Path relative to the site's address → what makes the file that is there."""
    return {path: make for maker in MAKERS for path, make in maker(site, home).items()}
