"""The edits in sense.yml are many and of every kind, no two are alike, and none is written that turns the sense."""

from __future__ import annotations

import re
from collections import Counter
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
import yaml
from markdown import markdown

from manchette.anchor.wording import same_words
from manchette.marks import read
from manchette.upkeep.dictionary import french

EDITS: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "repair/sense.yml").read_text("utf-8"))
TURNING = [edit for edit in EDITS if edit["turns"]]
STAYING = [edit for edit in EDITS if not edit["turns"]]
WRITTEN = [edit for edit in EDITS if edit["written"]]
# Of the edits that turn the sense.
KINDS = (
    "accent adverb antonym attribution capital condition date dropped letter modality mood name negation number prefix",
    "preposition quantifier question quotes rare-word regrouping role several space tense title unit who wrong-mend",
)


def words(text: str) -> set[str]:
    return set(re.findall(r"[^\W\d_]{4,}", text.casefold()))


def test_every_edit_says_what_it_is() -> None:
    keys = {"id", "kind", "old", "new", "turns", "written"}
    for edit in EDITS:
        assert set(edit) == keys | ({"correct"} if edit["turns"] else set()), edit
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", edit["id"])
        assert edit["old"] != edit["new"], edit["id"]
        assert 6 <= len(edit["old"].split()) <= 35, edit["id"]
        assert not (edit["turns"] and edit["written"]), edit["id"]
    assert [name for name, times in Counter(edit["id"] for edit in EDITS).items() if times > 1] == []


def test_there_are_enough_of_every_kind() -> None:
    assert min(len(TURNING), len(STAYING)) >= 165
    assert len(WRITTEN) >= 80
    assert sum(edit["kind"] == "typo" for edit in WRITTEN) >= 40
    kinds = Counter(edit["kind"] for edit in TURNING)
    assert {kind: kinds[kind] for kind in " ".join(KINDS).split() if kinds[kind] < 8} == {}


def test_no_two_sentences_share_half_their_words() -> None:
    sentences = [(edit["id"], words(edit["old"])) for edit in EDITS]
    alike = [
        (one, other)
        for (one, these), (other, those) in combinations(sentences, 2)
        if 2 * len(these & those) >= min(len(these), len(those))
    ]
    assert alike == []


def written(edit: dict[str, Any]) -> bool:
    """Whether `repair` would write the new sentence for the old, as a reader sees them."""
    old, new = (read(markdown(edit[side])).text for side in ("old", "new"))
    return same_words(old, new, french)


@pytest.mark.parametrize("edit", [pytest.param(edit, id=edit["id"]) for edit in EDITS if not edit["written"]])
def test_what_may_turn_the_sense_is_not_written(edit: dict[str, Any]) -> None:
    assert not written(edit)


def test_most_that_may_be_written_is() -> None:
    # The others are slips that are as near to a second word, « reportge », or that stand where words are inflected.
    left = [edit["id"] for edit in WRITTEN if not written(edit)]
    assert len(left) <= len(WRITTEN) / 5, left
