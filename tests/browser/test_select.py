"""Words are selected: no card comes between, the bar does, and what is copied is the article's words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

import pytest
from playwright.sync_api import Page, expect

from tests.axe import violations
from tests.browser.reader import ARTICLE, PERSON, Visit, box, card, settled
from tests.browser.test_annotate import WORDS, select, select_and_tell
from tests.conftest import also, built
from tests.projects import lay_out
from tools.static import served

EVERYTHING = "articles/tout/"
BAR = ".mch-bar"
ANNOTATE, CITE = "[data-do=annotate]", "[data-do=cite]"
CLIPBOARD = {"permissions": ["clipboard-read", "clipboard-write"]}


def paste(page: Page) -> dict[str, str]:
    """What the clipboard holds, as another program gets it."""
    page.evaluate("""() => {
        const field = document.createElement("div");
        field.contentEditable = true;
        document.body.append(field);
        window.pasted = new Promise(done => field.addEventListener("paste", event => {
            event.preventDefault();
            const held = kind => [kind, event.clipboardData.getData("text/" + kind)];
            done(Object.fromEntries(["plain", "html"].map(held)));
            field.remove();
        }));
        field.focus();
    }""")
    page.keyboard.press("ControlOrMeta+V")
    found: dict[str, str] = page.evaluate("window.pasted")
    found["html"] = re.sub(r"<!--.*?-->|</?(html|body|head|meta)\b[^>]*>", "", found["html"]).strip()  # the system's
    return found


def copied(page: Page) -> dict[str, str]:
    page.keyboard.press("ControlOrMeta+C")
    return paste(page)


def mark_between(page: Page, first: str, last: str, script: bool = True) -> None:
    """Select from the start of one element to the end of another, and wait for the bar, if there is a script."""
    page.evaluate(
        """([first, last]) => {
            const [one, other] = [first, last].map(selector => document.querySelector(selector));
            one.scrollIntoView({block: "center"});
            getSelection().setBaseAndExtent(one, 0, other, other.childNodes.length);
        }""",
        [f".mch-text > {first}", f".mch-text > {last}"],
    )
    if script:
        expect(page.locator(BAR)).to_be_visible()


@pytest.fixture(scope="module")
def unaddressed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The sample as a site that says neither where its files are edited nor whom to write to; its address."""
    folder = tmp_path_factory.mktemp("unaddressed")
    lay_out("estuaire", folder / "project")
    settings = folder / "project/mkdocs.yml"
    settings.write_text(re.sub(r"\n    edit: .*", "", settings.read_text("utf-8")), "utf-8")
    with served(built(folder / "project", folder / "site")) as address:
        yield address


def cite(page: Page, words: str, nth: int = 1) -> None:
    select(page, words, nth)
    expect(page.locator(CITE)).to_be_visible()  # or else it would be scrolled to in the meantime
    page.locator(CITE).click()
    expect(page.locator(f"{BAR} [role=status]")).to_have_text("Référence copiée")
    expect(page.locator(f"{BAR} [role=status]")).to_be_visible()


# ---- no card


@pytest.mark.firefox
def test_no_card_opens_while_words_are_selected(visit: Visit) -> None:
    """Neither with the button held over a name, nor after it was let go there; then the bar comes."""
    page = visit(ARTICLE, clock=True)
    name = page.locator(".mch-text a.mch-m").nth(2)
    select(page, "au petit matin")
    start = page.evaluate("getSelection().getRangeAt(0).getBoundingClientRect().toJSON()")
    page.evaluate("getSelection().removeAllRanges()")
    end = box(name)
    page.mouse.move(start["x"] + 4, start["y"] + 9)
    page.mouse.down()
    page.mouse.move(end["x"] + end["width"] / 2, end["y"] + end["height"] / 2, steps=5)
    page.clock.run_for(2000)
    expect(card(page)).to_have_count(0)
    page.mouse.up()
    expect(page.locator(BAR)).to_have_count(1)
    page.clock.run_for(2000)
    expect(page.locator(BAR)).to_be_visible()
    page.mouse.move(end["x"] + 4, end["y"] + end["height"] / 2)
    page.clock.run_for(2000)
    expect(card(page)).to_have_count(0)


def test_a_card_that_hovers_leaves_when_words_are_selected(visit: Visit) -> None:
    page = visit(ARTICLE, clock=True)
    page.locator(PERSON).hover()
    page.clock.run_for(400)
    expect(card(page)).to_have_count(1)
    page.evaluate(f"getSelection().selectAllChildren(document.querySelector('{PERSON}'))")
    expect(card(page)).to_have_count(0)
    expect(page.locator(BAR)).to_have_count(1)
    page.clock.run_for(300)
    expect(page.locator(BAR)).to_be_visible()


def test_words_of_a_card_can_be_selected(visit: Visit) -> None:
    page = visit(ARTICLE, clock=True)
    page.locator(PERSON).hover()
    page.clock.run_for(400)
    page.evaluate("""() => {
        window.told = new Promise(done => document.addEventListener("selectionchange", done, {once: true}));
        getSelection().selectAllChildren(document.querySelector(".mch-note:popover-open .mch-note__r"));
        return told.then(() => null);
    }""")
    expect(card(page)).to_have_count(1)


# ---- the bar


@pytest.mark.parametrize("width", [320, *also(390, 820), 1440])
@pytest.mark.parametrize("touch", [False, True])
def test_the_bar_is_never_off_the_window_s_edges(visit: Visit, width: int, touch: bool) -> None:
    page = visit(ARTICLE, width=width, height=700, has_touch=touch, permissions=["clipboard-write"])
    for words in ("La biologiste", "au petit matin", "après-moratoire", "mer Caspienne"):
        cite(page, words)
        bar = box(page.locator(BAR))
        assert (bar["x"] >= 0, bar["right"] <= width, bar["y"] >= 0, bar["bottom"] <= 700) == (True,) * 4
        lines = page.evaluate(
            "[...getSelection().getRangeAt(0).getClientRects()].map(({top, bottom}) => [top, bottom])"
        )
        under, over = bar["y"] - max(bottom for _, bottom in lines), min(top for top, _ in lines) - bar["bottom"]
        assert max(under, over) >= (31 if touch else 7)  # the handles of a finger hang below the words
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.evaluate("getSelection().removeAllRanges()")
        expect(page.locator(BAR)).to_be_hidden()


@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), *also((320, "dark")), (1440, "dark")])
def test_its_buttons_are_large_and_have_names(visit: Visit, width: int, scheme: str) -> None:
    page = visit(ARTICLE, width=width, color_scheme=scheme)
    select(page, WORDS)
    for button, said in ((ANNOTATE, "Annoter"), (CITE, "Copier avec la référence")):
        expect(page.locator(button)).to_have_text(said)
        expect(page.locator(button)).to_be_visible()
        assert box(page.locator(button))["height"] >= 24
    assert violations(page, BAR) == []


@pytest.mark.firefox
def test_keys_reach_both_buttons(visit: Visit) -> None:
    page = visit(ARTICLE)
    select(page, WORDS)
    expect(page.locator(BAR)).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.locator(ANNOTATE)).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator(CITE)).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(BAR)).to_be_hidden()
    assert page.evaluate("String(getSelection())") == WORDS


def test_where_nobody_would_receive_an_annotation_there_is_still_the_reference(visit: Visit, unaddressed: str) -> None:
    page = visit(unaddressed + ARTICLE)
    select(page, WORDS)
    expect(page.locator(CITE)).to_be_visible()
    expect(page.locator(ANNOTATE)).to_have_count(0)


# ---- the clipboard

PARAGRAPHS = {  # the second and third of the sample, as they are written but for French typography
    "p:nth-of-type(2)": (
        "Lors d’une conférence donnée à Mortagne-sur-Gironde, Kerdraon a présenté elle-même les premiers relevés. La"
        " Station des migrateurs a diffusé des images de la soirée sur sa page, et il n’a pas fallu longtemps pour que"
        " la rumeur descende jusqu’à Bordeaux\u00a0: le grand poisson, que la France protège depuis 1982, frayerait de"
        " nouveau en amont de Blaye."
    ),
    "p:nth-of-type(3)": (
        "Selon la presse coréenne, l’entreprise Haneul Marine a promis un «\u202fsoutien sans réserve\u202f» à toutes"
        " les étapes du plan Sturio. Ce geste, qui s’ajoute à d’autres largesses entre Busan et Bordeaux, comprend la"
        " livraison de bassins et d’alevins coréens, relâchés ensuite dans les eaux de l’estuaire."
    ),
}


@pytest.mark.firefox
def test_what_is_copied_is_the_article_s_words(visit: Visit) -> None:
    page = visit(ARTICLE)
    for selector, words in PARAGRAPHS.items():
        mark_between(page, selector, selector)
        got = copied(page)
        assert got["plain"] == words
        assert got["html"].replace("&nbsp;", "\u00a0") == words
    mark_between(page, *PARAGRAPHS)
    assert copied(page)["plain"].strip().split("\n\n") == list(PARAGRAPHS.values())


def test_without_a_script_it_is_too(visit: Visit) -> None:
    page = visit(ARTICLE, script=False, **CLIPBOARD)
    for selector, words in PARAGRAPHS.items():
        mark_between(page, selector, selector, script=False)
        page.keyboard.press("ControlOrMeta+C")
        assert page.evaluate("navigator.clipboard.readText()").strip() == words.replace("\u00a0", " ")  # Chromium's way


LIST = """<ul>
<li>l’esturgeon, que l’on croyait perdu\u202f;</li>
<li>la lamproie&nbsp;:<ol>
<li>celle de rivière\u202f;</li>
<li>celle de mer\u202f;</li>
</ol>
</li>
<li><a href="https://liste.example/complete">la liste complète</a>, tenue à Royan par Seo Ha-neul.</li>
</ul>"""


@pytest.mark.firefox
def test_the_text_s_own_constructs_are_copied_and_nothing_of_ours(visit: Visit, more_articles: str) -> None:
    page = visit(more_articles + EVERYTHING)
    mark_between(page, "ul", "ul")
    assert copied(page)["html"] == LIST
    mark_between(page, "ul > li:first-child", "ul > li:last-child")
    assert copied(page)["html"] == LIST.replace("<ul>\n", "<ul>").replace("\n</ul>", "</ul>")
    mark_between(page, "p", "p:nth-of-type(2)")
    first, title, second = re.split(r"\n+", copied(page)["plain"].strip())
    assert first.endswith("les note un à un.")
    assert title == "Comment tout a commencé"
    assert second.startswith("Le premier poisson a été relâché à Port-Maubert, au printemps, devant le 1er bac")
    assert second.endswith("leurs filets à terre.")
    mark_between(page, "blockquote", ".footnote")
    got = copied(page)
    for kept in ("<em>Le Fanal</em>", "<figcaption>Le quai de Port-Maubert, au", "<th", "<dt>Bac"):
        assert kept in got["html"]
    assert f'src="{more_articles}{EVERYTHING}quai.png"' in got["html"]
    assert re.search(r'class=|id=|data-|style="(?!text-align)|#note|↩', got["html"]) is None
    assert "Mois\tRelâchés\n" in got["plain"]


# ---- the reference


def cited(page: Page, words: str, nth: int = 1) -> dict[str, str]:
    cite(page, words, nth)
    return paste(page)


TITLE = "L’esturgeon remonte l’estuaire, et avec lui une entreprise coréenne que personne n’attendait"
PAGE = "https://example.org/depot/articles/esturgeon/"
BY = f"— Aude Rimbert, Le Fanal de l’estuaire, [août 2022], §\u202f{{}}, «\u202f{TITLE}\u202f», via L’Estuaire\u00a0: "


@pytest.mark.firefox
def test_a_reference_says_who_when_where_and_by_whom(visit: Visit) -> None:
    got = cited(visit(ARTICLE), "a promis un « soutien sans réserve » à toutes les étapes")
    words, line = got["plain"].split("\n")
    assert words == "«\u202fa promis un “soutien sans réserve” à toutes les étapes\u202f»"
    assert line.startswith(BY.format(3))
    address = line.removeprefix(BY.format(3))
    assert re.fullmatch(re.escape(PAGE) + r"#:~:text=[\w%,]+", address)
    for part in (
        f'<blockquote cite="{address}" lang="fr">',
        f'href="{address}"',
        "<cite>Le Fanal de l’estuaire</cite>",
    ):
        assert part in got["html"]


def test_a_reference_across_paragraphs_names_them(visit: Visit) -> None:
    page = visit(ARTICLE)
    mark_between(page, "p:nth-of-type(2)", "p:nth-of-type(3)")
    page.locator(CITE).click()
    got = paste(page)["plain"]
    assert "\u202f», via" in got
    assert ", §§\u202f2–3, " in got
    assert got.startswith("«\u202fLors d’une conférence")
    assert "amont de Blaye.\n\nSelon la presse" in got
    assert "“soutien sans réserve”" in got


def test_a_claim_has_its_own_address(visit: Visit) -> None:
    page = visit(ARTICLE)
    for words in ("Kerdraon a présenté elle-même les premiers relevés", "présenté elle-même les premiers relevés"):
        address = cited(page, words)["plain"].rsplit(" ", 1)[1]
        assert (address == f"{PAGE}#claim--releves-presentes") is words.startswith("Kerdraon")


# Words that stand once or twice in the text, with signs that addresses use, across calls and paragraphs, at elisions.
PASSAGES: list[tuple[str, int]] = [
    ("au petit matin", 1),
    ("Kerdraon", 3),
    ("l’estuaire", 1),
    ("estuaire", 4),
    ("relevés. La Station", 1),
    ("descende jusqu’à Bordeaux : le grand poisson, que la France protège depuis 1982, frayerait de nouveau", 1),
    ("Interrogée sur une reprise de la pêche", 1),
    ("conférence", 3),
    ("les deux rives", 2),
    ("Ha-neul", 1),
    ("filets. » Le message ne laisse guère", 1),
]


@pytest.mark.firefox
def test_a_reference_leads_to_its_words(visit: Visit, server: str) -> None:
    page = visit(ARTICLE, height=500)
    for words, nth in PASSAGES:
        address = cited(page, words, nth)["plain"].rsplit(" ", 1)[1].removeprefix(PAGE)
        assert address.startswith("#:~:text="), (words, address)
        assert not set(unquote(address)) & {"\n"}
        place = "() => getSelection().getRangeAt(0).getBoundingClientRect().top + scrollY"
        select(page, words, nth)
        wanted = page.evaluate(place)
        page.goto("about:blank")
        page.goto(f"{server}{ARTICLE}{address}")
        page.evaluate("document.fonts.ready")
        settled(page)
        assert page.evaluate("location.hash") == ""
        top = page.evaluate("scrollY")
        assert top < wanted < top + 500, (words, nth, address, wanted, top)


@pytest.mark.parametrize("script", [True, False])
def test_a_browser_that_knows_no_such_address_opens_the_page(visit: Visit, script: bool) -> None:
    page = visit(f"{ARTICLE}#%3A~%3Atext=au%20petit%20matin", script=script)
    expect(page.locator(".mch-text")).to_be_visible()
    expect(card(page)).to_have_count(0)


REFUSALS: dict[str, Any] = {
    "no https": "Object.defineProperty(navigator, 'clipboard', {value: undefined})",
    "refused": "void (navigator.clipboard.write = () => Promise.reject(new DOMException('', 'NotAllowedError')))",
}


@pytest.mark.firefox
@pytest.mark.parametrize("refusal", REFUSALS)
def test_where_the_clipboard_is_refused_there_is_the_way_of_old(visit: Visit, refusal: str) -> None:
    page = visit(ARTICLE, alone=True)
    page.evaluate(REFUSALS[refusal])
    got = cited(page, WORDS)
    assert got["plain"].startswith(f"«\u202f{WORDS}\u202f»\n— Aude Rimbert")
    assert "<blockquote" in got["html"]


def test_where_nothing_can_be_copied_the_bar_says_so(visit: Visit) -> None:
    page = visit(ARTICLE, alone=True)
    page.evaluate(f"{REFUSALS['no https']}; document.execCommand = () => false")
    select_and_tell(page, WORDS)
    page.locator(CITE).click()
    expect(page.locator(f"{BAR} [role=status]")).to_have_text("Ce navigateur refuse de copier")
