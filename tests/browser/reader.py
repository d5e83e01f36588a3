"""What a reader sees of the sample's article, and when it is all there to be looked at."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Locator, Page

ARTICLE = "articles/esturgeon/"
DOORS = [f"{ARTICLE}{door}/" for door in ("chronologie", "affirmations", "carte", "registre")]

PERSON = "#person--maelle-kerdraon--2"  # where the text first names her: it has spoken of her before
CLAIM = "#claim--relaches-dans-l-estuaire"
CALL = '.mch-call[href$="--relaches-dans-l-estuaire"]'

Visit = Callable[..., Page]


def card(page: Page) -> Locator:
    return page.locator(".mch-note:popover-open")


def note_of(page: Page, mark: str) -> Locator:
    return page.locator(re.sub(r"#([a-z]+--[a-z0-9-]+?)(--\d+)?$", r"#note--\1", mark))


def focus_is_in(page: Page, selector: str) -> bool:
    return bool(page.evaluate("selector => !!document.activeElement.closest(selector)", selector))


def layers(page: Page) -> Locator:
    """The switches of the layers, unfolded where they are folded."""
    folded = page.locator(".mch-layers summary")
    if folded.is_visible():
        folded.click()
    return page.locator(".mch-layers")


def box(locator: Locator) -> dict[str, float]:
    found = locator.bounding_box()
    assert found
    return {**found, "right": found["x"] + found["width"], "bottom": found["y"] + found["height"]}


def without_cross_and_style(page: Page) -> str:
    """What must be as before when a card has gone: all but where the buttons of cards have stayed."""
    buttons = r'\s*<button class="mch-(?:x|turn)".*?</button>\s*|\sstyle="[^"]*"'
    return re.sub(buttons, "", page.locator(".mch-notes").inner_html())


def settled(page: Page) -> None:
    """Wait until the page has stopped scrolling."""
    page.evaluate("""() => new Promise(done => {
        let still = 0, last = scrollY;
        const look = () => {
            still = scrollY === last ? still + 1 : 0;
            last = scrollY;
            still > 8 ? done() : requestAnimationFrame(look);
        };
        look();
    })""")


def shifted(page: Page) -> float:
    """How much of what was painted has moved so far, by no one's doing: Chromium's layout shift score."""
    return float(
        page.evaluate("""() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => {
            const watch = new PerformanceObserver(() => {});
            watch.observe({type: "layout-shift", buffered: true});
            const shifts = watch.takeRecords().filter(shift => !shift.hadRecentInput);
            done(shifts.reduce((sum, shift) => sum + shift.value, 0));
        })))""")
    )


def stops(page: Page) -> int:
    """How often Tab is pressed from one end of a page to the other."""
    page.evaluate("getSelection().empty(); document.activeElement.blur(); scrollTo(0, 0)")
    reached = 0
    while True:
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement === document.body"):
            return reached
        reached += 1
        assert reached < 1000
