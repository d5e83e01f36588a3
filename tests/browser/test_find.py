"""The site's own search in a browser: what is fetched, and when; what is found; keys and the way back."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, Response, Route, expect

from manchette.search import index
from manchette.search.records import Part, Record
from tests.axe import violations
from tests.browser.reader import ARTICLE, Visit, card
from tests.conftest import ROOT, built, need
from tests.projects import lay_out
from tests.search import QUERIES, WORDS
from tools.static import served

FIRST = "coree-du-nord-russie"


@pytest.fixture(scope="session")
def searched_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample, printed with our template from end to end, which is where its search is ours."""
    need("pagefind", index.program() or "pagefind")
    folder = tmp_path_factory.mktemp("searched")
    lay_out("estuaire", folder / "project")
    settings = folder / "project/mkdocs.yml"
    text = settings.read_text("utf-8").replace("\n  manchette:\n", "\n  manchette:\n    everywhere: true\n")
    settings.write_text(text, "utf-8")
    return built(folder / "project", folder / "site")


@pytest.fixture(scope="session")
def searched(searched_site: Path) -> Iterator[str]:
    with served(searched_site) as address:
        yield address


def status(page: Page) -> Locator:
    return page.locator(".mch-search [role=status]")


def look(page: Page, query: str) -> None:
    """Open the search if it is not open, type, and wait for the answer."""
    if not page.locator(".mch-search").is_visible():
        page.keyboard.press("/")
    field, told = page.locator(".mch-search input"), status(page)
    field.fill("")
    expect(told).to_have_text("")
    field.fill(query)
    expect(told).not_to_have_text("")


def first(page: Page, server: str) -> str | None:
    """Where the first result leads, or its first part; a passage that is named by its words has the page's address."""
    links = page.locator(".mch-hit >> nth=0 >> a").evaluate_all("links => links.map(link => link.href)")
    if not links:
        return None
    parts = page.locator(".mch-hit").first.locator("li").count()
    return re.sub("#:~:.*", "", links[1 if parts else 0]).removeprefix(server)


def wrong(page: Page, server: str, queries: dict[str, Any]) -> dict[str, str | None]:
    found = {}
    for query in queries:
        look(page, query)
        found[query] = first(page, server)
    return {
        query: found[query]
        for query, wanted in queries.items()
        if found[query] not in (wanted if isinstance(wanted, list) else [wanted])
    }


def test_there_are_fifty_queries() -> None:
    assert sum(map(len, QUERIES.values())) >= 50


def test_what_a_reader_means_is_found_first(visit: Visit, searched: str) -> None:
    assert wrong(visit(searched), searched, QUERIES["estuaire"]) == {}


def test_the_first_article_is_found(visit: Visit, this_site: Path) -> None:
    need("pagefind", index.program() or "pagefind")
    if not (ROOT / "docs/articles" / FIRST).exists():
        pytest.skip("the first article is not here")
    with served(this_site) as address:
        assert wrong(visit(address), address, QUERIES[FIRST]) == {}


def test_the_script_takes_words_apart_as_the_index_does(visit: Visit, searched: str) -> None:
    page = visit(searched)
    read = "async texts => { const { words } = await import('./assets/manchette/search.js'); return texts.map(words) }"
    found = page.evaluate(read, list(WORDS))
    # A day of a month stands after its number there, and here.
    assert [[each["word"] for each in words] for words in found] == [
        [str(word) for word in words] for words in WORDS.values()
    ]


@pytest.mark.firefox
@pytest.mark.parametrize("way", ["/", "f", "s", "click"])
def test_nothing_is_fetched_before_a_reader_goes_there(visit: Visit, searched: str, way: str) -> None:
    page = visit(searched + ARTICLE, alone=True)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.reload()
    page.locator(".mch-glass").focus()
    expect(page.locator(".mch-search")).to_be_hidden()
    assert asked
    assert [url for url in asked if "search" in url or "index/" in url] == []
    if way == "click":
        page.locator(".mch-glass").click()
    else:
        page.keyboard.press(way)
    expect(page.get_by_label("Rechercher", exact=True).last).to_be_focused()
    page.keyboard.type("Kerdraon")
    expect(status(page)).to_have_text("3 résultats")
    assert [url for url in asked if "search_index" in url] == []


@pytest.mark.firefox
def test_the_keyboard_is_enough(visit: Visit, searched: str) -> None:
    page = visit(searched + ARTICLE)
    page.locator(".mch-glass").focus()
    look(page, "pauillac")
    links = page.locator(".mch-found a")
    page.keyboard.press("ArrowDown")
    expect(links.first).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(links.nth(1)).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(page.locator(".mch-search input")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(".mch-search")).to_be_hidden()
    expect(page.locator(".mch-glass")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".mch-search input")).to_be_focused()
    look(page, "pauillac")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{searched}registre/#place--pauillac")


@pytest.mark.firefox
@pytest.mark.parametrize("told", ["at once", "when it has been told", "while it goes back"])
def test_one_may_open_the_search_again_as_soon_as_it_is_shut(visit: Visit, searched: str, told: str) -> None:
    page = visit(searched + ARTICLE)
    look(page, "pauillac")
    page.evaluate(
        """async told => {
            const dialog = document.querySelector(".mch-search"), glass = document.querySelector(".mch-glass");
            const again = () => glass.click();
            const heard = new Promise(done => dialog.addEventListener("close", done, {once: true}));
            dialog.close();
            if (told === "at once") again();
            await heard;
            if (told === "when it has been told") again();
            await new Promise(done => told === "at once" ? done() : addEventListener("popstate", done, {once: true}));
            if (told === "while it goes back") again();
        }""",
        told,
    )
    page.wait_for_function("history.state?.search != null")
    expect(page.locator(".mch-search")).to_be_visible()
    page.go_back()
    expect(page.locator(".mch-search")).to_be_hidden()
    expect(page).to_have_url(searched + ARTICLE)


@pytest.mark.parametrize("restored", [False, True])
def test_shut_before_its_script_has_come_it_leaves_no_entry_behind(visit: Visit, searched: str, restored: bool) -> None:
    page = visit(searched, alone=True)
    held: list[Route] = []
    page.route("**/search.js", lambda route: held.append(route))  # noqa: PLW0108 - a built-in one it cannot take
    if restored:  # one comes back to a page that was left with the search open
        page.evaluate("history.pushState({ search: 'Kerdraon' }, '')")
        page.reload()
    else:
        page.locator(".mch-glass").click()
    expect(page.locator(".mch-search input")).to_be_focused()
    while not held:
        page.wait_for_timeout(20)
    page.keyboard.press("Escape")
    expect(page.locator(".mch-search")).to_be_hidden()
    held[0].continue_()
    page.evaluate("address => import(address).then(() => new Promise(requestAnimationFrame))", held[0].request.url)
    page.wait_for_function("!history.state")
    look(page, "Kerdraon")
    page.keyboard.press("Escape")
    expect(page.locator(".mch-search")).to_be_hidden()
    page.wait_for_function("!history.state")


@pytest.mark.firefox
def test_back_shuts_the_search_and_brings_back_what_was_found(visit: Visit, searched: str) -> None:
    page = visit(searched + ARTICLE)
    look(page, "pauillac")
    page.go_back()
    expect(page.locator(".mch-search")).to_be_hidden()
    expect(page).to_have_url(searched + ARTICLE)
    look(page, "cordouan")
    page.locator(".mch-hit li a").first.click()  # in this page
    expect(page.locator(".mch-search")).to_be_hidden()
    expect(page).to_have_url(f"{searched}{ARTICLE}#claim--cordouan-au-large-de-blaye")
    expect(page.locator("#note--claim--cordouan-au-large-de-blaye details")).to_have_attribute("open", "")
    page.go_back()
    expect(page.locator(".mch-found a").first).to_be_visible()


def test_back_from_another_page_brings_back_what_was_found(visit: Visit, searched: str) -> None:
    """Firefox, through this channel, loses the page that it brings back."""
    page = visit(searched + ARTICLE)
    look(page, "criee")
    page.locator(".mch-found a").first.click()
    expect(page).to_have_url(f"{searched}registre/#term--criee")
    page.go_back()
    expect(page.locator(".mch-search input")).to_have_value("criee")
    expect(page.locator(".mch-found a").first).to_be_visible()


def test_a_result_lands_in_the_sentence(visit: Visit, searched: str) -> None:
    page = visit(f"{searched}methode/", 390)
    look(page, "anguille")
    page.locator(".mch-hit li a").first.click()
    expect(page).to_have_url(re.compile(ARTICLE))
    expect(page.get_by_text("que des anguilles")).to_be_in_viewport()
    look(page, "bassins chauffés")
    page.locator(".mch-hit li a").first.click()
    expect(card(page)).to_have_attribute("id", "note--claim--bassins-chauffes")


def test_a_claim_shows_its_verdict_and_an_event_its_day(visit: Visit, searched: str) -> None:
    page = visit(searched)
    look(page, "cordouan blaye")
    part = page.locator(".mch-hit--article li").first
    expect(part).to_contain_text(re.compile(r"^[=≠≈?»] Affirmation \d+, "))
    look(page, "20 août")
    for row in page.locator(".mch-hit--article li:has(a)").all()[:2]:
        expect(row).to_contain_text("20 août 2022")
    expect(page.locator(".mch-found mark").first).to_have_text("20 août")


@pytest.mark.parametrize("width", [390, 820, 1440])
def test_the_search_fits_the_window(visit: Visit, searched: str, width: int) -> None:
    page = visit(searched + ARTICLE, width, 800)
    look(page, "pauillac")
    box = page.locator(".mch-search").bounding_box()
    assert box
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    whole = (0, 0, width, 800)
    assert ((box["x"], box["y"], box["width"], box["height"]) == whole) is (width == 390)
    assert page.locator(".mch-found").evaluate("found => found.scrollWidth <= found.clientWidth")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_search_is_for_everyone(visit: Visit, searched: str, scheme: str) -> None:
    page = visit(searched + ARTICLE, color_scheme=scheme)
    look(page, "pauillac")
    assert violations(page) == []


def test_without_script_the_field_leads_to_the_names(visit: Visit, searched: str) -> None:
    page = visit(searched + ARTICLE, script=False)
    page.locator(".mch-glass").click()
    expect(page).to_have_url(f"{searched}registre/")


def test_where_it_cannot_run_it_says_what_it_needs(visit: Visit, searched: str, searched_site: Path) -> None:
    fresh = visit(searched).context.browser.new_context()  # type: ignore[union-attr]
    page = fresh.new_page()
    page.goto((searched_site / ARTICLE / "index.html").as_uri())
    page.keyboard.press("/")
    expect(status(page)).to_contain_text("il lui faut une page que sert un serveur web")
    expect(status(page).get_by_role("link")).to_have_attribute("href", re.compile("registre/"))
    fresh.close()


def test_a_missing_page_offers_the_search(visit: Visit, searched: str) -> None:
    page = visit(f"{searched}404.html")
    page.get_by_role("button", name="Chercher dans le site").click()
    expect(page.locator(".mch-search input")).to_be_focused()


# ---- weight


def library(articles: int, names: int) -> list[Record]:
    """Records of a library that nobody wrote, of as many words as an article has, always the same."""
    chance = random.Random(5)
    vocabulary = [
        f"{a}{b}{c}" for a in "bcdfgh" for b in ("a", "ou", "é") for c in ("lier", "mant", "nure", "pot", "rage")
    ]
    rare = [f"nom{n}" for n in range(names)]

    def text(length: int) -> str:
        return " ".join(chance.choice(rare if chance.random() < 0.1 else vocabulary) for _ in range(length)) + "."

    def parts(n: int) -> tuple[Part, ...]:
        made = [Part(kind="text", label=f"§ {k}", href=f"a{n}/", text=text(65)) for k in range(14)]
        made += [Part(kind="claim", label=f"Affirmation {k}", href=f"a{n}/#c{k}", text=text(30)) for k in range(18)]
        return (
            *made,
            *(Part(kind="date", label=f"{k} mai 2020", href=f"a{n}/#d{k}", text=text(20)) for k in range(16)),
        )

    entities = [Record(kind="name", label="Lieu", title=name, href=f"#{name}", text=text(13)) for name in rare]
    return entities + [
        Record(kind="article", label="Article", title=text(6), href=f"a{n}/", text=text(20), parts=parts(n))
        for n in range(articles)
    ]


@pytest.mark.full
def test_a_thousand_articles_weigh_little(visit: Visit, searched: str, tmp_path: Path) -> None:
    """Two words that every article has, and five articles among what is shown: under 300 kB, all as it is stored."""
    program = index.program()
    assert program
    index.write(library(1000, 300), tmp_path, program)
    page = visit(f"{searched}methode/", alone=True)
    page.route(
        re.compile("/assets/manchette/index/"),
        lambda route: route.fulfill(path=tmp_path / route.request.url.partition("/index/")[2].partition("?")[0]),
    )
    answers: list[Response] = []
    page.on("response", lambda response: answers.append(response))  # noqa: PLW0108 - Playwright marks the callable
    look(page, "boulier dapot")
    expect(page.locator(".mch-hit--article")).to_have_count(5)
    sizes = {answer.url: len(answer.body()) for answer in answers}
    assert any(url.endswith(".z") for url in sizes)
    assert sum(sizes.values()) < 300_000, sizes
