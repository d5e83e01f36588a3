"""Every note leads to its own lines at the host, and to their past, by one setting; without it, to nothing."""

import re
from pathlib import Path

import pytest

from manchette.page.parts import edit_address
from manchette.site.open import open_site
from tests.conftest import Project
from tests.projects import ESTUAIRE

PAGES = ["articles/esturgeon/index.html", "registre/index.html"]
ENTRY = re.compile(
    r'<div class="mch-note" data-note="[a-z]+" id="note--[a-z]+--([a-z0-9-]+)"'
    r'|class="mch-entry" id="[a-z]+--([a-z0-9-]+)"'
)
HERE = "https://github.com/OWNER/REPO/edit/main/"
HOSTS = {
    "https://github.com/fourche/depot/edit/ma-branche/{path}#L{line}": "https://github.com/fourche/depot/blame/ma-branche/",
    "https://github.com/edit/edit/edit/main/{path}#L{line}": "https://github.com/edit/edit/blame/main/",
    "https://gitlab.com/g/p/-/edit/main/{path}#L{line}": "https://gitlab.com/g/p/-/blame/main/",
    "https://forge.example/modifier?fichier={path}&ligne={line}": None,
}


def set_edit(project: Project, edit: str) -> None:
    """Give the copy another `extra.manchette.edit`."""
    settings = (project.folder / "mkdocs.yml").read_text("utf-8")
    changed = re.sub(r"^( +edit: ).*$", lambda line: f'{line[1]}"{edit}"', settings, flags=re.MULTILINE)
    assert changed != settings
    project.write("mkdocs.yml", changed)


def addresses(page: str, start: str) -> list[str]:
    return re.findall(rf'href="({re.escape(start)}[^"]*)"', page)


@pytest.mark.parametrize("name", PAGES)
def test_every_note_leads_to_its_lines(site: Path, name: str) -> None:
    page = (site / name).read_text("utf-8")
    ids = [one or other for one, other in ENTRY.findall(page)]
    assert len(ids) > 10
    ends = [address.removeprefix(HERE) for address in addresses(page, HERE)]
    assert len(ends) == len(ids)
    for key, end in zip(ids, ends, strict=True):
        path, line = end.split("#L")
        assert (ESTUAIRE / path).read_text("utf-8").splitlines()[int(line) - 1] == f"{key}:"
    assert addresses(page, HERE.replace("/edit/", "/blame/")) == [
        HERE.replace("/edit/", "/blame/") + end for end in ends
    ]


@pytest.mark.parametrize("edit", HOSTS)
def test_each_host_has_its_addresses(project: Project, edit: str) -> None:
    set_edit(project, edit)
    site = open_site(project.folder)
    record = site.sources["carte-marine"]
    host = edit_address(site, record)
    end = f"annotations/sources.yml#L{record.where.place.line}"
    assert host is not None
    assert host.edit == edit.replace("{path}", "annotations/sources.yml").replace("{line}", end.partition("#L")[2])
    past = HOSTS[edit]
    assert host.history == (past and past + end)


def test_without_the_setting_there_are_no_links(project: Project) -> None:
    set_edit(project, "")
    assert project.build().returncode == 0
    for name in PAGES:
        page = (project.folder / "site" / name).read_text("utf-8")
        for words in (">Proposer une modification</a>", ">Historique</a>", 'id="annoter"', "annotate.js"):
            assert words not in page
