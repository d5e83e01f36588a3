"""The whole built site: every link leads somewhere, nothing comes from another host, the checkers find nothing."""

import re
import subprocess
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.conftest import ROOT, need
from tools.static import PREFIX

HERE = f"https://example.org{PREFIX}"
LINKS = {"href", "src", "action", "poster", "data", "cite"}
# Elements whose address a person follows; every other one is fetched as the page opens.
FOLLOWED = {"a", "area", "form", "blockquote", "q"}


class Addresses(HTMLParser):
    """What a page points to, as (element, attribute, address), and the anchors that it offers."""

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


@pytest.fixture(scope="session")
def pages(site: Path) -> dict[str, Addresses]:
    """Return every page of the site by its path in it."""
    return {str(file.relative_to(site)): Addresses(file.read_text()) for file in sorted(site.rglob("*.html"))}


def address_of(path: str) -> str:
    return HERE + path.removesuffix("index.html")


def links(pages: dict[str, Addresses]) -> Iterator[tuple[str, str, str, str]]:
    """Yield page, element, address as written and address made whole."""
    for path, page in pages.items():
        for tag, _, written in page.found:
            yield path, tag, written, urljoin(address_of(path), written)


def test_every_internal_link_resolves(site: Path, pages: dict[str, Addresses]) -> None:
    broken = []
    inside = 0
    for path, tag, written, whole in links(pages):
        if not whole.startswith(HERE.rstrip("/")):
            continue
        inside += 1
        target = unquote(urlsplit(whole).path).removeprefix(PREFIX)
        if target.endswith("/") or not target:
            target += "index.html"
        anchor = unquote(urlsplit(whole).fragment)
        if not (site / target).is_file() or (target in pages and anchor not in pages[target].anchors):
            broken.append(f"{path}: <{tag}> {written}")
    assert inside > 20
    assert not broken, "\n".join(broken)


def test_no_page_leaves_its_sub_path(pages: dict[str, Addresses]) -> None:
    host = HERE.removesuffix(PREFIX)
    assert [w for *w, whole in links(pages) if whole.startswith(host) and not whole.startswith(HERE)] == []


def test_nothing_is_fetched_from_another_host(site: Path, pages: dict[str, Addresses]) -> None:
    fetched = [(path, whole) for path, tag, _, whole in links(pages) if tag not in FOLLOWED]
    for sheet in site.rglob("*.css"):
        where = address_of(str(sheet.relative_to(site)))
        named = re.findall(r"""url\(\s*["']?([^"')]+)|@import\s+["']([^"']+)""", sheet.read_text())
        fetched += [(sheet.name, urljoin(where, one or other)) for one, other in named]
    assert fetched
    assert [entry for entry in fetched if not entry[1].startswith((HERE, "data:"))] == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1440])
def test_axe_finds_nothing(
    visit: Callable[..., Page], pages: dict[str, Addresses], server: str, width: int, scheme: str
) -> None:
    page = visit(width=width, color_scheme=scheme)
    found = []
    for path in pages:
        page.goto(server + path)
        results = Axe().run(page).response
        assert results["passes"]
        for violation in results["violations"]:
            for node in violation["nodes"]:
                found.append(f"{path}: {violation['id']}: {node['target']} {node['html'][:160]}")
    assert not found, "\n".join(found)


@pytest.mark.full
def test_the_nu_html_checker_finds_nothing(site: Path) -> None:
    jar = need("vnu-jar", ROOT / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar")
    command = [need("java"), "-jar", jar, "--format", "gnu", "--skip-non-html", str(site)]
    checked = subprocess.run(command, capture_output=True, text=True, check=False)
    assert not checked.stderr, checked.stderr.replace(f"file:{site}/", "")
