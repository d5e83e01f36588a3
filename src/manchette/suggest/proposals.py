"""What an article may lack: its names, dates and claims that have no annotation yet. Proposals, never annotations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain, combinations, count

from rapidfuzz import fuzz

from manchette.anchor.canonical import Span, fold
from manchette.anchor.context import pinned
from manchette.anchor.letters import slug, unaccented
from manchette.anchor.quote import find
from manchette.anchor.selector import Selector
from manchette.format.kinds import CLAIM, DATE, ENTITY_KINDS, KINDS
from manchette.format.layout import ANNOTATIONS, notes_of
from manchette.site.site import Article, Site
from manchette.site.unfinished import STUB
from manchette.suggest.claims import Stated, claims_of
from manchette.suggest.dates import Dated, dates_of
from manchette.suggest.kinds import Name, named
from manchette.suggest.names import names_in
from manchette.suggest.reading import Reading

NAMELESS = "sans-nom"  # the id of what has no letter of an id
LONGEST = 60  # letters of an id that is made of words
ALIKE = 90  # per cent of two names' letters, accents apart: one letter in ten
TODO = f"{STUB}."


@dataclass(frozen=True)
class Proposals:
    """What an article, and the registers, may lack."""

    reading: Reading
    names: tuple[Name, ...] = ()
    dates: tuple[Dated, ...] = ()
    claims: tuple[Stated, ...] = ()
    aliases: tuple[tuple[str, str, tuple[Span, ...]], ...] = ()  # a word, the entity whose name holds it, its places
    twins: tuple[tuple[str, str], ...] = field(default=())  # entities that may be one

    def __bool__(self) -> bool:
        return bool(self.names or self.dates or self.claims or self.aliases or self.twins)


def propose(site: Site, article: Article) -> Proposals:
    """Look through an article's text, and through the registers for entries that may be one."""
    reading = Reading(article.body)
    marked = [(mark.kind, reading.canonical.range(*mark.span)) for mark in article.marks]
    taken = [span for kind, span in marked if kind not in (CLAIM.name, DATE.name)]
    for mention in article.mentions:  # those of nobody too: they are declined
        taken += [reading.canonical.range(*span) for span in find(reading.canonical, mention.entry.quote.selector)]
    known = {slug(form) for _, record in site.entities.values() for form in record.entry.forms}
    found = [
        each
        for sentence in reading.sentences
        for each in names_in(sentence)
        if not _touches(each, taken) and slug(each.text) not in known
    ]
    surnames = {_plain(word): key for key, (_, record) in site.entities.items() for word in record.entry.name.split()[1:]}
    names = named(found)
    places = {name.text: [Span(each.start, each.end) for each in found if each.text == name.text] for name in names}
    aliases = {name.text: surnames[_plain(name.text)] for name in names if _plain(name.text) in surnames}
    names = [name for name in names if name.text not in aliases]
    dated = [span for kind, span in marked if kind != CLAIM.name]
    claimed = [span for kind, span in marked if kind == CLAIM.name]
    named_at = [Span(each.start, each.end) for each in found if any(each.text in (name.text, *name.aliases) for name in names)]
    dates = tuple(dates_of(reading, article.front.published))
    return Proposals(
        reading,
        tuple(names),
        tuple(each for each in dates if not _touches(each, dated) and not _within(each, named_at)),
        tuple(
            each
            for each in claims_of(reading, [*named_at, *taken], [Span(each.start, each.end) for each in dates])
            if not _touches(each, claimed)
        ),
        tuple((name, key, tuple(places[name])) for name, key in aliases.items()),
        tuple(_twins(site)),
    )


def _touches(each: Span | Dated | Stated | object, others: Iterable[Span]) -> bool:
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
    notes, files = notes_of(article.id), {}
    taken = {*site.entities}
    for kind in ENTITY_KINDS:
        entries = [(name.text, _entity(found, name)) for name in found.names if name.kind == kind.name]
        files[f"{ANNOTATIONS}/{kind.file}.yml"] = _by_id(entries, taken)
    dates = [
        (words, {"when": each.when or STUB, "title": TODO, "quote": quote})
        for each in found.dates
        if (quote := _quote(found, each.start, each.end)) and (words := found.reading.source(each.start, each.end))
    ]
    claims = [
        (
            " ".join(found.reading.source(each.start, each.end).split()[:5]),
            {"quote": quote, "modality": each.modality, "verdict": "unverified", "short": TODO, "rationale": TODO},
        )
        for each in found.claims
        if (quote := _quote(found, each.start, each.end))
    ]
    files[f"{notes}/{DATE.file}.yml"] = _by_id(dates, {*article.events})
    files[f"{notes}/{CLAIM.file}.yml"] = _by_id(claims, {*article.claims})
    files[f"{notes}/mentions.yml"] = [
        {"quote": quote, "entity": key}
        for _, key, places in found.aliases
        for place in places
        if (quote := _quote(found, *place))
    ]
    return {file: entries for file, entries in files.items() if entries}


def _entity(found: Proposals, name: Name) -> dict[str, object]:
    return {"name": name.text, **({"aliases": name.aliases} if name.aliases else {}), "description": TODO}


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
