"""What is taken for a misspelling in a site's notes, and what is not."""

from __future__ import annotations

import pytest

from tests.conftest import Project
from tests.french import misspelt, unknown
from tests.projects import ESTUAIRE

PLACES = "annotations/places.yml"


def test_a_misspelling_is_seen() -> None:
    assert unknown("Une phraze en français, d’aujourd’hui.") == {"phraze"}


def test_the_sample_has_none() -> None:
    assert misspelt(ESTUAIRE) == {}


@pytest.mark.parametrize(
    ("file", "was", "wrote", "word"),
    [
        (PLACES, "Ville de la rive droite", "Ville de la rive droitte", "droitte"),
        ("annotations/esturgeon/dates.yml", "La convention prend effet", "La convention prend effèt", "effèt"),
        ("annotations/esturgeon/claims.yml", "Le phare est à", "Le fhare est à", "fhare"),
        ("docs/articles/esturgeon/index.md", "les premiers esturgeons", "les premiés esturgeons", "premiés"),
        ("docs/methode.md", "Les verdicts", "Les verdiqts", "verdiqts"),
    ],
)
def test_each_sentence_of_ours_is_read(project: Project, file: str, was: str, wrote: str, word: str) -> None:
    text = (project.folder / file).read_text("utf-8")
    assert was in text
    project.write(file, text.replace(was, wrote, 1))
    assert misspelt(project.folder) == {word: [file]}


@pytest.mark.parametrize(
    ("file", "was", "wrote"),
    [
        ("docs/articles/esturgeon/index.md", "un souvenir de pêcheur", "un souvnir de péchheur"),
        ("docs/articles/esturgeon/index.md", "L’esturgeon remonte", "L’esturjon remontte"),
        (PLACES, "name: Blaye", "name: blaiau-la-menor"),
        (PLACES, "description: Ville de la rive droite", "description: Ville chère à Blaiau et à l’Oustau-Nègre"),
        ("annotations/sources.yml", "title: Rapport d’activité", "title: Rapòrt d’activitat"),
        ("annotations/sources.yml", "outlet: Rive gauche", "outlet: riba esquèrra"),
        ("annotations/people.yml", "title: garde-pêche", "title: gàrdia pesquèra"),
    ],
)
def test_neither_a_name_nor_the_article_is_judged(project: Project, file: str, was: str, wrote: str) -> None:
    text = (project.folder / file).read_text("utf-8")
    assert was in text
    project.write(file, text.replace(was, wrote, 1))
    assert misspelt(project.folder) == {}
