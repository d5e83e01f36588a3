"""The whole built sample: every link leads somewhere, nothing comes from another host, the checkers find nothing."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.axe import LOOKS, on_pages
from tests.conftest import ROOT, also, need
from tests.follow import Followed, fetched, follow, leaving
from tools.static import PREFIX

HERE = f"https://example.org{PREFIX}"


def faults(site: Path, pages: Iterable[str]) -> str:
    """What the Nu HTML checker finds in pages of a site."""
    jar = need("vnu-jar", ROOT / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar")
    command = [need("java"), "-jar", jar, "--format", "gnu", *(str(site / page) for page in pages)]
    checked = subprocess.run(command, capture_output=True, text=True, check=False)
    return checked.stderr.replace(f"file:{site}/", "")


@pytest.fixture(scope="module")
def followed(site: Path) -> Followed:
    return follow(site, HERE)


@pytest.fixture(scope="module")
def ours(followed: Followed) -> list[str]:
    """The pages that we print: one that shows nothing of ours is the site's theme's."""
    return [page for page in followed.pages if page != "404.html"]


def test_every_internal_link_resolves(followed: Followed) -> None:
    assert followed.inside > 400
    assert followed.broken == ()


def test_no_page_leaves_its_sub_path(followed: Followed) -> None:
    assert leaving(followed.pages, HERE) == []


def test_nothing_is_fetched_from_another_host(site: Path, followed: Followed) -> None:
    asked = fetched(site, followed.pages, HERE)
    assert asked
    assert [entry for entry in asked if not entry[1].startswith((HERE, "data:"))] == []


@pytest.mark.parametrize(("width", "scheme"), [LOOKS[0], *also((390, "dark"), (1440, "light"), (1440, "dark"))])
def test_axe_finds_nothing(visit: Callable[..., Page], ours: list[str], server: str, width: int, scheme: str) -> None:
    found = on_pages(visit(width=width, color_scheme=scheme), [server + path for path in ours])
    assert not found, "\n".join(found)


@pytest.mark.full
def test_the_nu_html_checker_finds_nothing(site: Path, ours: list[str]) -> None:
    assert faults(site, ours) == ""
