"""Every note leads to its own lines at the host, and to their past, by one setting; without it, to nothing."""

import re
from pathlib import Path

import pytest

from tests.conftest import Project

PAGES = ["articles/esturgeon/index.html", "registre/index.html"]
ENTRY = re.compile(r'<div class="mch-note" id="note--[a-z]+--([a-z0-9-]+)"|class="mch-entry" id="[a-z]+--([a-z0-9-]+)"')
HOSTS = {
    "https://github.com/fourche/depot/edit/ma-branche/{path}#L{line}": "https://github.com/fourche/depot/blame/ma-branche/",
    "https://github.com/edit/edit/edit/main/{path}#L{line}": "https://github.com/edit/edit/blame/main/",
    "https://gitlab.com/g/p/-/edit/main/{path}#L{line}": "https://gitlab.com/g/p/-/blame/main/",
    "https://forge.example/modifier?fichier={path}&ligne={line}": None,
}


def built(project: Project, edit: str) -> Path:
    """Build the copy with another `extra.manchette.edit`."""
    settings = (project.folder / "mkdocs.yml").read_text("utf-8")
    changed = re.sub(r"^( +edit: ).*$", lambda line: f'{line[1]}"{edit}"', settings, flags=re.MULTILINE)
    assert changed != settings
    project.write("mkdocs.yml", changed)
    done = project.build()
    assert done.returncode == 0, done.stdout + done.stderr
    return project.folder / "site"


def addresses(page: str, start: str) -> list[str]:
    return [found.replace("&amp;", "&") for found in re.findall(rf'href="({re.escape(start)}[^"]*)"', page)]


@pytest.mark.parametrize("edit", HOSTS)
def test_every_note_leads_to_its_lines(project: Project, edit: str) -> None:
    site = built(project, edit)
    shape = re.escape(edit).replace(r"\{path\}", "(?P<path>.+)").replace(r"\{line\}", r"(?P<line>\d+)")
    for name in PAGES:
        page = (site / name).read_text("utf-8")
        ids = [one or other for one, other in ENTRY.findall(page)]
        assert len(ids) > 10
        links = addresses(page, edit.partition("{path}")[0].replace("&", "&amp;"))
        found = [match for link in links if (match := re.fullmatch(shape, link))]
        assert len(found) == len(links) == len(ids)
        for key, match in zip(ids, found, strict=True):
            lines = (project.folder / match["path"]).read_text("utf-8").splitlines()
            assert lines[int(match["line"]) - 1] == f"{key}:"
        past = HOSTS[edit]
        if past is None:
            assert ">Historique</a>" not in page
        else:
            lines_of = [match["path"] + "#L" + match["line"] for match in found]
            assert addresses(page, past) == [past + end for end in lines_of]
        assert "OWNER" not in page


def test_without_the_setting_there_are_no_links(project: Project) -> None:
    site = built(project, "")
    for name in PAGES:
        page = (site / name).read_text("utf-8")
        for words in (">Proposer une modification</a>", ">Historique</a>", 'id="annoter"', "annotate.js"):
            assert words not in page
