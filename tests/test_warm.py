"""What a server keeps from one save to the next never shows: a warm build is a cold one, to the byte."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.structure.pages import Page

from manchette import engine
from manchette.page import remembered
from manchette.search import served as found
from manchette.site import open as opening
from manchette.site import served
from tests.conftest import Project
from tests.projects import contents

PEOPLE, NOTES = "annotations/people.yml", "annotations/esturgeon"
TEXT = "docs/articles/esturgeon/index.md"
NEW = "---\ntitle: La crue\npublisher: le-fanal\n---\n\nLa crue a tout pris, sauf Maëlle Kerdraon.\n"
EDITS: list[tuple[str, str | None, str | None]] = [  # file, what goes, what comes; nothing goes of a file that is made
    (TEXT, "long comme un bras", "long comme le bras"),
    (PEOPLE, "Ancien batelier.", "Ancien batelier de la rivière."),
    (
        PEOPLE,
        "\narsene-tourneboeuf:",
        "\nle-passeur:\n  name: Passeur\n  description: Un passeur.\n\narsene-tourneboeuf:",
    ),
    (PEOPLE, "aliases: [Kerdraon]", "aliases: [Kerdraon, Maëlle]"),
    (PEOPLE, "aliases: [Tournebœuf]", "aliases: []"),
    (f"{NOTES}/claims.yml", "verdict: unverified", "verdict: opinion"),
    (f"{NOTES}/dates.yml", "title: ", "title: Soit, "),
    ("annotations/sources.yml", "outlet: ", "outlet: Revue, "),
    ("annotations/places.yml", "lat: 45", "lat: 46"),
    ("mkdocs.yml", "/edit/main/", "/edit/autre/"),
    (TEXT, "author: Aude Rimbert", "author: Aude Rambert"),
    (PEOPLE, "# yaml", "\n\n# yaml"),
    (f"{NOTES}/claims.yml", "# yaml", "\n# yaml"),
    (f"{NOTES}/claims.yml", "rationale: ", "rationale: [\n"),
    (PEOPLE, "description: ", "description: [\n"),
    (PEOPLE, "description: [\n", "description: "),
    (f"{NOTES}/claims.yml", "rationale: [\n", "rationale: "),
    (f"{NOTES}/claims.yml", "rationale: ", "rationale: Disons-le. "),
    ("annotations/organizations.yml", "description: ", "description: Dit-on, "),
    ("annotations/terms.yml", "description: ", "description: Dit-on, "),
    ("docs/index.md", "# ", "# Les "),
    ("mkdocs.yml", "Méthode:", "Nos usages:"),
    ("docs/articles/crue/index.md", None, NEW),
    ("docs/articles/crue/chronologie.md", None, "# Dates\n\n{{ timeline() }}\n\n{{ gloss('maelle-kerdraon') }}\n"),
    (PEOPLE, "name: Maëlle Kerdraon", "name: Maëlle Le Goff"),
    ("docs/articles/crue/index.md", "La crue a", "La [crue](perdue.md) a"),
    ("docs/articles/crue/index.md", "title: La crue", "title: La grande crue"),
    ("docs/a-propos.md", None, "# À propos\n\nDe nous.\n"),
    ("docs/articles/esturgeon/carte.md", "", None),
    ("docs/articles/crue/index.md", "", None),
]


@pytest.fixture
def serving(project: Project) -> Iterator[None]:
    """Be `mkdocs serve` of a new site, as far as the engine can tell: with an address, and every page ours."""
    edit(project, "mkdocs.yml", "  manchette:\n", "  manchette:\n    everywhere: true\n")
    with click.Context(click.Command("serve"), info_name="serve"):
        engine.memory()["address"] = ()
        found.REST = 0
        yield
    forget()


def forget() -> None:
    remembered._made.clear()
    remembered._wholes.clear()
    opening._kept.clear()
    opening._read.clear()
    opening._known.clear()
    found.served.settle()
    found.served.__init__()  # type: ignore[misc]
    for kept in (opening._open, opening.shared, served._shown):
        kept.cache_clear()


def tree(project: Project, into: Path) -> dict[str, bytes]:
    """The site as it is once its search is there too; of that its records, for Pagefind names its files as it likes."""
    build(load_config(str(project.folder / "mkdocs.yml"), site_dir=str(into)))
    found.served.settle()
    paths = [Path(folder, file) for folder, _, files in os.walk(into, followlinks=True) for file in files]
    said = {path.relative_to(into).as_posix(): path.read_bytes() for path in paths} | contents(engine.asked() or {})
    return {path: each for path, each in said.items() if not re.search(r"sitemap|/index/(?!records/)", path)}


def edit(project: Project, file: str, goes: str | None, comes: str | None) -> None:
    path = project.folder / file
    if comes is None:
        path.unlink()
    elif goes is None:
        project.write(file, comes)
    else:
        said = path.read_text("utf-8")
        assert goes in said, (file, goes)
        project.write(file, said.replace(goes, comes, 1))


def test_a_warm_build_is_a_cold_one(project: Project, serving: None, tmp_path: Path) -> None:
    warm = tree(project, tmp_path / "site")
    for number, each in enumerate(EDITS):
        edit(project, *each)
        before, warm = warm, tree(project, tmp_path / "site")
        assert warm != before, each
        kept = dict(engine.memory())
        forget()
        cold = tree(project, tmp_path / f"cold-{number}")
        engine.memory().update(kept)
        assert [path for path in cold.keys() | warm.keys() if cold.get(path) != warm.get(path)] == [], each


def test_only_what_is_touched_is_made_again(project: Project, serving: None, tmp_path: Path) -> None:
    project.write("docs/articles/crue/index.md", NEW)
    tree(project, tmp_path / "site")
    texts = {(f"articles/{name}/index.md", "around") for name in ("crue", "esturgeon")}
    text = ("articles/esturgeon/index.md", "around")
    note = ("articles/esturgeon/index.md", "person", "arsene-tourneboeuf")
    for each, remade in [
        (EDITS[0], {text}),
        (EDITS[1], {note}),
        (("docs/index.md", "\n", "\n\n"), set()),
    ]:
        before = dict(remembered._made)
        edit(project, *each)
        tree(project, tmp_path / "site")
        made = {key for key, value in remembered._made.items() if before.get(key) is not value}
        assert made & {*texts, note} == remade | (made & {note} if text in remade else set()), each


DOORS = {f"articles/esturgeon/{door}.md" for door in ("affirmations", "carte", "chronologie", "registre")}


@pytest.mark.parametrize(
    ("each", "rendered"),
    [
        (("docs/articles/crue/index.md", "sauf", "sauve"), {"articles/crue/index.md"}),
        (("docs/articles/esturgeon/index.md", "long comme un bras", "long comme le bras"), {TEXT[5:], *DOORS}),
        ((PEOPLE, "Ancien batelier.", "Ancien batelier de la rivière."), {TEXT[5:], "articles/esturgeon/registre.md"}),
        ((PEOPLE, "# yaml", "\n\n# yaml"), set()),
        (("docs/index.md", "# ", "# Les "), set()),
        (("mkdocs.yml", "publisher: L’Estuaire", "publisher: Nous"), {TEXT[5:], *DOORS, "articles/crue/index.md"}),
    ],
    ids=lambda each: each[0] if isinstance(each, tuple) else "",
)
def test_a_page_of_an_article_is_rendered_only_where_it_is_another(
    project: Project,
    serving: None,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    each: tuple[str, str | None, str | None],
    rendered: set[str],
) -> None:
    project.write("docs/articles/crue/index.md", NEW)
    tree(project, tmp_path / "site")
    edit(project, *each)
    found = set()
    render = Page.render

    def noted(page: Page, *given: Any) -> None:
        found.add(page.file.src_uri)
        render(page, *given)

    monkeypatch.setattr(Page, "render", noted)
    tree(project, tmp_path / "site")
    assert {page for page in found if page.startswith("articles/")} == rendered


def test_what_all_pages_told_is_gone_once_it_is_mended(project: Project, serving: None, tmp_path: Path) -> None:
    project.write("docs/articles/crue/index.md", NEW)
    edit(project, f"{NOTES}/claims.yml", "rationale: ", "rationale: [\n")
    assert b"mch-problems" in tree(project, tmp_path / "site")["articles/crue/index.html"]
    edit(project, f"{NOTES}/claims.yml", "rationale: [\n", "rationale: ")
    assert b"mch-problems" not in tree(project, tmp_path / "site")["articles/crue/index.html"]


def test_a_page_that_takes_in_a_file_follows_it(project: Project, serving: None, tmp_path: Path) -> None:
    door = "docs/articles/esturgeon/chronologie.md"
    edit(
        project,
        "mkdocs.yml",
        "toc, manchette]",
        f"toc, pymdownx.snippets: {{base_path: {project.folder}/docs}}, manchette]",
    )
    project.write("docs/mot.txt", "Les crues.\n")
    edit(project, door, "{{", '--8<-- "mot.txt"\n\n{{')
    page = "articles/esturgeon/chronologie/index.html"
    assert b"Les crues." in tree(project, tmp_path / "site")[page]
    project.write("docs/mot.txt", "Les \u00e9tiages.\n")
    assert "Les étiages.".encode() in tree(project, tmp_path / "site")[page]


def test_what_a_page_was_warned_of_is_told_again(
    project: Project, serving: None, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    project.write("docs/articles/crue/index.md", NEW.replace("La crue a", "La [crue](perdue.md) a"))
    for _ in range(3):
        caplog.clear()
        tree(project, tmp_path / "site")
        assert [said for said in caplog.messages if "perdue.md" in said]
