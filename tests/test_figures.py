"""What the page on large libraries shows of what was measured: it says of which version, and its drawings are read."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.conftest import ROOT
from tools import figures
from tools.static import served

DRAWINGS = sorted(figures.IMAGES.glob("cout-*.svg"))
shown = pytest.mark.skipif(not figures.PAGE.exists(), reason="a site of its own shows no figures")


@pytest.fixture(scope="module")
def address(this_site: Path) -> Iterator[str]:
    with served(this_site) as address:
        yield f"{address}{figures.PAGE.stem}/"


@shown
def test_figures_are_of_this_version() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    page = figures.PAGE.read_text("utf-8")
    of = re.findall(r"(?s)<!-- figures: (\w+) -->.*? avec la version ([^ ,]+),.*?<!-- end of figures -->", page)
    assert of == [("build", version), ("serve", version)], "run: make bench"


@shown
def test_drawings_are_small_text_and_of_no_day() -> None:
    assert len(DRAWINGS) == 2
    for drawing in DRAWINGS:
        svg = drawing.read_text("utf-8")
        assert len(svg.encode()) < 30_000
        assert "Articles</text>" in svg
        assert set(re.findall(r"https?://[^\s\"']+", svg)) <= {
            "http://www.w3.org/2000/svg",
            "http://www.w3.org/1999/xlink",
        }
        assert not re.search(r"20\d\d-\d\d", svg)


@shown
def test_drawings_take_the_colours_of_the_page(visit: Callable[..., Page], address: str) -> None:
    seen = {}
    for scheme in ("light", "dark"):
        page = visit(address, color_scheme=scheme, alone=True)
        for media in ("screen", "print"):
            page.emulate_media(media=media)  # type: ignore[arg-type]
            for drawing in DRAWINGS:
                name = f'img[src$="{drawing.name}"]'
                page.locator(name).evaluate("image => { image.loading = 'eager'; return image.decode(); }")
                # Alone in a corner, lest its edges be mixed with the page's ground.
                style = f"{name} {{ position: fixed; inset: 0 auto auto 0; z-index: 99; border: 0; border-radius: 0 }}"
                seen[drawing.name, media, scheme] = page.locator(name).screenshot(
                    style=style.replace(";", " !important;")
                )
    for drawing in DRAWINGS:
        assert seen[drawing.name, "screen", "light"] != seen[drawing.name, "screen", "dark"]
        assert seen[drawing.name, "print", "light"] == seen[drawing.name, "print", "dark"]


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (None, "—"),
        (3, "3"),
        (1000, "1\u202f000"),
        (12.34, "12,3"),
        (1234.56, "1\u202f235"),
        (0.04, "0,0"),
        (-0.32, "−0,3"),
    ],
)
def test_numbers_are_french(value: float | None, written: str) -> None:
    assert figures.number(value) == written


def test_a_table_is_put_into_its_place_alone(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    end = "<!-- end of figures -->"
    places = f"# Titre\n\n<!-- figures: one -->\n{{}}{end}\n\n<!-- figures: two -->\n{end}\n"
    page.write_text(places.format("\nOld \\1.\n\n"), "utf-8")
    table = figures.table([["Articles", "temps \\1"], ["1", "2"], ["10", "3"]])
    figures.put("one", table, page)
    assert page.read_text("utf-8") == places.format(f"\n{table}\n")
    assert table == "| Articles | 1 | 10 |\n| :-- | --: | --: |\n| temps \\1 | 2 | 3 |\n"
    with pytest.raises(LookupError, match="three"):
        figures.put("three", table, page)
