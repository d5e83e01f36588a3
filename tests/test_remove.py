"""An article is taken out with what only it used, nothing else goes, and git can bring all of it back."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from manchette.cli import main
from manchette.site.open import open_site
from manchette.upkeep.remove import RemovalError, without
from tests.conftest import Project

CASES = yaml.safe_load((Path(__file__).parent / "remove" / "without.yml").read_text("utf-8"))
GLOSSED = {"maelle-kerdraon", "station-des-migrateurs", "plan-sturio", "mortagne"}  # in docs/methode.md
TEXT = """\
---
title: Une directrice
publisher: le-journal
---

Maëlle Kerdraon dirige la station depuis Blaye.
"""


def run(project: Project, *arguments: str) -> Result:
    done = CliRunner().invoke(main, ["--root", str(project.folder), *arguments])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done


def git(project: Project, *arguments: str) -> str:
    who = ["-c", "user.name=essai", "-c", "user.email=essai@example.org"]
    command = ["git", *who, *arguments]
    return subprocess.run(command, cwd=project.folder, capture_output=True, text=True, check=True).stdout


def held(project: Project) -> None:
    """Let git hold the project as it stands."""
    if not (project.folder / ".git").exists():
        git(project, "init", "--quiet")
    git(project, "add", "--all")
    git(project, "commit", "--quiet", "--message", "Tel quel")


def undo(done: Result) -> str:
    return next(line for line in done.stderr.splitlines() if "git restore" in line).partition(" : ")[2]


def files(project: Project) -> dict[str, bytes]:
    paths = [path for path in project.folder.rglob("*") if path.is_file() and ".git" not in path.parts]
    return {path.relative_to(project.folder).as_posix(): path.read_bytes() for path in paths}


@pytest.mark.parametrize("name", CASES)
def test_entries_go_and_every_other_line_stays(name: str) -> None:
    case = CASES[name]
    if "refused" in case:
        with pytest.raises(RemovalError, match="ôtez-les vous-même"):
            without(case["text"], case["keys"], "annotations/people.yml")
    else:
        assert without(case["text"], case["keys"], "annotations/people.yml") == case["left"]


def test_the_only_article_leaves_nothing_and_comes_back(project: Project) -> None:
    held(project)
    before = files(project)
    shown = run(project, "remove", "esturgeon")
    assert shown.exit_code == 0
    assert "docs/articles/esturgeon/index.md : en entier" in shown.stdout
    assert "seo-ha-neul" in shown.stdout
    assert files(project) == before
    done = run(project, "remove", "esturgeon", "--write")
    assert done.exit_code == 0, done.stderr
    assert done.stdout == shown.stdout
    assert not (project.folder / "docs/articles").exists()
    assert not (project.folder / "annotations/esturgeon").exists()
    assert set(open_site(project.folder).entities) == GLOSSED
    assert run(project, "check").exit_code == 0
    git(project, *undo(done).split()[1:])
    assert files(project) == before


def test_what_another_article_or_a_page_uses_stays(project: Project) -> None:
    assert run(project, "new", "directrice", "--publisher", "Le Journal").exit_code == 0
    project.write("docs/articles/directrice/index.md", TEXT)
    project.write("docs/essai.md", "# Essai\n\n{{ gloss('seo-ha-neul') }}, [Nantes](registre.md#place--mortagne)\n")
    held(project)
    before = open_site(project.folder)
    done = run(project, "remove", "esturgeon", "--write")
    assert done.exit_code == 0, done.stderr
    after = open_site(project.folder)
    assert [str(problem) for problem in after.problems if problem.severity == "error"] == []
    assert {"maelle-kerdraon", "blaye", "seo-ha-neul", "mortagne", "le-journal"} <= after.entities.keys()
    assert after.entities.keys() < before.entities.keys()
    cited = {key for _, record in after.entities.values() for key in record.entry.sources}
    cited |= {key for role in after.entities["maelle-kerdraon"][1].entry.roles for key in role.sources}
    assert cited <= after.sources.keys() < before.sources.keys()


def test_pages_that_lead_there_are_named(project: Project) -> None:
    project.write("docs/essai.md", "# Essai\n\nVoir [l’article](articles/esturgeon/index.md).\n")
    held(project)
    assert "docs/essai.md:3:18: mène à l’article retiré" in run(project, "remove", "esturgeon").stderr


@pytest.mark.parametrize("file", ["annotations/people.yml", "docs/articles/esturgeon/brouillon.md"])
def test_nothing_that_git_does_not_hold_is_lost(project: Project, file: str) -> None:
    held(project)
    path = project.folder / file
    project.write(file, (path.read_text("utf-8") if path.exists() else "") + "\n# une note\n")
    before = files(project)
    done = run(project, "remove", "esturgeon", "--write")
    assert done.exit_code == 1
    assert f"{file} ; enregistrez-les d’abord" in done.stderr
    assert files(project) == before


# What stands in place of a sidecar → how it is put there, from the folder that holds it.
LINKS = {
    "a link": lambda place, real: place.symlink_to(real),
    "a link from its folder": lambda place, real: place.symlink_to(Path("..") / ".." / "commun" / real.name),
    "a link to a link": lambda place, real: (
        real.with_name("autre.yml").symlink_to(real.name),
        place.symlink_to(real.with_name("autre.yml")),
    ),
}


def linked(project: Project, link: str, outside: Path | None = None) -> Path:
    """Put a link in place of the sample's claims, and return the file that it leads to."""
    place = project.folder / "annotations/esturgeon/claims.yml"
    real = (outside or project.folder / "commun") / "claims.yml"
    real.parent.mkdir(parents=True, exist_ok=True)
    place.rename(real)
    LINKS[link](place, real)
    return real


def spoilt(project: Project) -> None:
    """Let the text lose a word that a claim quotes, so that `repair` has something to write."""
    article = project.folder / "docs/articles/esturgeon/index.md"
    article.write_text(article.read_text("utf-8").replace("premiers relevés", "premiers rellevés"), "utf-8")


@pytest.mark.parametrize("link", LINKS)
@pytest.mark.parametrize("command", [("repair", "--write"), ("remove", "--write", "esturgeon")])
def test_what_a_link_leads_to_is_not_lost(project: Project, link: str, command: tuple[str, ...]) -> None:
    real = linked(project, link)
    held(project)
    spoilt(project)
    if command[0] == "remove":
        git(project, "add", "--all")
        git(project, "commit", "--quiet", "--message", "Un mot")
    real.write_text(real.read_text("utf-8") + "\n# une note\n", "utf-8")
    before = files(project)
    done = run(project, *command)
    assert done.exit_code == 1
    assert "annotations/esturgeon/claims.yml ; enregistrez-les d’abord" in done.stderr
    assert files(project) == before
    git(project, "commit", "--quiet", "--all", "--message", "Une note")
    done = run(project, *command)
    if command[0] == "repair":
        assert "Pour annuler : git restore -- commun/claims.yml" in done.stderr
        assert "rellevés" in real.read_text("utf-8")
        assert (project.folder / "annotations/esturgeon/claims.yml").is_symlink()
    else:
        assert real.is_file()


def test_what_a_link_leads_to_may_be_in_another_work_tree(project: Project, tmp_path: Path) -> None:
    other = Project(tmp_path / "commun")
    real = linked(project, "a link", other.folder)
    held(project)
    spoilt(project)
    done = run(project, "repair", "--write")
    assert done.exit_code == 1
    assert "claims.yml ; enregistrez-les d’abord" in done.stderr
    held(other)
    done = run(project, "repair", "--write")
    assert f"Pour annuler : git -C {other.folder} restore -- claims.yml" in done.stderr
    assert "rellevés" in real.read_text("utf-8")


def test_a_folder_may_be_a_link(project: Project) -> None:
    place, real = project.folder / "annotations/esturgeon", project.folder / "commun"
    place.rename(real)
    place.symlink_to(Path("..") / "commun")
    held(project)
    spoilt(project)
    real.joinpath("claims.yml").write_text(real.joinpath("claims.yml").read_text("utf-8") + "\n# une note\n", "utf-8")
    done = run(project, "repair", "--write")
    assert "annotations/esturgeon/claims.yml ; enregistrez-les d’abord" in done.stderr
    held(project)
    before = files(project)
    done = run(project, "remove", "--write", "esturgeon")
    assert done.exit_code == 0, done.stderr
    assert not place.is_symlink()
    assert real.joinpath("claims.yml").is_file()  # others may use it
    git(project, *undo(done).split()[1:])
    assert files(project) == before


def test_without_git_it_is_only_shown(project: Project) -> None:
    before = files(project)
    done = run(project, "remove", "esturgeon", "--write")
    assert done.exit_code == 1
    assert "n’est pas suivi par git" in done.stderr
    assert files(project) == before


def test_entries_that_cannot_be_read_may_use_anything(project: Project) -> None:
    project.write("annotations/terms.yml", "essai: [\n")
    held(project)
    done = run(project, "remove", "esturgeon", "--write")
    assert done.exit_code == 1
    assert "« annotations/terms.yml » ; corrigez" in done.stderr


def test_an_article_that_is_not_there(project: Project) -> None:
    done = run(project, "remove", "esturjon")
    assert done.exit_code == 2
    assert "écrivez « esturgeon »" in done.stderr


def test_repair_writes_over_nothing_that_git_does_not_hold(project: Project) -> None:
    claims = "annotations/esturgeon/claims.yml"
    text = (project.folder / claims).read_text("utf-8")
    held(project)
    article = project.folder / "docs/articles/esturgeon/index.md"
    article.write_text(article.read_text("utf-8").replace("Kerdraon a présenté", "Kerdraon  a  présenté"), "utf-8")
    article.write_text(article.read_text("utf-8").replace("premiers relevés", "premiers rellevés"), "utf-8")
    project.write(claims, text + "\n# une note\n")
    done = run(project, "repair", "--write")
    assert done.exit_code == 1
    assert f"{claims} ; enregistrez-les d’abord" in done.stderr
    assert (project.folder / claims).read_text("utf-8") == text + "\n# une note\n"
    git(project, "commit", "--quiet", "--all", "--message", "Une note")
    done = run(project, "repair", "--write")
    assert f"Pour annuler : git restore -- {claims}" in done.stderr
    shutil.rmtree(project.folder / ".git")
    assert "git restore" not in run(project, "repair", "--write").stderr
