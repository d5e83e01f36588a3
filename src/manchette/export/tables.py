"""Claims, dates, entities and sources for a spreadsheet, as French ones open them without asking.

Such a CSV has semicolons between its cells, a comma in its numbers, and a signature that says that it is UTF-8; quotes
and ends of lines are those of RFC 4180. What is inline Markdown elsewhere is plain text here.
"""

from __future__ import annotations

import codecs
import csv
from collections.abc import Callable, Iterable, Iterator
from io import StringIO

from manchette.export import used
from manchette.export.base import Export, Exported
from manchette.format.edtf import When
from manchette.format.kinds import Claim, Entity, Location, Organization, Person
from manchette.format.kinds.claim import Stance
from manchette.format.scalars import KeyWord
from manchette.site.site import Article, Site
from manchette.typeset import prose
from manchette.typeset.words import WORDS

BETWEEN = " | "  # several values in a cell
WITHIN = " ¦ "  # what is written for that in one of them: titles of pages have it, and a cell is taken apart by it
# A cell that begins so is a formula to a spreadsheet, which runs it: an apostrophe before it makes it text
# (OWASP, « CSV Injection »).
FORMULA = ("=", "+", "-", "@", "\t", "\r")

Row = dict[str, str | None]
"""Column → cell."""


def write(columns: Iterable[str], rows: Iterable[Row]) -> bytes:
    """A table as bytes of CSV. `columns`: keys of rows, in order; their headings are in `words.yml`."""
    out = StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    columns = tuple(columns)
    headings = vars(WORDS.export.columns)
    writer.writerow([headings[column] for column in columns])
    writer.writerows([_cell(row[column]) for column in columns] for row in rows)
    return codecs.BOM_UTF8 + out.getvalue().encode()


def _cell(value: str | None) -> str:
    said = value or ""
    return f"'{said}" if said.startswith(FORMULA) and not _is_number(said) else said


def _is_number(value: str) -> bool:
    return value.removeprefix("-").replace(",", "", 1).isdecimal()


def claims(given: Exported) -> Iterator[Row]:
    """A row for each claim, in the order of the text; those without a place last."""
    site = given.site
    for article in given.articles:
        for key, record in article.claims.items():
            claim = record.entry
            passage = article.passages.get(("claim", key))
            yield {
                "article": article.front.title,
                "number": str(article.numbers[key]) if passage else "",
                "id": key,
                "passage": article.body.text[slice(*passage[0].span)] if passage else claim.quote.exact,
                "claim": _plain(claim.claim),
                "who": _all(_named(site, each) for each in claim.attribution or (article.front.publisher,)),
                "modality": claim.modality.label,
                "verdict": claim.verdict.label,
                "short": claim.short,
                "rationale": _plain(claim.rationale),
                **{stance.value: _evidence(site, claim, stance) for stance in Stance},
                "about": _all(_named(site, each) for each in claim.about),
                "reviewed": _text(claim.reviewed),
                "reviewed_by": claim.reviewed_by or site.settings.publisher,
                "corrections": _all(f"{each.date.text} : {_plain(each.change)}" for each in claim.corrections),
                "address": _address(given, article, "claim", key, bool(passage)),
            }


def dates(given: Exported) -> Iterator[Row]:
    """A row for each event, in the order of its sidecar."""
    for article in given.articles:
        for key, record in article.events.items():
            event = record.entry
            passage = article.passages.get(("date", key))
            yield {
                "article": article.front.title,
                "id": key,
                "when": event.when.text,
                **_bounds(event.when),
                "title": event.title,
                "description": _plain(event.description),
                "passage": article.body.text[slice(*passage[0].span)] if passage else "",
                "stated": _text(event.stated),
                "known": _text(event.known),
                "about": _all(_named(given.site, each) for each in event.about),
                "claims": _all(event.claims),
                "sources": _all(_cited(given.site, each) for each in event.sources),
                "address": _address(given, article, "date", key, bool(passage)),
            }


def entities(given: Exported) -> Iterator[Row]:
    """A row for each name that the articles speak of."""
    for key, (kind, record) in used.entities(given).items():
        entity: Entity = record.entry
        place = entity if isinstance(entity, Location) else None
        spot = place.coordinates if place else None
        born, died = _life(entity)
        roles = entity.roles if isinstance(entity, Person) else ()
        found = [*used.mentions(given, kind.name, key)]
        yield {
            "id": key,
            "kind": kind.label,
            "name": entity.name,
            "aliases": _all(entity.aliases),
            "names": _all(f"{lang} : {form}" for lang, form in entity.names.items()),
            "description": _plain(entity.description),
            "roles": _all(f"{role.title} ({role.when.text})" if role.when else role.title for role in roles),
            "born": _text(born),
            "died": _text(died),
            "latitude": _number(spot.lat) if spot else "",
            "longitude": _number(spot.lon) if spot else "",
            "precision": place.precision.label if place and place.precision else "",
            "country": place.country if place else "",
            "wikidata": entity.wikidata,
            "geonames": str(place.geonames) if place and place.geonames else "",
            "wikipedia": entity.wikipedia,
            "mentions": str(len(found)),
            "sources": _all(_cited(given.site, each) for each in entity.sources),
            "address": found[0][1] if found else "",
        }


def sources(given: Exported) -> Iterator[Row]:
    """A row for each source that the notes rest on; of several articles' claims it is said whose they are."""
    several = len(given.articles) > 1
    for key, record in used.sources(given).items():
        source = record.entry
        yield {
            "id": key,
            "url": source.url,
            "outlet": source.outlet,
            "title": source.title,
            "description": _plain(source.description),
            "author": source.author,
            "published": _text(source.published),
            "lang": source.lang,
            "accessed": _text(source.accessed),
            "archive": source.archive,
            "note": source.note,
            "cited": _all(
                f"{article.id}/{claim}" if several else claim
                for article in given.articles
                for claim, of in article.claims.items()
                if any(item.source == key for item in of.entry.evidence)
            ),
        }


def _export(name: str, ending: str, columns: str, rows: Callable[[Exported], Iterator[Row]]) -> Export:
    return Export(name, ending, "text/csv", lambda given: write(columns.split(), rows(given)), together=True)


EXPORTS = (
    _export(
        "claims",
        "affirmations.csv",
        "article number id passage claim who modality verdict short rationale supports contradicts nuances about"
        " reviewed reviewed_by corrections address",
        claims,
    ),
    _export(
        "dates",
        "dates.csv",
        "article id when first last title description passage stated known about claims sources address",
        dates,
    ),
    _export(
        "entities",
        "noms.csv",
        "id kind name aliases names description roles born died latitude longitude precision country wikidata geonames"
        " wikipedia mentions sources address",
        entities,
    ),
    _export(
        "sources",
        "sources.csv",
        "id url outlet title description author published lang accessed archive note cited",
        sources,
    ),
)


def _all(values: Iterable[str | None]) -> str:
    return BETWEEN.join(value.replace(BETWEEN, WITHIN) for value in values if value)


def _plain(text: str | None) -> str:
    return prose.html(text).striptags() if text else ""


def _text(when: When | None) -> str:
    return when.text if when else ""


def _bounds(when: When) -> Row:
    """The first and the last day that a date may mean."""
    return {
        "first": when.earliest.isoformat() if when.earliest else "",
        "last": when.latest.isoformat() if when.latest else "",
    }


def _number(value: float) -> str:
    return f"{value:.6f}".rstrip("0").rstrip(".").replace(".", ",")


def _life(entity: Entity) -> tuple[When | None, When | None]:
    """When someone was born and died, or a body was founded and dissolved."""
    if isinstance(entity, Person):
        return entity.born, entity.died
    return (entity.founded, entity.dissolved) if isinstance(entity, Organization) else (None, None)


def _named(site: Site, key: str) -> str:
    """An entity's name; what is no id of one is text."""
    return site.entities[key][1].entry.name if key in site.entities else key


def _cited(site: Site, key: str) -> str:
    if key not in site.sources:
        return ""
    source = site.sources[key].entry
    return ", ".join(filter(None, [source.outlet, source.title or _plain(source.description), source.url]))


def _evidence(site: Site, claim: Claim, stance: KeyWord) -> str:
    return _all(
        f"{_cited(site, item.source)}{f' : {_plain(item.says)}' if item.says else ''}"
        for item in claim.evidence
        if item.stance is stance
    )


def _address(given: Exported, article: Article, kind: str, key: str, placed: bool) -> str:
    return given.home.to(article.page, f"{kind}--{key}" if placed else "")
