"""What cannot have been when it is said to have been: deaths before births, offices outside of a life, the future."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from manchette.format.edtf import When
from manchette.format.kinds import Claim, Organization, Person
from manchette.format.kinds.person import Role
from manchette.load import Record, Where
from manchette.load.record import Path
from manchette.problems import Problem, Severity
from manchette.site.site import Article, Site

_OLDEST = 125  # years: nobody whose age was verified has lived longer than 122
_ELSEWHERE = 1  # day: where the contributor is, it may be tomorrow already
# Days that `?`, `~` and `%` are worth on both sides of a date.
_DOUBT, _DOUBT_OF_A_YEAR = 31, 5 * 366


def of_registers(site: Site, today: date) -> Iterator[Problem]:
    """Yield what cannot be in the registers: a problem where two firm dates exclude each other, otherwise a notice."""
    for key, (_, record) in site.entities.items():
        yield from _life(key, record, today)
    for key, source in site.sources.items():
        entry = source.entry
        yield from _future(source.where, key, today, published=entry.published, accessed=entry.accessed)
        yield from _order(source.where, key, "accessed", entry.accessed, "published", entry.published)


def of_article(article: Article, today: date) -> Iterator[Problem]:
    """Yield what cannot be in an article."""
    yield from _future(article.header, "", today, published=article.front.published)
    for claim in article.claims.values():
        yield from _verdict(article, claim, today)
    for event in article.events.values():
        yield from _order(event.where, event.id, "known", event.entry.known, "when", event.entry.when)


def _life(key: str, record: Record[Any], today: date) -> Iterator[Problem]:
    entry, where = record.entry, record.where
    if isinstance(entry, Organization):
        yield from _future(where, key, today, founded=entry.founded)
        yield from _order(where, key, "dissolved", entry.dissolved, "founded", entry.founded, cannot=True)
    if not isinstance(entry, Person):
        return
    yield from _future(where, key, today, born=entry.born, died=entry.died)
    died_first = list(_order(where, key, "died", entry.died, "born", entry.born, cannot=True))
    yield from died_first
    if entry.born and entry.died and not died_first and _bounds(entry.died)[0] - _bounds(entry.born)[1] > _OLDEST * 366:
        message = f"une vie de {entry.born.text} à {entry.died.text} dure plus de {_OLDEST} ans"
        yield _problem(where, ("died",), key, message, "corrigez « born » ou « died »", Severity.NOTICE)
    for position, role in enumerate(entry.roles):
        if role.when and not died_first:
            yield from _office(where, position, role, role.when, entry, key)


def _office(where: Where, position: int, role: Role, when: When, person: Person, key: str) -> Iterator[Problem]:
    """A role against the life of who had it."""
    path = ("roles", position, "when")
    start, end = when.start, when.end
    named = f"« {role.title} » ({when.text})"
    born, died = person.born, person.died
    if born and (first := start or end) and _before(first, born):
        severity = Severity.ERROR if _firm(first, born) else Severity.NOTICE
        verb = "commence" if start else "finit"
        message = f"{named} {verb} avant la naissance ({born.text})"
        yield _problem(where, path, key, message, "corrigez « born » ou les dates de cette fonction", severity)
    elif died and start and _before(died, start):  # a title may be given to the dead
        message = f"{named} commence après la mort ({died.text})"
        yield _problem(where, path, key, message, "corrigez « died » ou les dates de cette fonction", Severity.NOTICE)
    elif died and (when.open_end or (end and when.is_interval and _before(died, end))):
        verb = "dure encore" if when.open_end else "finit"
        message = f"{named} {verb} après la mort ({died.text})"
        until = _until(when, died)
        suggestion = f"écrivez « when: {until} », ou corrigez « died »" if until else "corrigez « died » ou ces dates"
        yield _problem(where, path, key, message, suggestion, Severity.NOTICE)


def _until(when: When, died: When) -> str:
    """The role's interval, ended by death; empty where death has no such end."""
    start = when.text.partition("/")[0]
    plain = not died.is_interval and "X" not in died.text and not died.time
    return f"{start}/{died.text}" if plain else ""


def _verdict(article: Article, claim: Record[Claim], today: date) -> Iterator[Problem]:
    entry, where, published = claim.entry, claim.where, article.front.published
    given: list[tuple[Path, When | None]] = [(("reviewed",), entry.reviewed)]
    given += [(("corrections", n, "date"), correction.date) for n, correction in enumerate(entry.corrections)]
    for path, when in given:
        yield from _after_today(where, path, claim.id, today, when)
        if when and published and _before(when, published):
            message = f"« {path[-1]} » ({when.text}) précède la parution de l’article ({published.text})"
            yield _problem(where, path, claim.id, message, "corrigez l’une des deux dates", Severity.NOTICE)


def _order(
    where: Where, key: str, later: str, after: When | None, earlier: str, before: When | None, cannot: bool = False
) -> Iterator[Problem]:
    """A date that has to follow another; `cannot`: it is a problem if it does not, where both are firm."""
    if after and before and _before(after, before):
        message = f"« {later} » ({after.text}) précède « {earlier} » ({before.text})"
        severity = Severity.ERROR if cannot and _firm(after, before) else Severity.NOTICE
        swapped = (
            f"corrigez l’une des deux dates, ou échangez-les : « {earlier}: {after.text} », « {later}: {before.text} »"
        )
        yield _problem(where, (later,), key, message, swapped if cannot else "corrigez l’une des deux dates", severity)


def _future(where: Where, key: str, today: date, **dates: When | None) -> Iterator[Problem]:
    for name, when in dates.items():
        yield from _after_today(where, (name,), key, today, when)


def _after_today(where: Where, path: Path, key: str, today: date, when: When | None) -> Iterator[Problem]:
    if when and _bounds(when)[0] > today.toordinal() + _ELSEWHERE:
        message = f"« {path[-1]} » ({when.text}) est dans l’avenir"
        yield _problem(where, path, key, message, "corrigez l’année, le mois ou le jour", Severity.NOTICE)


def _bounds(when: When) -> tuple[float, float]:
    """The first and last day, as far as a doubt reaches."""
    doubt = 0
    if not _firm(when):
        doubt = _DOUBT if when.precision == "day" else _DOUBT_OF_A_YEAR
    return when.first - doubt, when.last + doubt


def _before(one: When, other: When) -> bool:
    """Whether all of one is before all of the other."""
    return _bounds(one)[1] < _bounds(other)[0]


def _firm(*dates: When) -> bool:
    return not any(when.uncertain or when.approximate for when in dates)


def _problem(where: Where, path: Path, key: str, message: str, suggestion: str, severity: Severity) -> Problem:
    return Problem(where.at(*path), "impossible-date", message, suggestion, key, severity)
