"""Time and memory of building libraries that nobody wrote, of 1 article to 300, or to 1,000 with BENCH_FULL=1.

    python bench/build.py [ARTICLES…]

Each is built in the same run by ours, by Material alone, which gets the same pages and prints the lines of our macros
as text, and by Material with its own glossary, which explains the register's names on every page. Ours is built once
more with a search, which is timed by itself, and once more with the files for other programs (feeds, calendars, pages
of claims, pictures, exports), so that these are told apart. Seconds are of the processor, the children's too. The page
on large libraries (`tools/figures.py`) gets the table and the curves.
"""

from __future__ import annotations

import json
import math
import os
import subprocess
import sys
import tempfile
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

from mkdocs.utils import yaml_load

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from tests.synthetic.generate import generate  # noqa: E402 - after the path
from tools import figures  # noqa: E402

SIZES = [1, 10, 100, 300, *([1000] if os.environ.get("BENCH_FULL") else [])]
GLOSSARY_UP_TO = 100  # articles; beyond, it takes many times what all the rest does
SMALL = 10  # articles, up to which starting is most of the time
SHORT = 10  # seconds, under which what else the machine does shows in the figures
SHOWN = 3  # sizes in the page's table, the largest: no more fit on a phone
OURS, SEARCH, FILES, PLAIN, GLOSSARY = "ours", "with search", "with files", "plain", "abbr"
NO_SEARCH = "sys.modules['pagefind_bin'] = None"
TIMED_SEARCH = """
import os
from manchette.engine.hooks import _Search
def timed(search, end=_Search.on_post_build, **given):
    before = sum(os.times()[:4])
    end(search, **given)
    with open("apart", "w") as file:
        print(sum(os.times()[:4]) - before, file=file)
_Search.on_post_build = timed
"""
NO_FILES = "from manchette import macros; macros._published = lambda site, home: {}"
# What the page calls them, and the lines of its table.
NAMES = {OURS: "Manchette", PLAIN: "Material seul", GLOSSARY: "Material et son glossaire"}
HEAD = (
    *("Articles", "Manchette (s)", "recherche en plus (s)", "fichiers en plus (s)"),
    *("Material seul (s)", "Material et glossaire (s)"),
    *("rapport à Material seul", "de plus par article (ms)", "mémoire de Manchette (Mo)"),
)


class Used(NamedTuple):
    """What a build took: seconds of the processor, and megabytes at its peak."""

    seconds: float
    megabytes: float


Built = dict[int, dict[str, Used]]
"""Articles → way → what it took."""


def main() -> None:
    """Build, print, and write what the page shows."""
    sizes = [int(size) for size in sys.argv[1:]] or SIZES
    with tempfile.TemporaryDirectory() as folder:
        built = {size: library(Path(folder, str(size)), size) for size in sizes}
    print(told(built))
    columns = [HEAD, *(column(built, size) for size in sorted(built)[-SHOWN:])]
    figures.put("build", f"{figures.table(columns)}\n{f'{grown(built)} {figures.measured()}'.strip()}")
    for name, at, up in (("cout-temps", 0, "Secondes de processeur"), ("cout-memoire", 1, "Mégaoctets, au plus")):
        curves = [
            figures.Curve(called, {size: ways[way][at] for size, ways in built.items() if way in ways})
            for way, called in NAMES.items()
        ]
        figures.draw(name, curves, "Articles", up)


def library(folder: Path, articles: int) -> dict[str, Used]:
    """Make a library and build it in every way."""
    generate(folder, articles)
    settings = yaml_load((folder / "mkdocs.yml").read_text("utf-8"))
    bare = {
        "plugins": [],
        "markdown_extensions": [one for one in settings["markdown_extensions"] if one != "manchette"],
    }
    ours = {"extra": {"manchette": {"everywhere": True}}}
    unsearched = {**ours, "plugins": [one for one in settings["plugins"] if "search" not in one]}
    found = {
        OURS: build(folder, unsearched, NO_SEARCH, NO_FILES),
        FILES: build(folder, {**unsearched, "site_url": "https://example.org/"}, NO_SEARCH),
        PLAIN: build(folder, bare),
    }
    build(folder, ours, TIMED_SEARCH, NO_FILES)  # less than two builds differ by
    apart = float((folder / "apart").read_text("utf-8"))
    found[SEARCH] = found[OURS]._replace(seconds=found[OURS].seconds + apart)
    if articles <= GLOSSARY_UP_TO:
        entries = [
            entry
            for register in ("people", "organizations", "places", "terms")
            for entry in json.loads((folder / f"annotations/{register}.yml").read_text("utf-8")).values()
        ]
        names = "".join(f"*[{entry['name']}]: {entry['description']}\n" for entry in entries)
        (folder / "abbreviations.md").write_text(names, "utf-8")
        snippets = {"pymdownx.snippets": {"auto_append": ["abbreviations.md"]}}
        more = [*bare["markdown_extensions"], "abbr", snippets]
        found[GLOSSARY] = build(folder, {**bare, "markdown_extensions": more})
    return found


def build(project: Path, settings: dict[str, Any], *without: str) -> Used:
    """Build a project with some settings changed, a short build thrice, and take the fastest.

    `without`: lines of Python that leave out a part of ours.
    """
    (project / "changed.yml").write_text(json.dumps({"INHERIT": "mkdocs.yml", **settings}), "utf-8")
    program = "\n".join(["import sys", *without, "from mkdocs.__main__ import cli", "cli()"])
    command = [sys.executable, "-c", program, "build", "--quiet", "--config-file", "changed.yml"]
    runs = [run(command, project)]
    while len(runs) < 3 and sum(each.seconds for each in runs) < SHORT:
        runs.append(run(command, project))
    return min(runs)


def run(command: list[str], project: Path) -> Used:
    """Run a build in a project, which ends this one where it fails."""
    with tempfile.TemporaryFile() as said:
        child = subprocess.Popen(command, cwd=project, env={**os.environ, "CI": "true"}, stdout=said, stderr=said)
        _, status, used = os.wait4(child.pid, 0)
        if status:
            said.seek(0)
            sys.exit(f"the build of {project.name} articles failed:\n{said.read().decode()[-4000:]}")
    unit = 1e6 if sys.platform == "darwin" else 1e6 / 1024  # of ru_maxrss: bytes there, kibibytes elsewhere
    return Used(used.ru_utime + used.ru_stime, used.ru_maxrss / unit)


# ---- what the figures say


def added(built: Built, size: int) -> int | None:
    """Milliseconds that ours takes more than plain for an article beyond the first ones; None without any beyond."""
    if SMALL not in built or size <= SMALL:
        return None
    more = {articles: built[articles][OURS].seconds - built[articles][PLAIN].seconds for articles in (SMALL, size)}
    return round(1000 * (more[size] - more[SMALL]) / (size - SMALL))


def growth(built: Built, way: str, at: int) -> list[tuple[int, int, float]]:
    """From one size to the next, the exponent by which what the first article does not take grows; 1 is linear."""
    points = [(size, ways[way][at]) for size, ways in sorted(built.items()) if way in ways]
    first, base = points[0]
    rest = [(size, value - base) for size, value in points[1:] if value > base]
    return [
        (one, other, math.log(more / less) / math.log((other - first) / (one - first)))
        for (one, less), (other, more) in pairwise(rest)
    ]


def extra(ways: dict[str, Used], way: str) -> float:
    """Seconds that a search, or files, add; none, where that is less than two builds differ by."""
    return max(0.0, ways[way].seconds - ways[OURS].seconds)


def column(built: Built, size: int) -> list[str]:
    """What the page's table says of one size, in the order of HEAD."""
    ways = built[size]
    ours, plain = ways[OURS], ways[PLAIN]
    glossary = ways[GLOSSARY].seconds if GLOSSARY in ways else None
    seconds = (ours.seconds, extra(ways, SEARCH), extra(ways, FILES), plain.seconds, glossary)
    values = (size, *seconds, ours.seconds / plain.seconds, added(built, size), round(ours.megabytes))
    return [figures.number(value) for value in values]


def grown(built: Built) -> str:
    """The page's sentence on how the time grows."""
    steps = [(name, *step[-1]) for way, name in NAMES.items() if (step := growth(built, way, 0))]
    told = ", ".join(
        f"{figures.number(power, 2)} de {figures.number(one)} à {figures.number(other)} articles ({name})"
        for name, one, other, power in steps
    )
    return told and (
        f"Au-delà du premier article, le temps croît comme le nombre d’articles à la puissance {told} ; "
        "à la puissance 1, il croît en proportion."
    )


def told(built: Built) -> str:
    """What the terminal shows: the table, ratios, and how each grows."""
    columns = (
        *("articles", "ours s", "search s", "files s", "plain s", "abbr s"),
        *("ours/plain", "ms/article", "MB", "plain MB"),
    )
    lines = ["".join(f"{column:>12}" for column in columns)]
    for size, ways in built.items():
        ours, plain, more = ways[OURS], ways[PLAIN], added(built, size)
        values = (
            *(ours.seconds, extra(ways, SEARCH), extra(ways, FILES), plain.seconds),
            *(ways[GLOSSARY].seconds if GLOSSARY in ways else None, ours.seconds / plain.seconds, more),
            *(ours.megabytes, plain.megabytes),
        )
        lines.append(f"{size:12,}" + "".join(f"{'-' if value is None else f'{value:,.1f}':>12}" for value in values))
    lines.append(f"ms/article: ours minus plain, an article beyond the first {SMALL}; s: of the processor; MB: peak")
    for at, what in enumerate(Used._fields):
        for way in (OURS, PLAIN, GLOSSARY):
            steps = growth(built, way, at)
            said = ", ".join(f"{one:,} → {other:,}: n^{power:.2f}" for one, other, power in steps)
            verdict = "linear or less" if all(power < 1.15 for *_, power in steps) else "more than linear"
            lines.append(f"{what} of {way}, beyond the first article: {said} ({verdict})" if steps else "")
    return "\n".join(filter(None, lines))


if __name__ == "__main__":
    main()
