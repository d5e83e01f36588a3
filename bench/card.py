"""How soon a card is on screen after its delay of 350 ms.

    python bench/card.py [rounds]

Opens the built article (`make build`) and rests the mouse on names, one after the other. A clock in the page runs from
the event that starts the delay to the first frame that begins with the card open; a frame lasts 16.7 ms.
"""

from __future__ import annotations

import statistics
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

from tools.machine import CHROMIUM_FLAGS, find
from tools.static import served

ARTICLE = f"articles/{min(path.name for path in (Path(__file__).parent.parent / 'docs/articles').iterdir())}/"
DELAY = 350  # ms, as in the script
ROUNDS = int(sys.argv[1]) if sys.argv[1:] else 20

# The time of the event that starts the delay, and that of the frame after the one in which the card appeared.
WATCH = """mark => {
    window.shown = new Promise(done => {
        let start;
        mark.addEventListener("pointerover", event => { start = event.timeStamp; }, {once: true, capture: true});
        const card = () => document.querySelector(".mch-note:popover-open");
        const look = now => card() ? done(now - start) : requestAnimationFrame(look);
        requestAnimationFrame(look);
    });
}"""


def measure(site: Path) -> list[float]:
    """Milliseconds from the end of the delay to the next frame with the card in it, one a round."""
    late = []
    with served(site) as server, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=find("chromium"), args=CHROMIUM_FLAGS)
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        page.goto(server + ARTICLE)
        marks = page.locator(".mch-text a.mch-m:not([tabindex])").all()
        for turn in range(ROUNDS):
            mark = marks[turn % len(marks)]
            mark.scroll_into_view_if_needed()
            page.mouse.move(2, 450)
            page.wait_for_timeout(400)
            mark.evaluate(WATCH)
            mark.hover()
            late.append(float(page.evaluate("shown")) - DELAY)
        browser.close()
    return late


if __name__ == "__main__":
    found = sorted(measure(Path("site")))
    within = sum(ms <= 2 * 1000 / 60 for ms in found)  # the frame that opens it, and the one that tells us so
    print(f"{ROUNDS} cards: median {statistics.median(found):.1f} ms, worst {found[-1]:.1f} ms after the delay")
    print(f"{within} of {ROUNDS} are on screen within one frame")
