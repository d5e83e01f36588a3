"""A publisher begins from nothing, with the package alone: a site, an article, another, and one less."""

from __future__ import annotations

import json
import shlex
import subprocess
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from manchette.cli import main
from tests import guide
from tests.conftest import Project, built
from tests.follow import fetched, follow
from tests.projects import fill_in
from tools.static import PREFIX

HERE = f"https://example.org{PREFIX}"
SOURCES = "Elles ont été lues en entier, le jour que dit la note."
PACKAGE = ["--package", "manchette @ https://example.org/manchette-0.2.0-py3-none-any.whl"]
WHO = ["--publisher", "La Rédaction : Léa", "--contact", "lea@example.org", "--url", "https://example.org/"]


def run(folder: Path, *arguments: str) -> Result:
    done = CliRunner().invoke(main, ["--root", str(folder), *arguments])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done


def begin(folder: Path, *options: str) -> None:
    done = CliRunner().invoke(main, ["init", str(folder), "--title", "L’Estuaire : « notes »", *options])
    assert done.exit_code == 0, done.output


def test_what_nobody_has_said_is_told(tmp_path: Path) -> None:
    begin(tmp_path)
    done = run(tmp_path, "check", "--format", "json")
    assert done.exit_code == 0
    found = json.loads(done.stdout)
    assert {(one["file"], one["entry"], one["code"]) for one in found} == {
        *(("mkdocs.yml", key, "unfinished") for key in ("publisher", "contact", "sources")),
        ("requirements.txt", "", "unfinished"),  # this engine was installed from no address
    }
    lines = {file: (tmp_path / file).read_text("utf-8").splitlines() for file in ("mkdocs.yml", "requirements.txt")}
    starts = {one["entry"]: lines[one["file"]][one["line"] - 1].strip() for one in found}
    assert all(line.startswith(f"{key}:" if key else "# À compléter") for key, line in starts.items())
    assert len(lines["mkdocs.yml"]) <= 40


def test_a_site_holds_nothing_of_the_engine(tmp_path: Path) -> None:
    begin(tmp_path, *WHO)
    for path in tmp_path.rglob("*"):
        if path.is_file() and path.suffix != ".json":
            said = path.read_text("utf-8")
            assert "src/" not in said, path
            assert "Manchette" not in said, path
    requirement = (tmp_path / "requirements.txt").read_text("utf-8").splitlines()[-1]
    assert "manchette[search] @ https://" in requirement
    for path in (tmp_path / ".github/workflows").iterdir():
        assert yaml.safe_load(path.read_text("utf-8"))["jobs"]


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    (tmp_path / "mkdocs.yml").write_text("site_name: À moi\n", "utf-8")
    done = CliRunner().invoke(main, ["init", str(tmp_path)])
    assert done.exit_code == 2
    assert "mkdocs.yml : déjà là" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["mkdocs.yml"]


def test_from_nothing_to_a_second_article_and_back(tmp_path: Path) -> None:
    folder = tmp_path / "site-à-moi"
    begin(folder, *WHO, *PACKAGE)
    settings = (folder / "mkdocs.yml").read_text("utf-8")
    stub = next(line for line in settings.splitlines() if line.strip().startswith("sources:"))
    Project(folder).write("mkdocs.yml", settings.replace(stub, f"    sources: {SOURCES}"))
    for name, publisher in (("mon-article", "L’Humanité"), ("un-autre", "L’Œuvre")):
        assert run(folder, "new", name, "--title", f"Le titre de {name}", "--publisher", publisher).exit_code == 0
    fill_in(folder)
    done = run(folder, "check")
    assert (done.exit_code, done.stdout) == (0, "")

    followed = follow(built(folder, tmp_path / "built"), HERE)
    assert followed.broken == ()
    assert {"articles/mon-article/index.html", "articles/un-autre/carte/index.html"} <= set(followed.pages)
    assert [
        entry for entry in fetched(tmp_path / "built", followed.pages, HERE) if not entry[1].startswith((HERE, "data:"))
    ] == []
    for name in followed.pages:
        page = (tmp_path / "built" / name).read_text("utf-8")
        assert "mch-brand" in page, name
        assert "La Rédaction : Léa</a>" in page.replace("\u00a0", " "), name
        assert 'href="mailto:lea@example.org"' in page, name
    method = (tmp_path / "built/methode/index.html").read_text("utf-8")
    assert "Elles ont été lues en entier, le jour que dit la note." in method
    assert 'href="#les-verdicts"' in method.partition("<h2")[0]
    assert "annotés par La Rédaction" in (tmp_path / "built/index.html").read_text("utf-8")
    assert "articles/mon-article/" in (tmp_path / "built/404.html").read_text("utf-8")
    assert '<a href="mailto:lea@example.org">lea@example.org</a>' in method
    assert "L’Humanité" in (tmp_path / "built/index.html").read_text("utf-8")

    git = ["git", "-c", "user.name=essai", "-c", "user.email=essai@example.org"]
    for arguments in (["init", "-q"], ["add", "--all"], ["commit", "-qm", "Tel quel"]):
        subprocess.run([*git, *arguments], cwd=folder, check=True)
    assert run(folder, "remove", "mon-article", "--write").exit_code == 0
    assert run(folder, "check").stdout == ""
    assert not list(folder.rglob("*humanite*"))


def test_windows_gets_the_same_commands() -> None:
    windows, others = list(guide.steps(guide.OWN))[:2]
    assert (windows.language, others.language) == ("powershell", "sh")
    same = windows.text.replace("py -m", "python3 -m").replace(
        ".venv\\Scripts\\Activate.ps1", "source .venv/bin/activate"
    )
    assert same == others.text
    assert {step.language for step in guide.steps(guide.PAGE)} == {"powershell", "sh", "yaml", "markdown"}


def commands() -> list[str]:
    lines = [line for step in guide.steps(guide.PAGE) if step.language == "sh" for line in step.text.splitlines()]
    return [line.removeprefix("manchette ") for line in lines if line.startswith("manchette ")]


@pytest.mark.parametrize("command", commands())
def test_publier_le_votre_names_commands_and_options_that_are_there(command: str, tmp_path: Path) -> None:
    """`test_wheel.py` runs them."""
    name, *arguments = shlex.split(command)
    main.commands[name].make_context(name, [argument.replace(".", str(tmp_path)) for argument in arguments])


@pytest.mark.parametrize("publisher", ["Коммерсантъ", "Τα Νέα", "人民日报", "* * *"])
def test_a_name_without_a_latin_letter_is_told_what_to_write(publisher: str, tmp_path: Path) -> None:
    (tmp_path / "mkdocs.yml").write_text("site_name: Essai\nmarkdown_extensions: [manchette]\n", "utf-8")
    done = run(tmp_path, "new", "essai", "--publisher", publisher)
    assert done.exit_code == 2
    assert list(tmp_path.iterdir()) == [tmp_path / "mkdocs.yml"]
    entry = done.stderr.partition("organizations.yml « ")[2].partition(" »")[0]
    assert yaml.safe_load(entry)["mon-journal"]["name"] == publisher
    register = tmp_path / "annotations/organizations.yml"
    register.parent.mkdir()
    register.write_text(f"{entry}\n", "utf-8")
    assert run(tmp_path, "new", "essai", "--publisher", "mon-journal").exit_code == 0
    done = run(tmp_path, "new", publisher, "--publisher", "mon-journal")
    assert done.exit_code == 2
    assert ("écrivez-le en lettres latines" in done.stderr) == any(map(str.isalpha, publisher))
