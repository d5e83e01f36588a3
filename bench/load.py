"""What the browser's main thread does while a long article opens, until it rests, and how heavy its HTML is.

    python bench/load.py [--site DIR] [--against DIR] [--page PATH] [--rounds N] [--throttle RATE]

Without a site, `tests/synthetic/long.py`'s article is built: 9,600 words, 200 claims, 500 marks. With `--against`, a
site that another version built is opened in turn with it, so that both meet the same load of the machine. Seconds are
the browser's own count of its main thread; medians of N rounds, each in a window that has loaded nothing yet.
"""

from __future__ import annotations

import argparse
import gzip
import os
import statistics
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from tests.synthetic import long  # noqa: E402 - after the path
from tools.machine import CHROMIUM_FLAGS, find  # noqa: E402
from tools.static import served  # noqa: E402

WINDOWS = ((390, 844), (1440, 900))
# Of Chromium's metrics: what is a time, in seconds, and what is counted; and what they are called here.
TIMES = {
    "TaskDuration": "main thread",
    "ScriptDuration": "script",
    "LayoutDuration": "layout",
    "RecalcStyleDuration": "style",
}
COUNTS = {"LayoutCount": "layouts", "RecalcStyleCount": "styles"}
QUIET = 300  # ms in which a page that rests does less than BUSY
BUSY = 0.002  # seconds

Figures = dict[str, float]


def main() -> None:
    """Measure, and print a table for each window."""
    asked = argparse.ArgumentParser()
    asked.add_argument("--site", type=Path)
    asked.add_argument("--against", type=Path)
    asked.add_argument("--page", default=f"articles/{long.NAME}/")
    asked.add_argument("--rounds", type=int, default=7)
    asked.add_argument("--throttle", type=float, default=1)
    asked = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        site = asked.site or build(Path(folder))
        sites = {"before": asked.against, "now": site} if asked.against else {"now": site}
        for name, each in sites.items():
            html = (each / asked.page / "index.html").read_bytes()
            print(f"{name}: {len(html):,} bytes of HTML, {len(gzip.compress(html, 9)):,} compressed")
        for window in WINDOWS:
            print(told(window, measure(sites, asked.page, window, asked.rounds, asked.throttle)))


def build(folder: Path) -> Path:
    """Write the long article and build it."""
    long.long_article(folder / "project")
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", str(folder / "site")]
    subprocess.run(command, cwd=folder / "project", env={**os.environ, "CI": ""}, check=True)
    return folder / "site"


def measure(
    sites: dict[str, Path], path: str, window: tuple[int, int], rounds: int, throttle: float
) -> dict[str, Figures]:
    """Site → the median of each figure; the sites are opened in turn."""
    found: dict[str, list[Figures]] = {name: [] for name in sites}
    with ExitStack() as open_, sync_playwright() as driver:
        servers = {name: open_.enter_context(served(site)) for name, site in sites.items()}
        browser = driver.chromium.launch(executable_path=find("chromium"), args=CHROMIUM_FLAGS)
        for turn in range(rounds + 1):
            for name, server in servers.items():
                figures = load(browser, server + path, window, throttle)
                if turn:  # the first load also starts what all share
                    found[name].append(figures)
        browser.close()
    return {
        name: {key: statistics.median(each[key] for each in figures) for key in (*TIMES, *COUNTS)}
        for name, figures in found.items()
    }


def load(browser: Browser, url: str, window: tuple[int, int], throttle: float) -> Figures:
    """Open a page in a window of its own, and say what it took until it rests."""
    context = browser.new_context(viewport={"width": window[0], "height": window[1]})
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": throttle})
    session.send("Performance.enable")
    page.goto(url, timeout=120_000)
    page.evaluate("document.fonts.ready")
    taken: Figures = {}
    while True:
        before, taken = taken, {one["name"]: one["value"] for one in session.send("Performance.getMetrics")["metrics"]}
        if before and taken["TaskDuration"] - before["TaskDuration"] < BUSY * throttle:
            break
        page.wait_for_timeout(QUIET)
    context.close()
    return taken


def told(window: tuple[int, int], found: dict[str, Figures]) -> str:
    """What the terminal shows of a window."""
    columns = {key: f"{name} ms" for key, name in TIMES.items()} | COUNTS
    lines = [f"{window[0]} px".ljust(10) + "".join(f"{name:>16}" for name in columns.values())]
    for name, figures in found.items():
        values = [figures[key] * (1000 if key in TIMES else 1) for key in columns]
        lines.append(f"{name:10}" + "".join(f"{value:16,.0f}" for value in values))
    if len(found) == 2:
        before, now = found.values()
        lines.append("ratio".ljust(10) + "".join(f"{now[key] / before[key]:16.2f}" for key in columns))
    return "\n".join(lines)


if __name__ == "__main__":
    main()
