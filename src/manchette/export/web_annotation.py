"""The notes as annotations of the text (W3C Web Annotation Data Model): each passage, and what is said of it.

What stands nowhere in the text annotates nothing in it, and is not here: the format in JSON has it.
"""

from __future__ import annotations

import json
import re
import unicodedata
import uuid
from collections.abc import Iterator
from urllib.parse import urljoin

from markupsafe import Markup

from manchette.anchor.canonical import Span
from manchette.engine import Links
from manchette.export.base import Export, Exported
from manchette.format.kinds import CLAIM, DATE, Claim, Entity, Event
from manchette.format.layout import METHOD, REGISTER, export_of
from manchette.format.scalars import web_address
from manchette.load import Record
from manchette.marks import Body
from manchette.page.leaves import entry_address
from manchette.site.placement import Mark
from manchette.typeset import prose
from manchette.typeset.language import OURS
from manchette.typeset.words import WORDS

Thing = dict[str, object]
ENDING = "annotations.jsonld"
CONTEXT = 32  # characters before and after the words, which is what other programs write; more where it takes more
_SPDX = re.compile(r"[A-Za-z0-9]+(?:-[A-Za-z]+)*-\d+(?:\.\d+)+(?:-[A-Za-z-]+)?")  # those with a version, « 4.0 »


def write(given: Exported) -> bytes:
    """An AnnotationCollection with all annotations in its only page, in the order of the text.

    Each is found by the words (TextQuoteSelector, which no other place of the text answers) and by their position
    (TextPositionSelector). Positions are Unicode code points of the article's text as the format defines it, from 0,
    the end exclusive; not UTF-16, in which JavaScript counts. An annotation's id is the address of its passage. Where
    the site has no address, the original's is the source, if it has one, and ids are UUIDs made from it.
    """
    article = given.article
    collection = _address(given, export_of(ENDING, article.id))
    page, source, ours = f"{collection}#page", _address(given), _ours(given)
    items = [_annotation(given, mark, source, ours) for mark in article.marks]
    said = {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": collection,
        "type": "AnnotationCollection",
        "label": WORDS.export.collection.format(prose.second_rank(article.front.title)),
        **ours,
        "generator": {"type": "Software", "name": "Manchette"},
        "total": len(items),
        "first": {"id": page, "type": "AnnotationPage", "partOf": collection, "startIndex": 0, "items": []},
        "last": page,
    }
    # An annotation a line: that is read and compared.
    lines = ",\n".join(json.dumps(item, ensure_ascii=False) for item in items)
    return f"{json.dumps(said, ensure_ascii=False)}\n".replace('"items": []', f'"items": [\n{lines}\n]').encode()


WEB_ANNOTATION = Export("web-annotation", ENDING, "application/ld+json", write)


def _address(given: Exported, path: str = "") -> str:
    """The absolute address of a file, or of the article's page; a URN where the site has none."""
    home, article = given.home, given.article
    if home.url:
        return home.file(path) if path else home.to(article.page)
    return uuid.uuid5(uuid.NAMESPACE_URL, f"{article.front.url or ''}#{path or article.page}").urn


def _ours(given: Exported) -> Thing:
    """Who annotates, and under what licence, where an address says it."""
    settings = given.site.settings
    said: Thing = {}
    if settings.publisher:
        said["creator"] = {
            **({"id": settings.url} if settings.url else {}),
            "type": "Organization",
            "name": settings.publisher,
        }
    if rights := _licence(settings.licence or ""):
        said["rights"] = rights
    return said


def _licence(said: str) -> str:
    """The address of a licence: as it is given, or by its name in SPDX's list; none of other words."""
    if web_address(said):
        return said
    name = said.replace(" ", "-") if said.startswith("CC") else said
    return f"https://spdx.org/licenses/{name}" if _SPDX.fullmatch(name) else ""


def _annotation(given: Exported, mark: Mark, page: str, ours: Thing) -> Thing:
    article = given.article
    record: Record[Claim] | Record[Event] | Record[Entity]
    if mark.kind == CLAIM.name:
        record = article.claims[mark.id]
        motivation, body = "assessing", [*_claim(given, record.entry)]
    elif mark.kind == DATE.name:
        record = article.events[mark.id]
        motivation, body = "describing", [*_event(given, record.entry)]
    else:
        _, record = given.site.entities[mark.id]
        motivation, body = "identifying", [*_entity(given, mark, record.entry)]
    dated = given.dated(record)
    return {
        "id": f"{page}#{mark.anchor}",
        "type": "Annotation",
        "motivation": motivation,
        **ours,
        **({"created": dated.created} if dated.created else {}),
        **({"modified": dated.modified} if dated.modified else {}),
        "body": body,
        "target": {
            "type": "SpecificResource",
            "source": page if given.home.url else article.front.url or page,
            "selector": [
                _quote(article.body, mark.span),
                {"type": "TextPositionSelector", "start": mark.span.start, "end": mark.span.end},
            ],
        },
    }


def _quote(body: Body, span: Span) -> Thing:
    """The words, with what stands beside them in their blocks; with more where the same stand elsewhere."""
    text, (start, end) = body.text, span
    exact, block, wide = text[start:end], body.blocks(span), 0
    others = {at for at in _places(text, exact) if at != start}
    before, after = max(block.start, start - CONTEXT), min(block.end, end + CONTEXT)
    while True:
        while before and unicodedata.combining(text[before]):  # alone it would be another letter
            before -= 1
        while after < len(text) and unicodedata.combining(text[after]):
            after += 1
        prefix, suffix = text[before:start], text[end:after]
        others = {at for at in others if text.endswith(prefix, 0, at) and text.startswith(suffix, at + len(exact))}
        if not others:
            return {"type": "TextQuoteSelector", "exact": exact, "prefix": prefix, "suffix": suffix}
        wide += CONTEXT
        before, after = max(0, start - CONTEXT - wide), min(len(text), end + CONTEXT + wide)


def _places(text: str, words: str) -> Iterator[int]:
    """Where words stand in a text, those that overlap too."""
    at = text.find(words)
    while at >= 0:
        yield at
        at = text.find(words, at + 1)


def _entity(given: Exported, mark: Mark, entity: Entity) -> Iterator[Thing]:
    """Who or what is named, and where else it is the same one; what it is at its first passage alone."""
    if entity.wikidata:
        yield _resource(f"http://www.wikidata.org/entity/{entity.wikidata}", "identifying")  # as Wikidata itself says
    elif given.home.url and given.site.has(REGISTER):
        there = entry_address(given.site, Links("", given.home.addresses), mark.kind, mark.id)
        yield _resource(urljoin(given.home.url, there), "identifying")
    yield _text(entity.name, "tagging")
    if mark.nth == 1:
        yield _text(prose.html(entity.description), "describing")


def _event(given: Exported, event: Event) -> Iterator[Thing]:
    """What happened; when, in EDTF; which sources say so."""
    yield _text(event.title, "describing")
    if event.description:
        yield _text(prose.html(event.description), "describing")
    yield {"type": "TextualBody", "value": event.when.text, "format": "text/plain", "purpose": "tagging"}
    for key in event.sources:
        if key in given.site.sources:  # else it is a problem that readers of the site are told of
            yield _resource(given.site.sources[key].entry.url, "linking")


def _claim(given: Exported, claim: Claim) -> Iterator[Thing]:
    """The verdict and how the passage is said, as words; why; each piece of evidence, and what it says."""
    yield _text(claim.verdict.label, "tagging")
    yield _text(claim.modality.label, "tagging")
    if given.home.url and given.site.has(METHOD):
        yield _resource(given.home.to(METHOD, f"verdict--{claim.verdict.value}"), "classifying")
    if claim.claim:
        yield _text(prose.html(claim.claim), "describing")
    if claim.short:
        yield _text(claim.short, "assessing")
    yield _text(prose.html(claim.rationale), "assessing")
    for item in claim.evidence:
        if item.source not in given.site.sources:
            continue
        source = given.site.sources[item.source].entry
        yield _resource(source.url, "linking")
        stands = Markup("{} ({})").format(item.stance.label, source.outlet)
        told = Markup("{}\u00a0: {}").format(stands, prose.html(item.says)) if item.says else stands
        yield {**_text(told, "linking"), "via": source.url}


def _resource(address: str, purpose: str) -> Thing:
    return {"type": "SpecificResource", "source": address, "purpose": purpose}


def _text(words: str, purpose: str) -> Thing:
    """Words in our language, which are HTML where they were made such."""
    form = "text/html" if isinstance(words, Markup) else "text/plain"
    return {"type": "TextualBody", "value": str(words), "format": form, "language": OURS, "purpose": purpose}
