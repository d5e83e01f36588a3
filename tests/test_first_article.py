"""The notes on the first article keep the promises of the method page, as far as a program can tell; where it stands.

Whether a source carries a sentence, whether a title was read: only a reader can say. `first_article/expected.yml` holds
what is expected of these notes, `first_article/words.txt` the original's words (headline, text, signature), and
`spelling/exceptions.txt` the words of the notes that the dictionary lacks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from manchette.format.kinds import Entity, Person
from manchette.format.kinds.claim import Claim, Stance, Verdict
from manchette.format.kinds.place import Location
from manchette.format.layout import concerns
from manchette.load import Record
from manchette.site.open import open_site
from manchette.site.site import Article, Site
from tests.browser.reader import Visit, stops
from tests.conftest import ROOT
from tests.french import exceptions, names, sentences, unknown
from tests.test_article import Reader, shown
from tools.static import served

NAME = "coree-du-nord-russie"
TEXT = ROOT / "docs" / "articles" / NAME / "index.md"
HERE = Path(__file__).parent / "first_article"
EXPECTED = yaml.safe_load((HERE / "expected.yml").read_text(encoding="utf-8"))
WORDS = (HERE / "words.txt").read_text(encoding="utf-8").split()
SENTENCE_END = re.compile(r"[.!?…](?= [A-ZÀÉÊ«0-9]|$)| »\.?$")
# The pages of the site tell their examples from these notes.
FILES = sorted(
    path
    for path in [*(ROOT / "docs").rglob("*.md"), *(ROOT / "annotations").rglob("*.yml")]
    if concerns(path.relative_to(ROOT).as_posix()) == NAME or path.parent in (ROOT / "docs", ROOT / "annotations")
)

pytestmark = pytest.mark.skipif(not TEXT.exists(), reason=f"{TEXT.relative_to(ROOT)} is not here")


@pytest.fixture(scope="module")
def notes() -> Site:
    return open_site(ROOT)


@pytest.fixture
def article(notes: Site) -> Article:
    return notes.articles[NAME]


def claims(article: Article) -> Iterator[tuple[str, Claim]]:
    return ((key, record.entry) for key, record in article.claims.items())


@pytest.fixture
def entities(notes: Site, article: Article) -> dict[str, Record[Entity]]:
    """Everyone and everything that these notes speak of."""
    spoken = {mark.id for mark in article.marks} | {article.front.publisher}
    for _, claim in claims(article):
        spoken |= {*claim.about, *claim.attribution}
    for event in article.events.values():
        spoken |= set(event.entry.about)
    return {key: record for key, (_, record) in notes.entities.items() if key in spoken}


@pytest.fixture
def cited(article: Article, entities: dict[str, Record[Entity]]) -> set[str]:
    """The sources of these notes."""
    found = {item.source for _, claim in claims(article) for item in claim.evidence}
    found |= {key for event in article.events.values() for key in event.entry.sources}
    for record in entities.values():
        found |= set(record.entry.sources)
        if isinstance(record.entry, Person):
            found |= {key for role in record.entry.roles for key in role.sources}
    return found


@pytest.fixture
def written(entities: dict[str, Record[Entity]], cited: set[str]) -> dict[str, list[str]]:
    """What is ours in each file: sentences, and the names that we give; a source's own are its own."""
    found = {}
    for path in FILES:
        file = path.relative_to(ROOT).as_posix()
        entries = {*entities, *cited} if path.suffix == ".yml" and concerns(file) is None else None
        named = names(path, entries, frozenset({"name"})) if path.suffix == ".yml" and path.stem != "sources" else ()
        found[file] = [*sentences(path, entries), *named]
    return found


def test_check_finds_nothing(notes: Site) -> None:
    """Not even a notice, but for an entry that is due to be read again."""
    told = [problem for problem in notes.problems if concerns(problem.place.file) in {None, NAME}]
    assert [str(problem) for problem in told if problem.code != "stale-entry"] == []


def test_a_reader_s_questions_have_a_claim(article: Article) -> None:
    passages = [article.body.text[mark.span.start : mark.span.end] for mark in article.marks if mark.kind == "claim"]
    assert 30 <= len(article.claims) <= 40
    assert [words for words in EXPECTED["asked"] if not any(words in passage for passage in passages)] == []
    for outer, inner in EXPECTED["nested"]:
        (around,), (within,) = article.passages["claim", outer], article.passages["claim", inner]
        assert around.span.start <= within.span.start < within.span.end <= around.span.end


def test_every_verdict_is_given(article: Article) -> None:
    assert {claim.verdict for _, claim in claims(article)} == set(Verdict)


def test_every_piece_of_evidence_has_a_source_and_says_something(notes: Site, article: Article) -> None:
    for key, claim in claims(article):
        assert all(item.source in notes.sources and item.says for item in claim.evidence), key
        cited = [item.source for item in claim.evidence]
        assert len(cited) == len(set(cited)), key


@pytest.mark.parametrize(
    ("verdict", "stance"), [(Verdict.SUPPORTED, Stance.SUPPORTS), (Verdict.DISPUTED, Stance.CONTRADICTS)]
)
def test_a_weak_source_never_carries_a_verdict_alone(
    notes: Site, article: Article, verdict: Verdict, stance: Stance
) -> None:
    for key, claim in claims(article):
        carried = [notes.sources[item.source].entry.note or "" for item in claim.evidence if item.stance is stance]
        strong = [note for note in carried if not any(word in note for word in EXPECTED["weak"])]
        assert strong or claim.verdict is not verdict, key


def test_every_source_is_cited(notes: Site, cited: set[str]) -> None:
    """By these notes; where another article's notes share the registers, `manchette check` tells what no one cites."""
    assert cited <= set(notes.sources)
    assert cited == set(notes.sources) or len(notes.articles) > 1


def test_a_source_has_a_title_that_was_read_or_else_a_description(notes: Site, cited: set[str]) -> None:
    both = [key for key in cited if bool(notes.sources[key].entry.title) == bool(notes.sources[key].entry.description)]
    assert both == []


def test_every_entity_is_named_or_says_that_it_is_not(article: Article, entities: dict[str, Record[Entity]]) -> None:
    named = {mark.id for mark in article.marks} | {article.front.publisher}
    assert set(entities) - named == set(EXPECTED["unnamed"])
    for key, words in EXPECTED["unnamed"].items():
        assert words in entities[key].entry.description, key


def test_people_and_places_have_their_own_names_and_places_stand_somewhere(
    entities: dict[str, Record[Entity]],
) -> None:
    for key, record in entities.items():
        if isinstance(record.entry, Person | Location):
            assert record.entry.names, key
        if isinstance(record.entry, Location):
            assert record.entry.coordinates, key
            assert record.entry.precision, key


def test_every_event_has_a_source_and_a_passage_or_a_claim(article: Article) -> None:
    for key, record in article.events.items():
        assert record.entry.sources, key
        assert ("date", key) in article.passages or record.entry.claims, key
    context = [key for key, record in article.events.items() if record.entry.quote is None]
    assert 20 <= len(context) <= 25


def test_a_date_s_words_neither_hold_a_name_nor_end_before_one(article: Article) -> None:
    names = [mark.span for mark in article.marks if mark.kind not in {"date", "claim"}]
    for mark in article.marks:
        if mark.kind == "date":
            assert not any(mark.span.start < name.end and name.start <= mark.span.end + 1 for name in names), mark.id


def test_notes_are_short(article: Article, entities: dict[str, Record[Entity]]) -> None:
    for key, claim in claims(article):
        assert 1 <= len(SENTENCE_END.findall(claim.rationale)) <= 3, key
    for key, record in entities.items():
        assert 1 <= len(SENTENCE_END.findall(record.entry.description)) <= 2, key


def test_quotation_marks_and_apostrophes_are_french(written: dict[str, list[str]]) -> None:
    straight = {file: [text for text in texts if re.search("['\"]", text)] for file, texts in written.items()}
    assert {file: texts for file, texts in straight.items() if texts and file.endswith(".yml")} == {}


# ---- the text


def test_headline_text_and_signature_are_the_original_s_words(this_site: Path) -> None:
    page = this_site / "articles" / NAME / "index.html"
    credit = Reader(page.read_text(encoding="utf-8"), "mch-credit").text
    assert shown(page) == WORDS[:-3]
    assert " ".join(WORDS[-3:]) in re.sub(r"\s+", " ", credit)
    assert len(WORDS) > 500


@pytest.mark.parametrize(("width", "height", "most"), [(390, 844, 620), (820, 1180, 700)])
def test_the_text_begins_on_the_first_screen(visit: Visit, this_site: Path, width: int, height: int, most: int) -> None:
    """Below a title of four lines and a standfirst of two, on the narrower."""
    with served(this_site) as address:
        page = visit(f"{address}articles/{NAME}/", width, height)
        start = page.locator(".mch-text > p").first.bounding_box()
        dek = page.locator(".mch-dek").evaluate(
            "dek => dek.clientHeight / parseFloat(getComputedStyle(dek).lineHeight)"
        )
    assert start
    assert start["y"] < most
    assert round(dek) <= 2


@pytest.mark.parametrize("width", [390, 1440])
def test_tab_comes_to_the_end_of_its_page(visit: Visit, this_site: Path, article: Article, width: int) -> None:
    with served(this_site) as address:
        page = visit(f"{address}articles/{NAME}/", width)
        names = {(mark.kind, mark.id) for mark in article.marks if mark.kind != "claim"}
        assert stops(page) <= 40 + 3 * len(article.numbers) + len(names)


# ---- spelling, names included


@pytest.fixture
def strange(written: dict[str, list[str]]) -> dict[str, list[str]]:
    """Return every unknown word, and the files that it stands in."""
    found: dict[str, list[str]] = {}
    for file, texts in written.items():
        for word in unknown("\n".join(texts)):
            found.setdefault(word, []).append(file)
    return found


def test_spelling_every_word_is_french_or_a_known_exception(strange: dict[str, list[str]]) -> None:
    assert {word: where for word, where in strange.items() if word not in exceptions()} == {}


def test_spelling_every_exception_is_needed(strange: dict[str, list[str]]) -> None:
    assert [word for word in exceptions() if word not in strange] == []
