"""The page of a claim: what it says to whom, to the byte and to machines, and which claims have one."""

from __future__ import annotations

import gzip
import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import jsonschema
import pytest
import yaml

from manchette.engine import Addresses, Home, Links
from manchette.page.linked import script
from manchette.page.notes import claim_note
from manchette.share.files import files
from manchette.site.open import open_site
from manchette.site.site import Site
from tests.conftest import ROOT, Project
from tests.projects import ESTUAIRE, contents

HERE = Path(__file__).parent / "share"
HOME = Home("https://exemple.fr/depot/", name="L’Estuaire", icon="assets/manchette/favicon.svg")
PAGES = "articles/esturgeon/affirmations"
CLAIMS, TEXT = "annotations/esturgeon/claims.yml", "docs/articles/esturgeon/index.md"
ASSETS = ROOT / "src/manchette/theme/assets/manchette"
LINKED = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


def made(site: Site, home: Home = HOME) -> dict[str, str]:
    """Path → the pages of claims that a site gets."""
    return {path: page.decode() for path, page in contents(files(site, home)).items() if path.endswith(".html")}


def with_publisher(site: Site, **settings: str) -> Site:
    return replace(site, settings=site.settings.model_copy(update=settings))


@pytest.fixture(scope="module")
def estuaire() -> Site:
    return with_publisher(open_site(ESTUAIRE), url="https://estuaire.example/")


@pytest.fixture(scope="module")
def pages(estuaire: Site) -> dict[str, str]:
    return made(estuaire)


def changed(project: Project, file: str, was: str, now: str) -> Site:
    text = (project.folder / file).read_text("utf-8")
    assert text.count(was) == 1
    project.write(file, text.replace(was, now))
    return with_publisher(open_site(project.folder), url="https://estuaire.example/")


def reviews(page: str) -> list[Any]:
    return [json.loads(said) for said in LINKED.findall(page)]


@pytest.mark.parametrize("claim", ["soutien-sans-reserve", "indifference-de-paris"])
def test_a_page_is_as_it_was_read(pages: dict[str, str], claim: str) -> None:
    assert pages[f"{PAGES}/{claim}/index.html"] == (HERE / f"{claim}.html").read_text("utf-8")


def test_every_claim_has_a_page_and_it_is_small(estuaire: Site, pages: dict[str, str]) -> None:
    """20,000 of them are to stay within what a host of 1 GB holds, beside their articles."""
    assert set(pages) == {f"{PAGES}/{key}/index.html" for key in estuaire.articles["esturgeon"].numbers}
    assert max(len(page.encode()) for page in pages.values()) < 20_000
    assert max(len(gzip.compress(page.encode(), 6)) for page in pages.values()) < 6_000


def test_its_style_is_small_and_of_the_site_s_colours() -> None:
    own, site = ((ASSETS / f"{name}.css").read_text("utf-8") for name in ("claim", "manchette"))
    assert len(gzip.compress(own.encode(), 9)) < 2500
    colours = re.compile(r"(--[\w-]+):(light-dark\([^()]*\))")
    assert set(colours.findall(own)) - set(colours.findall(site)) == set()


def test_pages_are_files_where_the_site_s_are(estuaire: Site) -> None:
    home = replace(HOME, addresses=Addresses.FILES)
    page = made(estuaire, home)[f"{PAGES}/releves-presentes.html"]
    assert 'href="../index.html#claim--releves-presentes"' in page
    assert 'href="../affirmations.html"' in page
    assert 'href="../../../index.html"' in page
    assert f'<link rel="canonical" href="{HOME.url}{PAGES}/releves-presentes.html">' in page


def test_without_the_site_s_address_nothing_absolute_is_said(estuaire: Site) -> None:
    home = replace(HOME, url="")
    assert "sitemap-affirmations.xml" not in files(estuaire, home)
    for page in made(estuaire, home).values():
        assert not re.search("canonical|og:url|og:image|ld.json", page)


# ---- which claims have one


def test_a_draft_has_none(project: Project) -> None:
    site = changed(project, TEXT, "author: Aude Rimbert\n", "author: Aude Rimbert\ndraft: true\n")
    assert made(site.published) == {}
    assert "sitemap-affirmations.xml" not in files(site.published, HOME)
    note = claim_note(
        site, site.articles["esturgeon"], next(iter(site.articles["esturgeon"].claims.values())), Links("index.md")
    )
    assert note.address == "articles/esturgeon/#claim--releves-presentes"


def test_a_claim_without_a_place_has_none(project: Project) -> None:
    site = changed(project, CLAIMS, "quote: un élan sans précédent", "quote: un élan sans pareil")
    pages = made(site)
    assert f"{PAGES}/elan-sans-precedent/index.html" not in pages
    assert len(pages) == len(site.articles["esturgeon"].numbers) == len(site.articles["esturgeon"].claims) - 1
    assert "elan-sans-precedent" not in "".join(pages.values())


def test_a_claim_whose_page_would_be_that_of_all_has_none(project: Project) -> None:
    site = changed(project, CLAIMS, "\nelan-sans-precedent:", "\nindex:")
    assert f"{PAGES}/index.html" not in made(site)
    article = site.articles["esturgeon"]
    assert claim_note(site, article, article.claims["index"], Links(article.page)).address == "#claim--index"


@pytest.mark.parametrize(
    ("addresses", "expected"),
    [
        (Addresses.FOLDERS, "affirmations/liaison-suspendue"),
        (Addresses.FILES, "affirmations/liaison-suspendue.html"),
        (Addresses.SOURCES, "#claim--liaison-suspendue"),
    ],
)
def test_what_a_note_passes_on_is_the_page_where_there_is_one(
    estuaire: Site, addresses: Addresses, expected: str
) -> None:
    article = estuaire.articles["esturgeon"]
    note = claim_note(estuaire, article, article.claims["liaison-suspendue"], Links(article.page, addresses))
    assert note.address.rstrip("/") == expected


# ---- what machines read


def test_reviews_are_what_indexes_ask_for(estuaire: Site, pages: dict[str, str]) -> None:
    schema = yaml.safe_load((HERE / "review.schema.yml").read_text("utf-8"))
    article = estuaire.articles["esturgeon"]
    told = set()
    for key in article.numbers:
        found = reviews(pages[f"{PAGES}/{key}/index.html"])
        verdict = article.claims[key].entry.verdict
        assert len(found) == (verdict in {"supported", "disputed", "imprecise"}), key
        for review in found:
            jsonschema.validate(review, schema, cls=jsonschema.Draft202012Validator)
            assert review["url"] == f"{HOME.url}{PAGES}/{key}/"
            cited = {item.source for item in article.claims[key].entry.evidence}
            assert set(review["citation"]) == {estuaire.sources[source].entry.url for source in cited}
            told.add(verdict)
    assert len(told) == 3


@pytest.mark.parametrize("settings", [{"publisher": None}, {"url": None}])
def test_nobody_reviews_who_does_not_say_who_that_is(estuaire: Site, settings: dict[str, Any]) -> None:
    assert [page for page in made(with_publisher(estuaire, **settings)).values() if reviews(page)] == []


def test_who_says_a_claim_is_told_by_what_the_register_knows(project: Project) -> None:
    site = changed(project, CLAIMS, "attribution: [haneul-marine, presse-coreenne]", "attribution: [busan]")
    said = reviews(made(site)[f"{PAGES}/soutien-sans-reserve/index.html"])[0]["itemReviewed"]["author"]
    assert said == {"@type": "Organization", "name": "Busan"}  # its mayor speaks, whom no address of the town's is


def test_an_article_s_page_says_that_it_is_a_copy(site: Path) -> None:
    schema = yaml.safe_load((HERE / "copy.schema.yml").read_text("utf-8"))
    (found,) = reviews((site / "articles/esturgeon/index.html").read_text("utf-8"))
    assert len(found) == 1
    jsonschema.validate(found[0], schema, cls=jsonschema.Draft202012Validator)
    assert found[0]["isBasedOn"]["url"] == "https://fanal.example/l-esturgeon-remonte"
    assert found[0]["publisher"]["name"] == "L’Estuaire"


HOSTILE = "un signe </script><b>\"gras\" & 'droit'</b><!-- fin"


def test_no_word_is_taken_for_markup(project: Project) -> None:
    written = re.sub("[<&>]", lambda sign: {"<": "&lt;", "&": "&amp;", ">": "&gt;"}[sign[0]], HOSTILE)
    changed(project, TEXT, "un élan sans précédent", written)
    changed(project, CLAIMS, "quote: un élan sans précédent\n", f"quote: {json.dumps(HOSTILE)}\n")
    opinion = "  verdict: opinion\n  rationale: >-\n    C’est un jugement du journal. En 1936"
    claim = json.dumps(f"Le signe {HOSTILE}", ensure_ascii=False)
    site = changed(project, CLAIMS, opinion, f"  claim: {claim}\n{opinion.replace('opinion', 'disputed')}")
    site = with_publisher(site, publisher='"L’<Estuaire> & Cie"')
    page = made(site, replace(HOME, name="L’<Estuaire>"))[f"{PAGES}/elan-sans-precedent/index.html"]
    assert [raw for raw in ('<b>"', "</script><b>", "<!-- ", "<Estuaire>") if raw in page] == []
    assert page.count("<script") == page.count("</script>") == 1
    review = reviews(page)[0]
    assert review["author"]["name"] == '"L’<Estuaire> & Cie"'
    assert "</script><b>" in review["claimReviewed"]


def test_what_a_script_element_holds_neither_ends_it_nor_a_line() -> None:
    said = {"name": "</script>\u2028\u2029<!--"}
    assert not re.search("[<\u2028\u2029]", script(said))
    assert json.loads(script(said))["name"] == said["name"]


def test_the_claims_list_is_a_sitemap(estuaire: Site) -> None:
    listed = ElementTree.fromstring(contents(files(estuaire, HOME))["sitemap-affirmations.xml"])
    rows = {entry[0].text: [each.text for each in entry[1:]] for entry in listed}
    assert set(rows) == {f"{HOME.url}{PAGES}/{key}/" for key in estuaire.articles["esturgeon"].numbers}
    assert rows[f"{HOME.url}{PAGES}/soutien-sans-reserve/"] == [
        "2023-03-04"
    ]  # the note was corrected after its verdict
    assert rows[f"{HOME.url}{PAGES}/liaison-suspendue/"] == ["2023-02-11"]
    assert (
        b"Sitemap: https://exemple.fr/depot/sitemap-affirmations.xml\n" in contents(files(estuaire, HOME))["robots.txt"]
    )
