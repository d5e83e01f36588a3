"""What an edit did: to the notes, and to the passages that they stand on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Any

from manchette.anchor.canonical import Canonical, Span, fold
from manchette.anchor.compare import differences
from manchette.anchor.quote import find
from manchette.anchor.reanchor import reanchor
from manchette.anchor.refusal import told
from manchette.anchor.wording import same_words, sentence
from manchette.format.kinds import KINDS, Claim
from manchette.format.model import Quote
from manchette.load import Record
from manchette.marks import Body
from manchette.problems import Place, Problem, Severity
from manchette.site.site import Article, Site
from manchette.upkeep.dictionary import french

GONE = "suppression"


@dataclass(frozen=True)
class Row:
    """One line of the table that a pull request shows."""

    place: Place
    kind: str  # « Affirmation »
    id: str
    what: str  # « ajout », « modification : rationale »…
    passage: str = ""


@dataclass(frozen=True)
class Impact:
    """The difference between two states of the site."""

    rows: tuple[Row, ...]
    problems: tuple[Problem, ...]


def impact(old: Site, new: Site) -> Impact:
    """Compare the site with what it was.

    An annotation that now stands on other words than before, though nobody edited its quote, is a problem: its own
    passage was deleted, and the same words stand elsewhere.
    """
    rows: list[Row] = []
    problems: list[Problem] = []
    gone: list[Row] = []
    unread = {problem.place.file for problem in new.problems if problem.severity is Severity.ERROR}
    for name in dict.fromkeys([*new.articles, *old.articles]):  # one at a time: either library may be too much to keep
        before, article = old.articles.get(name), new.articles.get(name)
        if article is None:
            if before and before.file not in unread:
                gone.append(Row(before.header.place, "Article", name, GONE, before.front.title))
            continue
        if before is None:
            rows.append(Row(article.header.place, "Article", name, "ajout", article.front.title))
            continue
        for row, problem in _article(before, article):
            rows += [row] if row else []
            problems += [problem] if problem else []
    rows += [*gone, *_registers(old, new)]
    # An entry that could not be read was not deleted; its problem is told already.
    rows = [row for row in rows if row.what != GONE or not new.unread & {row.id, row.place.file}]
    return Impact(tuple(rows), tuple(problems))


Finding = tuple[Row | None, Problem | None]


def quoted(article: Article) -> dict[tuple[str, str], tuple[Record[Any], Quote]]:
    """(kind, id) → every record of an article that quotes it, and its quote. A mention has no id; its quote is one."""
    found: dict[tuple[str, str], tuple[Record[Any], Quote]] = {}
    for kind, records in (("claim", article.claims), ("date", article.events)):
        for key, record in records.items():
            if record.entry.quote:
                found[kind, key] = (record, record.entry.quote)
    for mention in article.mentions:
        quote = mention.entry.quote
        found["mention", f"{quote.prefix}|{quote.exact}|{quote.suffix}"] = (mention, quote)
    return found


def _article(old: Article, new: Article) -> Iterator[Finding]:
    before, after = quoted(old), quoted(new)
    texts = old.body.canonical, new.body.canonical
    same_text = old.body.text == new.body.text
    labels = {kind.name: kind.label for kind in KINDS} | {"mention": "Mention"}
    for (kind, key), (record, quote) in after.items():
        was = before.get((kind, key))
        if was is None:
            if kind != "mention":
                yield Row(record.where.place, labels[kind], key, "ajout", quote.exact), None
        elif was[1] != quote:
            what = f"citation modifiée ({told(differences(was[1].exact, quote.exact))})"
            yield Row(record.where.place, labels[kind], record.id, what, quote.exact), None
        else:
            if was[0].entry != record.entry:
                yield Row(record.where.place, labels[kind], record.id, _changed(was[0], record), quote.exact), None
            touched = [] if same_text else list(_touched(record, quote, texts, (old, new), labels[kind]))
            yield from touched
            if any(problem for _, problem in touched):
                continue
        if was and kind == "claim":
            yield from _reread(was[0], record, old, new)
    for (kind, key), (record, quote) in before.items():
        if (kind, key) not in after and kind != "mention":
            yield Row(record.where.place, labels[kind], key, GONE, quote.exact), None


def _touched(
    record: Record[Any], quote: Quote, texts: tuple[Canonical, Canonical], articles: tuple[Article, Article], label: str
) -> Iterator[Finding]:
    """What the text's edit did to a quote that nobody edited."""
    (old, new), (was, now) = articles, (_only(texts[0], quote), _only(texts[1], quote))
    if was is None or now is None:
        if was is not None:
            yield (
                Row(record.where.place, label, record.id, "sa citation ne se trouve plus une seule fois", quote.exact),
                None,
            )
        return
    words = old.body.text[slice(*was)]
    answer = reanchor(texts[1], quote.selector, texts[0], was.start)
    if answer.span is None or answer.span.end <= now.start or now.end <= answer.span.start:
        yield (
            None,
            Problem(
                record.where.at("quote"),
                "slid-quote",
                f"le passage cité ({old.body.part(was.start)}) a disparu ; les mêmes mots ({new.body.part(now.start)})"
                " sont un autre passage",
                "retirez l’annotation, ou réécrivez sa citation si elle vaut aussi là",
                record.id,
            ),
        )
        return
    here = new.body.text[slice(*now)]
    if fold(words) != fold(here):
        yield Row(record.where.place, label, record.id, "les mots laissés de côté par […] ont changé", here), None
    elif _around(old, was) != _around(new, now):
        what = f"à relire : le texte autour a changé ({new.body.part(now.start)})"
        yield Row(record.where.place, label, record.id, what, here), None


def _reread(was: Record[Claim], now: Record[Claim], old: Article, new: Article) -> Iterator[Finding]:
    """Whether a claim's passage was reworded, or another was chosen, since someone last wrote of its verdict."""
    if was.entry.model_dump(exclude={"quote"}) != now.entry.model_dump(exclude={"quote"}):
        return
    stood, stands = _only(old.body.canonical, was.entry.quote), _only(new.body.canonical, now.entry.quote)
    if stood and not stands:
        stands = reanchor(new.body.canonical, now.entry.quote.selector, old.body.canonical, stood.start).span
    if not stood or not stands:
        return
    before, after = sentence_of(old.body, stood), sentence_of(new.body, stands)
    if not same_words(before, after, french):
        yield (
            None,
            Problem(
                now.where.at("quote"),
                "stale-verdict",
                f"la phrase du passage ({new.body.part(stands.start)}) {told(differences(before, after))}",
                "relisez le verdict et ses raisons, puis mettez « reviewed » à jour",
                now.id,
                Severity.NOTICE,
            ),
        )


def _changed(old: Record[Any], new: Record[Any]) -> str:
    verdicts = getattr(old.entry, "verdict", None), getattr(new.entry, "verdict", None)
    if verdicts[0] and verdicts[1] and verdicts[0] != verdicts[1]:
        return f"verdict : {verdicts[0].words.label} → {verdicts[1].words.label}"
    before, after = old.entry.model_dump(), new.entry.model_dump()
    return "modification : " + ", ".join(key for key in after if before.get(key) != after[key])


def _registers(old: Site, new: Site) -> Iterator[Row]:
    registers: list[tuple[str, Mapping[str, Record[Any]], Mapping[str, Record[Any]]]] = [
        (kind.label, old.registers.get(kind.name, {}), new.registers[kind.name])
        for kind in KINDS
        if kind.name in new.registers
    ]
    for label, before, after in chain(registers, [("Source", old.sources, new.sources)]):
        for key, record in after.items():
            if key not in before:
                yield Row(record.where.place, label, key, "ajout")
            elif before[key].entry != record.entry:
                yield Row(record.where.place, label, key, _changed(before[key], record))
        for key, record in before.items():
            if key not in after:
                yield Row(record.where.place, label, key, GONE)


def sentence_of(body: Body, span: Span) -> str:
    """The sentences of the text in which a passage stands; what is struck out in them says so."""
    start, end = sentence(body.text, span, body.blocks(span))
    struck = sum(first < end and start < last for first, last in body.struck)
    return body.text[start:end] + " (rayé)" * struck


def _only(text: Canonical, quote: Quote) -> Span | None:
    found = find(text, quote.selector)
    return found[0] if len(found) == 1 else None


def _around(article: Article, span: Span) -> str:
    first, last = article.body.part(span.start), article.body.part(span.end - 1)
    return fold(article.body.text[first.span.start : last.span.end])
