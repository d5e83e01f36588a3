"""Quotes and names are found where they stand, in any typographic disguise, and nowhere else."""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from manchette.anchor.canonical import Canonical, Span, canonical, fold
from manchette.anchor.context import standing
from manchette.anchor.letters import base_letters, unaccented
from manchette.anchor.quote import Forms, find, mentions
from manchette.anchor.refusal import diagnose, worded
from manchette.anchor.selector import GAP, Selector

HERE = Path(__file__).parent / "anchor"
unhurried = settings(deadline=None)  # other work on the machine is no failure
MARKS = re.compile("[⟦⟧]")


def cases(name: str) -> list[Any]:
    found = yaml.safe_load((HERE / name).read_text("utf-8"))
    return [pytest.param(case, id=f"{name}-{n}") for n, case in enumerate(found)]


def expanded(text: str) -> str:
    """« {oui }×3 » → « oui oui oui  »."""
    return re.sub(r"\{(.*?)\}×(\d+)", lambda match: match[1] * int(match[2]), text)


def blocks(text: str) -> Canonical:
    """¶ parts two blocks of a text; the reader's text has a space there."""
    return Canonical(text.replace("¶", " "), [at for at, letter in enumerate(text) if letter == "¶"])


def selector(case: dict[str, str]) -> Selector:
    return Selector(case["exact"], case.get("prefix", ""), case.get("suffix", ""))


@pytest.mark.parametrize("case", cases("alike.yml"))
def test_canonical_form_makes_one_what_the_format_says(case: dict[str, Any]) -> None:
    first, *others = case["alike"]
    assert fold(first) == first
    for form in others:
        assert fold(form) == canonical(form).text == first, ascii(form)
    for form in case.get("unlike", []):
        assert fold(form) != first, ascii(form)


@pytest.mark.parametrize("case", cases("places.yml"))
def test_quote_stands_where_marked(case: dict[str, str]) -> None:
    before, *pieces = MARKS.split(case["text"])
    text, expected = before, []
    for number, piece in enumerate(pieces):
        if number % 2 == 0:
            expected.append(Span(len(text), len(text) + len(piece)))
        text += piece
    assert find(blocks(text), selector(case)) == expected


def test_places_that_overlap_are_all_places() -> None:
    assert find(canonical("bon bon bon"), "bon bon") == [Span(0, 7), Span(4, 11)]


@pytest.mark.parametrize("case", cases("contexts.yml"))
def test_context_is_proposed_where_it_decides(case: dict[str, Any]) -> None:
    before, words, after = MARKS.split(expanded(case["text"]))
    text = canonical(before + words + after)
    found = standing(text, words, text.range(len(before), len(before) + len(words)))
    assert found.quote.has_context == case["decided"]
    if case["decided"]:
        assert find(text, found.quote) == [found.span]


@pytest.mark.parametrize(("text", "expected"), yaml.safe_load((HERE / "letters.yml").read_text("utf-8")).items())
def test_letters_without_their_accents(text: str, expected: str) -> None:
    assert unaccented(text) == expected
    composed = unicodedata.normalize("NFC", text)
    assert base_letters(composed) == expected.lower()


@pytest.mark.parametrize("case", cases("names.yml"))
def test_names_are_mentioned_in_whole_words(case: dict[str, Any]) -> None:
    found = mentions(blocks(case["text"]), Forms({form: form for form in case["forms"]}))
    assert [case["text"][start:end] for (start, end), _ in found] == case["named"]
    assert all(fold(case["text"][start:end]) == fold(form) for (start, end), form in found)


@pytest.mark.parametrize("case", cases("refusals.yml"))
def test_refusals_say_what_to_write(case: dict[str, str]) -> None:
    text = blocks(case["text"])
    refusal = diagnose(text, selector(case))
    told = worded(refusal, lambda at: "§\u00a0{}".format(sum(mark in "\n¶" for mark in case["text"][:at]) + 1))
    assert (refusal.code, *told) == (
        case["code"],
        case["message"].replace("~", "\u00a0"),
        case["suggestion"].replace("~", "\u00a0"),
    )
    for place in refusal.places[:5]:  # the others are only counted
        assert find(text, place.quote) == [place.span]
    for passage in refusal.nearest:
        assert passage.exact == text.source[slice(*passage.span)] or GAP in passage.exact


# Any stretch of a text, in any disguise.

VARIANTS = ["'’‘ʼ", "-‐‑‒–—―−", '"«»“”', " \u00a0\u202f\n\t\u2009"]
LETTERS = [*"abcdé tÀçœ’'-–«»“”\"(,.;:!?)[] 0127", "ﬁ", "ﬂ", "fi", "e\u0301", "x\u0302", "\u00ad", "\u200b", "\n\n"]
CLUSTERS = ["🇫🇷", "👩\u200d👧", "שלום", "ça ", "l’", "« ", " »", " ?", "les ", "Kim ", "  ", "\u1100\u1161\u11a8"]
PIECES = st.sampled_from(LETTERS + CLUSTERS)
TEXTS = st.lists(PIECES, min_size=1, max_size=60).map("".join)
OPENS, CLOSES, AROUND = "([", ",.;:!?)]", '"«»“”'
INVISIBLE = "\u00ad\u200b\u200d\u2060"


@st.composite
def disguised(draw: st.DrawFn, stretch: str) -> str:
    """Give a stretch as another keyboard, another editor or another country would have typed it."""
    random = draw(st.randoms(use_true_random=False))
    stretch = unicodedata.normalize(random.choice(["NFC", "NFD"]), stretch)
    stretch = stretch.replace("ﬁ", "fi") if random.random() < 0.5 else stretch.replace("fl", "ﬂ")
    written = []
    for index, letter in enumerate(stretch):
        family = next((family for family in VARIANTS if letter in family), letter)
        last = stretch[index - 1] if index else "\0"
        if letter in CLOSES + AROUND and index and random.random() < 0.3:
            written.append(random.choice(VARIANTS[3]))
        following = stretch[index + 1 :].lstrip(VARIANTS[3] + INVISIBLE)[:1]
        before = stretch[:index].rstrip(VARIANTS[3] + INVISIBLE)[-1:]
        free = letter in VARIANTS[3] and (
            (following and following in CLOSES + AROUND) or (before and before in OPENS + AROUND + VARIANTS[0])
        )
        if not (free and random.random() < 0.5):
            written.append(random.choice(family))
        if letter in OPENS + AROUND + VARIANTS[0] and random.random() < 0.3:
            written.append(random.choice(VARIANTS[3]))
        if random.random() < 0.1:
            written.append(random.choice(INVISIBLE))
        if letter in VARIANTS[3] and last != "\0" and random.random() < 0.2 and not free:
            written.append(random.choice(VARIANTS[3]))
    return "".join(written)


def joins(letter: str) -> bool:
    return unicodedata.combining(letter) > 0 or "\u1160" <= letter <= "\u11ff"


@st.composite
def stretches(draw: st.DrawFn) -> tuple[str, int, int]:
    """Give a text and a stretch of it that splits no letter from its accent."""
    text = draw(TEXTS)
    start = draw(st.integers(0, len(text)))
    end = draw(st.integers(start, len(text)))
    for cut in (text[start:], text[end:]):
        assume(not joins(cut.lstrip(INVISIBLE)[:1] or " "))
    return text, start, end


def place_of(text: Canonical, start: int, end: int) -> Span | None:
    first, last = text.range(start, end)
    while first < last and text.text[first] == " ":
        first += 1
    while first < last and text.text[last - 1] == " ":
        last -= 1
    return text.span(first, last) if first < last else None


@unhurried
@given(stretches(), st.data())
def test_any_stretch_is_found_where_it_stands(taken: tuple[str, int, int], data: st.DataObject) -> None:
    source, start, end = taken
    text = canonical(source)
    expected = place_of(text, start, end)
    quote = data.draw(disguised(source[start:end]))
    assert fold(quote) == fold(source[start:end])
    assert (expected is None) == Selector(quote).blank
    if expected:
        assert expected in find(text, quote)
        around = data.draw(disguised(source[:start])), data.draw(disguised(source[end:]))
        assert expected in find(text, Selector(quote, *around))


@unhurried
@given(TEXTS)
def test_the_map_covers_the_text_in_order(source: str) -> None:
    text = canonical(source)
    assert canonical(text.text).text == text.text == fold(source)
    spans = [text.span(at, at + 1) for at in range(len(text.text))]
    assert all(a.start <= b.start and a.end <= b.end for a, b in pairwise(spans))
    for at, span in enumerate(spans):
        assert fold(source[span.start : span.end]).find(text.text[at].strip()) >= 0
        first, last = text.range(*span)
        assert first <= at < last
    assert text.span(0, 0).start <= text.span(len(text.text), len(text.text)).start == len(source)


@unhurried
@given(TEXTS.filter(lambda text: len(text) > 3), st.data())
def test_proposed_context_decides(source: str, data: st.DataObject) -> None:
    text = canonical(source)
    start = data.draw(st.integers(0, max(0, len(text.text) - 1)))
    quote = text.text[start : start + 2]
    assume(not Selector(quote).blank)
    for place in diagnose(text, quote).places:
        if place.quote.has_context:
            assert find(text, place.quote) == [place.span]
