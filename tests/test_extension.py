"""What the extension promises of a page, whatever else a site does to it."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pytest
from markdown import Markdown

from tests.conftest import MKDOCS, environment
from tests.projects import lay_out

ARTICLE = "docs/articles/esturgeon/index.md"
PAGE = "articles/esturgeon/index.html"
OTHER = "le texte de la page n’est pas celui que « manchette check » a lu"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    lay_out("estuaire", tmp_path / "project")
    return tmp_path / "project"


def build(folder: Path, *flags: str) -> subprocess.CompletedProcess[str]:
    command = [*MKDOCS, "build", "--site-dir", str(folder / "site"), *flags]
    return subprocess.run(command, cwd=folder, env=environment(CI="true"), capture_output=True, text=True, check=False)


def change(path: Path, before: str, after: str) -> None:
    text = path.read_text("utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), "utf-8")


def hook(folder: Path, program: str) -> None:
    """Let MkDocs call a program of the site's own."""
    (folder / "hook.py").write_text(program, "utf-8")
    with (folder / "mkdocs.yml").open("a", encoding="utf-8") as settings:
        settings.write("\nhooks: [hook.py]\n")


def hooked(folder: Path, before: str, after: str) -> None:
    """Let a hook change the article's text behind the back of `manchette check`."""
    hook(
        folder,
        "def on_page_markdown(markdown, page, **_):\n"
        f"    return markdown.replace({before!r}, {after!r}) if page.file.name == 'index' else markdown\n",
    )


def test_another_text_than_was_checked_is_said_and_no_note_is_misplaced(folder: Path) -> None:
    hooked(folder, "L'élan ne se limite pas aux poissons.", "")
    done = build(folder, "--strict")
    assert done.returncode != 0
    assert f"{ARTICLE}:1:1: {OTHER}" in done.stdout + done.stderr
    page = (folder / "site" / PAGE).read_text("utf-8")
    assert OTHER in page.replace("\u00a0", " ").replace("\u202f", " ")
    marked = re.findall(r'data-annotation="liaison-suspendue"[^>]*>(.*?)</span>', page, re.DOTALL)
    assert re.sub("<[^>]*>", "", marked[0]).startswith("liaison suspendue depuis")


def test_the_same_text_is_no_problem(folder: Path) -> None:
    hooked(folder, "nulle part dans l’article", "")
    done = build(folder, "--strict")
    assert done.returncode == 0, done.stdout + done.stderr


def test_files_are_looked_at_once_a_build_not_once_a_page(folder: Path) -> None:
    hook(
        folder,
        "from manchette.site import open, served\n"
        "looked = []\n"
        "def on_startup(**_):\n"
        "    stamp = open.stamp\n"
        "    open.stamp = served.stamp = lambda root: looked.append(root) or stamp(root)\n"
        "def on_post_build(**_):\n"
        "    print('looked', len(looked))\n",
    )
    assert "looked 2\n" in build(folder).stdout  # for macros, then for pages


def test_an_article_is_rendered_once(folder: Path) -> None:
    hook(
        folder,
        "from markdown.blockparser import BlockParser\n"
        "read = []\n"
        "def on_startup(**_):\n"
        "    parse = BlockParser.parseDocument\n"
        "    def count(self, lines):\n"
        "        read.append(sum('La biologiste bretonne' in line for line in lines))\n"
        "        return parse(self, lines)\n"
        "    BlockParser.parseDocument = count\n"
        "def on_post_build(**_):\n"
        "    print('read', sum(read))\n",
    )
    assert "read 1\n" in build(folder).stdout


def test_pages_are_laid_aside_until_they_are_printed_and_are_whole_for_whoever_asks_then(folder: Path) -> None:
    hook(
        folder,
        "def on_env(env, files, **_):\n"
        "    ours = [file.page for file in files.documentation_pages() if 'articles/' in file.src_uri]\n"
        "    print('held', sum(len(page.content) for page in ours))\n"
        "def on_page_context(context, page, **_):\n"
        "    if page.file.src_uri == 'articles/esturgeon/index.md':\n"
        "        print('asked', 'mch-notes' in page.content)\n"
        "def on_post_build(**_):\n"
        "    print('end')\n",
    )
    assert "held 0\nasked True\nend\n" in build(folder).stdout


def test_front_matter_is_text(folder: Path) -> None:
    change(folder / ARTICLE, 'title: "L’esturgeon', 'title: "<i>L’esturgeon</i>')
    change(folder / ARTICLE, "Le Fanal y voit", "Le <b>Fanal</b> y voit")
    assert build(folder).returncode == 0
    html = (folder / "site" / PAGE).read_text("utf-8")
    head, body = html.split("</head>")
    assert "<title>&lt;i&gt;L’esturgeon&lt;/i&gt;" in head
    assert 'content="' in head
    for element in ("<i>L’esturgeon", "<b>Fanal"):
        assert element not in html
    assert "&lt;i&gt;L’esturgeon" in body
    door = (folder / "site" / "articles/esturgeon/carte/index.html").read_text("utf-8")
    assert "<title>Carte – &lt;i&gt;L’esturgeon" in door
    found = json.loads((folder / "site" / "search" / "search_index.json").read_text("utf-8"))["docs"]
    (title,) = {doc["title"] for doc in found if doc["location"] == "articles/esturgeon/"}
    assert title.startswith("&lt;i&gt;L’esturgeon")  # the search prints titles as HTML


def test_a_page_may_choose_its_template(folder: Path) -> None:
    (folder / "overrides").mkdir()
    (folder / "overrides" / "own.html").write_text("<title>own</title>{{ page.content }}", "utf-8")
    change(folder / "mkdocs.yml", "name: material\n", "name: material\n  custom_dir: overrides\n")
    change(folder / ARTICLE, "publisher:", "template: own.html\npublisher:")
    assert build(folder).returncode == 0
    assert (folder / "site" / PAGE).read_text("utf-8").startswith("<title>own</title>")
    assert "mch-brand" in (folder / "site" / "articles/esturgeon/carte/index.html").read_text("utf-8")


def test_without_a_generator_only_typography_is_set() -> None:
    md = Markdown(extensions=["toc", "manchette"])
    for _ in range(2):  # headings are rendered apart, and a second text is a page again
        md.reset()
        assert md.convert("# Qui ?\n\nL'eau : rien.") == '<h1 id="qui">Qui\u202f?</h1>\n<p>L’eau\u00a0: rien.</p>'


def test_notes_lead_back_in_french(folder: Path) -> None:
    text = (folder / ARTICLE).read_text("utf-8")
    (folder / ARTICLE).write_text(
        text.replace("La biologiste", "La[^1] biologiste[^2], elle[^2]", 1) + "\n[^1]: Une note.\n[^2]: Une autre.\n",
        "utf-8",
    )
    done = build(folder, "--quiet")
    assert done.returncode == 0, done.stderr
    page = (folder / "site" / PAGE).read_text("utf-8")
    said = re.findall(r'<a aria-label="([^"]*)" class="footnote-backref" [^>]* role="doc-backlink">&#8617;</a>', page)
    assert said == [f"Revenir à l’appel de la note {words}" for words in ("1", "2, nº 1", "2, nº 2")]
    assert (
        page.count('aria-label="Note de bas de page 2" class="footnote-ref" href="#fn:2" role="doc-noteref">2</a>') == 2
    )
    assert '<div aria-label="Notes de bas de page" class="footnote" role="region">' in page
    assert "Jump back" not in page


def test_a_build_tells_what_would_be_shown_otherwise(folder: Path) -> None:
    text = (folder / ARTICLE).read_text("utf-8")
    (folder / ARTICLE).write_text(text + "\n1945. La guerre finit.\n", "utf-8")
    done = build(folder, "--strict")
    assert done.returncode == 1
    assert "« 1945. » serait montré « 1. » ; écrivez « 1945\\. »" in done.stderr
