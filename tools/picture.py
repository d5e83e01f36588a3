"""Pictures of the built site: README's, and those of the contributors' page. On a wide screen, in light."""

from pathlib import Path

from playwright.sync_api import sync_playwright

from tools.machine import CHROMIUM_FLAGS, find
from tools.static import served

ROOT = Path(__file__).parent.parent
PICTURE = ROOT / ".github" / "picture.png"
PAGES = ROOT / "docs" / "images"


def main() -> None:
    """Write PICTURE, a note's links and the form that selected words open, from `site/`."""
    article = min((ROOT / "site" / "articles").glob("*/index.html")).parent
    with served(ROOT / "site") as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find("chromium"), args=CHROMIUM_FLAGS)
        page = browser.new_page(viewport={"width": 1440, "height": 900}, color_scheme="light", locale="fr-FR")
        page.goto(f"{address}articles/{article.name}/", wait_until="networkidle")
        page.evaluate("document.fonts.ready")
        page.screenshot(path=PICTURE)

        page.locator("a.mch-m[data-kind=person]").first.click()
        page.wait_for_timeout(300)
        card = page.locator(".mch-note:popover-open").bounding_box()
        assert card
        x, y, width, height = card["x"] - 60, card["y"] - 60, card["width"] + 120, card["height"] + 120
        page.screenshot(path=PAGES / "proposer.png", clip={"x": x, "y": y, "width": width, "height": height})
        page.keyboard.press("Escape")

        page.set_viewport_size({"width": 820, "height": 900})
        page.evaluate("""() => {
            const words = document.querySelector(".mch-text [data-kind=claim]");
            words.scrollIntoView({block: "center"});
            getSelection().selectAllChildren(words);
        }""")
        page.get_by_role("button", name="Annoter").click()
        page.wait_for_timeout(500)
        page.screenshot(path=PAGES / "annoter.png")
        browser.close()
    for path in (PICTURE, PAGES / "proposer.png", PAGES / "annoter.png"):
        print(path.relative_to(ROOT))


if __name__ == "__main__":
    main()
