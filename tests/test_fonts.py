"""The web fonts: every character a page needs, in the file that a page loads for it, within the weight allowed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

BoundsPen = pytest.importorskip("fontTools.pens.boundsPen", reason="fonttools reads the fonts").BoundsPen
TTFont = pytest.importorskip("fontTools.ttLib", reason="fonttools reads the fonts").TTFont
pytest.importorskip("brotli", reason="brotli unpacks them")

FONTS = Path(__file__).parent.parent / "src/manchette/theme/assets/manchette/fonts"
FRENCH = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789ÀÂÆÇÈÉÊËÎÏÔŒÙÛÜàâæçèéêëîïôœùûüÿáíñóú"
SIGNS = " \u00a0!\"#%&'()*+,-./:;=?[]«»‘’“”–—…€°²³·×−§"
FURTHER = "ÄÖŸäöåßøŏŎŭŬāēīōūĀĒĪŌŪšŠčČžŽćłŁńśźżğışșțőűřťěđ№"
FIRST_VIEW = ["newsreader", "newsreader-italic", "bricolage", "manchette-signes"]


def font(name: str) -> Any:
    return TTFont(FONTS / f"{name}.woff2")


def missing(name: str, wanted: str) -> str:
    held = font(name).getBestCmap()
    return "".join(character for character in wanted if ord(character) not in held)


def features(name: str, table: str) -> set[str]:
    return {record.FeatureTag for record in font(name)[table].table.FeatureList.FeatureRecord}


def axes(name: str) -> dict[str, tuple[float, float, float]]:
    return {axis.axisTag: (axis.minValue, axis.defaultValue, axis.maxValue) for axis in font(name)["fvar"].axes}


@pytest.mark.parametrize("name", ["newsreader", "newsreader-bold", "newsreader-italic", "bricolage"])
def test_letters(name: str) -> None:
    extended = font(f"{name}-ext").getBestCmap()
    assert missing(name, FRENCH + SIGNS) == ""
    assert missing(f"{name}-ext", FURTHER.replace("ä", "").replace("ö", "")) == ""
    assert not {ord(letter) for letter in FRENCH if letter not in "oO"} & extended.keys()
    assert "kern" in features(name, "GPOS")


def test_axes() -> None:
    assert axes("newsreader") == {"opsz": (20, 20, 57)}
    assert {tag: (low, high) for tag, (low, _, high) in axes("bricolage").items()} == {
        "wght": (400, 800),
        "wdth": (75, 100),
    }


def test_roman_widens_with_size() -> None:
    """Text, phone title, title: three drawings of one letter."""
    newsreader = font("newsreader")
    name = newsreader.getBestCmap()[ord("n")]
    text, phone, title = (newsreader.getGlyphSet(location={"opsz": size})[name].width for size in (20, 33, 57))
    assert text < phone < title


def test_figures_and_ligatures() -> None:
    assert {"pnum", "liga"} <= features("newsreader", "GSUB")


def test_o_breve_is_a_letter_and_its_accent() -> None:
    """Bricolage Grotesque has no ŏ of its own."""
    extended = font("bricolage-ext")
    name = extended.getBestCmap()[ord("ŏ")]
    (lookup,) = extended["GSUB"].table.LookupList.Lookup
    letter, accent = lookup.SubTable[0].mapping[name]
    assert letter == extended.getBestCmap()[ord("o")]
    assert "mark" in features("bricolage-ext", "GPOS")
    assert accent in extended["GPOS"].table.LookupList.Lookup[0].SubTable[0].MarkCoverage.glyphs


def test_signs() -> None:
    signs = font("manchette-signes")
    names, advances = signs.getBestCmap(), signs["hmtx"].metrics
    assert missing("manchette-signes", "\u202f=≠≈?»\ue001\ue002\ue003\ue004\ue005↗↑→←") == ""
    assert advances[names[0x202F]][0] * 1000 == 150 * signs["head"].unitsPerEm
    assert len({advances[names[ord(sign)]][0] for sign in "=≠≈?»"}) == 1


def test_weight() -> None:
    """What the first view of an article loads, in bytes; the page as a whole has 190 kB."""
    assert sum((FONTS / f"{name}.woff2").stat().st_size for name in FIRST_VIEW) <= 75_500


@pytest.mark.parametrize("family", ["Newsreader", "Bricolage-Grotesque"])
def test_licence(family: str) -> None:
    licence = (FONTS / f"OFL-{family}.txt").read_text(encoding="utf-8")
    assert "SIL Open Font License, Version 1.1" in licence
    assert family.replace("-", " ").split()[0] in licence.splitlines()[0]


# ---- the fonts of the pictures, which are files of another form

PICTURES = FONTS.parents[3] / "share/fonts"


def outlines(font: Any, location: dict[str, float]) -> dict[int, tuple[float, Any]]:
    """Code point → the glyph's advance and bounds."""
    shapes, found = font.getGlyphSet(location=location), {}
    for code, name in font.getBestCmap().items():
        shapes[name].draw(pen := BoundsPen(shapes))
        found[code] = shapes[name].width, pen.bounds
    return found


@pytest.mark.parametrize(
    ("file", "web", "location"),
    [
        ("headline", "newsreader", {"opsz": 57}),
        ("words", "bricolage", {"wght": 400, "wdth": 100}),
        ("name", "bricolage", {"wght": 800, "wdth": 75}),
        ("signs", "manchette-signes", {}),
    ],
)
def test_pictures_are_drawn_with_the_letters_of_the_pages(file: str, web: str, location: dict[str, float]) -> None:
    """`tools/fonts.py` makes both."""
    held = outlines(TTFont(PICTURES / f"{file}.ttf"), {})
    names = [web] if file == "signs" else [web, f"{web}-ext"]
    pages = {code: found for name in names for code, found in outlines(font(name), location).items()}
    apart = {ord(letter) for letter in "ŏŎ\u0306"} if web == "bricolage" else set()  # composed for the pages alone
    assert held.keys() == pages.keys() - apart
    for code, (advance, bounds) in held.items():
        assert advance == pytest.approx(pages[code][0], abs=1), chr(code)
        assert bounds == pytest.approx(pages[code][1], abs=2), chr(code)


def test_pictures_know_how_wide_their_letters_are() -> None:
    for file, told in json.loads((PICTURES / "advances.json").read_text("utf-8")).items():
        held = TTFont(PICTURES / f"{file}.ttf")
        widths = {chr(code): held["hmtx"].metrics[name][0] for code, name in held.getBestCmap().items()}
        assert {letter: int(width) for width, letters in told.items() for letter in letters} == widths
        assert held["name"].getDebugName(6), "the program that draws overlooks a font without this name"
