"""Dates, gaps and numbers in French: the golden tables, and what holds for every date that is read."""

import re
from pathlib import Path

import pytest

from manchette.anchor.letters import slug
from manchette.format.edtf import When
from manchette.site.quoted import is_date
from manchette.typeset import dates as wording

TESTS = Path(__file__).parent


def rows(name: str) -> list[list[str]]:
    lines = (TESTS / name).read_text(encoding="utf-8").splitlines()
    return [
        f"{line} ".split(" | ") if line.endswith(" |") else line.split(" | ")
        for line in lines
        if line and not line.startswith("#")
    ]


def shown(text: str) -> str:
    return text.replace("\u00a0", "_").replace("\u202f", "^")


@pytest.mark.parametrize("row", rows("wording/dates.txt"), ids=lambda row: row[0])
def test_dates(row: list[str]) -> None:
    text, label, *more = row
    sentence = more[0] if more else label
    role = more[1] if more[1:] else sentence
    when = When.parse(text)
    assert shown(wording.words(when)) == label
    assert shown(wording.on(when)) == sentence
    assert shown(wording.since(when)) == role


@pytest.mark.parametrize(("days", "words"), rows("wording/gaps.txt"))
def test_gaps(days: str, words: str) -> None:
    assert shown(wording.gap(int(days))) == words


@pytest.mark.parametrize(("number", "digits"), rows("wording/numbers.txt"))
def test_numbers(number: str, digits: str) -> None:
    assert shown(wording.number(int(number))) == digits


@pytest.mark.parametrize(("words", "made"), rows("wording/ids.txt"))
def test_ids(words: str, made: str) -> None:
    assert slug(words) == made.strip()


@pytest.mark.parametrize("text", [row[0] for row in rows("edtf/valid.txt")])
def test_every_date_has_clean_words(text: str) -> None:
    when = When.parse(text)
    for words in (wording.words(when), wording.on(when), wording.since(when)):
        assert re.fullmatch(r"[0-9A-ZÀ-ÿa-z’ \u00a0\u202f–−+:.,()-]+", words)
        assert not re.search(r"[\s]{2}|^\s|\s$|None|de [ao]|l’[0-9]", words)


@pytest.mark.parametrize(
    ("text", "attribute"),
    [
        ("2024-08-06", "2024-08-06"), ("2024-08", "2024-08"), ("2024", "2024"), ("0800", "0800"),
        ("2024~", None), ("2024?", None), ("2024-21", None), ("201X", None), ("2024-XX", None), ("-0043", None),
        ("0000", None), ("Y12000", None), ("2012/2024", None), ("2024-08-06T10:00:00", None),
    ],
)  # fmt: skip
def test_the_attribute_of_a_plain_date(text: str, attribute: str | None) -> None:
    assert wording.day(When.parse(text)) == attribute


@pytest.mark.parametrize(("words", "stated"), rows("wording/stated.txt"))
def test_words_that_are_a_date(words: str, stated: str) -> None:
    assert is_date(words) is (stated == "oui")
