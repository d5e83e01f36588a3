"""The list of the claims' pages for robots (sitemaps.org); the site generator lists the other pages in its own.

It is one apart, because a theme that fetches pages into one another takes those that the other list names for its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from manchette.engine import Home, Make
from manchette.format.kinds import Claim
from manchette.format.layout import claim_page_of
from manchette.page.linked import day
from manchette.site.site import Site

FILE = "sitemap-affirmations.xml"
"""It may list 50,000 pages, as many as a host of 1 GB holds."""
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'


def files(site: Site, home: Home) -> Mapping[str, Make]:
    """The list, where there is a claim and its absolute address is known."""
    rows = [
        f"<url><loc>{escape(home.to(page))}</loc>{_changed(article.claims[key].entry)}</url>\n"
        for article in site.articles.values()
        for key in article.numbers
        if (page := claim_page_of(article.id, key))
    ]
    return {FILE: "".join([_HEAD, *rows, "</urlset>\n"]).encode} if rows and home.url else {}


def _changed(claim: Claim) -> str:
    """The day of the verdict, or of the latest correction of the note."""
    days = [day(claim.reviewed), *(day(each.date) for each in claim.corrections)]
    latest = max(filter(None, days), default=None)
    return f"<lastmod>{latest}</lastmod>" if latest else ""
