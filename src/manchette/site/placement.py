"""Annotations to places in an article's text: each stands on one place that nothing contradicts, or is a problem."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import TypeVar

from manchette.anchor import refusal
from manchette.anchor.canonical import Canonical, Span, fold
from manchette.anchor.quote import Forms, find, mentions
from manchette.format.kinds import Claim, Entity, Event
from manchette.format.model import Mention, Quote
from manchette.load import Record
from manchette.marks import Body, flow
from manchette.problems import Place, Problem

T = TypeVar("T")
Placeable = Record[Claim] | Record[Event] | Record[Mention]


@dataclass(frozen=True)
class Mark:
    """An annotation's place in the text, as a span of the article's visible text."""

    kind: str
    id: str
    span: Span
    nth: int = 1  # which of the annotation's passages, from 1

    @property
    def name(self) -> str:
        """What the annotation's addresses are made from: `person--kim-jong-un`."""
        return f"{self.kind}--{self.id}"

    @property
    def anchor(self) -> str:
        """The address of the passage in the page."""
        return self.name if self.nth == 1 else f"{self.name}--{self.nth}"


class Names:
    """The registers' entities as every text is searched for them."""

    def __init__(self, registers: Mapping[str, Mapping[str, Record[Entity]]]) -> None:
        """`registers`: kind → id → entity."""
        claimants: dict[str, list[str]] = defaultdict(list)
        self.kinds = {key: kind for kind, entries in registers.items() for key in entries}  # id → kind
        for entries in registers.values():
            for key, record in entries.items():
                for form in dict.fromkeys(fold(form) for form in record.entry.forms):
                    claimants[form].append(key)
        self.claimants = {form: tuple(keys) for form, keys in claimants.items()}  # form → the ids that claim it
        self.forms = Forms(self.claimants)

    def __eq__(self, other: object) -> bool:
        """Whether every text is searched for the same."""
        return isinstance(other, Names) and (self.kinds, self.claimants) == (other.kinds, other.claimants)

    __hash__ = None  # type: ignore[assignment]


@dataclass(frozen=True)
class Annotations:
    """What is to be placed: one article's sidecars, and the names of the registers."""

    claims: Mapping[str, Record[Claim]]
    events: Mapping[str, Record[Event]]
    mentions: Sequence[Record[Mention]]
    names: Names
    article: Place  # where to report what no line of an annotation causes


def place(body: Body, todo: Annotations) -> tuple[tuple[Mark, ...], list[Problem]]:
    """Anchor every annotation in `body`: the marks in document order, outer before inner, and every problem."""
    text = body.canonical
    problems: list[Problem] = []

    def locate(quote: Quote, record: Placeable) -> Span | None:
        found = find(text, quote.selector)
        if len(found) == 1:
            return found[0]
        problems.append(_refused(text, quote, record, body))
        return None

    claims = [(key, span) for key, record in todo.claims.items() if (span := locate(record.entry.quote, record))]
    events = [
        (key, span)
        for key, record in todo.events.items()
        if record.entry.quote and (span := locate(record.entry.quote, record))
    ]
    named = [(record, span) for record in todo.mentions if (span := locate(record.entry.quote, record))]

    problems += _crossing_claims(claims, todo)
    problems += _shared_words(events, todo)
    problems += _settled_twice(named)
    mentioned, ambiguous = _mentions(text, body, named, todo)
    problems += ambiguous

    marks = [Mark("claim", key, span) for key, span in claims] + [Mark("date", key, span) for key, span in events]
    seen: dict[str, int] = defaultdict(int)
    for span, kind, key in sorted(mentioned):
        seen[key] += 1
        marks.append(Mark(kind, key, span, seen[key]))
    problems += _hidden_dates(marks, todo)
    return tuple(sorted(marks, key=_document_order)), problems


def _document_order(mark: Mark) -> tuple[int, int, str, str]:
    return mark.span.start, -mark.span.end, mark.kind, mark.id


def _refused(
    text: Canonical, quote: Quote, record: Record[Claim] | Record[Event] | Record[Mention], body: Body
) -> Problem:
    refused = refusal.diagnose(text, quote.selector)
    if not refused.places and find(flow(body.html, "").canonical, quote.selector):
        message = "ces mots sont dans un intertitre, qui ne s’annote pas"
        return Problem(record.where.at("quote"), refused.code, message, "citez un passage du texte", record.id)
    message, suggestion = refusal.worded(refused, body.part)
    return Problem(record.where.at("quote"), refused.code, message, suggestion, record.id)


def _crossing_claims(claims: Sequence[tuple[str, Span]], todo: Annotations) -> Iterable[Problem]:
    ordered = sorted(claims, key=lambda item: (item[1].start, -item[1].end))
    for position, (outer, a) in enumerate(ordered):
        for inner, b in ordered[position + 1 :]:
            if b.start >= a.end:
                break
            if b == a or b.end > a.end:
                record, other = todo.claims[inner], todo.claims[outer]
                yield Problem(
                    record.where.at("quote"),
                    "same-words" if a == b else "crossing-claims",
                    f"ce passage {'est le même que' if a == b else 'chevauche en partie'} celui de « {outer} »"
                    f" ({other.where.at('quote')}) : « {other.entry.quote.exact} »",
                    "une affirmation peut en contenir une autre, pas la chevaucher : raccourcissez l’un des passages",
                    inner,
                )


def _shared_words(events: Sequence[tuple[str, Span]], todo: Annotations) -> Iterable[Problem]:
    for (one, _), (two, _) in _overlapping(events):
        yield Problem(
            todo.events[two].where.at("quote"),
            "shared-words",
            f"ces mots portent déjà la date « {one} » ({todo.events[one].where.at('quote')})",
            "choisissez d’autres mots, ou réunissez les deux dates",
            two,
        )


def _settled_twice(named: Sequence[tuple[Record[Mention], Span]]) -> Iterable[Problem]:
    for (one, _), (two, _) in _overlapping(named):
        yield Problem(
            two.where.at("quote"),
            "shared-words",
            f"ces mots sont déjà attribués ({one.where.at('quote')}) : « {one.entry.quote.exact} »",
            "gardez une seule des deux lignes",
        )


def _overlapping(placed: Iterable[tuple[T, Span]]) -> Iterator[tuple[tuple[T, Span], tuple[T, Span]]]:
    """Each that begins within one before it, with the one that reaches furthest."""
    furthest: tuple[T, Span] | None = None
    for each in sorted(placed, key=lambda item: (item[1].start, -item[1].end)):
        if furthest and each[1].start < furthest[1].end:
            yield furthest, each
        if furthest is None or each[1].end > furthest[1].end:
            furthest = each


def _mentions(
    text: Canonical, body: Body, named: Sequence[tuple[Record[Mention], Span]], todo: Annotations
) -> tuple[list[tuple[Span, str, str]], list[Problem]]:
    """Where the entities are named: by their forms, unless `mentions.yml` says otherwise."""
    kinds = todo.names.kinds
    problems: list[Problem] = []
    settled = sorted(span for _, span in named)
    reach = list(accumulate((span.end for span in settled), max))
    found = []
    for span, keys in mentions(text, todo.names.forms):
        before = bisect_left(settled, span.end, key=lambda other: other.start)
        if before and reach[before - 1] > span.start:
            continue
        if len(keys) > 1:
            problems.append(_ambiguous(text, body, span, keys, todo.article))
            continue
        found.append((span, kinds[keys[0]], keys[0]))
    for record, span in named:
        meant = record.entry.entity
        if meant is not None and meant in kinds:
            found.append((span, kinds[meant], meant))
    return found, problems


def _ambiguous(text: Canonical, body: Body, span: Span, keys: Sequence[str], where: Place) -> Problem:
    words = body.text[span.start : span.end]
    quote = f'"{words}"'
    if len(find(text, words)) > 1:
        decided = next(place.quote for place in refusal.diagnose(text, words).places if place.span == span)
        context = {"prefix": decided.prefix, "suffix": decided.suffix}
        quote = f"{{exact: {quote}" + "".join(f', {key}: "{value}"' for key, value in context.items() if value) + "}"
    return Problem(
        where,
        "ambiguous-mention",
        f"{body.part(span.start)}, « {words} » peut désigner " + " ou ".join(f"« {key} »" for key in keys),
        f"dites lequel dans mentions.yml : - {{quote: {quote}, entity: {keys[0]}}}",
    )


def _hidden_dates(marks: Sequence[Mark], todo: Annotations) -> Iterable[Problem]:
    """A name inside a date keeps its link; a date of which nothing is left would have no mark at all."""
    names = sorted((mark for mark in marks if mark.kind not in {"claim", "date"}), key=lambda mark: mark.span)
    for date in (mark for mark in marks if mark.kind == "date"):
        before = bisect_right(names, date.span.start, key=lambda mark: mark.span.start)
        name = names[before - 1] if before else None  # names do not overlap: no other can hold the date
        if name and date.span.end <= name.span.end:
            yield Problem(
                todo.events[date.id].where.at("quote"),
                "shared-words",
                f"ces mots sont déjà une mention de « {name.id} »",
                "choisissez d’autres mots pour la date",
                date.id,
            )
