"""Marks: what is read, what is put where, and that nothing else changes."""

from __future__ import annotations

import re
from functools import cache
from html import unescape
from itertools import product
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from markdown import markdown
from marks.judge import Page

from manchette.anchor.canonical import Span
from manchette.marks import OBJECT, Body, NotPlainError, Range, bare, dress, flow, number, read, run, texts, wrap, write
from manchette.marks.body import read_all
from manchette.marks.elements import to_typeset
from manchette.marks.events import events, parsed, plain

HERE = Path(__file__).parent / "marks"
PAGES = {path.stem: path.read_text("utf-8") for path in sorted((HERE / "pages").glob("*.md"))}
EXTENSIONS = ["admonition", "attr_list", "def_list", "fenced_code", "footnotes", "md_in_html", "tables", "toc"]
KINDS = ("claim", "date", "person")


def render(page: str, *, smart: bool = False) -> str:
    return markdown(PAGES[page], extensions=[*EXTENSIONS, "smarty"] if smart else EXTENSIONS)


BODIES = {
    f"{page}{' smart' if smart else ''}": read(render(page, smart=smart))
    for page, smart in product(PAGES, (False, True))
}


def a_range(span: Span, kind: str, id_: str, *, call: bool = True) -> Range:
    return Range(
        span,
        f'data-mark="{id_}"',
        f'id="{id_}"',
        "" if kind == "claim" else f'href="#note--{id_}"',
        f'<a data-call="{id_}" href="#">1</a>' if call and kind == "claim" else "",
    )


def some_ranges(text: str, *, calls: bool = True) -> st.SearchStrategy[list[Range]]:
    spans = st.tuples(st.integers(0, len(text) - 1), st.integers(1, 60)).map(
        lambda pair: Span(pair[0], min(len(text), pair[0] + pair[1]))
    )
    return st.lists(st.tuples(spans, st.sampled_from(KINDS)), min_size=1, max_size=12).map(
        lambda items: [a_range(span, kind, f"{kind}--{i}", call=calls) for i, (span, kind) in enumerate(items)]
    )


def squeezed(text: str) -> str:
    return re.sub(r"[ \t\n\r\f]", "", text)


@cache
def untouched(html: str, strict: bool) -> Page:
    return Page(html, strict=strict)


def judge(body: Body, ranges: list[Range], *, strict: bool) -> None:
    before, after = untouched(body.html, strict), Page(write(body.html, wrap(body, ranges)), strict=strict)
    assert after.tree == before.tree
    assert after.nested_links == before.nested_links
    assert len(after.ids) == len(set(after.ids))
    assert not after.twice
    assert sorted(after.calls) == sorted(range_.first[4:-1] for range_ in ranges if range_.after)
    for range_ in ranges:
        mark, covered = range_.first[4:-1], squeezed(body.text[slice(*range_.span)]).replace(OBJECT, "")
        assert after.covered.get(mark, "") == covered
        if covered:
            first, *rest = after.stretches[mark]
            assert first.endswith(" id")
            assert not any(stretch.endswith(" id") for stretch in rest)
            assert [stretch[0] for stretch in (first, *rest)].count("a") <= bool(range_.link)


@pytest.mark.parametrize("name", [name for name in BODIES if "sloppy" not in name])
@given(data=st.data())
@settings(deadline=None, max_examples=40)
def test_marks_change_nothing_else(name: str, data: st.DataObject) -> None:
    body = BODIES[name]
    assert untouched(body.html, True).visible == squeezed(body.text)
    judge(body, data.draw(some_ranges(body.text)), strict=True)


@given(data=st.data())
@settings(deadline=None, max_examples=60)
def test_marks_do_not_make_sloppy_html_worse(data: st.DataObject) -> None:
    body = BODIES["sloppy"]
    # A call is a link, and the page leaves one open: a browser closes it there.
    judge(body, data.draw(some_ranges(body.text, calls=False)), strict=False)


TAGS = """

¶    <b> </b> <i> </i> <em> </em> <p> </p> <li> <ul> </ul> <span> </span> <dl> <dt>
    <div> </div> <br> <pre> </pre> </a> </x> <h2>t</h2> </h2> <code>x</code> <button>b</button> &amp; mot
"""
SCRAPS = [*TAGS.split(), "un ", " ", "\n", "< ", '<a href="#">', '<img alt="y">', "<!-- c -->"]


@given(html=st.lists(st.sampled_from(SCRAPS), min_size=2, max_size=14).map("".join), data=st.data())
@settings(deadline=None, max_examples=300)
def test_marks_in_scraps(html: str, data: st.DataObject) -> None:
    body = read(html)
    assume(body.text and untouched(html, False).visible == squeezed(body.text))  # browsers guess what an open tag holds
    judge(body, data.draw(some_ranges(body.text, calls=False)), strict=False)


def golden(name: str) -> list[dict[str, Any]]:
    """Cases of a file; `\\n` in an unquoted scalar is a line feed."""
    cases: list[dict[str, Any]] = yaml.safe_load((HERE / f"{name}.yml").read_text("utf-8"))
    for case in cases:
        for key in case.keys() & {"html", "page"}:
            case[key] = re.sub(r"\\u([0-9A-F]{4})", lambda m: chr(int(m[1], 16)), case[key])
            case[key] = case[key].replace("\\r", "\r").replace("\\n", "\n")
    return cases


@pytest.mark.parametrize("case", golden("read"), ids=lambda case: case["html"])
def test_read(case: dict[str, Any]) -> None:
    body = read(case["html"])
    assert body.text == case["text"]
    if "paragraphs" in case:
        assert [body.text[start:end] for start, end in body.paragraphs] == case["paragraphs"]
    if "parts" in case:
        assert {str(part): body.text[slice(*part.span)] for part in body.parts} == case["parts"]
    assert [body.part(part.span.start) for part in body.parts] == list(body.parts)
    assert [body.part(start).number for start, _ in body.paragraphs] == list(range(1, len(body.paragraphs) + 1))


@pytest.mark.parametrize("name", BODIES)
def test_every_character_has_its_place(name: str) -> None:
    body = BODIES[name]
    last = 0
    for offset, character in enumerate(body.text):
        start, end = body.place(offset)
        source = body.html[start:end]
        assert start >= last
        assert unescape(source).split() == character.split() or character == OBJECT or source in {"<br />", "<br>"}
        last = end


@pytest.mark.parametrize("case", golden("wrap"), ids=lambda case: case["why"])
def test_wrap(case: dict[str, Any]) -> None:
    body = read(case["html"])
    ranges = []
    for id_, words, *link in case["marks"]:
        start = body.text.index(words)
        after = f"[{id_}]" if id_.startswith("c") else ""
        ranges.append(Range(Span(start, start + len(words)), f"m={id_}", "#", "@" if link else "", after))
    assert spelled(write(body.html, wrap(body, ranges))) == case["page"]


def spelled(page: str) -> str:
    """The page with marks as the cases write them: `<n1@>` is a link, `<n1>` a span, and `</n1>` the end of either."""
    open_: list[tuple[str, str]] = []  # the element of each, and the name of its end tag

    def tag(match: re.Match[str]) -> str:
        if match["end"]:
            element, name = open_.pop() if open_ else (match["end"], match["end"])
            return f"</{name}>" if element == match["end"] else f"</{match['end']} ends <{name}>"
        mark = re.fullmatch(r"( #)? m=(\w+)( @)?", match["attributes"])
        open_.append((match["start"], mark[2] if mark else match["start"]))
        if not mark:
            return match[0]
        assert (match["start"] == "a") is bool(mark[3])
        return f"<{mark[2]}{(mark[1] or '').strip()}{(mark[3] or '').strip()}>"

    return re.sub(r"<(?P<start>a|span)\b(?P<attributes>[^>]*)>|</(?P<end>a|span)>", tag, page)


@pytest.mark.parametrize("case", golden("number"), ids=lambda case: case["html"])
def test_number(case: dict[str, Any]) -> None:
    body = read(case["html"])
    edits = number(body, lambda n: f"[{n}]", lambda n: {"id": f"p{n}", "class": "numbered"})
    assert write(body.html, edits) == case["page"]


@pytest.mark.parametrize("span", [Span(0, 0), Span(2, 1), Span(-1, 2), Span(0, 4)])
def test_a_span_outside_the_text_is_refused(span: Span) -> None:
    with pytest.raises(ValueError, match="is not a stretch"):
        wrap(read("<p>mot</p>"), [Range(span, "")])


def test_the_number_stands_before_the_mark_and_the_call_where_it_is_wanted() -> None:
    body = read("<p>Un mot.</p>")
    range_ = Range(Span(0, 7), "m", after="[1]", after_at=6)
    page = write(body.html, [*wrap(body, [range_]), *number(body, lambda n: f"§{n}")])
    assert page == "<p>§1<span m>Un mot[1].</span></p>"


def test_a_mark_ends_before_the_numbered_block_that_follows() -> None:
    body = read("un<p>deux</p>")
    edits = [
        *number(body, lambda n: f"§{n}", lambda n: {"id": f"p{n}"}),
        *wrap(body, [Range(Span(0, 2), "m", after="[1]")]),
    ]
    assert write(body.html, edits) == '§1<span m>un</span>[1]<p id="p2">§2deux</p>'


TAGS = (
    """
<p>¶</p>¶<p class="a b" id=x>¶<span lang="en">¶</span>¶<SPAN LANG='de'>¶<sup id="fnref:1">¶</sup>
¶<a href="a&amp;b" role="doc-noteref">¶</a>¶<br>¶<br/>¶</br>¶<svg viewBox="0 0 1 1"/>¶<svg>
¶<svg><title>un</title><path d="M0"/></svg>¶</svg>¶<title>¶</title>¶<style>a>b{}</style>¶<script>x</script>
¶<script>"<b>"</script>¶<textarea>¶</textarea>¶<pre>¶</pre>¶<code>¶</code>¶<li>¶<div aria-hidden="true">
¶<div hidden>¶</div>¶<!-- non -->¶<!--a--b-->¶<!--->¶<!-->¶<!--¶-->¶<hr>¶<img src="x" alt='é'>¶<?x?>¶<!doctype html>
¶<![CDATA[x]]>¶<¶< b¶<é>¶<b a=1 b>¶<b/>¶<b / >¶</b >¶</ b>¶</é>¶&amp;¶&#10;¶&nbsp;¶&¶mot¶ mot ¶\n¶  ¶\t¶ ¶é’a
¶"¶'¶>¶=¶<p class="a\nb">¶<a title="a > b">¶<a title="a &lt; b" title="c">¶<span data-x = "1">
¶<clipPath id="c">¶</clipPath>
""".strip("\n")
    .replace("\n¶", "¶")
    .split("¶")
)
HTML = st.lists(st.sampled_from(TAGS), max_size=14).map("".join)


@given(HTML)
def test_plain_html_is_read_as_the_parser_reads_it(html: str) -> None:
    assume(plain(html) is not None)
    assert [(*event[:4], dict(event.attributes)) for event in events(html)] == [
        (*event[:4], dict(event.attributes)) for event in parsed(html)
    ]


@given(HTML)
def test_the_flow_of_plain_html_is_that_of_any_other(html: str) -> None:
    assume(plain(html) is not None)
    found, sure = flow(html, "fr"), read_all(html, lambda name, given: to_typeset(name, given, "fr"), "\n")
    assert found.text == sure.text
    assert [found.place(at) for at in range(len(found.text))] == [sure.place(at) for at in range(len(sure.text))]
    assert list(found.joints) == list(sure.joints)


OF_ATTRIBUTES = [
    '<svg / href="">un</svg> deux',
    '<svg href="x"/ id="b">un</svg> deux',
    'un<sup id="fnref:1" title="a">1</sup>',
    'un<sup title="a" id="&#102;nref">1</sup>',
    "<p title=' lang=\"en\" '>un</p>",
    '<p title=\' id="a" \' lang="en">un</p>',
    '<p id="a" LANG="en">un</p>',
    '<p data-lang="en" hreflang="en" aria-label="en">un</p>',
    '<p title="lang=&quot;en&quot;" role="doc-noteref">un</p>',
    '<a href="x"lang="en">un</a>',
    '<p c=" en="x" class=">un</p>',
    '<p c="d=\' class=idb= aid="x" c=">un</p>',
    '<p style="a" aria-hidden="true">un</p><p>deux</p>',
]


@pytest.mark.parametrize("html", OF_ATTRIBUTES)
def test_attributes_that_tell_nothing_are_left_out_and_no_others(html: str) -> None:
    try:
        runs, _ = bare(html)
    except NotPlainError:
        return  # it is read whole
    found = run("".join(runs), "fr")
    assert found
    assert found.text == flow(html, "fr").text


def test_tags_that_differ_by_what_tells_nothing_are_alike() -> None:
    alike = '<a class="b" id="{0}" href="{0}.html?a&amp;b">un</a>'
    assert bare(alike.format(1))[0] == bare(alike.format(2))[0]


@given(HTML)
def test_bare_runs_read_apart_are_the_flow_of_all(html: str) -> None:
    found, held = [], ""
    try:
        runs, tags = bare(html)
        assert dress(texts("".join(runs)), tags) == html
        for part in runs:
            held += part
            if (read := run(held, "fr")) is not None:
                found.append(read.text)
                held = ""
    except NotPlainError:
        return  # it is read whole
    if not held:
        assert "\n".join(filter(None, found)) == flow(html, "fr").text


@pytest.mark.parametrize("page", PAGES)
def test_what_a_renderer_writes_is_plain(page: str) -> None:
    assert plain(render(page)) is not None
