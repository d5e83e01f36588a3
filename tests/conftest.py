"""What several test modules share: a site built strictly, served under a sub-path, and open in a browser.

The site is `projects/estuaire`, never this repository's own: no test of the engine knows which articles stand here. Nor
does one know how fast the machine is: what is waited for is a state, and a clock that a test stops is the page's.
Folders are pytest's and ports the system's, so that several workers may run.
"""

import contextlib
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from _pytest.mark import ParameterSet
from playwright.sync_api import Browser, Error, Page, Playwright, Request, Response, expect, sync_playwright

from tests.projects import lay_out, long_article
from tests.synthetic.generate import generate, show_all
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


def also(*cases: Any) -> list[ParameterSet]:
    """Cases of which each is between two others, or of a kind with one: `make test-all` tries them too."""
    return [pytest.param(*(case if isinstance(case, tuple) else (case,)), marks=pytest.mark.full) for case in cases]


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
    def serve(self, *flags: str) -> Iterator[tuple[str, Path]]:
        """Run `mkdocs serve` on a free port and yield its address and the file that takes what it prints."""
        said = self.folder / "serve.log"
        process = None
        while process is None:  # until no one else has taken the port that was free a moment ago
            port = free_port()
            process = self._serving(port, said, flags)
        try:
            yield f"http://127.0.0.1:{port}/", said
        finally:
            process.terminate()
            process.wait(HANG)

    def _serving(self, port: int, said: Path, flags: Sequence[str]) -> subprocess.Popen[bytes] | None:
        """Start it and wait until it answers; None where the port is taken."""
        command = [*MKDOCS, "serve", "--dev-addr", f"127.0.0.1:{port}", *flags]
        with said.open("w") as log:
            process = subprocess.Popen(command, cwd=self.folder, env=environment(CI=""), stdout=log, stderr=log)
        until(lambda: process.poll() is not None or "Serving on" in said.read_text("utf-8"))
        if process.poll() is None:
            until(lambda: answers(f"http://127.0.0.1:{port}/"))
            return process
        taken = r"cette adresse est déjà prise|Address already in use"  # since it was looked at, the second
        assert re.search(taken, said.read_text("utf-8")), said.read_text("utf-8")
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


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build strictly a library so large that all of it is divided into leaves; return its site, beside `project`."""
    folder = tmp_path_factory.mktemp("library")
    generate(folder / "project", articles=52, entities=90, size=(3, 4, 3))
    show_all(folder / "project")
    return built(folder / "project", folder / "site")


@pytest.fixture(scope="session")
def more_articles(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the sample with the articles of `tests/reading/`, of which one has every construct; return its address."""
    folder = tmp_path_factory.mktemp("reading")
    lay_out("estuaire", folder / "project")
    for file in (ROOT / "tests/reading").glob("*/*"):
        into = folder / "project" / ("annotations" if file.suffix == ".yml" else "docs/articles") / file.parent.name
        into.mkdir(exist_ok=True)
        shutil.copy(file, into)
    with served(built(folder / "project", folder / "site")) as address:
        yield address


@pytest.fixture(scope="session")
def dunes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the project with all that Markdown may be, with a long article beside it; return the articles' address."""
    folder = tmp_path_factory.mktemp("dunes")
    lay_out("dunes", folder / "project")
    long_article(folder / "project")
    with served(built(folder / "project", folder / "site")) as address:
        yield f"{address}articles/"


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
        flags = [*CHROMIUM_FLAGS, "--js-flags=--no-opt"]  # no script here runs for so long that compiling it twice pays
        started = playwright.chromium.launch(executable_path=find("chromium"), args=flags, timeout=1000 * HANG)
    yield started
    started.close()


@pytest.fixture(scope="session")
def kept(browser: Browser) -> dict[tuple[object, ...], list[Page]]:
    """What browser and context a page has → the pages that no test holds: opening one anew takes four times as long."""
    return {}


@pytest.fixture
def visit(browser: Browser, server: str, kept: dict[tuple[object, ...], list[Page]]) -> Iterator[Callable[..., Page]]:
    """Return `visit(path, width=1440, height=900, script=True, fonts=True, clock=False, alone=False, **more)`.

    It opens a page as someone does who was never here. The path is one of the sample's, or a whole address. The page is
    there with its fonts; without `fonts`, with those that stand in for them. With `clock`, its time stands still from
    when it is loaded; `page.clock.run_for(ms)` lets some pass. Nothing is scrolled smoothly, which would take time,
    unless `reduced_motion="no-preference"`. `alone`: no other test gets the page, which this one changes for good.

    `more` is Playwright's: `color_scheme="dark"`, `has_touch=True`, `forced_colors="active"`. The test fails if a page
    asks another host for anything, asks for what is not there, or lets an error escape from a script.
    """
    wrong: list[str] = []
    held: list[tuple[Page, tuple[object, ...] | None, dict[str, Callable[[Any], None]]]] = []

    def visit(
        path: str = "",
        width: int = 1440,
        height: int = 900,
        script: bool = True,
        fonts: bool = True,
        clock: bool = False,
        alone: bool = False,
        **more: Any,
    ) -> Page:
        address = path if path.startswith("http") else server + path
        media = {name: more.pop(name, usual) for name, usual in MEDIA.items()}
        key = (script, fonts, *sorted((name, str(value)) for name, value in more.items()))
        alone = alone or clock or browser.browser_type.name == "firefox"  # it cannot be told of media later
        if not alone and kept.get(key):
            page = kept[key].pop()
            page.set_viewport_size({"width": width, "height": height})
            page.emulate_media(media="null", **media)
        else:
            context = browser.new_context(
                viewport={"width": width, "height": height}, locale="fr-FR", java_script_enabled=script, **media, **more
            )
            context.set_default_timeout(1000 * HANG)
            if clock:
                context.clock.install()
            page = context.new_page()
        listeners = watches(address.partition(PREFIX)[0], wrong)
        held.append((page, None if alone else key, listeners))
        for event, listen in listeners.items():
            page.on(event, listen)  # type: ignore[call-overload]
        if not fonts:
            page.route("**/*.woff2", lambda route: route.abort())
        page.goto(address)
        if script:
            page.evaluate("document.fonts.ready")
        if clock:
            page.clock.pause_at(page.evaluate("Date.now() / 1000 + 1"))
        return page

    yield visit
    for page, key, listeners in held:
        for event, listen in listeners.items():
            page.remove_listener(event, listen)
        if key is None or not left(page):
            page.context.close()
        else:
            kept.setdefault(key, []).append(page)
    assert not wrong, wrong


MEDIA = {"color_scheme": "light", "reduced_motion": "reduce", "forced_colors": "none"}


def watches(host: str, wrong: list[str]) -> dict[str, Callable[[Any], None]]:
    """Return what listens to a page's events and notes what must not be."""

    def request(asked: Request) -> None:
        if foreign(asked.url, host):
            wrong.append(f"asks {asked.url}")

    def response(got: Response) -> None:
        if got.status >= 400:
            wrong.append(f"{got.status} {got.url}")

    def pageerror(error: Error) -> None:
        wrong.append(f"script: {error}")

    return {"request": request, "response": response, "pageerror": pageerror}


def left(page: Page) -> bool:
    """Leave a page as if no one had been there, and tell whether that could be done."""
    if page.is_closed() or len(page.context.pages) != 1 or not page.url.startswith("http"):
        return False
    page.evaluate("localStorage.clear(); sessionStorage.clear()")
    page.context.clear_cookies()
    page.mouse.move(-9, -9)
    page.unroute_all()
    page.goto("about:blank")
    return True


def foreign(address: str, host: str) -> bool:
    """Tell whether an address leads out of the site's host; what a page holds in itself does not."""
    return not address.startswith((host + "/", "data:", "blob:", "about:"))
