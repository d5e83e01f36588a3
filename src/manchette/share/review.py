"""A verdict as search engines and indexes of fact-checks read it (schema.org `ClaimReview`)."""

from __future__ import annotations

from markupsafe import Markup

from manchette.format.kinds import ORGANIZATION, PERSON, Claim
from manchette.format.kinds.claim import Verdict
from manchette.format.scalars import ID
from manchette.page.linked import Thing, day, named, original, outlet, publisher, script, thing
from manchette.site.site import Article, Site
from manchette.typeset import prose
from manchette.typeset.language import OURS

RATINGS = {Verdict.DISPUTED: 1, Verdict.IMPRECISE: 2, Verdict.SUPPORTED: 3}
"""What `reviewRating` says, from the worst to the best: such indexes take no verdict without a number.

It is a rank among the verdicts that say something of a fact, as « Méthode » tells readers; the others have no review.
"""


def review(site: Site, article: Article, claim: Claim, words: str, address: str) -> Markup | None:
    """The review of a claim at an absolute address; `words`: the passage, as it is read.

    None where nobody is named who answers for it, by a name and an address, or where nothing was found out.
    """
    rating, author = RATINGS.get(claim.verdict), publisher(site)
    if rating is None or not address or author is None or "url" not in author:
        return None
    cited = dict.fromkeys(item.source for item in claim.evidence)
    said = thing(
        "ClaimReview",
        url=address,
        inLanguage=OURS,
        datePublished=day(claim.reviewed),
        author=author,
        claimReviewed=prose.html(claim.claim).striptags() if claim.claim else words,
        itemReviewed=thing(
            "Claim",
            author=_first(site, article, claim),
            datePublished=day(article.front.published),
            appearance=original(site, article),
        ),
        reviewRating=thing(
            "Rating",
            ratingValue=rating,
            bestRating=max(RATINGS.values()),
            worstRating=min(RATINGS.values()),
            alternateName=claim.verdict.label,
        ),
        citation=[site.sources[key].entry.url for key in cited if key in site.sources],
    )
    return script(said)


def _first(site: Site, article: Article, claim: Claim) -> Thing:
    """Who says it first; nobody is named: the article's publisher.

    An author is a person or an organization: a place that speaks is its government, which is not the place itself, and
    who has no entry is taken for someone.
    """
    if not claim.attribution:
        return outlet(site, article)
    first = claim.attribution[0]
    if not ID.fullmatch(first) or first not in site.entities:
        return thing("Person", name=first)
    kind, record = site.entities[first]
    return (
        named(kind, record.entry) if kind in (PERSON, ORGANIZATION) else thing("Organization", name=record.entry.name)
    )
