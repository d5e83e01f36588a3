"""How the pages of a site are laid out, and so how one is reached from another."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from enum import Enum, auto
from functools import lru_cache
from importlib.resources import files
from typing import Any

THEME = str(files("manchette") / "theme")
"""The folder of the theme's files."""
ASSETS = "assets/manchette"
"""Its style sheet, scripts and fonts, relative to the site's address."""


class Addresses(Enum):
    """How pages are laid out on the site, and so what a link to one says."""

    FOLDERS = auto()  # `methode.md` is at `methode/`
    FILES = auto()  # `methode.md` is at `methode.html` (`use_directory_urls: false`)
    SOURCES = auto()  # Zensical: a link names the source, `methode.md`, and is rewritten whatever it stands in


def addresses_of(config: Any) -> Addresses:
    """How MkDocs or ProperDocs, by its configuration, lays out pages."""
    return Addresses.FOLDERS if config["use_directory_urls"] else Addresses.FILES


@dataclass(frozen=True)
class Links:
    """Relative addresses from one page."""

    page: str
    addresses: Addresses = Addresses.FOLDERS

    def to(self, page: str, fragment: str = "") -> str:
        """The address of `page`, seen from here."""
        anchor = f"#{fragment}" if fragment else ""
        if page == self.page and anchor:
            return anchor
        if self.addresses is Addresses.FOLDERS:
            here, there = _folder(self.page), _folder(page)
            return ("." if there == here else f"{_relative(there, here)}/") + anchor
        target = page if self.addresses is Addresses.SOURCES else f"{page.removesuffix('.md')}.html"
        return self.file(target) + anchor

    def file(self, path: str) -> str:
        """The address of a file that is published as it is, by its path from the site's root."""
        folder = _folder(self.page) if self.addresses is Addresses.FOLDERS else posixpath.dirname(f"/{self.page}")
        return _relative(f"/{path}", folder)


# A page leads a few hundred times to a few tens of others.
_relative = lru_cache(maxsize=1024)(posixpath.relpath)


def _folder(page: str) -> str:
    stem = page.removesuffix(".md")
    return "/" + (stem.removesuffix("index").rstrip("/") if posixpath.basename(stem) == "index" else stem)
