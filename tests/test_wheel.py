"""The wheel in an empty environment, far from this repository: it brings all that a site needs."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests import guide
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
def shell(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> guide.Shell:
    """The folder in which « Publier le vôtre » has installed the wheel, and what it needs, in an empty environment."""
    clean = {name: value for name, value in environment(CI="true").items() if not name.startswith("PYTHON")}
    first = guide.Shell(tmp_path_factory.mktemp("publisher"), clean, f'python3() {{ "{sys.executable}" "$@"; }}')
    _, install, *_ = guide.steps(guide.OWN)
    first.run(re.sub(r"^pip install https://.*", f"pip install --quiet {wheel}", install.text, flags=re.MULTILINE))
    (activate,) = re.findall("^.*activate$", install.text, re.MULTILINE)
    return guide.Shell(first.folder / "mon-site", clean, activate)


@pytest.fixture(scope="module")
def run(shell: guide.Shell) -> Run:
    """Return `run(folder, program, *arguments)`: programs of that environment."""
    bin = shell.folder / ".venv" / "bin"

    def run(folder: Path, program: str, *arguments: str) -> str:
        done = subprocess.run(
            [bin / program, *arguments], cwd=folder, env=shell.environment, capture_output=True, text=True, check=False
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


def test_from_nothing(shell: guide.Shell, wheel: Path) -> None:
    subprocess.run(["git", "init", "-q", "--bare", shell.folder.parent / "depot.git"], check=True)
    guide.follow_own(shell, f"manchette @ {wheel.as_uri()}", PREFIX)
    assert follow(shell.folder / "site", HERE).broken == ()


HOME = "# Chez nous\n\nUn [lien](autre.md), {{ des accolades }} et {% un pour cent %}.\n"


def test_a_site_that_stands_already(run: Run, tmp_path: Path) -> None:
    def built(name: str) -> dict[str, bytes]:
        run(tmp_path, "mkdocs", "build", "--strict", "--site-dir", name)
        return {page: (tmp_path / name / page).read_bytes() for page in ("index.html", "autre/index.html", "404.html")}

    (tmp_path / "docs").mkdir()
    lines, *pages = guide.steps(guide.EXISTING)
    for name, text in {
        "index": HOME,
        "autre": "# Autre\n",
        "lectures": "# Lectures\n",
        "registre": "# Registre\n",
    }.items():
        (tmp_path / "docs" / f"{name}.md").write_text(text, "utf-8")
    settings = f"site_name: Essai\ntheme: {{name: material, language: fr, font: false}}\nsite_url: {HERE}\n"
    settings += "nav: [index.md, autre.md, lectures.md, registre.md]\n"
    (tmp_path / "mkdocs.yml").write_text(settings, "utf-8")
    before = built("before")
    (tmp_path / "mkdocs.yml").write_text(settings + lines.text, "utf-8")
    for page in pages:
        guide.put(tmp_path, page)
    run(tmp_path, "manchette", "new", "mon-article", "--title", "Le titre", "--publisher", "Le Quotidien")
    fill_in(tmp_path)
    assert run(tmp_path, "manchette", "check") == ""
    assert built("site") == before
    followed = follow(tmp_path / "site", HERE)
    assert followed.broken == ()
    page = (tmp_path / "site" / "articles" / "mon-article" / "index.html").read_text("utf-8")
    assert "<cite>Le Quotidien</cite>" in page
    assert "assets/manchette/manchette.css" in page
    assert "Le titre" in (tmp_path / "site" / "lectures" / "index.html").read_text("utf-8")
    assert 'id="organization--le-quotidien"' in (tmp_path / "site" / "registre" / "index.html").read_text("utf-8")
