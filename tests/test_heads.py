"""The head of every page: what search engines and whoever shows a link say of it, and that what it names is there."""

from __future__ import annotations

import re
import struct
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
import yaml

from manchette.page import about
from manchette.share.picture import HEIGHT, WIDTH
from manchette.site.open import open_site
from manchette.site.site import Article
from manchette.typeset.language import region
from tests.conftest import Project, build
from tests.projects import ESTUAIRE, lay_out
from tools.static import PREFIX

HERE = f"https://example.org{PREFIX}"
HEADS: dict[str, dict[str, str]] = yaml.safe_load((Path(__file__).parent / "share/heads.yml").read_text("utf-8"))
ALIKE = {  # of every page, so that `heads.yml` tells what is not
    "og:site_name": "L’Estuaire",
    "og:locale": "fr_FR",
    "og:image:width": str(WIDTH),
    "og:image:height": str(HEIGHT),
    "twitter:card": "summary_large_image",
    "theme-color (prefers-color-scheme: light)": "#f8f9f7",
    "theme-color (prefers-color-scheme: dark)": "#121518",
}
SOUND = {"og:description", "og:url", "apple-touch-icon"}  # which `sound` holds
NOT_SAID = {"viewport", "generator", "color-scheme"}


class Head(HTMLParser):
    """What a page's head says: by the names of its `meta`, and by the relation of its links."""

    def __init__(self, page: Path) -> None:
        super().__init__()
        self.said: dict[str, str] = {}
        self.twice: list[str] = []
        self.feed(page.read_text("utf-8").partition("</head>")[0])

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        name, value = found.get("name") or found.get("property"), found.get("content", "")
        if tag == "link" and found.get("rel") in {"canonical", "apple-touch-icon"}:
            name, value = found["rel"], found["href"]
        if name and name not in NOT_SAID:
            name = f"{name} {found['media']}" if "media" in found else name
            self.twice += [name] if name in self.said else []
            self.said[name] = value


def heads(site: Path) -> dict[str, Head]:
    """Page → its head, of every page of ours but the one for what is not there."""
    pages = {page.relative_to(site).as_posix(): Head(page) for page in sorted(site.rglob("index.html"))}
    of_claims = re.compile(r"articles/[^/]+/affirmations/[^/]+/index.html")  # these have a head of their own
    return {page: head for page, head in pages.items() if "og:type" in head.said and not of_claims.fullmatch(page)}


def sound(site: Path) -> None:
    """Hold what is true of every site: each page is described by itself, and what its head leads to is there."""
    described: dict[str, str] = {}
    for page, head in heads(site).items():
        said = head.said
        assert head.twice == [], page
        assert 50 <= len(said["description"]) <= 200, page
        assert described.setdefault(said["description"], page) == page
        assert said["description"] == said["og:description"]
        assert said["canonical"] == said["og:url"] == HERE + page.removesuffix("index.html")
        assert (site / page).parent.joinpath(said["apple-touch-icon"]).is_file()
        drawn = (site / said["og:image"].removeprefix(HERE)).read_bytes()
        assert struct.unpack(">II", drawn[16:24]) == (WIDTH, HEIGHT)
        assert len(drawn) <= 60_000


def told(site: Path) -> dict[str, dict[str, str]]:
    """What `heads.yml` tells of a site."""
    return {
        page: {name: value.replace(HERE, "@") for name, value in head.said.items() if name not in {*ALIKE, *SOUND}}
        for page, head in heads(site).items()
    }


def test_the_head_of_every_page(site: Path) -> None:
    assert told(site) == HEADS
    for page, head in heads(site).items():
        assert {name: head.said[name] for name in ALIKE} == ALIKE, page
    sound(site)


def test_this_site(this_site: Path) -> None:
    sound(this_site)


def test_of_a_library(library: Path) -> None:
    sound(library)


def test_without_an_address_no_head_names_one(tmp_path: Path) -> None:
    lay_out("estuaire", tmp_path / "project")
    settings = tmp_path / "project/mkdocs.yml"
    settings.write_text(settings.read_text("utf-8").replace('site_url: !ENV [SITE_URL, ""]', 'site_url: ""'), "utf-8")
    assert build(tmp_path / "project", tmp_path / "site").returncode == 0
    for page, head in heads(tmp_path / "site").items():
        assert not {"canonical", "og:url", "og:image", "twitter:card"} & head.said.keys(), page
        assert "http" not in "".join(head.said.values()), page
    assert not list((tmp_path / "site").rglob("partage.png"))


def test_what_a_page_says_of_itself_wins(project: Project) -> None:
    project.write(
        "docs/methode.md", '---\ntitle: A\ndescription: Dit <par> "la" page\n---\n\n# A\n\nMots {{ contact() }}.\n'
    )
    project.build()
    said = Head(project.folder / "site/methode/index.html").said
    assert said["description"] == said["og:description"] == 'Dit <par> "la" page'


# ---- words


def article(title: str = "Un titre", **front: Any) -> Article:
    given = open_site(ESTUAIRE).articles["esturgeon"]
    return replace(given, front=given.front.model_copy(update={"title": title, "dek": None, **front}))


def test_an_article_without_a_standfirst_is_told_by_its_annotations() -> None:
    site = open_site(ESTUAIRE)
    assert about.of_article(site, article()) == (
        "« Un titre » (Le Fanal de l’estuaire, [août 2022]), texte annoté : "
        "23 affirmations relevées, 4 personnes, 7 organisations, 13 lieux, 14 dates, 8 termes."
    )
    bare = replace(article('Un « mot » & "deux"', published=None), marks=())
    said = about.of_article(site, bare)
    assert said == "« Un “mot” & “deux” » (Le Fanal de l’estuaire), texte annoté : tel qu’il a paru."
    assert about.picture(site, bare) == "« Un “mot” & “deux” ». Source : Le Fanal de l’estuaire."


def test_a_short_standfirst_is_completed_and_a_long_one_cut() -> None:
    site = open_site(ESTUAIRE)
    short = about.of_article(site, article(dek="Un *bref* chapô."))
    assert short.startswith("Un bref chapô. « Un titre » (Le Fanal")
    long = about.of_article(site, article(dek="Un chapô " * 40))
    assert long.endswith(" chapô…")
    assert 190 < len(long) <= about.MOST
    assert len(about.of_article(site, article("Un titre " * 40))) <= about.MOST


@pytest.mark.parametrize(
    ("lang", "expected"),
    [("fr", "fr_FR"), ("en", "en_US"), ("en-GB", "en_GB"), ("zh-Hant-TW", "zh_TW"), ("ru", "ru_RU"), ("tlh", "tlh")],
)
def test_a_language_is_said_with_its_country(lang: str, expected: str) -> None:
    assert region(lang) == expected


if __name__ == "__main__":  # writes `share/heads.yml` again from a built site
    import sys

    print(yaml.safe_dump(told(Path(sys.argv[1])), allow_unicode=True, sort_keys=False, width=120))
