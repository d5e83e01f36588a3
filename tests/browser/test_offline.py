"""The archive of `make offline`, read from a disk: every page, card and drawing; nothing is asked of any host."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.reader import CALL, CLAIM, PERSON, box, card, layers, note_of, settled
from tests.conftest import HANG, ROOT, Project, also, environment, need
from tests.follow import Followed, fetched, follow
from tests.projects import lay_out

HOME, ARTICLE = "index.html", "articles/esturgeon/index.html"
DOORS = [f"articles/esturgeon/{door}.html" for door in ("chronologie", "affirmations", "carte", "registre")]
PAGES = [HOME, ARTICLE, *DOORS, "registre.html", "methode.html", "corrections.html"]
SOMEWHERE = "https://example.org/"


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The sample as `manchette init` would set it up: every page is printed with our template."""
    folder = tmp_path_factory.mktemp("offline") / "project"
    lay_out("estuaire", folder)
    settings = folder / "mkdocs.yml"
    text = settings.read_text("utf-8")
    settings.write_text(text.replace("\n  manchette:\n", "\n  manchette:\n    everywhere: true\n"), "utf-8")
    return Project(folder)


def make(project: Project) -> Path:
    """Run `make offline` in a project and return the archive."""
    here = [f"--file={ROOT / 'Makefile'}", "--assume-old=.venv/run", f"BIN={Path(sys.executable).parent}"]
    done = subprocess.run(
        [need("make", shutil.which("make")), *here, "offline"],
        cwd=project.folder,
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return project.folder / "dist/manchette-hors-ligne.zip"


@pytest.fixture(scope="session")
def archive(sample: Project) -> Path:
    return make(sample)


@pytest.fixture(scope="session")
def unpacked(archive: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a reader has, in a folder whose name has to be written otherwise in an address."""
    folder = tmp_path_factory.mktemp("reader") / "Mes lectures, n° 1 (été)"
    zipfile.ZipFile(archive).extractall(folder)
    (only,) = folder.iterdir()
    return only


@pytest.fixture(scope="session")
def followed(unpacked: Path) -> Followed:
    return follow(unpacked, SOMEWHERE, served=False)


@pytest.fixture
def read(browser: Browser, unpacked: Path) -> Iterator[Callable[..., Page]]:
    """Return `read(page, width, script=True, **more)`, which opens a page from the disk as a browser does.

    The test fails if a page asks for anything but files, or for a file that it does not get, or if the console shows
    an error.
    """
    wrong: list[str] = []
    contexts = []

    def read(path: str, width: int = 1440, script: bool = True, **more: object) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 844}, locale="fr-FR", java_script_enabled=script, **more
        )
        contexts.append(context)
        context.set_default_timeout(1000 * HANG)
        page = context.new_page()
        page.on("request", lambda asked: None if asked.url.startswith(("file:", "data:")) else wrong.append(asked.url))
        page.on("requestfailed", lambda asked: wrong.append(f"{asked.failure} {asked.url}"))
        page.on("pageerror", lambda error: wrong.append(f"script: {error}"))
        page.on("console", lambda said: wrong.append(said.text) if said.type in ("error", "warning") else None)
        page.goto((unpacked / path).as_uri())
        if script:
            page.evaluate("document.fonts.ready")
        return page

    yield read
    for context in contexts:
        context.close()
    assert not wrong, wrong


# ---- the archive


def test_the_archive_holds_one_folder_in_order_without_the_hour(archive: Path) -> None:
    inside = zipfile.ZipFile(archive).infolist()
    names = [one.filename for one in inside]
    assert {name.split("/")[0] for name in names} == {"manchette-hors-ligne"}
    assert {f"manchette-hors-ligne/{page}" for page in PAGES} <= set(names)
    assert not [
        name for name in names if re.search("404|sitemap|pagefind", name)
    ]  # what only a server's readers ask for
    assert {one.date_time for one in inside} == {(1980, 1, 2, 0, 0, 0)}
    assert {one.external_attr >> 16 & 0o777 for one in inside if not one.is_dir()} == {0o644}


@pytest.mark.full
def test_the_same_site_gives_the_same_archive(sample: Project, archive: Path) -> None:
    before = archive.read_bytes()
    assert make(sample).read_bytes() == before


def test_every_link_names_a_file_that_is_there(followed: Followed) -> None:
    assert followed.broken == ()
    assert followed.inside > 400
    assert set(followed.pages) >= set(PAGES)


def test_nothing_of_a_host_is_asked_for(unpacked: Path, followed: Followed) -> None:
    asked = fetched(unpacked, followed.pages, SOMEWHERE)
    assert asked
    assert [entry for entry in asked if not entry[1].startswith((SOMEWHERE, "data:"))] == []


# ---- read


@pytest.mark.firefox
@pytest.mark.parametrize("width", [1440, *also(390)])
def test_every_page_opens_in_our_own_type(read: Callable[..., Page], width: int) -> None:
    page = read(HOME, width)
    for path in PAGES:
        page.goto(page.url.replace(page.url.rpartition("manchette-hors-ligne/")[2], path))
        page.evaluate("document.fonts.ready")
        assert page.evaluate("[...document.fonts].some(font => font.status === 'loaded')"), path
        expect(page.locator("#texte, .mch-text").first).to_be_visible()


@pytest.mark.firefox
def test_from_the_front_page_to_cards_and_doors(read: Callable[..., Page]) -> None:
    page = read(HOME)
    page.locator('main a[href*="esturgeon"]').first.click()
    page.wait_for_url("**/articles/esturgeon/index.html")
    page.locator(PERSON).click()
    expect(note_of(page, PERSON)).to_be_visible()
    expect(card(page)).to_have_count(1)
    page.keyboard.press("Escape")
    page.locator(CALL).click()
    expect(note_of(page, CLAIM).locator("details")).to_have_attribute("open", "")
    switch = layers(page).get_by_label("Affirmations")
    switch.uncheck()
    expect(page.locator(CALL)).to_be_hidden()
    page.reload()  # what was switched off is remembered
    expect(page.locator(CALL)).to_be_hidden()
    layers(page).get_by_label("Affirmations").check()
    for door, shown in zip(DOORS, (".mch-event", "tbody tr", "svg[viewBox]", ".mch-entry"), strict=True):
        page.locator(f'main a[href="{Path(door).name}"]').first.click()
        page.wait_for_url(f"**/{door}")
        expect(page.locator(f"main {shown}").first).to_be_visible()
        page.locator('main a[href="index.html"]').first.click()
        page.wait_for_url("**/articles/esturgeon/index.html")


def test_on_a_phone_a_sheet_opens_and_follows_the_finger(read: Callable[..., Page]) -> None:
    page = read(ARTICLE, 390, has_touch=True)
    page.locator(PERSON).tap()
    expect(card(page)).to_have_count(1)
    settled(page)
    top = box(card(page))["y"] + 30
    fingers = page.context.new_cdp_session(page)
    fingers.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": 200, "y": top}]})
    for way in range(10, 151, 10):
        fingers.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [{"x": 200, "y": top + way}]})
    fingers.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    expect(card(page)).to_have_count(0)


def test_without_anchor_positioning_the_margin_is_laid_out(read: Callable[..., Page]) -> None:
    page = read(HOME)
    page.add_init_script("CSS.supports = () => false")
    page.goto(page.url.replace(HOME, ARTICLE))
    page.wait_for_function("document.querySelector('.mch-margin>li').style.top")


@pytest.mark.firefox
def test_words_are_selected_and_nothing_fails(read: Callable[..., Page]) -> None:
    page = read(ARTICLE)
    page.evaluate("getSelection().selectAllChildren(document.querySelector('.mch-text p'))")
    page.evaluate("new Promise(done => setTimeout(done))")  # the selection has been told of
    expect(page.locator(".mch-bar")).to_have_count(0)


@pytest.mark.firefox
@pytest.mark.parametrize("width", [1440, *also(390)])
def test_the_search_says_what_it_needs_and_leads_to_the_names(read: Callable[..., Page], width: int) -> None:
    page = read(ARTICLE, width)
    if not page.locator(".mch-glass").count():
        need("pagefind")  # without it the search is Material's
    page.locator(".mch-glass").click()
    told = page.locator(".mch-search [role=status]")
    expect(told).to_contain_text("il lui faut une page que sert un serveur web")
    told.locator("a").click()
    page.wait_for_url("**/registre.html")
    expect(page.locator("main .mch-entry").first).to_be_visible()


@pytest.mark.firefox
def test_without_scripts_a_mark_leads_to_its_note(read: Callable[..., Page]) -> None:
    page = read(ARTICLE, 390, script=False)
    page.locator(CALL).click()
    expect(note_of(page, CLAIM)).to_be_in_viewport()
    page.locator('main a[href="chronologie.html"]').first.click()
    page.wait_for_url("**/chronologie.html")
    expect(page.locator("main .mch-event").first).to_be_visible()
