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


class Addresses(HTMLParser):
    """What a page points to, as (element, attribute, address as written), and the anchors that it offers."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, str, str]] = []
        self.anchors = {"", "top"}
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name == "id" or (name == "name" and tag == "a"):
                self.anchors.add(value or "")
            elif name in LINKS:
                self.found.append((tag, name, value or ""))
            elif name == "srcset":
                self.found += [(tag, name, part.split()[0]) for part in (value or "").split(",")]


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
    for path, tag, written, whole in links(pages, address, served):
        if not whole.startswith(address):
            continue
        inside += 1
        target = unquote(urlsplit(whole).path).removeprefix(urlsplit(address).path)
        target += INDEX if served and (target.endswith("/") or not target) else ""
        anchor = unquote(urlsplit(whole).fragment)
        if not (site / target).is_file() or (target in pages and anchor not in pages[target].anchors):
            broken.append(f"{path}: <{tag}> {written}")
    return Followed(inside, tuple(broken), pages)


def links(pages: Mapping[str, Addresses], address: str, served: bool = True) -> Iterator[tuple[str, str, str, str]]:
    """Yield page, element, address as written and address made whole."""
    for path, page in pages.items():
        here = urljoin(address, path.removesuffix(INDEX) if served and path.split("/")[-1] == INDEX else path)
        for tag, _, written in page.found:
            yield path, tag, written, urljoin(here, written)


def leaving(pages: Mapping[str, Addresses], address: str) -> list[str]:
    """Links to the host of a site that is published below a path, but not to the site."""
    host = address.removesuffix(urlsplit(address).path)
    return [f"{path}: {written}" for path, _, written, whole in links(pages, address)
            if whole.startswith(host) and not whole.startswith(address)]  # fmt: skip


def fetched(site: Path, pages: Mapping[str, Addresses], address: str) -> list[tuple[str, str]]:
    """What the pages and style sheets of a site ask for by themselves, and where they say so."""
    found = [(path, whole) for path, tag, _, whole in links(pages, address) if tag not in CLICKED]
    for sheet in site.rglob("*.css"):
        where = urljoin(address, str(sheet.relative_to(site)))
        named = re.findall(r"""url\(\s*["']?([^"')]+)|@import\s+["']([^"']+)""", sheet.read_text("utf-8"))
        found += [(sheet.name, urljoin(where, one or other)) for one, other in named]
    return found
