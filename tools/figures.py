"""What was measured, as a page of the site shows it: tables between two comments of its text, and curves.

A page that shows figures has, for each table, a line `<!-- figures: NAME -->` and a line `<!-- end of figures -->`;
what stands between them is written by the measurement, with the version that was measured.
"""

from __future__ import annotations

import os
import platform
import re
from collections.abc import Mapping, Sequence
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

from babel.numbers import format_decimal

from manchette.format.edtf import When
from manchette.typeset.dates import words

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "grande-bibliotheque.md"
IMAGES = ROOT / "docs" / "images"
BETWEEN = r"(?s)(<!-- figures: {} -->\n).*?(<!-- end of figures -->)"

# Colours as the drawing library is told them → what they are called in the file, in light and in dark: the theme's.
# An image takes the scheme of its page; where a browser gives it another, its own ground keeps it legible.
COLOURS = {
    "#010101": ("ink", "#14171b", "#e7e5df"),
    "#020202": ("paper", "#f8f9f7", "#121518"),
    "#030303": ("rule", "#d6d8d4", "#31363b"),
    "#040404": ("ours", "#17498f", "#8db5f2"),
    "#050505": ("plain", "#464b51", "#b6b8b7"),
    "#060606": ("glossary", "#c02f08", "#ff8c6b"),
}
INK, PAPER, RULE, *LINES = COLOURS


class Curve(NamedTuple):
    """A line of a drawing: what it is called, in French, and its points."""

    name: str
    points: Mapping[int, float]


def number(value: float | None, digits: int = 1) -> str:
    """A number as French writes it; a dash for what was not measured. No digits after the comma from a hundred on."""
    if value is None:
        return "—"
    whole = isinstance(value, int) or value >= 100
    return format_decimal(value, "#,##0" if whole else f"#,##0.{'0' * digits}", locale="fr").replace("-", "−")


def table(columns: Sequence[Sequence[str]]) -> str:
    """A Markdown table of columns, of which the first says what the others are; three more fit on a phone."""
    head, *rows = zip(*columns, strict=True)
    ruler = [":--", *["--:"] * (len(columns) - 1)]
    return "".join(f"| {' | '.join(row)} |\n" for row in (head, ruler, *rows))


def measured() -> str:
    """The sentence that says of which version the figures are, and where and when they were taken."""
    today = words(When.parse(date.today().isoformat()))
    return (
        f"Mesuré le {today} avec la version {version('manchette')}, Python {platform.python_version()}, "
        f"{os.cpu_count()} cœurs.\n"
    )


def put(name: str, text: str, page: Path = PAGE) -> None:
    """Write what was measured into its place on the page. A site without the page shows no figures.

    Raises LookupError, where the page has no such place.
    """
    if not page.exists():
        return
    before = page.read_text("utf-8")
    after, found = re.subn(BETWEEN.format(re.escape(name)), lambda place: f"{place[1]}\n{text}\n{place[2]}", before)
    if found != 1:
        raise LookupError(f"{page}: one place for the figures is wanted, <!-- figures: {name} -->; there are {found}")
    page.write_text(after, "utf-8")


def draw(name: str, curves: Sequence[Curve], across: str, up: str) -> None:
    """Draw curves from zero into IMAGES, so small that a phone shows them at their size. Needs `make bench`'s list.

    `across` and `up` say in French what the axes are. A site without the page gets none.
    """
    if not PAGE.exists():
        return
    # Here, lest it count into what a measurement starts: a child's peak of memory begins at its parent's.
    import matplotlib as mpl  # noqa: PLC0415
    from matplotlib.figure import Figure  # noqa: PLC0415
    from matplotlib.ticker import FuncFormatter, MaxNLocator  # noqa: PLC0415

    style = {
        "svg.fonttype": "none",  # text stays text
        "svg.hashsalt": name,  # else its ids are new at every run
        "font.family": "sans-serif",
        "font.sans-serif": ["DejaVu Sans"],
        "font.size": 11,
        **dict.fromkeys(("text.color", "axes.edgecolor", "axes.labelcolor", "xtick.color", "ytick.color"), INK),
    }
    with mpl.rc_context(style):
        figure = Figure(figsize=(5, 3.5), layout="constrained", facecolor=PAPER)
        axes = figure.subplots()
        axes.set_facecolor(PAPER)
        for curve, colour, dash, sign in zip(curves, LINES, ("-", "--", ":"), "os^", strict=True):
            across_it, up_it = zip(*sorted(curve.points.items()), strict=True)
            axes.plot(across_it, up_it, dash, color=colour, marker=sign, markersize=5, label=curve.name)
        axes.set(xlabel=across, ylabel=up, xlim=0, ylim=0)
        for axis in (axes.xaxis, axes.yaxis):
            axis.set_major_locator(MaxNLocator(5, integer=True, steps=[1, 2, 5, 10]))
            axis.set_major_formatter(FuncFormatter(lambda value, _: number(int(value))))
        axes.grid(color=RULE, linewidth=0.8)
        axes.spines[["top", "right"]].set_visible(False)
        figure.legend(loc="outside upper left", ncols=2, frameon=False)
        IMAGES.mkdir(exist_ok=True)
        path = IMAGES / f"{name}.svg"
        nothing = dict.fromkeys(("Date", "Creator", "Format", "Type"))
        figure.savefig(path, format="svg", metadata=nothing, facecolor=PAPER)
    path.write_text(_coloured(path.read_text("utf-8")), "utf-8")


def _coloured(svg: str) -> str:
    """Let the reader's scheme choose the colours, and the reader's machine a typeface."""
    both = "".join(f"--{name}:light-dark({light},{dark});" for name, light, dark in COLOURS.values())
    for told, (name, _, _) in COLOURS.items():
        svg = svg.replace(told, f"var(--{name})")
    svg = re.sub(r"'DejaVu Sans'[^;\"]*", "system-ui, sans-serif", svg)
    svg = re.sub(r"(?s)^.*?(?=<svg)", "", svg)  # a declaration that names another host
    return svg.replace("</style>", f"svg{{color-scheme:light dark;{both}}}</style>", 1)
