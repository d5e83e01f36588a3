"""What an article may lack: its names, dates and claims that have no annotation yet. Proposals, never annotations."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, combinations, count

from rapidfuzz import fuzz

from manchette.anchor.canonical import Span
from manchette.anchor.context import pinned
from manchette.anchor.letters import slug, unaccented
from manchette.anchor.quote import find
from manchette.anchor.selector import Selector
from manchette.format.kinds import CLAIM, DATE, ENTITY_KINDS, TERM
from manchette.format.layout import ANNOTATIONS, notes_of
from manchette.load import STUB
from manchette.site.site import Article, Site
from manchette.suggest.claims import Stated, claims_of
from manchette.suggest.dates import Dated, dates_of
from manchette.suggest.kinds import Name, named
from manchette.suggest.names import Found, names_in
from manchette.suggest.reading import Reading

NAMELESS = "sans-nom"  # the id of what has no letter of an id
LONGEST = 60  # letters of an id that is made of words
ALIKE = 90  # per cent of two names' letters, accents apart: one letter in ten
TODO = f"{STUB}."


@dataclass(frozen=True)
class Proposals:
    """What an article, and the registers, may lack; where it stands, in the canonical text."""

    reading: Reading
    names: tuple[Name, ...]
    dates: tuple[Dated, ...]
    claims: tuple[Stated, ...]
    aliases: tuple[tuple[str, str, tuple[Span, ...]], ...]  # a word, the entity whose name holds it, its places
    twins: tuple[tuple[str, str], ...]  # entities that may be one


def propose(site: Site, article: Article) -> Proposals:
    """Look through an article's text, and through the registers for entries that may be one."""
    reading = Reading(article.body)
    taken, dated, claimed = _taken(article, reading)
    known = {slug(form) for _, record in site.entities.values() for form in record.entry.forms} - {""}
    found = [
        each
        for sentence in reading.sentences
        for each in names_in(sentence)
        if not _touches(each, taken) and slug(each.text) not in known
    ]
    places: dict[str, list[Span]] = defaultdict(list)
    names, aliases = [], []
    entities = site.entities.items()
    surnames = {_plain(word): key for key, (_, record) in entities for word in record.entry.name.split()[1:]}
    for each in found:
        places[each.text].append(Span(each.start, each.end))
    for name in named(found):
        if key := surnames.get(_plain(name.text)):
            aliases.append((name.text, key, tuple(places[name.text])))
        elif name.kind != TERM.name or name.text.lower() not in reading.text:  # else it is but a noun
            names.append(name)
    dates = list(dates_of(reading, article.front.published))
    mentions = [span for name in names for form in (name.text, *name.aliases) for span in places[form]]
    claims = claims_of(reading, [*mentions, *taken], [Span(each.start, each.end) for each in dates])
    return Proposals(
        reading,
        tuple(names),
        tuple(each for each in dates if not _touches(each, [*taken, *dated]) and not _within(each, mentions)),
        tuple(each for each in claims if not _touches(each, claimed)),
        tuple(aliases),
        tuple(_twins(site)),
    )


def _taken(article: Article, reading: Reading) -> tuple[list[Span], list[Span], list[Span]]:
    """What is annotated, in the canonical text: by names, those that are declined too, by dates, by claims."""
    text = reading.canonical
    marked = [(mark.kind, text.range(*mark.span)) for mark in article.marks]
    declined = [span for mention in article.mentions for span in find(text, mention.entry.quote.selector)]
    return (
        [span for kind, span in marked if kind not in (CLAIM.name, DATE.name)]
        + [text.range(*span) for span in declined],
        [span for kind, span in marked if kind == DATE.name],
        [span for kind, span in marked if kind == CLAIM.name],
    )


def _touches(each: Found | Dated | Stated, others: Iterable[Span]) -> bool:
    return any(each.start < other.end and other.start < each.end for other in others)


def _within(each: Dated, others: Iterable[Span]) -> bool:
    return any(other.start <= each.start and each.end <= other.end for other in others)


def _plain(word: str) -> str:
    return unaccented(word.casefold())


def _twins(site: Site) -> Iterator[tuple[str, str]]:
    """Entities of which a name or an alias is nearly one of another's."""
    forms = [(key, _plain(form)) for key, (_, record) in site.entities.items() for form in record.entry.forms]
    seen = set()
    for (one, a), (two, b) in combinations(forms, 2):
        if one != two and (one, two) not in seen and fuzz.ratio(a, b, score_cutoff=ALIKE):
            seen.add((one, two))
            yield one, two


def as_yaml(site: Site, article: Article, found: Proposals) -> dict[str, object]:
    """File → what to paste there, as plain data; every id is new, and every quote has one place."""
    notes = notes_of(article.id)
    taken = {*site.entities}
    files: dict[str, object] = {}
    for kind in ENTITY_KINDS:
        entries = [(name.text, _entity(name)) for name in found.names if name.kind == kind.name]
        files[f"{ANNOTATIONS}/{kind.file}.yml"] = _by_id(entries, taken)
    dates = [(each, quote) for each in found.dates if (quote := _quote(found, each.start, each.end))]
    claims = [(each, quote) for each in found.claims if (quote := _quote(found, each.start, each.end))]
    files[f"{notes}/{DATE.file}.yml"] = _by_id(
        ((_words(found, each), {"when": each.when or STUB, "title": TODO, "quote": quote}) for each, quote in dates),
        {*article.events},
    )
    files[f"{notes}/{CLAIM.file}.yml"] = _by_id(
        (
            (
                " ".join(_words(found, each).split()[:5]),
                {"quote": quote, "modality": each.modality, "verdict": "unverified", "short": TODO, "rationale": TODO},
            )
            for each, quote in claims
        ),
        {*article.claims},
    )
    files[f"{notes}/mentions.yml"] = [
        {"quote": quote, "entity": key}
        for _, key, places in found.aliases
        for place in places
        if (quote := _quote(found, *place))
    ]
    return {file: entries for file, entries in files.items() if entries}


def _words(found: Proposals, each: Dated | Stated) -> str:
    return found.reading.source(each.start, each.end)


def _entity(name: Name) -> dict[str, object]:
    return {"name": name.text, **({"aliases": list(name.aliases)} if name.aliases else {}), "description": TODO}


def _quote(found: Proposals, start: int, end: int) -> str | dict[str, str] | None:
    """The `quote` that finds a canonical place alone, with the context that decides where its words stand again."""
    quote = pinned(found.reading.canonical, Selector(found.reading.source(start, end)), Span(start, end))
    if quote is None:
        return None
    return {key: said for key, said in quote._asdict().items() if said} if quote.has_context else quote.exact


def _by_id(entries: Iterable[tuple[str, object]], taken: set[str]) -> dict[str, object]:
    """Entries by an id made from words; where another has it, or no letter of the words can stay, a number follows."""
    found: dict[str, object] = {}
    for words, entry in entries:
        wanted = slug(words)[:LONGEST].strip("-") or NAMELESS
        ids = chain([wanted], (f"{wanted}-{number}" for number in count(2)))
        key = next(key for key in ids if key not in taken)
        taken.add(key)
        found[key] = entry
    return found
