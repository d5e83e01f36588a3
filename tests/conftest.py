"""What several test modules share: a site built strictly, served under a sub-path, and open in a browser.

The site is `projects/estuaire`, never this repository's own: no test of the engine knows which articles stand here. Nor
does one know how fast the machine is: what is waited for is a state, and a clock that a test stops is the page's.
Folders are pytest's and ports the system's, so that several workers may run.
"""

import contextlib
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import hypothesis
import pytest
from playwright.sync_api import Browser, Page, Playwright, expect, sync_playwright

from tests.projects import lay_out
from tools.machine import CHROMIUM_FLAGS, find
from tools.static import PREFIX, served

ROOT = Path(__file__).parent.parent
MKDOCS = [sys.executable, "-m", "mkdocs"]
HANG = 60  # seconds after which nothing will come any more: never a measure of what is fast enough

expect.set_options(timeout=1000 * HANG)
hypothesis.settings.register_profile(
    "unhurried", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("unhurried")


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
    """A site in a folder of its own, for a test to spoil."""

    folder: Path

    def write(self, path: str, text: str | bytes) -> None:
        """Put a file in, or another in its place."""
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode() if isinstance(text, str) else text)

    def build(self, *flags: str) -> subprocess.CompletedProcess[str]:
        """Run `mkdocs build` into `site/`, as CI does; `--strict` is the caller's to say."""
        return build(self.folder, self.folder / "site", *flags)

    @contextlib.contextmanager
    def serve(self) -> Iterator[tuple[str, Path]]:
        """Run `mkdocs serve` on a free port and yield its address and the file that takes what it prints."""
        said = self.folder / "serve.log"
        process = None
        while process is None:  # until no one else has taken the port that was free a moment ago
            port = free_port()
            process = self._serving(port, said)
        try:
            yield f"http://127.0.0.1:{port}/", said
        finally:
            process.terminate()
            process.wait(HANG)

    def _serving(self, port: int, said: Path) -> subprocess.Popen[bytes] | None:
        """Start it and wait until it answers; None where the port is taken."""
        command = [*MKDOCS, "serve", "--dev-addr", f"127.0.0.1:{port}"]
        with said.open("w") as log:
            process = subprocess.Popen(command, cwd=self.folder, env=environment(CI=""), stdout=log, stderr=log)
        until(lambda: process.poll() is not None or "Serving on" in said.read_text("utf-8"))
        if process.poll() is None:
            until(lambda: answers(f"http://127.0.0.1:{port}/"))
            return process
        assert "Address already in use" in said.read_text("utf-8"), said.read_text("utf-8")
        return None


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def build(project: Path, into: Path, *flags: str) -> subprocess.CompletedProcess[str]:
    """Run `mkdocs build` as CI does."""
    command = [*MKDOCS, "build", "--site-dir", str(into), *flags]
    return subprocess.run(command, cwd=project, env=environment(CI="true"), capture_output=True, text=True, check=False)


def built(project: Path, into: Path) -> Path:
    """Build a project strictly and return the site's folder."""
    done = build(project, into, "--strict")
    assert done.returncode == 0, done.stdout + done.stderr
    return into


def environment(**more: str) -> dict[str, str]:
    """Return this process's environment with more, in which a command runs this checkout's engine.

    An empty value takes a variable out.
    """
    ours = {
        "SITE_URL": f"https://example.org{PREFIX}",
        "NO_MKDOCS_2_WARNING": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONPATH": os.pathsep.join(filter(None, [str(ROOT / "src"), os.environ.get("PYTHONPATH")])),
    }
    return {name: value for name, value in (os.environ | ours | more).items() if value}


def until(true: Callable[[], bool]) -> None:
    """Wait for something to become true, for as long as that may still happen."""
    end = time.monotonic() + HANG
    while not true():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.1)


def answers(address: str) -> bool:
    """Tell whether a server stands there, whatever it answers."""
    try:
        urllib.request.urlopen(address, timeout=HANG).close()
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False
    return True


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Lay the sample out, so that a test may change any of it."""
    lay_out("estuaire", tmp_path / "project")
    return Project(tmp_path / "project")


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the sample strictly, once, and return its folder."""
    folder = tmp_path_factory.mktemp("estuaire")
    lay_out("estuaire", folder / "project")
    return built(folder / "project", folder / "site")


@pytest.fixture(scope="session")
def this_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build this repository's own site strictly, once, whatever articles stand here, and return its folder."""
    return built(ROOT, tmp_path_factory.mktemp("this") / "site")


@pytest.fixture(scope="session")
def server(site: Path) -> Iterator[str]:
    """Serve the sample under a sub-path and return its address, which ends in a slash."""
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
        # The channel speaks WebDriver BiDi, which a Firefox as distributed understands; it cannot be told of
        # reduced motion later.
        started = playwright.firefox.launch(
            channel="moz-firefox",
            executable_path=need("firefox"),
            firefox_user_prefs={"ui.prefersReducedMotion": 1},
            timeout=1000 * HANG,
        )
    else:
        started = playwright.chromium.launch(executable_path=find("chromium"), args=CHROMIUM_FLAGS, timeout=1000 * HANG)
    yield started
    started.close()


@pytest.fixture
def visit(browser: Browser, server: str) -> Iterator[Callable[..., Page]]:
    """Return `visit(path, width=1440, height=900, script=True, fonts=True, clock=False, **more)`, which opens a page.

    The path is one of the sample's, or a whole address. The page is there with its fonts; without `fonts`, with those
    that stand in for them. With `clock`, its time stands still from when it is loaded; `page.clock.run_for(ms)` lets
    some pass. Nothing is scrolled smoothly, which would take time, unless `reduced_motion="no-preference"`.

    `more` is Playwright's: `color_scheme="dark"`, `has_touch=True`, `forced_colors="active"`. The test fails if a page
    asks another host for anything, asks for what is not there, or lets an error escape from a script.
    """
    wrong: list[str] = []
    contexts = []

    def visit(
        path: str = "",
        width: int = 1440,
        height: int = 900,
        script: bool = True,
        fonts: bool = True,
        clock: bool = False,
        **more: object,
    ) -> Page:
        address = path if path.startswith("http") else server + path
        host = address.partition(PREFIX)[0]
        context = browser.new_context(
            viewport={"width": width, "height": height},
            locale="fr-FR",
            java_script_enabled=script,
            **{"reduced_motion": "reduce", **more},  # type: ignore[arg-type]
        )
        contexts.append(context)
        context.set_default_timeout(1000 * HANG)
        if not fonts:
            context.route("**/*.woff2", lambda route: route.abort())
        if clock:
            context.clock.install()
        page = context.new_page()
        page.on("request", lambda asked: wrong.append(f"asks {asked.url}") if foreign(asked.url, host) else None)
        page.on("response", lambda got: wrong.append(f"{got.status} {got.url}") if got.status >= 400 else None)
        page.on("pageerror", lambda error: wrong.append(f"script: {error}"))
        page.goto(address)
        if script:
            page.evaluate("document.fonts.ready")
        if clock:
            page.clock.pause_at(page.evaluate("Date.now() / 1000 + 1"))
        return page

    yield visit
    for context in contexts:
        context.close()
    assert not wrong, wrong


def foreign(address: str, host: str) -> bool:
    """Tell whether an address leads out of the site's host; what a page holds in itself does not."""
    return not address.startswith((host + "/", "data:", "blob:", "about:"))
