"""The notes as W3C Web Annotations: as the model's schemas ask, found again by words alone, the same as the page's."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from referencing import Registry, Resource

from manchette.engine import Home
from manchette.export.formats import files
from manchette.export.web_annotation import ENDING
from manchette.format.layout import export_of
from manchette.site.open import open_site
from manchette.site.site import Article, Site
from manchette.upkeep.dated import Dated
from tests.conftest import ROOT, Project, also
from tests.projects import HERE

HOME = Home("https://exemple.fr/depot/")
HOMES = [HOME, Home("")]
SITES = [HERE / "estuaire", HERE / "dunes", HERE / "riverain"]
SITES += [ROOT] if any(ROOT.glob("docs/articles/*/index.md")) else []
SCHEMAS = ROOT.parent / "shared/schemas/web-annotation"
WITH_HOME = pytest.mark.parametrize("home", HOMES, ids=["with an address", "without"])
OF_SITES = pytest.mark.parametrize("root", SITES, ids=lambda root: root.name)

# What is used here of the terms of `http://www.w3.org/ns/anno.jsonld`: any other key would say nothing in JSON-LD.
TERMS = {
    "id", "type", "label", "creator", "name", "rights", "generator", "total", "first", "last", "partOf", "startIndex",
    "items", "motivation", "created", "modified", "body", "target", "source", "selector", "exact", "prefix", "suffix",
    "start", "end", "value", "format", "language", "purpose", "via",
}  # fmt: skip
TYPES = {
    "AnnotationCollection", "AnnotationPage", "Annotation", "SpecificResource", "TextualBody", "TextQuoteSelector",
    "TextPositionSelector", "Organization", "Software",
}  # fmt: skip
MOTIVATIONS = {"assessing", "classifying", "describing", "identifying", "linking", "tagging"}


def collections(site: Site, home: Home, dates: Mapping[tuple[str, str], Dated] | None = None) -> dict[str, Any]:
    """Article → what is written of it."""
    made = files(site, home, lambda: dates or {}, ["web-annotation"])
    return {key: json.loads(made[export_of(ENDING, key)]()) for key in site.articles}


def annotations(said: Any) -> list[Any]:
    assert said["total"] == len(said["first"]["items"])
    return list(said["first"]["items"])


def objects(said: Any) -> Iterator[dict[str, Any]]:
    if isinstance(said, dict):
        yield said
    for each in said.values() if isinstance(said, dict) else said if isinstance(said, list) else ():
        yield from objects(each)


def resolve(text: str, quote: Mapping[str, str]) -> list[tuple[int, int]]:
    """Where a text has the words of a TextQuoteSelector between what is to stand beside them; knows nothing else."""
    whole = quote["prefix"] + quote["exact"] + quote["suffix"]
    found, at = [], text.find(whole)
    while at >= 0:
        start = at + len(quote["prefix"])
        found.append((start, start + len(quote["exact"])))
        at = text.find(whole, at + 1)
    return found


def holds(article: Article, said: Any, home: Home) -> None:
    """What is true of the annotations of any article."""
    text, page = article.body.text, home.to(article.page) if home.url else None
    entries = annotations(said)
    assert len({entry["id"] for entry in entries}) == len(entries)
    assert [entry["id"].rpartition("#")[2] for entry in entries] == [mark.anchor for mark in article.marks]
    for entry, mark in zip(entries, article.marks, strict=True):
        target = entry["target"]
        quote, position = target["selector"]
        assert (position["start"], position["end"]) == tuple(mark.span)
        assert quote["exact"] == text[position["start"] : position["end"]]
        assert resolve(text, quote) == [tuple(mark.span)]
        assert not unicodedata.combining((quote["prefix"] or "-")[0])
        assert not unicodedata.combining(text[mark.span.end + len(quote["suffix"]) :][:1] or "-")
        assert target["source"] == (page or article.front.url or entry["id"].partition("#")[0])
        assert page is None or entry["id"].startswith(f"{page}#")
    for each in objects(said):
        assert each.keys() - {"@context"} <= TERMS
        assert each["type"] in TYPES
        assert {each.get("motivation"), each.get("purpose")} - {None} <= MOTIVATIONS
        assert all(value or value == 0 for key, value in each.items() if key not in {"prefix", "suffix", "items"})


@OF_SITES
@WITH_HOME
def test_each_is_found_again_where_the_page_has_it(root: Path, home: Home) -> None:
    site = open_site(root).published
    for key, said in collections(site, home).items():
        holds(site.articles[key], said, home)


HEAD = "---\ntitle: Essai « court »\npublisher: journal\nlang: {lang}\n---\n\n"
JOURNAL = "journal: {name: Journal, description: Un quotidien.}\n"
TEXTS = {
    "words that come back": (
        "fr",
        "Ana " * 60
        + "\n\nAna Ana Ana, dit Ana. Ana ? Ana !\n\nAna Ana Ana, dit Ana. Ana ? Ana !\n\nAna\n\nAna\n\nAna\n",
        {"people": "ana: {name: Ana Ana, aliases: [Ana], description: Quelqu’un.}"},
    ),
    "letters beyond the BMP": (
        "en",
        "🗼🗼 The 𝔏𝔦𝔤𝔥𝔱 of Bø 👩‍👩‍👧 shone 🗼 on 𝔏𝔦𝔤𝔥𝔱.\n\nThen 🇫🇷 𝔏𝔦𝔤𝔥𝔱 again.\n",
        {"terms": "light: {name: 𝔏𝔦𝔤𝔥𝔱, description: A lamp.}", "places": "bo: {name: Bø, description: A place.}"},
    ),
    "from right to left": (
        "ar",
        "قال سيرغي لافروف يوم الاثنين إن «الوضع» هادئ. سيرغي لافروف في موسكو.\n\nموسكو هادئة.\n",
        {
            "people": "lavrov: {name: سيرغي لافروف, description: Un ministre.}",
            "places": "moscou: {name: موسكو, description: Une ville., wikidata: Q649}",
            "essai/dates": "lundi: {when: 2024-06-03, title: Lundi, quote: يوم الاثنين}",
            "essai/claims": "calme: {quote: الوضع» هادئ, modality: quoted, verdict: opinion, rationale: Il le dit.}",
        },
    ),
    "accents apart": (
        "vi",
        "ê\u0303 " + "e\u0302\u0303" * 20 + " Hoa " + "e\u0302\u0303" * 20 + ".\n\n"
        "Ông Nguye\u0302\u0303n e\u0302\u0303 Hoa va\u0300 Hoa \u0301e va\u0300 Hoa Nguye\u0302\u0303n.\n",
        {"people": "hoa: {name: Hoa, description: Quelqu’un.}"},
    ),
    "claims in claims, over paragraphs and cells": (
        "fr",
        "Le [*port* de Brest](https://exemple.fr/) dort. Il est *plein*,\ndit Ana.\n\n## Et puis\n\nIl est vide.\n\n"
        "| a | b |\n|---|---|\n| Il est plein | Il est vide |\n\n- Il est plein,\n- il est vide.\n",
        {
            "people": "ana: {name: Ana, description: Quelqu’un.}",
            "places": "brest: {name: Brest, description: Un port.}",
            "essai/claims": (
                "tout: {quote: 'Le port de Brest […] Il est vide.', modality: asserted, verdict: opinion,"
                " rationale: R.}\n"
                "plein: {quote: {exact: Il est plein, suffix: ', dit'}, modality: asserted, verdict: opinion,"
                " rationale: R., claim: Le *port* est plein., short: Plein.}\n"
                "cellule: {quote: {exact: Il est vide, prefix: Il est plein}, modality: denied, verdict: unverified,"
                " rationale: '<b> & R'}"
            ),
        },
    ),
}


@pytest.mark.parametrize("name", TEXTS)
@WITH_HOME
def test_any_text_is_found_again(project: Project, name: str, home: Home) -> None:
    lang, text, notes = TEXTS[name]
    root = Project(project.folder / "autre")
    root.write("mkdocs.yml", "site_name: x\nmarkdown_extensions: [tables, manchette]\n")
    root.write("docs/articles/essai/index.md", HEAD.format(lang=lang) + text)
    for file, entries in {"organizations": JOURNAL, **notes}.items():
        root.write(f"annotations/{file}.yml", entries)
    site = open_site(root.folder)
    assert site.errors == ()
    (said,) = collections(site, home).values()
    holds(site.articles["essai"], said, home)
    assert len(annotations(said)) > 2
    conforms(said)


def test_positions_are_code_points(project: Project) -> None:
    text = "🗼🗼 Ana."
    project.write("docs/articles/essai/index.md", HEAD.format(lang="fr").replace("journal", "le-fanal") + text + "\n")
    project.write("annotations/people/ana.yml", "ana: {name: Ana, description: Quelqu’un.}\n")
    (entry,) = annotations(collections(open_site(project.folder), HOME)["essai"])
    _, position = entry["target"]["selector"]
    assert (position["start"], position["end"]) == (3, 6)  # 5 and 8 in UTF-16, 9 and 12 in UTF-8


def test_an_article_without_notes_is_an_empty_collection(project: Project) -> None:
    project.write("docs/articles/essai/index.md", HEAD.format(lang="fr").replace("journal", "le-fanal") + "Rien.\n")
    said = collections(open_site(project.folder), HOME)["essai"]
    assert annotations(said) == []
    conforms(said)


def test_dates_are_those_of_git(project: Project) -> None:
    site = open_site(project.folder)
    (article,) = site.articles.values()
    file = "annotations/esturgeon/claims.yml"
    when = Dated("2025-07-13T09:12:33Z", "2025-08-01T00:00:00Z")
    dates = {(file, "releves-presentes"): when, ("annotations/people.yml", "maelle-kerdraon"): Dated(when.created)}
    said = collections(site, HOME, dates)["esturgeon"]
    told = {
        entry["id"].rpartition("#")[2]: (entry.get("created"), entry.get("modified")) for entry in annotations(said)
    }
    assert told["claim--releves-presentes"] == (when.created, when.modified)
    mentions = [mark.anchor for mark in article.passages["person", "maelle-kerdraon"]]
    assert len(mentions) > 1
    assert {told[anchor] for anchor in mentions} == {(when.created, None)}
    assert {told[key] for key in told.keys() - {"claim--releves-presentes", *mentions}} == {(None, None)}


@pytest.mark.parametrize(
    ("licence", "rights"),
    [
        ("CC0-1.0", "https://spdx.org/licenses/CC0-1.0"),
        ("CC-BY-SA-4.0", "https://spdx.org/licenses/CC-BY-SA-4.0"),
        ("CC BY 4.0", "https://spdx.org/licenses/CC-BY-4.0"),
        ("etalab-2.0", "https://spdx.org/licenses/etalab-2.0"),
        ("GPL-3.0-or-later", "https://spdx.org/licenses/GPL-3.0-or-later"),
        ("Accord-2024", None),
        ("https://exemple.fr/licence", "https://exemple.fr/licence"),
        ("Licence Ouverte 2.0", None),
        ("libre de droits", None),
        ("demandez-nous", None),
    ],
)
def test_a_licence_is_told_by_its_address(project: Project, licence: str, rights: str | None) -> None:
    settings = (project.folder / "mkdocs.yml").read_text("utf-8")
    project.write("mkdocs.yml", settings.replace("licence: CC0-1.0", f'licence: "{licence}"'))
    said = collections(open_site(project.folder), HOME)["esturgeon"]
    assert {each.get("rights") for each in [said, *annotations(said)]} == {rights}


# ---- the schemas of W3C's tests of the model


@cache
def schemas() -> dict[str, Any]:
    """Path → schema, of those that say what must, should or may be."""
    if not SCHEMAS.is_dir():
        pytest.skip("W3C's schemas of the Web Annotation model are not beside this checkout")
    found = {path.relative_to(SCHEMAS).as_posix(): json.loads(path.read_bytes()) for path in SCHEMAS.rglob("*.json")}
    return {path: schema for path, schema in sorted(found.items()) if not path.startswith("definitions/")}


# What nothing is said of: who wrote a body and when, apart from its annotation; what a target is in; nicknames.
NOT_SAID = re.compile(
    r"3\.3\.[12]-(?:body|targ).*|.*AgentNickname.*|.*annotationGenerator.*|3\.2\.1-targ.*|.*conformsTo.*"
)

FORMATS = jsonschema.FormatChecker(formats=())
FORMATS.checks("uri")(lambda value: bool(re.fullmatch(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+", str(value))))
FORMATS.checks("date-time")(
    lambda value: bool(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)", str(value)))
)


@cache
def definitions() -> Registry[Any]:
    found = (SCHEMAS / "definitions").glob("*.json")
    resources = ((file.name, Resource.from_contents(json.loads(file.read_bytes()))) for file in found)
    return Registry().with_resources(resources).crawl()


@cache
def validator(path: str) -> jsonschema.Draft4Validator:
    return jsonschema.Draft4Validator(schemas()[path], registry=definitions(), format_checker=FORMATS)


def asserted(said: Any) -> Iterator[tuple[str, Any]]:
    """Each assertion's path, with what it is to be true of."""
    context = {"@context": said["@context"]}  # the file's own, which holds for all that stands in it
    for path in schemas():
        folder = path.rpartition("/")[0]
        if folder.startswith("collections"):  # a page's are written for one that stands in its collection, too
            yield path, said
        else:
            yield from ((path, {**context, **entry}) for entry in annotations(said))


def conforms(said: Any) -> None:
    """Everything that the model says must be so."""
    if not SCHEMAS.is_dir():
        return  # that is told where the schemas alone are the matter
    for path, thing in asserted(said):
        if schemas()[path]["assertionType"] == "must":
            assert validator(path).is_valid(thing), (path, thing["id"], schemas()[path]["errorMessage"])


@pytest.mark.parametrize(
    ("root", "home"),
    [
        (SITES[0], HOME),
        (SITES[1], Home("")),
        (SITES[2], HOME),
        *also(*((root, home) for root in SITES for home in HOMES)),
    ],
)
def test_what_the_model_says_must_be_so(root: Path, home: Home) -> None:
    assert sum(schema["assertionType"] == "must" for schema in schemas().values()) > 70
    for said in collections(open_site(root).published, home).values():
        conforms(said)


def test_what_the_model_says_should_be_so(project: Project) -> None:
    """All of it that is not about something which is not said here."""
    settings = (project.folder / "mkdocs.yml").read_text("utf-8")
    project.write("mkdocs.yml", settings.replace("    publisher:", "    url: https://exemple.fr/\n    publisher:"))
    site = open_site(project.folder)
    dates = {("annotations/esturgeon/claims.yml", "releves-presentes"): Dated(*["2025-07-13T09:12:33Z"] * 2)}
    said = collections(site, HOME, dates)["esturgeon"]
    (entry,) = (each for each in annotations(said) if each["id"].endswith("#claim--releves-presentes"))
    said["first"]["items"], said["total"] = [entry], 1
    should = [(path, thing) for path, thing in asserted(said) if schemas()[path]["assertionType"] == "should"]
    missed = {path.rpartition("/")[2] for path, thing in should if not validator(path).is_valid(thing)}
    assert {name for name in missed if not NOT_SAID.fullmatch(name)} == set()
