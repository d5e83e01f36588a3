"""Quotes that no longer stand, found again, as edits of the annotators' files: sure, or for someone to read first."""

from __future__ import annotations

import errno
import os
import shutil
import stat
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from manchette.anchor.canonical import Canonical, Span
from manchette.anchor.compare import differences
from manchette.anchor.quote import find
from manchette.anchor.reanchor import Answer, Fate, Reason, reanchor
from manchette.anchor.refusal import told
from manchette.anchor.wording import same_context, same_words
from manchette.format.model import Quote
from manchette.load import Record
from manchette.load.decode import UNPRINTABLE
from manchette.problems import Place, Problem, cite
from manchette.site.placement import place
from manchette.site.site import Article, Site, annotations_of
from manchette.upkeep.dictionary import french
from manchette.upkeep.impact import impact, quoted, sentence_of
from manchette.upkeep.rewrite import requote

REASONS = {
    Reason.BLANK: "la citation ne dit rien",
    Reason.GONE: "le passage ne se retrouve pas : il a sans doute été supprimé",
    Reason.DOUBTFUL: "un passage ressemble, mais le doute reste",
    Reason.SEVERAL: "plusieurs passages conviennent",
}
FATES = {
    Fate.UNCHANGED: "les mêmes mots, mieux cernés",
    Fate.MOVED: "déplacé",
    Fate.REWORDED: "reformulé",
    Fate.SPLIT: "des mots ont été insérés",
}
CLASHES = {"same-words", "crossing-claims", "shared-words"}


class MendError(Exception):
    """A file cannot be rewritten; the text says in French which, and what to do."""


@dataclass(frozen=True)
class Mend:
    """What is proposed for a quote that does not stand; `quote` is None where nothing is found.

    sure: the passage says the same in the same words, so that nobody need read it again.
    """

    place: Place  # of the quote
    entry: str
    quote: Quote | None
    why: str
    sure: bool = False


Past = Callable[[str], Iterable[Site]]
"""An article's id → the site at the revisions that changed its text, newest first."""


def mends(site: Site, articles: Iterable[Article], past: Past) -> list[Mend]:
    """What is proposed for every quote of `articles` that has no place, or that slid to other words."""
    return [mend for article in articles for mend in _article(site, article, past)]


def apply(found: Iterable[Mend], read: Callable[[str], str]) -> dict[str, str]:
    """File → its new text with the quotes that are proposed. Nothing but these quotes changes.

    Raises MendError where a file cannot hold its new quotes as it is written.
    """
    quotes: dict[str, dict[tuple[int, int], Quote]] = defaultdict(dict)
    for mend in found:
        if mend.quote:
            quotes[mend.place.file][mend.place.line, mend.place.column] = mend.quote
    texts = {}
    for file, wanted in quotes.items():
        try:
            texts[file] = requote(read(file), wanted)
        except ValueError as error:
            lines = ", ".join(str(line) for line, _ in wanted)
            said = f"{file} : une citation ne se réécrit pas sans toucher au reste (ligne {lines})"
            raise MendError(f"{said} ; écrivez-la vous-même, entre guillemets droits") from error
    return texts


def _article(site: Site, article: Article, past: Past) -> Iterator[Mend]:
    """What is proposed for one article's quotes."""
    text = article.body.canonical
    history = _History(past(article.id))
    slid = {problem.place for problem in _slid(site, article, history)}
    found = []
    for record, quote in quoted(article).values():
        stands = len(find(text, quote.selector)) == 1
        if stands and record.where.at("quote") not in slid:
            continue
        found.append(_mend(article, record, quote, _followed(text, article, quote, history), slid=stands))
    yield from _undisputed(site, article, found)


class _History:
    """Past states of the site, each read from git when it is first asked for, and only then."""

    def __init__(self, source: Iterable[Site]) -> None:
        self.kept: list[Site] = []
        self.rest = iter(source)

    def __iter__(self) -> Iterator[Site]:
        yield from self.kept
        for each in self.rest:
            self.kept.append(each)
            yield each


def _slid(site: Site, article: Article, history: _History) -> list[Any]:
    """The problems of quotes that stand on another passage than before the text's last change."""
    for old in history:
        before = old.articles.get(article.id)
        if before and before.body.text != article.body.text:
            return [problem for problem in impact(old, site).problems if problem.code == "slid-quote"]
    return []


def _followed(text: Canonical, article: Article, quote: Quote, history: _History) -> tuple[Answer, str | None]:
    """Where the quote went since the last text in which it stood, and the sentence it stood in, if git has that."""
    for old in history:
        before = old.articles.get(article.id)
        if before is None or before.body.text == article.body.text:
            continue
        was = before.body.canonical
        stood = find(was, quote.selector)
        if len(stood) == 1:
            answer = reanchor(text, quote.selector, was, stood[0].start)
            return answer, sentence_of(before.body, stood[0])
    return reanchor(text, quote.selector), None


def _same(article: Article, quote: Quote, found: Quote, span: Span, stood_in: str | None) -> bool:
    """Whether a passage says the same in the same words: its sentence, where git has the old one, and its context."""
    text = article.body.canonical
    before, after = (stood_in, sentence_of(article.body, span)) if stood_in else (quote.exact, found.exact)
    return same_words(before, after, french) and same_context(text, quote.selector, text.range(*span), french)


def _mend(article: Article, record: Record[Any], quote: Quote, followed: tuple[Answer, str | None], slid: bool) -> Mend:
    """What is proposed for a quote; `slid`: it still stands, but on another passage."""
    answer, stood_in = followed
    mend = Mend(record.where.at("quote"), record.id, None, "")
    if answer.span is None:
        why = REASONS[answer.reason or Reason.DOUBTFUL]
        return replace(mend, why=why + (" ; ses mots se trouvent ailleurs, dans un autre passage" if slid else ""))
    new = Quote(**answer.quote._asdict())
    where = str(article.body.part(answer.span.start))
    if UNPRINTABLE.search(new.exact + new.prefix + new.suffix):
        return replace(mend, why=f"{where}, le passage contient un caractère invisible, qu’aucun fichier ne peut citer")
    found = replace(mend, quote=new, why=f"{where}, {FATES[answer.fate]} : {cite(new.exact)}")
    if _same(article, quote, new, answer.span, stood_in):
        return replace(found, sure=True)
    old, now = (stood_in, sentence_of(article.body, answer.span)) if stood_in else (quote.exact, new.exact)
    differing = differences(old, now)
    what = f"le texte {told(differing)}" if differing else "les mots autour ont changé"
    return replace(found, why=f"{found.why} ; {what}")


def _undisputed(site: Site, article: Article, found: Sequence[Mend]) -> Iterator[Mend]:
    """Withdraw the mends that would put two annotations on the same words, or across each other."""
    quotes = {mend.place: mend.quote for mend in found if mend.quote}
    after = _with_quotes(article, quotes)
    clashes = _new_clashes(site, article, after)
    text = article.body.canonical
    # A clash is told at one of its two annotations. Where that one's quote is as it was, the other came to its words.
    met = [
        (span, clashes[told])
        for told, quote in ((record.where.at("quote"), quote) for record, quote in quoted(after).values())
        if told in clashes and told not in quotes
        for span in find(text, quote.selector)
    ]
    for mend in found:
        clash = clashes.get(mend.place)
        if mend.quote and clash is None:
            (span,) = find(text, mend.quote.selector)
            clash = next((other for at, other in met if at.start < span.end and span.start < at.end), None)
        if mend.quote and clash:
            other = "" if clash.place == mend.place else f" ({clash.place})"
            yield replace(mend, quote=None, why=f"{mend.why} ; mais {clash.message}{other}")
        else:
            yield mend


def _with_quotes(article: Article, quotes: Mapping[Place, Quote]) -> Article:
    """The article as it would be with other quotes; `quotes`: where a quote is written → what it is to say."""

    def mended(record: Record[Any]) -> Record[Any]:
        quote = quotes.get(record.where.at("quote"))
        return replace(record, entry=record.entry.model_copy(update={"quote": quote})) if quote else record

    return replace(
        article,
        claims={key: mended(record) for key, record in article.claims.items()},
        events={key: mended(record) for key, record in article.events.items()},
        mentions=tuple(mended(record) for record in article.mentions),
    )


def _new_clashes(site: Site, before: Article, after: Article) -> dict[Place, Problem]:
    """Where a quote is written → why its annotation can no longer stand beside another one."""
    known = {(problem.place, problem.code) for problem in before.refused}
    problems = place(after.body, annotations_of(site.names, after))[1]
    return {p.place: p for p in problems if p.code in CLASHES and (p.place, p.code) not in known}


def write(root: Path, texts: dict[str, str]) -> None:
    """Put the new texts in place of the old, each file as a whole; where one may not be written, none is.

    Raises OSError, with the file's name.
    """
    paths = {(root / file).resolve(): text for file, text in texts.items()}  # where a link leads
    for path in paths:
        if not path.stat().st_mode & stat.S_IWUSR or not os.access(path, os.W_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
    for path, text in paths.items():
        handle, beside = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        try:
            with open(handle, "wb") as file:
                file.write(text.encode())
            shutil.copymode(path, beside)
            os.replace(beside, path)
        except BaseException:
            os.unlink(beside)
            raise
