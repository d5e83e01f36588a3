"""Among an article's pages the register is the article's own, where it has one.

The site's register stays the one that is searched, and to which notes lead.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

from tests.conftest import Project

ARTICLE = "articles/esturgeon"
ELSEWHERE = """
lamproie:
  name: Lamproie
  description: Un poisson que cet article ne nomme pas.
"""


def read(site: Path, page: str) -> str:
    return (site / page / "index.html").read_text("utf-8")


def doors(html: str) -> dict[str, str]:
    """The names of an article's pages → where they lead."""
    bar = html.partition('class="mch-doors')[2].partition("</ul>")[0]
    return {name: href for href, name in re.findall(r'<a href="([^"]+)"[^>]*>([^<]+)</a>', bar)}


def entries(html: str) -> set[str]:
    return set(re.findall(r'class="mch-entry" id="([^"]+)"', html))


def test_it_shows_the_article_s_names_with_the_same_pages_above(site: Path) -> None:
    article, own, whole = (read(site, page) for page in (ARTICLE, f"{ARTICLE}/registre", "registre"))
    assert list(doors(article)) == list(doors(own)) == ["Article", "Chronologie", "Affirmations", "Registre", "Carte"]
    assert doors(article)["Registre"] == "registre/"
    assert 'aria-current="page">Registre</a>' in own
    named = {name for name in re.findall(r'id="note--([a-z0-9-]+)"', article) if not re.match("claim--|date--", name)}
    assert entries(own) == named < entries(whole)
    assert 'href="../../registre/#person--maelle-kerdraon"' in article


def test_each_name_is_found_once(site: Path) -> None:
    index = json.loads((site / "search/search_index.json").read_text("utf-8"))
    places = [entry["location"] for entry in index["docs"] if "registre/" in entry["location"]]
    assert any(place.startswith("registre/#") for place in places)
    assert [place for place in places if place.startswith("articles/")] == []
    assert "<span hidden>" in read(site, "registre")
    assert "<span hidden>" not in read(site, f"{ARTICLE}/registre")


def test_without_one_the_door_leads_to_the_site_s_register(project: Project) -> None:
    (project.folder / f"docs/{ARTICLE}/registre.md").unlink()
    assert project.build("--strict").returncode == 0
    assert doors(read(project.folder / "site", ARTICLE))["Registre"] == "../../registre/"


def test_a_site_s_only_article_has_a_register_of_its_own_names(project: Project) -> None:
    (project.folder / "docs/registre.md").unlink()
    for page in ("index.md", "methode.md", "corrections.md"):
        project.write(f"docs/{page}", "# Page\n")
    configuration = (project.folder / "mkdocs.yml").read_text("utf-8")
    project.write("mkdocs.yml", re.sub(r"(?m)^ *- Registre: .*\n", "", configuration))
    terms = (project.folder / "annotations/terms.yml").read_text("utf-8")
    project.write("annotations/terms.yml", terms + ELSEWHERE)
    project.build()
    own = read(project.folder / "site", f"{ARTICLE}/registre")
    assert "term--alevin" in entries(own)
    assert "term--lamproie" not in entries(own)
    assert "<span hidden>" in own.partition('class="mch-reg"')[2].partition("</article>")[0]
    index = json.loads((project.folder / "site/search/search_index.json").read_text("utf-8"))
    assert any(entry["location"].startswith(f"{ARTICLE}/registre/") for entry in index["docs"])
