"""The article's page as a whole: its layers, its weight, its voice, without script, on paper, at every size."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import CDPSession, Page, Playwright, Route, expect

from tests.axe import violations
from tests.browser.reader import (
    ARTICLE,
    CALL,
    CLAIM,
    DOORS,
    PERSON,
    Visit,
    card,
    focus_is_in,
    layers,
    note_of,
    settled,
    shifted,
)
from tests.conftest import HANG, ROOT, also
from tools.machine import CHROMIUM_FLAGS, find
from tools.static import PREFIX

KINDS = ["person", "organization", "place", "date", "term"]
ASSETS = ROOT / "src/manchette/theme/assets/manchette"

# ---- layers


@pytest.mark.firefox
def test_a_layer_that_is_off_is_only_words(visit: Visit) -> None:
    page = visit(ARTICLE)
    names = page.locator(".mch-text [data-kind=person]")
    sign = page.locator(".mch-i[data-sign=person]").first
    page.get_by_label("Personnes").uncheck(force=True)
    expect(sign).to_be_hidden()
    assert page.locator(".mch-text a[href][data-kind=person]").count() == 0
    page.locator(PERSON).evaluate("mark => mark.focus()")
    assert not focus_is_in(page, PERSON)
    names.first.click(force=True)
    expect(card(page)).to_have_count(0)
    page.reload()
    expect(sign).to_be_hidden()
    expect(page.get_by_label("Personnes")).not_to_be_checked()
    page.get_by_label("Personnes").check(force=True)
    expect(sign).to_be_visible()
    page.locator(PERSON).click()
    expect(card(page)).to_have_count(1)


@pytest.mark.firefox
@pytest.mark.parametrize("script", [True, False])
def test_bare_reading_leaves_the_text(visit: Visit, script: bool) -> None:
    page = visit(ARTICLE, script=script)
    page.get_by_label("Lecture nue").check(force=True)
    for ours in (".mch-call", ".mch-i", ".mch-p", ".mch-note"):
        assert page.locator(ours).count() > 10
        expect(page.locator(ours).locator("visible=true")).to_have_count(0)
    lines = page.locator(".mch-m").first
    expect(lines).to_have_css("text-decoration-line", "none")
    expect(page.locator("[data-kind=claim]").first).to_have_css("text-decoration-line", "none")
    if script:
        expect(page.get_by_label("Personnes")).to_be_disabled()
        page.locator(".mch-bare input").focus()
        page.keyboard.press("Tab")
        assert not focus_is_in(page, ".mch-text")


def test_pointing_at_a_layer_shows_where_it_is(visit: Visit) -> None:
    page = visit(ARTICLE)
    for kind in KINDS:
        mark = page.locator(f".mch-text .mch-m[data-kind={kind}]").first
        page.mouse.move(2, 2)
        rest = mark.evaluate("mark => getComputedStyle(mark).backgroundColor")
        page.locator(f"label:has(#layer-{kind})").hover()
        expect(mark).not_to_have_css("background-color", rest)


def test_claims_off_leave_their_names(visit: Visit) -> None:
    page = visit(ARTICLE, 820)
    layers(page).get_by_label("Affirmations", exact=False).uncheck(force=True)
    expect(page.locator(CALL)).to_be_hidden()
    page.locator("#claim--releves-presentes a").first.click()
    expect(page.locator("#note--person--maelle-kerdraon:popover-open")).to_have_count(1)
    page.keyboard.press("Escape")
    page.locator("#claim--elan-sans-precedent").click()
    expect(card(page)).to_have_count(0)


# ---- without script, and by the system's scheme: neither can be asked of Firefox through this channel


@pytest.mark.parametrize("width", [390, 1440])
def test_without_script_a_mark_leads_to_its_note(visit: Visit, width: int) -> None:
    page = visit(ARTICLE, width, script=False)
    for mark, note in ((PERSON, note_of(page, PERSON)), (CALL, note_of(page, CLAIM))):
        page.locator(mark).click()
        assert page.url.endswith(f"#{note.get_attribute('id')}")
        expect(note).to_be_in_viewport()
    note_of(page, CLAIM).locator("summary").click()
    expect(note_of(page, CLAIM).locator(".mch-src").first).to_be_visible()
    for idle in (".md-search", "[data-md-component=palette]"):
        expect(page.locator(idle)).to_be_hidden()


@pytest.mark.parametrize(("scheme", "paper"), [("light", "rgb(248, 249, 247)"), ("dark", "rgb(18, 21, 24)")])
@pytest.mark.parametrize("script", [True, False])
def test_the_page_follows_the_system_s_scheme(visit: Visit, scheme: str, paper: str, script: bool) -> None:
    page = visit(ARTICLE, script=script, color_scheme=scheme)
    expect(page.locator("body")).to_have_css("background-color", paper)


@pytest.mark.parametrize("script", [True, False])
def test_the_menu_of_narrow_screens(visit: Visit, script: bool) -> None:
    page = visit(ARTICLE, 390, script=script)
    menu = page.get_by_role("button", name="Menu")
    expect(page.locator("#menu a").first).to_be_hidden()
    menu.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#menu a").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#menu a").first).to_be_hidden()


def test_the_first_stop_of_tab_leads_to_the_text(visit: Visit) -> None:
    for path in (ARTICLE, ""):
        page = visit(path)
        page.keyboard.press("Tab")
        expect(page.locator(".mch-skip")).to_be_focused()
        expect(page.locator(".mch-skip")).to_be_in_viewport()
        page.keyboard.press("Enter")
        assert focus_is_in(page, "#texte")


# ---- head, search, 404


def test_head(visit: Visit) -> None:
    page = visit(ARTICLE)
    expect(page).to_have_title(
        "L’esturgeon remonte l’estuaire, et avec lui une entreprise coréenne que personne n’attendait – L’Estuaire"
    )
    description = page.locator("meta[name=description]").get_attribute("content")
    assert description
    assert description.startswith("Maëlle Kerdraon a présenté")


@pytest.mark.parametrize("width", [390, 1440])
def test_search_finds_the_article(visit: Visit, width: int) -> None:
    page = visit(ARTICLE, width)
    expect(page.locator(".md-search")).to_have_attribute("aria-label", "Recherche")
    page.locator(".md-search__input").focus()
    page.keyboard.type("gironde")
    expect(page.locator(".md-search-result__link").first).to_be_visible()


# ---- weight


def test_the_first_view_is_light(visit: Visit) -> None:
    """Under 160 kB with fonts in at most 12 requests; the page, the favicon and what search asks for are apart."""
    page = visit("", 1440)
    asked: list[Any] = []
    fresh = page.context.browser.new_context(viewport={"width": 1440, "height": 900})  # type: ignore[union-attr]
    first = fresh.new_page()
    first.on("requestfinished", lambda request: asked.append(request))  # noqa: PLW0108 - Playwright marks the callable
    first.goto(page.url + ARTICLE)
    first.evaluate("document.fonts.ready")
    counted = [r for r in asked if "search" not in r.url and "favicon" not in r.url and not r.url.endswith(ARTICLE)]
    sizes = {r.url: r.sizes()["responseBodySize"] + r.sizes()["responseHeadersSize"] for r in counted}
    fresh.close()
    assert len(sizes) <= 12, sizes
    assert sum(sizes.values()) < 160_000, sizes
    assert any("newsreader" in url for url in sizes)


def test_an_article_s_page_is_light(site: Path, this_site: Path) -> None:
    """15 kB, and one and a half a claim."""
    for page in (site / ARTICLE, this_site / "articles/coree-du-nord-russie"):
        html = (page / "index.html").read_bytes()
        claims = html.count(b'data-note="claim"')
        assert len(gzip.compress(html, 6)) < 15_000 + 1500 * claims, (page, claims)


@pytest.mark.parametrize(("file", "limit"), [("manchette.js", 6000), ("manchette.css", 11_000), ("pages.css", 4000)])
def test_script_and_style_are_small(file: str, limit: int) -> None:
    """What an article loads, and what the other pages add to it."""
    assert len(gzip.compress((ASSETS / file).read_bytes(), 9)) < limit


# ---- nothing moves

# Where the fonts come after the first paint, lines break anew; how late they come is the network's doing. What does not
# depend on it: nothing else moves, the fonts are fetched first, and what stands in for them is as large.

STILL = 0.002  # where a sign stands for another a word or two moves by a pixel; a line more in the title is 0.024
PAGES = [ARTICLE, *DOORS, "registre/", "methode/", ""]


def painted_whole(page: Page) -> None:
    """Let pages be painted once all of them has been read: where a slow machine pauses, lines would be set twice."""

    def whole(route: Route) -> None:
        answer = route.fetch()
        head, content, foot = re.split(r"(?<=<head>)|(?=<script src=)", answer.text(), maxsplit=2)
        wait = '<link rel="expect" href="#whole" blocking="render">'
        route.fulfill(response=answer, body=f'{head}{wait}{content}<i id="whole"></i>{foot}')

    page.route(f"**{PREFIX}**/", whole)


@pytest.mark.parametrize(
    ("path", "width"),
    [(ARTICLE, 320), (ARTICLE, 1440), ("registre/", 1440), ("", 320),
     *also(*((path, width) for path in PAGES for width in (320, 390, 820, 1440)))],
)  # fmt: skip
def test_nothing_moves_as_a_page_opens(visit: Visit, path: str, width: int) -> None:
    """Its scripts come when it has been painted."""
    held: list[Route] = []
    page = visit("404.html", width, fonts=False)
    painted_whole(page)
    page.route("**/*.js", lambda route: held.append(route))  # noqa: PLW0108 - Playwright marks the callable
    page.goto(page.url.replace("404.html", path), wait_until="commit")
    page.wait_for_function("performance.getEntriesByName('first-contentful-paint').length")
    page.wait_for_function("document.getElementById('whole')")
    assert held
    page.unroute("**/*.js")
    for route in held:
        route.continue_()
    page.wait_for_load_state()
    assert shifted(page) < STILL


@pytest.mark.parametrize("width", [390, 820, 1440])
def test_nothing_moves_as_cards_open(visit: Visit, width: int) -> None:
    page = visit(ARTICLE, width)
    before = shifted(page)
    page.locator(PERSON).hover()
    expect(card(page)).to_have_count(1)
    page.mouse.move(2, 100)
    expect(card(page)).to_have_count(0)
    page.locator(CALL).hover()
    page.evaluate("document.querySelectorAll('.mch-m').forEach(mark => mark.classList.add('on'))")  # same lines, lit
    assert shifted(page) - before < STILL


def test_nothing_moves_for_who_switched_layers_off(visit: Visit) -> None:
    page = visit("404.html", fonts=False)
    painted_whole(page)
    page.goto(page.url.replace("404.html", ARTICLE))
    page.get_by_label("Lecture nue").check(force=True)
    before = shifted(page)
    page.reload()
    assert page.get_by_label("Lecture nue").is_checked()
    assert shifted(page) < STILL
    assert before < STILL


@pytest.mark.parametrize("path", [ARTICLE, "registre/", *also(*DOORS, "methode/"), ""])
def test_the_fonts_of_the_first_view_are_fetched_first(visit: Visit, path: str) -> None:
    """Those of the first view: letters and emphasis that few pages have may come later, and nothing is for nothing."""
    page = visit(path)
    first = page.locator("link[rel=preload][as=font]").evaluate_all("links => links.map(link => link.href)")
    fetched = page.evaluate("performance.getEntriesByType('resource').map(one => one.name)")
    fonts = {address for address in fetched if address.endswith(".woff2")}
    assert len(first) >= 3
    assert set(first) <= fonts
    later = ("-ext.woff2", "-bold.woff2") if path == ARTICLE else ("-ext.woff2", "-bold.woff2", "-italic.woff2")
    assert {address for address in fonts if not address.endswith(later)} <= set(first)


SPECIMEN = "Au petit matin, sur le ponton, la biologiste relâche un poisson long comme un bras, et l’on s’étonne. " * 4


@pytest.mark.parametrize(
    ("family", "style", "drawn_for"),  # text, title, emphasis, notes; the size in px
    [("Newsreader", "400", 20), ("Newsreader", "500", 57), ("Newsreader", "italic 400", 20), ("Bricolage", "400", 14)],
)
def test_what_stands_in_for_a_font_is_as_large(visit: Visit, family: str, style: str, drawn_for: int) -> None:
    measure = """async ([font, size, words]) => {
        const line = document.createElement("span");
        line.style.cssText = `position: absolute; white-space: nowrap; font: ${font};
            font-variation-settings: "opsz" ${size}`;
        line.textContent = words;
        document.body.append(line);
        const found = await document.fonts.load(font, words).catch(() => []);
        const { width, height } = line.getBoundingClientRect();
        return [found.length && found.every(face => face.status === "loaded"), width, height];
    }"""
    page = visit("registre/")
    font = f"{style} 400px"  # where no letter is rounded to the grid of the screen
    there, *real = page.evaluate(measure, [f'{font} "{family}"', drawn_for, SPECIMEN])
    assert there
    there, *other = page.evaluate(measure, [f'{font} "{family} repli"', drawn_for, SPECIMEN])
    if not there:
        pytest.skip(f"none of the fonts that « {family} repli » is made of is on this machine")
    assert other == pytest.approx(real, rel=0.03)


# ---- voices


def spoken(cdp: CDPSession, nodes: dict[str, Any], node: dict[str, Any]) -> str:
    """What Chromium's accessibility tree says of a node, links in brackets with what is said of them."""
    role, name, more = (node.get(key, {}).get("value", "") for key in ("role", "name", "description"))
    if not node["ignored"] and role == "StaticText":
        return str(name)
    if not node["ignored"] and role in ("link", "doc-noteref"):
        return f"[{name} ({more})]" if more else f"[{name}]"
    return "".join(spoken(cdp, nodes, nodes[child]) for child in node["childIds"] if child in nodes)


def test_a_paragraph_reads_as_a_sentence(visit: Visit) -> None:
    """Three of them: claims, names, dates, and a name said in other words."""
    page = visit(ARTICLE)
    cdp = page.context.new_cdp_session(page)
    tree = cdp.send("Accessibility.getFullAXTree")["nodes"]
    nodes = {node["nodeId"]: node for node in tree}
    paragraphs = [node for node in tree if not node["ignored"] and node["role"]["value"] == "paragraph"]
    said = [spoken(cdp, nodes, node) for node in paragraphs]
    start = next(i for i, words in enumerate(said) if words.startswith("La biologiste"))
    found = "\n\n".join(said[start : start + 3]) + "\n"
    golden = Path(__file__).parent / "spoken.txt"
    assert found == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("width", "scheme"),
    [(1440, "dark"), *also((390, "light"), (390, "dark"), (820, "light"), (820, "dark"), (1440, "light"))],
)
def test_axe_finds_nothing(visit: Visit, width: int, scheme: str) -> None:
    page = visit(ARTICLE, width, color_scheme=scheme)
    states: list[tuple[str, Callable[[], None]]] = [
        ("name", lambda: page.locator(PERSON).click()),
        ("claim", lambda: page.locator(CALL).click()),
        ("bare", lambda: layers(page).get_by_label("Lecture nue").check(force=True)),
    ]
    for state, act in states:
        act()
        settled(page)
        assert violations(page) == [], state
        page.keyboard.press("Escape")


# ---- every size, forced colours


@pytest.mark.parametrize("width", [320, *also(390, 719), 720, *also(959, 960, 1219, 1220, 1440, 1600), 1920])
def test_no_width_scrolls_sideways(visit: Visit, width: int) -> None:
    page = visit(ARTICLE, width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.locator(CALL).click()
    settled(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", [640, *also(1280, 1920)])
def test_letters_twice_as_large_lose_nothing(playwright: Playwright, server: str, width: int) -> None:
    flags = [*CHROMIUM_FLAGS, "--blink-settings=defaultFontSize=32"]
    browser = playwright.chromium.launch(executable_path=find("chromium"), args=flags, timeout=1000 * HANG)
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.goto(server + ARTICLE)
    size = page.locator(".mch-text p").first.evaluate("p => parseFloat(getComputedStyle(p).fontSize)")
    wide = page.evaluate("document.documentElement.scrollWidth")
    browser.close()
    assert size >= 36
    assert wide <= width


def test_forced_colours_keep_lines_and_outline_what_is_lit(visit: Visit) -> None:
    page = visit(ARTICLE, forced_colors="active")
    styles = {
        verdict: page.locator(f"[data-kind=claim][data-verdict={verdict}]").first.evaluate(
            "mark => getComputedStyle(mark).textDecorationStyle"
        )
        for verdict in ("supported", "disputed", "imprecise", "unverified", "opinion")
    }
    assert list(styles.values()) == ["solid", "double", "wavy", "dotted", "dashed"]
    page.locator(CALL).click()
    expect(page.locator(CLAIM)).to_have_css("outline-style", "solid")


@pytest.mark.parametrize("width", [390, 1440])
def test_calls_and_controls_are_large_enough_to_hit(visit: Visit, width: int) -> None:
    page = visit(ARTICLE, width)
    page.add_style_tag(content=".mch-margin > li { content-visibility: visible !important }")  # what is far too
    small = page.evaluate(
        """() => ["layers label", "doors a", "sum a", "note summary", "call"]
            .flatMap(part => [...document.querySelectorAll(".mch-" + part)])
            .filter(part => part.checkVisibility()).filter(part => {
                const area = part.matches(".mch-call") ? getComputedStyle(part, "::before") : getComputedStyle(part);
                const box = part.getBoundingClientRect();
                const [width, height] = part.matches(".mch-call")
                    ? [area.width, area.height].map(parseFloat) : [box.width, box.height];
                return width < 23.9 || height < 23.9;
            }).map(part => part.className + part.textContent)"""
    )
    assert small == []
