"""This repository's own site, whatever articles stand in it, be it none: its notes are sound, its pages whole."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner
from playwright.sync_api import Page, expect

from manchette.cli import main
from manchette.format import schema
from manchette.format.layout import ANNOTATIONS, ARTICLES, DOCS, READ
from manchette.problems import Severity
from manchette.site.open import open_site
from tests.axe import LOOKS, on_pages
from tests.conftest import ROOT, Project
from tests.follow import Followed, fetched, follow, leaving
from tests.french import exceptions, misspelt
from tests.projects import fill_in
from tests.test_site import HERE, faults
from tools.links import cited
from tools.static import served


@pytest.fixture(scope="module")
def followed(this_site: Path) -> Followed:
    return follow(this_site, HERE)


@pytest.fixture(scope="module")
def address(this_site: Path) -> Iterator[str]:
    with served(this_site) as address:
        yield address


# ---- its notes


def test_check_finds_no_problem() -> None:
    assert [str(problem) for problem in open_site(ROOT).problems if problem.severity is Severity.ERROR] == []


@pytest.mark.parametrize("file", schema.FILES)
def test_schemas_are_current(file: str) -> None:
    written = ROOT / ANNOTATIONS / "schema" / f"{file}.schema.json"
    assert written.read_text("utf-8") == schema.text(file), "run: manchette schema"


def test_spelling() -> None:
    """Add to `spelling/exceptions.txt` what is no misspelling and begins with no capital."""
    assert {word: where for word, where in misspelt(ROOT).items() if word not in exceptions()} == {}


def test_its_sources_are_asked_after_every_week() -> None:
    site = open_site(ROOT)
    assert {one.id for one in cited(site)} >= set(site.sources)


# ---- its pages


def test_every_internal_link_resolves(followed: Followed) -> None:
    assert followed.inside > 20
    assert followed.broken == ()


def test_no_page_leaves_its_sub_path(followed: Followed) -> None:
    assert leaving(followed.pages, HERE) == []


def test_nothing_is_fetched_from_another_host(this_site: Path, followed: Followed) -> None:
    asked = fetched(this_site, followed.pages, HERE)
    assert asked
    assert [entry for entry in asked if not entry[1].startswith((HERE, "data:"))] == []


@pytest.mark.full  # the sample has pages of every kind
@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_axe_finds_nothing(
    visit: Callable[..., Page], followed: Followed, address: str, width: int, scheme: str
) -> None:
    page = visit(address, width=width, color_scheme=scheme)
    found = on_pages(page, [address + path for path in followed.pages])
    assert not found, "\n".join(found)


@pytest.mark.parametrize("width", [320, 390, 820, 1440])
def test_nothing_scrolls_sideways(visit: Callable[..., Page], this_site: Path, address: str, width: int) -> None:
    """Not a page, and no table or example on it: a phone shows them whole."""
    for path in sorted(this_site.glob("*/index.html")):
        page = visit(f"{address}{path.parent.name}/", width)
        wide = page.evaluate(
            """() => ["html", ".mch table", ".mch pre", ".md-typeset__scrollwrap"]
                .flatMap(part => [...document.querySelectorAll(part)])
                .filter(part => part.scrollWidth > part.clientWidth + 1)
                .map(part => part.outerHTML.slice(0, 80))"""
        )
        assert wide == [], path


@pytest.mark.full
def test_the_nu_html_checker_finds_nothing(this_site: Path, followed: Followed) -> None:
    assert faults(this_site, followed.pages) == ""


def without_contents(pages: Path) -> list[str]:
    """Pages that are longer than two screens, 600 words, and have no table of contents that names each section."""
    found = []
    for path in sorted(pages.glob("*/index.html")):
        html = path.read_text("utf-8")
        prose = html.partition("<h1")[2].partition('<div class="mch-')[0]
        sections = re.findall(r'<h2 id="([^"]+)"', prose)
        contents = html.partition('<div class="toc">')[2].partition("</nav>")[0]
        if len(re.sub(r"<.*?>", " ", prose).split()) > 600 and not all(
            f'href="#{section}"' in contents for section in sections
        ):
            found.append(path.parent.name)
    return found


def test_long_pages_have_a_table_of_contents(this_site: Path) -> None:
    assert without_contents(this_site) == []
    assert 'href="#les-cinq-verdicts"' in (this_site / "methode/index.html").read_text("utf-8").partition("<h2")[0]


def test_what_is_not_there(visit: Callable[..., Page], address: str) -> None:
    page = visit(f"{address}404.html")
    expect(page.get_by_role("heading", level=1)).to_have_text("Page introuvable")
    expect(page.locator(".mch-logo")).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.locator(".mch-skip")).to_be_focused()
    expect(page.locator(".mch-skip")).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("#texte")).to_be_focused()


def test_every_example_of_its_pages_is_yaml() -> None:
    pages = {path.name: path.read_text("utf-8") for path in sorted((ROOT / DOCS).glob("*.md"))}
    blocks = {name: re.findall(r"```yaml\n(.*?)```", page, re.DOTALL) for name, page in pages.items()}
    assert "contribuer.md" not in blocks or len(blocks["contribuer.md"]) > 4
    for found in blocks.values():
        for block in found:
            assert yaml.safe_load(block)


# ---- as README has a fork begin


def test_a_fork_replaces_the_articles_by_its_own(tmp_path: Path) -> None:
    fork = Project(tmp_path / "fork")
    before = [path.name for path in (ROOT / DOCS / ARTICLES).glob("*")]
    for name in READ:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        fork.folder.mkdir(exist_ok=True)
        copy(ROOT / name, fork.folder / name)  # type: ignore[operator]
    shutil.copy(ROOT / "macros.py", fork.folder)
    (fork.folder / "src").symlink_to(ROOT / "src")
    for path in (fork.folder / DOCS / ARTICLES, fork.folder / ANNOTATIONS):
        shutil.rmtree(path, ignore_errors=True)
    command = ["new", "mon-article", "--title", "Un titre", "--publisher", "Le Quotidien"]
    assert CliRunner().invoke(main, ["--root", str(fork.folder), *command]).exit_code == 0
    fill_in(fork.folder)
    done = fork.build("--strict")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "<cite>Le Quotidien</cite>" in (fork.folder / "site/articles/mon-article/index.html").read_text("utf-8")
    for page in fork.folder.glob("site/**/*.html"):
        html = page.read_text("utf-8")
        assert not [name for name in before if f"{ARTICLES}/{name}" in html], page
