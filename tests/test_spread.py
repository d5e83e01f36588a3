"""A long library: several processes tell what one does, one that ends is told, and only what differs is read twice."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from manchette.cli import main
from manchette.site import reading, spread
from manchette.site.open import open_site
from tests.projects import lay_out
from tests.synthetic.generate import generate
from tests.test_mend import git

ARTICLES = [f"article-{number:03}" for number in range(5)]


@pytest.fixture
def library(tmp_path: Path) -> Path:
    generate(tmp_path / "library", len(ARTICLES), 40)
    return tmp_path / "library"


def sample(folder: Path) -> Path:
    lay_out("estuaire", folder)
    return folder


def broken(folder: Path) -> Path:
    generate(folder, 4, 40)
    (folder / "docs/articles/article-001/index.md").write_text("rien\n")
    (folder / "annotations/article-002/claims.yml").write_text("a: [\n")
    (folder / "annotations/people.yml").write_text("pe-000: {name: x}\n")
    return folder


@pytest.mark.parametrize("workers", [1, 2, 3])
@pytest.mark.parametrize("project", [sample, broken])
def test_processes_tell_what_one_does(project: Callable[[Path], Path], workers: int, tmp_path: Path) -> None:
    root = project(tmp_path / "project")
    one, several = open_site(root), spread.checked(root, workers=workers)
    assert bool(one.problems) == (project is broken)
    assert several.problems == one.problems
    assert (list(several.articles), several.unread) == (list(one.articles), one.unread)
    assert [article.marks for article in several.articles.values()] == [a.marks for a in one.articles.values()]


def end(key: object, name: str) -> None:
    os._exit(3)


def test_a_process_that_ends_is_told(library: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (("_of_process", end), ("_processors", lambda: 2), ("MANY", 1)):
        monkeypatch.setattr(spread, name, value)
    done = CliRunner().invoke(main, ["--root", str(library), "check"])
    assert (done.exit_code, done.stdout) == (1, "")
    assert "un processus qui lisait les articles s’est arrêté" in done.stderr


WATCHED = {  # arguments, from how many articles on it is shown → whether it is
    "long, on a terminal": ([], 1, True),
    "short": ([], 100, False),
    "for a program": (["--format", "json"], 1, False),
    "for a pull request": (["--format", "github"], 1, False),
}


@pytest.mark.parametrize("case", WATCHED)
def test_how_far_the_reading_is(case: str, library: Path) -> None:
    pty = pytest.importorskip("pty")
    arguments, many, shown = WATCHED[case]
    terminal, end = pty.openpty()
    program = f"from manchette.cli import check, main; check.MANY = {many}; main()"
    command = [sys.executable, "-c", program, "--root", str(library), "check", *arguments]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=end, check=False, text=True)
    os.close(end)
    said = os.read(terminal, 100_000).decode() if shown or not arguments else ""
    os.close(terminal)
    assert ("Lecture des articles" in said) == shown
    assert "Lecture" not in done.stdout


def line_ends(text: str) -> str:
    return text.replace("\n", "\r\n")


def longer(text: str) -> str:
    return f"{text}\n"


EDITS = {  # a file, what becomes of it → the articles that are read as they were
    "a text": (f"docs/articles/{ARTICLES[1]}/index.md", str.upper, ARTICLES[1:2]),
    "a sidecar": (f"annotations/{ARTICLES[2]}/claims.yml", longer, ARTICLES[2:3]),
    "a register": ("annotations/people.yml", longer, []),
    "the configuration": ("mkdocs.yml", longer, ARTICLES),
    "how lines end": (f"annotations/{ARTICLES[3]}/dates.yml", line_ends, []),
    "nothing": ("mkdocs.yml", str, []),
}


@pytest.mark.parametrize("edit", EDITS)
def test_only_what_differs_is_read_of_the_past(edit: str, library: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file, change, expected = EDITS[edit]
    git(library, "init", "-q")
    git(library, "add", ".")
    git(library, "commit", "-qm", "before")
    path = library / file
    path.write_bytes(change(path.read_bytes().decode()).encode())
    past = set()
    read = reading.read

    def told(shared: reading.Shared, name: str, render: reading.Render) -> object:
        if shared.site.root != library.resolve():
            past.add(name)
        return read(shared, name, render)

    monkeypatch.setattr(reading, "read", told)
    done = CliRunner().invoke(main, ["--root", str(library), "check", "--since", "HEAD"])
    assert done.exit_code in {0, 1}
    assert "n’a pas été vérifié" not in done.stderr
    assert sorted(past) == expected
