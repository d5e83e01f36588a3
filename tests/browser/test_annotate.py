"""Words selected in the article become an entry that `check` takes and that stands on those words."""

from __future__ import annotations

import subprocess
import sys
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import yaml
from markdown import markdown
from playwright.sync_api import Page, expect

from manchette.anchor.canonical import fold
from manchette.anchor.letters import slug
from manchette.marks import read
from manchette.site.open import open_site
from tests.axe import LOOKS, violations
from tests.browser.reader import ARTICLE, PERSON, Visit
from tests.conftest import ROOT, Project, also

NAME = "esturgeon"
WORDS = "a diffusé des images"
PLACES: list[dict[str, Any]] = yaml.safe_load((ROOT / "tests/annotate/places.yml").read_text("utf-8"))

# Select what a reader reads as `words`: calls, numbers and signs are not text, blocks stand apart, spaces are alike.
SELECT = """([words, nth]) => {
    const text = document.querySelector(".mch-text"), spots = [];
    const walk = node => {
        if (node.matches?.(".mch-call,.mch-p,.mch-i")) return;
        if (node.nodeType === 3) for (let i = 0; i < node.length; i++) spots.push([node, i, node.data[i]]);
        if (node.matches?.("p,blockquote") && spots.length) spots.push([null, 0, " "]);
        node.childNodes.forEach(walk);
    };
    walk(text);
    const kept = spots.map(([node, i, letter]) => [node, i, letter.replace(/\\s/, " ")])
        .filter(([,, letter], i, all) => letter !== " " || all[i - 1]?.[2] !== " ");
    const whole = kept.map(([,, letter]) => letter).join("");
    let at = -1;
    for (let i = 0; i < nth; i++) at = whole.indexOf(words, at + 1);
    if (at < 0) throw new Error(`« ${words} » is not in the text`);
    const [first, last] = [kept[at], kept[at + words.length - 1]];
    first[0].parentElement.scrollIntoView({ block: "center" });
    getSelection().setBaseAndExtent(first[0], first[1], last[0], last[1] + 1);
}"""


def select(page: Page, words: str, nth: int = 1) -> None:
    page.mouse.move(0, 0)  # or it would rest on whatever name comes under it, and open its card
    page.evaluate(SELECT, [words, nth])


# A selection is told by an event that comes later, one for all that was selected meanwhile.
TOLD = """told = new Promise(done => document.addEventListener("selectionchange", done, {once: true}))"""


def select_and_tell(page: Page, words: str) -> None:
    """Select, and wait until the page has been told."""
    page.evaluate(f"() => {{ window.{TOLD} }}")
    select(page, words)
    page.evaluate("told")


def deselect(page: Page) -> None:
    """Take the selection away, and wait until the page has been told."""
    page.evaluate(f"() => {{ const {TOLD}; getSelection().removeAllRanges(); return told.then(() => null); }}")


def press_beside_marks(page: Page) -> None:
    page.get_by_text("Interrogée sur").click(position={"x": 40, "y": 10})


def open_form(page: Page, words: str, kind: str = "claim", nth: int = 1) -> None:
    select(page, words, nth)
    page.locator("[data-do=annotate]").click()
    page.locator("[name=kind]").select_option(kind)


def leave_form(page: Page) -> None:
    page.keyboard.press("Escape")
    deselect(page)


def refusal(page: Page) -> str:
    return page.locator(".mch-annotate form [role=status]").text_content() or ""


def propose(page: Page, place: dict[str, Any]) -> tuple[str, str]:
    """Fill in the form and return the address of the host's new file, and the entry as shown."""
    open_form(page, place["select"], place["kind"], place.get("nth", 1))
    assert refusal(page) == ""
    for key in ("when", "title", "who", "name"):
        if key in place:
            page.locator(f".mch-annotate [name={key}]").fill(place[key])
    if "entity" in place:
        page.locator("[name=entity]").select_option(place["entity"])
    for box in page.locator(".mch-annotate :is(textarea,[name=short]):visible").all():
        box.fill("Rien n’a été trouvé : « ni source », ni *démenti*.")
    page.locator(".mch-annotate form > button").click()
    href = page.locator("[data-to=file]").get_attribute("href")
    assert href
    return href, page.locator(".mch-annotate pre").text_content() or ""


@pytest.mark.firefox
def test_what_is_proposed_passes_check_and_stands_on_the_words(visit: Visit, project: Project) -> None:
    page = visit(ARTICLE)
    before = open_site(project.folder)
    was = {(mark.kind, mark.span) for mark in before.articles[NAME].marks}
    for place in PLACES:
        href, shown = propose(page, place)
        asked = parse_qs(urlsplit(href).query)
        (path,), (value,) = asked["filename"], asked["value"]
        assert value == shown, place
        assert not (project.folder / path).exists()
        project.write(path, value)
        after = open_site(project.folder)
        assert [str(problem) for problem in after.problems if problem not in before.problems] == [], place
        new = [mark for mark in after.articles[NAME].marks if (mark.kind, mark.span) not in was]
        words = [after.articles[NAME].body.text[slice(*mark.span)] for mark in new]
        assert fold(place.get("on", place["select"])) in map(fold, words)
        assert {mark.kind for mark in new} == {"place" if place["kind"] == "mention" else place["kind"]}, place
        (project.folder / path).unlink()
        leave_form(page)


def test_check_says_so_too(visit: Visit, project: Project) -> None:
    href, _ = propose(visit(ARTICLE), PLACES[0])
    asked = parse_qs(urlsplit(href).query)
    project.write(asked["filename"][0], asked["value"][0])
    command = [sys.executable, "-m", "manchette.cli", "--root", str(project.folder), "check"]
    command[1:3] = ["-c", "from manchette.cli import main; main()"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_quote_has_thirty_two_characters_on_each_side(visit: Visit) -> None:
    _, shown = propose(visit(ARTICLE), PLACES[0])
    assert shown.startswith("# yaml-language-server: $schema=../../schema/claims.schema.json\n\n")
    ((_, entry),) = yaml.safe_load(shown).items()
    assert entry["quote"]["exact"] == PLACES[0]["select"]
    assert {len(entry["quote"][side]) for side in ("prefix", "suffix")} == {32}


def test_an_attribution_is_an_id_or_no_id(visit: Visit) -> None:
    page = visit(ARTICLE)
    for who, written in {"un témoin": "un témoin", "Seo Ha-neul": "seo-ha-neul", "orlianski": "Orlianski"}.items():
        _, shown = propose(page, {**PLACES[0], "who": who})
        ((_, entry),) = yaml.safe_load(shown).items()
        assert entry["attribution"] == [written]
        leave_form(page)


REFUSED = [
    ("Kerdraon a présenté elle-même les premiers relevés", "claim", "Ce passage est déjà l’affirmation"),
    ("elle-même les premiers relevés. La Station", "claim", "chevauche l’affirmation"),
    ("Maëlle Kerdraon", "person", "« Maëlle Kerdraon »"),
    ("Maëlle Kerdraon", "mention", "« Maëlle Kerdraon »"),
    ("Ha-neul", "person", "« Seo Ha-neul »"),
    ("biologiste bretonne Maëlle", "term", "« Maëlle Kerdraon »"),
    ("lors de sa conférence que", "date", "portent déjà une date"),
    ("en août 2022", "term", "portent déjà une date"),
]


def test_what_check_would_refuse_is_refused_at_once(visit: Visit) -> None:
    page = visit(ARTICLE)
    for words, kind, said in REFUSED:
        open_form(page, words, kind)
        assert said in refusal(page).replace("\u202f", " ")
        for box in page.locator(".mch-annotate :is(input,textarea):visible").all():
            box.fill("2024")
        page.locator(".mch-annotate form > button").click()
        expect(page.locator(".mch-annotate pre")).to_be_hidden()
        leave_form(page)


DATES = ["2025-07-12", "2025-07", "2025", "2025~", "2025-07-11/2025-07-13"]
NO_DATES = ["2025-02-30", "2025-13", "12 juillet 2025", "2025/2024"]


def test_a_date_is_one(visit: Visit) -> None:
    page = visit(ARTICLE)
    for when in DATES + NO_DATES:
        open_form(page, "au petit matin", "date")
        page.locator("[name=when]").fill(when)
        page.locator("[name=title]").fill("Un lâcher")
        page.locator(".mch-annotate form > button").click()
        expect(page.locator(".mch-annotate pre")).to_be_visible(visible=when in DATES)
        leave_form(page)


def test_the_text_is_read_as_the_program_reads_it(visit: Visit, server: str, project: Project) -> None:
    page = visit(ARTICLE)
    extensions = ["admonition", "attr_list", "def_list", "fenced_code", "footnotes", "md_in_html", "tables", "toc"]
    files = sorted((ROOT / "tests/marks/pages").glob("*.md"))
    assert files
    for file in files:
        html = markdown(file.read_text("utf-8"), extensions=extensions)
        seen = page.evaluate(
            """async ([script, html]) => {
                const { read } = await import(script);
                return read(new DOMParser().parseFromString(html, "text/html").body).words;
            }""",
            [f"{server}assets/manchette/select.js", html],
        )
        if "sloppy" not in file.name and "raw" not in file.name:  # browsers and html.parser mend these differently
            assert fold(seen).replace(" ", "") == fold(read(html).text).replace(" ", ""), file.name
    article = open_site(project.folder).articles[NAME]
    seen = page.evaluate(
        "async script => (await import(script)).read(document.querySelector('.mch-text')).words",
        f"{server}assets/manchette/select.js",
    )
    assert fold(seen) == fold(article.body.text)


def test_comparing_is_the_same_in_both_languages(visit: Visit, server: str) -> None:
    page = visit(ARTICLE)
    for text in [
        " a\u00a0; b ",
        "l' Ukraine ’’ x",
        "« a » ( b ) [ c ]",
        "e\u0301\u00ad\u200b",
        "ﬁn – ﬀ — œ",
        "\u061cHam\u034fas ❤\ufe0f 葛\U000e0101城 e\ufe0f\u0301 🏴\U000e0067\U000e007f",
        "“ a ”",
        "",
    ]:
        seen = page.evaluate(
            "async ([script, text]) => (await import(script)).fold(text)",
            [f"{server}assets/manchette/annotate.js", text],
        )
        assert seen == fold(text), text


def test_an_id_is_the_same_in_both_languages(visit: Visit, server: str) -> None:
    rows = [line.split(" |") for line in (ROOT / "tests/wording/ids.txt").read_text("utf-8").splitlines()]
    made = visit(ARTICLE).evaluate(
        "async ([script, all]) => { const { slug } = await import(script); return all.map(words => slug(words)); }",
        [f"{server}assets/manchette/annotate.js", [words for words, *_ in rows]],
    )
    cut = ["-".join(slug(words).split("-")[:6]) or "note" for words, *_ in rows]
    assert made == cut


# ---- the button and the card


def test_nothing_is_loaded_before_words_are_selected(visit: Visit) -> None:
    page = visit(ARTICLE)
    asked: list[str] = []
    page.on("request", lambda got: None if "favicon" in got.url else asked.append(got.url.rsplit("/", 1)[1]))
    press_beside_marks(page)
    page.evaluate(f"() => {{ window.{TOLD}; getSelection().selectAllChildren(document.querySelector('h1')) }}")
    page.evaluate("told")
    page.evaluate("fetch('?last').then(() => null)")
    assert asked == ["?last"]  # they are told in order
    select(page, WORDS)
    expect(page.locator(".mch-bar")).to_be_visible()
    assert asked == ["?last", "select.js", "cite.js", "select.css"]


def drag(page: Page, words: str) -> None:
    """Select with the mouse."""
    select(page, words)
    start, end = page.evaluate("""() => {
        const lines = [...getSelection().getRangeAt(0).getClientRects()], middle = line => line.top + line.height / 2;
        return [[lines[0].left + 1, middle(lines[0])], [lines.at(-1).right - 1, middle(lines.at(-1))]];
    }""")
    page.evaluate("getSelection().removeAllRanges()")
    page.mouse.move(*start)
    page.mouse.down()
    page.mouse.move(*end, steps=4)


def test_the_mouse_brings_the_button_once_it_lets_go(visit: Visit) -> None:
    page = visit(ARTICLE, clock=True)
    drag(page, WORDS)
    expect(page.locator(".mch-bar")).to_have_count(1)
    page.clock.run_for(5000)
    expect(page.locator(".mch-bar")).to_be_hidden()
    page.mouse.up()
    page.clock.run_for(500)
    expect(page.locator(".mch-bar")).to_be_visible()
    press_beside_marks(page)
    expect(page.locator(".mch-bar")).to_be_hidden()


def test_there_is_no_button_beside_a_card(visit: Visit) -> None:
    page = visit(ARTICLE, clock=True)
    page.locator(PERSON).click()
    expect(page.locator(".mch-note:popover-open")).to_be_visible()
    select_and_tell(page, WORDS)
    expect(page.locator(".mch-bar")).to_have_count(1)
    page.clock.run_for(5000)
    expect(page.locator(".mch-bar:popover-open")).to_have_count(0)
    page.keyboard.press("Escape")
    expect(page.locator(".mch-note:popover-open")).to_have_count(0)
    page.clock.run_for(500)
    expect(page.locator(".mch-bar")).to_be_visible()


@pytest.mark.firefox
def test_keys_alone_do_it_and_escape_gives_the_selection_back(visit: Visit) -> None:
    page = visit(ARTICLE, clock=True)
    select_and_tell(page, WORDS)
    expect(page.locator(".mch-bar")).to_have_count(1)
    page.clock.run_for(250)
    expect(page.locator(".mch-bar")).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("[name=kind]")).to_be_focused()
    page.locator("[name=rationale]").fill("Rien.")
    page.evaluate(f"() => {{ window.{TOLD} }}")
    page.keyboard.press("Escape")
    page.evaluate("told")
    expect(page.locator(".mch-annotate")).to_be_hidden()
    assert page.evaluate("String(getSelection())") == WORDS
    assert page.evaluate("document.activeElement.id") == "texte"
    page.clock.run_for(5000)
    expect(page.locator(".mch-bar")).to_be_hidden()  # it was sent away


def test_a_finger_does_it(visit: Visit) -> None:
    page = visit(ARTICLE, width=390, height=800, has_touch=True)
    select(page, WORDS)
    page.locator("[data-do=annotate]").tap()
    sheet = page.locator(".mch-annotate").bounding_box()
    words = page.evaluate("getSelection().getRangeAt(0).getBoundingClientRect().bottom")
    assert sheet
    assert sheet["x"] == 0
    assert sheet["width"] == 390
    assert words <= sheet["y"]
    assert all(
        box.bounding_box()["height"] >= 24
        for box in page.locator(".mch-annotate :is(button,input,select):visible").all()
    )  # type: ignore[index]


@pytest.mark.parametrize("width", [320, *also(720, 960, 1220), 1440])
def test_the_card_stays_on_the_screen(visit: Visit, width: int) -> None:
    page = visit(ARTICLE, width=width, height=700)
    for words in ("au petit matin", "après-moratoire", "traversées hebdomadaires"):
        open_form(page, words)
        box = page.locator(".mch-annotate").bounding_box()
        assert box
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
        assert box["y"] >= 0
        assert box["y"] + box["height"] <= 700
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        leave_form(page)


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_axe_finds_nothing_in_the_form(visit: Visit, width: int, scheme: str) -> None:
    page = visit(ARTICLE, width=width, color_scheme=scheme)
    open_form(page, WORDS)
    found = violations(page, ".mch-annotate")
    page.locator("[name=rationale]").fill("Rien.")
    page.locator(".mch-annotate form > button").click()
    found += violations(page, ".mch-annotate")
    assert found == []


def test_paper_has_neither(visit: Visit) -> None:
    page = visit(ARTICLE)
    open_form(page, WORDS)
    page.emulate_media(media="print")
    expect(page.locator(".mch-annotate")).to_be_hidden()


# ---- where it goes


@pytest.mark.parametrize(
    ("edit", "file", "issue"),
    [
        ("https://github.com/fourche/depot/edit/ma/branche/{path}#L{line}",
         "https://github.com/fourche/depot/new/ma/branche?filename=", "https://github.com/fourche/depot/issues/new?title="),
        ("https://gitlab.com/groupe/depot/-/edit/main/{path}#L{line}",
         "https://gitlab.com/groupe/depot/-/new/main?file_name=", "https://gitlab.com/groupe/depot/-/issues/new?issue%5Btitle%5D="),
        ("https://codeberg.org/moi/depot/_edit/main/{path}#L{line}",
         "https://codeberg.org/moi/depot/_new/main?filename=", "https://codeberg.org/moi/depot/issues/new?title="),
        ("https://ailleurs.example/{path}", None, None),
    ],
)  # fmt: skip
def test_each_host_has_its_addresses(visit: Visit, edit: str, file: str | None, issue: str | None) -> None:
    page = visit(ARTICLE)
    page.evaluate("edit => { document.getElementById('annoter').dataset.edit = edit }", edit)
    open_form(page, WORDS)
    page.locator("[name=rationale]").fill("Rien.")
    page.locator(".mch-annotate form > button").click()
    for name, start in {"file": file, "issue": issue}.items():
        link = page.locator(f"[data-to={name}]")
        if start is None:
            expect(link).to_be_hidden()
        else:
            assert (link.get_attribute("href") or "").startswith(start)
    expect(page.locator("[data-to=mail]")).to_be_hidden()


def test_without_an_account_it_is_a_letter(visit: Visit) -> None:
    page = visit(ARTICLE)
    page.evaluate("document.getElementById('annoter').dataset.contact = 'mailto:redaction@example.org'")
    _, shown = propose(page, PLACES[0])
    href = page.locator("[data-to=mail]").get_attribute("href") or ""
    assert href.startswith("mailto:redaction@example.org?subject=Affirmation")
    assert shown in parse_qs(urlsplit(href).query)["body"][0]


def test_it_can_be_copied(visit: Visit) -> None:
    page = visit(ARTICLE, permissions=["clipboard-read", "clipboard-write"])
    _, shown = propose(page, PLACES[0])
    page.locator("[data-to=copy]").click()
    expect(page.locator(".mch-annotate__r [role=status]")).to_have_text("Fiche copiée")
    assert page.evaluate("navigator.clipboard.readText()") == shown


def test_what_is_too_long_for_an_address_is_copied(visit: Visit) -> None:
    page = visit(ARTICLE, permissions=["clipboard-read", "clipboard-write"])
    open_form(page, WORDS)
    page.locator("[name=rationale]").fill("Très long. " * 700)
    page.locator(".mch-annotate form > button").click()
    href = page.locator("[data-to=file]").get_attribute("href") or ""
    assert "value=" not in href
    page.evaluate("document.querySelector('[data-to=file]').removeAttribute('href')")  # nothing is to be opened
    page.locator("[data-to=file]").click()
    assert "Très long." in page.evaluate("navigator.clipboard.readText()")
