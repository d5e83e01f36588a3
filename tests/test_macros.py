"""Macros on an ordinary page: popovers get one note each, registers can be narrowed, and what is not there is said."""

import re

from tests.conftest import Project

PAGE = "docs/essai.md"


def built(project: Project, text: str) -> str:
    project.write(PAGE, f"# Essai\n\n{text}\n")
    assert project.build().returncode == 0
    return (project.folder / "site/essai/index.html").read_text("utf-8")


def test_a_gloss_has_one_note_and_an_address_each_time(project: Project) -> None:
    page = built(project, "{{ gloss('maelle-kerdraon') }} puis {{ gloss('maelle-kerdraon', 'la directrice') }}.")
    assert re.findall(r'id="(person--maelle-kerdraon[^"]*)"', page) == [
        "person--maelle-kerdraon",
        "person--maelle-kerdraon--2",
    ]
    assert page.count('id="note--person--maelle-kerdraon"') == 1
    assert ">la directrice</a>" in page
    assert 'href="../registre/#person--maelle-kerdraon"' in page
    assert "data-gloss" not in page


def test_the_glossary_of_a_kind(project: Project) -> None:
    page = built(project, "{{ glossary(kind='place', article='esturgeon') }}")
    assert 'id="place--mortagne"' in page
    assert 'id="person--' not in page


def test_what_is_not_there_is_said(project: Project) -> None:
    project.write(PAGE, "# Essai\n\n{{ gloss('maelle-kerdraom') }}\n")
    done = project.build("--strict")
    assert done.returncode != 0
    assert "écrivez « maelle-kerdraon »" in done.stdout + done.stderr
