"""Golden cases: an article before and after an edit → what `check --since` and `repair` say, and `repair` writes."""

import difflib
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result

from manchette.cli import main

CASES = Path(__file__).parent / "mend"
HEAD = "---\ntitle: Essai\npublisher: journal\n---\n\n"
CLAIMS = "annotations/essai/claims.yml"
GROUND = {
    "mkdocs.yml": "site_name: Essai\nmarkdown_extensions: [footnotes]\n",
    "annotations/organizations.yml": (
        "# yaml-language-server: $schema=schema/organizations.schema.json\n"
        "journal:\n  name: Le Journal\n  description: Un quotidien.\n"
    ),
}


def cases() -> Iterator[Any]:
    for file in sorted(CASES.glob("*.yml")):
        for name, case in yaml.safe_load(file.read_text("utf-8")).items():
            yield pytest.param(case, id=f"{file.stem}: {name}")


def git(folder: Path, *arguments: str) -> None:
    identity = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True)


def edited(folder: Path, case: dict[str, Any]) -> Path:
    """A project in git whose article and claims have been edited since its only commit."""
    article = "docs/articles/essai/index.md"
    files = {**GROUND, article: HEAD + case["before"], CLAIMS: claims(case["claims"])}
    write(folder, files)
    git(folder, "init", "-q")
    git(folder, "add", ".")
    git(folder, "commit", "-qm", "before")
    write(folder, {article: HEAD + case["after"], CLAIMS: claims(case.get("claims after", case["claims"]))})
    return folder


def claims(text: str) -> str:
    return "# yaml-language-server: $schema=../schema/claims.schema.json\n" + text


def write(folder: Path, files: dict[str, str]) -> None:
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(text.encode())


def run(folder: Path, *arguments: str) -> Result:
    done = CliRunner().invoke(main, ["--root", str(folder), *arguments])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done


def difference(before: str, after: str) -> str:
    changed = [line for line in difflib.ndiff(before.splitlines(), after.splitlines()) if line[0] in "-+"]
    return said("\n".join(changed))


def said(text: str) -> str:
    return text.replace("\u00a0", " ").rstrip("\n")


@pytest.mark.parametrize("case", list(cases()))
def test_edit(case: dict[str, Any], tmp_path: Path) -> None:
    folder = edited(tmp_path, case)
    assert said(run(folder, "check", "--since", "HEAD").stdout) == said(case["check"])
    before = (folder / CLAIMS).read_text("utf-8")
    told = run(folder, "repair")
    assert said(told.stderr) == said(case["repair"])
    assert (folder / CLAIMS).read_text("utf-8") == before
    run(folder, "repair", "--write")
    after = (folder / CLAIMS).read_text("utf-8")
    assert difference(before, after) == said(case["writes"])
    run(folder, "repair", "--write")
    assert (folder / CLAIMS).read_text("utf-8") == after
    if "accepts" in case:  # what waits for a reader
        git(folder, "commit", "-qam", "after")
        run(folder, "repair", "--accept", "un")
        accepted = (folder / CLAIMS).read_text("utf-8")
        assert difference(after, accepted) == said(case["accepts"])
        assert "0 à relire" in run(folder, "repair").stderr


@pytest.mark.parametrize(
    ("accepted", "told"),
    [(["deux"], "rien n’est proposé pour « deux »"), (["une"], "écrivez « un »"), (["un", "zut"], "« zut »")],
)
def test_what_is_not_proposed_cannot_be_accepted(accepted: list[str], told: str, tmp_path: Path) -> None:
    folder = edited(tmp_path, yaml.safe_load((CASES / "edits.yml").read_text("utf-8"))["a number changed"])
    git(folder, "commit", "-qam", "after")
    before = (folder / CLAIMS).read_text("utf-8")
    done = run(folder, "repair", *(part for entry in accepted for part in ("--accept", entry)))
    assert (done.exit_code, told in done.stderr) == (2, True)
    assert (folder / CLAIMS).read_text("utf-8") == before


def test_what_is_proposed_in_two_articles_is_accepted_in_one(tmp_path: Path) -> None:
    case = yaml.safe_load((CASES / "edits.yml").read_text("utf-8"))["a number changed"]
    folder = edited(tmp_path, case)
    write(
        folder,
        {
            "docs/articles/autre/index.md": HEAD + case["after"],
            "annotations/autre/claims.yml": claims(case["claims"]),
        },
    )
    git(folder, "add", ".")
    git(folder, "commit", "-qm", "after")
    done = run(folder, "repair", "--accept", "un")
    assert (done.exit_code, "nommez l’article" in done.stderr) == (2, True)
    assert run(folder, "repair", "--accept", "un", "autre").exit_code == 0
    assert "six mille" not in (folder / CLAIMS).read_text("utf-8")
    assert "six mille" in (folder / "annotations/autre/claims.yml").read_text("utf-8")
