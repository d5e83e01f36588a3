"""One project, three site generators, two layouts: every link leads somewhere, header and foot are whole."""

from __future__ import annotations

import re
import subprocess
import sys
from html import unescape
from pathlib import Path

import pytest

from tests.conftest import MKDOCS, ROOT, Project, also, environment, need
from tests.follow import follow
from tests.projects import lay_out
from tools.static import PREFIX

HERE = f"https://example.org{PREFIX}"
BIN = Path(sys.executable).parent
PAGES = ["Articles", "Registre", "Méthode"]
THEME = ROOT / "src" / "manchette" / "theme"


def build(generator: str, folders: bool, tmp_path: Path) -> Path:
    """Build the sample, printed with our template from end to end, and return the site's folder."""
    project = tmp_path / "project"
    lay_out("estuaire", project)
    settings = project / "mkdocs.yml"
    text = settings.read_text("utf-8").replace("name: material\n", f"name: material\n  custom_dir: {THEME}\n", 1)
    text = text.replace("    publisher:", "    contact: redaction@estuaire.example\n    publisher:", 1)
    settings.write_text(f"{text}\nuse_directory_urls: {str(folders).lower()}\n", "utf-8")
    command = MKDOCS if generator == "mkdocs" else [need(generator, BIN / generator)]
    strict = [] if generator == "zensical" else ["--strict"]  # it knows no such flag
    done = subprocess.run(
        [*command, "build", *strict],
        cwd=project,
        env=environment(CI="true"),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return project / "site"


def items(page: str, start: str, end: str) -> list[str]:
    part = page.partition(start)[2].partition(end)[0]
    return [unescape(text) for text in re.findall(r"<li><a [^>]*>([^<]*)</a>", part)]


@pytest.mark.parametrize(
    ("generator", "folders"),
    [
        ("mkdocs", False),
        *also(("mkdocs", True), *((name, way) for name in ("properdocs", "zensical") for way in (True, False))),
    ],
)
def test_every_link_leads_somewhere(generator: str, folders: bool, tmp_path: Path) -> None:
    site = build(generator, folders, tmp_path)
    followed = follow(site, HERE)
    assert followed.broken == ()
    assert followed.inside > 400
    article = "articles/esturgeon/"
    doors = ["chronologie", "affirmations", "registre", "carte"]
    end = "/index.html" if folders else ".html"
    assert {f"{article}index.html", *(f"{article}{door}{end}" for door in doors)} <= set(followed.pages)
    beside = ["Corrections", "Flux des articles", "Flux des corrections"]
    foot = PAGES[1:] if generator == "zensical" else [*PAGES[1:], *beside]  # it cannot be told of these
    for name in followed.pages:
        page = (site / name).read_text("utf-8")
        assert items(page, '<ul class="mch-nav"', "</ul>") == PAGES, name
        assert items(page, '<footer class="mch-foot', "</footer>") == foot, name
        assert '"><a href="mailto:redaction@estuaire.example">Signaler une erreur</a>' in page, name
    register = "../../registre/" if folders else "../../registre.html"
    assert f'<a href="{register}" hidden>' in (site / article / "index.html").read_text("utf-8")


CLAIMS = "annotations/esturgeon/claims.yml"
STRICT, LENIENT = "strict: true", "strict: false"


@pytest.mark.parametrize(
    ("generator", "flags", "settings", "draft", "code"),
    [
        ("mkdocs", "-q --strict", "", False, 1),
        *also(
            ("mkdocs", "-q", "", False, 0),
            ("mkdocs", "--strict", "", False, 1),
            ("mkdocs", "-v --strict", "", False, 1),
            ("mkdocs", "-v -q --strict", "", False, 1),
            ("mkdocs", "-q", STRICT, False, 1),
            ("mkdocs", "", STRICT, False, 1),
            ("mkdocs", "-q --no-strict", STRICT, False, 0),
            ("mkdocs", "-q --strict", LENIENT, False, 1),
            ("mkdocs", "-q --strict --dirty", "", False, 1),
            ("mkdocs", "-q --strict", "", True, 1),  # a draft is not built, and its problems count
            ("mkdocs", "", "", False, 0),
            ("mkdocs", "-v", "", False, 0),
            ("properdocs", "-q --strict", "", False, 1),
            ("properdocs", "--strict", "", False, 1),
            ("properdocs", "-q", STRICT, False, 1),
            ("properdocs", "-q", "", False, 0),
        ),
    ],
)
def test_a_problem_ends_a_strict_build_a_quiet_one_too(
    generator: str, flags: str, settings: str, draft: bool, code: int, project: Project
) -> None:
    def change(path: str, was: str, now: str) -> None:
        project.write(path, (project.folder / path).read_text("utf-8").replace(was, now, 1))

    change(CLAIMS, "verdict: supported", "verdict: suported")
    change("mkdocs.yml", "\n", f"\n{settings}\n")
    if draft:
        change("docs/articles/esturgeon/index.md", "title:", "draft: true\ntitle:")
    command = MKDOCS if generator == "mkdocs" else [need(generator, BIN / generator)]
    done = subprocess.run(
        [*command, "build", *flags.split()],
        cwd=project.folder,
        env=environment(CI="true"),
        capture_output=True,
        text=True,
        check=False,
    )
    said = done.stdout + done.stderr
    assert done.returncode == code, said
    assert said.count(f"{CLAIMS}:6:12: ") == (0 if code == 0 and "-q" in flags else 1), said
    assert "Traceback" not in said
