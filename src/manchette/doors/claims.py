"""The table of claims: what is affirmed, by whom, and what the sources say of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from manchette.engine import Links
from manchette.format.kinds.claim import Verdict, VerdictWords
from manchette.page.notes import ClaimNote, claim_note
from manchette.page.parts import LinkView, article_link
from manchette.site.site import Article, Site
from manchette.typeset.language import other


@dataclass(frozen=True, kw_only=True)
class ClaimRow:
    """A claim of the table."""

    anchor: str
    href: str
    passage: str
    lang: str
    foreign: bool  # and that is not French
    article: LinkView | None  # where several articles are shown together
    note: ClaimNote


@dataclass(frozen=True)
class FilterView:
    """A verdict, and how many claims have it."""

    verdict: str
    words: VerdictWords
    count: int


@dataclass(frozen=True)
class ClaimsView:
    """The table of claims."""

    rows: tuple[ClaimRow, ...]
    filters: tuple[FilterView, ...]  # the verdicts that occur
    legend: tuple[FilterView, ...]  # all of them


def claims(site: Site, articles: Sequence[Article], links: Links, several: bool) -> ClaimsView:
    """The claims of `articles`, in document order; each with its article where there are `several`."""
    rows = []
    for article in articles:
        for key in article.numbers:
            record = article.claims[key]
            mark = article.passages["claim", key][0]
            rows.append(
                ClaimRow(
                    anchor=f"row--{article.id}--{key}" if several else f"row--{key}",
                    href=links.to(article.page, mark.anchor),
                    passage=article.body.text[mark.span.start : mark.span.end],
                    lang=article.front.lang,
                    foreign=bool(other(article.front.lang)),
                    article=article_link(article, links) if several else None,
                    note=claim_note(site, article, record, links),
                )
            )
    counts = Counter(row.note.verdict for row in rows)
    legend = tuple(FilterView(verdict.value, verdict.words, counts[verdict.value]) for verdict in Verdict)
    return ClaimsView(tuple(rows), tuple(row for row in legend if row.count), legend)
