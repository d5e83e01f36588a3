"""The commands: exit codes, formats, a new article that passes, suggestions that stand."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from manchette.cli import main
from manchette.format.layout import schema_line
from tests.test_mend import git

TEXT = (
    "---\ntitle: Essai\npublisher: journal\n---\n\n"
    "Jeudi, Sergueï Lavrov a vu Kim Jong-un à Wonsan, le 12 juillet 2025. "
    "Selon l’agence, trois accords sont signés.\n\n"
    "Lavrov est reparti en train. Il serait revenu en 2026.\n"
)


def run(root: Path, *arguments: str) -> Result:
    done = CliRunner().invoke(main, ["--root", str(root), *arguments])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "mkdocs.yml").write_text("site_name: Essai\nmarkdown_extensions: [manchette]\n")
    assert run(tmp_path, "new", "essai", "--publisher", "Le Journal").exit_code == 0
    return tmp_path


def test_a_new_article_passes_and_what_is_to_be_written_is_told(root: Path) -> None:
    done = run(root, "check", "--format", "json")
    assert done.exit_code == 0
    found = [(one["code"], one["severity"], one["file"], one["line"]) for one in json.loads(done.stdout)]
    assert found == [
        ("unfinished", "notice", "annotations/organizations/le-journal.yml", 5),
        ("unfinished", "notice", "docs/articles/essai/index.md", 2),
        ("unfinished", "notice", "docs/articles/essai/index.md", 10),
    ]
    article = root / "docs/articles/essai/index.md"
    article.write_text(article.read_text("utf-8").replace("title:", "draft: true\ntitle:", 1), "utf-8")
    found = json.loads(run(root, "check", "--format", "json").stdout)
    assert {one["code"] for one in found} == {"unfinished-draft"}  # of the journal too, which nothing else names


def test_new_says_what_comes_next(tmp_path: Path) -> None:
    (tmp_path / "mkdocs.yml").write_text("site_name: Essai\n")
    said = run(tmp_path, "new", "essai", "--publisher", "L’Œuvre").stderr
    assert "collez le texte dans docs/articles/essai/index.md" in said
    assert "manchette suggest essai" in said
    assert (tmp_path / "annotations/organizations/l-oeuvre.yml").is_file()
    assert {path.name for path in (tmp_path / "docs/articles/essai").iterdir()} >= {"index.md", "chronologie.md"}


def test_a_new_article_overwrites_nothing(root: Path) -> None:
    done = run(root, "new", "essai", "--publisher", "Le Journal")
    assert done.exit_code == 2
    assert "existe déjà" in done.stderr


def test_a_name_is_not_an_id(root: Path) -> None:
    done = run(root, "new", "Mon Article", "--publisher", "Le Journal")
    assert done.exit_code == 2
    assert "« mon-article »" in done.stderr


def test_suggestions_stand_once_pasted(root: Path) -> None:
    head = "publisher: le-journal\npublished: 2025-07-17"
    (root / "docs/articles/essai/index.md").write_text(TEXT.replace("publisher: journal", head))
    said = run(root, "suggest", "essai").stdout
    files = dict(part.split("\n", 1) for part in said.split("# ")[1:])
    assert set(files) == {f"annotations/{name}.yml" for name in ("people", "places", "essai/dates", "essai/claims")}
    for file, text in files.items():
        (root / file).parent.mkdir(exist_ok=True)
        (root / file).write_text(f"{schema_line(file)}\n{text}")
    done = run(root, "check", "--format", "json")
    assert done.exit_code == 0
    assert {one["code"] for one in json.loads(done.stdout)} == {"unfinished"}


@pytest.mark.parametrize("command", ["suggest", "repair", "check"])
def test_an_unknown_article_is_wrong_usage(root: Path, command: str) -> None:
    done = run(root, command, "esai")
    assert done.exit_code == 2
    assert "« essai »" in done.stderr


def test_a_folder_without_a_site_is_wrong_usage(tmp_path: Path) -> None:
    done = run(tmp_path, "check")
    assert done.exit_code == 2
    assert "mkdocs.yml" in done.stderr


def test_formats(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    claims = root / "annotations/essai/claims.yml"
    claims.write_text(f"{schema_line('annotations/essai/claims.yml')}\nun:\n  quotte: Collez ici\n")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(root / "summary.md"))
    found = json.loads(run(root, "check", "--format", "json").stdout)
    assert set(found[0]) == {"severity", "code", "file", "line", "column", "entry", "message", "suggestion"}
    assert not (root / "summary.md").exists()
    said = run(root, "check", "--format", "github").stdout
    assert "::error file=annotations/essai/claims.yml,line=3,col=3,title=un::" in said
    assert "| `annotations/essai/claims.yml:3:3` | problème |" in (root / "summary.md").read_text()


def test_with_nothing_to_compare_it_says_so(root: Path) -> None:
    article = root / "docs/articles/essai"
    article.rename(root / "essai")
    git(root, "init", "-q")
    git(root, "add", "mkdocs.yml", "annotations")
    git(root, "commit", "-qm", "before")
    (root / "essai").rename(article)
    done = run(root, "check", "--since", "HEAD")
    assert done.exit_code == 0
    assert "ajout" not in done.stdout
    assert "« HEAD » n’a encore aucun article" in done.stderr


def test_without_history_it_says_so(root: Path) -> None:
    done = run(root, "check", "--since", "HEAD")
    assert done.exit_code == 0
    assert "n’a pas été vérifié" in done.stderr
