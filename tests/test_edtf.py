"""Dates: what is read and how, what is refused and in which words, in which order events stand."""

import datetime
import re
from math import inf
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from manchette.format.edtf import When, WhenError

DATA = Path(__file__).parent / "edtf"


def rows(name: str) -> list[list[str]]:
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()
    return [line.split(" | ") for line in lines if line and not line.startswith("#")]


def written(number: float) -> str:
    """A day number as the table writes it: year-month-day, the year as in astronomy."""
    if abs(number) == inf:
        return "∞" if number > 0 else "-∞"
    eras, day = divmod(int(number) - 1, 146_097)  # 400 Gregorian years
    date = datetime.date.fromordinal(day + 1)
    return f"{date.year + 400 * eras}-{date.month}-{date.day}"


@pytest.mark.parametrize(("text", "first", "last", "precision"), rows("valid.txt"))
def test_level_1_is_read(text: str, first: str, last: str, precision: str) -> None:
    when = When.parse(text)
    assert (written(when.first), written(when.last), when.precision, when.text) == (first, last, precision, text)
    for number, date in ((when.first, when.earliest), (when.last, when.latest)):
        assert (date and f"{date.year}-{date.month}-{date.day}") in (None, written(number))
        assert (date is None) == (not re.fullmatch("[1-9][0-9]{0,3}-.*", written(number)))


@pytest.mark.parametrize(("text", "message"), rows("invalid.txt"))
def test_anything_else_is_refused_with_what_to_write(text: str, message: str) -> None:
    with pytest.raises(WhenError) as refused:
        When.parse(text.replace("␣", " "))
    assert str(refused.value) == message
    assert When.parse(message.rpartition(" écrivez ")[2].removeprefix("par exemple ").split(", ")[0])


@pytest.mark.parametrize(("text", "proposed"), rows("french.txt"))
def test_what_french_writes_has_a_value(text: str, proposed: str) -> None:
    with pytest.raises(WhenError) as refused:
        When.parse(text)
    assert str(refused.value).rpartition(" écrivez ")[2] == proposed
    assert all(When.parse(value.split()[0]) for value in proposed.split(", ou "))


FORMS = yaml.safe_load((DATA / "forms.yml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("text", "proposed"), FORMS["proposed"].items())
def test_what_else_people_write_has_a_value(text: str, proposed: str) -> None:
    test_what_french_writes_has_a_value(text, proposed)


@pytest.mark.parametrize(("reason", "text"), [(why, text) for why, texts in FORMS["reasons"].items() for text in texts])
def test_what_has_no_value_has_a_reason(reason: str, text: str) -> None:
    with pytest.raises(WhenError) as refused:
        When.parse(text)
    assert str(refused.value).startswith(f"« {text} » {reason} ; écrivez par exemple ")


MONTHS = [
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
]  # fmt: skip
DAY = "{y:04}-{m:02}-{d:02}"
MONTH = "{y:04}-{m:02}"
# What a day is written like → the bounds of what is to be proposed for it.
MEANINGS = {
    "{d} {month} {y:04}": (DAY, DAY),
    "le {d} {month} {y:04}": (DAY, DAY),
    "{d:02}/{m:02}/{y:04}": (DAY, DAY),
    "{d}.{m}.{y:04}": (DAY, DAY),
    "{y:04}/{m}/{d}": (DAY, DAY),
    "{y:04}{m:02}{d:02}": (DAY, DAY),
    "{d} {month} {y:04} à 14h30": (DAY, DAY),
    "vers le {d} {month} {y:04}": (DAY, DAY),
    "du {d} {month} {y:04} au 31 décembre {y:04}": (DAY, "{y:04}-12-31"),
    "entre le 1er janvier et le {d} {month} {y:04}": ("{y:04}-01-01", DAY),
    "du 31 décembre {b:04} au {d} {month} {y:04}": ("{b:04}-12-31", DAY),
    "depuis le {d} {month} {y:04}": (DAY, ""),
    "jusqu’au {d} {month} {y:04}": ("", DAY),
    "{month} {y:04}": (MONTH, MONTH),
    "{month}-décembre {y:04}": (MONTH, "{y:04}-12"),
    "avant {month} {y:04}": ("", MONTH),
    "après {month} {y:04}": (MONTH, ""),
    "début {month} {y:04}": (MONTH + "-01", MONTH + "-10"),
    "vers {y:04}": ("{y:04}", "{y:04}"),
    "{y:04} environ": ("{y:04}", "{y:04}"),
    "{y:04} ou {a:04}": ("{y:04}", "{a:04}"),
    "de {b:04} à {y:04}": ("{b:04}", "{y:04}"),
    "saison {y:04}-{a:04}": ("{y:04}", "{a:04}"),
    "saison {y:04}-{s:02}": ("{y:04}", "{a:04}"),
    "{y:04}/{s:02}": ("{y:04}", "{a:04}"),
    "fin {y:04}": ("{y:04}-10", "{y:04}-12"),
    "T{q} {y:04}": ("{y:04}-{q1:02}", "{y:04}-{q3:02}"),
    "{q}e trimestre {y:04}": ("{y:04}-{q1:02}", "{y:04}-{q3:02}"),
    "printemps {y:04}": ("{y:04}-21", "{y:04}-21"),
    "hiver {y:04}-{a:04}": ("{y:04}-24", "{y:04}-24"),
    "{y} av. J.-C.": ("-{b:04}", "-{b:04}"),
    "années {t}0": ("{t}0", "{t}9"),
    "fin des années {t}0": ("{t}7", "{t}9"),
}


@pytest.mark.parametrize("form", MEANINGS)
@given(st.dates(datetime.date(1010, 1, 1), datetime.date(2998, 12, 31)))
def test_what_is_proposed_means_what_was_written(form: str, day: datetime.date) -> None:
    year, quarter = day.year, (day.month + 2) // 3
    said = {"y": year, "m": day.month, "d": day.day, "month": MONTHS[day.month - 1], "b": year - 1, "a": year + 1}
    said |= {"s": (year + 1) % 100, "t": year // 10, "q": quarter, "q1": quarter * 3 - 2, "q3": quarter * 3}
    with pytest.raises(WhenError) as refused:
        When.parse(form.format(**said))
    proposed = When.parse(str(refused.value).rpartition(" écrivez ")[2].split(", ")[0])
    first, last = (When.parse(bound.format(**said)) if bound else None for bound in MEANINGS[form])
    assert proposed.first == (first.first if first else -inf)
    assert proposed.last == (last.last if last else inf)


def test_timelines_have_one_order() -> None:
    listed = [row[0] for row in rows("order.txt")]
    backwards = listed[::-1]  # a tie would stay as it came
    assert sorted(backwards, key=lambda text: When.parse(text).key) == listed


@pytest.mark.parametrize(("one", "relation", "other"), rows("relations.txt"))
def test_relations(one: str, relation: str, other: str) -> None:
    verb, _, negated = relation.partition(" ")
    assert getattr(When.parse(one), verb)(When.parse(other)) is not bool(negated)


@pytest.mark.parametrize(
    ("text", "start", "open_start", "end", "open_end"),
    [
        ("2012/2024-05", "2012", False, "2024-05", False),
        ("2004/..", "2004", False, None, True),
        ("2004/", "2004", False, None, False),
        ("../2020", None, True, "2020", False),
        ("/2020", None, False, "2020", False),
        ("/..", None, False, None, True),
        ("2024-06", "2024-06", False, "2024-06", False),
    ],
)
def test_open_is_told_from_unknown(
    text: str, start: str | None, open_start: bool, end: str | None, open_end: bool
) -> None:
    when = When.parse(text)
    assert (when.start and when.start.text, when.open_start) == (start, open_start)
    assert (when.end and when.end.text, when.open_end) == (end, open_end)
    assert when.is_interval is ("/" in text)


@pytest.mark.parametrize(
    ("text", "uncertain", "approximate"),
    [("2024", 0, 0), ("2024?", 1, 0), ("2024~", 0, 1), ("2024%", 1, 1), ("2012~/2024?", 1, 1), ("2004~/..", 0, 1)],
)
def test_qualifiers(text: str, uncertain: int, approximate: int) -> None:
    when = When.parse(text)
    assert (when.uncertain, when.approximate) == (uncertain, approximate)


def test_a_time_of_day_is_kept_and_moves_no_day() -> None:
    when = When.parse("2024-06-19T23:30:00-04:00")
    assert (when.time, when.earliest) == ("23:30:00-04:00", datetime.date(2024, 6, 19))


NUMBERS = ["2024", "-0043", "Y12345", "201X", "20XX", "XX", "02", "13", "21", "31", "14:30:00"]
SIGNS = ["-", "-", "/", "..", "?", "~", "%", "T", "Z", ",", "[", "}", ".", "\n", " ", "é\u0301", "٣"]
WORDS = ["août", "vers", "e", "av. J.-C.", "siècle", "du", "au", "depuis", "1er"]
PIECES = st.lists(st.sampled_from(NUMBERS + SIGNS + WORDS), max_size=12)


@given(st.one_of(st.text(max_size=80), PIECES.map("".join), PIECES.map(" ".join)))
def test_any_text_is_a_date_or_refused_with_one(text: str) -> None:
    try:
        when = When.parse(text)
    except WhenError as refused:
        When.parse(str(refused).rpartition(" écrivez ")[2].removeprefix("par exemple ").split(", ")[0])
    else:
        assert when.text == text
        assert when.first <= when.last
        assert when.contains(when)
