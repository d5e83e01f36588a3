"""A passage is found again after an edit, or left without an answer: never another passage."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from manchette.anchor.align import align, common, tokens
from manchette.anchor.canonical import Span, canonical, fold
from manchette.anchor.quote import find, ranges
from manchette.anchor.reanchor import Answer, Fate, reanchor
from manchette.anchor.seek import Sought, hits
from manchette.anchor.selector import Selector
from tests.test_anchor import expanded

HERE = Path(__file__).parent / "repair"
CONTEXT = 32
unhurried = settings(deadline=None)  # other work on the machine is no failure


def cases(*names: str) -> list[Any]:
    found = [case for name in names for case in yaml.safe_load((HERE / name).read_text("utf-8"))]
    return [pytest.param(case, id=case.get("case") or case["limit"]) for case in found]


def unmarked(text: str) -> tuple[str, Span | None]:
    before, *rest = re.split("[⟦⟧]", expanded(text))
    return "".join([before, *rest]), Span(len(before), len(before) + len(rest[0])) if rest else None


@pytest.mark.parametrize("with_old", [True, False], ids=["old", "alone"])
@pytest.mark.parametrize("case", cases("passages.yml", "guards.yml"))
def test_passage_is_found_again_or_given_up(case: dict[str, Any], with_old: bool) -> None:
    old, place = unmarked(case["old"])
    new, expected = unmarked(case["new"])
    assert place
    exact = case.get("exact", old[slice(*place)])
    context = case.get("context", CONTEXT)
    prefix, suffix = old[max(0, place.start - context) : place.start], old[place.end : place.end + context]
    known = [old, place.start + case.get("astray", 0)] if with_old else []
    answer = reanchor(new, Selector(exact, prefix, suffix), *known)
    reason = case.get("reason") if with_old else case.get("alone", case.get("reason"))
    if reason:
        assert (answer.fate, answer.span, answer.reason) == ("unknown", None, reason)
        return
    assert (answer.fate, answer.span) == (case["kind"], expected)
    assert answer.quote.exact == case.get("quote", exact)
    assert find(canonical(new), answer.quote) == [expected]


@pytest.mark.parametrize("case", cases("limits.yml"))
def test_there_are_limits(case: dict[str, Any]) -> None:
    if "words" in case:
        old, new = ([f"{side}{number}" for number in range(1, case["words"][side])] for side in (0, 1))
        assert bool(common(["et", *old], ["et", *new])) == case["compared"]
        return
    text = canonical(case["text"] * case["times"])
    found = hits(tokens(text.text), Sought(case["exact"], "", ""), ranges(text, Selector(case["exact"])))
    assert len(found) == case["weighed"]


# Properties, on articles made of sentences that share their small words only.

VOCABULARY = """
pont port quai convoi ministre soldat traité accord presse été juin Moscou Pékin Séoul Kim arrive signe ouvre ferme
promet refuse attend vingt trente deux pas ne sans rouge long neuf jamais lundi mardi usine grain blé radio route
"""
SMALL = st.lists(st.sampled_from(["le", "la", "de", "à", "que", "un"]), max_size=2)


@st.composite
def articles(draw: st.DrawFn) -> list[str]:
    chosen = draw(st.permutations(VOCABULARY.split()))
    length = draw(st.integers(5, 9))
    rows = [chosen[at : at + length] for at in range(0, len(chosen) - length + 1, length)]
    return [" ".join(part for word in row for part in (*draw(SMALL), word)).capitalize() + "." for row in rows]


WORDS = st.sampled_from(VOCABULARY.split())
ARTICLES = articles()


@st.composite
def quoted(draw: st.DrawFn) -> tuple[list[str], int, Span]:
    sentences = draw(ARTICLES)
    which = draw(st.integers(0, len(sentences) - 1))
    chosen = list(re.finditer(r"\S+", sentences[which]))
    first = draw(st.integers(0, len(chosen) - 4))
    last = draw(st.integers(first + 3, len(chosen) - 1))
    return sentences, which, Span(chosen[first].start(), chosen[last].end())


def around(text: str, place: Span) -> Selector:
    start, end = place
    return Selector(text[start:end], text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT])


def placed(sentences: list[str], which: int, within: Span) -> tuple[str, Span]:
    offset = sum(len(sentence) + 1 for sentence in sentences[:which])
    return " ".join(sentences), Span(offset + within.start, offset + within.end)


@unhurried
@given(quoted())
def test_in_an_unchanged_text_a_passage_stays(chosen: tuple[list[str], int, Span]) -> None:
    text, place = placed(*chosen)
    answer = reanchor(text, around(text, place), text, place.start)
    assert (answer.fate, answer.span) == (Fate.UNCHANGED, place)
    alone = reanchor(text, around(text, place))
    assert alone.span in {place, None}


@unhurried
@given(quoted(), st.randoms(use_true_random=False))
def test_in_a_shuffled_text_it_is_followed_or_given_up(chosen: tuple[list[str], int, Span], random: Any) -> None:
    sentences, which, within = chosen
    old, place = placed(*chosen)
    order = list(range(len(sentences)))
    random.shuffle(order)
    new, expected = placed([sentences[index] for index in order], order.index(which), within)
    answer = reanchor(new, around(old, place), old, place.start)
    assume(len(find(canonical(new), old[slice(*place)])) == 1)
    assert answer.span in {expected, None}


@unhurried
@given(quoted(), st.data())
def test_repairing_twice_changes_nothing(chosen: tuple[list[str], int, Span], data: st.DataObject) -> None:
    sentences, which, _ = chosen
    old, place = placed(*chosen)
    edited = list(sentences)
    cut = edited[which].split()
    cut[data.draw(st.integers(0, len(cut) - 1))] = data.draw(WORDS)
    edited[which] = " ".join(cut)
    new = " ".join(edited)
    first = reanchor(new, around(old, place), old, place.start)
    assume(first.span)
    assert first.span
    again = reanchor(new, first.quote, new, first.span.start)
    assert again == Answer(Fate.UNCHANGED, first.span, again.confidence, None, first.quote)


@unhurried
@given(quoted())
def test_a_deleted_sentence_leaves_no_answer_on_what_was_another(chosen: tuple[list[str], int, Span]) -> None:
    sentences, which, _ = chosen
    old, place = placed(*chosen)
    new = " ".join(sentences[:which] + sentences[which + 1 :])
    answer = reanchor(new, around(old, place), old, place.start)
    if answer.span:  # words of its own that the alignment gave it: none, as all that is left stood elsewhere
        sides, (low, high) = align(fold(old), fold(new)), tokens(fold(new)).within(*answer.span)
        first, last = tokens(fold(old)).within(*place)
        assert any(first <= index < last for index in sides.backward[low:high])


@unhurried
@given(ARTICLES, ARTICLES)
def test_an_alignment_links_each_word_once(old: list[str], new: list[str]) -> None:
    sides = align(" ".join(old), " ".join(new))
    for here, there in ((sides.forward, sides.backward), (sides.backward, sides.forward)):
        assert all(there[other] == index for index, other in enumerate(here) if other >= 0)
