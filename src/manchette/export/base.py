"""What a format is, and what it is given to write."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from manchette.engine import Home
from manchette.load import Record
from manchette.site.site import Article, Site
from manchette.upkeep.dated import Dated

NEVER = Dated()
Dates = Callable[[], Mapping[tuple[str, str], Dated]]
"""What tells, once it is asked, (file relative to the site's root, entry's id) → when: git's, or nothing."""


@dataclass(frozen=True)
class Exported:
    """Articles, and what a format may say of them."""

    site: Site  # without its drafts
    articles: tuple[Article, ...]  # one, but for a format that holds several
    home: Home  # where the site will be read
    dates: Dates = dict

    @property
    def article(self) -> Article:
        """The one article."""
        (article,) = self.articles
        return article

    def dated(self, record: Record[Any]) -> Dated:
        """When an entry was written."""
        return self.dates().get((record.where.place.file, record.id), NEVER)


@dataclass(frozen=True)
class Export:
    """A format. What readers are told of it is in `templates/words.yml`, by its name."""

    name: str  # what `--format` takes
    ending: str  # of its files, « tei.xml »
    media_type: str
    write: Callable[[Exported], bytes]
    whole: bool = False  # it holds the article's whole text
    together: bool = False  # it holds several articles as well as one
