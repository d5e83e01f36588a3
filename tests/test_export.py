"""The notes in other people's formats: golden files of a small article, and what holds for every article."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from click.testing import CliRunner
from geojson_pydantic import FeatureCollection

from manchette.cli import main
from manchette.engine import Addresses, Home, Links
from manchette.export import offer, tables
from manchette.export.formats import EXPORTS, NAMES, files
from manchette.format.kinds import ENTITY_KINDS
from manchette.format.layout import export_of
from manchette.format.schema import FILES
from manchette.site.open import open_site
from manchette.site.site import Site
from tests.conftest import ROOT, Project
from tests.projects import ESTUAIRE, HERE, contents

GOLDEN = ROOT / "tests/export"
CASE = yaml.safe_load((GOLDEN / "phare.yml").read_text("utf-8"))
HOME = Home(CASE["home"])
SITES = [HERE / "estuaire", HERE / "dunes", *([ROOT] if any(ROOT.glob("docs/articles/*/index.md")) else [])]


@pytest.fixture
def phare(tmp_path: Path) -> Project:
    project = Project(tmp_path)
    project.write("mkdocs.yml", f"site_name: Phare\nsite_url: {CASE['home']}\nmarkdown_extensions: [manchette]\n")
    for path, text in CASE["files"].items():
        project.write(path, text)
    return project


def written(site: Site, home: Home = HOME) -> dict[str, bytes]:
    """File → content, of the site without its drafts."""
    return contents(files(site.published, home))


def rows(content: bytes) -> list[dict[str, str]]:
    """A table as a spreadsheet opens it: by the signature and the semicolons."""
    return list(csv.DictReader(StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


@pytest.mark.parametrize("path", sorted((GOLDEN / "phare").iterdir()), ids=lambda path: path.name)
def test_a_file_is_as_it_was_read(phare: Project, path: Path) -> None:
    assert written(open_site(phare.folder))[f"export/phare/{path.name}"] == path.read_bytes()


def test_what_is_read_twice_is_the_same(phare: Project) -> None:
    assert written(open_site(phare.folder)) == written(open_site(phare.folder))


# ---- tables


def test_no_cell_is_a_formula(phare: Project) -> None:
    made = written(open_site(phare.folder))
    cells = [
        cell
        for path, content in made.items()
        if path.endswith(".csv")
        for row in rows(content)
        for cell in row.values()
    ]
    assert [cell for cell in cells if cell[:1] in set("=+-@") and cell != "-4,366"] == []
    assert {"'=Marie", "'-- gardien, de père en fils", "-4,366", "48,6458"} <= set(cells)


@pytest.mark.parametrize(
    ("said", "cell"),
    [("-4,366", "-4,366"), ("--5", "'--5"), ("-²", "'-²"), ("-1,2,3", "'-1,2,3"), ("=1", "'=1"), ("1-2", "1-2")],
)
def test_only_a_number_begins_with_a_sign(said: str, cell: str) -> None:
    assert tables._cell(said) == cell


def test_a_cell_is_taken_apart_by_what_no_value_has(phare: Project) -> None:
    sources = "annotations/sources.yml"
    phare.write(sources, CASE["files"][sources].replace("title: Registre", "title: Registre | Le port"))
    made = written(open_site(phare.folder))
    (event, _) = rows(made["export/phare/phare.dates.csv"])
    assert event["Sources"].split(" | ") == ["Le port, Registre ¦ Le port, https://exemple.fr/registre"]
    (source, _) = rows(made["export/phare/phare.sources.csv"])
    assert source["Titre"] == "Registre | Le port"


@pytest.mark.parametrize("root", SITES, ids=lambda root: root.name)
def test_every_note_has_its_row(root: Path) -> None:
    site = open_site(root).published
    made = written(site)
    for key, article in site.articles.items():
        claims = rows(made[export_of("affirmations.csv", key)])
        assert [row["Identifiant"] for row in claims] == [*article.claims]
        for row in claims:
            assert row["Passage"] in article.body.text
        assert [row["Identifiant"] for row in rows(made[export_of("dates.csv", key)])] == [*article.events]
        names = {row["Identifiant"] for row in rows(made[export_of("noms.csv", key)])}
        assert names == article.named & site.entities.keys()
        assert article.cited <= {row["Identifiant"] for row in rows(made[export_of("sources.csv", key)])}


# ---- places


@pytest.mark.parametrize("root", SITES, ids=lambda root: root.name)
def test_places_are_geojson(root: Path) -> None:
    site = open_site(root).published
    for path, content in written(site).items():
        if path.endswith(".geojson"):
            read = FeatureCollection.model_validate_json(content)
            for feature in read.features:
                assert feature.properties
                for mention in feature.properties["mentions"]:
                    (article,) = (each for each in site.articles.values() if each.front.title == mention["article"])
                    assert article.body.text[mention["start"] : mention["end"]] == mention["exact"]


# ---- everything


def refuse(_: str) -> Any:
    raise AssertionError("a schema is looked for elsewhere")


@pytest.mark.parametrize("root", SITES, ids=lambda root: root.name)
@pytest.mark.parametrize("home", [HOME, Home("")], ids=["with an address", "without"])
def test_everything_is_as_its_schema_says(root: Path, home: Home) -> None:
    made = written(open_site(root), home)
    (address,) = (path for path in made if path.endswith(".schema.json"))
    schema = json.loads(made[address])
    jsonschema.Draft202012Validator.check_schema(schema)
    checker = jsonschema.FormatChecker()
    told = [path for path in made if path.endswith(".json") and path != address]
    assert told
    for path in told:
        said = json.loads(made[path])
        jsonschema.Draft202012Validator(schema, format_checker=checker).validate(said)
        assert said["$schema"] == (home.file(address) if home.url else f"../{address.split('/')[-1]}")


@pytest.mark.parametrize("root", SITES, ids=lambda root: root.name)
def test_everything_is_read_back(root: Path) -> None:
    """The same entries by the format's own models, and the same places."""
    site = open_site(root).published
    made = written(site)
    for key, article in site.articles.items():
        said = json.loads(made[export_of("json", key)])
        kept: dict[str, dict[str, Any]] = {"claims": dict(article.claims), "dates": dict(article.events)}
        kept |= {kind.file: dict(site.registers.get(kind.name, {})) for kind in ENTITY_KINDS}
        kept["sources"] = dict(site.sources)
        for file, entries in kept.items():
            for name, entry in said[file].items():
                assert FILES[file].model_validate(entry) == entries[name].entry
        assert said["claims"].keys() == article.claims.keys()
        assert said["dates"].keys() == article.events.keys()
        assert [FILES["mentions"].model_validate(each) for each in said["mentions"]] == [
            each.entry for each in article.mentions
        ]
        marks = [(mark["kind"], mark["id"], mark["start"], mark["end"]) for mark in said["marks"]]
        assert marks == [(mark.kind, mark.id, *mark.span) for mark in article.marks]
        assert said["text"] == (article.body.text if article.front.rights else None)
        for mark in said["marks"]:
            assert article.body.text[mark["start"] : mark["end"]] == mark["exact"]


def test_an_address_in_capitals_is_one_for_the_schema_too(phare: Project) -> None:
    path = "annotations/sources.yml"
    phare.write(path, CASE["files"][path].replace("https://exemple.fr/lettre", "HTTPS://exemple.fr/lettre"))
    made = written(open_site(phare.folder))
    schema = json.loads(made["export/manchette-1.1.schema.json"])
    said = json.loads(made["export/phare/phare.json"])
    assert said["sources"]["lettre"]["url"].startswith("HTTPS:")
    jsonschema.Draft202012Validator(schema).validate(said)


# ---- the whole text


def test_the_text_is_written_only_where_it_may_be_passed_on(phare: Project) -> None:
    whole = {export.ending for export in EXPORTS if export.whole}
    assert {"txt"} <= whole
    site = open_site(phare.folder)
    assert {export_of(ending, "phare") for ending in whole} <= written(site).keys()
    text = site.articles["phare"].body.text
    assert written(site)["export/phare/phare.txt"].decode() == text
    path = "docs/articles/phare/index.md"
    phare.write(path, CASE["files"][path].replace("rights: CC0-1.0\n", ""))
    made = written(open_site(phare.folder))
    assert not {export_of(ending, "phare") for ending in whole} & made.keys()
    assert [path for path, content in made.items() if text.encode() in content] == []


def shown(phare: Project, addresses: Addresses = Addresses.FOLDERS) -> str:
    site = open_site(phare.folder)
    return offer.of(site, site.articles["phare"], Links("articles/phare/index.md", addresses))


def test_an_article_says_what_is_offered_and_what_is_not(phare: Project) -> None:
    path = "docs/articles/phare/index.md"
    told = shown(phare)
    assert told.count(" download=") == len(EXPORTS)
    assert 'href="../../export/phare/phare.lieux.geojson"' in told
    assert "est repris à ce titre : CC0-1.0." in told.replace("\u202f", " ").replace("\u00a0", " ")
    phare.write(path, CASE["files"][path].replace("rights: CC0-1.0\n", ""))
    told = shown(phare)
    assert told.count(" download=") == sum(not export.whole for export in EXPORTS)
    assert "à quel titre" in told
    assert "texte seul." in told
    assert shown(phare, Addresses.SOURCES) == ""  # nobody writes the files
    phare.write(path, CASE["files"][path].replace("rights:", "draft: true\nrights:"))
    assert shown(phare) == ""


def test_a_site_offers_nothing_of_a_draft(project: Project) -> None:
    """Its pages are served, and its files are not written."""
    path = "docs/articles/phare/index.md"
    for each, text in CASE["files"].items():
        if "/phare/" in each:
            project.write(each, text.replace("gazette", "le-fanal").replace("registre", "bon-de-livraison"))
    project.write(path, CASE["files"][path].replace("gazette", "le-fanal").replace("rights:", "draft: true\nrights:"))
    offered = set(re.findall('href="(.*?)"', offer.of_site(open_site(project.folder), Links("index.md"))))
    assert offered
    assert offered <= written(open_site(project.folder)).keys()


def test_every_format_has_a_use() -> None:
    used = [name for names in offer.USES.values() for name in names]
    assert sorted(used) == sorted(NAMES)


# ---- all articles


def test_tables_and_places_hold_all_articles_where_there_are_several(project: Project) -> None:
    assert "export/affirmations.csv" not in written(open_site(project.folder))
    for path, text in CASE["files"].items():
        if "/phare/" in path:
            project.write(path, text.replace("gazette", "le-fanal").replace("registre", "bon-de-livraison"))
    site = open_site(project.folder)
    made = written(site)
    for ending, column in (("affirmations.csv", "Identifiant"), ("dates.csv", "Identifiant")):
        each = [row[column] for key in site.articles for row in rows(made[export_of(ending, key)])]
        assert [row[column] for row in rows(made[export_of(ending)])] == each
    (cited,) = (row for row in rows(made["export/sources.csv"]) if row["Identifiant"] == "bon-de-livraison")
    claims = cited["Affirmations qui la citent"].split(" | ")
    assert {claim.partition("/")[0] for claim in claims} == {"esturgeon", "phare"}
    assert len({row["Article"] for row in rows(made["export/affirmations.csv"])}) == 2
    links = Links("a-propos.md")
    assert 'href="../export/affirmations.csv"' in offer.of_site(site, links)
    assert "export/esturgeon/esturgeon.json" in offer.of_site(open_site(ESTUAIRE), links)


# ---- the command


def test_the_command_writes_what_is_published(phare: Project, tmp_path: Path) -> None:
    into = tmp_path / "dehors"
    done = CliRunner().invoke(main, ["--root", str(phare.folder), "export", str(into)])
    assert done.exit_code == 0, done.output
    made = {f"export/{path}": content for path, content in tree(into)}
    assert made.keys() == written(open_site(phare.folder)).keys()
    assert {path: made[path] for path in made if path.endswith(".csv")} == {
        path: content for path, content in written(open_site(phare.folder)).items() if path.endswith(".csv")
    }
    assert sorted(done.stdout.split()) == sorted(str(into / path) for path, _ in tree(into))


def test_the_command_takes_some_formats_and_says_what_it_does_not_write(phare: Project, tmp_path: Path) -> None:
    path = "docs/articles/phare/index.md"
    phare.write(path, CASE["files"][path].replace("rights: CC0-1.0\n", ""))
    into = tmp_path / "dehors"
    done = CliRunner().invoke(
        main, ["--root", str(phare.folder), "export", str(into), "--format", "text", "--format", "places"]
    )
    assert done.exit_code == 0
    assert [path for path, _ in tree(into)] == ["phare/phare.lieux.geojson"]
    assert done.stderr.startswith("docs/articles/phare/index.md: pas de text : ")
    assert "« rights »" in done.stderr


def test_the_command_names_what_it_wrote_and_may_not_any_more(phare: Project, tmp_path: Path) -> None:
    into, path = tmp_path / "dehors", "docs/articles/phare/index.md"
    command = ["--root", str(phare.folder), "export", str(into)]
    assert "effacez-le" not in CliRunner().invoke(main, command).stderr
    phare.write(path, CASE["files"][path].replace("rights: CC0-1.0\n", ""))
    told = [line for line in CliRunner().invoke(main, command).stderr.splitlines() if "effacez-le" in line]
    assert sorted(line.split(" : ")[0].rpartition(".")[2] for line in told) == ["epub", "txt", "xml"]
    phare.write(path, CASE["files"][path].replace("rights:", "draft: true\nrights:"))
    told = [line for line in CliRunner().invoke(main, command).stderr.splitlines() if "effacez-le" in line]
    assert len(told) == len(EXPORTS)
    assert (into / "phare/phare.epub").exists()  # it is not ours to take away


def test_the_command_writes_nothing_while_there_are_problems(phare: Project, tmp_path: Path) -> None:
    phare.write("annotations/phare/claims.yml", "jamais: {quote: la lampe}\n")
    into = tmp_path / "dehors"
    done = CliRunner().invoke(main, ["--root", str(phare.folder), "export", str(into)])
    assert done.exit_code == 1
    assert "annotations/phare/claims.yml:1:" in done.stdout
    assert not into.exists()


def test_the_command_writes_nothing_among_the_pages(phare: Project) -> None:
    """A build would take what it finds there for someone's own, and make none."""
    (phare.folder / "lien").symlink_to("docs")
    for into in ("docs", "docs/export", "lien/export"):
        done = CliRunner().invoke(main, ["--root", str(phare.folder), "export", str(phare.folder / into)])
        assert done.exit_code == 2
        assert "prenez un autre dossier" in done.stderr
    assert not (phare.folder / "docs/export").exists()


def test_the_command_says_that_there_is_nothing_to_write(phare: Project, tmp_path: Path) -> None:
    path = "docs/articles/phare/index.md"
    phare.write(path, CASE["files"][path].replace("rights:", "draft: true\nrights:"))
    done = CliRunner().invoke(main, ["--root", str(phare.folder), "export", str(tmp_path / "dehors")])
    assert done.exit_code == 0
    assert done.stderr == "aucun article n’est publié : rien n’est écrit\n"
    assert not (tmp_path / "dehors").exists()


def tree(folder: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield path.relative_to(folder).as_posix(), path.read_bytes()
