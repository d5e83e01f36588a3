"""This site's own notes keep the promises of its method page, as far as a program can tell.

Whether a source carries a sentence, whether a title was read: only a reader can say. `notes/expected.yml` holds what is
expected of this article.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from manchette.format.kinds import Person
from manchette.format.kinds.claim import Claim, Stance, Verdict
from manchette.format.kinds.place import Location
from manchette.site.open import open_site
from manchette.site.site import Article, Site
from tests.test_spelling import texts

ROOT = Path(__file__).parent.parent
EXPECTED = yaml.safe_load((Path(__file__).parent / "notes" / "expected.yml").read_text(encoding="utf-8"))
SENTENCE_END = re.compile(r"[.!?…](?= [A-ZÀÉÊ«0-9]|$)| »\.?$")


@pytest.fixture(scope="module")
def notes() -> Site:
    return open_site(ROOT)


def only(notes: Site) -> Article:
    (article,) = notes.articles.values()
    return article


def claims(notes: Site) -> Iterator[tuple[str, Claim]]:
    return ((key, record.entry) for key, record in only(notes).claims.items())


def test_check_finds_nothing(notes: Site) -> None:
    assert [str(problem) for problem in notes.problems] == []


def test_a_reader_s_questions_have_a_claim(notes: Site) -> None:
    article = only(notes)
    passages = [article.body.text[mark.span.start : mark.span.end] for mark in article.marks if mark.kind == "claim"]
    assert 16 <= len(article.claims) <= 20
    assert [words for words in EXPECTED["asked"] if not any(words in passage for passage in passages)] == []
    for outer, inner in EXPECTED["nested"]:
        (around,), (within,) = article.passages["claim", outer], article.passages["claim", inner]
        assert around.span.start <= within.span.start < within.span.end <= around.span.end


def test_every_verdict_is_given(notes: Site) -> None:
    assert {claim.verdict for _, claim in claims(notes)} == set(Verdict)


def test_every_piece_of_evidence_has_a_source_and_says_something(notes: Site) -> None:
    for key, claim in claims(notes):
        assert all(item.source in notes.sources and item.says for item in claim.evidence), key
        cited = [item.source for item in claim.evidence]
        assert len(cited) == len(set(cited)), key


@pytest.mark.parametrize(
    ("verdict", "stance"), [(Verdict.SUPPORTED, Stance.SUPPORTS), (Verdict.DISPUTED, Stance.CONTRADICTS)]
)
def test_a_weak_source_never_carries_a_verdict_alone(notes: Site, verdict: Verdict, stance: Stance) -> None:
    for key, claim in claims(notes):
        carried = [notes.sources[item.source].entry.note or "" for item in claim.evidence if item.stance is stance]
        strong = [note for note in carried if not any(word in note for word in EXPECTED["weak"])]
        assert strong or claim.verdict is not verdict, key


def test_every_source_is_cited(notes: Site) -> None:
    cited = {item.source for _, claim in claims(notes) for item in claim.evidence}
    cited |= {key for event in only(notes).events.values() for key in event.entry.sources}
    for _, record in notes.entities.values():
        cited |= set(record.entry.sources)
        if isinstance(record.entry, Person):
            cited |= {key for role in record.entry.roles for key in role.sources}
    assert cited == set(notes.sources)


def test_a_source_has_a_title_that_was_read_or_else_a_description(notes: Site) -> None:
    both = [key for key, source in notes.sources.items() if bool(source.entry.title) == bool(source.entry.description)]
    assert both == []


def test_every_entity_is_named_or_says_that_it_is_not(notes: Site) -> None:
    article = only(notes)
    named = {mark.id for mark in article.marks} | {article.front.publisher}
    assert set(notes.entities) - named == set(EXPECTED["unnamed"])
    for key, words in EXPECTED["unnamed"].items():
        assert words in notes.entities[key][1].entry.description, key


def test_people_and_places_have_their_own_names_and_places_stand_somewhere(notes: Site) -> None:
    for key, (_, record) in notes.entities.items():
        if isinstance(record.entry, Person | Location):
            assert record.entry.names, key
        if isinstance(record.entry, Location):
            assert record.entry.coordinates, key
            assert record.entry.precision, key


def test_every_event_has_a_source_and_a_passage_or_a_claim(notes: Site) -> None:
    article = only(notes)
    for key, record in article.events.items():
        assert record.entry.sources, key
        assert ("date", key) in article.passages or record.entry.claims, key
    context = [key for key, record in article.events.items() if record.entry.quote is None]
    assert 15 <= len(context) <= 20


def test_a_date_s_words_neither_hold_a_name_nor_end_before_one(notes: Site) -> None:
    article = only(notes)
    names = [mark.span for mark in article.marks if mark.kind not in {"date", "claim"}]
    for mark in article.marks:
        if mark.kind == "date":
            assert not any(mark.span.start < name.end and name.start <= mark.span.end + 1 for name in names), mark.id


def test_notes_are_short(notes: Site) -> None:
    for key, claim in claims(notes):
        assert 1 <= len(SENTENCE_END.findall(claim.rationale)) <= 3, key
    for key, (_, record) in notes.entities.items():
        assert 1 <= len(SENTENCE_END.findall(record.entry.description)) <= 2, key


@pytest.mark.parametrize("file", sorted((ROOT / "annotations").rglob("*.yml")), ids=lambda file: file.stem)
def test_quotation_marks_and_apostrophes_are_french(file: Path) -> None:
    assert [text for text in texts(file) if re.search("['\"]", text)] == []
