"""Names and addresses written where an id belongs → the id of the entry that bears them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from manchette.anchor.letters import slug
from manchette.format.kinds import Entity
from manchette.format.model import Source
from manchette.format.scalars import web_address
from manchette.load import Record
from manchette.problems import Problem

_OF_SOURCES = re.compile(r"« sources? »|la source ")


def settled(
    problems: Iterable[Problem],
    registers: Mapping[str, Mapping[str, Record[Entity]]],
    sources: Mapping[str, Record[Source]],
) -> list[Problem]:
    """The problems, with the right id to write where what was written in its place says whose it is."""
    entities = _Ids(
        (
            key,
            (
                *record.entry.forms,
                *record.entry.names.values(),
                record.entry.wikipedia or "",
                record.entry.wikidata or "",
            ),
        )
        for entries in registers.values()
        for key, record in entries.items()
    )
    cited = _Ids(
        (key, (each.url, each.archive or "", each.title or "", each.outlet))
        for key, record in sources.items()
        for each in (record.entry,)
    )
    return [_settled(each, entities, cited) if each.written else each for each in problems]


def _settled(problem: Problem, entities: _Ids, cited: _Ids) -> Problem:
    of_source = _OF_SOURCES.match(problem.message)
    if found := (cited if of_source else entities).get(problem.written):
        return replace(problem, suggestion=f"écrivez « {found} »")
    if of_source and web_address(problem.written):
        return replace(problem, suggestion="ajoutez-la à sources.yml, et écrivez ici l’identifiant qu’elle y a")
    return problem


class _Ids:
    """What an entry is called → its id; what several are called is nobody's."""

    def __init__(self, entries: Iterable[tuple[str, Iterable[str]]]) -> None:
        self.ids: dict[str, set[str]] = {}
        for key, names in entries:
            for name in filter(None, names):
                self.ids.setdefault(_plain(name), set()).add(key)

    def get(self, written: str) -> str | None:
        found = self.ids.get(_plain(written), set())
        return min(found) if len(found) == 1 else None


def _plain(name: str) -> str:
    """A name or an address without what tells two ways to write it apart."""
    address = re.sub(r"^https?://(?:www\.)?|[#?].*$|/$", "", name.strip())
    if wikidata := re.search(r"wikidata\.org/.*\b(Q[0-9]+)$", address):
        return wikidata[1].lower()
    return slug(address)
