"""What changed in the notes, and why: the latest first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from manchette.engine import Links
from manchette.format.kinds import CLAIM
from manchette.format.kinds.claim import Correction
from manchette.page.article import annotated
from manchette.page.parts import DateView, LinkView, article_link, date_view, plain_date
from manchette.site.site import Article
from manchette.typeset import prose


@dataclass(frozen=True, kw_only=True)
class CorrectionRow:
    """A correction of a claim's note."""

    date: DateView
    change: Markup
    claim: LinkView  # to the passage
    verdict: str  # as it stands now
    label: str
    article: LinkView | None  # where several articles are shown together


@dataclass(frozen=True)
class Changed:
    """A correction, and the claim of the article whose note it changed."""

    article: Article
    claim: str
    correction: Correction


def changes(articles: Sequence[Article]) -> list[Changed]:
    """Every correction of the claims of `articles`, the latest first."""
    found = [
        Changed(article, key, each)
        for article in articles
        for key in article.numbers
        for each in article.claims[key].entry.corrections
    ]
    return sorted(found, key=lambda each: each.correction.date.key, reverse=True)


def corrections(changed: Iterable[Changed], links: Links, several: bool) -> tuple[CorrectionRow, ...]:
    """Corrections as they are shown; each with its article where there are `several`."""
    return tuple(_row(each, links, several) for each in changed)


def _row(changed: Changed, links: Links, several: bool) -> CorrectionRow:
    article, claim = changed.article, changed.article.claims[changed.claim].entry
    passage = links.to(article.page, f"claim--{changed.claim}")
    return CorrectionRow(
        date=plain_date(changed.correction.date),
        change=prose.html(changed.correction.change),
        claim=LinkView("mch-pass", passage, f"{CLAIM.label} {article.numbers[changed.claim]}"),
        verdict=claim.verdict.value,
        label=claim.verdict.label,
        article=article_link(article, links) if several else None,
    )


def checked(articles: Sequence[Article]) -> DateView | None:
    """The day of the latest verdict on any claim of `articles`: when someone last looked."""
    days = [day for day in map(annotated, articles) if day]
    return date_view(max(days, key=lambda when: when.key, default=None))
