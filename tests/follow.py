"""Follow every link of a built site, as a browser would, from files alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

LINKS = {"href", "src", "action", "poster", "data", "cite"}
# Elements whose address a person follows; every other one is fetched as the page opens.
CLICKED = {"a", "area", "form", "blockquote", "q"}
INDEX = "index.html"
NAMED = re.compile(r"""url\(\s*["']?([^"')]+)|@import\s+["']([^"']+)""")  # in a style sheet
# How the type of what is at an address begins, by the element and what it says of it.
TYPES = {
    "img": "image/",
    "script": "text/javascript",
    "link stylesheet": "text/css",
    "link font": "font/",
    "link icon": "image/",
    "link canonical": "text/html",
    "meta og:url": "text/html",
    "meta og:image": "image/",
    "meta twitter:image": "image/",
}


class Addresses(HTMLParser):
    """What a page points to, as (element, expected type, address as written), and the anchors that it offers."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, str, str]] = []
        self.anchors = {"", "top"}
        self.data: list[str] = []  # blocks of JSON for other programs
        self._within = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        more = said.get("as") or said.get("rel") or said.get("property") or said.get("name") or ""
        kind = TYPES.get(f"{tag} {more}") or TYPES.get(tag) or said.get("type", "")
        self._within = "json" if tag == "script" and said.get("type") == "application/ld+json" else tag
        for name, value in said.items():
            if name == "id" or (name == "name" and tag == "a"):
                self.anchors.add(value)
            elif name in LINKS or (name == "content" and f"{tag} {more}" in TYPES):
                self.found.append((tag, kind, value))
            elif name == "srcset":
                self.found += [(tag, "image/", part.split()[0]) for part in value.split(",")]
            elif name == "style":
                self.found += [("style", "", one or other) for one, other in NAMED.findall(value)]

    def handle_endtag(self, tag: str) -> None:
        self._within = ""

    def handle_data(self, data: str) -> None:
        if self._within == "json":
            self.data.append(data)
        elif self._within == "style":
            self.found += [("style", "", one or other) for one, other in NAMED.findall(data)]


@dataclass(frozen=True)
class Followed:
    """What following gave: how many links lead to this site, those of them that lead nowhere, and every page."""

    inside: int
    broken: tuple[str, ...]
    pages: dict[str, Addresses]


def follow(site: Path, address: str, served: bool = True) -> Followed:
    """Follow the links of the site in a folder, published at `address` (with its final slash).

    `served`: whether a server answers for a folder with the page in it; read from a disk, a link must name the file.
    """
    pages = {str(file.relative_to(site)): Addresses(file.read_text("utf-8")) for file in sorted(site.rglob("*.html"))}
    inside, broken = 0, []
    for path, tag, _, written, whole in links(pages, address, served):
        if not whole.startswith(address):
            continue
        inside += 1
        target = unquote(urlsplit(whole).path).removeprefix(urlsplit(address).path)
        target += INDEX if served and (target.endswith("/") or not target) else ""
        anchor = unquote(urlsplit(whole).fragment)
        if not (site / target).is_file() or (target in pages and anchor not in pages[target].anchors):
            broken.append(f"{path}: <{tag}> {written}")
    return Followed(inside, tuple(broken), pages)


def links(
    pages: Mapping[str, Addresses], address: str, served: bool = True
) -> Iterator[tuple[str, str, str, str, str]]:
    """Yield page, element, type that is to be there, address as written and address made whole."""
    for path, page in pages.items():
        here = urljoin(address, path.removesuffix(INDEX) if served and path.split("/")[-1] == INDEX else path)
        for tag, kind, written in page.found:
            yield path, tag, kind, written, urljoin(here, written)


def leaving(pages: Mapping[str, Addresses], address: str) -> list[str]:
    """Links to the host of a site that is published below a path, but not to the site."""
    host = address.removesuffix(urlsplit(address).path)
    return [f"{path}: {written}" for path, _, _, written, whole in links(pages, address)
            if whole.startswith(host) and not whole.startswith(address)]  # fmt: skip


def fetched(site: Path, pages: Mapping[str, Addresses], address: str) -> list[tuple[str, str]]:
    """What the pages and style sheets of a site ask for by themselves, and where they say so."""
    found = [(path, whole) for path, tag, _, _, whole in links(pages, address) if tag not in CLICKED]
    for sheet in site.rglob("*.css"):
        where = urljoin(address, str(sheet.relative_to(site)))
        found += [(sheet.name, urljoin(where, one or other)) for one, other in NAMED.findall(sheet.read_text("utf-8"))]
    return found
