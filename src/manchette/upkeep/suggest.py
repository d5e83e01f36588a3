"""What looks like a name, a date or a claim and has no annotation yet. Suggestions, never annotations."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, combinations, count

from rapidfuzz import fuzz

from manchette.anchor.canonical import Span
from manchette.anchor.letters import slug, unaccented
from manchette.anchor.quote import find
from manchette.anchor.refusal import diagnose
from manchette.format.layout import ANNOTATIONS, notes_of
from manchette.format.vocabulary import MONTH_NAMES
from manchette.site.site import Article, Site
from manchette.site.unfinished import STUB

_WORD = r"[A-ZÀ-ÖØ-Þ][\w'’]*(?:-\w+)*"  # with a capital: « O’Brien », « Jong-un »
_NAME = re.compile(
    rf"""
    (?<!\w) {_WORD}
    (?:
        (?: [ ] (?: de | du | des | la | le | d’ | d' ) ){{0,2}}  # « République de Corée », « Jean de la Fontaine »
        [ ] {_WORD}
    )*
    """,
    re.VERBOSE,
)
_ELISION = re.compile("(?: [LDJNMTSC] | Qu | Lorsqu | Jusqu | Puisqu ) ['’]", re.VERBOSE)  # « D’Artagnan »
_SENTENCE = re.compile(
    r"""
    [^\s.!?…] [^.!?…]*
    (?: [.] (?=\d) [^.!?…]* )*  # the point of « 12.500 » ends none
    [.!?…]?
    (?: \s* » )?
    """,
    re.VERBOSE,
)
_CUES = {  # what makes a sentence worth a verdict; the first that fits tells how it is said
    "quoted": re.compile("« [^»]{12,} »", re.VERBOSE),
    "conditional": re.compile(r"\b (?: aurai | serai | pourrai | devrai ) (?:en)? t \b", re.VERBOSE),
    "reported": re.compile(
        r"""
        \b (?: [Ss]elon | [Dd]’après ) \b
      | \b a [ ] (?: annoncé | affirmé | déclaré | souligné | assuré | indiqué | promis ) \b
        """,
        re.VERBOSE,
    ),
    "asserted": re.compile(
        r"""
        \d
      | \b (?: première?s? [ ] fois | jamais | toujours | seule?s? | plus [ ] de | sans [ ] précédent | record ) \b
        """,
        re.VERBOSE,
    ),
}
NAMELESS = "sans-nom"  # the id of what has no letter of an id
SHORT = 30  # letters of a sentence, its mark too: one that is not longer says too little to be checked
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


def _finding(article: Article, words: str) -> str | dict[str, str] | None:
    """The `quote` that finds these words, with the context that decides where they stand several times."""
    text = article.body.canonical
    found = find(text, words)
    if len(found) == 1:
        return words
    decided = (place.quote for place in diagnose(text, words).places if place.quote.has_context)
    return next(({key: said for key, said in each._asdict().items() if said} for each in decided), None)


def _touches(span: Span, others: list[Span]) -> bool:
    return any(span.start < other.end and other.start < span.end for other in others)


def _plain(word: str) -> str:
    return unaccented(word.casefold())


def _names(text: str) -> Iterator[tuple[str, Span]]:
    """Words with a capital that is not merely that of a sentence, without elisions; and where they stand."""
    for found in _NAME.finditer(text):
        elision = _ELISION.match(found[0])
        start = found.start() + (len(elision[0]) if elision else 0)
        name = text[start : found.end()].rstrip("'’")
        before = text[: found.start()].rstrip(" «\u00a0\u202f")
        first = not before or before[-1] in ".!?:…"
        if len(name) > 2 and name[0].isupper() and not (first and " " not in name and start == found.start()):
            yield name, Span(start, start + len(name))


_DATE = re.compile(
    rf"""
    (?: (?P<day> \d{{1,2}} ) (?:er)? [ ] )? (?P<month> {"|".join(MONTH_NAMES)} ) (?: [ ] (?P<year> \d{{4}} ) )? \b
  | \b (?: en | depuis | avant | vers ) [ ] (?P<alone> (?: 19 | 20 ) \d{{2}} ) \b
  | \b (?: un | une | deux | trois | quatre | cinq | six | sept | huit | neuf | dix | quelques | plusieurs | \d+ )
    [ ] (?: jours? | semaines? | mois | ans? | années? ) (?: [ ] et [ ] demie? )? \b
  | \b (?: hier | avant-hier | demain | la [ ] veille | le [ ] lendemain ) \b
  | \b (?: l['’]an | le [ ] mois ) [ ] dernier \b
    """,
    re.VERBOSE,
)


def _dates(text: str) -> Iterator[tuple[str, str, Span]]:
    """What may be a date: its words, what they say in EDTF where they say a year, and where it stands."""
    for found in _DATE.finditer(text):
        when = found["alone"] or found["year"] or ""
        if found["month"] and when:
            when += f"-{MONTH_NAMES.index(found['month']) + 1:02}" + (
                f"-{int(found['day']):02}" if found["day"] else ""
            )
        yield found[0], when, Span(*found.span())


def _claims(article: Article) -> Iterator[tuple[str, str, Span]]:
    """Sentences that may be worth a verdict: their words, how they are said, and where they stand."""
    for start, end in article.body.paragraphs:
        for found in _SENTENCE.finditer(article.body.text, start, end):
            words = found[0].strip()
            modality = next((name for name, cue in _CUES.items() if cue.search(words)), None)
            if modality and len(words) > SHORT:
                yield words.rstrip(".!?… "), modality, Span(*found.span())


def _grouped(names: list[str]) -> dict[str, tuple[str, ...]]:
    """Names, each with its other forms; the longest is the name: « Sergueï Lavrov » for « Lavrov »."""
    groups: dict[str, tuple[str, ...]] = {}
    for name in sorted(names, key=lambda name: (-len(name), name)):
        main = next((main for main in groups if _one_name(name, main)), None)
        groups[main or name] = (*groups[main], name) if main else ()
    return {name: groups[name] for name in names if name in groups}


def _one_name(form: str, name: str) -> bool:
    """Whether a form is the last word of a name, or the same but for accents and signs."""
    return form == name.rsplit(maxsplit=1)[-1] or (slug(form) == slug(name) != "")


def _twins(site: Site) -> Iterator[tuple[str, str]]:
    """Entities of which a name or an alias is nearly one of another's."""
    forms = [(key, _plain(form)) for key, (_, record) in site.entities.items() for form in record.entry.forms]
    seen = set()
    for (one, a), (two, b) in combinations(forms, 2):
        if one != two and (one, two) not in seen and fuzz.ratio(a, b, score_cutoff=ALIKE):
            seen.add((one, two))
            yield one, two


def as_yaml(article: Article, found: Suggestions) -> dict[str, object]:
    """File → what to paste there, as plain data: `people.yml` takes every name, for someone to sort."""
    todo = f"{STUB}."
    people: Entries = [
        (name, {"name": name, **({"aliases": list(aliases)} if aliases else {}), "description": todo})
        for name, aliases in found.names.items()
    ]
    dates: Entries = [
        (f"{words} {number}", {"when": when or "XXXX", "title": todo, "quote": where})
        for number, (words, when) in enumerate(found.dates, 1)
        if (where := _finding(article, words))
    ]
    claims: Entries = [
        (
            " ".join(words.split()[:5]),
            {"quote": where, "modality": modality, "verdict": "unverified", "short": todo, "rationale": todo},
        )
        for words, modality in found.claims
        if (where := _finding(article, words))
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
