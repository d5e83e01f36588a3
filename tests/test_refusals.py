"""What macros and commands refuse, with what to write instead, and that nothing of the user's is overwritten."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from manchette.engine import Addresses, Page
from manchette.macros import MacroError, Macros
from manchette.site.open import open_site
from tests.projects import lay_out
from tests.test_cli import run


@pytest.fixture(scope="module")
def macros(tmp_path_factory: pytest.TempPathFactory) -> Macros:
    folder = tmp_path_factory.mktemp("refusals") / "project"
    lay_out("estuaire", folder)
    return Macros(lambda: Page(folder, "index.md", Addresses.FOLDERS, {}), open_site(folder))


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (lambda m: m.glossary(kind="persons"), "écrivez person, organization, place, term"),
        (lambda m: m.glossary(kind="claim"), "écrivez person, organization, place, term"),
        (lambda m: m.glossary(kind=""), "écrivez person, organization, place, term"),
        (lambda m: m.glossary(article="esturgon"), "cet article n’existe pas ; écrivez « esturgeon »"),
        (lambda m: m.timeline("estuaire"), "cet article n’existe pas"),
        (lambda m: m.claims("esturgon"), "écrivez « esturgeon »"),
        (lambda m: m.map("esturgon"), "écrivez « esturgeon »"),
        (lambda m: m.corrections("esturgon"), "écrivez « esturgeon »"),
        (lambda m: m.gloss("maelle-kerdaron"), "cette fiche n’existe pas ; écrivez « maelle-kerdraon »"),
        (lambda m: m.gloss("personne-du-tout-du-tout"), "cette fiche n’existe pas"),
        (lambda m: m.leaf(), "ôtez-le d’ici"),
        (lambda m: m.keys("claim"), "écrivez people, organizations, places, terms, sources, claims, dates, mentions"),
    ],
)
def test_a_macro_refuses(macros: Macros, asked: Callable[[Macros], object], said: str) -> None:
    with pytest.raises(MacroError, match=re.escape(said)):
        asked(macros)


@pytest.mark.parametrize(
    "there",
    [
        "docs/articles/essai/index.md",
        "docs/articles/essai/notes.txt",
        "annotations/essai/claims.yml",
        "annotations/essai/mentions.yml",
        "annotations/organizations/le-journal.yml",
    ],
)
def test_new_overwrites_nothing(tmp_path: Path, there: str) -> None:
    (tmp_path / "mkdocs.yml").write_text("site_name: Essai\nmarkdown_extensions: [manchette]\n", "utf-8")
    file = tmp_path / there
    file.parent.mkdir(parents=True)
    file.write_bytes(b"# mine\n")
    before = sorted(path for path in tmp_path.rglob("*") if path.is_file())
    done = run(tmp_path, "new", "essai", "--publisher", "Le Journal")
    assert done.exit_code == 2
    assert "existe déjà" in done.stderr
    assert file.read_bytes() == b"# mine\n"
    assert sorted(path for path in tmp_path.rglob("*") if path.is_file()) == before


@pytest.mark.parametrize("name", ["people", "sources", "schema"])
def test_new_takes_no_register_s_name(tmp_path: Path, name: str) -> None:
    (tmp_path / "mkdocs.yml").write_text("site_name: Essai\n", "utf-8")
    done = run(tmp_path, "new", name, "--publisher", "Le Journal")
    assert done.exit_code == 2
    assert f"annotations/{name} est déjà pris" in done.stderr


@pytest.mark.parametrize(
    ("publisher", "key"),
    [("L’Œil du Québec", "l-oeil-du-quebec"), ("Æther", "aether"), ("Mémoire & Société", "memoire-societe")],
)
def test_a_publisher_s_id_keeps_its_letters(tmp_path: Path, publisher: str, key: str) -> None:
    (tmp_path / "mkdocs.yml").write_text("site_name: Essai\n", "utf-8")
    assert run(tmp_path, "new", "essai", "--publisher", publisher).exit_code == 0
    assert (tmp_path / f"annotations/organizations/{key}.yml").exists()


def test_a_publisher_without_a_letter_of_an_id_is_told(tmp_path: Path) -> None:
    (tmp_path / "mkdocs.yml").write_text("site_name: Essai\n", "utf-8")
    done = run(tmp_path, "new", "essai", "--publisher", "Правда")
    assert done.exit_code == 2
    assert "ne donne pas d’identifiant libre" in done.stderr
    assert not (tmp_path / "docs").exists()
