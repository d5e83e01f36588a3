"""Lighthouse's scores, as a phone, for the front page and an article of the built site, served compressed."""

import json
import os
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

from tools.machine import CHROMIUM_FLAGS, find
from tools.static import served

ROOT = Path(__file__).parent.parent
COMMAND = ROOT / "node_modules" / ".bin" / "lighthouse"


def chromium() -> str:
    """Return the path of this machine's Chromium, or of Playwright's."""
    with sync_playwright() as playwright:
        return find("chromium") or playwright.chromium.executable_path


def scores(address: str, browser: str) -> dict[str, int]:
    """Return category → score out of 100 of one page."""
    flags = " ".join(["--headless=new", *CHROMIUM_FLAGS])
    command = [str(COMMAND), address, "--quiet", "--output=json", f"--chrome-flags={flags}"]
    ran = subprocess.run(command, env=os.environ | {"CHROME_PATH": browser}, capture_output=True, text=True, check=True)
    return {name: round(100 * (found["score"] or 0)) for name, found in json.loads(ran.stdout)["categories"].items()}


def main() -> None:
    """Print one line a page; exit 1 where accessibility, best practices or SEO is below 100."""
    if not COMMAND.exists():
        sys.exit("Lighthouse needs Node.js and npm: install them, remove node_modules and try again.")
    article = min((ROOT / "site" / "articles").glob("*/index.html")).parent
    browser = chromium()
    short = False
    with served(ROOT / "site") as address:
        for path in ("", f"articles/{article.name}/"):
            found = scores(address + path, browser)
            short |= any(score < 100 for name, score in found.items() if name != "performance")
            print(f"/{path}", *(f"{name} {score}" for name, score in found.items()), sep="  ")
    sys.exit(short)


if __name__ == "__main__":
    main()
