"""What an article says is what its page shows, or a problem: golden cases, and what holds for any text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import unescape
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from manchette.problems import Problem
from manchette.site.markdown import Extensions, escapes, render
from manchette.written import differences

HERE = Path(__file__).parent / "written"
REFUSED: list[dict[str, Any]] = yaml.safe_load((HERE / "refused.yml").read_text("utf-8"))
PASSING = [
    {"text": case} if isinstance(case, str) else case
    for case in yaml.safe_load((HERE / "passing.yml").read_text("utf-8"))
]
USUAL = ("toc", "tables", "fenced_code", "attr_list", "def_list", "footnotes", "md_in_html")


def told(text: str, *more: str, only: Sequence[str] = USUAL) -> list[Problem]:
    extensions = Extensions((*only, *more))
    return differences(text, render(text, extensions), escapes(extensions), "index.md")


def line(problem: Problem) -> str:
    return f"{problem.place.line}:{problem.place.column} {problem.code}: {problem.sentence}"


@pytest.mark.parametrize("case", REFUSED, ids=lambda case: case["text"][:40])
def test_refused(case: dict[str, Any]) -> None:
    more = case.get("extensions", [])
    only = case.get("only", USUAL)
    assert [line(problem) for problem in told(case["text"], *more, only=only)] == case["says"]
    assert [line(problem) for problem in told(case.get("instead", ""), *more)] == []


@pytest.mark.parametrize("case", PASSING, ids=lambda case: case["text"][:40])
def test_passing(case: dict[str, Any]) -> None:
    assert [line(problem) for problem in told(case["text"], *case.get("extensions", []))] == []


@pytest.mark.parametrize("case", PASSING, ids=lambda case: case["text"][:40])
def test_in_a_quotation_and_between_paragraphs(case: dict[str, Any]) -> None:
    text = case["text"]
    if text.startswith("[") or "]: " in text:
        return  # addresses and notes stand at the beginning of a line
    assert told(f"Avant.\n\n{text}\n\nAprès.", *case.get("extensions", [])) == []
    if not re.search(r"^(?: *<|```|~~~|#|---|\* \* \*)", text, re.MULTILINE):
        quoted = "\n".join(
            f"> {part}".rstrip(" ") if not part.endswith("  ") else f"> {part}" for part in text.split("\n")
        )
        assert told(quoted, *case.get("extensions", [])) == []


def letters(text: str) -> str:
    """The letters and figures of a text, sorted: what a reader would miss, wherever the page put it."""
    return "".join(sorted(re.sub(r"[\W_]", "", text)))


def page(html: str) -> str:
    """What a browser's tree says, with the numbers of lists and the ids of notes; written for this test alone."""
    found: list[str] = []

    def walk(element: Element) -> None:
        name, classes, id_ = str(element.tag), element.get("class", "").split(), element.get("id", "")
        if name in {"script", "style"} or "footnote-backref" in classes or name.startswith("<"):
            pass
        elif name == "sup" and id_.startswith("fnref"):
            found.append(id_.split(":", 1)[1])
        else:
            found.append(id_[3:] if id_.startswith("fn:") else "")
            found.append(element.text or "")
            numbered = name == "ol" and not any(item.get("id", "").startswith("fn:") for item in element)
            for number, child in enumerate(element, 1):
                found.append(str(number) if numbered else "")
                walk(child)
                found.append(child.tail or "")

    walk(html5lib.parseFragment(html, namespaceHTMLElements=False))
    return "".join(found)


def naive(source: str) -> str:
    """The source without addresses, fences' languages and tags, by expressions that know no Markdown."""
    for pattern in (
        r"^(?:> )? {0,3}\[[^\]^]+\]: *\n? *\S+ *$",
        r"^(?:```|~~~)\w*$",  # what opens a block of code
        r"(?<!\\)!\[[^\]]*\]\([^)]*\)",  # images
        r"(?<=\])\([^)\s]*\)",  # addresses
        r"</?[a-z]+(?: markdown)?>",
    ):
        source = re.sub(pattern, "", source, flags=re.MULTILINE)
    return unescape(source)


SCRAPS = """
mot¶Un¶été,¶« oui »¶12¶5 %¶1945.¶1.¶2.¶-¶*¶+¶#¶##¶###¶>¶:¶:   ¶|¶---¶===¶***¶|---|---|¶[^1]¶[^1]: note¶[x]¶[x](y)¶[x]: http://a
¶![i](j)¶`c`¶```¶*a*¶**b**¶_c_¶__d__¶*¶**¶_¶\\¶\\*¶\\_¶\\.¶<b>¶</b>¶<br>¶<nom>¶<div>¶</div>¶<div markdown>¶<!--¶-->¶&lt;
¶&amp;¶&¶&copy;¶{.x}¶{¶}¶(¶)¶!¶a_b¶l'¶d’¶—¶\u00a0¶…¶[...]¶[sic]¶<https://a.b>¶'¶"¶2*3¶x<y¶<p>¶</p>¶<table>¶<sup>2</sup>¶<script>
""".replace("\n", "").split("¶")
BETWEEN = [" ", " ", " ", " ", "\n", "\n", "\n\n", "\n\n", "\n    ", "\n  ", "  \n", ""]
TEXTS = st.lists(st.tuples(st.sampled_from(SCRAPS), st.sampled_from(BETWEEN)), min_size=1, max_size=9)


@settings(deadline=None, max_examples=400)
@given(TEXTS)
def test_what_is_accepted_is_shown_to_the_last_letter(scraps: list[tuple[str, str]]) -> None:
    text = "".join(scrap + between for scrap, between in scraps).strip("\n")
    # No expression knows what is code, a label, or a link that is none: « \\[x](y) ».
    plain = "`" not in text.replace("`c`", "") and "][" not in text and "\\[" not in text
    if plain and not told(text):
        assert letters(page(render(text, Extensions(USUAL)))) == letters(naive(text))


@settings(deadline=None, max_examples=200)
@given(
    st.text(
        st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")) | st.sampled_from("*_`[]()<>#-+.\\\n |!:&"),
        max_size=60,
    )
)
def test_any_text_is_read(text: str) -> None:
    for problem in told(text):
        assert problem.message
        assert 1 <= problem.place.line <= text.count("\n") + 1
        assert 1 <= problem.place.column <= max(map(len, text.split("\n"))) + 1


@pytest.mark.parametrize(
    "html",
    [
        '<ol start="3"><li>un</li><li>deux</li></ol>',
        "<ul><li>un</li><li>deux</li></ul>",
        "<ol><li>un<ol><li>deux</li></ol></li></ol>",
        "<ol><li>un</li><li>deux</li></ol><p>trois</p>",
        "<ol><li>un</li></ol>",
        "<p>un deux</p>",
        "",
    ],
)
def test_a_page_that_shows_another_list(html: str) -> None:
    assert differences("1. un\n2. deux", "<ol><li>un</li><li>deux</li></ol>", (), "index.md") == []
    assert differences("1. un\n2. deux", html, (), "index.md") != []


def test_what_is_one_cause_is_told_once() -> None:
    assert len(told("\n".join(f"  {n}. point" for n in range(3, 40)))) == 1
    assert len(told("1. un\n" + "  - sous\n" * 20 + "2. deux\n")) == 1


def test_all_causes_at_once() -> None:
    text = "#Un\n\n1945. La guerre.\n\nSoit 2*3*4 et <nom>.\n\n- 3 %\n\nUn titre\n---\n\n    du code\n\nUn mot[^1].\n"
    assert [problem.place.line for problem in told(text)] == [1, 3, 5, 5, 7, 10, 12, 14]
