"""What one file cannot show by itself: ids that lead nowhere, sources nobody cites, entries nobody names."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import date
from typing import Any

from manchette.format.kinds import Claim, Event, Person
from manchette.format.kinds.claim import Verdict
from manchette.format.scalars import ID
from manchette.load import Record
from manchette.problems import Place, Problem, Severity, nearest
from manchette.site import dating, lives
from manchette.site.site import Article, Site


def of_registers(site: Site, named: Collection[str], cited: Collection[str], today: date) -> Iterator[Problem]:
    """Yield what is wrong with the registers.

    `named`, `cited`: the entities and the sources of which articles make use; `today` tells what is due for a review,
    and what is to come.
    """
    used = set(cited)
    for key, (_, record) in site.entities.items():
        used.update(record.entry.sources)
        yield from _sources(site, record, record.entry.sources, ("sources",))
        if isinstance(record.entry, Person):
            for position, role in enumerate(record.entry.roles):
                used.update(role.sources)
                yield from _sources(site, record, role.sources, ("roles", position, "sources"))
                yield from dating.role_of_two_years(record.where.at("roles", position, "when"), key, role)
        if key not in named:
            yield Problem(
                record.where.place,
                "unused-entity",
                "aucun article ne nomme cette fiche",
                "ajoutez une forme à « aliases », une ligne à mentions.yml, ou citez-la dans « about »",
                key,
                Severity.NOTICE,
            )
        due = record.entry.review_by
        if due and due.latest and due.latest < today:
            yield Problem(
                record.where.at("review_by"),
                "stale-entry",
                f"fiche à relire depuis « {due.text} »",
                "vérifiez qu’elle est encore juste, puis repoussez « review_by »",
                key,
                Severity.NOTICE,
            )
    yield from lives.of_registers(site, today)
    for key, source in site.sources.items():
        if key not in used:
            yield Problem(
                source.where.place,
                "unused-source",
                "cette source n’est citée nulle part",
                "citez-la, ou supprimez-la",
                key,
            )


def of_article(site: Site, article: Article, today: date) -> Iterator[Problem]:
    """Yield what is wrong between an article and what all articles share: the registers of `site`, and `today`."""
    yield from lives.of_article(article, today)
    organizations = site.registers["organization"]
    if article.front.publisher not in organizations:
        yield _unknown(article.header.at("publisher"), article.front.publisher, organizations, "l’organisation")
    sidecars: list[Record[Claim] | Record[Event]] = [*article.claims.values(), *article.events.values()]
    for record in sidecars:
        for position, key in enumerate(record.entry.about):
            if key not in site.entities:
                yield _unknown(record.where.at("about", position), key, site.entities, "la fiche", record.id)
    for event in article.events.values():
        yield from dating.contradictions(event)
        yield from dating.two_years(event)
        yield from _sources(site, event, event.entry.sources, ("sources",))
        for position, key in enumerate(event.entry.claims):
            if key not in article.claims:
                yield _unknown(event.where.at("claims", position), key, article.claims, "l’affirmation", event.id)
        stated = event.entry.stated
        if stated and not stated.contains(event.entry.when):
            yield Problem(
                event.where.at("stated"),
                "stated-elsewhere",
                f"« stated » ({stated.text}) ne contient pas « when » ({event.entry.when.text})",
                "« stated » dit, en plus vague, la même date",
                event.id,
                Severity.NOTICE,
            )
    for claim in article.claims.values():
        if claim.entry.short is None and claim.entry.verdict is not Verdict.OPINION:
            yield Problem(
                claim.where.place,
                "no-short",
                "cette affirmation n’a pas de réponse en une phrase",
                "ajoutez « short: … », 80 signes au plus : elle est montrée d’abord",
                claim.id,
                Severity.NOTICE,
            )
        for position, item in enumerate(claim.entry.evidence):
            yield from _sources(site, claim, (item.source,), ("evidence", position, "source"))
        for position, name in enumerate(claim.entry.attribution):
            if ID.fullmatch(name) and name not in site.entities:
                yield _unknown(claim.where.at("attribution", position), name, site.entities, "la fiche", claim.id)
    for mention in article.mentions:
        meant = mention.entry.entity
        if meant is not None and meant not in site.entities:
            yield _unknown(mention.where.at("entity"), meant, site.entities, "la fiche")


def _sources(site: Site, record: Record[Any], keys: Iterable[str], path: tuple[str | int, ...]) -> Iterator[Problem]:
    for position, key in enumerate(keys):
        if key not in site.sources:
            spot = path if path[-1] == "source" else (*path, position)
            yield _unknown(record.where.at(*spot), key, site.sources, "la source", record.id)


def _unknown(where: Place, key: str, known: Iterable[str], what: str, entry: str = "") -> Problem:
    near = nearest(key, known)
    suggestion = f"écrivez « {near} »" if near else "ajoutez-la, ou corrigez l’identifiant"
    return Problem(where, "unknown-id", f"{what} « {key} » n’existe pas", suggestion, entry, written=key)
