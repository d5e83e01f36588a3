"""How the pages of a site are laid out, and so how one is reached from another."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto
from functools import lru_cache
from importlib.resources import files
from typing import Any
from urllib.parse import quote, urljoin

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


@dataclass(frozen=True)
class Home:
    """Where the site will be read, and the absolute addresses there."""

    url: str  # of its root, with a / at its end; empty where nobody has said
    addresses: Addresses = Addresses.FOLDERS
    name: str = ""  # of the site
    description: str = ""  # what the site says of itself
    icon: str = ""  # the path of its favicon, from the root

    def to(self, page: str, fragment: str = "") -> str:
        """The address of a page; relative to the root where that is not known."""
        return urljoin(self.url, Links("", self.addresses).to(page, fragment))

    def file(self, path: str) -> str:
        """The address of a file that is published as it is, by its path from the root."""
        return f"{self.url}{quote(path)}"

    def path(self, page: str) -> str:
        """The file that a page is written to, from the root."""
        stem = page.removesuffix(".md")
        return f"{stem}/index.html" if self.addresses is Addresses.FOLDERS else f"{stem}.html"


def home_of(env: Any) -> Home:
    """Where the site that is built will be read; `env` is what mkdocs-macros gives to `define_env`."""
    theme = env.conf["theme"]
    laid_out = addresses_of(env.conf) if hasattr(theme, "dirs") else Addresses.SOURCES
    return _home(env.conf, laid_out, str(theme.get("favicon") or ""))


def home_by(settings: Mapping[str, Any]) -> Home:
    """Where the site will be read by what `mkdocs.yml` says, when nothing is built."""
    return _home(settings, Addresses.FOLDERS if settings.get("use_directory_urls", True) else Addresses.FILES, "")


def _home(settings: Mapping[str, Any], laid_out: Addresses, icon: str) -> Home:
    url, name, description = (str(settings.get(key) or "") for key in ("site_url", "site_name", "site_description"))
    return Home(url and f"{url.rstrip('/')}/", laid_out, name, description, icon)


# A page leads a few hundred times to a few tens of others.
_relative = lru_cache(maxsize=1024)(posixpath.relpath)


@lru_cache(maxsize=1024)
def _folder(page: str) -> str:
    stem = page.removesuffix(".md")
    return "/" + (stem.removesuffix("index").rstrip("/") if posixpath.basename(stem) == "index" else stem)
