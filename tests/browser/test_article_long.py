"""A long article: what its page weighs, what a browser does for it; what is put off is there when asked for."""

import gzip
import html
import re
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.paper import sheets, solid
from tests.browser.reader import Visit
from tests.conftest import built
from tests.synthetic import long
from tools.static import served

PAGE = f"articles/{long.NAME}/"
# Bytes, compressed. Six tenths are words; a seventh, addresses.
HEAVY = 110_000
# Elements that are styled until the page rests. 4,700 are drawn at 1440 px, and marks are styled once more with each
# part of the page that comes after them; it was 40,000 when whatever came had all of it styled anew.
STYLED = 12_000


@pytest.fixture(scope="session")
def site_of_one(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("long")
    long.long_article(folder / "project")
    return built(folder / "project", folder / "site")


@pytest.fixture(scope="session")
def address(site_of_one: Path) -> Iterator[str]:
    with served(site_of_one) as at:
        yield at + PAGE


def test_a_long_article_s_page_is_light(site_of_one: Path) -> None:
    page = (site_of_one / PAGE / "index.html").read_bytes()
    assert len(set(re.findall(rb'(?:id|href)="#?note--claim--([^"]*)"', page))) == long.CLAIMS
    assert page.count(b'class="mch-m content"') + page.count(b'class="mch-m" data') == 500
    assert len(gzip.compress(page, 9)) < HEAVY


def test_what_its_notes_leave_out_its_other_pages_tell(site_of_one: Path) -> None:
    page = (site_of_one / PAGE / "index.html").read_text("utf-8")
    table = (site_of_one / PAGE / "affirmations/index.html").read_text("utf-8")
    rows = dict(re.findall(r'id="row--([^"]*)"(.*?)</tr>', table, re.DOTALL))
    notes = dict(re.findall(r'id="note--claim--([^"]*)"(.*?)</details>', page, re.DOTALL))
    assert len(notes) == len(rows) == long.CLAIMS
    for claim, note in notes.items():
        cited = re.findall(r'<a class="mch-ext" rel="external" hreflang="[a-z]*" href="([^"]*)"', note)
        titles = re.findall(r'<a class="mch-ext" [^>]*href="([^"]*)"><cite[^>]*>[^<]+</cite>', rows[claim])
        assert (cited, '<ul class="mch-src"><li><cite' in note) == (titles, False), claim
        assert f'href="affirmations/#row--{claim}"' in note
        assert ">Proposer une modification</a>" in note
        assert ("/blame/" in note, "/blame/" in rows[claim]) == ((False, True) if cited else (True, False)), claim
    register = (site_of_one / "registre/index.html").read_text("utf-8")
    told = r'id="note--((?!date|claim)[^"]*)".*?<p class="mch-note__r">(.*?)</p>'
    names = re.findall(told, page, re.DOTALL)
    assert len(names) == sum(long.REGISTERS.values())
    for name, sentence in names:
        entry = register.partition(f'id="{name}"')[2].partition("</article>")[0]
        assert re.search(rf"<p>{re.escape(sentence)} [^<.]+\.</p>", entry), name
        assert f'href="../../registre/#{name}"' in page
    kept = [claim for claim, note in notes.items() if "/blame/" in note]
    timeline = (site_of_one / PAGE / "chronologie/index.html").read_text("utf-8")
    assert page.count("/blame/") == len(kept)  # of claims without sources: those of names and dates are elsewhere
    assert (register.count("/blame/"), timeline.count("/blame/")) == (sum(long.REGISTERS.values()), long.DATED)


@pytest.mark.firefox
def test_a_place_s_map_comes_with_its_card_in_the_colours_of_the_page(browser: Browser, address: str) -> None:
    seen = {}
    for system, theme in (("light", "slate"), ("dark", "slate"), ("dark", "default")):
        page = browser.new_page(color_scheme=system, reduced_motion="reduce")  # type: ignore[arg-type]
        asked: list[str] = []
        page.on("request", lambda request, asked=asked: asked.append(request.url))  # type: ignore[misc]
        page.goto(address)
        page.evaluate("theme => document.body.dataset.mdColorScheme = theme", theme)
        place = page.locator("a.mch-m[data-kind=place]").first
        key = place.get_attribute("data-annotation")
        drawing = f"{address}carte/{key}.svg"
        assert drawing not in asked
        place.click()
        picture = page.locator(f"[id='note--place--{key}']:popover-open img")
        picture.evaluate("picture => picture.decode()")
        picture.scroll_into_view_if_needed()  # it rests then
        at = picture.bounding_box()
        assert at
        inside = {"x": at["x"] + 4, "y": at["y"] + 4, "width": at["width"] - 8, "height": at["height"] - 8}
        seen[system, theme] = page.screenshot(animations="disabled", clip=inside)  # type: ignore[arg-type]
        assert asked.count(drawing) == 1
        page.close()
    assert seen["light", "slate"] == seen["dark", "slate"] != seen["dark", "default"]


@pytest.mark.parametrize("width", [390, 1440])
def test_a_long_article_is_styled_once(browser: Browser, address: str, width: int) -> None:
    """It is no matter of time: where the page comes in more pieces, no more is styled."""
    context = browser.new_context(viewport={"width": width, "height": 900})
    page = context.new_page()
    page.goto(address.replace(PAGE, "404.html"))  # what a new window does for itself is over
    session = context.new_cdp_session(page)
    parts: list[list[dict[str, Any]]] = []
    over: list[object] = []
    session.on("Tracing.dataCollected", lambda part: parts.append(part["value"]))
    session.on("Tracing.tracingComplete", lambda _: over.append(True))
    session.send("Tracing.start", {"traceConfig": {"includedCategories": ["devtools.timeline"]}})
    page.goto(address)
    page.evaluate("document.fonts.ready")
    expect(page.locator(".mch-text a.mch-m[href]").first).to_be_attached()
    page.evaluate("new Promise(done => requestIdleCallback(done))")
    session.send("Tracing.end")
    while not over:
        page.wait_for_timeout(20)
    context.close()
    styled = [e["args"].get("elementCount", 0) for e in chain(*parts) if e["name"] == "UpdateLayoutTree"]
    assert 1000 < sum(styled) < STYLED, styled


@pytest.mark.parametrize("script", [True, False])
def test_a_note_far_below_is_found_on_a_phone(visit: Visit, site_of_one: Path, address: str, script: bool) -> None:
    """Notes that nobody comes near are not laid out; an address leads to one nevertheless, and paper has all."""
    text = (site_of_one / PAGE / "index.html").read_text("utf-8")
    last = re.findall(r'id="(note--claim--[^"]*)"', text)[-20]
    page = visit(f"{address}#{last}", 390, 844, script=script, alone=True)
    expect(page.locator(f"[id='{last}'] .mch-note__s")).to_be_in_viewport()


def test_all_notes_of_a_long_article_are_on_paper(visit: Visit, site_of_one: Path, address: str) -> None:
    text = (site_of_one / PAGE / "index.html").read_text("utf-8")
    page = visit(address, 390, alone=True)
    paper = solid("".join(line for sheet in sheets(page) for line in sheet))
    for short in re.findall(r'<p class="mch-note__s">(.*?)</p>', text):
        assert solid(html.unescape(re.sub("<.*?>", "", short))) in paper
