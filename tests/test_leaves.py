"""What grows with the library is divided into leaves: nothing is lost or stands twice, and every link leads on."""

from __future__ import annotations

import gzip
import json
import re
import subprocess
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from manchette.doors import naming
from manchette.doors.drawers import drawers, period
from manchette.doors.shelves import Shelves
from manchette.engine import Addresses, Links, Page, Source
from manchette.format.edtf import When
from manchette.format.kinds import ENTITY_KINDS
from manchette.format.layout import schema_line
from manchette.macros import Macros
from manchette.page import leaves
from manchette.page.leaves import Placed, divide, entry_address
from manchette.page.parts import alphabetical
from manchette.site.open import open_site
from manchette.site.site import Site
from tests.conftest import HANG, MKDOCS, Project, environment, until
from tests.follow import follow, leaving
from tests.synthetic.generate import generate, show_all
from tools.static import PREFIX

HERE = f"https://example.org{PREFIX}"
LETTERS, DATES = (
    yaml.load((Path(__file__).parent / f"leaves/{name}.yml").read_text("utf-8"), yaml.BaseLoader)
    for name in ("letters", "dates")
)
DOORS = ("annees", "chronologie", "affirmations", "carte", "corrections")
HEAVIEST = 50_000  # bytes of any page that shows all articles or entities or a part of them, compressed


def spaced(words: str) -> str:
    return words.replace("\u202f", " ").replace("\u00a0", " ")


# ---- dividing


@pytest.mark.parametrize("case", LETTERS, ids=lambda case: case["is"])
def test_names_are_divided_by_letter(case: dict[str, Any]) -> None:
    placed = [Placed(leaves.name_drawers(name), name) for name in sorted(case["names"], key=alphabetical)]
    found = divide(placed, int(case["holds"]), leaves.from_to, merged=True)
    assert {leaf.label: list(leaf.items) for leaf in found} == case["leaves"]
    assert all(re.fullmatch("[a-z0-9]+(-[a-z0-9]+)*", leaf.name) for leaf in found)


@pytest.mark.parametrize("case", DATES, ids=lambda case: case["is"])
def test_dates_are_divided_by_year(case: dict[str, Any]) -> None:
    placed = [Placed(drawers(When.parse(text) if text else None), text) for text in case["when"]]
    found = divide(placed, int(case["holds"]), period, merged=case["merged"] == "true")
    assert {spaced(leaf.label): list(leaf.items) for leaf in found} == case["leaves"]


NAMES = st.tuples(st.text(alphabet="abkéœЖ1 ", max_size=6), st.integers(1, 9))


@given(st.lists(NAMES, max_size=60), st.integers(1, 20))
def test_nothing_is_lost_and_no_leaf_is_too_long(named: list[tuple[str, int]], holds: int) -> None:
    placed = [
        Placed(leaves.name_drawers(name), (number, name, counts), counts)
        for number, (name, counts) in enumerate(sorted(named, key=lambda each: alphabetical(each[0])))
    ]
    found = divide(placed, holds, leaves.from_to, merged=True)
    assert [item for leaf in found for item in leaf.items] == [each.item for each in placed]
    assert len({leaf.name for leaf in found}) == len({leaf.label for leaf in found}) == len(found)
    for leaf in found:
        assert len(leaf.items) == 1 or sum(counts for _, _, counts in leaf.items) <= holds


# ---- a library


@pytest.fixture(scope="module")
def pages(library: Path) -> dict[str, str]:
    return {path.relative_to(library).as_posix(): path.read_text("utf-8") for path in library.rglob("*.html")}


@pytest.fixture(scope="module")
def annotated(library: Path) -> Site:
    return open_site(library.parent / "project")


def below(pages: Mapping[str, str], folder: str) -> dict[str, str]:
    """A page and its leaves."""
    home = {"index.html": pages["index.html"]} if folder == "annees" else {}
    return home | {name: html for name, html in pages.items() if name.startswith(f"{folder}/")}


def test_every_link_of_a_library_resolves(library: Path) -> None:
    followed = follow(library, HERE)
    assert followed.inside > 5000
    assert followed.broken == ()
    assert [each for each in leaving(followed.pages, HERE) if not re.search(r"example.org/\d+$", each)] == []  # sources


@pytest.mark.full
def test_every_link_resolves_where_pages_are_files(library: Path, tmp_path: Path) -> None:
    project = library.parent / "project"
    settings = (project / "mkdocs.yml").read_text("utf-8")
    (project / "files.yml").write_text(f"{settings}\nuse_directory_urls: false\n", "utf-8")
    command = [*MKDOCS, "build", "--strict", "-f", "files.yml", "--site-dir", str(tmp_path / "site")]
    done = subprocess.run(command, cwd=project, env=environment(CI="true"), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    followed = follow(tmp_path / "site", HERE)
    assert {"registre.html", "registre/lieux.html", "annees/2010.html"} <= set(followed.pages)
    assert followed.broken == ()


def test_each_entry_stands_on_one_leaf_and_in_the_index(pages: dict[str, str], annotated: Site) -> None:
    every = sorted(f"{kind.name}--{key}" for kind in ENTITY_KINDS for key in annotated.registers[kind.name])
    standing = [
        anchor
        for html in below(pages, "registre").values()
        for anchor in re.findall(r'class="mch-entry" id="([^"]+)"', html)
    ]
    assert sorted(standing) == every
    index = re.findall(r'<li id="([^"]+)"><a href="([^"]+)"', pages["registre/index.html"])
    assert sorted(anchor for anchor, _ in index) == every
    for anchor, href in index:
        page = href.removesuffix(f"/#{anchor}")
        assert f'class="mch-entry" id="{anchor}"' in pages[f"registre/{page}/index.html"]


def test_notes_and_places_lead_straight_to_the_entry(pages: dict[str, str]) -> None:
    for name in ("articles/article-003/index.html", "articles/article-003/carte/index.html", "carte/index.html"):
        found = re.findall(r'href="[./]+/registre/([^"]*)#((?:person|organization|place|term)--[^"]+)"', pages[name])
        assert found
        for page, anchor in found:
            assert f'class="mch-entry" id="{anchor}"' in pages[f"registre/{page}index.html"]


SHOWN: dict[str, tuple[str, Callable[[Site], int]]] = {
    "annees": (r'<h2 lang="fr"><a href="(\.\./\.\./articles/[^"]+)"', lambda site: len(site.articles)),
    "chronologie": (
        r' id="(event--[^"]+)"',
        lambda site: sum(len(article.events) for article in site.articles.values()),
    ),
    "affirmations": (r' id="(row--[^"]+)"', lambda site: sum(len(each.numbers) for each in site.articles.values())),
    "corrections": (
        r'<a class="mch-pass" href="[./]*/(articles/[^"]+)"',
        lambda site: sum(len(c.entry.corrections) for each in site.articles.values() for c in each.claims.values()),
    ),
}


@pytest.mark.parametrize("door", SHOWN)
def test_what_a_door_shows_is_on_one_leaf(pages: dict[str, str], annotated: Site, door: str) -> None:
    pattern, total = SHOWN[door]
    found = Counter(each for html in below(pages, door).values() for each in re.findall(pattern, html))
    assert len(found) == total(annotated)
    assert set(found.values()) == {1}


def test_the_map_s_leaves_have_every_place(pages: dict[str, str], annotated: Site) -> None:
    named = {f"place--{key}" for kind, key in annotated.named if kind == "place"}
    leaves = below(pages, "carte")
    assert len(leaves) > 5
    assert {anchor for html in leaves.values() for anchor in re.findall(r'<li id="(place--[^"]+)"', html)} == named


@pytest.mark.parametrize("door", DOORS)
def test_one_may_leaf_through(pages: dict[str, str], door: str) -> None:
    """From the first leaf to the last, each has the next one, and says which it is."""
    leaves = below(pages, door)
    leaves.pop("index.html", None)
    assert len(leaves) > 2
    following = {
        name: re.findall(r'<a href="([^"]+)" rel="next">', html) + re.findall(r'<a href="([^"]+)" rel="prev">', html)
        for name, html in leaves.items()
    }
    assert sorted(map(len, following.values()))[:3] == [1, 1, 2]
    for html in leaves.values():
        assert html.partition('class="mch-leaves"')[2].partition("</nav>")[0].count('aria-current="page"') == 1


def test_each_name_is_found_once(library: Path) -> None:
    index = json.loads((library / "search/search_index.json").read_text("utf-8"))
    found = Counter(entry["location"] for entry in index["docs"] if "--" in entry["location"].partition("#")[2])
    assert found
    assert set(found.values()) == {1}
    assert not [entry for entry in index["docs"] if re.match("registre/(#|$)", entry["location"])]
    entries = {entry["location"] for entry in index["docs"] if "#nom-" in entry["location"]}
    assert len(entries) == 90
    assert not [entry for entry in index["docs"] if entry["location"].startswith("annees/")]


def test_the_header_says_where_a_leaf_belongs(pages: dict[str, str]) -> None:
    for page, title in (("registre/lieux", "Registre"), ("annees/2010", "Articles")):
        assert f'aria-current="true">{title}</a>' in pages[f"{page}/index.html"]


# ---- its weight


def weights(site: Path) -> dict[str, int]:
    """What each page weighs, but for the index of names."""
    found = {path.relative_to(site).as_posix(): path for path in site.rglob("*.html")}
    return {name: len(gzip.compress(path.read_bytes(), 6)) for name, path in found.items()}


def test_no_page_of_a_library_is_heavy(library: Path) -> None:
    weighed = weights(library)
    assert max(weighed.values()) < HEAVIEST, max(weighed, key=lambda name: weighed[name])


@pytest.mark.full
def test_pages_do_not_grow_with_the_library(tmp_path: Path) -> None:
    weighed = []
    for articles, entities in ((60, 400), (120, 800)):
        project = tmp_path / f"project-{articles}"
        generate(project, articles, entities, size=(4, 6, 6))
        show_all(project)
        command = [*MKDOCS, "build", "--strict", "--site-dir", str(tmp_path / f"site-{articles}")]
        done = subprocess.run(
            command, cwd=project, env=environment(CI="true"), capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
        site = tmp_path / f"site-{articles}"
        assert follow(site, HERE).broken == ()
        weighed.append(weights(site))
    once, twice = weighed
    index = "registre/index.html"
    assert twice.pop(index) - once.pop(index) < 30 * 400  # bytes a name
    for folder in ("registre", *DOORS, "articles"):
        heaviest = [max(size for name, size in found.items() if name.startswith(folder)) for found in (once, twice)]
        assert heaviest[1] < 1.2 * heaviest[0] < HEAVIEST, (folder, heaviest)
    assert twice["index.html"] < 1.2 * once["index.html"]


# ---- what stays as it is


def test_below_the_threshold_nothing_is_made(site: Path) -> None:
    assert sorted(path.parent.name for path in site.glob("registre/**/index.html")) == ["registre"]
    assert not (site / "annees").exists()
    assert "mch-leaves" not in (site / "index.html").read_text("utf-8")


def test_zensical_which_makes_no_page_has_one_register(annotated: Site) -> None:
    key = next(iter(annotated.registers["person"]))
    links = Links("articles/article-003/index.md", Addresses.SOURCES)
    assert entry_address(annotated, links, "person", key) == f"../../registre.md#person--{key}"
    macros = Macros(lambda: Page(annotated.root, "registre.md", Addresses.SOURCES, {}), annotated)
    assert macros.glossary().count('class="mch-entry"') == 90
    macros = Macros(lambda: Page(annotated.root, "index.md", Addresses.SOURCES, {}), annotated)
    assert macros.home().count("<li>") == 52


def test_a_glossary_elsewhere_is_whole(annotated: Site) -> None:
    macros = Macros(lambda: Page(annotated.root, "lieux.md", Addresses.FOLDERS, {}), annotated)
    assert macros.glossary(kind="place").count('class="mch-entry"') == len(annotated.registers["place"])
    macros = Macros(lambda: Page(annotated.root, "articles/article-003/registre.md", Addresses.FOLDERS, {}), annotated)
    named = {key for key in annotated.articles["article-003"].passages if key[0] not in {"claim", "date"}}
    assert macros.glossary().count('class="mch-entry"') == len(named)


def test_two_doors_of_a_page_have_leaves_of_their_own(annotated: Site) -> None:
    shelves = Shelves(annotated)
    made = shelves.fill({"tout.md": Source("Tout", frozenset({"claims", "corrections", "glossary"}))})
    assert {"tout/affirmations-2010.md", "tout/corrections-2010.md"} <= set(made)
    assert not [name for name in made if name.startswith("annees")]
    assert shelves.fill({"articles/article-003/x.md": Source("X", frozenset({"claims"}))}).keys() == made.keys()


def test_who_is_named_everywhere_has_a_list_of_articles(annotated: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(naming, "MANY", 5)
    naming.namings.cache_clear()
    found = naming.namings(annotated)
    assert found
    here = ["registre.md"]
    macros = Macros(lambda: Page(annotated.root, here[0], Addresses.FOLDERS, {}), annotated)
    made = macros.shelves.fill({"registre.md": Source("Registre", frozenset())})
    for (kind, key), each in found.items():
        assert len(each.articles) == len(annotated.named[kind, key]) > 5
        listed = []
        for page in each.pages:
            assert "Articles qui nomment" in made[page]
            here[0] = page
            listed += re.findall(r'<a href="[./]+/articles/([a-z0-9-]+)/"', macros.leaf())
        assert sorted(listed) == [article.id for article in annotated.named[kind, key]]
        here[0] = entry_address(annotated, Links("x.md"), kind, key).split("#")[0].strip("./") + ".md"
        entry = macros.leaf().partition(f'id="{kind}--{key}"')[2].partition("</article>")[0]
        assert f"../{each.pages[0].removeprefix('registre/').removesuffix('.md')}/" in entry
        assert f"Les {len(each.articles)} articles" in entry
    naming.namings.cache_clear()


# ---- while it is served


def status(address: str) -> int:
    try:
        with urllib.request.urlopen(address, timeout=HANG) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code


def read(address: str) -> str:
    with urllib.request.urlopen(address, timeout=HANG) as answer:
        return str(answer.read().decode())


@pytest.mark.full
def test_leaves_come_and_go_with_edits(project: Project) -> None:
    more = "".join(
        f"quelqu-un-{n}:\n  name: {chr(65 + n % 26)}ille Untel{n}\n  description: Personne.\n" for n in range(90)
    )
    with project.serve() as (address, said):
        base = address.rstrip("/") + PREFIX
        assert status(f"{base}registre/lieux/") == 404
        project.write("annotations/people/autres.yml", f"{schema_line('annotations/people/autres.yml')}\n{more}")
        until(lambda: status(f"{base}registre/lieux/") == 200)
        assert "mch-index" in read(f"{base}registre/")
        assert "registre/personnes-" in read(f"{base}articles/esturgeon/")
        (project.folder / "annotations/people/autres.yml").unlink()
        until(lambda: status(f"{base}registre/lieux/") == 404)
        assert "mch-entry" in read(f"{base}registre/")
        assert "Traceback" not in said.read_text("utf-8")
