"""The files that the site's data makes, each at its address."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from manchette.engine import Home
from manchette.share import calendars, claims, feeds, picture, robots, sitemap
from manchette.site.site import Site

MAKERS: tuple[Callable[[Site, Home], Mapping[str, bytes]], ...] = (
    robots.files,
    feeds.files,
    calendars.files,
    picture.files,
    claims.files,
    sitemap.files,
)
"""Each is given the site without its drafts and where it will be read, and makes path → content."""


def files(site: Site, home: Home) -> dict[str, bytes]:
    """Path relative to the site's address → what is written there."""
    return {path: content for make in MAKERS for path, content in make(site, home).items()}
