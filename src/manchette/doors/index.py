"""The index of names: what is left on the register's page once its entries stand on pages of their own."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from itertools import groupby

from manchette.doors.register import initials, letter_anchor
from manchette.engine import Links
from manchette.format.kinds import ENTITY_KINDS, Kind
from manchette.page.leaves import entries_of, entry_address
from manchette.page.parts import native
from manchette.site.site import Site


@dataclass(frozen=True)
class NameLine:
    """A name, and where its entry is."""

    anchor: str
    href: str
    name: str
    lang: str | None
    initials: tuple[str, ...]  # « OTAN »


@dataclass(frozen=True)
class LetterGroup:
    """The names under a letter."""

    letter: str
    anchor: str
    names: tuple[NameLine, ...]


@dataclass(frozen=True)
class KindIndex:
    """The names of one kind."""

    kind: Kind
    total: int
    letters: tuple[LetterGroup, ...]


def index(site: Site, kinds: Collection[str], links: Links) -> tuple[KindIndex, ...]:
    """Every name of the register, of `kinds`."""
    found = []
    for kind in ENTITY_KINDS:
        own = entries_of(site, kind)
        if own and kind.name in kinds:
            letters = tuple(
                LetterGroup(
                    letter,
                    letter_anchor(kind, letter),
                    tuple(
                        NameLine(
                            each.anchor,
                            entry_address(site, links, kind.name, each.record.id),
                            each.record.entry.name,
                            native(each.record.entry)[0],
                            initials(each.record.entry),
                        )
                        for each in group
                    ),
                )
                for letter, group in groupby(own, lambda each: each.initial)
            )
            found.append(KindIndex(kind, len(own), letters))
    return tuple(found)
