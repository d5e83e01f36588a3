"""Macros on an ordinary page: popovers get one note each, registers can be narrowed, and what is not there is said."""

import re

from tests.conftest import Project

PAGE = "docs/essai.md"


def test_glosses_and_a_glossary(project: Project) -> None:
    glosses = "{{ gloss('maelle-kerdraon') }} puis {{ gloss('maelle-kerdraon', 'la directrice') }}."
    project.write(PAGE, f"# Essai\n\n{glosses}\n")
    project.write("docs/lieux.md", "# Lieux\n\n{{ glossary(kind='place', article='esturgeon') }}\n")
    assert project.build().returncode == 0
    page = (project.folder / "site/essai/index.html").read_text("utf-8")
    assert re.findall(r'id="(person--maelle-kerdraon[^"]*)"', page) == [
        "person--maelle-kerdraon",
        "person--maelle-kerdraon--2",
    ]
    assert page.count('id="note--person--maelle-kerdraon"') == 1
    assert ">la directrice</a>" in page
    assert 'href="../registre/#person--maelle-kerdraon"' in page
    assert "data-gloss" not in page
    places = (project.folder / "site/lieux/index.html").read_text("utf-8")
    assert 'id="place--mortagne"' in places
    assert 'id="person--' not in places


def test_what_is_not_there_is_said(project: Project) -> None:
    project.write(PAGE, "# Essai\n\n{{ gloss('maelle-kerdraom') }}\n")
    done = project.build("--strict")
    assert done.returncode != 0
    assert "écrivez « maelle-kerdraon »" in done.stdout + done.stderr
