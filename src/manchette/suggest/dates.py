"""Dates in running text, and what they say in EDTF; without their year, they are of the one that the text is about."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass

from manchette.format.edtf import When
from manchette.format.vocabulary import WEEKDAYS, simple
from manchette.format.worded import Worded, read
from manchette.site.quoted import counts, dated, parsed
from manchette.suggest.reading import Reading, Sentence
from manchette.suggest.relative import RELATIVE, is_relative, looks_ahead, looks_back, reckoned

_YEARS = range(1000, 2101)  # that a number alone may be
_HISTORY = 2  # years from an article to one that its text is about, from which on a day without a year is of that one
_OTHER_SIDE = 400  # times by which a day on the side that the verbs do not speak of is thought farther

_EARLY = re.compile(  # « en 476 »
    r"\b(?:en|vers|depuis|avant|après|jusqu'en|an) (?P<year>[1-9]\d\d)"
    r"(?= ?[,.;:)]|$| et | à | (?:il|elle|le|la|les|par|son|sa)\b| l')",
    re.IGNORECASE,
)
_WARS = re.compile(r"(?<=guerre de )(?P<first>14|39)[-/](?P<last>18|45)\b")
_ARTICLE = re.compile(r"(?:(?:de |à )?l'|d'|(?:le|la|les|du|de la|de|des|au|aux|à la) )", re.IGNORECASE)
_AFTER = re.compile(r" (?P<year>(?:de )?l'an(?:née)? )?(?P<side>derni|pass|proch)\w+\b")
_LISTED = re.compile(r"(?:\b\d{1,2}, )+$")  # « les 21, 22 et 23 novembre »
_NUMBERED = re.compile(  # before a number that is no year
    r"(?:\b(?:n|no|art|article|page|p|pp|chapitre|norme|iso|référence|code|version|modèle)|n°|[€$£#])[ .]*$"
    r"|\b(?:plus|moins|près|quelque|quelques|environ|total|altitude|seulement) (?:de |d')?$|\d $",
    re.IGNORECASE,
)
_RELATION = re.compile(r"^(?:depuis|avant|apres|jusqu'(?:au|a|en)|a partir d[eu]) ?")
_BARE_YEAR = re.compile(r"\d{4}(?:/\d{2,4})?")


@dataclass(frozen=True)
class Dated:
    """A date of the text: where it stands in the canonical text, and its value; empty where no year can be told."""

    start: int
    end: int
    when: str


def dates_of(reading: Reading, published: When | None) -> Iterator[Dated]:
    """The dates of an article, in order; durations, ages and times of day are none."""
    today = published.latest if published and published.year else None
    years: list[int] = []  # that the text was last about
    block, history = -1, _is_history(reading, today)
    for sentence in reading.sentences:
        if sentence.block != block and not history:
            years = []
        block, reached = sentence.block, sentence.start
        found = sorted(_Dates(sentence, today, years).all(), key=lambda each: each.start)
        for each in found:
            if each.start >= reached:
                reached = each.end
                yield each
        years = [int(each.when[:4]) for each in found if re.match(r"\d{4}(?!\d)", each.when)] or years[-1:]


def _is_history(reading: Reading, today: datetime.date | None) -> bool:
    """Whether an article is about other years than that in which it appeared: then its paragraphs share a year."""
    years = [int(year) for year in re.findall(r"\b1\d{3}\b|\b20\d\d\b", reading.text)]
    return bool(today and years and max(years) <= today.year - _HISTORY)


class _Dates:
    """The dates of a sentence."""

    def __init__(self, sentence: Sentence, today: datetime.date | None, years: list[int]) -> None:
        self.text = sentence.words
        self.offset = sentence.start
        self.today = today
        self.years = list(years)

    def all(self) -> Iterator[Dated]:
        taken: list[tuple[int, int]] = []
        for start, stop, meaning in self.apart(0, len(self.text)):
            end = start + len(re.sub(r"(?<!C)[ .,]+$", "", self.text[start:stop]))  # the point of « J.-C. » stays
            if meaning and not self.stands(start, end, meaning):
                continue
            taken.append((start, end))
            yield from self.with_year(start, end, meaning) if meaning else self.without_year(start, end)
        for found in RELATIVE.finditer(self.text):
            if not any(found.start() < end and start < found.end() for start, end in taken) and is_relative(
                self.text, found
            ):
                value = reckoned(self.text, found, self.today) if self.today else ""
                yield self.at(found.start() + _article(found[0]), found.end(), value)
        for found in _EARLY.finditer(self.text):
            yield self.at(*found.span(), f"0{found['year']}")
        for found in _WARS.finditer(self.text):
            yield self.at(*found.span(), f"19{found['first']}/19{found['last']}")

    def apart(self, first: int, last: int) -> Iterator[tuple[int, int, Worded | None]]:
        """The dates of a stretch; of « en 2013 et 2015 », each."""
        for start, end, meaning in dated(self.text[first:last]):
            words = self.text[first + start : first + end]
            link = re.search(r"(?<=\d{4}) (?:et|ou) ", words) if meaning and meaning.form == "list" else None
            if link:
                yield from self.apart(first + start, first + start + link.start())
                yield from self.apart(first + start + link.end(), first + end)
            else:
                yield first + start, first + end, meaning

    def at(self, start: int, end: int, value: str) -> Dated:
        return Dated(self.offset + start, self.offset + end, value)

    def stands(self, start: int, end: int, meaning: Worded) -> bool:
        """Whether a number is a year there, rather than an amount, or a part of a code."""
        before, words, after = self.text[:start], self.text[start:end], self.text[end:]
        if re.search(r"[\w°/.,-]$", before) or re.match(r"[\w/°%€$]|[-.,]\d", after):
            return False
        if not _BARE_YEAR.fullmatch(meaning.value) or re.search(r"[^\W\d]{4}", simple(words)):
            return True
        if any(int(year) not in _YEARS for year in re.findall(r"\d{4}", meaning.value)):
            return False
        if words[0].isdigit() and _NUMBERED.search(before):
            return False
        name = after[:1] == " " and after[1:2].isupper()  # « En 2020 Paris … »
        following = re.match(r"\W*(\w*)", simple(after))
        return name or not (following and counts(following[1]))

    def with_year(self, start: int, end: int, meaning: Worded) -> Iterator[Dated]:
        value = _value(self.text[start:end], meaning)
        self.years += [int(value[:4])] if re.match(r"\d{4}(?!\d)", value) else []
        yield self.listed(start, end, value, meaning.form in ("point", "list"))

    def without_year(self, start: int, end: int) -> Iterator[Dated]:
        words, following = self.text[start:end], _AFTER.match(self.text, end)
        if following and following["year"] and self.today:
            value = _in_year(words, self.today.year + (1 if following["side"] == "proch" else -1))
        else:
            value = self.nearest(words, following["side"] if following else "")
        alone = not re.match(r"(?:du|de|d'|entre) ?.* (?:au|à|et) ", words, re.IGNORECASE)
        yield self.listed(start, following.end() if following else end, value, alone)

    def listed(self, start: int, end: int, value: str, alone: bool) -> Dated:
        """A date with the days that are listed before it, without an article if it is `alone`."""
        before = _LISTED.search(self.text[:start])
        if before and re.match(r"\d{1,2} et \d", self.text[start:end]) and re.match(r"\d{4}-\d\d-", value):
            first = int(before[0].split(",")[0])
            return self.at(before.start(), end, f"{value[:8]}{first:02}/{value.rpartition('/')[2]}")
        return self.at(start + (_article(self.text[start:end]) if alone else 0), end, value)

    def nearest(self, words: str, side: str) -> str:
        """A day, a month or a stretch in the year that the text is about, or the one nearest to the article's day.

        side: `proch`, `derni` or `pass` if the text says so; else its verbs do, or the nearer day is meant.
        """
        if self.years and (not self.today or abs(self.years[-1] - self.today.year) >= _HISTORY) and not side:
            return _in_year(words, self.years[-1])
        if not self.today:
            return ""
        weekdays = [WEEKDAYS.index(day) for day in re.findall("|".join(WEEKDAYS), simple(words))]
        years = range(self.today.year - (6 if weekdays else 1), self.today.year + 2)
        tries = [(value, when) for year in years if (when := parsed(value := _in_year(words, year)))]
        fitting = [each for each in tries if len(weekdays) == 1 and (int(each[1].first) + 6) % 7 == weekdays[0]]
        day = self.today.toordinal()
        ahead = side == "proch" or (not side and looks_ahead(self.text))
        back = (bool(side) and not ahead) or looks_back(self.text)

        def distance(each: tuple[str, When]) -> float:
            when = each[1]
            if when.first > day:
                return (when.first - day) * (1 if ahead else _OTHER_SIDE if back else 2)
            return (max(0, day - when.last) + bool(side)) * (_OTHER_SIDE if ahead else 1)

        return min(fitting or tries, key=distance)[0] if tries else ""


def _article(words: str) -> int:
    """How many letters of an article or of « de » words begin with."""
    found = _ARTICLE.match(words)
    return found.end() if found else 0


def _value(words: str, meaning: Worded) -> str:
    """What words say in EDTF, no more exactly than they do: « fin 1944 » is 1944; and no time of day."""
    plain = simple(words)
    inner = _RELATION.sub("", plain)
    if inner != plain and (found := read(inner)) and (found.form == "between" or "X" in found.value):
        meaning = found
    elif re.match(r"[Dd]ès\b", words) and meaning.form == "open":
        return meaning.first
    whole = next((value for value, why in meaning.others if "ne dit pas mieux" in why), meaning.value)
    return whole.partition("T")[0]


def _in_year(words: str, year: int) -> str:
    found = read(f"{words} {year:04}")
    return _value(f"{words} {year:04}", found) if found else ""
