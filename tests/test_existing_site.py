"""A Material site that stands already gets annotated articles by a few lines; its other pages stay as they are."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.conftest import Project, built
from tests.follow import follow
from tests.projects import ESTUAIRE, lay_out
from tools.static import PREFIX

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
        return html.partition('role="doc-endnotes"')[2].partition("</section>")[0]

    def text(html: str) -> str:
        return html.partition('class="mch-text')[2].partition('role="doc-endnotes"')[0]

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


def test_an_article_is_text_though_other_pages_are_run(after: Path) -> None:
    page = (after / "articles/accolades/index.html").read_text("utf-8")
    assert "Elles ne sont {{ 7*1911 }} {% raw %} que du texte." in page
    assert "13377" not in page
    assert "pleine mer à 8 h" in (after / "index.html").read_text("utf-8")


def test_every_link_leads_somewhere(after: Path) -> None:
    followed = follow(after, HERE)
    assert followed.broken == ()
    assert "articles/esturgeon/index.html" in followed.pages
