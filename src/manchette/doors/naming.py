"""The articles that name an entity, where they are too many for its entry: they are listed on pages of their own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from manchette.doors.drawers import drawers, period_back
from manchette.doors.home import newest
from manchette.format.kinds import ENTITY_KINDS
from manchette.format.layout import REGISTER, leaf_of
from manchette.page.leaves import HOLDS, Leaf, Placed, divide
from manchette.site.site import Article, Site

MANY = 40  # articles; an entry that lists more is mostly list, and some entries are named by every article


@dataclass(frozen=True)
class Naming:
    """The articles that name an entity, the newest first, and the pages that list them."""

    articles: tuple[Article, ...]
    leaves: tuple[Leaf[Article], ...]
    pages: tuple[str, ...]


@lru_cache(maxsize=2)
def namings(site: Site) -> Mapping[tuple[str, str], Naming]:
    """(kind, id) → the articles that name the entity, where there are many."""
    kinds = {kind.name for kind in ENTITY_KINDS}
    many = [key for key, named in site.named.items() if key[0] in kinds and len(named) > MANY]
    if not many or not site.has(REGISTER):
        return {}
    rank = {article.id: number for number, article in enumerate(newest(site))}
    found = {}
    for key in many:
        articles = tuple(sorted(site.named[key], key=lambda article: rank[article.id]))
        placed = [Placed(drawers(article.front.published), article) for article in articles]
        leaves = divide(placed, HOLDS["named"], period_back, merged=True)
        names = [f"articles-{key[1]}" + (f"-{leaf.name}" if len(leaves) > 1 else "") for leaf in leaves]
        found[key] = Naming(articles, leaves, tuple(leaf_of(REGISTER, name) for name in names))
    return found
