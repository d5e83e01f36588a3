"""What people have reported of programs of this kind, tried on this one: `tests/reports/`, one kind of fault a file.

A case says where the report stands (`source`), what it complains of, and what is right here. Its project is one article
and what is said of it; what is found in it is told by problems, by the words that each annotation stands on, and by the
page. Of every page: the reader's text is the one that was read, no link stands in a link, and no address is given
twice. A case that `awaits` something fails as long as that is not mended, and must, so that it is not forgotten.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import html5lib
import pytest
import yaml

from manchette import marks
from manchette.doors.register import register
from manchette.doors.timeline import rows_of, timeline
from manchette.engine import Links
from manchette.format.layout import DOORS, REGISTER, page_of
from manchette.page import dress, slots
from manchette.problems import Problem, Severity
from manchette.site.open import open_site
from manchette.site.site import Site
from manchette.typeset import typography

CASES = Path(__file__).parent / "reports"
KEYS = {
    *("source", "says", "awaits"),
    *("article", "front", "extensions", "people", "organizations", "places", "terms"),
    *("claims", "dates", "mentions", "files", "symlinks"),
    *("problems", "write", "notices", "marks", "text", "links", "page", "register", "timeline", "span"),
}
OURS = {"mch-p", "mch-call", "mch-i", "mch-full"}  # what we write into the text
TODAY = date(2026, 1, 1)


def cases() -> Iterator[Any]:
    for file in sorted(CASES.glob("*.yml")):
        for name, case in yaml.safe_load(file.read_text("utf-8")).items():
            awaits = case.get("awaits")
            mark = pytest.mark.xfail(strict=True, reason=f"awaits {awaits}") if awaits else ()
            yield pytest.param(case, id=f"{file.stem}: {name}", marks=mark)


@pytest.mark.parametrize("case", list(cases()))
def test_report(case: dict[str, Any], tmp_path: Path) -> None:
    assert set(case) <= KEYS
    assert re.match(r"https://\S+$", case["source"])
    site = open_site(written(tmp_path, case), TODAY)
    assert told(site, Severity.ERROR) == case.get("problems", [])
    proposed = [p.suggestion for p in site.problems if p.severity is Severity.ERROR]
    assert "write" not in case or [each.removesuffix(" »") for each in proposed] == [
        f"écrivez « {words}" for words in case["write"]
    ]
    assert "notices" not in case or told(site, Severity.NOTICE) == case["notices"]
    if article := site.articles.get("essai"):
        links = Links(page_of("essai"))
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(typography, "apply", str)  # words are compared as they were typed
            given = (site, article, links, dress.names_of(site, article))
            around, notes = dress.article(*given), dress.notes(*given)
        html = slots.lines(site, slots.put(around, notes))
        page = Page(html)
        assert squeezed(page.text) == squeezed(article.body.text.replace(marks.OBJECT, ""))
        assert page.nested_links == []
        assert [key for key, count in Counter(page.ids).items() if count > 1 and not case.get("problems")] == []
        stood: dict[str, list[str]] = defaultdict(list)
        for mark in article.marks:
            stood[mark.name].append(article.body.text[slice(*mark.span)])
        assert {key: squeezed("".join(words)) for key, words in stood.items()} == page.covered
        assert "marks" not in case or stood == case["marks"]
        assert "links" not in case or page.links == case["links"]
        assert "text" not in case or article.body.text == case["text"]
        line = timeline(site, rows_of([article]), Links(page_of("essai", DOORS["timeline"])), several=False)
        assert "register" not in case or names(site) == case["register"]
        events = [row.event.title for day in line.days for side in day.sides for row in side]
        assert "timeline" not in case or events == case["timeline"]
        assert "span" not in case or re.sub("[\u00a0\u202f]", " ", line.span or "") == case["span"]
        typeset = re.sub("[\u00a0\u202f]", " ", typography.apply(html))
        assert [words for words in case.get("page", []) if words not in typeset] == []


def written(root: Path, case: dict[str, Any]) -> Path:
    """Lay a case's project out below `root`."""
    front = {"title": "Essai", "publisher": "journal", **case.get("front", {})}
    extensions = ["manchette", *case.get("extensions", [])]
    registers: dict[str, Any] = {"organizations": {"journal": entity("Le Journal")}}
    for name in ("people", "organizations", "places", "terms"):
        for key, forms in case.get(name, {}).items():
            registers.setdefault(name, {})[key] = entity(*([forms] if isinstance(forms, str) else forms))
    claim = {"modality": "asserted", "verdict": "opinion", "rationale": "Un jugement."}
    sidecars = {
        "claims": {key: {"quote": quote, **claim} for key, quote in case.get("claims", {}).items()},
        "dates": {key: {"title": "Un fait", **event} for key, event in case.get("dates", {}).items()},
        "mentions": case.get("mentions", []),
    }
    files = {
        "mkdocs.yml": yaml.safe_dump({"site_name": "Essai", "markdown_extensions": extensions}),
        "docs/articles/essai/index.md": f"---\n{in_yaml(front)}---\n\n{case.get('article', 'Un texte.')}",
        **{f"annotations/{name}.yml": in_yaml(entries) for name, entries in registers.items()},
        **{f"annotations/essai/{name}.yml": in_yaml(entries) for name, entries in sidecars.items() if entries},
        **case.get("files", {}),
    }
    for path, text in files.items():
        if text is not None:
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_bytes(text.encode("utf-8"))
    for path, target in case.get("symlinks", {}).items():
        (root / path).symlink_to(target)
    return root


def entity(name: str, *aliases: str) -> dict[str, Any]:
    return {"name": name, "description": "Une fiche.", **({"aliases": list(aliases)} if aliases else {})}


def in_yaml(value: Any) -> str:
    return yaml.safe_dump(value, allow_unicode=True, sort_keys=False)


def told(site: Site, severity: Severity) -> list[str]:
    """What is said, as `code file:line`; notices of the cases' own poverty are left out."""

    def line(problem: Problem) -> str:
        return f"{problem.code} {problem.place.file}:{problem.place.line}"

    poor = {"schema-line", "unused-entity", "no-short"}
    return [line(p) for p in site.problems if p.severity is severity and p.code not in poor]


def names(site: Site) -> list[str]:
    """The people and places of the register, in its order."""
    view = register(site, tuple(site.articles.values()), ("person", "place"), Links(REGISTER), everything=True)
    return [entry.record.entry.name for section in view.sections for entry in section.entries]


class Page:
    """An article's page as a browser reads it.

    `text`: what is read of the article's text, headings and all that is not counted in it left out; `covered`: an
    annotation → its words, without white space; `links`: the texts of the links in the text, ours and the author's.
    """

    def __init__(self, html: str) -> None:
        self.text, self.ids, self.nested_links = "", [], []
        self.covered: dict[str, str] = defaultdict(str)
        self.links: list[str] = []
        for child in html5lib.parseFragment(html, treebuilder="dom").childNodes:
            self.walk(child, (), in_text=False, in_link=False)

    def walk(self, node: Any, around: tuple[str, ...], *, in_text: bool, in_link: bool) -> None:
        if node.nodeType == node.TEXT_NODE and in_text:
            self.text += node.data
            for key in around:
                self.covered[key] += squeezed(node.data)
            if in_link:
                self.links[-1] += node.data
        if node.nodeType != node.ELEMENT_NODE:
            return
        attributes = dict(node.attributes.items())
        classes = attributes.get("class", "").split()
        self.ids += filter(None, [attributes.get("id")])
        in_text = "mch-text" in classes or (
            in_text
            and not OURS & {*classes}
            and marks.body.to_annotate(node.tagName, attributes) is marks.body.Sight.CONTENT
        )
        if in_text and "data-annotation" in attributes:
            around = (*around, f"{attributes['data-kind']}--{attributes['data-annotation']}")
        if node.tagName == "a":
            if in_link:
                self.nested_links.append(node.toxml())
            in_link = True
            if in_text:
                self.links.append("")
        for child in node.childNodes:
            self.walk(child, around, in_text=in_text, in_link=in_link)


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)
