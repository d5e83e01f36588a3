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

        page.set_viewport_size({"width": 820, "height": 900})
        page.locator(".mch-text p:nth-of-type(n+3) a.mch-m[data-kind=person]").first.click()
        page.mouse.move(0, 0)
        page.wait_for_timeout(300)
        card, text = (page.locator(each).bounding_box() for each in (".mch-note:popover-open", ".mch-text"))
        assert card
        assert text
        x, y, height = text["x"] - 50, card["y"] - 80, card["height"] + 130
        width = max(box["x"] + box["width"] for box in (card, text)) + 20 - x
        page.screenshot(path=PAGES / "proposer.png", clip={"x": x, "y": y, "width": width, "height": height})
        page.keyboard.press("Escape")

        page.evaluate("""() => {
            const plain = [...document.querySelectorAll(".mch-text p")].flatMap(p => [...p.childNodes])
                .filter(node => node.nodeType === 3 && node.length > 40)[0];
            plain.parentElement.scrollIntoView({block: "start"});
            scrollBy(0, -120);
            getSelection().setBaseAndExtent(plain, 0, plain, plain.data.lastIndexOf(" ", 60));
        }""")
        page.get_by_role("button", name="Annoter").press("Enter")
        page.wait_for_timeout(500)
        page.screenshot(path=PAGES / "annoter.png")
        browser.close()
    for path in (PICTURE, PAGES / "proposer.png", PAGES / "annoter.png"):
        print(path.relative_to(ROOT))


if __name__ == "__main__":
    main()
