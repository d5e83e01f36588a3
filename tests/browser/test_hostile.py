"""Whatever is typed into a text field is shown as typed: no script runs, no tag is made, no template is rendered."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import yaml
from playwright.sync_api import Browser, Page

from manchette.format.kinds import KINDS
from manchette.format.model import core, hints
from manchette.format.scalars import Prose, Text
from manchette.site.open import open_site
from tests.conftest import HANG, Project, until
from tools.static import served

ARTICLE = "articles/esturgeon"
# Each says who it is when it runs. `7*1911` is 13377 nowhere but in a template.
HOSTILE = [
    "<script>ran('script')</script>",
    "<img src=x onerror=\"ran('img')\">",
    '"><svg onload="ran(\'svg\')">',
    "'><details open ontoggle=ran('details')>",
    "</textarea></script></style></template><script>ran('closing')</script>",
    "<a href=\"javascript:ran('a')\">lien</a>",
    "<iframe srcdoc=\"<script>parent.ran('iframe')</script>\"></iframe>",
    "&lt;script&gt;ran('entity')&lt;/script&gt; &#60;b&#62;",
    "{{ 7*1911 }} {% raw %} {{ config }} {# rien #}",
    "{% for x in y %}",
    "{: onclick=ran('attr') .x } [[x]] ^^^ <!-- rien",
    "javascript:ran('address')",
]
# Only where Markdown is read; the loader refuses what it knows.
LINKS = [
    "[lien](javascript:ran('md'))",
    "[lien](<javascript:ran('md')>)",
    "[lien](java&#115;cript:ran('md'))",
    "[lien](data:text/html,<script>ran('md')</script>)",
    "[lien][x] [x]: javascript:ran('md')",
    "<javascript:ran('md')>",
    "![image](x\" onerror=\"ran('md'))",
    "[lien](https://example.org/\" onmouseover=\"ran('md'))",
    "**gras** `<b>code</b>` *{{ 7*1911 }}*",
]
BRIEF = "<p onclick=ran()>{{7*1911}}"  # where few characters are allowed


def filled(value: Any, words: Iterator[str], key: str = "") -> Any:
    """The entry with other words in each of its text fields; ids, dates, addresses, quotes and key words stay."""
    if isinstance(value, dict):
        if key == "quote":
            return value
        return {name: filled(inner, words, name) for name, inner in value.items()}
    if isinstance(value, list):
        if key == "attribution":
            return [next(words), *value]
        return [filled(inner, words, key) for inner in value] if key in {"roles", "evidence", "corrections"} else value
    if key == "short":
        return BRIEF
    return next(words) if key in TEXTS else value


def texts() -> set[str]:
    """The keys that hold text, from the declarations; a name stays, or nothing would be found in the article."""
    models = [kind.model for kind in KINDS]
    found = {"outlet", "note", "says", "change", "author", "dek"}
    for model in models:
        for name, annotation in hints(model).items():
            bare, metadata = core(annotation)
            if bare is str and metadata in {core(Text)[1], core(Prose)[1]}:
                found.add(name)
    return (found | {"title", "description", "rationale", "claim"}) - {"name"}


TEXTS = texts()


def endless(words: list[str]) -> Iterator[str]:
    while True:
        yield from words


def spoil(project: Project, words: list[str]) -> int:
    """Put hostile words in every text field of every sidecar and register; return how many were put."""
    count = 0

    def counted() -> Iterator[str]:
        nonlocal count
        for one in endless(words):
            count += 1
            yield one

    source = counted()
    for file in sorted((project.folder / "annotations").rglob("*.yml")):
        head, _, rest = file.read_text("utf-8").partition("\n")
        entries = yaml.load(rest, Loader=yaml.BaseLoader)  # scalars as text, as the format reads them
        if isinstance(entries, list):
            continue
        changed = {key: filled(entry, source) for key, entry in entries.items()}
        if file.parent.name == "annotations" and file.stem != "sources":
            for number, entry in enumerate(
                changed.values()
            ):  # a form that finds nothing, and a name in another language
                entry["names"] = {**entry.get("names", {}), "ru": next(source)}
                entry["aliases"] = [*entry.get("aliases", []), f"{next(source)} {number}"]
        if file.stem == "claims":
            for entry in changed.values():
                entry["corrections"] = [{"date": "2026-11-22", "change": next(source)}]
        text = yaml.safe_dump(changed, allow_unicode=True, sort_keys=False, width=10_000)
        project.write(str(file.relative_to(project.folder)), f"{head}\n{text}")
    return count


@contextlib.contextmanager
def visited(browser: Browser, site: Path) -> Iterator[tuple[Callable[[str], Page], list[str]]]:
    """Open the pages of a site; whatever runs, or asks, is listed."""
    ran: list[str] = []
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    context.expose_function("ran", lambda who: ran.append(str(who)))
    context.set_default_timeout(1000 * HANG)
    page = context.new_page()
    page.on("dialog", lambda dialog: (ran.append(dialog.message), dialog.dismiss()))
    page.on("pageerror", lambda error: ran.append(f"error: {error}"))
    with served(site) as address:

        def visit(path: str) -> Page:
            page.goto(address + path)
            return page

        yield visit, ran
    context.close()


def sprung(page: Page, ran: list[str]) -> None:
    """Set a trap off that is our own: whatever the page has set off before has then been told, and must be nothing."""
    page.evaluate("""() => {
        const image = new Image();
        image.setAttribute("onerror", "ran('ours')");
        image.src = "x";
    }""")
    until(lambda: bool(page.evaluate("1") and ran))
    assert ran == ["ours"]
    ran.clear()


def pages(site: Path) -> list[str]:
    doors = [f"{ARTICLE}/{door.name}/" for door in (site / ARTICLE).iterdir() if door.is_dir()]
    alone = [f"{claim.parent.relative_to(site)}/" for claim in sorted(site.glob(f"{ARTICLE}/affirmations/*/*.html"))]
    return [f"{ARTICLE}/", *doors, *alone[::8], "registre/", "methode/", "corrections/", ""]


# What may carry script, wherever it comes from.
DANGEROUS = """() => [...document.querySelectorAll("*")].filter(element =>
    [...element.attributes].some(one => /^on/.test(one.name) || /^\\s*(javascript:|data:text.html)/i.test(one.value))
    || element.matches("iframe,object,embed,script:not([type$=json]),style") && /ran\\(/.test(element.outerHTML)
).map(element => element.outerHTML.slice(0, 200))"""


# How many notes open, each as its mark is pressed.
OPENED = """() => [...document.querySelectorAll("a.mch-m:not([tabindex])")].filter(mark => {
    mark.click();
    const open = document.querySelector(".mch-note:popover-open");
    open?.hidePopover();
    return open;
}).length"""


def spoil_article(project: Project) -> None:
    """Its front matter and its words: Markdown may hold HTML, which is the publisher's own, but never a template."""
    source = project.folder / f"docs/{ARTICLE}/index.md"
    text = source.read_text("utf-8")
    title = "Essai {{ 7*1911 }} <img src=x onerror=ran('title')> &lt;/title&gt;&lt;script&gt;ran('head')&lt;/script&gt;"
    text = re.sub(r"^title: .*$", f'title: "{title}"', text, flags=re.MULTILINE)
    others = {
        "dek": "\"><img src=x onerror=ran('dek')> {{ 7*1911 }}",
        "author": "<svg onload=ran('author')>",
        "rights": "<svg onload=ran('rights')>",
    }
    written = yaml.safe_dump(others, allow_unicode=True, width=10_000).replace("\\", r"\\")
    text = re.sub(r"^(author|rights): .*\n", "", text, flags=re.MULTILINE)
    text = re.sub(r"^dek: >-\n(?:  .*\n)+", written, text, flags=re.MULTILINE)
    assert "ran(''dek'')" in text  # as YAML writes it
    source.write_text(text + "\n\nEt enfin {{ 7*1911 }}, {% raw %}.\n", "utf-8")


def test_no_text_runs_anything(browser: Browser, project: Project) -> None:
    links = [link for link in LINKS if taken(project, link)]
    assert len(links) > 2
    assert spoil(project, [*HOSTILE, *links]) > 150
    spoil_article(project)
    errors = [str(problem) for problem in open_site(project.folder).problems if problem.severity == "error"]
    assert errors == []  # all of it is text that the format allows
    done = project.build()
    assert done.returncode == 0, done.stdout + done.stderr
    with visited(browser, project.folder / "site") as (visit, ran):
        for path in pages(project.folder / "site"):
            page = visit(path)
            page.evaluate("getSelection().selectAllChildren(document.querySelector('.mch-text p') ?? document.body)")
            html = page.content()
            shown = page.locator("body").evaluate("body => body.textContent")
            assert page.evaluate(DANGEROUS) == [], path
            assert "13377" not in html, path
            if path == f"{ARTICLE}/":
                assert page.evaluate(OPENED) > 10
            page.evaluate("document.querySelectorAll('details').forEach(details => { details.open = true; })")
            if path in {f"{ARTICLE}/", "registre/"}:
                for typed in (
                    "<script>ran('script')</script>",
                    "{{ 7*1911 }} {% raw %}",
                    "&lt;script&gt;",
                    "{: onclick",
                ):
                    assert typeset(typed) in typeset(shown), (path, typed)
            assert "<b>" not in html or "<b>code" not in html
            sprung(page, ran)
        page.locator(".md-search__input").click()
        page.locator(".md-search__input").press_sequentially("essai")
        page.locator(".md-search-result__item").first.wait_for()
        assert "{{ 7*1911 }}, {% raw %}." in visit(f"{ARTICLE}/").locator(".mch-text").inner_text()
        sprung(page, ran)


def taken(project: Project, words: str) -> bool:
    """Whether the format takes these words for prose; what it refuses never comes into a page."""
    file = project.folder / "annotations/terms.yml"
    before = file.read_text("utf-8")
    entry = {"essai": {"name": "Essai", "description": words}}
    project.write("annotations/terms.yml", before + "\n" + yaml.safe_dump(entry, allow_unicode=True, width=10_000))
    refused = [problem for problem in open_site(project.folder).problems if problem.entry == "essai"]
    project.write("annotations/terms.yml", before)
    return all(problem.severity != "error" for problem in refused)


def typeset(words: str) -> str:
    """Without what typography changes."""
    return re.sub(r"\s+", "", words).translate(str.maketrans("’«»“”–", '\'""""-'))
