"""A draft is checked and served, and nothing of it is built."""

from __future__ import annotations

import urllib.request

import pytest
from click.testing import CliRunner

from manchette.cli import main
from tests.conftest import HANG, Project
from tools.static import PREFIX

DRAFT = "docs/articles/brouillon/index.md"


@pytest.fixture
def draft(project: Project) -> Project:
    """The sample, and an article that someone has begun."""
    command = ["--root", str(project.folder), "new", "brouillon", "--publisher", "Le Quotidien"]
    assert CliRunner().invoke(main, command).exit_code == 0
    text = (project.folder / DRAFT).read_text("utf-8")
    project.write(DRAFT, text.replace("title:", "draft: true\ntitle:", 1))
    return project


def test_nothing_of_it_is_built(draft: Project) -> None:
    done = draft.build("--strict")
    assert done.returncode == 0, done.stdout + done.stderr
    site = draft.folder / "site"
    assert (site / "articles/esturgeon/index.html").exists()
    assert not (site / "articles/brouillon").exists()
    for path in [*site.rglob("*.html"), *site.rglob("*.json"), *site.rglob("*.xml")]:
        said = path.read_text("utf-8")
        assert "brouillon" not in said, path
        assert "Le Quotidien" not in said, path  # whom only the draft names


@pytest.mark.full
def test_it_is_served(draft: Project) -> None:
    with draft.serve() as (address, _):
        for page in ("articles/brouillon/", "articles/brouillon/carte/", "", "registre/"):
            read = urllib.request.urlopen(address.rstrip("/") + PREFIX + page, timeout=HANG).read().decode()
            assert ("Le Quotidien" if page == "registre/" else "Titre de l’article") in read, page


def test_what_is_not_written_in_what_is_no_draft_ends_a_strict_build(draft: Project) -> None:
    text = (draft.folder / DRAFT).read_text("utf-8")
    draft.write(DRAFT, text.replace("draft: true\n", ""))
    done = draft.build("--strict")
    assert done.returncode == 1
    said = done.stdout + done.stderr
    for line in (f"{DRAFT}:2:8: ", f"{DRAFT}:10:1: ", "le-quotidien.yml:5:16: le-quotidien: "):
        assert f"{line}(avis) reste à compléter" in said
