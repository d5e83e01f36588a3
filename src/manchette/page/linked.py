"""What search engines read of a page: JSON-LD in the words of schema.org, of which readers see nothing."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import lru_cache
from itertools import chain

from markupsafe import Markup

from manchette.format.edtf import When
from manchette.format.kinds import CLAIM, DATE, ORGANIZATION, PERSON, PLACE, TERM, Entity, Kind, Location
from manchette.page.parts import plain
from manchette.site.site import Article, Site
from manchette.typeset import dates
from manchette.typeset.language import OURS

Thing = dict[str, object]
_TYPES = {PERSON: "Person", ORGANIZATION: "Organization", PLACE: "Place", TERM: "DefinedTerm"}
_APART = {CLAIM.name, DATE.name}
_UNSAFE = str.maketrans({"<": "\\u003c", "\u2028": "\\u2028", "\u2029": "\\u2029"})


def script(data: Thing) -> Markup:
    """What a script element holds: nothing in it ends the element, or a line of JavaScript."""
    said = {"@context": "https://schema.org", **data}
    return Markup(json.dumps(said, ensure_ascii=False, separators=(",", ":")).translate(_UNSAFE))


def thing(kind: str, **keys: object) -> Thing:
    """A value of a type, without the keys that say nothing; a key goes without the `_` that Python asks for."""
    return {"@type": kind, **{key: value for key, value in keys.items() if value}}


def named(kind: Kind, entity: Entity) -> Thing:
    """An entity, and where else it is the same one."""
    same = [f"https://www.wikidata.org/wiki/{entity.wikidata}"] if entity.wikidata else []
    if isinstance(entity, Location) and entity.geonames:
        same.append(f"https://sws.geonames.org/{entity.geonames}/")
    return thing(_TYPES[kind], name=entity.name, sameAs=same[0] if len(same) == 1 else same)


def day(when: When | None) -> str | None:
    """A day, month or year as ISO 8601 has it; nothing for what is no plain one."""
    return dates.day(bare) if (bare := plain(when)) else None


def publisher(site: Site) -> Thing | None:
    """Who annotates and publishes the site, where it says so."""
    settings = site.settings
    return thing("Organization", name=settings.publisher, url=settings.url) if settings.publisher else None


def outlet(site: Site, article: Article) -> Thing:
    """Who published the article."""
    record = site.registers.get("organization", {}).get(article.front.publisher)
    return named(ORGANIZATION, record.entry) if record else thing("Organization", name=article.front.publisher)


def original(site: Site, article: Article) -> Thing:
    """The article as it was published elsewhere, by others."""
    front = article.front
    return thing(
        "NewsArticle",
        headline=front.title,
        url=front.url,
        inLanguage=front.lang,
        datePublished=day(front.published),
        author=front.author and thing("Person", name=front.author),
        publisher=outlet(site, article),
    )


def annotated_copy(site: Site, article: Article, annotated: When | None) -> Markup:
    """The article's page: a copy with notes, of which only the notes are ours. `annotated`: when, at last.

    Of what it speaks of, only what is told apart by an address elsewhere: a name alone the page's words say already.
    What is cited each claim's own page says of its review: a long article's would be told a second time here.
    """
    claims = [record.entry for record in article.claims.values()]
    events = [record.entry for record in article.events.values()]
    about = dict.fromkeys(chain(*(claim.about for claim in claims), *(event.about for event in events)))
    mentions = dict.fromkeys(key for kind, key in article.passages if kind not in _APART and key not in about)
    lang = article.front.lang
    page = thing(
        "WebPage",
        name=article.front.title,
        inLanguage=lang if lang == OURS else [lang, OURS],
        dateModified=day(annotated),
        publisher=publisher(site),
        isBasedOn=original(site, article),
        about=_asked(site, about),
        mentions=_asked(site, mentions),
    )
    # A list of one, an expression: a theme that fetches pages into one another runs every script as JavaScript.
    return Markup("[{}]").format(script(page))


def _asked(site: Site, keys: Iterable[str]) -> list[Thing]:
    return [said for key in keys if (said := site.ask(_told_apart, key))]


@lru_cache(maxsize=2)  # with drafts and without
def _told_apart(site: Site) -> Mapping[str, Thing]:
    """The entities that an address elsewhere tells apart, and no more of them than is said here."""
    found = {key: named(kind, record.entry) for key, (kind, record) in site.entities.items()}
    return {key: said for key, said in found.items() if "sameAs" in said}
