"""French typography: golden cases as typed and as set, and what holds for any text."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from manchette.marks import flow
from manchette.typeset import typography
from manchette.typeset.typography import apply, typeset

HERE = Path(__file__).parent / "typography"
TEXT = [
    case
    for group in yaml.safe_load((HERE / "text.yml").read_text("utf-8"))
    for cases in group.values()
    for case in cases
]
HTML = yaml.safe_load((HERE / "html.yml").read_text("utf-8"))


def spelled(text: str) -> str:
    return text.replace("~", "\u00a0").replace("_", "\u202f")


@pytest.mark.parametrize("case", TEXT, ids=lambda case: case[0])
def test_text(case: list[str]) -> None:
    typed, as_set = spelled(case[0]), spelled(case[-1])
    assert typeset(typed) == as_set
    assert typeset(as_set) == as_set


@pytest.mark.parametrize("case", HTML, ids=lambda case: case[0])
def test_html(case: list[str]) -> None:
    typed, as_set = spelled(case[0]), spelled(case[-1])
    assert apply(typed) == as_set
    assert apply(as_set) == as_set


@pytest.mark.parametrize("case", TEXT, ids=lambda case: case[0])
def test_html_is_set_as_its_text(case: list[str]) -> None:
    escaped = spelled(case[0]).replace("&", "&amp;").replace("<", "&lt;")
    assert flow(apply(f"<p>{escaped}</p>"), "fr").text == spelled(case[-1])


WORDS = [
    "mot",
    "Axe",
    "l'an",
    "l'",
    "d’",
    "é",
    "12",
    "300",
    "2024-2025",
    "11-13",
    "h",
    "mars",
    "km",
    "%",
    "http://a.fr/?b;c",
    "C++",
]
SIGNS = [*";:!?.,…", "?!", "...", "-", "–", "--", "§", "\n", "", "", "", ""]
AROUND = [
    ("", ""),
    ("« ", " »"),
    ("«", "»"),
    ('"', '"'),
    ("“", "”"),
    ("(", ")"),
    ("– ", " –"),
    ("«\u00a0", ""),
]


@st.composite
def texts(draw: st.DrawFn) -> str:
    parts = []
    for _ in range(draw(st.integers(0, 8))):
        opening, closing = draw(st.sampled_from(AROUND))
        space, sign, gap = (draw(st.sampled_from(of)) for of in (["", " ", "\u00a0", "\u202f"], SIGNS, [" ", " ", ""]))
        words = " ".join(draw(st.lists(st.sampled_from(WORDS), min_size=1, max_size=3)))
        parts.append(f"{opening}{words}{closing}{space}{sign}{gap}")
    return "".join(parts)


HOLDERS = [
    *(
        "<p>{}</p>",
        "<li>{}",
        "{}<br>",
        "<b>{}</b>",
        "<span lang=en>{}</span>",
        '<div lang="en"><p>a</p><p>{}</p></div>',
    ),
    *(
        '<p aria-hidden="true">{}</p>',
        "<pre>{}</pre>",
        "<svg><p>a</p><title>{}</title><g/></svg>",
        "<!-- {} <p>-->",
        "{}</div>",
    ),
    *(
        "<template><p>a</p><p>{}</p></template>",
        '<a title="{}">',
        '<p id="a" class="b">{}</p>',
        '<a href="#a">{}</a></li>',
        '<code class="b">{}</code>',
        "<h2>{}</h2>\n",
        "<td>{}<td>",
        "<textarea>{}</textarea>",
    ),
]


@given(st.lists(st.tuples(st.sampled_from(HOLDERS), texts()), max_size=8))
@settings(deadline=None, max_examples=300)
def test_a_page_in_runs_is_set_as_the_page(parts: list[tuple[str, str]]) -> None:
    html = "".join(holder.format(text.replace('"', "&quot;")) for holder, text in parts)
    assert apply(html) == typography._edited(html, flow(html, "fr"))


@given(texts())
@settings(deadline=None, max_examples=300)
def test_once_is_enough_and_words_stay(text: str) -> None:
    once = typeset(text)
    assert typeset(once) == once
    assert [c for c in once if c.isalnum()] == [c for c in text if c.isalnum()]
