"""The names, dates and sources that an article uses → the lists of TEI's standOff."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from itertools import chain

from babel.core import Locale

from manchette.export import used
from manchette.export.base import Exported
from manchette.export.tei.element import Element, Ways, add, dated, parted, pointer
from manchette.export.tei.html import inline
from manchette.export.tei.text import NAMES
from manchette.format.edtf import When
from manchette.format.kinds import ORGANIZATION, PERSON, PLACE, TERM, Entity, Event, Location, Organization, Person
from manchette.format.model import Source
from manchette.page.parts import native
from manchette.typeset import dates, prose
from manchette.typeset.language import OURS
from manchette.typeset.words import WORDS

_LISTS = {
    PERSON.name: ("listPerson", "person"),
    ORGANIZATION.name: ("listOrg", "org"),
    PLACE.name: ("listPlace", "place"),
}


class Registers:
    """What an article uses of the registers, and where the elements of its notes are."""

    def __init__(self, given: Exported, ways: Ways) -> None:
        """Nothing is written yet."""
        self.article, self.ways = given.article, ways
        self.entities = {key: (kind.name, record.entry) for key, (kind, record) in used.entities(given).items()}
        self.sources = {key: record.entry for key, record in used.sources(given).items()}

    # ---- where they are

    def named(self, keys: Iterable[str]) -> str:
        """Pointers to entities, as an attribute has them; empty where there are none."""
        known = (key for key in dict.fromkeys(keys) if key in self.entities)
        return " ".join(f"#{self.entities[key][0]}--{key}" for key in known)

    def claimed(self, keys: Iterable[str]) -> str:
        """The same to claims that have a place in the text."""
        return " ".join(f"#claim--{key}" for key in dict.fromkeys(keys) if key in self.article.numbers)

    def cited(self, keys: Iterable[str]) -> str:
        """The same to sources."""
        return " ".join(f"#source--{key}" for key in dict.fromkeys(keys) if key in self.sources)

    def prose(self, parent: Element, type_: str, text: str | None, **attributes: str) -> None:
        """Add a note of inline Markdown, in our language, where something is said."""
        if text:
            made = add(parent, "note", {"type": type_, "xml:lang": OURS, **attributes})
            inline(made, str(prose.html(text)), self.ways)

    @cached_property
    def languages(self) -> set[str]:
        """The languages of what is written here."""
        names = (entity.names for _, entity in self.entities.values())
        sources = (source.lang for source in self.sources.values() if source.lang)
        return {self.article.front.lang, OURS, *chain.from_iterable(names), *sources}

    # ---- the lists

    def write(self, parent: Element) -> None:
        """Add the lists of people, organizations, places, terms, events and sources, each in the order of its ids."""
        for kind, (name, one) in _LISTS.items():
            if found := self._of(kind):
                made = add(parent, name)
                for key, entity in found:
                    self._entity(made, one, kind, key, entity)
        self._terms(parent)
        if self.article.events:
            made = add(parent, "listEvent")
            for key, record in sorted(self.article.events.items()):
                self._event(made, key, record.entry)
        if self.sources:
            made = add(parent, "listBibl")
            for key, source in sorted(self.sources.items()):
                self._source(made, key, source)

    def _of(self, kind: str) -> list[tuple[str, Entity]]:
        return sorted((key, entity) for key, (of, entity) in self.entities.items() if of == kind)

    def _entity(self, parent: Element, tag: str, kind: str, key: str, entity: Entity) -> None:
        """A person, an organization or a place; the order of what stands in it is that of TEI's schema."""
        precision = entity.precision if isinstance(entity, Location) else None
        said = {"xml:id": f"{kind}--{key}", "type": precision, "source": self.cited(entity.sources)}
        made = add(parent, tag, said)
        self._names(made, NAMES[kind], entity)
        if isinstance(entity, Person):
            self._life(made, entity)
        elif isinstance(entity, Organization):
            for name in ("founded", "dissolved"):
                if when := getattr(entity, name):
                    event = add(made, "event", {"type": name, **dated(when)})
                    add(event, "label", {"xml:lang": OURS}, getattr(WORDS.note, name))
        elif isinstance(entity, Location):
            self._situation(made, entity)
        self._identity(made, entity)
        self.prose(made, "description", entity.description)

    def _names(self, parent: Element, tag: str, entity: Entity) -> None:
        own, others = native(entity)
        add(parent, tag, {"type": "main", "xml:lang": own}, entity.name)
        for alias in entity.aliases:
            add(parent, tag, {"type": "alias"}, alias)
        for other in others:
            add(parent, tag, {"type": "translated", "xml:lang": other.lang}, other.form)

    def _life(self, parent: Element, person: Person) -> None:
        for tag, when in (("birth", person.born), ("death", person.died)):
            if when:
                add(parent, tag, {"xml:lang": OURS, **dated(when)}, dates.words(when))
        for role in person.roles:
            said = {"xml:lang": OURS, "source": self.cited(role.sources), **dated(role.when)}
            add(parent, "occupation", said, role.title)

    def _situation(self, parent: Element, place: Location) -> None:
        if not place.country and not place.coordinates:
            return
        made = add(parent, "location")
        if place.country:
            name = Locale(OURS).territories.get(place.country, place.country)
            add(made, "country", {"key": place.country, "xml:lang": OURS}, name)
        if place.coordinates:
            add(made, "geo", text=f"{place.coordinates.lat:.10g} {place.coordinates.lon:.10g}")

    def _identity(self, parent: Element, entity: Entity) -> None:
        geonames = entity.geonames if isinstance(entity, Location) else None
        for type_, value in (
            ("wikidata", entity.wikidata),
            ("geonames", geonames and str(geonames)),
            ("wikipedia", entity.wikipedia),
        ):
            if value:
                add(parent, "idno", {"type": type_}, value)

    def _terms(self, parent: Element) -> None:
        """Add the terms as a list of glosses.

        So the Guidelines have terms explained (« Terms, Glosses, Equivalents, and Descriptions »). A taxonomy would say
        that they classify something, `listObject` is for things one can touch, and `entry` for a dictionary's grammar.
        """
        found = self._of(TERM.name)
        made = add(parent, "list", {"type": "gloss"}) if found else None
        for key, entity in found:
            assert made is not None  # there is a term
            label, item = add(made, "label"), add(made, "item", {"source": self.cited(entity.sources)})
            own, others = native(entity)
            add(label, "term", {"xml:id": f"{TERM.name}--{key}", "type": "main", "xml:lang": own}, entity.name)
            gloss = add(item, "gloss", {"target": f"#{TERM.name}--{key}", "xml:lang": OURS})
            inline(gloss, str(prose.html(entity.description)), self.ways)
            for alias in entity.aliases:
                add(item, "term", {"type": "alias"}, alias)
            for other in others:
                add(item, "term", {"type": "translated", "xml:lang": other.lang}, other.form)
            self._identity(item, entity)
            parted(item, " ")

    def _event(self, parent: Element, key: str, event: Event) -> None:
        said = {"xml:id": f"date--{key}", "source": self.cited(event.sources), **dated(event.when)}
        made = add(parent, "event", said)
        add(made, "label", {"xml:lang": OURS}, event.title)
        if event.short:
            add(made, "label", {"xml:lang": OURS, "type": "short"}, event.short)
        self.prose(made, "description", event.description)
        for type_, when in (("stated", event.stated), ("known", event.known)):
            if when:
                _date(add(made, "note", {"type": type_}), when)
        for type_, targets in (("about", self.named(event.about)), ("claims", self.claimed(event.claims))):
            if targets:
                add(made, "ptr", {"type": type_, "target": targets})

    def _source(self, parent: Element, key: str, source: Source) -> None:
        made = add(parent, "bibl", {"xml:id": f"source--{key}"})
        if source.author:
            add(made, "author", text=source.author)
        if source.title:
            add(made, "title", {"xml:lang": source.lang}, source.title)
        self.prose(made, "description", source.description)
        add(made, "publisher", text=source.outlet)
        if source.published:
            _date(made, source.published, "published")
        if source.lang:
            add(made, "textLang", {"mainLang": source.lang}, _language(source.lang))
        add(made, "ref", {"target": pointer(source.url)}, source.url)
        if source.archive:
            add(made, "ref", {"type": "archive", "target": pointer(source.archive)}, source.archive)
        if source.accessed:
            _date(made, source.accessed, "accessed")
        if source.note:
            add(made, "note", {"xml:lang": OURS}, source.note)
        parted(made, ", ")


def _date(parent: Element, when: When, type_: str | None = None) -> None:
    add(parent, "date", {"type": type_, "xml:lang": OURS, **dated(when)}, dates.words(when))


def _language(code: str) -> str:
    """A language in French words, where CLDR has a name for it."""
    return str(Locale(OURS).languages.get(code.split("-", maxsplit=1)[0].lower(), code))
