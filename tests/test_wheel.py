"""The wheel in an empty environment, far from this repository: it brings all that a site needs."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import venv
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import ROOT, environment
from tests.follow import follow
from tests.projects import fill_in, lay_out
from tools.static import PREFIX

pytestmark = pytest.mark.full

HERE = f"https://example.org{PREFIX}"
Run = Callable[..., str]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel from a copy, so that nothing is written here."""
    source = tmp_path_factory.mktemp("source")
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source)
    shutil.copytree(ROOT / "src", source / "src", ignore=shutil.ignore_patterns("__pycache__", "*.egg-info"))
    out = tmp_path_factory.mktemp("wheel")
    command = ["wheel", "--quiet", "--no-deps", "--no-build-isolation", "--wheel-dir", str(out), str(source)]
    subprocess.run([sys.executable, "-m", "pip", *command], check=True)
    (built,) = out.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def run(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Return `run(folder, program, *arguments)`: programs of an environment that holds the wheel and what it needs."""
    home = tmp_path_factory.mktemp("environment")
    venv.create(home, with_pip=True)
    clean = {name: value for name, value in environment(CI="true").items() if not name.startswith("PYTHON")}
    subprocess.run([home / "bin" / "python", "-m", "pip", "install", "--quiet", wheel], env=clean, check=True)

    def run(folder: Path, program: str, *arguments: str) -> str:
        done = subprocess.run(
            [home / "bin" / program, *arguments], cwd=folder, env=clean, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    return run


def test_it_is_the_wheel_s_own_engine(run: Run, tmp_path: Path) -> None:
    said = run(tmp_path, "python", "-c", "import manchette; print(manchette.__file__)").strip()
    assert "site-packages" in said
    assert not Path(said).is_relative_to(ROOT)


def test_a_site_with_notes(run: Run, tmp_path: Path) -> None:
    project = tmp_path / "project"
    lay_out("estuaire", project)
    assert run(project, "manchette", "check") == ""
    run(project, "mkdocs", "build", "--strict")
    followed = follow(project / "site", HERE)
    assert followed.broken == ()
    assert followed.inside > 400
    assets = project / "site" / "assets" / "manchette"
    theme = ROOT / "src" / "manchette" / "theme" / "assets" / "manchette"
    ours = sorted(str(path.relative_to(theme)) for path in theme.rglob("*") if path.is_file())
    assert sorted(str(path.relative_to(assets)) for path in assets.rglob("*") if path.is_file()) == ours
    dressed = {name for name in followed.pages if "mch-brand" in (project / "site" / name).read_text("utf-8")}
    assert dressed >= {"articles/esturgeon/index.html", "articles/esturgeon/carte/index.html", "registre/index.html"}
    assert "404.html" not in dressed  # a page that shows nothing of ours is the site's theme's


def test_from_nothing(run: Run, tmp_path: Path) -> None:
    """As README says it, and then as the new site's own README does."""
    site = tmp_path / "mon-site"
    run(tmp_path, "manchette", "init", "mon-site", "--publisher", "La Rédaction", "--contact", "lea@example.org")
    settings = site / "mkdocs.yml"
    text = settings.read_text("utf-8")
    settings.write_text(re.sub('"À compléter : comment [^"]*"', '"Lues en entier."', text), "utf-8")
    run(site, "manchette", "new", "mon-article", "--title", "Le titre", "--publisher", "Le Quotidien")
    fill_in(site)
    assert run(site, "manchette", "check") == ""
    run(site, "mkdocs", "build", "--strict")
    followed = follow(site / "site", HERE)
    assert followed.broken == ()
    page = (site / "site" / "articles" / "mon-article" / "index.html").read_text("utf-8")
    assert "<cite>Le Quotidien</cite>" in page
    assert "assets/manchette/manchette.css" in page


def test_a_site_that_stands_already(run: Run, tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "index.md").write_text("# Articles\n\n{{ library() }}\n", "utf-8")
    (tmp_path / "mkdocs.yml").write_text(
        "site_name: Essai\n"
        "theme: {name: material, language: fr, font: false}\n"
        "markdown_extensions: [manchette]\n"
        "plugins: [search, macros: {modules: [manchette.macros], on_undefined: strict}]\n"
        f"site_url: {HERE}\n",
        "utf-8",
    )
    run(tmp_path, "manchette", "new", "mon-article", "--title", "Le titre", "--publisher", "Le Quotidien")
    fill_in(tmp_path)
    assert run(tmp_path, "manchette", "check") == ""
    run(tmp_path, "mkdocs", "build", "--strict")
    followed = follow(tmp_path / "site", HERE)
    assert followed.broken == ()
    page = (tmp_path / "site" / "articles" / "mon-article" / "index.html").read_text("utf-8")
    assert "<cite>Le Quotidien</cite>" in page
    assert "assets/manchette/manchette.css" in page
