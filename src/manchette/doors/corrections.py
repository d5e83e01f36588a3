"""What changed in the notes, and why: the latest first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from manchette.engine import Links
from manchette.format.kinds import CLAIM
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


def corrections(articles: Sequence[Article], links: Links) -> tuple[CorrectionRow, ...]:
    """Every correction of the claims of `articles`."""
    several = len(articles) > 1
    found = []
    for article in articles:
        for key, number in article.numbers.items():
            claim = article.claims[key].entry
            passage = links.to(article.page, f"claim--{key}")
            for each in claim.corrections:
                row = CorrectionRow(
                    date=plain_date(each.date),
                    change=prose.html(each.change),
                    claim=LinkView("mch-pass", passage, f"{CLAIM.label} {number}"),
                    verdict=claim.verdict.value,
                    label=claim.verdict.label,
                    article=article_link(article, links) if several else None,
                )
                found.append((each.date.key, row))
    return tuple(row for _, row in sorted(found, key=lambda item: item[0], reverse=True))


def checked(articles: Sequence[Article]) -> DateView | None:
    """The day of the latest verdict on any claim of `articles`: when someone last looked."""
    days = [day for day in map(annotated, articles) if day]
    return date_view(max(days, key=lambda when: when.key, default=None))
