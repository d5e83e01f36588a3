"""What articles use of the registers that all share: the names they speak of, the sources they rest on."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from manchette.export.base import Exported
from manchette.format.kinds import Entity, Kind, Person
from manchette.format.model import Source
from manchette.load import Record
from manchette.site.site import Article


def entities(given: Exported) -> dict[str, tuple[Kind, Record[Entity]]]:
    """Id → kind and entry, in the order of the registers."""
    named = frozenset(chain.from_iterable(article.named for article in given.articles))
    return {key: found for key, found in given.site.entities.items() if key in named}


def sources(given: Exported) -> dict[str, Record[Source]]:
    """Id → source, in the order of their file: what the notes cite, and the entries of the names."""
    cited = set(chain.from_iterable(article.cited for article in given.articles))
    for _, record in entities(given).values():
        cited.update(record.entry.sources)
        if isinstance(record.entry, Person):
            cited.update(chain.from_iterable(role.sources for role in record.entry.roles))
    return {key: record for key, record in given.site.sources.items() if key in cited}


def mentions(given: Exported, kind: str, key: str) -> Iterator[tuple[Article, str, int, int]]:
    """Where the articles speak of an entity: the article, the address of the passage, its place in the text."""
    for article in given.articles:
        for mark in article.passages.get((kind, key), ()):
            yield article, given.home.to(article.page, mark.anchor), *mark.span
