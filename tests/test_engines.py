"""One project, three site generators, two layouts: every link leads somewhere, header and foot are whole."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from urllib.parse import urljoin
from xml.etree.ElementTree import Element

import html5lib
import pytest

from tests.conftest import MKDOCS, ROOT, Project, also, environment, need
from tests.follow import follow
from tests.projects import lay_out
from tools.static import PREFIX

HERE = f"https://example.org{PREFIX}"
BIN = Path(sys.executable).parent
PAGES = ["Articles", "Registre", "Méthode"]
THEME = ROOT / "src" / "manchette" / "theme"


def build(generator: str, folders: bool, tmp_path: Path, name: str = "estuaire") -> Path:
    """Build a sample, printed with our template from end to end, and return the site's folder."""
    project = tmp_path / "project"
    lay_out(name, project)
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
    alone = [name for name in followed.pages if name.startswith(f"{article}affirmations/")]
    alone = [name for name in alone if name != f"{article}affirmations/index.html"]
    assert bool(alone) == (generator != "zensical")  # which makes no page of a claim
    for name in followed.pages.keys() - set(alone):
        page = (site / name).read_text("utf-8")
        assert items(page, '<ul class="mch-nav"', "</ul>") == PAGES, name
        assert items(page, '<footer class="mch-foot', "</footer>") == foot, name
        assert '"><a href="mailto:redaction@estuaire.example">Signaler une erreur</a>' in page, name
    register = "../../registre/" if folders else "../../registre.html"
    assert f'<a href="{register}" hidden>' in (site / article / "index.html").read_text("utf-8")


@dataclass(frozen=True)
class Read:
    """What a page says, however it is written: its text, its marks, its notes, and where its links lead."""

    text: str
    marks: list[tuple[str | None, str | None, str | None, str]]  # id, kind, annotation, words
    notes: list[tuple[str | None, str]]
    links: list[tuple[str, str]]


def read(site: Path, page: str) -> Read:
    """Read the part of a page that is ours."""
    whole = html5lib.parse((site / page).read_text("utf-8"), namespaceHTMLElements=False)
    ours = next(element for element in whole.iter() if "mch" in element.get("class", "").split())
    for script in [*ours.iter("script")]:
        script.text = ""
    for element in [*ours.iter("footer")]:  # nor what is offered of files that nobody publishes
        for offered in element.findall("details"):
            element.remove(offered)

    def classed(name: str) -> list[Element]:
        return [element for element in ours.iter() if name in element.get("class", "").split()]

    def words(element: Element) -> str:
        return " ".join("".join(element.itertext()).split())

    here = urljoin(HERE, page.removesuffix("index.html"))
    return Read(
        words(ours),
        [(one.get("id"), one.get("data-kind"), one.get("data-annotation"), words(one)) for one in classed("mch-m")],
        [(one.get("id"), words(one)) for one in classed("mch-note")],
        [(urljoin(here, one.get("href", "")), words(one)) for one in ours.findall(".//a[@href]")
         # Not the calendar, nor a claim's own page: where no file is published they are the address, and the passage.
         if "download" not in one.attrib and "mch-copy" not in one.get("class", "")],
    )  # fmt: skip


@pytest.mark.full
@pytest.mark.parametrize(("name", "article"), [("estuaire", "esturgeon"), ("dunes", "cordon")])
@pytest.mark.parametrize("generator", ["properdocs", "zensical"])
def test_an_article_reads_the_same_whatever_builds_it(generator: str, name: str, article: str, tmp_path: Path) -> None:
    usual, other = build("mkdocs", True, tmp_path / "usual", name), build(generator, True, tmp_path / "other", name)
    for door in ("", "chronologie/", "affirmations/", "registre/", "carte/"):
        page = f"articles/{article}/{door}index.html"
        if (usual / page).exists():
            assert read(other, page) == read(usual, page), page
    said = read(usual, f"articles/{article}/index.html")
    assert len(said.marks) > 20
    assert len(said.notes) > 10


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
