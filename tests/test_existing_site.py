"""A Material site that stands already gets annotated articles by a few lines; its other pages stay as they are."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from playwright.sync_api import expect

from manchette.engine import THEME
from tests.axe import violations
from tests.browser.reader import ARTICLE, PERSON, Visit, card
from tests.conftest import Project, built
from tests.follow import follow
from tests.projects import ESTUAIRE, lay_out
from tools.static import PREFIX, served

pytestmark = pytest.mark.full

HERE = f"https://example.org{PREFIX}"
LISTS = {"sitemap.xml", "sitemap.xml.gz", "search/search_index.json"}  # of all pages, and so of the new ones too

# As « Publier le vôtre » says it, but for a site that runs its pages already.
LINES = {
    "  - tables\n": "  - tables\n  - manchette\n",
    "macros: {on_undefined: strict}": "macros: {modules: [manchette.macros], on_undefined: strict}",
    "\nmarkdown_extensions:": "\nnot_in_nav: |\n  /articles/\n  /*.md\n\nmarkdown_extensions:",
}


BRACES = """\
---
title: Des accolades
publisher: le-fanal
---

Elles ne sont {{ 7*1911 }} {% raw %} que du texte.
"""


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("before")
    lay_out("riverain", folder / "project")
    return built(folder / "project", folder / "site")


@pytest.fixture(scope="module")
def after(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same site with the sample's article, its notes and what they lead to."""
    folder = tmp_path_factory.mktemp("after")
    project = Project(folder / "project")
    lay_out("riverain", project.folder)
    settings = (project.folder / "mkdocs.yml").read_text("utf-8")
    for was, is_ in LINES.items():
        assert settings.count(was) == 1
        settings = settings.replace(was, is_)
    project.write("mkdocs.yml", settings)
    shutil.copytree(ESTUAIRE / "annotations", project.folder / "annotations")
    shutil.copytree(ESTUAIRE / "docs/articles", project.folder / "docs/articles")
    for page in ("registre.md", "methode.md", "corrections.md"):
        shutil.copy(ESTUAIRE / "docs" / page, project.folder / "docs")
    project.write("docs/articles/accolades/index.md", BRACES)
    return built(project.folder, folder / "site")


def files(site: Path) -> dict[str, bytes]:
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}


def test_its_other_pages_stay_to_the_byte(before: Path, after: Path) -> None:
    was, now = files(before), files(after)
    assert {
        "index.html",
        "guide/index.html",
        "blog/index.html",
        "blog/2025/02/03/la-crue--jour-un/index.html",
    } <= was.keys()
    assert [name for name in was.keys() - LISTS if now.get(name) != was[name]] == []


def test_the_article_reads_as_elsewhere(after: Path, site: Path) -> None:
    page = "articles/esturgeon/index.html"
    article, elsewhere = ((built / page).read_text("utf-8") for built in (after, site))

    def notes(html: str) -> str:
        return html.partition('class="mch-beside')[2].partition("</aside>")[0]

    def text(html: str) -> str:
        return html.partition('class="mch-text')[2].partition('class="mch-beside')[0]

    assert text(article) == text(elsewhere) != ""
    assert notes(article).count('id="note--') == notes(elsewhere).count('id="note--') > 40
    assert "assets/manchette/manchette.css" in article


ADDED = ("Le bac ne passe pas dimanche", "dataset.counted", ".rive{", 'content="les-riverains"', "dataset.last")


@pytest.mark.parametrize("page", ["articles/esturgeon", "articles/esturgeon/carte", "registre"])
def test_what_the_site_adds_to_every_page_is_on_ours_too(after: Path, page: str) -> None:
    html, home = ((after / folder / "index.html").read_text("utf-8") for folder in (page, ""))
    assert [html.count(words) for words in ADDED] == [home.count(words) for words in ADDED] == [1] * len(ADDED)
    assert html.count("assets/manchette/manchette.css") == html.count("assets/manchette/manchette.js") == 1
    assert html.count("md-header__inner") == 1 == html.count("mch-brand")


@pytest.mark.parametrize("folder", ["", "  custom_dir: overrides\n"])
def test_a_site_without_a_main_html_of_its_own_has_articles_too(tmp_path: Path, folder: str) -> None:
    """Without a `custom_dir`, or with one that has something else."""
    project = Project(tmp_path / "project")
    lay_out("riverain", project.folder)
    settings = (project.folder / "mkdocs.yml").read_text("utf-8")
    for was, is_ in {**LINES, "  custom_dir: overrides\n": folder}.items():
        settings = settings.replace(was, is_)
    project.write("mkdocs.yml", settings)
    (project.folder / "overrides/main.html").unlink()
    project.write("overrides/partials/copyright.html", "Les riverains")
    project.write("annotations/organizations.yml", "le-fanal: {name: Le Fanal, description: Un journal.}\n")
    project.write("docs/articles/accolades/index.md", BRACES)
    page = built(project.folder, tmp_path / "site") / "articles/accolades/index.html"
    html = page.read_text("utf-8")
    assert "assets/manchette/manchette.css" in html
    assert html.count("mch-brand") == 1
    assert "md-banner" not in html


def test_a_copy_of_the_theme_is_a_theme(tmp_path: Path) -> None:
    """As a fork has it whose engine is installed from elsewhere."""
    project = Project(tmp_path / "project")
    lay_out("estuaire", project.folder)
    shutil.copytree(THEME, project.folder / "overrides")
    settings = (project.folder / "mkdocs.yml").read_text("utf-8")
    project.write("mkdocs.yml", settings.replace("name: material\n", "name: material\n  custom_dir: overrides\n", 1))
    site = built(project.folder, tmp_path / "site")
    for page in ("index.html", "articles/esturgeon/index.html", "404.html"):
        html = (site / page).read_text("utf-8")
        assert html.count("<html") == html.count("mch-brand") == 1, page


# How a site lets its colours be chosen → what it is in, on a machine that is set to light and to dark.
PALETTES = {
    "": ("light", "light"),
    "  palette: {primary: teal}\n": ("light", "light"),
    "  palette: {scheme: slate, primary: black}\n": ("dark", "dark"),
    """\
  palette:
    - {media: "(prefers-color-scheme: light)", scheme: default, toggle: {icon: material/weather-sunny, name: Sombre}}
    - {media: "(prefers-color-scheme: dark)", scheme: slate, toggle: {icon: material/weather-night, name: Clair}}
""": ("light", "dark"),
}
PAPER = {"light": "rgb(248, 249, 247)", "dark": "rgb(18, 21, 24)"}
CARD = {"light": "rgb(255, 255, 255)", "dark": "rgb(27, 31, 35)"}


@pytest.mark.parametrize("palette", PALETTES)
def test_an_article_has_colours_and_they_are_the_site_s(
    visit: Visit, after: Path, tmp_path: Path, palette: str
) -> None:
    shutil.copytree(after.parent / "project", tmp_path / "project")
    settings = tmp_path / "project/mkdocs.yml"
    settings.write_text(settings.read_text("utf-8").replace("  font: false\n", f"  font: false\n{palette}"), "utf-8")
    with served(built(tmp_path / "project", tmp_path / "site")) as address:
        for machine, shown in zip(PAPER, PALETTES[palette], strict=True):
            for script in (True, False):
                page = visit(f"{address}{ARTICLE}", color_scheme=machine, script=script)
                expect(page.locator("body")).to_have_css("background-color", PAPER[shown])
                chosen = page.locator(
                    "[data-md-component=palette], [data-md-component=theme]"
                )  # the latter with a script
                assert chosen.count() == ("media" in palette)
            page = visit(f"{address}{ARTICLE}", color_scheme=machine)
            expect(page.locator(".md-tabs")).to_have_count(0)
            page.locator(PERSON).click()
            expect(card(page)).to_have_css("background-color", CARD[shown])
            assert violations(page, ".mch") == []


def test_an_article_is_whole_where_pages_are_fetched_into_others(visit: Visit, after: Path, tmp_path: Path) -> None:
    site = shutil.copytree(after, tmp_path / "site")
    with served(site) as address:
        sitemap = site / "sitemap.xml"  # which says what may be fetched
        sitemap.write_text(sitemap.read_text("utf-8").replace(HERE, address), "utf-8")
        page = visit(f"{address}guide/", alone=True)
        page.evaluate("window.kept = true")
        page.locator(".md-tabs a").first.click()
        page.wait_for_url(address)
        expect(page.locator(".md-content")).to_contain_text("pleine mer")  # the address changes before the page does
        assert page.evaluate("window.kept")  # it was fetched
        link = "const link = document.createElement('a'); link.href = 'articles/esturgeon/'; link.textContent = 'Lire'"
        page.evaluate(f"() => {{ {link}; document.querySelector('.md-content p').append(link) }}")
        page.get_by_role("link", name="Lire").click()
        page.locator(".mch-brand").wait_for()
        page.locator(PERSON).click()
        expect(card(page)).to_be_visible()
        page.locator(".mch-nav a").last.click()
        expect(page.locator(".md-tabs")).to_be_visible()
        expect(page.locator(".mch-brand")).to_have_count(0)


def test_an_article_is_text_though_other_pages_are_run(after: Path) -> None:
    page = (after / "articles/accolades/index.html").read_text("utf-8")
    assert "Elles ne sont {{ 7*1911 }} {% raw %} que du texte." in page
    assert "13377" not in page
    assert "pleine mer à 8 h" in (after / "index.html").read_text("utf-8")


def test_every_link_leads_somewhere(after: Path) -> None:
    followed = follow(after, HERE)
    assert followed.broken == ()
    assert "articles/esturgeon/index.html" in followed.pages
