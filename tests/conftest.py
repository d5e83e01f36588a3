"""What several test modules share: the site built strictly, served under a sub-path, and open in a browser."""

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Playwright, sync_playwright

from tools.machine import CHROMIUM_FLAGS, find
from tools.static import PREFIX, served

ROOT = Path(__file__).parent.parent
MKDOCS = [sys.executable, "-m", "mkdocs"]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a browser test in Chromium and, where it carries the mark, in Firefox."""
    if "browser" in metafunc.fixturenames:
        firefox = metafunc.definition.get_closest_marker("firefox")
        engines = ["chromium", *([pytest.param("firefox", marks=pytest.mark.full)] if firefox else [])]
        metafunc.parametrize("browser", engines, indirect=True, scope="session")


def need(name: str, path: str | Path | None = None) -> str:
    """Return the path of a program; without it the test is skipped by name, and fails where CI is set."""
    path = path or find(name)
    if path is None or not Path(path).exists():
        (pytest.fail if os.environ.get("CI") else pytest.skip)(f"{name} is not on this machine")
    return str(path)


# ---- sites


@dataclass(frozen=True)
class Project:
    """A copy of this project's site in a folder of its own, for a test to spoil."""

    folder: Path

    def write(self, path: str, text: str | bytes) -> None:
        """Put a file in, or another in its place."""
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode() if isinstance(text, str) else text)

    def build(self, *flags: str) -> subprocess.CompletedProcess[str]:
        """Run `mkdocs build` into `site/`, as CI does; `--strict` is the caller's to say."""
        command = [*MKDOCS, "build", "--site-dir", str(self.folder / "site"), *flags]
        return subprocess.run(
            command, cwd=self.folder, env=environment(CI="true"), capture_output=True, text=True, check=False
        )

    @contextlib.contextmanager
    def serve(self) -> Iterator[tuple[str, Path]]:
        """Run `mkdocs serve` on a free port and yield its address and the file that takes what it prints."""
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        said = self.folder / "serve.log"
        command = [*MKDOCS, "serve", "--dev-addr", f"127.0.0.1:{port}"]
        with said.open("w") as log:
            process = subprocess.Popen(command, cwd=self.folder, env=environment(CI=""), stdout=log, stderr=log)
        try:
            until(lambda: process.poll() is not None or answers(f"http://127.0.0.1:{port}/"))
            assert process.poll() is None, said.read_text()
            yield f"http://127.0.0.1:{port}/", said
        finally:
            process.terminate()
            process.wait(10)


def environment(**more: str) -> dict[str, str]:
    """Return this process's environment with more; an empty value takes a variable out."""
    ours = {"SITE_URL": f"https://example.org{PREFIX}", "NO_MKDOCS_2_WARNING": "1", "PYTHONDONTWRITEBYTECODE": "1"}
    return {name: value for name, value in (os.environ | ours | more).items() if value}


def until(true: Callable[[], bool], seconds: float = 30) -> None:
    """Wait for something to become true; after that many seconds it is a failure."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.1)


def answers(address: str) -> bool:
    """Tell whether a server stands there, whatever it answers."""
    try:
        urllib.request.urlopen(address, timeout=5).close()
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False
    return True


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Copy what a build reads, so that a test may change any of it."""
    folder = tmp_path / "project"
    folder.mkdir()
    for name in ("docs", "annotations"):
        shutil.copytree(ROOT / name, folder / name)
    for name in ("mkdocs.yml", "macros.py"):
        shutil.copy(ROOT / name, folder)
    (folder / "src").symlink_to(ROOT / "src")
    return Project(folder)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the real site strictly, once, and return its folder."""
    folder = tmp_path_factory.mktemp("built") / "site"
    command = [*MKDOCS, "build", "--strict", "--site-dir", str(folder)]
    built = subprocess.run(command, cwd=ROOT, env=environment(CI="true"), capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stdout + built.stderr
    return folder


@pytest.fixture(scope="session")
def server(site: Path) -> Iterator[str]:
    """Serve the real site under a sub-path and return its address, which ends in a slash."""
    with served(site) as address:
        yield address


# ---- browsers


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as driver:
        yield driver


@pytest.fixture(scope="session")
def browser(request: pytest.FixtureRequest, playwright: Playwright) -> Iterator[Browser]:
    """Start this machine's own Chromium (or Playwright's, where that is the one there), or its Firefox."""
    if request.param == "firefox":
        # The channel speaks WebDriver BiDi, which a Firefox as distributed understands.
        started = playwright.firefox.launch(channel="moz-firefox", executable_path=need("firefox"))
    else:
        started = playwright.chromium.launch(executable_path=find("chromium"), args=CHROMIUM_FLAGS)
    yield started
    started.close()


@pytest.fixture
def visit(browser: Browser, server: str) -> Iterator[Callable[..., Page]]:
    """Return `visit(path, width=1440, height=900, script=True, **more)`, which opens a page of the real site.

    `more` is Playwright's: `color_scheme="dark"`, `has_touch=True`, `forced_colors="active"`,
    `reduced_motion="reduce"`. The test fails if a page asks another host for anything, asks for what is not there,
    or lets an error escape from a script.
    """
    host = server.removesuffix(PREFIX)
    wrong: list[str] = []
    contexts = []

    def visit(path: str = "", width: int = 1440, height: int = 900, script: bool = True, **more: object) -> Page:
        if not path.startswith("http"):
            path = server + path
        context = browser.new_context(
            viewport={"width": width, "height": height},
            locale="fr-FR",
            java_script_enabled=script,
            **more,  # type: ignore[arg-type]
        )
        contexts.append(context)
        context.set_default_timeout(10_000)
        page = context.new_page()
        page.on("request", lambda asked: wrong.append(f"asks {asked.url}") if foreign(asked.url, host) else None)
        page.on("response", lambda got: wrong.append(f"{got.status} {got.url}") if got.status >= 400 else None)
        page.on("pageerror", lambda error: wrong.append(f"script: {error}"))
        page.goto(path)
        return page

    yield visit
    for context in contexts:
        context.close()
    assert not wrong, wrong


def foreign(address: str, host: str) -> bool:
    """Tell whether an address leads out of the site's host; what a page holds in itself does not."""
    return not address.startswith((host + "/", "data:", "blob:", "about:"))
