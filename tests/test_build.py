"""What MkDocs does with a bad annotation: a strict build ends and says which line, `serve` shows it in the page."""

import shutil
import urllib.request

from click.testing import CliRunner

from manchette.cli import main
from tests.conftest import HANG, Project, until
from tests.projects import fill_in
from tools.static import PREFIX

ARTICLE = "articles/esturgeon/"
CLAIMS = "annotations/esturgeon/claims.yml"


def read(address: str) -> str:
    return urllib.request.urlopen(address, timeout=HANG).read().decode()


def spoil(project: Project) -> None:
    text = (project.folder / CLAIMS).read_text("utf-8")
    project.write(CLAIMS, text.replace("quote: Kerdraon a présenté", "quote: Kerdraon présenta", 1))


def test_a_strict_build_ends_at_a_problem_and_shows_it(project: Project) -> None:
    spoil(project)
    done = project.build("--strict")
    assert done.returncode == 1
    said = done.stdout + done.stderr
    assert said.count(f"{CLAIMS}:4:10: releves-presentes: citation introuvable") == 1
    assert "Traceback" not in said
    page = (project.folder / "site" / ARTICLE / "index.html").read_text("utf-8")
    assert f"{CLAIMS}:4:10" in page
    assert 'id="claim--releves-presentes"' not in page


def test_an_article_without_front_matter_shows_the_problem(project: Project) -> None:
    project.write("docs/articles/esturgeon/index.md", "Rien que du texte.\n")
    assert project.build().returncode == 0
    assert "pas d’en-tête" in (project.folder / "site" / ARTICLE / "index.html").read_text("utf-8")


def test_serve_survives_a_bad_save_and_its_mending(project: Project) -> None:
    good = (project.folder / CLAIMS).read_text("utf-8")
    with project.serve() as (address, _):
        page = address.rstrip("/") + PREFIX + ARTICLE
        assert "mch-problems" not in read(page)
        spoil(project)
        until(lambda: "mch-problems" in read(page))
        project.write(CLAIMS, good)
        until(lambda: "mch-problems" not in read(page))


def test_a_fork_replaces_the_article_by_its_own(project: Project) -> None:
    for path in ("docs/articles/esturgeon", "annotations"):
        shutil.rmtree(project.folder / path)
    command = [
        "--root",
        str(project.folder),
        "new",
        "mon-article",
        "--title",
        "Un titre",
        "--publisher",
        "Le Quotidien",
    ]
    assert CliRunner().invoke(main, command).exit_code == 0
    fill_in(project.folder)
    project.write("docs/methode.md", "# Méthode\n\n## Demander une correction\n")  # which showed whom the article names
    done = project.build("--strict")
    assert done.returncode == 0, done.stdout + done.stderr
    page = (project.folder / "site/articles/mon-article/index.html").read_text("utf-8")
    assert "<cite>Le Quotidien</cite>" in page
    for page in project.folder.glob("site/**/*.html"):
        assert "coree-du-nord" not in page.read_text("utf-8").lower() or "contribuer" in str(page)


def test_a_file_for_others_that_cannot_be_written_ends_the_build(project: Project) -> None:
    full = "def full(file, make):\n    raise OSError(28, 'plus de place', str(file))\n"
    own = (project.folder / "macros.py").read_text("utf-8")
    project.write("macros.py", f"from manchette.engine import hooks\n\n{full}\nhooks._write = full\n{own}")
    done = project.build()
    assert done.returncode == 1
    assert "plus de place" in done.stdout + done.stderr
    assert "Traceback" not in done.stderr
