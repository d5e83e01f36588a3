"""Programs that pip cannot bring: where they are on this machine, and how to get them.

`python -m tools.machine NAME…` provides the named programs or says what is missing.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

# Name → commands, any of which will do, and the Debian packages that bring one.
PROGRAMS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "chromium": (
        ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge"),
        ("chromium",),
    ),
    "firefox": (("firefox-esr", "firefox"), ("firefox-esr",)),
    "java": (("java",), ("default-jre-headless",)),
    "node": (("npm",), ("nodejs", "npm")),
    "hunspell": (("hunspell",), ("hunspell", "hunspell-fr")),
}

# Browsers that lie outside PATH on macOS.
APPLICATIONS = {
    "chromium": "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "firefox": "/Applications/Firefox.app/Contents/MacOS/firefox",
}

# No sandbox: root in a container has none to offer, and only this project's own pages are opened.
# The rest keeps Chromium from asking its maker's hosts for anything.
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def find(name: str) -> str | None:
    """Return the path of a program of PROGRAMS, or None."""
    commands, _ = PROGRAMS[name]
    application = APPLICATIONS.get(name)
    if application and Path(application).exists():
        return application
    return next(filter(None, map(shutil.which, commands)), None)


def provide(names: list[str]) -> list[str]:
    """Install through apt what is missing, where that needs no password, and return what still is."""
    missing = [name for name in names if not find(name)]
    packages = [package for name in missing for package in PROGRAMS[name][1]]
    if packages and (as_root := _as_root()) is not None:
        print("apt-get install", *packages, flush=True)
        for step in (["update"], ["install", "-y", "--no-install-recommends", *packages]):
            # What goes wrong goes to stderr; the rest is a hundred lines on each package.
            subprocess.run([*as_root, "apt-get", "-qq", *step], check=False, stdout=subprocess.DEVNULL)
    missing = [name for name in missing if not find(name)]
    if "chromium" in missing:
        # Playwright's own build, where its host can be reached; nothing is done when it is there already.
        playwright = [sys.executable, "-m", "playwright", "install", "chromium"]
        if subprocess.run(playwright, check=False).returncode == 0:
            missing.remove("chromium")
    return missing


def _as_root() -> list[str] | None:
    """Return what to put before a command to run apt-get as root without being asked anything; None: impossible."""
    if not shutil.which("apt-get"):
        return None
    os.environ["DEBIAN_FRONTEND"] = "noninteractive"
    if os.geteuid() == 0:
        return []
    sudo = shutil.which("sudo")
    if sudo and subprocess.run([sudo, "-n", "true"], check=False, capture_output=True).returncode == 0:
        return [sudo, "-n", "DEBIAN_FRONTEND=noninteractive"]
    return None


if __name__ == "__main__":
    if absent := provide(sys.argv[1:]):
        sys.exit(f"Missing, and not to be had without help: {', '.join(absent)}. Install it and try again.")
