"""Make the web fonts of `src/manchette/theme/assets/manchette/fonts/` from the families' full releases.

    python tools/fonts.py            writes the fonts and their licences, prints sizes and the `@font-face` rules

Needs `fonttools` and `brotli`; the sources come from the package index, by name and version. What is cut, and why:

- **Repertoire.** What French is written with goes into the file every page loads; other Latin letters (transcriptions,
  proper names) go into a second file that a browser fetches only for a page holding one (`unicode-range`).
- **Axes.** The roman has one axis, the size: 400 at 20 px, 500 at 57 px, the sizes of text and title. The sans keeps
  weight and width, at the optical size of notes. Bold roman is a file of its own, italic has one weight.
- **Kerning** is half the bytes. It is kept, rounded to 4/1000 em (0.08 px in the text), and so is how it varies.

Beside the web fonts, those of the articles' pictures in `src/manchette/share/fonts/`, for a program that reads neither
woff2 nor axes and finds a face by its PostScript name; and how wide their characters are, by which lines are broken.
"""

from __future__ import annotations

import json
import math
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from fontTools.designspaceLib import AxisDescriptor, DesignSpaceDocument, SourceDescriptor
from fontTools.feaLib.builder import addOpenTypeFeaturesFromString
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.boundsPen import BoundsPen
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.ttLib.scaleUpem import scale_upem
from fontTools.ttLib.tables._g_l_y_f import Glyph
from fontTools.ttLib.tables.otBase import ValueRecord
from fontTools.ttLib.tables.otTables import VarStore
from fontTools.varLib import build as merge
from fontTools.varLib.instancer import instantiateVariableFont

OUT = Path(__file__).parent.parent / "src/manchette/theme/assets/manchette/fonts"
PICTURES = Path(__file__).parent.parent / "src/manchette/share/fonts"
SOURCES = {"newsreader": "1.3", "bricolage-grotesque": "1.1"}
"""Packages `fontpkg-…`: the releases of Google Fonts, unmodified. Web packages lack № and the accents' anchors."""
EM = 1000
NO_VARIATION = 0xFFFF  # outer index of a device that never varies (OpenType 1.9, VariationIndex table)

ASCII = "".join(map(chr, range(0x20, 0x7F)))
FRENCH = ASCII + "\u00a0§°²³·×«»‘’“”–—…€−ÀÂÆÇÈÉÊËÎÏÔÙÛÜàâäæçèéêëîïôöùûüÿŒœáíñóú"
LATIN = "".join(map(chr, [*range(0xA1, 0xAD), *range(0xAE, 0x17F)])) + "ȘșȚțẞ‚„•‹›№′″"
EXTENDED = "".join(sorted(set(LATIN) - set(FRENCH)))
VERDICTS = "=≠≈?»"
SIGNS = "\u202f≠≈↗↑→←\ue001\ue002\ue003\ue004\ue005"  # what the text fonts are not asked for
STROKE = 74  # of the reference marks, in units


Axes = Mapping[str, float | tuple[float, float]]
"""Axis → the value it is fixed at, or what is left of it."""


def releases(folder: Path) -> dict[str, Path]:
    """Fetch the pinned packages into `folder` and unpack them; package name → its folder."""
    found = {}
    for name, version in SOURCES.items():
        wanted = f"fontpkg-{name}=={version}"
        subprocess.run([sys.executable, "-m", "pip", "download", "-q", "--no-deps", "-d", folder, wanted], check=True)
        module = f"fontpkg_{name.replace('-', '_')}"
        with zipfile.ZipFile(next(folder.glob(f"{module}-*.whl"))) as wheel:
            wheel.extractall(folder)
        found[name] = folder / module
    return found


def cut(path: Path, characters: str, axes: Axes, features: Iterable[str]) -> TTFont:
    """The font at `path` with these characters, axes and layout features only, on 1000 units to the em."""
    font = TTFont(path, recalcTimestamp=False)
    options = Options(layout_features=[*features], hinting=False, name_IDs=[0, 1, 2, 13], notdef_outline=True)
    options.glyph_names = True  # merging and features name glyphs; `save` drops them
    subsetter = Subsetter(options)
    subsetter.populate(text=characters)
    subsetter.subset(font)
    font = instantiateVariableFont(font, axes)
    if font["head"].unitsPerEm != EM:
        scale_upem(font, EM)
    return font


def by_size(small: TTFont, large: TTFont, sizes: tuple[int, int], phone_title: tuple[int, float]) -> TTFont:
    """One font whose only axis, `opsz`, leads from `small` to `large`; `phone_title` is (size, how far along, 0–1)."""
    axis = AxisDescriptor(tag="opsz", name="Optical size", minimum=sizes[0], default=sizes[0], maximum=sizes[1])
    axis.map = [(sizes[0], 0), (phone_title[0], phone_title[1]), (sizes[1], 1)]
    space = DesignSpaceDocument()
    space.addAxis(axis)
    for font, place in ((small, 0), (large, 1)):
        space.addSource(SourceDescriptor(font=font, location={axis.name: place}, familyName="Newsreader"))
    return merge(space)[0]


def round_kerning(font: TTFont, step: int, variation_step: int) -> TTFont:
    """Round kerning to multiples of `step` units, and its variation to multiples of `variation_step`."""
    store: VarStore | None = getattr(font["GDEF"].table, "VarStore", None)
    for data in store.VarData if store else ():
        data.Item = [[round(delta / variation_step) * variation_step for delta in row] for row in data.Item]
    for value in _kerning(font):
        value.XAdvance = round(getattr(value, "XAdvance", 0) / step) * step
        device = getattr(value, "XAdvDevice", None)
        if device and store:
            varies = device.StartSize != NO_VARIATION and any(store.VarData[device.StartSize].Item[device.EndSize])
            value.XAdvDevice = device if varies else None
    if store:
        moved = store.optimize()
        for table in (font["GDEF"].table, font["GPOS"].table):
            table.remap_device_varidxes(moved)
    return font


def _kerning(font: TTFont) -> Iterable[ValueRecord]:
    for lookup in font["GPOS"].table.LookupList.Lookup:
        for subtable in lookup.SubTable:
            pairs = getattr(subtable, "ExtSubTable", subtable)
            if pairs.LookupType == 2:
                rows = pairs.PairSet if pairs.Format == 1 else pairs.Class1Record
                cells = (c for r in rows for c in (r.PairValueRecord if pairs.Format == 1 else r.Class2Record))
                yield from {id(c.Value1): c.Value1 for c in cells if c.Value1}.values()


def add_o_breve(font: TTFont) -> TTFont:
    """Bricolage Grotesque lacks ŏ and Ŏ (Korean names): the letter, then the breve that its own anchors place."""
    order, breve = font.getGlyphOrder(), font.getBestCmap()[0x306]
    for letter, code in (("o", 0x14F), ("O", 0x14E)):
        name = f"{letter}breve"
        font.setGlyphOrder(order := [*order, name])
        font["glyf"].glyphOrder = order
        font["glyf"][name] = Glyph()
        font["hmtx"][name] = font["hmtx"][letter]
        font["gvar"].variations[name] = []
        widths = font["HVAR"].table.AdvWidthMap.mapping
        widths[name] = widths[letter]
        for table in font["cmap"].tables:
            table.cmap[code] = name
    rules = f"feature ccmp {{ sub obreve by o {breve}; sub Obreve by O {breve}; }} ccmp;"
    addOpenTypeFeaturesFromString(font, rules, tables=["GSUB"])
    return font


def save(font: TTFont, name: str) -> None:
    """Write `font` into `OUT`, without the names of its glyphs and with no date of its own."""
    font["post"].formatType = 3.0  # no glyph names
    font["name"].names = [record for record in font["name"].names if record.nameID in (0, 1, 2, 13)]
    if "STAT" in font:
        del font["STAT"]  # it names styles for menus; browsers have none, and Firefox misses the names
    font.flavor = "woff2"
    font.recalcTimestamp = False
    font.save(OUT / name)


Draw = Callable[[TTGlyphPen], None]


def _polygon(pen: TTGlyphPen, points: Sequence[tuple[float, float]]) -> None:
    pen.moveTo(points[0])
    for point in points[1:]:
        pen.lineTo(point)
    pen.closePath()


def _box(pen: TTGlyphPen, corners: tuple[float, float, float, float], hole: bool = False) -> None:
    left, bottom, right, top = corners
    points = [(left, bottom), (left, top), (right, top), (right, bottom)]
    _polygon(pen, points[::-1] if hole else points)


def _circle(pen: TTGlyphPen, radius: float, hole: bool = False) -> None:
    turns = [math.pi / 8 * (i if hole else -i) for i in range(17)]  # eight quadratic arcs: control points between ends
    reach = [radius / math.cos(math.pi / 8) if i % 2 else radius for i in range(17)]
    points = [(280 + r * math.cos(a), 310 + r * math.sin(a)) for a, r in zip(turns, reach, strict=True)]
    pen.moveTo(points[0])
    for i in range(1, 16, 2):
        pen.qCurveTo(points[i], points[i + 1])
    pen.closePath()


def _person(pen: TTGlyphPen) -> None:
    _circle(pen, 238)
    _circle(pen, 238 - STROKE, hole=True)


def _place(pen: TTGlyphPen) -> None:
    half = (600 - 2 * 1.73 * STROKE) / 2  # an equilateral triangle, the stroke inside it
    _polygon(pen, [(20, 70), (320, 590), (620, 70)])
    _polygon(pen, [(320 + half, 70 + STROKE), (320, 590 - 2 * STROKE), (320 - half, 70 + STROKE)])


def _date(pen: TTGlyphPen) -> None:
    _box(pen, (60, 70, 500, 70 + STROKE))
    _box(pen, (280 - STROKE / 2, 70 + STROKE, 280 + STROKE / 2, 570))


def _term(pen: TTGlyphPen) -> None:
    for angle in (90, 30, 150):
        x, y = math.cos(math.radians(angle)), math.sin(math.radians(angle))
        corners = [(-255, -STROKE / 2), (-255, STROKE / 2), (255, STROKE / 2), (255, -STROKE / 2)]
        _polygon(pen, [(280 + x * a - y * b, 310 + y * a + x * b) for a, b in corners])


def _organization(pen: TTGlyphPen) -> None:
    _box(pen, (60, 80, 520, 540))
    _box(pen, (60 + STROKE, 80 + STROKE, 520 - STROKE, 540 - STROKE), hole=True)


REFERENCES: list[tuple[int, int, Draw]] = [
    (0xE001, 560, _person), (0xE002, 640, _place), (0xE003, 560, _date), (0xE004, 560, _term),
    (0xE005, 580, _organization),
]  # fmt: skip
"""Private code point, advance, drawing: the mark of each kind of annotation."""


def borrowed(sans: TTFont, character: str, width: int, turn: float = 0) -> Draw:
    """The sans's own glyph, centred on `width` units, turned by `turn` degrees about its centre."""
    shapes, names = sans.getGlyphSet(), sans.getBestCmap()
    bounds, outline = BoundsPen(shapes), DecomposingRecordingPen(shapes)
    shapes[names[ord(character)]].draw(outline)
    outline.replay(bounds)
    x, y = (bounds.bounds[0] + bounds.bounds[2]) / 2, (bounds.bounds[1] + bounds.bounds[3]) / 2
    c, s = math.cos(math.radians(turn)), math.sin(math.radians(turn))
    place = (c, s, -s, c, width / 2 - x * c + y * s, y - x * s - y * c)
    return lambda pen: outline.replay(TransformPen(pen, place))


def signs(path: Path) -> TTFont:
    """Manchette Signes: the thin space, the verdicts' signs on one width, the reference marks, arrows."""
    sans = cut(path, VERDICTS + "→↑←", {"opsz": 14, "wght": 650, "wdth": 100}, [])
    same, arrow, up = (sans["hmtx"][sans.getBestCmap()[ord(character)]][0] for character in "=→↑")
    drawn: list[tuple[int, int, Draw]] = [(0x202F, 150, lambda pen: None), *REFERENCES]
    drawn.append((ord("↗"), arrow, borrowed(sans, "→", arrow, 45)))
    for characters, width in ((VERDICTS, same), ("→←", arrow), ("↑", up)):
        drawn += [(ord(character), width, borrowed(sans, character, width)) for character in characters]
    glyphs, advances = {".notdef": Glyph()}, {".notdef": 500}
    for code, advance, draw in drawn:
        draw(pen := TTGlyphPen(None))
        glyphs[f"u{code:04X}"], advances[f"u{code:04X}"] = pen.glyph(), advance

    builder = FontBuilder(EM)
    builder.setupGlyphOrder([*glyphs])
    builder.setupCharacterMap({code: f"u{code:04X}" for code, _, _ in drawn})
    builder.setupGlyf(glyphs)
    builder.setupHorizontalMetrics({n: (advances[n], getattr(glyphs[n], "xMin", 0)) for n in glyphs})
    top, bottom = sans["hhea"].ascent, sans["hhea"].descent
    builder.setupHorizontalHeader(ascent=top, descent=bottom)
    builder.setupOS2(sTypoAscender=top, sTypoDescender=bottom, usWinAscent=top, usWinDescent=-bottom)
    names = {"copyright": f"Copyright 2025 Manchette. {VERDICTS} and arrows: {sans['name'].getDebugName(0)}"}
    names |= {"familyName": "Manchette Signes", "styleName": "Regular"}
    builder.setupNameTable(names | {"licenseDescription": sans["name"].getDebugName(13)}, mac=False)
    builder.setupPost()
    builder.font["head"].created = builder.font["head"].modified = sans["head"].modified
    return builder.font


def save_for_pictures(faces: Mapping[str, tuple[str, TTFont]]) -> None:
    """Write each font, by the name of its file and its family, and the advances of all into `PICTURES`."""
    advances: dict[str, dict[int, str]] = {}
    for file, (family, font) in faces.items():
        font["post"].formatType = 3.0
        names = font["name"]
        names.names = [record for record in names.names if record.nameID in (0, 13)]
        for number, said in ((1, family), (2, "Regular"), (6, family.replace(" ", ""))):
            names.setName(said, number, 3, 1, 0x409)
        if "STAT" in font:
            del font["STAT"]
        font.flavor = None
        font.recalcTimestamp = False
        font.save(PICTURES / f"{file}.ttf")
        widths, found = font["hmtx"].metrics, advances.setdefault(file, {})
        for code, name in sorted(font.getBestCmap().items()):
            found[widths[name][0]] = found.get(widths[name][0], "") + chr(code)
    told = json.dumps(advances, ensure_ascii=False, indent=0, sort_keys=True)
    (PICTURES / "advances.json").write_text(f"{told}\n", encoding="utf-8", newline="\n")


def make_for_pictures(newsreader: Path, bricolage: Path) -> None:
    """Write the fonts of the articles' pictures: headline, words, the site's name, signs."""
    roman, sans = next(newsreader.glob("files/Newsreader[[]*.ttf")), next(bricolage.glob("files/*.ttf"))
    everything = FRENCH + EXTENDED
    notes, name = {"opsz": 14, "wght": 400, "wdth": 100}, {"opsz": 14, "wght": 800, "wdth": 75}
    headline = cut(roman, everything, {"opsz": 57, "wght": 500}, ["kern", "liga", "pnum"])
    save_for_pictures(
        {
            "headline": ("Newsreader", headline),
            "words": ("Bricolage", cut(sans, everything, notes, ["kern"])),
            "name": ("Bricolage Condensed", cut(sans, everything, name, ["kern"])),
            "signs": ("Manchette Signes", signs(sans)),
        }
    )


def make(newsreader: Path, bricolage: Path) -> None:
    """Write every font file and licence into `OUT`, which exists."""
    roman, italic = (next(newsreader.glob(f"files/{face}[[]*.ttf")) for face in ("Newsreader", "Newsreader-Italic"))
    sans = next(bricolage.glob("files/*.ttf"))
    text, title, bold = {"opsz": 20, "wght": 400}, {"opsz": 57, "wght": 500}, {"opsz": 20, "wght": 600}
    notes: Axes = {"opsz": 14, "wght": (400, 800), "wdth": (75, 100)}
    for part, characters, features in (("", FRENCH, ["kern", "liga", "pnum"]), ("-ext", EXTENDED, ["mark"])):
        small, large = (cut(roman, characters, at, features) for at in (text, title))
        sized = by_size(small, large, (20, 57), phone_title=(33, 0.6))
        save(round_kerning(sized, 4, 8), f"newsreader{part}.woff2")
        save(round_kerning(cut(roman, characters, bold, features), 4, 8), f"newsreader-bold{part}.woff2")
        leaning = cut(italic, characters, {"opsz": 18, "wght": 400}, features)
        save(round_kerning(leaning, 4, 8), f"newsreader-italic{part}.woff2")
    save(round_kerning(cut(sans, FRENCH, notes, ["kern"]), 4, 16), "bricolage.woff2")
    save(add_o_breve(cut(sans, EXTENDED + "oO\u0306", notes, ["mark"])), "bricolage-ext.woff2")
    save(signs(sans), "manchette-signes.woff2")
    for folder, family in ((newsreader, "Newsreader"), (bricolage, "Bricolage-Grotesque")):
        text_of = (folder / "LICENSE").read_text(encoding="utf-8")
        (OUT / f"OFL-{family}.txt").write_text(text_of, encoding="utf-8", newline="\n")


def ranges(characters: str) -> str:
    """The characters as a value of CSS `unicode-range`."""
    runs: list[list[int]] = []
    for code in sorted(map(ord, characters)):
        if runs and runs[-1][-1] == code - 1:
            runs[-1].append(code)
        else:
            runs.append([code])
    return ",".join(f"U+{run[0]:X}" + (f"-{run[-1]:X}" if run[1:] else "") for run in runs)


if __name__ == "__main__":
    OUT.mkdir(parents=True, exist_ok=True)
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        found = releases(Path(folder))
        make(found["newsreader"], found["bricolage-grotesque"])
        make_for_pictures(found["newsreader"], found["bricolage-grotesque"])
    for file in sorted(OUT.glob("*.woff2")):
        print(f"{file.stat().st_size:>7} {file.name}")
    for label, characters in (("French", FRENCH), ("extended", EXTENDED), ("signs", SIGNS)):
        print(f"unicode-range, {label}: {ranges(characters)}")
