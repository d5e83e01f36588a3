"""README's picture: the first article of the built site, on a wide screen, in light."""

from pathlib import Path

from playwright.sync_api import sync_playwright

from tools.machine import CHROMIUM_FLAGS, find
from tools.static import served

ROOT = Path(__file__).parent.parent
PICTURE = ROOT / ".github" / "picture.png"


def main() -> None:
    """Write PICTURE from `site/`, 1440 × 1400 CSS pixels."""
    article = min((ROOT / "site" / "articles").glob("*/index.html")).parent
    with served(ROOT / "site") as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find("chromium"), args=CHROMIUM_FLAGS)
        page = browser.new_page(viewport={"width": 1440, "height": 1400}, color_scheme="light", locale="fr-FR")
        page.goto(f"{address}articles/{article.name}/", wait_until="networkidle")
        page.evaluate("document.fonts.ready")
        page.screenshot(path=PICTURE)
        browser.close()
    print(PICTURE.relative_to(ROOT))


if __name__ == "__main__":
    main()
