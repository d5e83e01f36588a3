"""What looks like a name, a date or a claim and has no annotation yet. Suggestions, never annotations."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, combinations, count

from babel.dates import get_month_names
from rapidfuzz import fuzz

from manchette.anchor.canonical import Span, canonical
from manchette.anchor.quote import find
from manchette.anchor.refusal import diagnose
from manchette.format.layout import ANNOTATIONS, notes_of
from manchette.format.scalars import slug
from manchette.site.site import Article, Site

_CAPITAL = r"[A-ZÀ-ÖØ-Þ][\w'’]*(?:-\w+)*"
_LINK = r"(?: (?:de|du|des|la|le|d’|d')){1,2}"
_NAME = re.compile(rf"(?<!\w){_CAPITAL}(?:(?:{_LINK})? {_CAPITAL})*")
_SENTENCE = re.compile(r"[^\s.!?…][^.!?…]*(?:[.](?=\d)[^.!?…]*)*[.!?…]?(?:\s*»)?")
_ELIDED = re.compile(r"^(?:[LDJNMTSCldjnmtsc]|[Qq]u|[Ll]orsqu|[Jj]usqu|[Pp]uisqu)['’]")
_CUES = (  # what makes a sentence worth a verdict; the first that fits tells how it is said
    ("quoted", re.compile("«[^»]{12,}»")),
    ("conditional", re.compile(r"\b(?:aurai(?:en)?t|serai(?:en)?t|pourrai(?:en)?t|devrai(?:en)?t)\b")),
    (
        "reported",
        re.compile(r"\b(?:[Ss]elon|[Dd]’après|a (?:annoncé|affirmé|déclaré|souligné|assuré|indiqué|promis))\b"),
    ),
    ("asserted", re.compile(r"\d|\b(?:première?s? fois|jamais|toujours|seule?s?|plus de|sans précédent|record)\b")),
)
NAMELESS = "sans-nom"  # the id of what has no letter of an id
ALIKE = 90  # per cent of two names' letters, accents apart: one letter in ten


Entries = list[tuple[str, object]]
"""The words that an entry's id is made from, and the entry."""


@dataclass(frozen=True)
class Suggestions:
    """What an article, and the registers, may lack."""

    names: dict[str, tuple[str, ...]]  # a name, the other forms of it
    dates: tuple[tuple[str, str], ...]  # the words, their EDTF value or ""
    claims: tuple[tuple[str, str], ...]  # the words, the modality
    aliases: tuple[tuple[str, str], ...]  # a word of the text, the entity whose name holds it
    twins: tuple[tuple[str, str], ...]  # entities that may be one


def suggest(site: Site, article: Article) -> Suggestions:
    """Look through an article's text, and through the registers for entries that may be one."""
    text = article.body.text
    taken = [mark.span for mark in article.marks if mark.kind != "claim"]
    known = {_plain(word): key for key, (_, record) in site.entities.items() for word in record.entry.name.split()[1:]}
    names = dict.fromkeys(name for name, span in _names(text) if not _touches(span, taken))
    aliases = {name: known[_plain(name)] for name in names if _plain(name) in known}
    dated = [mark.span for mark in article.marks if mark.kind == "date"]
    claimed = [mark.span for mark in article.marks if mark.kind == "claim"]
    return Suggestions(
        _grouped([name for name in names if name not in aliases]),
        tuple((words, when) for words, when, span in _dates(text) if not _touches(span, dated)),
        tuple((words, modality) for words, modality, span in _claims(article) if not _touches(span, claimed)),
        tuple(aliases.items()),
        tuple(_twins(site)),
    )


def quote(article: Article, words: str) -> str | dict[str, str] | None:
    """The `quote` that finds these words, with the context that decides where they stand several times."""
    text = canonical(article.body.text)
    found = find(text, words)
    if len(found) == 1:
        return words
    decided = (place.quote for place in diagnose(text, words).places if place.quote.has_context)
    return next(({key: said for key, said in each._asdict().items() if said} for each in decided), None)


def _touches(span: Span, others: list[Span]) -> bool:
    return any(span.start < other.end and other.start < span.end for other in others)


def _plain(word: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", word.casefold()) if not unicodedata.combining(c))


def _names(text: str) -> Iterator[tuple[str, Span]]:
    """Words with a capital that no sentence asks for."""
    for found in _NAME.finditer(text):
        start = found.start() + (len(elided[0]) if (elided := _ELIDED.match(found[0])) else 0)
        name = text[start : found.end()].rstrip("'’")
        before = text[: found.start()].rstrip(" «\u00a0\u202f")
        first = not before or before[-1] in ".!?:…"
        if len(name) > 2 and name[0].isupper() and not (first and " " not in name and start == found.start()):
            yield name, Span(start, start + len(name))


@lru_cache(maxsize=1)
def _date_patterns() -> tuple[re.Pattern[str], dict[str, int]]:
    months = {name: number for number, name in get_month_names("wide", locale="fr").items()}
    month = "|".join(months)
    spoken = r"un|une|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|quelques|plusieurs|\d+"
    return (
        re.compile(
            rf"(?:(?P<day>\d{{1,2}})(?:er)? )?(?P<month>{month})(?: (?P<year>\d{{4}}))?\b|\b(?:en|depuis|avant|vers) "
            rf"(?P<only>(?:19|20)\d{{2}})\b|\b(?:{spoken}) (?:jours?|semaines?|mois|ans?|années?)(?: et demie?)?\b"
            r"|\b(?:hier|avant-hier|demain|la veille|le lendemain|l['’]an dernier|le mois dernier)\b"
        ),
        months,
    )


def _dates(text: str) -> Iterator[tuple[str, str, Span]]:
    pattern, months = _date_patterns()
    for found in pattern.finditer(text):
        when = found["only"] or found["year"] or ""
        if found["month"] and when:
            when += f"-{months[found['month']]:02}" + (f"-{int(found['day']):02}" if found["day"] else "")
        yield found[0], when, Span(*found.span())


def _claims(article: Article) -> Iterator[tuple[str, str, Span]]:
    for start, end in article.body.paragraphs:
        for found in _SENTENCE.finditer(article.body.text, start, end):
            words = found[0].strip()
            modality = next((name for name, cue in _CUES if cue.search(words)), None)
            if modality and len(words) > 30:
                yield words.rstrip(".!?… "), modality, Span(*found.span())


def _grouped(names: list[str]) -> dict[str, tuple[str, ...]]:
    """« Lavrov » with « Sergueï Lavrov », « Kim Jong Un » with « Kim Jong-un »: the longest form is the name."""
    groups: dict[str, tuple[str, ...]] = {}
    for name in sorted(names, key=lambda name: (-len(name), name)):
        main = next((main for main in groups if _one_name(name, main)), None)
        groups[main or name] = (*groups[main], name) if main else ()
    return {name: groups[name] for name in names if name in groups}


def _one_name(form: str, name: str) -> bool:
    return form == name.rsplit(maxsplit=1)[-1] or (slug(form) == slug(name) != "")


def _twins(site: Site) -> Iterator[tuple[str, str]]:
    forms = [(key, _plain(form)) for key, (_, record) in site.entities.items() for form in record.entry.forms]
    seen = set()
    for (one, a), (two, b) in combinations(forms, 2):
        if one != two and (one, two) not in seen and fuzz.ratio(a, b, score_cutoff=ALIKE):
            seen.add((one, two))
            yield one, two


def as_yaml(article: Article, found: Suggestions) -> dict[str, object]:
    """File → what to paste there, as plain data: `people.yml` takes every name, for someone to sort."""
    todo = "À compléter."
    people: Entries = [
        (name, {"name": name, **({"aliases": list(aliases)} if aliases else {}), "description": todo})
        for name, aliases in found.names.items()
    ]
    dates: Entries = [
        (f"{words} {number}", {"when": when or "XXXX", "title": todo, "quote": where})
        for number, (words, when) in enumerate(found.dates, 1)
        if (where := quote(article, words))
    ]
    claims: Entries = [
        (
            " ".join(words.split()[:5]),
            {"quote": where, "modality": modality, "verdict": "unverified", "rationale": todo},
        )
        for words, modality in found.claims
        if (where := quote(article, words))
    ]
    notes = notes_of(article.id)
    files = {f"{ANNOTATIONS}/people.yml": people, f"{notes}/dates.yml": dates, f"{notes}/claims.yml": claims}
    return {file: _by_id(entries) for file, entries in files.items() if entries}


def _by_id(entries: Entries) -> dict[str, object]:
    """Entries by an id made from words; where another has it, or no letter of the words can stay, a number follows."""
    found: dict[str, object] = {}
    for words, entry in entries:
        wanted = slug(words) or NAMELESS
        ids = chain([wanted], (f"{wanted}-{number}" for number in count(2)))
        found[next(key for key in ids if key not in found)] = entry
    return found
